"""Daily targets, day by day."""

from __future__ import annotations

from collections.abc import Iterable

from rich.markup import escape

from staffing.console.basics import out
from staffing.report.days import TargetDay, TargetDays
from staffing.report.words import percent, plain


def show_days(targets: Iterable[TargetDays]) -> None:
    """Print one line a target: the share of each day, what is missed in red and with the word."""
    for target in targets:
        out.print(f"{escape(plain(target.queue))} by day: {', '.join(map(_day, target.days))}")


def _day(day: TargetDay) -> str:
    text = f"{day.date:%a} {percent(day.fraction, 1)}"
    return text if day.is_met else f"[red]{text} missed[/]"
