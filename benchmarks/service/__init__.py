"""Service that holds: queueing formulas, and what the plan believes against what is lived."""
