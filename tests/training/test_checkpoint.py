"""Runs on disk: the ones that ship are what their Plans give; tests/test_command_line.py writes and breaks others."""

import numpy as np
import pytest

from mnist_core import dataset, model, training
from mnist_core.training import checkpoint


@pytest.mark.parametrize(
    ("file", "expected", "least"),
    [
        (checkpoint.PRETRAINED, checkpoint.PRETRAINED_PLAN, 0.92),
        (checkpoint.PRETRAINED_MLP, checkpoint.PRETRAINED_MLP_PLAN, 0.97),
    ],
)
def test_pretrained_weights_are_what_their_plan_gives(file, expected, least):
    plan, shipped = checkpoint.load(file)
    assert plan == expected
    state, log = training.advance(plan, training.start(plan), plan.steps)
    assert shipped.step == plan.steps
    assert np.abs(shipped.parameters[-1].weights - state.parameters[-1].weights).max() < 0.02
    images = dataset.load_test().images
    agreement = (model.predict(shipped.parameters, images) == model.predict(state.parameters, images)).mean()
    assert agreement > 0.995
    assert log.evaluations[-1].test.accuracy > least
