"""Random subsets of the test set: their spread as theory has it, and no two parts alike."""

import numpy as np
import pytest

from mnist_core.studies import small_test_sets
from mnist_core.studies.tasks import results_of


def test_subsets_are_subsets():
    right = np.arange(10_000) < 9_200
    for size in (10, 100, 1_000):
        found = small_test_sets.subset_accuracies(right, size, 400, seed=1)
        assert np.allclose(found * size, np.round(found * size))
        assert found.mean() == pytest.approx(0.92, abs=4 * (0.92 * 0.08 / size / 400) ** 0.5)
        spread = (0.92 * 0.08 / size * (10_000 - size) / 9_999) ** 0.5  # without replacement
        assert found.std() == pytest.approx(spread, rel=0.2)
    assert small_test_sets.subset_accuracies(right, 10_000, 3, seed=0).tolist() == [0.92] * 3


def test_subsets_come_in_parts_that_differ():
    right = np.arange(10_000) < 9_200
    parts = results_of(small_test_sets.tasks(right, seed=3))
    assert len(parts) * len(parts[0][100]) == small_test_sets.SUBSETS
    assert len({part[100].tobytes() for part in parts}) == len(parts)
    again = results_of(small_test_sets.tasks(right, seed=3))
    assert all(np.array_equal(a[size], b[size]) for a, b in zip(parts, again, strict=True) for size in a)
