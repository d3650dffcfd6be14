"""preferences: wanted and unwanted duties, with a strength."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field

from staffing.domain.objective import Level, Tier
from staffing.domain.people import Preference
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, DutyCost, Total
from staffing.rules.base import Rule


class Preferences(Rule):
    """Wishes of the agents for the planned dates: each one missed counts its strength.

    ``avoid``: every duty that fits the wish counts. ``want`` with dates: every planned date of the wish without a duty
    that fits; without dates: once, when no duty of the horizon fits. A wish that cannot come true is counted too.
    """

    kind: ClassVar[str] = "preferences"
    says: ClassVar[str] = "wanted and unwanted shifts and days, with a strength"
    source: ClassVar[str] = "wish of the agent"
    tier: ClassVar[Tier] = Tier.FAIRNESS
    unit: ClassVar[str] = "strength of the wishes missed"
    levels: ClassVar[tuple[Level, ...]] = (Level.SHOULD,)

    level: Literal[Level.SHOULD] = Level.SHOULD
    weight: int = Field(default=15, ge=0)

    def forms(self, problem: Problem, choices: Choices) -> Iterable[DutyCost | Total]:
        """Yield a cost for each unwanted duty, a sum of at least the strength for each wanted one."""
        fields = self.form_fields(problem)
        for wish in problem.preferences:
            if wish.agent_id != choices.agent.agent_id:
                continue
            fits = [
                position
                for position, duty in enumerate(choices.duties)
                if not choices.is_carried(position) and _fits(wish, duty)
            ]
            if wish.wish == "avoid":
                yield DutyCost(amounts=tuple((i, wish.strength) for i in fits), **fields)
            elif not wish.dates:
                yield Total(groups=((tuple(fits), wish.strength),), lower=wish.strength, **fields)
            else:
                for date in sorted(set(wish.dates) & set(problem.horizon.dates)):
                    on_date = tuple(i for i in fits if choices.duties[i].date == date)
                    yield Total(groups=((on_date, wish.strength),), lower=wish.strength, **fields)

    def check(self, problem: Problem, roster: Roster) -> Iterable[Violation]:
        """Hold every wish against the planned duties of its agent."""
        for wish in problem.preferences:
            granted = [duty for duty in roster.of(wish.agent_id) if _fits(wish, duty)]
            if wish.wish == "avoid":
                for duty in granted:
                    yield self._missed(problem, wish, (duty.start, duty.end), held=1)
            else:
                dates = problem.horizon.dates
                bounds = [(date, date) for date in dates if date in wish.dates]
                for first, last in bounds if wish.dates else [(dates[0], dates[-1])]:
                    if not any(first <= duty.date <= last for duty in granted):
                        zone = problem.site_of[problem.agent[wish.agent_id].site].time_zone
                        start, _ = problem.horizon.day_bounds(first, zone)
                        _, end = problem.horizon.day_bounds(last, zone)
                        yield self._missed(problem, wish, (start, end), held=0)

    def _missed(
        self, problem: Problem, wish: Preference, stretch: tuple[int, int], *, held: int
    ) -> Violation:
        """Build the violation of a wish; ``held`` is 1 for an unwanted duty and 0 for a wanted one."""
        return self.violation(
            problem,
            agent_id=wish.agent_id,
            start=stretch[0],
            end=stretch[1],
            measured=held,
            limit=1 - held,
            amount=wish.strength,
        )

    def explain(self, problem: Problem, violation: Violation) -> str:
        """Name the agent, the stretch and the strength of the wish."""
        wish = "holds a duty to avoid" if violation.measured else "gets none of the duties wanted"
        return (
            f"{self._who(problem, violation)} {wish} from "
            f"{self._when(problem, violation.agent_id, violation.start)} to "
            f"{self._when(problem, violation.agent_id, violation.end)} "
            f"({self.source}, strength {violation.amount})."
        )


def _fits(wish: Preference, duty: Duty) -> bool:
    """Tell whether a wish speaks of a duty."""
    return (not wish.dates or duty.date in wish.dates) and wish.template in (None, duty.template)
