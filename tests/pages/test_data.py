"""The Data page without a browser."""

import numpy as np
import pytest

from mnist_core.dataset import load, load_test
from tests.visit import opened, sound, words

pytestmark = pytest.mark.filterwarnings("ignore")  # what Streamlit itself warns of under test


def test_labels_and_counts_are_those_of_the_data():
    app = opened()
    sound(app.switch_page("pages/data.py").run())
    sound(app.button_group(key="data_view").set_value("Labels as vectors").run())
    for label in (7, 2, 1, 0, 4):
        vector = " ".join("1" if digit == label else "0" for digit in range(10))
        assert f"| {label} | [{vector}] | {label} |" in words(app)
    sound(app.button_group(key="data_view").set_value("Rows of pixels").run())
    for first in (0, 800):
        sound(app.number_input(key="flat_first").set_value(first).run())
        empty = 784 - np.count_nonzero(load().training.images[first : first + 400].max(axis=0))
        assert f"{empty} of the 784 are dark from top to bottom" in words(app)
    sound(app.button_group(key="data_view").set_value("How many of each").run())
    ones = sum(1 for label in load_test().labels if label == 1)
    assert f"always says 1 reads {ones:,} of these 10,000 right, **{ones / 100:.2f} %**" in words(app)
