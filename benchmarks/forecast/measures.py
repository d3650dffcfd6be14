"""How good forecasts are, by set and model, and over all sets against mean4."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.forecast.ours import BASE, LEVELS, OURS, Forecast
from benchmarks.forecast.sets import HORIZON_HOURS, WEEK_HOURS, Task
from staffing.forecast.judged import metrics

DECILES = slice(1, -1)
BANDS = {"coverage_80": (1, -2), "coverage_95": (0, -1)}
FIRST_WEEK = "_168"

Scores = dict[str, float | None]


def scores_of(tasks: Sequence[Task], forecasts: Sequence[Forecast]) -> Scores:
    """Return the measures of one model on one set, for 336 hours and (``_168``) their first week.

    Each is of a series over all its origins, then averaged over series. ``cpu_seconds`` is the median over forecasts.
    None: not known.
    """
    places: dict[str, list[int]] = {}
    for place, task in enumerate(tasks):
        places.setdefault(task.series, []).append(place)
    scores = {
        measure + suffix: value
        for hours, suffix in ((HORIZON_HOURS, ""), (WEEK_HOURS, FIRST_WEEK))
        for measure, value in _mean(
            [
                _scores_of_series([tasks[n] for n in here], [forecasts[n] for n in here], hours)
                for here in places.values()
            ]
        ).items()
    }
    cpu_seconds = float(np.median([forecast.cpu_seconds for forecast in forecasts]))
    scores["cpu_seconds"] = cpu_seconds
    return {name: None if np.isnan(value) else value for name, value in scores.items()}


def _scores_of_series(
    tasks: Sequence[Task], forecasts: Sequence[Forecast], hours: int
) -> dict[str, float]:
    """Return the measures of the first hours of all origins of a series; NaN where there are no quantiles."""
    actual = np.stack([task.actual[:hours] for task in tasks])
    mean = np.stack([forecast.mean[:hours] for forecast in forecasts])
    unknown = np.full((HORIZON_HOURS, len(LEVELS)), np.nan)
    quantiles = np.stack(
        [
            (unknown if forecast.quantiles is None else forecast.quantiles)[:hours]
            for forecast in forecasts
        ]
    )
    change = [metrics.weekly_change(task.history.to_numpy(), WEEK_HOURS) for task in tasks]
    return {
        "wape": metrics.wape(actual, mean),
        "mase": metrics.mase(actual, mean, np.array(change)[:, None]),
        "mwql": metrics.mwql(actual, quantiles[..., DECILES]),
        "bias": metrics.bias(actual, mean),
    } | {
        band: metrics.coverage(actual, quantiles[..., low], quantiles[..., high])
        for band, (low, high) in BANDS.items()
    }


def _mean(series: Sequence[dict[str, float]]) -> dict[str, float]:
    """Average over series, as far as they have a figure (a series without cases has no WAPE)."""
    found = {}
    for measure in series[0]:
        known = [scores[measure] for scores in series if not np.isnan(scores[measure])]
        found[measure] = float(np.mean(known)) if known else np.nan
    return found


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
    # A set without a case in its fortnights has no error to compare.
    pairs = [(scores[model][measure], scores[BASE][measure]) for scores in sets.values()]
    ratios = [ours / base for ours, base in pairs if ours is not None and base]
    comparable = sum(base is not None and base > 0 for _, base in pairs)
    return float(np.exp(np.mean(np.log(ratios)))) if ratios and len(ratios) == comparable else None


def _average(sets: dict[str, dict[str, Scores]], model: str, measure: str) -> float | None:
    values = [scores[model][measure] for scores in sets.values()]
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None
