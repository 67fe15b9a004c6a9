"""The Weights page without a browser."""

import pytest

from tests.visit import opened, sound, words

pytestmark = pytest.mark.filterwarnings("ignore")  # what Streamlit itself warns of under test


def test_models_of_different_shape_cannot_be_subtracted_and_are_told_so():
    app = opened()
    sound(app.switch_page("pages/weights.py").run())
    sound(app.selectbox(key="to_model_Pretrained Linear").set_value("Pretrained MLP").run())
    assert "one is linear, the other an MLP" in words(app)
