"""Numbers and moments as a reader wants them."""

from __future__ import annotations

import datetime as dt
import math

from staffing.domain import clock
from staffing.domain.clock import Horizon

NONE = "–"


def number(value: float | None, digits: int = 0) -> str:
    """Return a number with thousands separators, a dash where there is none."""
    if value is None or math.isnan(value):
        return NONE
    return f"{value:,.{digits}f}".replace("-", "−")


def hours(minutes: float | None, digits: int = 1) -> str:
    """Return minutes as hours, ``37.5``; a whole number of hours has no decimals."""
    if minutes is None or math.isnan(minutes):
        return NONE
    return number(minutes / 60, 0 if minutes % 60 == 0 else digits)


def percent(fraction: float | None, digits: int | None = None, *, up: bool = False) -> str:
    """Return a fraction as a percentage, rounded down so that a missed target never reads as met.

    Parameters
    ----------
    digits
        Decimals; None is one, or none for a whole number.
    up
        Round up instead, so that a gap never reads as smaller than it is.
    """
    if fraction is None or math.isnan(fraction):
        return NONE
    places = 1 if digits is None else digits
    scaled = fraction * 100 * 10**places
    whole = math.ceil(scaled - 1e-6) if up else math.floor(scaled + 1e-6)
    text = number(whole / 10**places, places)
    return f"{text.removesuffix('.0') if digits is None else text}\u00a0%"


def planned_volume(quantile: float | None) -> str:
    """Return which volume a requirement is sized for: ``mean``, ``80 % quantile``."""
    return "mean" if quantile is None else f"{percent(quantile)} quantile"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return ``1 duty`` or ``3 duties``."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def day(date: dt.date) -> str:
    """Return ``Mon 30 Nov``."""
    return f"{date:%a} {date.day} {date:%b}"


def stretch(horizon: Horizon, start: int, end: int, time_zone: str = "UTC") -> str:
    """Return a stretch of the horizon on the wall clock of a zone, ``Mon 30 Nov 22:00 to Tue 1 Dec 06:00``."""
    first = clock.to_local(horizon.at(start), time_zone)
    last = clock.to_local(horizon.at(end), time_zone)
    until = f"{last:%H:%M}" if first.date() == last.date() else f"{day(last.date())} {last:%H:%M}"
    return f"{day(first.date())} {first:%H:%M} to {until}"


def plain(name: str) -> str:
    """Return an identifier as words: ``law_enforcement`` becomes ``Law enforcement``."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def listed(items: list[str]) -> str:
    """Return ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
