"""When people are there: duties without breaks, pauses and absences, drawn anew in every replication."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.requirement.workload import Floats, Ints
from staffing.simulate.records import STRETCH, Records, empty

DUTY = np.dtype(
    [
        ("start", "f8"),
        ("present", "f8"),  # minutes without the break
        ("break_after", "f8"),  # minutes of presence before it
        ("break_minutes", "f8"),
        ("person", "i8"),
        ("pauses", "i8"),
    ]
)
"""A duty; records are by person and start."""


@dataclass(frozen=True)
class Presence:
    """Stretches of presence in one replication.

    Parameters
    ----------
    stretches
        Records by person and time.
    first
        ``first[person]``: number of his first stretch; one entry more at the end.
    minutes
        ``minutes[person, day]`` of presence.
    """

    stretches: Records
    first: Ints
    minutes: Floats


@dataclass(frozen=True)
class Duties:
    """All duties that meet the horizon, carried in or planned.

    Parameters
    ----------
    records
        Of the type `DUTY`.
    people, days
        How many people there are, with a duty or without, and days of the horizon.
    shrinkage_fraction, absence_fraction
        Share of a duty that goes into pauses, and of duties for which nobody turns up.
    """

    records: Records
    people: int
    days: int
    shrinkage_fraction: float
    absence_fraction: float

    @classmethod
    def of(
        cls, problem: Problem, roster: Roster, absence_fraction: float, pause_minutes: float
    ) -> Duties:
        """Return the duties of a roster; each has as many pauses as make shrinkage pauses of about that length."""
        rows = []
        for person, agent in enumerate(problem.agents):
            for duty, _ in problem.timeline(roster, agent.agent_id):
                if duty.end > 0 and duty.start < problem.horizon.minutes:
                    present = duty.paid_minutes
                    before = duty.break_start - duty.start if duty.break_minutes else present
                    lost = present * problem.shrinkage_fraction
                    pauses = max(1, round(lost / pause_minutes)) if lost else 0
                    row = (duty.start, present, before, duty.break_minutes, person, pauses)
                    rows.append(row)
        return cls(
            records=np.array(rows, dtype=DUTY).view(np.recarray),
            people=len(problem.agents),
            days=-(-problem.horizon.minutes // 1440),
            shrinkage_fraction=problem.shrinkage_fraction,
            absence_fraction=absence_fraction,
        )

    def drawn(self, rng: np.random.Generator) -> Presence:
        """Return who is there when, for once; it is the same with more people after the last one."""
        from staffing.simulate.cutting import cut

        duties = self.records
        who, when = rng.spawn(2)
        absent = (who.random(len(duties)) < self.absence_fraction).astype(np.int64)
        pauses = int(duties["pauses"].sum())
        stretches = empty(2 * len(duties) + pauses, STRETCH)
        first, minutes = np.zeros(self.people + 1, np.int64), np.zeros((self.people, self.days))
        used = cut(
            duties, absent, when.random(pauses), self.shrinkage_fraction, stretches, first, minutes
        )
        return Presence(stretches[:used], first, minutes)
