"""Rolling origins: what each method would have said before, held against what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.method import Method
from staffing.forecast.weeks import slots_a_week

ORIGINS = 4
BAND_80 = (0.1, 0.9)
LONG_HISTORY_WEEKS = 6


@dataclass(frozen=True)
class Score:
    """Out-of-sample errors of one method on one series, hours with unknown volume left out.

    Parameters
    ----------
    loss
        What the pick goes by: the mean absolute error, or the mean squared error where there is less than one case an
        interval (there the absolute error rewards a forecast of 0, the squared error still rewards the mean).
    wape
        Sum of absolute errors over the sum of actual volumes; NaN where there were none.
    mase
        Mean absolute error over that of repeating the week before, within the history; NaN where that is 0 or unknown.
    bias
        Forecast minus actual, over actual.
    coverage_80
        Share of intervals within the 10 % and the 90 % quantile.
    origins
        Forecasts made.
    """

    method: str
    loss: float
    wape: float
    mase: float
    bias: float
    coverage_80: float
    origins: int


def origins(index: pd.DatetimeIndex) -> tuple[slice, ...]:
    """Return the stretches to forecast, oldest first, each from the history before it alone.

    Four stretches of two weeks that end with the history; of one week where the history is shorter than six weeks.
    At least a week, and as much as is forecast, comes before the first; a history that is too short has none.
    """
    a_week = slots_a_week(index)
    step = a_week * (2 if len(index) >= LONG_HISTORY_WEEKS * a_week else 1)
    count = max(0, min(ORIGINS, len(index) // step - 1))
    ends = [len(index) - step * back for back in reversed(range(count))]
    return tuple(slice(end - step, end) for end in ends)


def roll(history: pd.Series, calendar: SeriesCalendar, method: Method) -> pd.DataFrame:
    """Forecast every stretch of `origins` from what came before it.

    Returns
    -------
    pd.DataFrame
        By interval: ``origin`` (first stamp of the stretch), ``actual``, ``mean``, ``low``, ``high`` (80 % band) in
        cases and ``naive_error``, the mean absolute difference to the week before within the history.
    """
    index = pd.DatetimeIndex(history.index)
    a_week = slots_a_week(index)
    rolled = []
    for stretch in origins(index):
        past = history.iloc[: stretch.start]
        predicted = method.fit(past, calendar).predict(index[stretch], BAND_80)
        volume = past.to_numpy()
        changes = np.abs(volume[a_week:] - volume[:-a_week])
        known = changes[~np.isnan(changes)]
        rolled.append(
            pd.DataFrame(
                {
                    "origin": index[stretch.start],
                    "actual": history.iloc[stretch].to_numpy(),
                    "mean": predicted.mean,
                    "low": predicted.quantiles[:, 0],
                    "high": predicted.quantiles[:, 1],
                    "naive_error": known.mean() if len(known) else np.nan,
                },
                index=index[stretch],
            )
        )
    return pd.concat(rolled) if rolled else pd.DataFrame()


def score(method: str, rolled: pd.DataFrame) -> Score:
    """Sum up the forecasts of `roll`."""
    if rolled.empty or rolled["actual"].isna().all():
        return Score(method, 0.0, np.nan, np.nan, np.nan, np.nan, 0)
    known = rolled.dropna(subset=["actual"])
    actual, error = known["actual"].sum(), known["mean"] - known["actual"]
    absolute, naive = error.abs(), known["naive_error"].mean()
    within = known["actual"].between(known["low"], known["high"])
    return Score(
        method=method,
        loss=absolute.mean() if known["actual"].mean() >= 1 else (error**2).mean(),
        wape=absolute.sum() / actual if actual > 0 else np.nan,
        mase=absolute.mean() / naive if naive > 0 else np.nan,
        bias=error.sum() / actual if actual > 0 else np.nan,
        coverage_80=within.mean(),
        origins=rolled["origin"].nunique(),
    )


def compare(
    history: pd.Series, calendar: SeriesCalendar, methods: Sequence[Method]
) -> tuple[Method, tuple[Score, ...]]:
    """Score every method and pick the one with the least loss, the first named where they tie."""
    scores = tuple(score(method.name, roll(history, calendar, method)) for method in methods)
    best = min(range(len(methods)), key=lambda place: scores[place].loss)
    return methods[best], scores
