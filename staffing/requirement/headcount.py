"""Rules of thumb between a requirement and people: what a seat and a backlog ask for in heads."""

from __future__ import annotations


def seat_fte(seat_hours: float, contract_hours: float, shrinkage_fraction: float) -> float:
    """Return the full-time people who keep one seat filled.

    Parameters
    ----------
    seat_hours
        Hours a week in which somebody must be available; 168 round the clock.
    contract_hours
        Paid hours of one person a week.
    shrinkage_fraction
        Share of paid time in which nobody is available, leave included.
    """
    return seat_hours / (contract_hours * (1 - shrinkage_fraction))


def agents_to_clear(
    backlog: float,
    cases_per_day: float,
    days: float,
    aht_minutes: float,
    productive_hours_per_day: float,
) -> float:
    """Return the agents, not rounded, who clear a backlog in some days while new cases arrive.

    Parameters
    ----------
    backlog
        Cases open at the start.
    cases_per_day
        New cases a day.
    days
        Days after which nothing may be open.
    aht_minutes
        Handle time of a case.
    productive_hours_per_day
        Hours a day that one agent works on cases.
    """
    return (backlog / days + cases_per_day) * aht_minutes / (60 * productive_hours_per_day)
