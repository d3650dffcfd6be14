"""Measurements, side by side in one run; not part of the test gate."""
