"""The Mistakes page's parts."""
