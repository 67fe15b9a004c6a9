"""Tutorial B's figures among those of other shuffles."""

import numpy as np
import pytest

from mnist_core.studies.seeds import percentile
from mnist_core.studies.tasks import results_of
from mnist_core.studies.tutorials import b


def test_bs_first_step_stands_where_a_numpy_loop_puts_it():
    """50.5 % at the 98th percentile of many shuffles, to three points; no shuffle gives both of A's figures."""
    values = np.concatenate(results_of(b.SHUFFLES.tasks()[:10]))
    assert values.shape == (500, 2)
    assert percentile(values[:, 0], 0.505) == pytest.approx(98, abs=3)
    both = np.isclose(values, [0.4075, 0.7821], atol=5e-5).all(axis=1)
    assert not both.any()
