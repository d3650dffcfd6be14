"""The peers, with the settings that their own guides show; runs in the environment of the peers.

Each takes a complete hourly history and returns ``mean[hour]`` and ``quantiles[hour, level]``, None where the library
has no cheap ones, never below 0.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

DAY_HOURS, WEEK_HOURS = 24, 168
RECENT_WEEKS = 26
"""MFLES and the theta method take a dozen seconds a series with two years, and MFLES is no better for it."""
WEEKLY_TERMS = 20
"""Prophet's own three Fourier terms of the week cannot draw closed nights and weekends: .40 on the bank, not .12."""
Answer = tuple[np.ndarray, np.ndarray | None]
Holidays = list[tuple[str, str]]
Peer = Callable[[pd.Series, int, tuple[float, ...], Holidays], Answer]


def seasonal_naive(
    history: pd.Series, hours: int, levels: tuple[float, ...], _: Holidays
) -> Answer:
    """Repeat the last week."""
    from statsforecast.models import SeasonalNaive

    return _statsforecast(SeasonalNaive(WEEK_HOURS), history, hours, levels)


def mstl(history: pd.Series, hours: int, levels: tuple[float, ...], _: Holidays) -> Answer:
    """Take out the daily and the weekly season, follow the rest with AutoETS."""
    from statsforecast.models import MSTL, AutoETS

    model = MSTL([DAY_HOURS, WEEK_HOURS], trend_forecaster=AutoETS(model="ZZN"))
    return _statsforecast(model, history, hours, levels)


def mfles(history: pd.Series, hours: int, levels: tuple[float, ...], _: Holidays) -> Answer:
    """Boost trend, Fourier seasons and smoothing in turn."""
    from statsforecast.models import MFLES

    return _statsforecast(MFLES([DAY_HOURS, WEEK_HOURS]), _recent(history), hours, ())


def theta(history: pd.Series, hours: int, levels: tuple[float, ...], _: Holidays) -> Answer:
    """Use the optimised theta method on a series without its weekly season."""
    from statsforecast.models import DynamicOptimizedTheta

    return _statsforecast(DynamicOptimizedTheta(WEEK_HOURS), _recent(history), hours, levels)


def prophet(
    history: pd.Series, hours: int, levels: tuple[float, ...], holidays: Holidays
) -> Answer:
    """Fit trend, seasons and holidays, the week in more detail than by default."""
    from prophet import Prophet

    logging.getLogger("cmdstanpy").disabled = True
    logging.getLogger("prophet").disabled = True
    days = pd.DataFrame(holidays, columns=["ds", "holiday"]) if holidays else None
    model = Prophet(holidays=days, weekly_seasonality=WEEKLY_TERMS)
    model.fit(pd.DataFrame({"ds": history.index, "y": history.to_numpy()}))
    future = pd.DataFrame({"ds": _next(history, hours)})
    samples = model.predictive_samples(future)["yhat"]
    mean = model.predict(future)["yhat"].to_numpy()
    return _from_zero(mean, np.quantile(samples, levels, axis=1).T)


def lightgbm(history: pd.Series, hours: int, levels: tuple[float, ...], _: Holidays) -> Answer:
    """Forecast hour after hour from the hours before, each forecast fed back."""
    from lightgbm import LGBMRegressor
    from mlforecast import MLForecast
    from mlforecast.lag_transforms import RollingMean

    model = MLForecast(
        models=LGBMRegressor(
            n_estimators=300, learning_rate=0.05, n_jobs=1, verbosity=-1, random_state=0
        ),
        freq="h",
        lags=[*range(1, DAY_HOURS + 1), 2 * DAY_HOURS, WEEK_HOURS, 2 * WEEK_HOURS],
        lag_transforms={1: [RollingMean(DAY_HOURS)], WEEK_HOURS: [RollingMean(WEEK_HOURS)]},
        date_features=["hour", "dayofweek"],
    )
    table = pd.DataFrame({"unique_id": 0, "ds": history.index, "y": history.to_numpy()})
    model.fit(table, dropna=False)  # else a history of four weeks loses three of them to its lags
    return _from_zero(model.predict(hours)["LGBMRegressor"].to_numpy(), None)


PEERS: dict[str, Peer] = {
    "statsforecast SeasonalNaive": seasonal_naive,
    "statsforecast MSTL + AutoETS": mstl,
    "statsforecast MFLES": mfles,
    "statsforecast DynamicTheta": theta,
    "Prophet with holidays": prophet,
    "mlforecast LightGBM": lightgbm,
}


def _statsforecast(model: Any, history: pd.Series, hours: int, levels: tuple[float, ...]) -> Answer:
    """Ask for symmetric bands and read the quantiles off their edges; without levels for the mean alone."""
    widths = sorted({round(abs(200 * level - 100)) for level in levels} - {0})
    found = model.forecast(history.to_numpy(), h=hours, level=widths or None)
    if not levels:
        return _from_zero(found["mean"], None)
    edges = []
    for level in levels:
        width = round(abs(200 * level - 100))
        side = "lo" if level < 0.5 else "hi"
        edges.append(found[f"{side}-{width}"] if width else found["mean"])
    return _from_zero(found["mean"], np.column_stack(edges))


def _recent(history: pd.Series) -> pd.Series:
    return history.iloc[-RECENT_WEEKS * WEEK_HOURS :]


def _next(history: pd.Series, hours: int) -> pd.DatetimeIndex:
    return pd.date_range(history.index[-1] + pd.Timedelta(hours=1), periods=hours, freq="h")


def _from_zero(mean: np.ndarray, quantiles: np.ndarray | None) -> Answer:
    return np.maximum(mean, 0), None if quantiles is None else np.maximum(quantiles, 0)
