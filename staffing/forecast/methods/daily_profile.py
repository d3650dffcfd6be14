"""daily_profile: cases a day × their fall within the day, for 26 to 78 weeks ahead."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from staffing.domain.tables import QUANTILES
from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.intervals import Spread
from staffing.forecast.method import Prediction
from staffing.forecast.methods.clean import clean
from staffing.forecast.methods.day_curve import DayCurve, learn_curve
from staffing.forecast.methods.day_shape import day_shape
from staffing.forecast.methods.local_days import LocalDays
from staffing.forecast.methods.widening import Widening, learn_widening
from staffing.forecast.weeks import interval_of, places, slots_a_week

HISTORY_WEEKS = 260
WEEKS_BACK = (13, 26, 39, 52, 65, 78)
WEEKS_TO_REFIT = 26
WEEKS_TO_JUDGE = 52


@dataclass(frozen=True)
class DailyProfileFit:
    """A curve of days and the shape of a day.

    Parameters
    ----------
    curve
        Cases a day; None: there never was a case.
    shape
        ``shape[weekday, slot]``, shares of the day.
    end
        First interval after the history.
    widening
        How far actual volumes fall from the mean, by weeks ahead.
    """

    calendar: SeriesCalendar
    curve: DayCurve | None
    shape: np.ndarray
    end: pd.Timestamp
    widening: Widening

    @property
    def spread(self) -> Spread:
        """The spread of the first week."""
        return self.widening.after(0)

    def predict(self, index: pd.DatetimeIndex, levels: tuple[float, ...] = QUANTILES) -> Prediction:
        """Share the cases of each day out over its slots; a day of 23 hours has fewer, one of 25 more."""
        mean = self.mean(index)
        return Prediction(mean, self.widening.quantiles(mean, self.weeks_ahead(index), levels))

    def mean(self, index: pd.DatetimeIndex) -> np.ndarray:
        """Return ``mean[interval]`` in cases."""
        if self.curve is None:
            return np.zeros(len(index))
        days = LocalDays.of(index, self.calendar)
        share = self.shape[days.weekday[days.day], days.slot]
        return np.asarray(self.curve.rates(days)[days.day] * share)

    def weeks_ahead(self, index: pd.DatetimeIndex) -> np.ndarray:
        """Return ``weeks[interval]`` since the end of the history, whole ones."""
        return np.asarray((index - self.end) // pd.Timedelta(weeks=1))


@dataclass(frozen=True)
class DailyProfile:
    """Weekday, season, holidays, launches and a fading trend of days, shared out over the slots of the day.

    At most the last 260 weeks are learnt from. It looks far ahead: the level of the last weeks counts less the further
    off a week lies, growth fades within a year, and the intervals widen by what forecasts of the same kind made 13 to
    78 weeks before the end of the history came to miss.
    """

    name: str = "daily_profile"

    def fit(self, history: pd.Series, calendar: SeriesCalendar) -> DailyProfileFit:
        """Learn from the known, open intervals, outliers capped; then once more from each of six shorter histories."""
        a_week = slots_a_week(history.index)
        history = history.iloc[-HISTORY_WEEKS * a_week :]
        fitted = _fit(history, calendar)
        cuts = [len(history) - back * a_week for back in WEEKS_BACK]
        cuts = [cut for cut in cuts if cut >= WEEKS_TO_REFIT * a_week]
        tried = [
            _errors(
                _fit(history.iloc[:cut], calendar), history.iloc[cut:][: WEEKS_TO_JUDGE * a_week]
            )
            for cut in cuts
        ] or [_errors(fitted, history)]
        error, mean, weeks = (np.concatenate(parts) for parts in zip(*tried, strict=True))
        return replace(fitted, widening=learn_widening(error, mean, weeks, len(cuts)))


def _fit(history: pd.Series, calendar: SeriesCalendar) -> DailyProfileFit:
    """Learn all but the errors."""
    index = pd.DatetimeIndex(history.index)
    where = places(index, calendar.region.time_zone)
    cleaned = clean(history.to_numpy(), where, calendar.launched(index))
    volume = np.where(cleaned.is_closed[where.slot], 0.0, cleaned.volume)
    days = LocalDays.of(index, calendar)
    shape = day_shape(volume, days, ~cleaned.is_closed.reshape(7, -1))
    is_known = ~np.isnan(volume)
    share = shape[days.weekday[days.day], days.slot] * is_known
    cases, exposure = (np.bincount(days.day, part) for part in (np.nan_to_num(volume), share))
    curve = learn_curve(days, cases, exposure, calendar.region) if cases @ exposure else None
    return DailyProfileFit(calendar, curve, shape, index[-1] + interval_of(index), Widening())


def _errors(
    fitted: DailyProfileFit, actual: pd.Series
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return error, mean and weeks ahead of each interval."""
    index = pd.DatetimeIndex(actual.index)
    mean = fitted.mean(index)
    return actual.to_numpy() - mean, mean, np.maximum(0, fitted.weeks_ahead(index))
