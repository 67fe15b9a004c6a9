"""Numbers as pictures: a run's curves, figures of ideas and studies, weights as PNG. Nothing here knows Streamlit."""
