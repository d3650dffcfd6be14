"""Cases of a week, and what they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from rich.markup import escape

from staffing.console.basics import narrow_table, out
from staffing.domain.judgement import Adjustment
from staffing.domain.problem import Problem
from staffing.domain.work import Workstream
from staffing.report.kpis import picked_methods
from staffing.report.words import plain, planned_volume


def show_forecast(table: pd.DataFrame, backtest: pd.DataFrame) -> None:
    """Print cases of the week per workstream and region, and how well the picked method did."""
    keys = ["workstream", "region"]
    work = table["mean"] * table["aht_minutes"]
    week = table.assign(work=work).groupby(keys, as_index=False)[["mean", "work"]].sum(min_count=1)
    scores = picked_methods(backtest).merge(week.assign(aht=week["work"] / week["mean"]), on=keys)
    shown = narrow_table("Cases of the week, and errors of the method on past weeks")
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


def show_adjustments(adjustments: Sequence[Adjustment]) -> None:
    """Print what judgement did to the forecast; nothing where there is none."""
    if not adjustments:
        return
    shown = narrow_table("Adjusted by hand: overrides.csv")
    for heading in ("workstream", "region", "from (UTC)", "to", "change"):
        shown.add_column(heading, overflow="fold")
    for heading in ("cases before", "effect"):
        shown.add_column(heading, justify="right")
    shown.add_column("by", overflow="fold")
    shown.add_column("why", overflow="fold")
    for entry in adjustments:
        made = entry.override
        shown.add_row(
            plain(made.workstream or "all"),
            made.region or "all",
            f"{made.start:%Y-%m-%d %H:%M}",
            f"{made.end:%Y-%m-%d %H:%M}",
            made.change,
            f"{entry.cases_before:,.1f}",
            f"{entry.effect_cases:+,.1f}",
            escape(made.by),
            escape(made.why),
        )
    out.print(shown)


def adjustment_records(adjustments: Sequence[Adjustment]) -> list[dict[str, Any]]:
    """Return what judgement did, for JSON."""
    return [
        entry.override.model_dump(mode="json")
        | {
            "cases_before": entry.cases_before,
            "cases": entry.cases,
            "effect_cases": entry.effect_cases,
        }
        for entry in adjustments
    ]


def _target(work: Workstream) -> str:
    """Return a target in short: ``95% in 8 open h, each day``."""
    within = work.threshold_minutes or work.due_minutes or 0
    unit = "open " if work.clock == "business" else ""
    limit = f"{within} {unit}min" if within < 120 else f"{within / 60:g} {unit}h"
    period = {"day": ", each day", "week": "", "four_weeks": ", over 4 weeks"}[work.period]
    return f"{work.target_fraction:.0%} in {limit}{period}"


def show_requirement(problem: Problem) -> None:
    """Print what each queue asks for in the week."""
    volume = planned_volume(problem.plan_quantile)
    shown = narrow_table(f"Requirement of {problem.week}, sized for the {volume} of the volume")
    shown.add_column("queue")
    shown.add_column("target")
    for heading in ("cases", "work h", "agents on duty", "backlog h"):
        shown.add_column(heading, justify="right")
    for queue in problem.queues:
        work = queue.workstream
        minutes = sum(queue.work_minutes)
        heads = f"{min(queue.required_agents)} to {max(queue.required_agents)}"
        shown.add_row(
            plain(queue.queue),
            _target(work),
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
