"""What the screens share; beside app.py and pages/, the only place that imports Streamlit."""
