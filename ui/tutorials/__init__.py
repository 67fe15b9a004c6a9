"""The Tutorials page's parts."""
