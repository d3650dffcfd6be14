"""Real histories, forecast by us and by our peers: ``python -m benchmarks.forecast --series DIR --json FILE``.

Sub-folders of the folder hold ``*_hourly.csv.gz`` each, with the columns ds, series, y.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.environment import PeersError
from benchmarks.forecast.calendars import SOURCES
from benchmarks.forecast.measures import Scores, scores_of
from benchmarks.forecast.ours import BASE, NAMES, OURS, Forecast, forecast_all
from benchmarks.forecast.peers.ask import ask_peers
from benchmarks.forecast.peers.environment import DEFAULT_FOLDER, peers_python
from benchmarks.forecast.peers.models import PEERS
from benchmarks.forecast.report import as_json, table, verdicts
from benchmarks.forecast.sets import Task, notes, read_sets, tasks_of
from benchmarks.forecast.speed import measure_speed, speed_lines


def main(words: list[str] | None = None) -> None:
    """Measure, print the table and write the JSON."""
    asked = _parser().parse_args(words)
    result: dict[str, Any]
    if asked.speed:
        result = measure_speed(None if asked.no_peers else asked.peers_env, asked.workers)
        print("\n".join(speed_lines(result)))
    else:
        result = _accuracy(asked)
        print("\n".join([*table(result), "", *verdicts(result)]))
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1), encoding="utf-8")


def _accuracy(asked: argparse.Namespace) -> dict[str, Any]:
    tasks = _tasks(asked)
    if not tasks:
        raise SystemExit(f"{asked.series} has no set with a series of 28 days or more")
    wanted = {*asked.models, BASE, OURS} if asked.models else {*NAMES, *PEERS}
    ours = [name for name in NAMES if name in wanted]
    peers = [] if asked.no_peers else [name for name in PEERS if name in wanted]
    _say(f"{len(tasks)} forecasts by each of {len(ours)} methods of the package")
    forecasts = forecast_all(tasks, ours, asked.workers)
    if peers:
        _say(f"and by each of {len(peers)} peers: some minutes")
        try:
            answers, faults = ask_peers(peers_python(asked.peers_env), tasks, peers, asked.workers)
        except PeersError as error:
            answers, faults = {}, (f"peers left out: {error}",)
        forecasts |= answers
        _say(*faults)
    return as_json(_by_set(tasks, forecasts))


def _tasks(asked: argparse.Namespace) -> list[Task]:
    """Cut all sets that are asked for, and say what is left out and whose holidays were found."""
    tasks = []
    for series_set in read_sets(asked.series):
        if not asked.sets or series_set.plan.name in asked.sets:
            every = 2 if asked.every_second_origin else 1
            found = list(tasks_of(series_set, every, asked.holidays))
            _say(*notes(series_set, found))
            tasks += found
    return tasks


def _by_set(
    tasks: Sequence[Task], forecasts: dict[str, list[Forecast]]
) -> dict[str, dict[str, Scores]]:
    """Return the measures by set and model."""
    places: dict[str, list[int]] = {}
    for place, task in enumerate(tasks):
        places.setdefault(task.set_name, []).append(place)
    return {
        set_name: {
            model: scores_of([tasks[n] for n in here], [made[n] for n in here])
            for model, made in forecasts.items()
        }
        for set_name, here in places.items()
    }


def _say(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forecast")
    add = parser.add_argument
    add("--series", type=Path, default=Path("../shared/series"), metavar="DIR")
    add("--json", type=Path, metavar="FILE", help="write every figure here")
    add("--models", type=_words, default=(), help="only these (and ours), with commas")
    add("--sets", type=_words, default=(), help="only these, with commas")
    add("--every-second-origin", action="store_true", help="the latest, the third, …")
    add(
        "--holidays",
        choices=SOURCES,
        default="stated",
        help="of the plans (searched where there is none), searched in each past, or none",
    )
    add("--no-peers", action="store_true", help="only the methods of the package")
    add("--peers-env", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help="kept for next time")
    add("--speed", action="store_true", help="100 series × 2 years instead of real ones")
    add("--workers", type=int, default=2)
    return parser


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


if __name__ == "__main__":
    main()
