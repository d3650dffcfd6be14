from __future__ import annotations

from staffing.domain.errors import Fault
from staffing.domain.objective import Level
from staffing.policy.rulebook import left_out, read_book
from staffing.policy.toml_file import TomlFile
from staffing.rules.book import BY_KIND, RuleBook
from staffing.rules.isolated_days import IsolatedDays


def book_of(*rules: dict[str, object]) -> tuple[RuleBook, list[Fault]]:
    faults: list[Fault] = []
    return read_book(TomlFile("staffing.toml", {"rules": list(rules)}), faults), faults


def test_without_rules_the_default_book_stands() -> None:
    faults: list[Fault] = []
    book = read_book(TomlFile("staffing.toml", {}), faults)
    assert faults == []
    assert book == RuleBook.default()
    assert left_out(book) == ()
    assert set(BY_KIND) - {rule.kind for rule in book.rules} == {"isolated_days"}


def test_a_rule_that_is_not_in_the_default_book_is_in_force_where_it_is_listed() -> None:
    book, faults = book_of({"kind": "isolated_days", "days_off_at_least": 3})
    assert faults == []
    assert book.rules[-1] == IsolatedDays(days_off_at_least=3)
    assert "isolated_days" not in left_out(book)


def test_what_a_schedule_is_stays_in_force() -> None:
    book, faults = book_of({"kind": "min_rest", "level": "should", "weight": 2})
    assert faults == []
    assert [rule.kind for rule in book.rules] == [
        "one_duty_at_a_time",
        "availability",
        "skills",
        "min_rest",
    ]
    assert (book.rules[3].level, book.rules[3].weight) == (Level.SHOULD, 2)
    assert "weekly_rest" in left_out(book)


def test_a_kind_may_stand_once_at_each_level() -> None:
    book, faults = book_of(
        {"kind": "max_consecutive_days", "level": "must", "days": 6},
        {"kind": "max_consecutive_days", "level": "should", "days": 5},
    )
    assert faults == []
    assert [rule.level for rule in book.rules[3:]] == [Level.MUST, Level.SHOULD]


def test_every_fault_of_a_rule_is_told() -> None:
    _, faults = book_of({"kind": "min_rest", "level": "never", "weight": -1, "hours": 11})
    assert [fault.column for fault in faults] == [
        "rules[1].level",
        "rules[1].weight",
        "rules[1].hours",
    ]
