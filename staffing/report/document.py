"""The report: one self-contained HTML file that fetches nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from staffing.domain.build import Build
from staffing.report import figures, kpis, words
from staffing.report.days import planned_days
from staffing.report.headline import headline
from staffing.report.lived import lived_section
from staffing.report.page import Panel, page, panel, rows_of, write_page
from staffing.report.proof import proof_of_shortage
from staffing.report.rehearsal import rehearsal_section
from staffing.report.schedule import schedule
from staffing.rules.base import Rule
from staffing.rules.book import RuleBook
from staffing.simulate.result import Simulated

NOT_PARAMETERS = ("level", "weight")
SHORTAGES_SHOWN = 10


def write_report(path: Path, build: Build, book: RuleBook, lived: Simulated | None = None) -> None:
    """Write the report of a build.

    Parameters
    ----------
    path
        HTML file; one of that name is replaced.
    build
        What to show.
    book
        Rules in force, for the list at the end.
    lived
        Its simulation, if there is one: the section "lived".

    Raises
    ------
    InputError
        If the place cannot be written to.
    """
    write_page(path, render(build, book, lived))


def render(build: Build, book: RuleBook, lived: Simulated | None = None) -> str:
    """Return the report of a build as HTML text; everything of the user's is escaped."""
    return page(
        "report.html.j2",
        build=build,
        headline=headline(build, lived),
        key=kpis.key_figures(build),
        service=rows_of(kpis.service_table(build)),
        shortages=rows_of(kpis.shortage_table(build)),
        shortages_shown=SHORTAGES_SHOWN,
        unavoidable=proof_of_shortage(build),
        alone=build.unavoidable.by_queue if build.unavoidable else {},
        days=list(planned_days(build)),
        rehearsal=rehearsal_section(build),
        lived=lived and lived_section(build, lived),
        forecasts=list(_forecasts(build)),
        picked=rows_of(kpis.picked_methods(build.backtest)),
        backtest=rows_of(build.backtest.sort_values(["workstream", "region", "wape"])),
        coverages=list(_coverages(build)),
        improvement=panel("improvement", "Improvement", figures.improvement_figure(build)),
        schedule=schedule(build),
        people={row["agent_id"]: row for row in rows_of(kpis.people_table(build))},
        team=[v for v in build.bill.violations if v.agent_id is None],
        bill=_by_tier(rows_of(kpis.bill_table(build))),
        rules=[(rule, _parameters(rule)) for rule in book.rules],
        stretch=lambda start, end: words.stretch(build.problem.horizon, start, end),
    )


def _forecasts(build: Build) -> Iterator[Panel]:
    """Yield the forecast of all work, then of each workstream."""
    yield panel("forecast-all", "All work", figures.forecast_figure(build))
    for position, name in enumerate(sorted(set(build.forecast["workstream"]))):
        figure = figures.forecast_figure(build, name)
        yield panel(f"forecast-{position}", words.plain(name), figure)


def _coverages(build: Build) -> Iterator[Panel]:
    """Yield people on duty, then the coverage of each queue."""
    yield panel("coverage-all", "People on duty", figures.presence_figure(build))
    for position, queue in enumerate(build.problem.queues):
        figure = figures.coverage_figure(build, queue)
        yield panel(f"coverage-{position}", words.plain(queue.queue), figure)


def _by_tier(terms: list[dict[str, Any]]) -> list[tuple[str, int, list[dict[str, Any]]]]:
    """Return the bill as (tier, cost, lines)."""
    grouped = [(tier, list(lines)) for tier, lines in groupby(terms, key=lambda t: t["tier"])]
    return [(tier, sum(line["cost"] for line in lines), lines) for tier, lines in grouped]


def _parameters(rule: Rule) -> str:
    """Return the numbers of a rule as text."""
    values = rule.model_dump(exclude=set(NOT_PARAMETERS), mode="json")
    return ", ".join(f"{name} = {value}" for name, value in values.items())
