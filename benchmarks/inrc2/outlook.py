"""What is expected of the weeks to come, which nobody knows: as much as the weeks seen so far ask for on average.

The weeks of a data set are alike. Working days are taken together, and so are the days of weekends. The first days stay
apart by shift, since what somebody works on Sunday rules what she may work on Monday. From there on a day has one shift
that stands for all of them, so that the weeks to come cost little time: how many assignments and weekends a nurse keeps
for them, and where her days off fall, is decided together with the week at hand, by the rules of the competition.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from benchmarks.inrc2.checker import SATURDAY
from benchmarks.inrc2.instance import DAYS, Need, Range, Week
from benchmarks.rostering.rules import InstanceRule
from benchmarks.rostering.slots import date_of
from staffing.domain.objective import Level
from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty

LATER = "later"
"""The shift of a later day."""
SEAM_DAYS = 2
"""Days of the first later week that are still planned by shift."""
_TINY = 1e-9


def expected(seen: Sequence[Week], weeks: int) -> Iterator[Need]:
    """Yield what weeks to come will ask for, days counted from the first of them; least numbers only by shift."""
    for days in (range(SATURDAY), range(SATURDAY, len(DAYS))):
        alike = [need for week in seen for need in week.needs if need.day in days]
        coming = [week * len(DAYS) + day for week in range(weeks) for day in days]
        for skill in dict.fromkeys(need.skill for need in alike):
            own = [need for need in alike if need.skill == skill]
            yield from _of_skill(skill, own, coming, len(seen) * len(days))


def _of_skill(
    skill: str, alike: Sequence[Need], coming: Sequence[int], times: int
) -> Iterator[Need]:
    """Yield what coming days ask for of a skill, from what days like them asked for, so many of them."""
    least: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for need in alike:
        least[need.shift] += need.heads.least
        most[need.shift] += need.heads.most
    shifts = tuple(most)
    most[LATER] = most.total()
    cells = [(day, shift) for day in coming for shift in (shifts if day < SEAM_DAYS else (LATER,))]
    lower = _whole(least[shift] / times for _, shift in cells)
    upper = _whole(most[shift] / times for _, shift in cells)
    for (day, shift), low, high in zip(cells, lower, upper, strict=True):
        yield Need(day, shift, skill, Range(min(low, high), high))


def _whole(amounts: Iterable[float]) -> Iterator[int]:
    """Round amounts up; what one gets too much the next ones get less.

    The first shift of the first day has somebody of every skill then, though it is the one that fewest can go on with.
    """
    total, given = 0.0, 0
    for amount in amounts:
        total += amount
        whole = math.ceil(total - given - _TINY)
        given += whole
        yield whole


class Offered(InstanceRule):
    """The shifts of the scenario up to a day, the one that stands for all of them from there on.

    Parameters
    ----------
    days
        Days that are planned by shift.
    """

    kind: ClassVar[str] = "offered"
    says: ClassVar[str] = "shifts of days planned by shift and of later ones"
    unit: ClassVar[str] = "duties"
    levels: ClassVar[tuple[Level, ...]] = (Level.MUST,)

    days: int

    def admits(self, problem: Problem, agent: Agent, duty: Duty) -> bool:
        """Refuse a shift of the scenario later on, and the other way round."""
        return (duty.date >= date_of(self.days)) == (duty.template == LATER)

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Find the duties that are not offered."""
        for agent in problem.agents:
            for duty in roster.of(agent.agent_id):
                if not self.admits(problem, agent, duty):
                    dates = (duty.date, duty.date)
                    yield self.broken(problem, agent.agent_id, dates, (1, 0), 1)
