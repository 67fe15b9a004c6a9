"""A page with nothing but a canvas, which says how often it heard from it."""

import streamlit as st
from streamlit_drawable_canvas import st_canvas

with st.container(key="prediction"):
    heard = st.empty()
result = st_canvas(stroke_width=22, height=280, width=280, return_image_data=True, key="canvas")
if result.image_bytes is not None:
    st.session_state["count"] = st.session_state.get("count", 0) + 1
heard.markdown(f"heard {st.session_state.get('count', 0)}")
