"""What the personal forms of a class's members add up to, as rows over head counts.

Everything here *relaxes*: a roster that keeps the personal forms keeps these rows, so that the optimum of the shape is
a lower bound. Rows are sums of personal rows; a form that has no such sum is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from staffing.domain.objective import Level
from staffing.domain.shifts import Duty
from staffing.model.forms import Choices, DutyCost, Run, Succession, Total
from staffing.solvers.classes import AgentClass, Member, holders


@dataclass(frozen=True)
class Row:
    """A sum over duties with its limits: ``lower ≤ Σ value · count ≤ upper``; priced when ``unit_cost`` is not None."""

    values: dict[Duty, int]
    lower: int | None = None
    upper: int | None = None
    unit_cost: int | None = None


Key = tuple[str, int, str]
"""What rows of different members have in common: rule, number of the form within it, part."""


def class_rows(group: AgentClass) -> list[Row]:
    """Return the rows that the personal forms of the members add up to."""
    return [
        *_one_a_day(group),
        *_successions(group),
        *_summed(group),
    ]


def least_costs(group: AgentClass) -> dict[Duty, int]:
    """Return what a duty costs the cheapest member who may hold it (forms `DutyCost`)."""
    cheapest: dict[Duty, int] = {}
    for member in group.members:
        cost: dict[Duty, int] = dict.fromkeys(member.choices.open, 0)
        for form in member.forms:
            if isinstance(form, DutyCost) and form.level is not Level.MUST:
                for position, amount in form.amounts:
                    if not member.choices.is_carried(position):
                        cost[member.choices.duties[position]] += amount * form.unit_cost
        for duty, value in cost.items():
            cheapest[duty] = min(value, cheapest.get(duty, value))
    return {duty: value for duty, value in cheapest.items() if value}


def _one_a_day(group: AgentClass) -> list[Row]:
    """At most one duty a local start date for each member who may work on it."""
    rows = []
    for date in sorted({duty.date for duty in group.duties}):
        able = sum(any(d.date == date for d in member.choices.open) for member in group.members)
        rows.append(Row({d: 1 for d in group.duties if d.date == date}, upper=able))
    return rows


def _successions(group: AgentClass) -> list[Row]:
    """Nested sums: duties that all exclude the same later duties, together with those, at most one a member."""
    excluded: dict[Duty, set[Duty]] = defaultdict(set)
    allowed: dict[Duty, set[Duty]] = defaultdict(set)
    barred: dict[Duty, int] = defaultdict(int)
    for member in group.members:
        own, after_carried = _excluded_next_day(member)
        for duty in after_carried:
            barred[duty] += 1
        for earlier in member.choices.open:
            for later in member.choices.open:
                if (later.date - earlier.date).days == 1:
                    (excluded if later in own[earlier] else allowed)[earlier].add(later)
    later_of = {duty: frozenset(found - allowed[duty]) for duty, found in excluded.items()}
    cliques = {
        later | {duty for duty, found in later_of.items() if later <= found}
        for later in later_of.values()
        if later
    }
    able = holders(group)
    return [
        *(Row(dict.fromkeys(clique, 1), upper=len(group.members)) for clique in cliques),
        *(Row({duty: 1}, upper=able[duty] - count) for duty, count in barred.items()),
    ]


def _excluded_next_day(member: Member) -> tuple[dict[Duty, set[Duty]], set[Duty]]:
    """Return the open duties of the next day that each open duty excludes, and those that the carry-in excludes."""
    duties, choices = member.choices.duties, member.choices
    own: dict[Duty, set[Duty]] = defaultdict(set)
    after_carried: set[Duty] = set()
    for form in member.forms:
        if isinstance(form, Succession) and form.level is Level.MUST:
            for i, j, _ in form.pairs:
                gap = (duties[j].date - duties[i].date).days
                if choices.is_carried(j) or not choices.can_precede_open(i) or gap != 1:
                    continue
                if choices.is_carried(i):
                    after_carried.add(duties[j])
                else:
                    own[duties[i]].add(duties[j])
    return own, after_carried


def _summed(group: AgentClass) -> list[Row]:
    """Add up runs and totals of all members by key; a row that any member lacks is left out."""
    found: dict[Key, list[tuple[frozenset[Duty], Row]]] = defaultdict(list)
    for member in group.members:
        able = frozenset(member.choices.open)
        for key, row in _own_rows(member):
            found[key].append((able, row))
    return [_added(rows) for rows in found.values() if len(rows) == len(group.members)]


def _added(own: list[tuple[frozenset[Duty], Row]]) -> Row:
    """Return the row that the rows of the members, each with the duties he may hold, add up to.

    Where members differ, each duty counts what binds least (0 for a member who may hold it and whose row does not name
    it), and one unit beyond costs the least price: a sum of different rows, but never tighter than they are.
    """
    rows = [row for _, row in own]
    least_binding = min if rows[0].lower is None else max
    prices = [row.unit_cost for row in rows if row.unit_cost is not None]
    return Row(
        {
            duty: least_binding(row.values.get(duty, 0) for able, row in own if duty in able)
            for duty in dict.fromkeys(duty for row in rows for duty in row.values)
        },
        lower=_total(row.lower for row in rows),
        upper=_total(row.upper for row in rows),
        unit_cost=min(prices, default=None),
    )


def _total(limits: Iterable[int | None]) -> int | None:
    """Return the sum of the limits, None where there are none."""
    known = [limit for limit in limits if limit is not None]
    return sum(known) if known else None


def _own_rows(member: Member) -> Iterator[tuple[Key, Row]]:
    """Yield the rows of one member's runs, and of his totals over groups of which one duty at most can be held."""
    number: dict[tuple[str, str], int] = defaultdict(int)
    for form in member.forms:
        number[(form.rule, form.form)] += 1
        rows: Iterator[tuple[str, Row]] = iter(())
        if isinstance(form, Run):
            rows = _run_rows(form, member.choices)
        elif isinstance(form, Total) and _is_sum(form, member.choices):
            rows = _total_rows(form, member.choices)
        for part, row in rows:
            yield (form.rule, number[(form.rule, form.form)], f"{form.form} {part}"), row


def _run_rows(form: Run, choices: Choices) -> Iterator[tuple[str, Row]]:
    """Yield one row per window that reaches into the horizon, by its last day counted from the end.

    Shortest lengths and days off are left out: sums of members do not tell whose days stand beside each other.
    """
    if form.limit is None or form.free:
        return
    cost = None if form.level is Level.MUST else form.unit_cost
    for last in range(form.limit, len(form.days)):
        window = form.days[last - form.limit : last + 1]
        open_ = [i for day in window for i in day if not choices.is_carried(i)]
        if open_ and all(window):
            worked = sum(choices.is_carried(day[0]) for day in window)
            values = {choices.duties[i]: 1 for i in open_}
            yield (
                str(len(form.days) - last),
                Row(values, upper=form.limit - worked, unit_cost=cost),
            )


def _is_sum(form: Total, choices: Choices) -> bool:
    """Tell whether each group counts at most one open duty: then *any of them* is their sum."""
    return all(
        len(positions) == 1 or len({choices.duties[i].date for i in positions}) == 1
        for positions, _ in form.groups
    )


def _total_rows(form: Total, choices: Choices) -> Iterator[tuple[str, Row]]:
    """Yield the two sides of a total."""
    carried = form.constant
    values: dict[Duty, int] = defaultdict(int)
    for positions, value in form.groups:
        if any(choices.is_carried(i) for i in positions):
            carried += value
        else:
            for i in positions:
                values[choices.duties[i]] += value
    cost = None if form.level is Level.MUST else form.unit_cost
    if form.upper is not None:
        upper = max(form.upper, carried) - carried
        yield "upper", Row(values, upper=upper, unit_cost=cost)
    if form.lower is not None:
        yield "lower", Row(values, lower=form.lower - carried, unit_cost=cost)
