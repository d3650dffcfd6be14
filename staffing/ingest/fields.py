"""One cell to one value: text, identifiers, numbers, yes and no, lists.

A parser takes the text of a cell and returns its value or raises `FieldError` with what is wrong and a way out. Blanks
around a value mean nothing and are ignored, except around an identifier, where they are a mistake. Identifiers that
spell HTML or a spreadsheet formula are kept as text: who writes them out escapes them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from staffing.domain.errors import StaffingError, did_you_mean

T = TypeVar("T")
_MOST_SUGGESTIONS = 100  # each looks at every known name
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_COMMAS = re.compile(r"[+-]?[\d.,'’ \u00a0\u202f]*\d")
_SEPARATORS = re.compile(r"[|;,\s]+")
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class FieldError(StaffingError):
    """A cell that does not hold what its column asks for."""


def text(cell: str) -> str:
    """Return free text without blanks at its ends; line breaks become blanks."""
    value = " ".join(cell.split())
    if any(unicodedata.category(letter) == "Cc" for letter in value):
        raise FieldError("Control characters are not allowed. Type the text anew.")
    return value


def identifier(cell: str) -> str:
    """Return an identifier as it stands: leading zeros kept, invisible characters and outer blanks refused."""
    if cell != cell.strip():
        raise FieldError(f"An identifier has no blanks around it. Write {cell.strip()!r}.")
    hidden = [letter for letter in cell if unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"}]
    if hidden or "\u00a0" in cell:
        raise FieldError("The identifier holds invisible characters. Type it anew.")
    return cell


def known(names: Collection[str] | None, what: str) -> Callable[[str], str]:
    """Return a parser of identifiers that must be known; with ``None`` nothing is known of them and all pass.

    Parameters
    ----------
    names
        Known identifiers.
    what
        What they name, such as ``agent``.
    """
    strangers: set[str] = set()

    def parse(cell: str) -> str:
        name = identifier(cell)
        if names is None or name in names:
            return name
        strangers.add(name)
        hint = _suggestion(name, names) if len(strangers) <= _MOST_SUGGESTIONS else ""
        raise FieldError(f"Unknown {what}.{hint}")

    return parse


def list_of(parse: Callable[[str], str]) -> Callable[[str], tuple[str, ...]]:
    """Return a parser of lists separated by ``|``, ``;``, commas or blanks, each item read by ``parse``."""

    def parse_list(cell: str) -> tuple[str, ...]:
        items = [item for item in _SEPARATORS.split(cell) if item]
        twice = {item for item in items if items.count(item) > 1}
        if twice:
            raise FieldError(f"{min(twice)!r} stands twice in the list. Write it once.")
        return (parse(items[0]),) if len(items) == 1 else tuple(_item(i, parse) for i in items)

    return parse_list


def yes_no(cell: str) -> bool:
    """Return a yes or no."""
    value = _YES_NO.get(cell.strip().casefold())
    if value is None:
        raise FieldError("Write yes or no.")
    return value


def choice(*names: str) -> Callable[[str], str]:
    """Return a parser of one of a few words."""

    def parse(cell: str) -> str:
        word = cell.strip()
        if word not in names:
            hint = did_you_mean(word, names, else_list=False)
            raise FieldError(f"Write one of {', '.join(names)}.{hint}")
        return word

    return parse


def number(least: float, most: float, *, above: bool = False) -> Callable[[str], float]:
    """Return a parser of finite numbers from ``least`` (itself left out when ``above``) to ``most``."""

    def parse(cell: str) -> float:
        written = cell.strip()
        if not _NUMBER.fullmatch(written):
            raise FieldError(_why_no_number(written))
        value = float(written)
        if not (least < value if above else least <= value) or not value <= most:
            limits = (
                f"above {least:g}, at most {most:g}" if above else f"from {least:g} to {most:g}"
            )
            raise FieldError(f"The number must be {limits}.")
        return value

    return parse


def whole(least: int, most: int) -> Callable[[str], int]:
    """Return a parser of whole numbers from ``least`` to ``most``."""
    parse_number = number(-math.inf, math.inf)

    def parse(cell: str) -> int:
        value = parse_number(cell)
        if not value.is_integer() or not least <= value <= most:
            raise FieldError(f"Write a whole number from {least} to {most}.")
        return int(value)

    return parse


def hours_as_minutes(most_hours: int) -> Callable[[str], int]:
    """Return a parser of hours that gives whole minutes: ``37.5`` is 2250."""
    parse_number = number(0, most_hours)

    def parse(cell: str) -> int:
        return round(60 * parse_number(cell))

    return parse


def _item(item: str, parse: Callable[[str], T]) -> T:
    """Parse one item of a list, naming it in the error."""
    try:
        return parse(item)
    except FieldError as error:
        raise FieldError(f"{item!r}: {error}") from error


def _why_no_number(written: str) -> str:
    """Say why a text is not a number, and how to write it."""
    if "," in written and _COMMAS.fullmatch(written):
        plain = re.sub(r"[.'’\s]", "", written).replace(",", ".")
        if re.fullmatch(r"[+-]?\d+,\d{1,2}|.*\..*,.*", written) and plain.count(".") == 1:
            return f"A decimal comma is not read. Write {plain}, with a point."
        return "The comma could part thousands or decimals. Write digits and a decimal point only."
    if _COMMAS.fullmatch(written):
        return "Thousands separators are not read. Write digits and a decimal point only."
    return "This is not a number. Write digits and a decimal point only."


def _suggestion(name: str, names: Iterable[str]) -> str:
    """Return the nearest known identifier; leading zeros that a spreadsheet dropped are found too."""
    for candidate in names:
        if candidate.lstrip("0") == name.lstrip("0"):
            return f" Did you mean {candidate!r}? Leading zeros are part of an identifier."
        if candidate.casefold() == name.casefold():
            return f" Did you mean {candidate!r}? Case matters."
    return did_you_mean(name, names)
