"""Figures of ideas hold the numbers they were given."""

import numpy as np
import pytest

from mnist_core.charts import ideas
from mnist_core.explain import curves, landscape


def test_the_tangent_touches_the_curve_with_its_slope():
    curve = curves.CURVES["x²"]
    figure = ideas.way_down(curve, curves.descend(curve, 2.0, 0.1, 1), dark=False)
    tangent = figure["data"][-1]
    x, y = np.array(tangent["x"]), np.array(tangent["y"])
    assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(2 * 1.6)
    assert y.mean() == pytest.approx(1.6**2)


def test_a_step_out_of_the_picture_leads_out_of_it():
    curve = curves.CURVES["x²"]
    path = np.array([2.0, -4.0, -8.0, -2.0, 1.0])
    way = ideas.way_down(curve, path, dark=False)["data"][1]
    assert way["x"] == [2.0, -4.0, -8.0, -2.0, 1.0], "each of them is inside or a step from it"
    far = ideas.way_down(curve, curves.descend(curve, 2.4, 1.5, 60), dark=False)["data"][1]
    assert far["x"] == [2.4, pytest.approx(-4.8), *[None] * 18]
    assert far["y"] == [pytest.approx(2.4**2), pytest.approx(4.8**2), *[None] * 18]


@pytest.mark.parametrize("p", [1.0, 0.9, 0.03, 0.0025 / 9.0025, 1e-9])
def test_the_cost_of_a_prediction_is_a_point_on_the_curve_and_in_the_picture(p):
    figure = ideas.cost_curve(p, dark=False)
    curve, dot = figure["data"]
    assert (dot["x"], dot["y"]) == ([p], pytest.approx([np.log(1 / p)]))
    assert np.interp(dot["y"][0], curve["y"], np.log(curve["x"])) == pytest.approx(np.log(p))
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= dot["y"][0] <= high
    assert max(curve["y"]) == high


def test_an_infinite_cost_is_no_point_but_a_sign_at_the_edge():
    figure = ideas.cost_curve(0.0, dark=True)
    _, sign = figure["data"]
    assert sign["marker"]["symbol"] == "triangle-up"
    assert sign["text"][0].strip() == "infinity" and "infinity" in sign["hovertemplate"]
    assert (sign["x"], sign["y"]) == ([0], [figure["layout"]["yaxis"]["range"][1]])


def test_the_loss_is_coloured_by_its_logarithm_and_read_as_itself():
    plane = landscape.Slice((), (), (), np.array([[0.0, 0.0], [1.0, 0.0]]))
    losses = np.array([[2.0, 0.5], [1.0, 0.25]])
    contour, way = ideas.loss_slice(plane, np.array([0.0, 1.0]), np.array([0.0, 1.0]), losses, [0, 5], dark=False)[
        "data"
    ]
    assert np.exp(contour["z"]) == pytest.approx(losses)
    assert contour["customdata"] == losses.tolist()
    assert way["customdata"] == [0, 5]
