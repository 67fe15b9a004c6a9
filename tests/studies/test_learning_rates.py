"""Learning rates side by side, against one of them alone."""

import numpy as np

from mnist_core import training
from mnist_core.studies import learning_rates
from mnist_core.studies.tasks import results_of


def test_the_rates_are_a_sweep_in_chunks():
    tasks = learning_rates.tasks()
    assert [results_of(tasks[:count])[-1].step for count in (1, 2)] == [0, 50]
    *before, last = results_of(tasks[:3])
    assert (before, last.step) == ([None, None], 100)
    track = last.tracks[learning_rates.RATES.index(0.5)]
    plan = track.plan
    alone, _ = training.advance(plan, training.start(plan), 100)
    assert np.abs(track.state.parameters[0].weights - alone.parameters[0].weights).max() < 1e-5
    assert len(tasks) * 50 - 50 == learning_rates.STEPS
