"""A build as one JSON object, for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from staffing.domain.build import Build
from staffing.report.kpis import key_figures
from staffing.report.proof import proof_of_shortage, proof_of_tiers
from staffing.report.rehearsal import rehearsal_record


def build_summary(build: Build, roster: Path) -> dict[str, Any]:
    """Return what ``staffing build --json`` prints.

    Parameters
    ----------
    roster
        Path of the roster CSV.
    """
    solution = build.solution
    figures = key_figures(build)
    return {
        "week": build.problem.week,
        "status": solution.status.value,
        "interrupted": solution.interrupted,
        "objective": solution.objective,
        "bound": solution.bound,
        "plan_quantile": build.problem.plan_quantile,
        "gap": solution.gap,
        "seconds": round(sum(build.seconds.values()), 2),
        "seconds_by_step": build.seconds,
        "peak_rss_bytes": build.peak_rss_bytes,
        "must_violations": figures["must_violations"],
        "should_penalties": figures["should_penalties"],
        "terms": {term.name: term.cost for term in build.bill.terms if term.cost},
        "service": {
            line.queue: {
                "target": line.target_fraction,
                "expected": round(line.expected_fraction, 6),
                "late_minutes": line.late_minutes,
                "closing_minutes": line.closing_minutes,
                "in_order": line.in_order_fraction and round(line.in_order_fraction, 6),
                "periods": [period.model_dump() for period in line.periods],
            }
            for line in build.bill.service
        },
        "shortages": [shortage.message for shortage in build.shortages],
        "unavoidable": build.unavoidable
        and {
            "missing_minutes": build.bill.missing_minutes,
            **build.unavoidable.model_dump(),
            "says": proof_of_shortage(build),
        },
        "tiers": build.tiers
        and {
            "lines": [
                {**line.model_dump(mode="json"), "is_proven": line in build.tiers.proven}
                for line in build.tiers.lines
            ],
            "objective_by_price": build.tiers.objective_by_price,
            "says": proof_of_tiers(build),
        },
        "rehearsal": rehearsal_record(build),
        "seed": build.seed,
        "roster": str(roster),
    }
