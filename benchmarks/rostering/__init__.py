"""Curtois and Qu's employee shift scheduling, solved as problems of the package and scored from the format."""
