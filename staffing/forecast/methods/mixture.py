"""mixture: regression, boosting and weighted mean together, with intervals from errors it really made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from staffing.domain.tables import QUANTILES
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.intervals import Spread
from staffing.forecast.method import Prediction
from staffing.forecast.methods.boosting import Trees
from staffing.forecast.methods.ewma import EwmaFit
from staffing.forecast.methods.like_weeks import LikeWeeks
from staffing.forecast.methods.poisson_ridge import PoissonRidge, PoissonRidgeFit, RidgeCurve
from staffing.forecast.methods.week_features import WeekFeatures
from staffing.forecast.past_errors import PastErrors
from staffing.forecast.weeks import interval_of, recent, slots_a_week

RIDGE_WEIGHT, RIDGE_WEIGHT_NEAR_POISSON = 0.4, 0.85
NEAR_POISSON_DISPERSION, NEAR_POISSON_CASES = 1.15, 20.0
BOOSTING_SHARE = 0.58  # of what the regression leaves
WEEKS_FOR_NO_TREES, WEEKS_FOR_TREES, WEEKS_FOR_ALL_TREES = 12, 20, 52
WEEKS_BACK, FEWEST_WEEKS_BACK = 8, 4
WEEKS_AHEAD = 2
WEEKS_FOR_STATE = 64


@dataclass(frozen=True)
class MixtureCurve:
    """What the parts have learnt; stays true while a few weeks are added.

    Parameters
    ----------
    trees
        None where the history is shorter than 20 weeks.
    spread, errors
        How far past forecasts fell from what came, and those forecasts; None where there is too little history.
    """

    ridge: RidgeCurve
    trees: Trees | None
    spread: Spread | None = None
    errors: PastErrors | None = None

    @classmethod
    def learn(cls, history: pd.Series, calendar: SeriesCalendar) -> MixtureCurve:
        """Learn every part, without errors."""
        ridge = PoissonRidge().learn(history, calendar)
        weeks = LikeWeeks.of(ridge.look_back(history))
        enough = weeks.weeks >= WEEKS_FOR_TREES
        return cls(ridge, Trees.learn(WeekFeatures.of(weeks)) if enough else None)

    def at(self, history: pd.Series) -> MixtureFit:
        """Bring every part to the end of a history, of which the last 64 weeks are enough for that."""
        past = self.ridge.look_back(recent(history, WEEKS_FOR_STATE))
        ridge = self.ridge.at(past)
        features = WeekFeatures.of(LikeWeeks.of(past))
        ewma = EwmaFit(features.base[-1], features.weeks, self.ridge, ridge.spread)
        spread = self.spread or ridge.spread
        return MixtureFit(ridge, ewma, self.trees, features, spread, self.errors)


@dataclass(frozen=True)
class MixtureFit:
    """The parts at the end of a history.

    Parameters
    ----------
    errors
        Forecasts from up to seven weekly origins by parts that had not seen what came; None without enough history.
    """

    ridge: PoissonRidgeFit
    ewma: EwmaFit
    trees: Trees | None
    features: WeekFeatures
    spread: Spread
    errors: PastErrors | None

    def weights(self) -> tuple[float, float, float]:
        """Return what regression, boosting and weighted mean weigh.

        Near the floor of Poisson noise the regression alone is all but best; boosting counts in full from 52 weeks.
        """
        weeks, usual = self.features.weeks, self.features.base[-1].mean()
        near = weeks.dispersion < NEAR_POISSON_DISPERSION and usual < NEAR_POISSON_CASES
        ridge = RIDGE_WEIGHT_NEAR_POISSON if near else RIDGE_WEIGHT
        known = min(
            1.0, (weeks.weeks - WEEKS_FOR_NO_TREES) / (WEEKS_FOR_ALL_TREES - WEEKS_FOR_NO_TREES)
        )
        share = BOOSTING_SHARE * known if self.trees else 0.0
        return ridge, (1 - ridge) * share, (1 - ridge) * (1 - share)

    def mean(self, index: pd.DatetimeIndex) -> np.ndarray:
        """Return the weighted mean of the parts for intervals to come."""
        ahead = self.ridge.curve.read(index)
        ridge, boosting, ewma = self.weights()
        mean = ridge * self.ridge.mean(ahead) + ewma * self.ewma.mean(ahead)
        if self.trees is not None:
            mean += boosting * self.trees.mean(self.features, ahead)
        return mean

    def predict(self, index: pd.DatetimeIndex, levels: tuple[float, ...] = QUANTILES) -> Prediction:
        """Mix the parts; closed hours are 0."""
        mean = self.mean(index)
        return Prediction(mean, self.spread.quantiles(mean, levels))


@dataclass(frozen=True)
class Mixture:
    """Fixed weights: those chosen by backtest gained nothing.

    An extra fit without the last eight weeks forecasts them from seven weekly origins, the parts brought up to date at
    each: the errors of these forecasts are what the intervals are made of.
    """

    name: str = "mixture"

    def learn(self, history: pd.Series, calendar: SeriesCalendar) -> MixtureCurve:
        """Learn every part, and the errors of the same parts eight weeks back."""
        history = recent(history)
        now = MixtureCurve.learn(history, calendar)
        errors = _past_errors(history, calendar)
        if errors is None:
            return now
        spread = Spread.of_errors(errors.error.ravel(), errors.mean.ravel())
        return MixtureCurve(now.ridge, now.trees, spread, errors)

    def fit(self, history: pd.Series, calendar: SeriesCalendar) -> MixtureFit:
        """Learn, and bring every part to the end of the history."""
        return self.learn(history, calendar).at(history)


def _past_errors(history: pd.Series, calendar: SeriesCalendar) -> PastErrors | None:
    """Forecast two weeks each from weekly origins of late, by parts learnt before the first of them."""
    a_week, interval = slots_a_week(history.index), interval_of(history.index)
    first = min(WEEKS_BACK, len(history) // a_week // 2)
    if first < FEWEST_WEEKS_BACK or not (history.iloc[: -first * a_week] > 0).any():
        return None
    curve = MixtureCurve.learn(history.iloc[: -first * a_week], calendar)
    starts, actual, mean = [], [], []
    for back in range(first, WEEKS_AHEAD - 1, -1):
        past = history.iloc[: -back * a_week]
        start = history.index[len(past)]
        ahead = pd.date_range(start, periods=WEEKS_AHEAD * a_week, freq=interval, unit="us")
        starts.append(start)
        actual.append(history.reindex(ahead).to_numpy())
        mean.append(curve.at(past).mean(ahead))
    return PastErrors(tuple(starts), np.array(actual), np.array(mean))
