"""A schedule on its way, built and audited."""

from __future__ import annotations

import pandas as pd
from rich.table import Table

from staffing.audit.check import Audited
from staffing.console.basics import err, narrow_table, out
from staffing.console.days import show_days
from staffing.domain.build import Build
from staffing.domain.result import Progress, QueueService
from staffing.report.days import planned_days
from staffing.report.headline import headline
from staffing.report.kpis import bill_table
from staffing.report.words import plain

MOST_SHORTAGES = 8


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
    show_days(planned_days(build))
    out.print(_bill(bill_table(build)))
    for shortage in build.shortages[:MOST_SHORTAGES]:
        out.print(f"short: {shortage.message}", markup=False)
        for reason in shortage.reasons:
            out.print(f"       {reason}", markup=False)
    if len(build.shortages) > MOST_SHORTAGES:
        out.print(f"and {len(build.shortages) - MOST_SHORTAGES} more: see the report.")
    gap = "–" if build.solution.gap is None else f"{build.solution.gap:.2%}"
    if build.rehearsal and build.rehearsal.price:
        gap += " (the price of certainty is within it)"
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


def _service(lines: tuple[QueueService, ...]) -> Table:
    shown = narrow_table("Service")
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
    shown = narrow_table("What the schedule is charged for")
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
