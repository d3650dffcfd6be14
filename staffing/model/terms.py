"""What rows are made of: literals, linear expressions, amounts with a price."""

from __future__ import annotations

from ortools.sat.python import cp_model

Literal = cp_model.IntVar | int
"""A Boolean, or the constant that it is known to be."""

Linear = cp_model.LinearExpr | int
"""What rows add up: an expression, a variable or a constant."""

Penalty = tuple[Linear, int]
"""An amount (expression, at least 0 at the optimum) and the cost of one unit of it."""
