"""preferences.csv and pins.csv: what people wish, and what has been decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from staffing.domain.errors import Fault
from staffing.domain.people import Preference
from staffing.domain.problem import Pin
from staffing.ingest import fields, moments
from staffing.ingest.context import Context
from staffing.ingest.fields import FieldError
from staffing.ingest.table import Column, Row, read_rows, refuse_repeats

OFF = "off"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Wish:
    """A preference before the week is known: it may speak of weekdays.

    Parameters
    ----------
    wish, template, strength
        As in `Preference`.
    dates
        Local dates that are named.
    weekdays
        Weekdays that are named, Monday is 0. With neither dates nor weekdays it speaks of every date.
    """

    agent_id: str
    wish: Literal["want", "avoid"]
    dates: tuple[dt.date, ...] = ()
    weekdays: tuple[int, ...] = ()
    template: str | None = None
    strength: int = 1


def preferences_for(wishes: Iterable[Wish], dates: Sequence[dt.date]) -> tuple[Preference, ...]:
    """Return the wishes that speak of some of these local dates, their weekdays written out as dates."""
    found = []
    for wish in wishes:
        named = tuple(
            date for date in dates if date in wish.dates or date.weekday() in wish.weekdays
        )
        if named or not (wish.dates or wish.weekdays):
            found.append(
                Preference(
                    agent_id=wish.agent_id,
                    wish=wish.wish,
                    dates=named,
                    template=wish.template,
                    strength=wish.strength,
                )
            )
    return tuple(found)


def read_preferences(path: Path, context: Context, faults: list[Fault]) -> tuple[Wish, ...]:
    """Read the wishes; two that speak of the same dates and template, alike or contrary, are refused."""
    columns = (
        Column("agent_id", fields.known(context.agent_ids, "agent"), required=True),
        Column("wish", fields.choice("want", "avoid"), required=True),
        Column("dates", _dates),
        Column("template", fields.known(context.template_names, "template")),
        Column("strength", fields.whole(1, 3)),
    )
    seen: dict[object, Row] = {}
    wishes = []
    for row in read_rows(path, path.name, columns, faults):
        if not row.is_good or not _site_uses(row, context, faults):
            continue
        dates, weekdays = row["dates"] or ((), ())
        first = seen.setdefault((row["agent_id"], dates, weekdays, row["template"]), row)
        if first is not row:
            word = "repeats" if first["wish"] == row["wish"] else "contradicts"
            faults.append(row.fault("wish", f"This {word} row {first.number}. Remove one of them."))
            continue
        strength = row["strength"] or 1
        wishes.append(
            Wish(row["agent_id"], row["wish"], dates, weekdays, row["template"], strength)
        )
    return tuple(wishes)


def read_pins(path: Path, context: Context, faults: list[Fault]) -> dict[int, Pin]:
    """Read the pins by the row they stand in; a second pin of an agent on one date is refused."""
    names = None if context.template_names is None else {*context.template_names, OFF}
    columns = (
        Column("agent_id", fields.known(context.agent_ids, "agent"), required=True),
        Column("date", moments.date, required=True),
        Column("template", fields.known(names, "template"), required=True),
    )
    rows = read_rows(path, path.name, columns, faults)
    pins: dict[int, Pin] = {}
    for row in refuse_repeats(rows, ["agent_id", "date"], faults):
        if row.is_good and _site_uses(row, context, faults):
            template = None if row["template"] == OFF else row["template"]
            pins[row.number] = Pin(agent_id=row["agent_id"], date=row["date"], template=template)
    return pins


def _site_uses(row: Row, context: Context, faults: list[Fault]) -> bool:
    """Check that the template of a row is one that the agent's site uses."""
    site = context.site_of(row["agent_id"])
    if site is None or not row["template"] or context.may_use(site.site, row["template"]):
        return True
    usable = sorted(name for name in context.templates if context.may_use(site.site, name))
    message = f"{site.site} does not use this template. It uses {', '.join(usable)}."
    faults.append(row.fault("template", message))
    return False


def _dates(cell: str) -> tuple[tuple[dt.date, ...], tuple[int, ...]]:
    """Return the dates and the weekdays of a list such as ``Sat|Sun|2026-12-24``."""
    dates: set[dt.date] = set()
    weekdays: set[int] = set()
    for item in fields.list_of(fields.text)(cell):
        if not item[0].isalpha():
            dates.add(moments.date(item))
        elif item.casefold() in _WEEKDAYS + _FULL:
            weekdays.add((_WEEKDAYS + _FULL).index(item.casefold()) % 7)
        else:
            raise FieldError(f"{item!r} is no weekday. Write Mon, Tue, Wed, Thu, Fri, Sat or Sun.")
    return tuple(sorted(dates)), tuple(sorted(weekdays))
