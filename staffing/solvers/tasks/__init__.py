"""Tasks for workers: pure functions of what travels to them, the same wherever and how often they run."""
