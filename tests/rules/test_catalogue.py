"""The page of all rules: complete, with units, and what docs/rules.md holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from staffing.rules.book import RULES
from staffing.rules.catalogue import catalogue

PAGE = Path(__file__).parents[2] / "docs/rules.md"


def test_the_page_on_disk_is_the_catalogue():
    assert PAGE.read_text(encoding="utf-8") == catalogue(), "Run: python docs/make_rules.py"


def test_it_says_that_it_is_no_legal_advice():
    assert "gives no legal advice" in catalogue()


def test_it_says_which_rules_want_asking_for():
    assert "\n`isolated_days` only where it is listed.\n" in catalogue()


def test_it_has_a_section_a_rule_in_the_order_of_the_book():
    assert re.findall(r"^## (\w+)", catalogue(), re.MULTILINE) == [rule.kind for rule in RULES]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("min_rest", "- `rest_minutes` = 660 minutes = 11 h (over 0, at most 2880)"),
        ("min_rest", "- source: EU 2003/88 art. 3"),
        (
            "max_consecutive_days",
            "- `weight` = 60, price of one unit in minutes of the tier (at least 0)",
        ),
        ("max_consecutive_nights", "- form: `Run`"),
        ("isolated_days", "- `days_on_at_least` = 2 days (at least 1, at most 7)"),
        ("preferences", "- form: `DutyCost`, `Total`"),
        ("min_staff", "- form: `Cover`"),
        ("availability", "- form: none, it decides what may be chosen at all"),
        ("rest_after_nights", "- levels: `should` or `must`"),
    ],
)
def test_a_section_gives_numbers_units_source_and_form(kind, line):
    section = catalogue().partition(f"\n## {kind}\n")[2].partition("\n## ")[0]
    assert line in section.splitlines()
