"""The book of rules: every rule of the package is in this list, and nowhere else."""

from __future__ import annotations

from functools import cached_property

from staffing.domain.base import Frozen
from staffing.domain.objective import Level
from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, Cover, PersonalForm
from staffing.rules.availability import Availability
from staffing.rules.base import Rule
from staffing.rules.contract_hours import ContractHours
from staffing.rules.forward_rotation import ForwardRotation
from staffing.rules.isolated_days import IsolatedDays
from staffing.rules.max_consecutive_days import MaxConsecutiveDays
from staffing.rules.max_consecutive_nights import MaxConsecutiveNights
from staffing.rules.max_weekly_hours import MaxWeeklyHours
from staffing.rules.min_rest import MinRest
from staffing.rules.min_staff import MinStaff
from staffing.rules.one_duty_at_a_time import OneDutyAtATime
from staffing.rules.preferences import Preferences
from staffing.rules.rest_after_nights import RestAfterNights
from staffing.rules.skills import Skills
from staffing.rules.start_consistency import StartConsistency
from staffing.rules.weekend_share import WeekendShare
from staffing.rules.weekly_rest import WeeklyRest

RULES: tuple[type[Rule], ...] = (
    OneDutyAtATime,
    Availability,
    Skills,
    MinRest,
    WeeklyRest,
    MaxWeeklyHours,
    MaxConsecutiveDays,
    MaxConsecutiveNights,
    RestAfterNights,
    ContractHours,
    MinStaff,
    ForwardRotation,
    StartConsistency,
    WeekendShare,
    IsolatedDays,
    Preferences,
)
"""Every rule, structure and law first, wishes last."""

BY_KIND: dict[str, type[Rule]] = {rule.kind: rule for rule in RULES}


class RuleBook(Frozen):
    """The rules in force; a kind may stand in it twice (6 days must, 5 should)."""

    rules: tuple[Rule, ...]

    @classmethod
    def default(cls) -> RuleBook:
        """Return the rules that need no asking with their default numbers, and a sixth working day in a row priced."""
        rules = [rule() for rule in RULES if rule.by_default]
        fifth = MaxConsecutiveDays(level=Level.SHOULD, days=5)
        rules.insert(rules.index(MaxConsecutiveDays()) + 1, fifth)
        return cls(rules=tuple(rules))

    def admits(self, problem: Problem, agent: Agent, duty: Duty) -> bool:
        """Tell whether every rule admits the duty."""
        return all(rule.admits(problem, agent, duty) for rule in self._choosy)

    @cached_property
    def _choosy(self) -> tuple[Rule, ...]:
        """Rules that do not admit everything: a large team asks half a million times."""
        return tuple(rule for rule in self.rules if type(rule).admits is not Rule.admits)

    def choices(self, problem: Problem, agent: Agent) -> Choices:
        """Return the duties the agent may hold: carried, admitted, and pinned days cut to the pin."""
        pins = {pin.date: pin.template for pin in problem.pins if pin.agent_id == agent.agent_id}
        carried = problem.carry_in.of(agent.agent_id)
        open_ = tuple(
            duty
            for duty in sorted(problem.duties_of_site[agent.site], key=lambda d: (d.start, d.end))
            if pins.get(duty.date, duty.template) == duty.template
            and self.admits(problem, agent, duty)
        )
        pinned = tuple(len(carried) + k for k, duty in enumerate(open_) if duty.date in pins)
        return Choices(agent=agent, carried=carried, open=open_, pinned=pinned)

    def forms(self, problem: Problem, choices: Choices) -> list[PersonalForm]:
        """Return the forms of all rules for one agent."""
        return [form for rule in self.rules for form in rule.forms(problem, choices)]

    def team_forms(self, problem: Problem) -> list[Cover]:
        """Return the team-wide forms of all rules."""
        return [form for rule in self.rules for form in rule.team_forms(problem)]

    def check(self, problem: Problem, roster: Roster) -> tuple[Violation, ...]:
        """Return the violations of all rules, in the order of the book."""
        return tuple(found for rule in self.rules for found in rule.check(problem, roster))
