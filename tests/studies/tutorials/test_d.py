"""Tutorial D's figures, with two seeds."""

import pytest

from mnist_core.studies.tutorials import d


def test_d_with_two_seeds():
    runs = [task.work(*task.args) for task in d.SEEDS.tasks() if task.args[0].seed < 2]
    results = {trial.name: [task.work(*task.args) for task in trial.tasks()] for trial in d.TRIALS}
    found = d.TUTORIAL.findings({"seeds": runs, **results})
    table = d.rows(found)
    assert [row.measured for row in table] == pytest.approx([0.970, 0.9615, 0.9755, 0.965], abs=0.006)
    assert table[2].agreement > 0 and table[3].agreement > 0, "a single softmax is better"
    assert [row.agrees for row in table] == [None] * 4, "no verdict before all ten seeds are in"
    assert found.seeds[0].plan == d.DOUBLE and len(found.seeds) == 4
    assert found.seeds[0].train_accuracy == table[0].measured, "seed 0 is the tutorial's own run"
