"""Real histories, forecast by us and by our peers: ``python -m benchmarks.forecast --series DIR --json FILE``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.forecast.measures import Scores, scores_of
from benchmarks.forecast.ours import BASE, NAMES, OURS, forecast_all
from benchmarks.forecast.report import as_json, table, verdicts
from benchmarks.forecast.sets import read_sets, tasks_of


def main(words: list[str] | None = None) -> None:
    """Forecast, measure, print the table and write the JSON."""
    asked = _parser().parse_args(words)
    every = 2 if asked.every_second_origin else 1
    tasks = [
        task
        for series_set in read_sets(asked.series)
        if not asked.sets or series_set.plan.name in asked.sets
        for task in tasks_of(series_set, every)
    ]
    names = [name for name in NAMES if not asked.models or name in {BASE, OURS, *asked.models}]
    forecasts = forecast_all(tasks, names, asked.workers)
    sets: dict[str, dict[str, Scores]] = {}
    for set_name in dict.fromkeys(task.set_name for task in tasks):
        here = [place for place, task in enumerate(tasks) if task.set_name == set_name]
        sets[set_name] = {
            model: scores_of([tasks[place] for place in here], [made[place] for place in here])
            for model, made in forecasts.items()
        }
    result = as_json(sets)
    print("\n".join([*table(result), "", *verdicts(result)]))
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=1), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forecast", description=__doc__)
    parser.add_argument("--series", type=Path, default=Path("../shared/series"), metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--models", type=_words, default=(), help="by name, with commas")
    parser.add_argument("--sets", type=_words, default=(), help="by name, with commas")
    parser.add_argument("--no-peers", action="store_true", help="only the methods of the package")
    parser.add_argument("--every-second-origin", action="store_true")
    parser.add_argument("--workers", type=int, default=2)
    return parser


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


if __name__ == "__main__":
    main()
