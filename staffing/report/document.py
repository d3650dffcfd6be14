"""The report: one self-contained HTML file that fetches nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

import staffing
from staffing.domain.build import Build
from staffing.domain.errors import Fault, InputError
from staffing.report import figures, kpis, words
from staffing.report.headline import headline
from staffing.report.schedule import schedule
from staffing.rules.base import Rule
from staffing.rules.book import RuleBook

NOT_PARAMETERS = ("level", "weight")
SHORTAGES_SHOWN = 10


@dataclass(frozen=True)
class Panel:
    """A figure with the button that shows it; ``data`` is its JSON, safe inside a script element."""

    name: str
    label: str
    data: Markup


def write_report(path: Path, build: Build, book: RuleBook) -> None:
    """Write the report of a build: aside first, then renamed, so that nobody reads half of it.

    Parameters
    ----------
    path
        HTML file; one of that name is replaced.
    build
        What to show.
    book
        Rules in force, for the list at the end.

    Raises
    ------
    InputError
        If the place cannot be written to.
    """
    content = render(build, book)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.write_text(content, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        reason = error.strerror or "unknown reason"
        message = f"cannot be written ({reason}). Choose a folder that exists and is writable."
        raise InputError([Fault(file=str(path), message=message)]) from error


def render(build: Build, book: RuleBook) -> str:
    """Return the report of a build as HTML text; everything of the user's is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("staffing.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": words.number,
        "hours": words.hours,
        "percent": words.percent,
        "plain": words.plain,
        "day": words.day,
    }
    return environment.get_template("report.html.j2").render(
        build=build,
        version=staffing.__version__,
        headline=headline(build),
        key=kpis.key_figures(build),
        service=_rows(kpis.service_table(build)),
        shortages=_rows(kpis.shortage_table(build)),
        shortages_shown=SHORTAGES_SHOWN,
        forecasts=list(_forecasts(build)),
        picked=_rows(kpis.picked_methods(build.backtest)),
        backtest=_rows(build.backtest.sort_values(["workstream", "region", "wape"])),
        coverages=list(_coverages(build)),
        improvement=_panel("improvement", "Improvement", figures.improvement_figure(build)),
        schedule=schedule(build),
        people={row["agent_id"]: row for row in _rows(kpis.people_table(build))},
        team=[v for v in build.bill.violations if v.agent_id is None],
        bill=_by_tier(_rows(kpis.bill_table(build))),
        rules=[(rule, _parameters(rule)) for rule in book.rules],
        stretch=lambda start, end: words.stretch(build.problem.horizon, start, end),
        plural=words.plural,
        config=_json_text(figures.config_json()),
        css=_asset("report.css"),
        script=_asset("report.js"),
        plotly_js=Markup(figures.plotly_js()),
    )


def _rows(table: Any) -> list[dict[str, Any]]:
    """Return a table as one mapping per row."""
    return list(table.to_dict("records"))


def _asset(name: str) -> Markup:
    """Return a style sheet or script of the package, to be inlined as it is."""
    source = resources.files("staffing.report") / "templates" / name
    return Markup(source.read_text(encoding="utf-8"))


def _json_text(text: str) -> Markup:
    """Return JSON that cannot end the script element it stands in."""
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _panel(name: str, label: str, figure: Any) -> Panel:
    return Panel(name, label, _json_text(figure.to_json()))


def _forecasts(build: Build) -> Iterator[Panel]:
    """Yield the forecast of all work, then of each workstream."""
    yield _panel("forecast-all", "All work", figures.forecast_figure(build))
    for position, name in enumerate(sorted(set(build.forecast["workstream"]))):
        figure = figures.forecast_figure(build, name)
        yield _panel(f"forecast-{position}", words.plain(name), figure)


def _coverages(build: Build) -> Iterator[Panel]:
    """Yield people on duty, then the coverage of each queue."""
    yield _panel("coverage-all", "People on duty", figures.presence_figure(build))
    for position, queue in enumerate(build.problem.queues):
        figure = figures.coverage_figure(build, queue)
        yield _panel(f"coverage-{position}", words.plain(queue.queue), figure)


def _by_tier(terms: list[dict[str, Any]]) -> list[tuple[str, int, list[dict[str, Any]]]]:
    """Return the bill as (tier, cost, lines)."""
    grouped = [(tier, list(lines)) for tier, lines in groupby(terms, key=lambda t: t["tier"])]
    return [(tier, sum(line["cost"] for line in lines), lines) for tier, lines in grouped]


def _parameters(rule: Rule) -> str:
    """Return the numbers of a rule as text."""
    values = rule.model_dump(exclude=set(NOT_PARAMETERS), mode="json")
    return ", ".join(f"{name} = {value}" for name, value in values.items())
