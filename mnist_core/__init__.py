"""Softmax regression on MNIST as plain functions: values in, values out, and no screen in sight."""
