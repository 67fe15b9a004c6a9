"""A Plotly figure on a page: without Plotly's toolbar, in the colours that it brings itself."""

import streamlit as st

from mnist_core.charts.figure import Figure


def show(figure: Figure, *, key: str) -> None:
    """Show a figure, as wide as there is room."""
    st.plotly_chart(figure, key=key, theme=None, config={"displayModeBar": False, "responsive": True})
