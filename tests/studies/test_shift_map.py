"""The map's middle row against the unmoved test set and a single shift."""

import pytest

from mnist_core import dataset, metrics
from mnist_core.explain import shifts
from mnist_core.studies import shift_map
from mnist_core.studies.tasks import results_of
from mnist_core.training import checkpoint


def test_rows_of_the_shift_map():
    layers = checkpoint.load(checkpoint.PRETRAINED)[1].parameters
    tasks = shift_map.tasks(layers, centred=False)
    assert len(tasks) == 17
    (middle,) = results_of(tasks[8:9])
    assert middle[8] == pytest.approx(metrics.evaluate(layers, dataset.load_test()).accuracy, abs=1e-4)
    assert middle[9] == pytest.approx(shifts.shift_accuracy(layers, [(0, 1)])[0])
    (centred,) = results_of(shift_map.tasks(layers, centred=True)[8:9])
    assert centred[8] == pytest.approx(centred[5], abs=0.01), "centring undoes a shift"
