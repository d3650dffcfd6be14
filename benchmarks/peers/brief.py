"""Our week in words that a package without our rules understands: people, shifts, heads by hour, plain numbers.

`brief` turns the forms of the rule book into what constraint streams can hold: costs of a duty, pairs of duties, sums
with an upper and a lower limit (a longest run is a sum over each stretch of one day more). What has no such form is
left out, and named in `LEFT_OUT`; the audit charges it all the same.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from benchmarks.service.backlog_ways import asked_by
from staffing.domain.objective import Level, Tier
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.model.forms import Conflict, DutyCost, PersonalForm, Run, Succession, Total
from staffing.model.pools import Capacity
from staffing.requirement.pay import duty_pay
from staffing.requirement.service import ServiceTerms
from staffing.rules.book import RuleBook
from staffing.solvers.classes import Member
from staffing.solvers.instance import Instance, prepare

Facts = dict[str, Any]
LEFT_OUT = "without spread of starts, weekly rest, weekends over weeks, and backlog"


class Brief:
    """A week and the numbers by which peers call its duties and people.

    Parameters
    ----------
    problem, book
        The week as it is.
    """

    def __init__(self, problem: Problem, book: RuleBook) -> None:
        self._instance: Instance = prepare(problem, book)
        self.duties = tuple(
            duty for site in problem.sites for duty in problem.duties_of_site[site.site]
        )
        self._number = {duty: k for k, duty in enumerate(self.duties)}

    def facts(self) -> Facts:
        """Return the whole brief; everything in it is a number, a name or a list of these."""
        problem, members = self._instance.problem, self._instance.members
        return {
            "days": len(problem.horizon.dates),
            "intervals_a_day": 1440 // problem.horizon.interval_minutes,
            "duties": [self._duty(duty) for duty in self.duties],
            "people": [self._person(member) for member in members],
            "follows": self._follows(members),
            "limits": [limit for member in members for limit in self._limits(member)],
            "heads": heads(problem),
            **self._needs(),
        }

    def roster(self, held: Iterable[tuple[str, int]]) -> Roster:
        """Return the roster of (agent_id, number of the duty) pairs."""
        duties: dict[str, list[Duty]] = defaultdict(list)
        for agent_id, number in held:
            duties[agent_id].append(self.duties[number])
        return Roster(duties={agent_id: tuple(own) for agent_id, own in duties.items()})

    def _duty(self, duty: Duty) -> Facts:
        problem = self._instance.problem
        return {
            "site": duty.site,
            "shift": duty.template,
            "day": problem.horizon.dates.index(duty.date),
            "intervals": duty.whole_intervals(problem.horizon),
            "paid_minutes": duty.paid_minutes,
            "pay": duty_pay(problem, duty),
        }

    def _person(self, member: Member) -> Facts:
        problem, agent, choices = self._instance.problem, member.agent, member.choices
        costs: dict[int, int] = defaultdict(int)
        barred: set[int] = set()
        for form in member.forms:
            if isinstance(form, DutyCost) and form.level is not Level.MUST:
                for position, amount in form.amounts:
                    if not choices.is_carried(position):
                        costs[self._of(member, position)] += amount * form.unit_cost
            for first, second, amount in _pairs(form):
                if choices.is_carried(first) and not choices.is_carried(second):
                    number = self._of(member, second)
                    if form.level is Level.MUST:
                        barred.add(number)
                    elif self.duties[number].date == problem.horizon.first_date:
                        costs[number] += amount * form.unit_cost
        return {
            "id": agent.agent_id,
            "site": agent.site,
            "pool": "+".join(sorted(problem.queues_of[agent.agent_id])),
            "contract_minutes": problem.contract_minutes(agent),
            "may_hold": [
                self._number[duty] for duty in choices.open if self._number[duty] not in barred
            ],
            "costs": {number: cost for number, cost in costs.items() if cost},
        }

    def _follows(self, members: Iterable[Member]) -> list[tuple[int, int, int, int]]:
        """Return (duty, duty, times against a must, cost) of all that should not follow each other on other days."""
        found: dict[tuple[int, int, str], tuple[int, int]] = {}
        for member in members:
            for k, form in enumerate(member.forms):
                is_must = form.level is Level.MUST
                for first, second, amount in _pairs(form):
                    pair = (self._of(member, first), self._of(member, second), f"{form.rule} {k}")
                    found[pair] = (int(is_must), 0 if is_must else amount * form.unit_cost)
        summed: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
        for (first, second, _), (must, cost) in found.items():
            if first >= 0 and self.duties[first].date != self.duties[second].date:
                summed[first, second][0] += must
                summed[first, second][1] += cost
        return [(*pair, must, cost) for pair, (must, cost) in summed.items()]

    def _limits(self, member: Member) -> Iterable[Facts]:
        """Yield sums with their limits; a pin is a sum of one duty that must be 1."""
        own = {"person": member.agent.agent_id, "constant": 0, "upper": None}
        for position in member.choices.pinned:
            pinned = {self._of(member, position): 1}
            yield {**own, "lower": 1, "must": True, "cost": 0, "values": pinned}
        for form in member.forms:
            for groups, constant, lower, upper in _sums(form, member):
                values: dict[int, int] = defaultdict(int)
                for positions, value in groups:
                    for position in positions:
                        if member.choices.is_carried(position):
                            constant += value
                        else:
                            values[self._of(member, position)] += value
                if values and not (lower is None and constant + self._most(values) <= (upper or 0)):
                    yield {
                        "person": member.agent.agent_id,
                        "constant": constant,
                        "lower": lower,
                        "upper": upper if upper is None else max(upper, constant),
                        "must": form.level is Level.MUST,
                        "cost": form.unit_cost,
                        "values": values,
                    }

    def _most(self, values: Mapping[int, int]) -> int:
        """Return the greatest sum, with one duty a date: what it cannot exceed is no limit."""
        most: dict[dt.date, int] = defaultdict(int)
        for number, value in values.items():
            date = self.duties[number].date
            most[date] = max(most[date], value)
        return sum(most.values())

    def _needs(self) -> Facts:
        """Return minutes asked for by hour, of each queue and of all together, levelled; and who gives how many."""
        problem = self._instance.problem
        capacity, width = Capacity(problem), problem.horizon.interval_minutes
        asked = {
            queue.queue: [
                work + heads * width
                for work, heads in zip(queue.arrivals_minutes, queue.required_agents, strict=True)
            ]
            for queue in asked_by("levelled before", problem).queues
        }
        prices = {q.queue: ServiceTerms.of(problem, q).miss_cost for q in problem.queues}
        needs = [
            {"of": [name], "by_interval": by_t, "price": prices[name]}
            for name, by_t in asked.items()
        ]
        needs.append(
            {
                "of": list(asked),
                "by_interval": [sum(column) for column in zip(*asked.values(), strict=True)],
                "price": problem.prices.of(Tier.SERVICE),
            }
        )
        return {"needs": needs, "minutes": [capacity.of(duty) for duty in self.duties]}

    def _of(self, member: Member, position: int) -> int:
        """Return the number of a duty, −1 for one that was carried in."""
        if member.choices.is_carried(position):
            return -1
        return self._number[member.choices.duties[position]]


def heads(problem: Problem) -> list[int]:
    """Return whole people by interval: Erlang for every queue on its own, and those away from their desks."""
    width, there = problem.horizon.interval_minutes, 1 - problem.shrinkage_fraction
    queues = asked_by("Erlang per hour", problem).queues
    return [
        math.ceil(sum(q.arrivals_minutes[t] / width + q.required_agents[t] for q in queues) / there)
        for t in range(problem.horizon.intervals)
    ]


def _pairs(form: PersonalForm) -> Iterable[tuple[int, int, int]]:
    """Yield (earlier, later, amount) of a form about two duties: those that overlap exclude each other."""
    if isinstance(form, Succession):
        yield from form.pairs
    elif isinstance(form, Conflict):
        for clique in form.cliques:
            yield from ((first, second, 1) for first, second in combinations(sorted(clique), 2))


Groups = tuple[tuple[tuple[int, ...], int], ...]


def _sums(
    form: PersonalForm, member: Member
) -> Iterable[tuple[Groups, int, int | None, int | None]]:
    """Yield (groups, constant, lower, upper) of a form that is a sum, or a longest run.

    A group counts once however many of its duties are held: a sum says the same where they are of one date, or where
    one of them is all that is asked for.
    """
    if isinstance(form, Total):
        alone = all(
            len({member.choices.duties[position].date for position in group}) == 1
            for group, _ in form.groups
        )
        enough = form.upper is None and all(value >= (form.lower or 0) for _, value in form.groups)
        if alone or enough:
            yield form.groups, form.constant, form.lower, form.upper
    elif isinstance(form, Run) and form.limit is not None and not form.free:
        for first in range(len(form.days) - form.limit):
            stretch = form.days[first : first + form.limit + 1]
            if all(stretch):
                yield tuple((day, 1) for day in stretch), 0, None, form.limit
