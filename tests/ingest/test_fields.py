from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from staffing.ingest import fields
from staffing.ingest.fields import FieldError

IDS = ("007", "A01", "B02")


def message(parse: Callable[[str], Any], cell: str) -> str:
    with pytest.raises(FieldError) as caught:
        parse(cell)
    return str(caught.value)


@pytest.mark.parametrize("cell", ["007", "=1+1", "<b>x</b>", "-A", "@home", "Zoë 2"])
def test_identifiers_are_kept_as_text(cell: str) -> None:
    assert fields.identifier(cell) == cell


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("A1 ", "Write 'A1'"),
        ("\tA1", "Write 'A1'"),
        ("A\u200b1", "invisible"),
        ("A\u00a01", "invisible"),
        ("A\x071", "invisible"),
    ],
)
def test_identifiers_with_blanks_or_hidden_letters_are_refused(cell: str, part: str) -> None:
    assert part in message(fields.identifier, cell)


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("7", "Did you mean '007'? Leading zeros"),
        ("a01", "Did you mean 'A01'? Case matters"),
        ("A0l", "Did you mean 'A01'?"),
        ("zzz", "Known: 007, A01, B02."),
    ],
)
def test_unknown_identifiers_get_a_suggestion(cell: str, part: str) -> None:
    assert part in message(fields.known(IDS, "agent"), cell)


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert fields.known(None, "agent")("whoever") == "whoever"


@pytest.mark.parametrize("cell", ["a|b", "a;b", "a b", " a , b ", "a| b|"])
def test_lists(cell: str) -> None:
    assert fields.list_of(fields.identifier)(cell) == ("a", "b")


def test_lists_name_the_item() -> None:
    assert message(fields.list_of(fields.identifier), "a|b|a") == (
        "'a' stands twice in the list. Write it once."
    )
    assert message(fields.list_of(fields.known(IDS, "agent")), "007|a01").startswith("'a01': ")


@pytest.mark.parametrize(("cell", "value"), [("yes", True), (" NO ", False), ("TRUE", True)])
def test_yes_and_no(cell: str, value: bool) -> None:
    assert fields.yes_no(cell) is value


def test_neither_yes_nor_no() -> None:
    assert message(fields.yes_no, "maybe") == "Write yes or no."
    assert "Did you mean 'avoid'?" in message(fields.choice("want", "avoid"), "avoidd")


@pytest.mark.parametrize(("cell", "value"), [("37.5", 37.5), (" 0 ", 0), ("1e1", 10), (".5", 0.5)])
def test_numbers(cell: str, value: float) -> None:
    assert fields.number(0, 80)(cell) == value


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("37,5", "Write 37.5, with a point"),
        ("1.234,5", "Write 1234.5, with a point"),
        ("1,234", "thousands or decimals"),
        ("1 234", "Thousands separators"),
        ("1'234", "Thousands separators"),
        ("nan", "not a number"),
        ("inf", "not a number"),
        ("1_000", "not a number"),
        ("5h", "not a number"),
        ("81", "from 0 to 80"),
        ("-1", "from 0 to 80"),
    ],
)
def test_what_is_no_number(cell: str, part: str) -> None:
    assert part in message(fields.number(0, 80), cell)


def test_bounds_whole_numbers_and_hours() -> None:
    assert "above 0, at most 5" in message(fields.number(0, 5, above=True), "0")
    assert fields.whole(1, 3)("2.0") == 2
    assert "whole number from 1 to 3" in message(fields.whole(1, 3), "2.5")
    assert "whole number from 1 to 3" in message(fields.whole(1, 3), "4")
    assert fields.hours_as_minutes(80)("37.5") == 2250
    assert fields.hours_as_minutes(80)("38.33") == 2300  # 38.33 × 60 = 2299.8


def test_text() -> None:
    assert fields.text("  two\n lines ") == "two lines"
    assert "Control" in message(fields.text, "a\x1bb")
