"""An empty Streamlit page: a title and a button."""

import streamlit as st

st.title("Empty")
st.button("Train", key="train")
