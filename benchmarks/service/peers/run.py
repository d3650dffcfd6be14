"""Answer every case with pyworkforce: ``python -m benchmarks.service.peers.run CASES ANSWERS``, both JSON.

Runs in the environment of the peers, where the package is not installed. pyworkforce takes one case at a time.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pyworkforce.queuing import ErlangC

Row = dict[str, Any]
REPEATS = 3


def main() -> None:
    """Read the cases, answer them job by job, write the answers."""
    cases = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rows = [dict(zip(cases, values, strict=True)) for values in zip(*cases.values(), strict=True)]
    answers = {job.__name__: _timed(job, rows) for job in (waiting, on_time, staff)}
    Path(sys.argv[2]).write_text(json.dumps(answers), encoding="utf-8")


def waiting(row: Row) -> float | None:
    """Return the share that waits, None where its formula divides by 0."""
    try:
        return float(_queue(row).waiting_probability(row["agents"]))
    except ZeroDivisionError:
        return None


def on_time(row: Row) -> float | None:
    """Return the service level."""
    try:
        return float(_queue(row).service_level(row["agents"]))
    except ZeroDivisionError:
        return None


def staff(row: Row) -> int:
    """Return the positions for the target within the occupancy cap."""
    found = _queue(row).required_positions(row["target"], row["occupancy_cap"])
    return int(found["raw_positions"])


def _queue(row: Row) -> ErlangC:
    return ErlangC(
        transactions=row["volume"],
        aht=row["aht_minutes"],
        interval=row["interval_minutes"],
        asa=row["threshold_minutes"],
    )


def _timed(job: Callable[[Row], Any], rows: list[Row]) -> dict[str, Any]:
    best, answers = float("inf"), list[Any]()
    for _ in range(REPEATS):
        began = time.process_time()
        answers = [job(row) for row in rows]
        best = min(best, time.process_time() - began)
    return {"answers": answers, "cpu_seconds": best}


if __name__ == "__main__":
    main()
