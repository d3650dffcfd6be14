"""A roster: who holds which duties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from pydantic import AwareDatetime, field_validator

from staffing.domain.base import Frozen
from staffing.domain.shifts import Duty


class Roster(Frozen):
    """Duties of every agent in the planned week, sorted by start; an agent without duties may be missing."""

    duties: Mapping[str, tuple[Duty, ...]]

    @field_validator("duties")
    @classmethod
    def _sorted(cls, value: Mapping[str, tuple[Duty, ...]]) -> Mapping[str, tuple[Duty, ...]]:
        return {
            agent_id: tuple(sorted(duties, key=lambda duty: (duty.start, duty.end)))
            for agent_id, duties in sorted(value.items())
        }

    def of(self, agent_id: str) -> tuple[Duty, ...]:
        """Return the duties of an agent, none if he has none."""
        return self.duties.get(agent_id, ())

    def rows(self) -> Iterator[tuple[str, Duty]]:
        """Yield (agent_id, duty) in the order of agents and time."""
        for agent_id, duties in self.duties.items():
            for duty in duties:
                yield agent_id, duty


class DutyRow(Frozen):
    """A duty as a file gives it: absolute times, not yet on any horizon.

    Parameters
    ----------
    date
        Local start date at the agent's site.
    template
        ``""`` when the times were typed by hand.
    break_start
        None when there is no unpaid break.
    row
        Line in the file, for messages.
    """

    agent_id: str
    site: str
    date: dt.date
    template: str
    start: AwareDatetime
    end: AwareDatetime
    break_start: AwareDatetime | None = None
    break_minutes: int = 0
    requires: tuple[str, ...] = ()
    row: int | None = None
