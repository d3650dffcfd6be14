"""boosting: gradient boosted trees that correct the weighted mean of each hour of the week, without recursion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from staffing.domain.tables import QUANTILES
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.intervals import Spread
from staffing.forecast.like_weeks import HALTED_FACTOR, LikeWeeks
from staffing.forecast.method import Prediction
from staffing.forecast.poisson_ridge import PoissonRidge, RidgeCurve
from staffing.forecast.week_features import WeekFeatures
from staffing.forecast.weeks import places

LEADS = 2
FIRST_ORIGIN = 4
ORIGINS = 60
MOST_ROWS = 25_000
HALF_LIFE_WEEKS = 52.0
TREES = {"learning_rate": 0.06, "max_iter": 60, "max_leaf_nodes": 8, "min_samples_leaf": 150}
BINS = 63
# Evidence, in cases over their dispersion, that a leaf must have to move as far as its cases say by half.
CASES_AGAINST_A_LEAF = 60.0


@dataclass(frozen=True)
class Trees:
    """What boosting has learnt of a series; stays true while a few weeks are added.

    Parameters
    ----------
    model
        Ratio to the base for rows of `WeekFeatures`; None where there was nothing to learn.
    """

    model: Any | None

    @classmethod
    def learn(cls, features: WeekFeatures) -> Trees:
        """Learn from every week of late as origin, one and two weeks ahead.

        Poisson deviance of volume against ``base * factor * exp(trees)``: that is the deviance of the ratio, weighted
        by ``base * factor``.
        """
        from sklearn.ensemble import HistGradientBoostingRegressor

        parts = [_examples(features, lead) for lead in range(LEADS)]
        rows, ratio, weight = (np.concatenate(kind) for kind in zip(*parts, strict=True))
        every = -(-len(rows) // MOST_ROWS) or 1
        rows, ratio, weight = rows[::every], ratio[::every], weight[::every]
        if not (ratio * weight).sum() > 0:
            return cls(None)
        scale = weight.mean()
        model = HistGradientBoostingRegressor(
            loss="poisson",
            l2_regularization=CASES_AGAINST_A_LEAF * features.weeks.dispersion / scale / every,
            max_bins=BINS,
            early_stopping=False,
            random_state=0,
            **TREES,
        )
        return cls(model.fit(rows, ratio, sample_weight=weight / scale))

    def ahead(
        self, features: WeekFeatures, curve: RidgeCurve, index: pd.DatetimeIndex
    ) -> np.ndarray:
        """Return the expected cases of each interval after the history."""
        weeks = features.weeks
        lead, step = weeks.ahead(places(index, curve.time_zone))
        factor = curve.calendar_factor(index)
        ratio = np.ones(len(index))
        for week in np.unique(lead):
            if self.model is None:
                break
            now = lead == week
            by_step = np.ones(weeks.volume.shape[1])
            by_step[step[now]] = factor[now]
            rows = features.of_week(
                np.array([weeks.weeks - 1]), min(int(week), LEADS - 1), by_step[None]
            )
            ratio[now] = self.model.predict(rows[0])[step[now]]
        return np.asarray(~weeks.is_closed[step] * features.base[-1][step] * factor * ratio)


def _examples(features: WeekFeatures, lead: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return rows of features, ratio of volume to base, and weights, for one lead."""
    weeks = features.weeks
    origin = np.arange(max(FIRST_ORIGIN, weeks.weeks - ORIGINS), weeks.weeks - 1 - lead)
    target = origin + 1 + lead
    factor, volume = weeks.factor[target], weeks.volume[target]
    expected = features.base[origin] * factor
    age_weeks = (weeks.weeks - target)[:, None]
    is_example = (
        ~np.isnan(volume)
        & ~weeks.is_closed
        & (factor > HALTED_FACTOR)
        & (expected > 1e-3 * features.base.mean())
    )
    rows = features.of_week(origin, lead, factor)[is_example]
    weight = (expected * 0.5 ** (age_weeks / HALF_LIFE_WEEKS))[is_example]
    return rows, volume[is_example] / expected[is_example], weight


@dataclass(frozen=True)
class BoostingFit:
    """Trees, and what they start from at the end of a history."""

    trees: Trees
    features: WeekFeatures
    curve: RidgeCurve
    spread: Spread

    def predict(self, index: pd.DatetimeIndex, levels: tuple[float, ...] = QUANTILES) -> Prediction:
        """Correct the weighted mean of each hour of the week; holidays and launches move it, closed hours are 0."""
        mean = self.trees.ahead(self.features, self.curve, index)
        return Prediction(mean, self.spread.quantiles(mean, levels))


@dataclass(frozen=True)
class Boosting:
    """Direct gradient boosting over weekly origins of the past, as ratios to an exponentially weighted mean."""

    name: str = "boosting"

    def fit(self, history: pd.Series, calendar: SeriesCalendar) -> BoostingFit:
        """Learn trees; the spread is that of the regression beside them."""
        ridge = PoissonRidge().fit(history, calendar)
        features = WeekFeatures.of(LikeWeeks.of(history, ridge.curve))
        return BoostingFit(Trees.learn(features), features, ridge.curve, ridge.spread)
