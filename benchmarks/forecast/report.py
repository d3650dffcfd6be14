"""The results as one JSON object, and as a table that a manager can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.forecast.measures import Scores, summary
from benchmarks.forecast.ours import BASE, NAMES, OURS, PLAIN_BASE

WIDTH = 10
NAME_WIDTH = 32
VERDICT_WIDTH = 48


def as_json(sets: dict[str, dict[str, Scores]]) -> dict[str, Any]:
    """Return everything measured: ``sets`` by set and model, ``models`` over all sets, and the figures of ours.

    Parameters
    ----------
    sets
        Measures by set and model.
    """
    models = summary(sets)
    return {"ours": OURS, **models[OURS], "models": models, "sets": sets}


def table(result: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of the table: WAPE of every model on every set, and what it comes to."""
    sets = result["sets"]
    yield "WAPE of 14 days ahead, hour by hour; below: against mean4 (lower is better)"
    yield _line("", [*sets, "WAPE/mean4", "mWQL/mean4", "80 % band", "95 % band", "CPU s"])
    for model, total in result["models"].items():
        wapes = [_number(sets[name][model]["wape"]) for name in sets]
        ratios = [_number(total[key], 2) for key in ("wape_vs_mean4", "mwql_vs_mean4")]
        bands = [_number(total[key], 2) for key in ("coverage_80", "coverage_95")]
        yield _line(model, [*wapes, *ratios, *bands, _number(total["cpu_seconds"], 2)])


def verdicts(result: dict[str, Any]) -> Iterator[str]:
    """Yield what is asked of our default method, what it reaches, and whether that is enough."""
    sets, ours = result["sets"], result["ours"]
    worse = sum(_wape(scores, ours) > _wape(scores, BASE) for scores in sets.values())
    yield f"What is asked of {ours}"
    yield _verdict("WAPE against mean4", result["wape_vs_mean4"], 0, 0.70)
    yield _verdict("mWQL against mean4", result["mwql_vs_mean4"], 0, 0.62)
    plain = result["models"].get(PLAIN_BASE)
    if plain is not None:
        ratio = result["mwql_vs_mean4"] / plain["mwql_vs_mean4"]
        yield _verdict(f"mWQL against {PLAIN_BASE}", ratio, 0, 0.62)
    yield _verdict("80 % band holds", result["coverage_80"], 0.75, 0.85)
    yield _verdict("95 % band holds", result["coverage_95"], 0.92, 0.97)
    yield _verdict("sets worse than mean4", worse, 0, 0)
    for model, total in result["models"].items():
        if model not in NAMES:
            better = total["sets_ours_better"]
            yield _verdict(f"sets better than {model}", better, len(sets) - 1, len(sets))


def _wape(scores: dict[str, Scores], model: str) -> float:
    wape = scores[model]["wape"]
    return float("inf") if wape is None else wape


def _verdict(what: str, value: float | None, low: float, high: float) -> str:
    value = float("nan") if value is None else value
    asked = f"at most {high:g}" if low == 0 else f"{low:g} to {high:g}"
    met = "met" if low <= round(value, 4) <= high else "MISSED"
    return f"  {what:<{VERDICT_WIDTH}}{value:>{WIDTH}.3g}   asked: {asked:<16}{met}"


def _line(name: str, cells: list[str]) -> str:
    return f"{name:<{NAME_WIDTH}}" + "".join(
        f"{cell:>{max(WIDTH, len(cell) + 2)}}" for cell in cells
    )


def _number(value: float | None, places: int = 3) -> str:
    return "–" if value is None else f"{value:.{places}f}"
