"""Peers of the queueing formulas, in an environment of their own."""
