"""Line charts hold the numbers they were given."""

import pytest

from mnist_core.charts.lines import Lines


def test_lines_in_percent_with_a_band_and_a_mark():
    figure = Lines(
        [("a", [1, 10], [0.5, 0.75])],
        across="n",
        up="accuracy",
        log=True,
        band=([1, 10], [0.4, 0.7], [0.6, 0.8]),
        marks=[(10, "here")],
    ).figure(dark=False)
    band, line = figure["data"]
    assert line["y"] == [50, 75]
    assert band["x"] == [1, 10, 10, 1]
    assert band["y"] == pytest.approx([60, 80, 70, 40])
    assert figure["layout"]["annotations"][0]["x"] == 1, "a log axis is told the exponent"
