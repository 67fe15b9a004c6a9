"""The Train page: its dashboard and the form of the next run."""
