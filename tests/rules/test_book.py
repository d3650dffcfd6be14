"""The book: every rule is in it, in the docs, in the tests and in the conformance list."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import get_args

import pytest

from staffing.domain.clock import DAY_MINUTES
from staffing.domain.objective import Level
from staffing.domain.problem import Pin
from staffing.rules.book import BY_KIND, RULES, RuleBook
from tests.conformance.instances import INSTANCES
from tests.rules.world import template, world

ROOT = Path(__file__).parents[2]
NOT_RULES = {"__init__", "base", "book", "catalogue", "runs"}
KINDS = sorted(path.stem for path in (ROOT / "staffing/rules").glob("*.py"))
KINDS = [kind for kind in KINDS if kind not in NOT_RULES]


def instances_of(kind):
    return [instance.problem for instance in INSTANCES if instance.rule.kind == kind]


def has_clock_change(problem):
    zone = problem.sites[0].time_zone
    bounds = [problem.horizon.day_bounds(date, zone) for date in problem.horizon.dates]
    return any(end - start != DAY_MINUTES for start, end in bounds)


def test_every_file_is_in_the_book_and_nothing_else():
    assert sorted(BY_KIND) == KINDS
    assert len(BY_KIND) == len(RULES)


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_is_where_it_must_be(kind):
    rule = BY_KIND[kind]
    assert rule.__module__ == f"staffing.rules.{kind}"
    assert f"\n## {kind}\n" in (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    assert (ROOT / f"tests/rules/test_{kind}.py").exists()
    assert any(problem.carry_in.duties for problem in instances_of(kind))
    assert any(map(has_clock_change, instances_of(kind)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_a_rule_takes_exactly_the_levels_it_lists(rule):
    field = rule.model_fields["level"]
    assert set(rule.levels) == set(get_args(field.annotation) or {field.annotation})
    assert field.default in rule.levels


def test_the_default_book_has_five_days_as_a_wish_and_all_rules_but_those_to_be_asked_for():
    book = RuleBook.default()
    assert [rule.kind for rule in book.rules if rule.level != Level.SHOULD] == [
        "one_duty_at_a_time",
        "availability",
        "skills",
        "min_rest",
        "weekly_rest",
        "max_weekly_hours",
        "max_consecutive_days",
        "max_consecutive_nights",
        "min_staff",
    ]
    assert {rule.kind for rule in book.rules} == set(KINDS) - {"isolated_days"}
    days = [rule for rule in book.rules if rule.kind == "max_consecutive_days"]
    assert [(rule.level, rule.days) for rule in days] == [(Level.MUST, 6), (Level.SHOULD, 5)]


def test_choices_are_carried_then_open_and_pins_cut_the_day():
    d08, n22 = template("D08", "08:00", "16:00"), template("N22", "22:00", "06:00")
    pins = (
        Pin(agent_id="ann", date=dt.date(2026, 11, 30), template="N22"),
        Pin(agent_id="ann", date=dt.date(2026, 12, 1), template=None),
    )
    problem = world("2026-11-30", 3, [d08, n22], pins=pins, carried={"ann": ["2026-11-29 D08"]})
    choices = RuleBook.default().choices(problem, problem.agents[0])
    assert [f"{duty.date:%d} {duty.template}" for duty in choices.duties] == [
        "29 D08",
        "30 N22",
        "02 D08",
        "02 N22",
    ]
    assert choices.pinned == (1,)
    assert [choices.is_carried(k) for k in range(4)] == [True, False, False, False]
