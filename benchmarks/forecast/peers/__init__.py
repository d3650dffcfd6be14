"""Forecasting libraries that anyone can install, in an environment of their own."""
