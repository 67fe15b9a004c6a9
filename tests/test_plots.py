"""Figures of ideas and experiments hold the numbers they were given."""

import numpy as np
import pytest

from mnist_core import landscape, plots


def test_lines_in_percent_with_a_band_and_a_mark():
    figure = plots.lines([("a", [1, 10], [0.5, 0.75])], across="n", up="accuracy", dark=False, log=True,
                         band=([1, 10], [0.4, 0.7], [0.6, 0.8]), marks=[(10, "here")])  # fmt: skip
    band, line = figure["data"]
    assert line["y"] == [50, 75]
    assert band["x"] == [1, 10, 10, 1]
    assert band["y"] == pytest.approx([60, 80, 70, 40])
    assert figure["layout"]["annotations"][0]["x"] == 1, "a log axis is told the exponent"


def test_dots_are_moved_up_and_down_only():
    values = np.array([0.5, 0.5, 0.9])
    interval, trace = plots.dots([("ten", values, (0.25, 1.0))], dark=True, mark=0.9)["data"]
    assert interval["x"] == [25, 100]
    assert trace["x"] == pytest.approx([50, 50, 90])
    assert np.abs(trace["y"]).max() < 0.5


def test_a_single_share_is_one_dot_without_a_bar():
    (trace,) = plots.dots([("all", np.array([0.9]), None)], dark=False, mark=0.9)["data"]
    assert trace["x"] == pytest.approx([90]) and trace["y"] == [0]


def test_cells_not_measured_yet_are_empty():
    values = np.full((17, 17), np.nan)
    values[0, 3] = 0.25
    heat, ring = plots.shift_map(values, 8, (2, -1), dark=False)["data"]
    assert heat["z"][0][3] == 25.0 and heat["z"][1][3] is None
    assert (ring["x"], ring["y"]) == ([-1], [2])


def test_the_tangent_touches_the_curve_with_its_slope():
    curve = landscape.CURVES["x²"]
    figure = plots.way_down(curve, landscape.descend(curve, 2.0, 0.1, 1), dark=False)
    tangent = figure["data"][-1]
    x, y = np.array(tangent["x"]), np.array(tangent["y"])
    assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(2 * 1.6)
    assert y.mean() == pytest.approx(1.6**2)


def test_a_step_out_of_the_picture_leads_out_of_it():
    curve = landscape.CURVES["x²"]
    path = np.array([2.0, -4.0, -8.0, -2.0, 1.0])
    way = plots.way_down(curve, path, dark=False)["data"][1]
    assert way["x"] == [2.0, -4.0, -8.0, -2.0, 1.0], "each of them is inside or a step from it"
    far = plots.way_down(curve, landscape.descend(curve, 2.4, 1.5, 60), dark=False)["data"][1]
    assert far["x"] == [2.4, pytest.approx(-4.8), *[None] * 18]
    assert far["y"] == [pytest.approx(2.4**2), pytest.approx(4.8**2), *[None] * 18]


@pytest.mark.parametrize("p", [1.0, 0.9, 0.03, 0.0025 / 9.0025, 1e-9])
def test_the_cost_of_a_prediction_is_a_point_on_the_curve_and_in_the_picture(p):
    figure = plots.cost_curve(p, dark=False)
    curve, dot = figure["data"]
    assert (dot["x"], dot["y"]) == ([p], pytest.approx([np.log(1 / p)]))
    assert np.interp(dot["y"][0], curve["y"], np.log(curve["x"])) == pytest.approx(np.log(p))
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= dot["y"][0] <= high
    assert max(curve["y"]) == high


def test_an_infinite_cost_is_no_point_but_a_sign_at_the_edge():
    figure = plots.cost_curve(0.0, dark=True)
    _, sign = figure["data"]
    assert sign["marker"]["symbol"] == "triangle-up"
    assert sign["text"][0].strip() == "infinity" and "infinity" in sign["hovertemplate"]
    assert (sign["x"], sign["y"]) == ([0], [figure["layout"]["yaxis"]["range"][1]])


def test_the_loss_is_coloured_by_its_logarithm_and_read_as_itself():
    plane = landscape.Slice((), (), (), np.array([[0.0, 0.0], [1.0, 0.0]]))
    losses = np.array([[2.0, 0.5], [1.0, 0.25]])
    contour, way = plots.loss_slice(plane, np.array([0.0, 1.0]), np.array([0.0, 1.0]), losses, [0, 5], dark=False)[
        "data"
    ]
    assert np.exp(contour["z"]) == pytest.approx(losses)
    assert contour["customdata"] == losses.tolist()
    assert way["customdata"] == [0, 5]
