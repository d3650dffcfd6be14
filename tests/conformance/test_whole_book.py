"""Whole books: on drawn weeks, templates and carry-in, CP-SAT and the check agree about drawn rosters."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.domain.objective import Level
from staffing.domain.people import Preference
from staffing.domain.problem import Problem
from staffing.rules.book import RuleBook
from staffing.rules.isolated_days import IsolatedDays
from tests.conformance.verdicts import by_check, by_solver
from tests.rules.world import Held, agent, off, queue, roster, template, world

FIRST = ("2026-03-23", "2026-10-19", "2026-10-26", "2026-11-30")
ZONES = ("Europe/Dublin", "America/Los_Angeles", "Asia/Singapore")
STARTS = ("00:00", "06:00", "07:15", "13:00", "16:00", "22:00")
ENDS = {
    "00:00": "08:00",
    "06:00": "14:00",
    "07:15": "16:00",
    "13:00": "21:00",
    "16:00": "00:00",
    "22:00": "06:00",
}
EVERY = RuleBook(rules=(*RuleBook.default().rules, IsolatedDays(days_on_at_least=3)))


def dates(first: str, count: int) -> list[str]:
    start = dt.date.fromisoformat(first)
    return [str(start + dt.timedelta(days=k)) for k in range(count)]


@st.composite
def problems(draw: st.DrawFn) -> tuple[Problem, list[Held]]:
    """Draw a week for two people, and rosters of it."""
    starts = draw(st.lists(st.sampled_from(STARTS), min_size=2, max_size=3, unique=True))
    templates = [template(f"T{start[:2]}", start, ENDS[start]) for start in starts]
    names = [one.template for one in templates]
    first = draw(st.sampled_from(FIRST))
    week, before = dates(first, 7), dates(str(dt.date.fromisoformat(first) - dt.timedelta(14)), 14)

    def duties(on: list[str], most: int) -> st.SearchStrategy[list[str]]:
        days = st.lists(st.sampled_from([*names, None]), min_size=len(on), max_size=len(on))
        return days.map(
            lambda chosen: [f"{d} {t}" for d, t in zip(on, chosen, strict=True) if t][-most:]
        )

    wishes = (
        Preference(agent_id="ann", wish="avoid", template=names[0], strength=2),
        Preference(agent_id="bob", wish="want", dates=(dt.date.fromisoformat(week[5]),)),
    )
    problem = world(
        first,
        7,
        templates,
        zone=draw(st.sampled_from(ZONES)),
        agents=(agent("ann"), agent("bob", weekly_minutes=1200)),
        carried={"ann": draw(duties(before, 9)), "bob": draw(duties(before[7:], 5))},
        time_off=(off("bob", f"{week[2]}T00:00+00:00", f"{week[3]}T12:00+00:00"),),
        queues=(queue(hours=168, min_staff=1),),
        preferences=wishes,
    )
    held = st.fixed_dictionaries({"ann": duties(week, 6), "bob": duties(week, 3)})
    return problem, draw(st.lists(held, min_size=5, max_size=15))


def priced(book: RuleBook) -> RuleBook:
    """Return the book with every rule that may be a should at that level, so that costs are compared and not bans."""
    return RuleBook(
        rules=tuple(
            rule.model_copy(update={"level": Level.SHOULD}) if Level.SHOULD in rule.levels else rule
            for rule in book.rules
        )
    )


@pytest.mark.parametrize("book", [RuleBook.default(), priced(EVERY)], ids=["default", "priced"])
@settings(max_examples=20)
@given(drawn=problems())
def test_solver_and_check_agree_on_a_whole_book(book, drawn):
    problem, held = drawn
    rosters = [roster(problem, one) for one in held]
    assert list(by_solver(book, problem, rosters)) == list(by_check(book, problem, rosters))
