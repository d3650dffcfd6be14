"""Queues written as ``{interval: minutes}`` or ``{interval: agents}``; nothing happens in all other intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from staffing.domain.opening import OpeningHours
from staffing.domain.work import Backlog, Queue, Workstream


def deferrable(
    name: str = "mail",
    arrivals: Mapping[int, int] | None = None,
    *,
    hours: int = 24,
    due_hours: int = 4,
    target: float = 1.0,
    opening: Iterable[tuple[int, int]] = (),
    hours_open: OpeningHours | None = None,
    **more: object,
) -> Queue:
    """Return a deferrable queue; ``opening`` is its backlog, written as (due minute, minutes of work)."""
    return Queue(
        queue=name,
        workstream=Workstream(
            workstream=name,
            kind="deferrable",
            due_minutes=60 * due_hours,
            target_fraction=target,
            opening=hours_open,
            **more,
        ),
        volume=(0.0,) * hours,
        aht_minutes=(10.0,) * hours,
        arrivals_minutes=_spread(arrivals, hours),
        required_agents=(0,) * hours,
        opening=tuple(Backlog(due=due, work_minutes=work) for due, work in opening),
    )


def immediate(
    name: str = "calls",
    required: Mapping[int, int] | None = None,
    *,
    hours: int = 24,
    volume: Mapping[int, int] | None = None,
    aht_minutes: float = 10.0,
    **more: object,
) -> Queue:
    """Return an immediate queue with a threshold of 15 minutes."""
    return Queue(
        queue=name,
        workstream=Workstream(
            workstream=name, kind="immediate", threshold_minutes=15, target_fraction=0.9, **more
        ),
        volume=tuple(float(cases) for cases in _spread(volume, hours)),
        aht_minutes=(aht_minutes,) * hours,
        arrivals_minutes=(0,) * hours,
        required_agents=_spread(required, hours),
    )


def _spread(amounts: Mapping[int, int] | None, hours: int) -> tuple[int, ...]:
    return tuple((amounts or {}).get(t, 0) for t in range(hours))
