"""pyworkforce on our week, in the environment of the peers of the queueing formulas."""
