"""boosting: gradient boosted trees that correct the weighted mean of each hour of the week, without recursion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from staffing.domain.tables import QUANTILES
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.intervals import Spread
from staffing.forecast.method import Prediction
from staffing.forecast.methods.like_weeks import HALTED_FACTOR, LikeWeeks
from staffing.forecast.methods.poisson_ridge import PoissonRidge, Reading, RidgeCurve
from staffing.forecast.methods.week_features import WeekFeatures
from staffing.forecast.threads import one_thread
from staffing.forecast.weeks import recent

LEADS = 2
FIRST_ORIGIN = 4
ORIGINS = 60
MOST_ROWS = 6_000
HALF_LIFE_WEEKS = 52.0
TREES = {"learning_rate": 0.09, "max_iter": 40, "max_leaf_nodes": 8, "min_samples_leaf": 80}
BINS = 63
# Evidence, in cases over their dispersion, that a leaf must have to move as far as its cases say by half.
CASES_AGAINST_A_LEAF = 60.0


@dataclass(frozen=True)
class Trees:
    """What boosting has learnt of a series; stays true while a few weeks are added.

    Parameters
    ----------
    model
        Ratio to the base for binned rows of `WeekFeatures`; None where there was nothing to learn.
    edges
        ``edges[feature, bin]``, where one bin ends and the next begins.
    """

    model: Any | None
    edges: np.ndarray

    @classmethod
    def learn(cls, features: WeekFeatures) -> Trees:
        """Learn from every week of late as origin, one and two weeks ahead.

        Poisson deviance of volume against ``base * factor * exp(trees)``: that is the deviance of the ratio, weighted
        by ``base * factor``.
        """
        from sklearn.ensemble import HistGradientBoostingRegressor

        parts = [_examples(features, lead) for lead in range(LEADS)]
        rows, ratio, weight = (np.concatenate(kind) for kind in zip(*parts, strict=True))
        share = min(1.0, MOST_ROWS / max(1, len(rows)))
        drawn = np.random.default_rng(0).random(len(rows)) < share
        rows, ratio, weight = rows[drawn], ratio[drawn], weight[drawn]
        if not (ratio * weight).sum() > 0:
            return cls(None, np.empty((0, 0)))
        edges = np.quantile(rows, np.linspace(0, 1, BINS + 1)[1:-1], axis=0).T
        scale = weight.mean()
        model = HistGradientBoostingRegressor(
            loss="poisson",
            l2_regularization=CASES_AGAINST_A_LEAF * features.weeks.dispersion * share / scale,
            early_stopping=False,
            random_state=0,
            **TREES,
        )
        with one_thread():
            model.fit(_binned(rows, edges), ratio, sample_weight=weight / scale)
        return cls(model, edges)

    def mean(self, features: WeekFeatures, ahead: Reading) -> np.ndarray:
        """Return the expected cases of intervals to come."""
        weeks, factor = features.weeks, ahead.factor
        lead, step = weeks.ahead(ahead.where)
        ratio = np.ones(len(lead))
        for week in np.unique(lead) if self.model is not None else ():
            now = lead == week
            by_step = np.ones(weeks.volume.shape[1])
            by_step[step[now]] = factor[now]
            ratio[now] = self._ratio(features, min(int(week), LEADS - 1), by_step)[step[now]]
        return np.asarray(~weeks.is_closed[step] * features.base[-1][step] * factor * ratio)

    def _ratio(self, features: WeekFeatures, lead: int, factor: np.ndarray) -> np.ndarray:
        """Return ``ratio[step]`` to the base in one week ahead."""
        assert self.model is not None
        origin = np.array([features.weeks.weeks - 1])
        rows = features.of_week(origin, lead, factor[None])[0]
        with one_thread():
            return np.asarray(self.model.predict(_binned(rows, self.edges)))


def _binned(rows: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Return the bin of each value; the library's own weighted binning takes longer than all trees together."""
    bins = [np.searchsorted(ends, column) for ends, column in zip(edges, rows.T, strict=True)]
    return np.column_stack(bins).astype(np.float32)


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
        mean = self.trees.mean(self.features, self.curve.read(index))
        return Prediction(mean, self.spread.quantiles(mean, levels))


@dataclass(frozen=True)
class Boosting:
    """Direct gradient boosting over weekly origins of the past, as ratios to an exponentially weighted mean."""

    name: str = "boosting"

    def fit(self, history: pd.Series, calendar: SeriesCalendar) -> BoostingFit:
        """Learn trees; the spread is that of the regression beside them."""
        curve = PoissonRidge().learn(history, calendar)
        past = curve.look_back(recent(history))
        features = WeekFeatures.of(LikeWeeks.of(past))
        return BoostingFit(Trees.learn(features), features, curve, curve.at(past).spread)
