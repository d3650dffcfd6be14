"""Pay: what a duty costs on its own (overtime is the business of `contract_hours`)."""

from __future__ import annotations

from staffing.domain.objective import Tier
from staffing.domain.problem import Problem
from staffing.domain.shifts import Duty


def night_premium_minutes(duty: Duty) -> int:
    """Return half of the minutes within local 23:00 to 06:00, rounded down."""
    return duty.night_minutes // 2


def duty_pay(problem: Problem, duty: Duty) -> int:
    """Return paid minutes and night premium, priced in the cost tier."""
    return (duty.paid_minutes + night_premium_minutes(duty)) * problem.price(Tier.COST)
