"""How far each local day of a series lies from like weekdays around it, and how likely that is by chance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from staffing.domain import clock
from staffing.forecast.methods.clean import clean
from staffing.forecast.weeks import places

NEAR_WEEKS, FEWEST_WEEKS = 4, 3
NEAR_DAYS = 7
LEAST_KNOWN_FRACTION = 0.9
FEWEST_CASES = 3.0
SMALLEST_SD = 0.02
PSEUDO_DAYS = 10.0
MAD_TO_SD = 1.4826
CORE_FREEDOM, WIDE_SDS = 8, 4.0
NEVER = -50.0
WEEK_DAYS = 7


@dataclass(frozen=True)
class UnusualDays:
    """What is known of every local day of a series.

    Parameters
    ----------
    dates
        Naive midnights, one a day, without gaps.
    cases
        ``cases[day]``, single outlying intervals capped; NaN where too little is known.
    log_ratio
        ``log_ratio[day]``, natural logarithm of its cases over those of like weekdays around; NaN: nothing to compare.
    deviation
        ``deviation[day]``, standard deviation of the former on ordinary days of its weekday.
    ordinary, dip, rise
        ``[day]``, log density of that ratio on an ordinary day and on one unusually quiet or busy; 0 where unknown.
    """

    dates: pd.DatetimeIndex
    cases: np.ndarray
    log_ratio: np.ndarray
    deviation: np.ndarray
    ordinary: np.ndarray
    dip: np.ndarray
    rise: np.ndarray

    @classmethod
    def of(cls, history: pd.Series, time_zone: str) -> UnusualDays:
        """Compare the cases of each day, single outlying intervals capped, with like weekdays within four weeks.

        The fortnight around a day gives the level. The ratio of an ordinary day follows Student's t with the deviation
        of its weekday (robust, at least that of Poisson counts), that of an unusual one half a Cauchy distribution
        four times as wide.

        Parameters
        ----------
        history
            Cases per interval (NaN: unknown) on an aware UTC index that has a frequency.
        """
        dates, total = _daily(history, time_zone)
        usual = _like_weekdays(total, int(dates[0].day_of_week))
        log_ratio = np.log((total + 1) / (usual + 1))
        log_ratio[np.nan_to_num(usual) < FEWEST_CASES] = np.nan
        fortnight = pd.Series(log_ratio).rolling(2 * NEAR_DAYS + 1, center=True, min_periods=1)
        log_ratio = log_ratio - fortnight.median().to_numpy()
        chance = 1 / (np.nan_to_num(usual) + 1)
        deviation = np.sqrt(np.maximum(_variance(log_ratio, dates.day_of_week), chance))
        score = np.nan_to_num(log_ratio / deviation)
        known = ~np.isnan(log_ratio)
        wide = np.log(2) + stats.cauchy.logpdf(score / WIDE_SDS) - np.log(WIDE_SDS)
        return cls(
            dates=dates,
            cases=total,
            log_ratio=log_ratio,
            deviation=deviation,
            ordinary=np.where(known, chance_of(score), 0.0),
            dip=np.where(known, np.where(score < 0, wide, NEVER), 0.0),
            rise=np.where(known, np.where(score > 0, wide, NEVER), 0.0),
        )

    @property
    def usual(self) -> np.ndarray:
        """``usual[day]``, cases of like weekdays around at the level of the fortnight."""
        return np.asarray((self.cases + 1) * np.exp(-self.log_ratio) - 1)

    def on(self, dates: Iterable[dt.date]) -> np.ndarray:
        """Tell which days are among some dates."""
        return np.asarray(self.dates.isin(pd.to_datetime(list(dates))))


def chance_of(score: np.ndarray) -> np.ndarray:
    """Return the log density of so many standard deviations on an ordinary day."""
    return np.asarray(stats.t.logpdf(score, CORE_FREEDOM))


def _daily(history: pd.Series, time_zone: str) -> tuple[pd.DatetimeIndex, np.ndarray]:
    """Return the local days and the cases of each; NaN where less is known than on other such weekdays."""
    index = pd.DatetimeIndex(history.index)
    volume = clean(history.to_numpy(), places(index, time_zone)).volume
    local = clock.local_stamps(index, time_zone).normalize()
    day = ((local - local[0]) // pd.Timedelta(days=1)).to_numpy()
    known = np.bincount(day, ~np.isnan(volume))
    total = np.bincount(day, np.nan_to_num(volume))
    dates = pd.date_range(local[0], local[-1])
    most = pd.Series(known).groupby(dates.day_of_week).transform("median").to_numpy()
    enough = known >= np.maximum(1, LEAST_KNOWN_FRACTION * most)
    return dates, np.where(enough, total, np.nan)


def _like_weekdays(total: np.ndarray, first_weekday: int) -> np.ndarray:
    """Return the median of the same weekday within four weeks on either side."""
    weeks = -(-(len(total) + first_weekday) // WEEK_DAYS)
    here = slice(first_weekday, first_weekday + len(total))
    folded = np.full(weeks * WEEK_DAYS, np.nan)
    folded[here] = total
    around = pd.DataFrame(folded.reshape(weeks, WEEK_DAYS)).rolling(
        2 * NEAR_WEEKS + 1, center=True, min_periods=FEWEST_WEEKS
    )
    return np.asarray(around.median().to_numpy().ravel()[here])


def _variance(log_ratio: np.ndarray, weekday: pd.Index) -> np.ndarray:
    """Return the variance of each day's weekday from absolute deviations, drawn towards that of all days."""
    size = pd.Series(np.abs(log_ratio))
    if not size.notna().any():
        return np.full(len(size), SMALLEST_SD**2)
    overall = size.median()
    by_weekday = size.groupby(weekday.to_numpy())
    days = by_weekday.transform("count")
    typical = by_weekday.transform("median").fillna(overall)
    variance = (days * typical**2 + PSEUDO_DAYS * overall**2) / (days + PSEUDO_DAYS)
    return MAD_TO_SD**2 * variance.to_numpy() + SMALLEST_SD**2
