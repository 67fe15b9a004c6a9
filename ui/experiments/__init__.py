"""The Experiments page: one file for each question, with a `draw` for it."""
