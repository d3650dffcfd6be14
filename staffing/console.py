"""What the command line shows: progress on stderr, tables on stdout."""

from __future__ import annotations

import json
import math
import os
import sys
import webbrowser
from pathlib import Path
from typing import Any

import pandas as pd
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from staffing.audit.check import Audited
from staffing.domain.build import Build
from staffing.domain.errors import InputError
from staffing.domain.problem import Problem
from staffing.domain.result import Progress, QueueService
from staffing.policy.workspace import Workspace
from staffing.report.headline import headline
from staffing.report.kpis import bill_table, picked_methods
from staffing.report.words import plain

MOST_SHORTAGES = 8

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def show_json(content: dict[str, Any]) -> None:
    """Print one JSON object on one line; a number that is not known is null."""
    sys.stdout.write(json.dumps(_known(content), default=str, allow_nan=False) + "\n")


def open_in_browser(page: Path) -> None:
    """Open a page where there is a screen to show it on."""
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if has_screen or sys.platform in ("darwin", "win32"):
        webbrowser.open(page.resolve().as_uri())


def show_progress(point: Progress) -> None:
    """Print one line of progress: phase, seconds, incumbent, bound, gap."""
    line = f"[dim]{point.seconds:7.1f} s[/dim]  {point.phase:<12}"
    if point.objective is not None:
        line += f"  objective {point.objective:>12,}"
    if point.bound is not None:
        line += f"  bound {point.bound:>12,}"
    if point.objective and point.bound is not None:
        line += f"  gap {max(0, point.objective - point.bound) / point.objective:7.2%}"
    err.print(line)


def show_faults(error: InputError) -> None:
    """Print every fault on its own line."""
    count = len(error.faults)
    err.print(f"[bold red]{count} {'fault' if count == 1 else 'faults'} in the input[/bold red]")
    for fault in error.faults:
        err.print(f"  {fault}", markup=False)


def show_warnings(warnings: tuple[str, ...]) -> None:
    """Print what deserves a look."""
    for warning in warnings:
        err.print("[yellow]note[/yellow]", end=" ")
        err.print(warning, markup=False)


def show_workspace(workspace: Workspace) -> None:
    """Print what a workspace holds."""
    settings = workspace.settings
    table = _table(f"{escape(settings.name)}: all files are sound")
    for heading in ("site", "region", "time zone"):
        table.add_column(heading)
    for heading in ("people", "contract hours a week"):
        table.add_column(heading, justify="right")
    for site in settings.sites:
        people = [agent for agent in workspace.agents if agent.site == site.site]
        hours = sum(agent.weekly_minutes for agent in people) / 60
        table.add_row(site.site, site.region, site.time_zone, str(len(people)), f"{hours:,.0f}")
    out.print(table)
    stamps = workspace.history["interval_start"]
    volume = workspace.history["volume"].sum()
    out.print(
        f"{volume:,.0f} cases from {stamps.min():%Y-%m-%d} to {stamps.max():%Y-%m-%d}, "
        f"{len(settings.workstreams)} workstreams, {len(settings.templates)} shift templates, "
        f"{len(settings.book.rules)} rules, {len(workspace.time_off)} absences, "
        f"{len(workspace.open_cases)} open cases."
    )


def show_forecast(table: pd.DataFrame, backtest: pd.DataFrame) -> None:
    """Print cases of the week per workstream and region, and how well the picked method did."""
    keys = ["workstream", "region"]
    week = table.groupby(keys, as_index=False).agg(
        mean=("mean", "sum"), aht=("aht_minutes", "mean")
    )
    scores = picked_methods(backtest).merge(week, on=keys)
    shown = _table("Cases of the week, and errors of the method on past weeks")
    shown.add_column("workstream", overflow="fold")
    shown.add_column("region", overflow="fold")
    for heading in ("cases", "AHT"):
        shown.add_column(heading, justify="right")
    shown.add_column("method")
    for heading in ("WAPE", "naive", "bias", "80 %"):
        shown.add_column(heading, justify="right")
    for row in scores.to_dict("records"):
        shown.add_row(
            plain(row["workstream"]),
            row["region"],
            f"{row['mean']:,.0f}",
            f"{row['aht']:,.1f}",
            plain(row["method"]),
            f"{row['wape']:.2f}",
            f"{row['naive_wape']:.2f}",
            f"{row['bias']:+.0%}",
            f"{row['coverage_80']:.0%}",
        )
    out.print(shown)
    out.print(
        "AHT: minutes a case. WAPE: absolute error of the hourly forecast over cases, 0 is perfect; "
        "naive: that of repeating the week before. 80 %: hours within the 80 % band."
    )


def show_requirement(problem: Problem) -> None:
    """Print what each queue asks for in the week."""
    shown = _table(f"Requirement of {problem.week}")
    shown.add_column("queue")
    shown.add_column("target")
    for heading in ("cases", "work h", "agents on duty", "backlog h"):
        shown.add_column(heading, justify="right")
    for queue in problem.queues:
        work = queue.workstream
        minutes = sum(v * a for v, a in zip(queue.volume, queue.aht_minutes, strict=True))
        within = work.threshold_minutes or work.due_minutes or 0
        limit = f"{within} min" if within < 120 else f"{within / 60:g} h"
        heads = f"{min(queue.required_agents)} to {max(queue.required_agents)}"
        shown.add_row(
            plain(queue.queue),
            f"{work.target_fraction:.0%} in {limit}",
            f"{sum(queue.volume):,.0f}",
            f"{minutes / 60:,.1f}",
            heads if queue.is_immediate else "–",
            f"{sum(item.work_minutes for item in queue.opening) / 60:,.1f}",
        )
    out.print(shown)
    paid = sum(problem.contract_minutes(agent) for agent in problem.agents)
    out.print(
        f"{len(problem.agents)} people have {paid / 60:,.0f} contract hours in this week, "
        f"{paid / 60 * (1 - problem.shrinkage_fraction):,.0f} of them productive "
        f"(shrinkage {problem.shrinkage_fraction:.0%})."
    )


def show_build(build: Build) -> None:
    """Print the verdict, service, bill and shortages of a build."""
    words = headline(build)
    colour = {"good": "green", "warn": "yellow", "bad": "red"}[words.tone]
    out.print(f"[bold {colour}]{words.verdict}[/bold {colour}]  {words.title}, {words.dates}")
    for sentence in words.sentences:
        out.print(sentence, markup=False)
    if build.solution.roster is None:
        return
    out.print(_service(build.bill.service))
    out.print(_bill(bill_table(build)))
    for shortage in build.shortages[:MOST_SHORTAGES]:
        out.print(f"short: {shortage.message}", markup=False)
        for reason in shortage.reasons:
            out.print(f"       {reason}", markup=False)
    if len(build.shortages) > MOST_SHORTAGES:
        out.print(f"and {len(build.shortages) - MOST_SHORTAGES} more: see the report.")
    gap = "–" if build.solution.gap is None else f"{build.solution.gap:.2%}"
    seconds = ", ".join(f"{step} {spent:.1f} s" for step, spent in build.seconds.items())
    out.print(
        f"gap to the proven bound {gap}; {seconds}; {build.peak_rss_bytes / 1e6:,.0f} MB at most"
    )


def show_audit(audited: Audited) -> None:
    """Print an audit: faults, violations, service, objective."""
    for fault in audited.faults:
        out.print(f"impossible: {fault}", markup=False)
    for violation in audited.bill.violations:
        word = "inherited" if violation.inherited else violation.level.value
        out.print(f"{word}: {violation.message}", markup=False)
    out.print(_service(audited.bill.service))
    must = len(audited.bill.must_violations)
    verdict = "[green]clean[/green]" if audited.is_clean else "[red]not clean[/red]"
    out.print(f"Audit {verdict}: {must} must-rules broken, objective {audited.bill.objective:,}.")


def _known(value: Any) -> Any:
    """Return the value with None for NaN and infinities, which JSON does not have."""
    if isinstance(value, dict):
        return {key: _known(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_known(entry) for entry in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _service(lines: tuple[QueueService, ...]) -> Table:
    shown = _table("Service")
    shown.add_column("queue")
    for heading in ("target", "expected", "late h", "backlog at the end h"):
        shown.add_column(heading, justify="right")
    for line in lines:
        met = line.expected_fraction >= line.target_fraction - 1e-9
        shown.add_row(
            plain(line.queue),
            f"{line.target_fraction:.1%}",
            f"[{'green' if met else 'red'}]{line.expected_fraction:.1%}[/]",
            f"{line.late_minutes / 60:,.1f}",
            f"{line.closing_minutes / 60:,.1f}",
        )
    return shown


def _bill(terms: pd.DataFrame) -> Table:
    shown = _table("What the schedule is charged for")
    shown.add_column("tier")
    shown.add_column("for")
    for heading in ("amount", "cost"):
        shown.add_column(heading, justify="right")
    shown.add_column("unit")
    for row in terms[terms["cost"] > 0].to_dict("records"):
        shown.add_row(
            row["tier"], plain(row["name"]), f"{row['amount']:,}", f"{row['cost']:,}", row["unit"]
        )
    return shown


def _table(title: str) -> Table:
    """Return a table without frames, so that it fits a narrow terminal."""
    return Table(
        title=title,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        collapse_padding=True,
    )
