"""How good forecasts are: WAPE, MASE, mWQL, bias, coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from benchmarks.forecast.ours import BASE, LEVELS, OURS, Forecast
from benchmarks.forecast.sets import HORIZON_HOURS, WEEK_HOURS, Task

DECILES = slice(1, -1)
BANDS = {"coverage_80": (1, -2), "coverage_95": (0, -1)}
MEASURES = ("wape", "mase", "mwql", "bias", *BANDS)
FIRST_WEEK = "_168"

Scores = dict[str, float | None]


@dataclass(frozen=True)
class Figures:
    """Sums over the hours of one forecast whose actual is known.

    Parameters
    ----------
    hours, volume, error, bias
        Hours counted; cases; sums of absolute and of signed errors.
    pinball
        2/9 of the pinball loss summed over hours and deciles.
    naive
        Mean absolute difference to the week before, within the history.
    within_80, within_95
        Hours within the 80 and the 95 % interval.
    """

    hours: int
    volume: float
    error: float
    bias: float
    pinball: float
    naive: float
    within_80: float
    within_95: float


def figures_of(task: Task, forecast: Forecast, hours: int) -> Figures:
    """Hold the first hours of a forecast against what came."""
    known = np.flatnonzero(~np.isnan(task.actual[:hours]))
    actual, mean = task.actual[known], forecast.mean[known]
    past = task.history.to_numpy()
    naive = np.nanmean(np.abs(past[WEEK_HOURS:] - past[:-WEEK_HOURS]))
    pinball, within = np.nan, [np.nan, np.nan]
    if forecast.quantiles is not None:
        quantiles = forecast.quantiles[known]
        above = actual[:, None] - quantiles[:, DECILES]
        levels = np.array(LEVELS[DECILES])
        pinball = 2 / len(levels) * np.maximum(levels * above, (levels - 1) * above).sum()
        within = [
            ((quantiles[:, low] <= actual) & (actual <= quantiles[:, high])).sum()
            for low, high in BANDS.values()
        ]
    error = mean - actual
    volume, absolute, bias = actual.sum(), np.abs(error).sum(), error.sum()
    return Figures(len(known), volume, absolute, bias, pinball, naive, *within)


def scores_of(tasks: Sequence[Task], forecasts: Sequence[Forecast]) -> Scores:
    """Return the measures of one model on one set, for 336 hours and (``_168``) their first week.

    WAPE, MASE, mWQL and bias are of each series over all its origins, then averaged over series; coverage is of all
    hours. ``cpu_seconds`` is the median over forecasts.
    """
    found: Scores = {}
    for hours, suffix in ((HORIZON_HOURS, ""), (WEEK_HOURS, FIRST_WEEK)):
        by_series: dict[str, list[Figures]] = {}
        for task, forecast in zip(tasks, forecasts, strict=True):
            by_series.setdefault(task.series, []).append(figures_of(task, forecast, hours))
        scored = {name + suffix: _mean(by_series, name) for name in MEASURES}
        found |= {name: None if np.isnan(value) else value for name, value in scored.items()}
    return found | {"cpu_seconds": float(np.median([made.cpu_seconds for made in forecasts]))}


def _mean(by_series: dict[str, list[Figures]], measure: str) -> float:
    every = [_totals(figures) for figures in by_series.values()]
    if measure in BANDS:
        within = sum(total[measure.replace("coverage", "within")] for total in every)
        return float(within / sum(total["hours"] for total in every))
    numerator = {"wape": "error", "mase": "error", "mwql": "pinball", "bias": "bias"}[measure]
    denominator = "naive" if measure == "mase" else "volume"
    shares = [total[numerator] / total[denominator] for total in every if total[denominator] > 0]
    return float(np.mean(shares)) if shares else np.nan


def _totals(figures: list[Figures]) -> dict[str, float]:
    """Add up the origins of a series; ``naive`` becomes what the naive errors sum to over the hours scored."""
    rows = [asdict(figure) for figure in figures]
    rows = [row | {"naive": row["naive"] * row["hours"]} for row in rows]
    return {name: sum(row[name] for row in rows) for name in rows[0]}


def summary(sets: dict[str, dict[str, Scores]]) -> dict[str, dict[str, float | None]]:
    """Return by model the geometric means over the sets relative to mean4, and mean coverages.

    ``sets_ours_better`` is the number of sets in which the default method has the lower WAPE.
    """
    models = list(next(iter(sets.values())))
    return {
        model: {
            "wape_vs_mean4": _relative(sets, model, "wape"),
            "mwql_vs_mean4": _relative(sets, model, "mwql"),
            **{band: _average(sets, model, band) for band in BANDS},
            "cpu_seconds": _average(sets, model, "cpu_seconds"),
            "sets_ours_better": sum(
                (scores[OURS]["wape"] or 0) < (scores[model]["wape"] or 0)
                for scores in sets.values()
            ),
        }
        for model in models
    }


def _relative(sets: dict[str, dict[str, Scores]], model: str, measure: str) -> float | None:
    pairs = [(scores[model][measure], scores[BASE][measure]) for scores in sets.values()]
    ratios = [ours / base for ours, base in pairs if ours is not None and base]
    return float(np.exp(np.mean(np.log(ratios)))) if len(ratios) == len(sets) else None


def _average(sets: dict[str, dict[str, Scores]], model: str, measure: str) -> float | None:
    values = [scores[model][measure] for scores in sets.values()]
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None
