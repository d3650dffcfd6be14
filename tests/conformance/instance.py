"""What a tiny problem of the conformance suite is, and the templates and dates that most of them share.

All lie around the night of 25 October 2026, in which Dublin's clocks go back and 22:00 to 06:00 lasts 9 h, and most
carry duties in. ``mutant`` and ``mutant_problem`` are what the solver is given instead when an error is planted.
"""

from __future__ import annotations

from dataclasses import dataclass

from staffing.domain.problem import Problem
from staffing.rules.base import Rule
from tests.rules.world import template


@dataclass(frozen=True)
class Instance:
    """One problem, the rule under test, and the error to plant."""

    name: str
    problem: Problem
    rule: Rule
    mutant: Rule | None = None
    mutant_problem: Problem | None = None


E06 = template("E06", "06:00", "14:00")
D07 = template("D07", "07:00", "15:00")
D08 = template("D08", "08:00", "16:00")
T09 = template("T09", "09:00", "19:00", break_after_minutes=240, break_minutes=30)
L13 = template("L13", "13:00", "21:00")
N22 = template("N22", "22:00", "06:00")

# Friday 23 to Tuesday 27 October 2026; the clocks go back on Sunday 25.
FRIDAY, THURSDAY, WEDNESDAY = "2026-10-23", "2026-10-22", "2026-10-21"
