"""The studies: what the experiments and the tutorials train or measure, as tasks for the training process."""
