"""Pay: what a duty costs on its own (overtime is the business of `contract_hours`)."""

from __future__ import annotations

from staffing.domain.objective import Tier
from staffing.domain.problem import Problem
from staffing.domain.shifts import Duty


def duty_pay(problem: Problem, duty: Duty) -> int:
    """Return paid minutes plus half of the night minutes (the night premium), priced in the cost tier."""
    return (duty.paid_minutes + duty.night_minutes // 2) * problem.prices.of(Tier.COST)
