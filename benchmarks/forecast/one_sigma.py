"""mean4 as a spreadsheet has it: the mean of four like hours, plus and minus one standard deviation for all hours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from staffing.domain.tables import QUANTILES
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.method import Prediction
from staffing.forecast.methods.like_hours import WEEKS_TO_JUDGE, WeekProfile
from staffing.forecast.methods.mean4 import WEEKS, Mean4
from staffing.forecast.weeks import fold, mean_of_last, places


@dataclass(frozen=True)
class OneSigmaFit:
    """The profile of mean4 with a normal band of the same width at every hour."""

    profile: WeekProfile
    sd: float

    def predict(self, index: pd.DatetimeIndex, levels: tuple[float, ...] = QUANTILES) -> Prediction:
        """Repeat the profile week by week; never below 0."""
        mean = self.profile.predict(index, levels).mean
        quantiles = mean[:, None] + self.sd * stats.norm.ppf(levels)
        return Prediction(mean, np.maximum(quantiles, 0.0))


@dataclass(frozen=True)
class Mean4OneSigma:
    """The package's mean4 takes its bands from past errors by size of the mean; this one is the plain baseline."""

    name: str = "mean4_one_sigma"

    def fit(self, history: pd.Series, calendar: SeriesCalendar) -> OneSigmaFit:
        """Take the standard deviation of the errors of the last twelve weeks."""
        where = places(pd.DatetimeIndex(history.index), calendar.region.time_zone)
        folded = fold(history.to_numpy(), where)
        judged = range(max(1, len(folded) - WEEKS_TO_JUDGE), len(folded))
        errors = [folded[week] - mean_of_last(folded[:week], WEEKS) for week in judged]
        sd = float(np.sqrt(np.nanmean(np.square(errors)))) if errors else 0.0
        return OneSigmaFit(Mean4().fit(history, calendar), sd)
