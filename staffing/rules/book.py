"""The book of rules: every rule of the package is in this list, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable


from staffing.domain.base import Frozen
from staffing.domain.people import Agent
from staffing.domain.problem import Problem
from staffing.domain.result import Violation
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, Cover, PersonalForm
from staffing.rules.base import Rule
from staffing.rules.min_rest import MinRest

RULES: tuple[type[Rule], ...] = (MinRest,)
BY_KIND: dict[str, type[Rule]] = {rule.kind: rule for rule in RULES}


class RuleBook(Frozen):
    """The rules in force; a kind may stand in it twice (6 days must, 5 should)."""

    rules: tuple[Rule, ...]

    def admits(self, problem: Problem, agent: Agent, duty: Duty) -> bool:
        """Tell whether every rule admits the duty."""
        return all(rule.admits(problem, agent, duty) for rule in self.rules)

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
        pinned = tuple(
            len(carried) + k for k, duty in enumerate(open_) if duty.date in pins
        )
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
