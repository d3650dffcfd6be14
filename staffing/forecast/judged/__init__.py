"""Forecasts held against what came."""
