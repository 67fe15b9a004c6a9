"""What a model has learned and where it fails: moved digits, the loss as a landscape, misread digits."""
