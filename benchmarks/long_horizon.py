"""Half a year and a year ahead on real histories: ``python -m benchmarks.long_horizon --series DIR [--json FILE]``.

Every series of at least 78 weeks is cut every nine weeks, with 52 weeks of history or more. `daily_profile` stands
beside the same week of last year, the mean of the last four weeks, and `poisson_ridge`. WAPE of week totals and of
hours.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.forecast.sets import WEEK_HOURS, read_sets
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.methods.daily_profile import DailyProfile
from staffing.forecast.methods.poisson_ridge import PoissonRidge
from staffing.forecast.threads import one_thread
from staffing.forecast.weeks import fold, mean_of_last, places

HORIZONS_WEEKS = (26, 52)
YEAR_WEEKS = 52
STEP_WEEKS = 9
LEVELS = (0.025, 0.1, 0.9, 0.975)
OURS = "daily_profile"

Model = Callable[[pd.Series, SeriesCalendar, pd.DatetimeIndex], np.ndarray]


@dataclass(frozen=True)
class Score:
    """One model on one series and horizon, over all origins."""

    series: str
    horizon_weeks: int
    origins: int
    model: str
    wape_weeks: float
    wape_hours: float
    coverage_80: float | None
    coverage_95: float | None


def last_year(history: pd.Series, calendar: SeriesCalendar, index: pd.DatetimeIndex) -> np.ndarray:
    """Repeat what came 52 weeks before; what is unknown there is the mean of the year."""
    year = history.iloc[-YEAR_WEEKS * WEEK_HOURS :]
    return np.resize(year.fillna(year.mean()).to_numpy(), len(index))


def mean4(history: pd.Series, calendar: SeriesCalendar, index: pd.DatetimeIndex) -> np.ndarray:
    """Repeat the mean of the last four like hours."""
    zone = calendar.region.time_zone
    folded = fold(history.to_numpy(), places(pd.DatetimeIndex(history.index), zone))
    return np.asarray(mean_of_last(folded, 4)[places(index, zone).slot])


def ridge(history: pd.Series, calendar: SeriesCalendar, index: pd.DatetimeIndex) -> np.ndarray:
    """Follow `poisson_ridge` as far as it is asked to."""
    return PoissonRidge().fit(history, calendar).predict(index).mean


RIVALS: dict[str, Model] = {"last_year": last_year, "mean4": mean4, "poisson_ridge": ridge}


def cuts(volume: pd.Series, weeks: int) -> Iterator[tuple[pd.Series, pd.Series]]:
    """Yield history and what came after it, the latest first."""
    for end in range(len(volume) // WEEK_HOURS, YEAR_WEEKS + weeks - 1, -STEP_WEEKS):
        origin = (end - weeks) * WEEK_HOURS
        yield volume.iloc[:origin], volume.iloc[origin : end * WEEK_HOURS]


def scores_of(series: str, volume: pd.Series, calendar: SeriesCalendar, weeks: int) -> list[Score]:
    """Return one score a model, none without an origin."""
    actuals, bands = [], []
    means: dict[str, list[np.ndarray]] = {name: [] for name in (OURS, *RIVALS)}
    for history, actual in cuts(volume, weeks):
        index = pd.DatetimeIndex(actual.index)
        made = DailyProfile().fit(history, calendar).predict(index, LEVELS)
        means[OURS].append(made.mean)
        bands.append(made.quantiles)
        actuals.append(actual.to_numpy())
        for name, model in RIVALS.items():
            means[name].append(model(history, calendar, index))
    if not actuals:
        return []
    came = np.concatenate(actuals)
    found = {name: np.concatenate(parts) for name, parts in means.items()}
    within = covered(came, np.concatenate(bands))
    return [
        Score(
            series=series,
            horizon_weeks=weeks,
            origins=len(actuals),
            model=name,
            wape_weeks=wape_by(WEEK_HOURS, came, mean),
            wape_hours=wape_by(1, came, mean),
            coverage_80=within[0] if name == OURS else None,
            coverage_95=within[1] if name == OURS else None,
        )
        for name, mean in found.items()
    ]


def wape_by(hours: int, actual: np.ndarray, mean: np.ndarray) -> float:
    """Return the WAPE of totals over so many hours; hours that are unknown count on neither side."""
    counted = np.nan_to_num(actual).reshape(-1, hours).sum(axis=1)
    foretold = np.where(np.isnan(actual), 0.0, mean).reshape(-1, hours).sum(axis=1)
    return float(np.abs(foretold - counted).sum() / counted.sum())


def covered(actual: np.ndarray, band: np.ndarray) -> tuple[float, float]:
    """Return the share of known hours within the 80 and the 95 % interval."""
    known = ~np.isnan(actual)
    low_95, low_80, high_80, high_95 = band[known].T
    inside = ((low_80, high_80), (low_95, high_95))
    shares = [
        float(((low <= actual[known]) & (actual[known] <= high)).mean()) for low, high in inside
    ]
    return shares[0], shares[1]


def table(scores: list[Score]) -> list[str]:
    """Return a line per series and horizon, and how ours compares on the geometric mean."""
    rows = pd.DataFrame([asdict(score) for score in scores])
    keys = ["series", "horizon_weeks", "origins"]
    lines = []
    for measure in ("wape_weeks", "wape_hours"):
        wide = rows.pivot_table(index=keys, columns="model", values=measure)[[OURS, *RIVALS]]
        ratios = [np.exp(np.log(wide[OURS] / wide[name]).mean()) for name in RIVALS]
        told = ", ".join(
            f"{ratio:.2f} of {name}" for ratio, name in zip(ratios, RIVALS, strict=True)
        )
        lines += [measure, wide.round(3).to_string(), f"{OURS} on the geometric mean: {told}", ""]
    ours = rows[rows["model"] == OURS].set_index(keys)[["coverage_80", "coverage_95"]]
    return [*lines, f"hours within the intervals of {OURS}", ours.round(3).to_string()]


def main() -> None:
    """Run, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.long_horizon", description=__doc__)
    parser.add_argument("--series", type=Path, default=Path("../shared/series"), metavar="DIR")
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args()
    with one_thread():
        scores = [
            score
            for series_set in read_sets(asked.series)
            for name, volume in series_set.volumes.items()
            for weeks in HORIZONS_WEEKS
            for score in scores_of(
                f"{series_set.plan.name}/{name}",
                volume,
                SeriesCalendar(region=series_set.plan.region),
                weeks,
            )
        ]
    print("\n".join(table(scores)))
    if asked.json:
        asked.json.write_text(json.dumps([asdict(score) for score in scores], indent=1))


if __name__ == "__main__":
    main()
