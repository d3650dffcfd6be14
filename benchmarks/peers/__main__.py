"""Peers on our week: ``python -m benchmarks.peers [--people N] [--seconds S] [--json FILE]``.

Every objective is the audit's. A roster that breaks the law is no schedule, whatever its objective: the table counts
how often, and which rules.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.environment import DEFAULT_FOLDER
from benchmarks.peers.measure import ELSEWHERE, HERE, Row, measure
from benchmarks.sample_week import WEEK, sample_week, sample_weeks
from staffing.domain.errors import StaffingError
from staffing.ingest.samples import SAMPLES

NOTHING = "-"
HEADING = (
    f"{'way':<26}{'objective':>13}{'ratio':>8}{'musts broken':>14}{'bound':>13}{'gap %':>8}"
    f"{'seconds':>9}{'MiB':>7}"
)


def main(words: list[str] | None = None) -> None:
    """Make the week, ask everybody, print the table and write the JSON."""
    asked = _parser().parse_args(words)
    made = sample_weeks if asked.plainly else sample_week
    try:
        problem, book = made(asked.sample, asked.people)
    except StaffingError as error:
        raise SystemExit(str(error)) from error
    rows = measure(
        problem,
        book,
        asked.seconds,
        seed=asked.seed,
        ways=asked.only or (*HERE, *ELSEWHERE),
        environments=None if asked.no_peers else asked.peers_env,
    )
    told = {
        "sample": asked.sample,
        "week": WEEK,
        "people": len(problem.agents),
        "queues": len(problem.queues),
        "seconds": asked.seconds,
        "seed": asked.seed,
        "ways": rows,
    }
    print("\n".join(lines(told)), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(told, indent=1), encoding="utf-8")


def lines(told: Row) -> list[str]:
    """Return the table, then what has to be known of its rows."""
    said = [
        f"{told['sample']} {told['week']}: {told['people']} people, {told['queues']} queues, "
        f"{told['seconds']:g} s each, seed {told['seed']}",
        HEADING,
    ]
    for row in told["ways"]:
        cells = [
            (_shown(row, "objective", ",.0f"), 13),
            (_shown(row, "ratio", ",.3f"), 8),
            (_shown(row, "must_violations", "d"), 14),
            (_shown(row, "bound", ",.0f"), 13),
            (_shown(row, "gap", ".2%").rstrip("%"), 8),
            (_shown(row, "seconds", ".1f"), 9),
            (_shown(row, "memory_mib", ",d"), 7),
        ]
        said.append(f"{row['way']:<26}" + "".join(f"{cell:>{width}}" for cell, width in cells))
    return [*said, *(remark for row in told["ways"] if (remark := _remark(row)))]


def _shown(row: Row, name: str, form: str) -> str:
    value = row.get(name)
    return NOTHING if value is None else format(value, form)


def _remark(row: Row) -> str:
    if absent := row.get("absent"):
        return f"  {row['way']}: absent, {absent}"
    parts = [row["remark"]] if row["remark"] else []
    if row["objective"] is None:
        parts.append("no roster")
    if broken := row.get("broken"):
        parts.append("breaks " + ", ".join(f"{rule} {n} times" for rule, n in broken.items()))
    if faults := row.get("faults"):
        parts.append(f"{len(faults)} pins or duties that cannot be, such as: {faults[0]}")
    return f"  {row['way']}: {'; '.join(parts)}" if parts else ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers")
    add = parser.add_argument
    add("--sample", choices=SAMPLES, default="trust-safety")
    add("--people", type=int, metavar="N", help="the sample's own size if not given")
    add("--seconds", type=float, default=60.0, help="wall clock of each way")
    add("--seed", type=int, default=1)
    add("--json", type=Path, metavar="FILE", help="write every figure here")
    add("--only", action="append", choices=(*HERE, *ELSEWHERE), help="may be given again")
    add("--no-peers", action="store_true", help="only what runs with the package's own libraries")
    add("--peers-env", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help="kept for next time")
    add("--plainly", action="store_true", help="forecast by a mean of four weeks, which is quick")
    return parser


if __name__ == "__main__":
    main()
