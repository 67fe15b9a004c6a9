"""The Ideas page: one file for each kind of idea."""
