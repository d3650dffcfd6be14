"""Curtois-Qu instances: ``python -m benchmarks.rostering FILE … --cpu-seconds 600 --seed 1 --json FILE``.

``objective`` is the checker's, found from the instance file and the roster alone.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.rostering.adapter import adapt
from benchmarks.rostering.checker import check
from benchmarks.rostering.measure import solved
from benchmarks.rostering.published import best_known, peers
from benchmarks.rostering.reader import read_instance
from staffing.domain.errors import InputError
from staffing.solvers.budget import Budget

HEADING = (
    f"{'instance':<12} {'objective':>10} {'best known':>10} {'gap %':>8} {'bound':>10} "
    f"{'broken':>6} {'cpu s':>7} {'seconds':>7}"
)


def main(words: list[str] | None = None) -> None:
    """Solve the files one after the other, print a table and write the JSON."""
    asked = _parser().parse_args(words)
    print(HEADING, flush=True)
    figures = []
    for file in asked.files:
        try:
            found = measure(file, asked.cpu_seconds, asked.seed, asked.workers)
        except InputError as error:
            raise SystemExit(str(error)) from error
        figures.append(found)
        print("\n".join(lines(found)), flush=True)
    if asked.json:
        told = figures[0] if len(figures) == 1 else figures
        asked.json.write_text(json.dumps(told, indent=1), encoding="utf-8")


def measure(file: Path, cpu_seconds: float, seed: int, workers: int) -> dict[str, Any]:
    """Solve one file and return every figure.

    Parameters
    ----------
    cpu_seconds
        Budget of processor time, of all threads together.
    """
    instance = read_instance(file)
    adapted = adapt(instance)
    budget = Budget(seconds=cpu_seconds, seed=seed, workers=workers, clock="processor")
    found = solved(adapted.problem, adapted.book, budget)
    solution = found.solution
    verdict = None if solution.roster is None else check(instance, adapted.grid(solution.roster))
    return {
        "instance": instance.name,
        "status": solution.status.value,
        "objective": verdict.objective if verdict else None,
        "terms": verdict.terms if verdict else None,
        "violations": list(verdict.violations) if verdict else [],
        "solver_objective": _scaled(solution.objective, adapted.scale),
        "audited_objective": _scaled(found.audited_objective, adapted.scale),
        "bound": None if solution.bound is None else -(-solution.bound // adapted.scale),
        "seconds": round(found.seconds, 1),
        "cpu_seconds": round(found.cpu_seconds, 1),
        "seed": seed,
        "workers": workers,
        "curve": [
            (point.phase, point.seconds, _scaled(point.objective, adapted.scale))
            for point in solution.curve
        ],
        "published": best_known(file),
        "peers": peers(file),
    }


def lines(found: dict[str, Any]) -> list[str]:
    """Return the line of the table, what is broken, and the peers."""
    best = found["published"].get("best_known")
    objective = found["objective"]
    gap = f"{100 * (objective / best - 1):.2f}" if best and objective is not None else "–"
    told = [
        f"{found['instance']:<12} {_or_dash(objective):>10} {_or_dash(best):>10} {gap:>8} "
        f"{_or_dash(found['bound']):>10} {len(found['violations']):>6} {found['cpu_seconds']:>7} {found['seconds']:>7}"
    ]
    if objective is None:
        told.append(f"  no roster: {found['status']}")
    told += [f"  broken: {violation}" for violation in found["violations"]]
    if found["peers"]:
        told.append("  " + ", ".join(f"{name} {value}" for name, value in found["peers"].items()))
    return told


def _scaled(objective: int | None, scale: int) -> float | None:
    return None if objective is None else objective / scale


def _or_dash(value: int | None) -> str:
    return "–" if value is None else str(value)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rostering")
    add = parser.add_argument
    add("files", nargs="+", type=Path, metavar="INSTANCE_FILE")
    add("--cpu-seconds", type=float, default=600.0, help="processor time for each file")
    add("--seed", type=int, default=1)
    add("--workers", type=int, default=1, help="threads that share it")
    add("--json", type=Path, metavar="FILE", help="write every figure here")
    return parser


if __name__ == "__main__":
    main()
