"""Figures of studies hold the numbers they were given."""

import numpy as np
import pytest

from mnist_core.charts import studies


def test_dots_are_moved_up_and_down_only():
    values = np.array([0.5, 0.5, 0.9])
    interval, trace = studies.rows_of_dots([("ten", values, (0.25, 1.0))], dark=True, mark=0.9)["data"]
    assert interval["x"] == [25, 100]
    assert trace["x"] == pytest.approx([50, 50, 90])
    assert np.abs(trace["y"]).max() < 0.5


def test_a_single_share_is_one_dot_without_a_bar():
    (trace,) = studies.rows_of_dots([("all", np.array([0.9]), None)], dark=False, mark=0.9)["data"]
    assert trace["x"] == pytest.approx([90]) and trace["y"] == [0]


def test_cells_not_measured_yet_are_empty():
    values = np.full((17, 17), np.nan)
    values[0, 3] = 0.25
    heat, ring = studies.shift_map(values, 8, (2, -1), dark=False)["data"]
    assert heat["z"][0][3] == 25.0 and heat["z"][1][3] is None
    assert (ring["x"], ring["y"]) == ([-1], [2])
