"""The level of handle time of late: weeks smoothed with the half-life that foretold best, odd weeks held in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import signal

USUAL_HALF_LIFE_WEEKS = 12.0
HALF_LIVES_WEEKS = (USUAL_HALF_LIFE_WEEKS, 3.0, 6.0, 26.0, 104.0)
WEEKS_TO_CHOOSE = 12
WEEKS_AHEAD = 2
WEEKS_AROUND = 13
ODD_FROM_SD = 3.0
LEAST_SD_FRACTION = 0.02
NORMAL_MAD = 0.6745


@dataclass(frozen=True)
class Level:
    """Minutes over cases, both counted with the weights of their weeks.

    Parameters
    ----------
    minutes, cases
        ``cases`` at the pattern's factor; none: nothing is known.
    """

    minutes: float = 0.0
    cases: float = 0.0

    def __add__(self, other: Level) -> Level:
        """Return the level of both together."""
        return Level(self.minutes + other.minutes, self.cases + other.cases)

    def beside(self, parent_minutes: float, parent_cases: float) -> float:
        """Return minutes a case, the parent's level counted as some cases more; NaN where nothing is known."""
        if np.isnan(parent_minutes):
            return self.minutes / self.cases if self.cases else np.nan
        return (self.minutes + parent_cases * parent_minutes) / (self.cases + parent_cases)


def level_of_late(taken: np.ndarray, awaited: np.ndarray) -> Level:
    """Return the level after the last week.

    Parameters
    ----------
    taken, awaited
        ``taken[week]`` minutes, and ``awaited[week]`` cases at the factor of their hour and weekday.
    """
    taken = _held_in(taken, awaited)
    half_life = min(HALF_LIVES_WEEKS, key=lambda weeks: _loss(taken, awaited, weeks))
    return Level(*(float(_smooth(weekly, half_life)[-1]) for weekly in (taken, awaited)))


def _held_in(taken: np.ndarray, awaited: np.ndarray) -> np.ndarray:
    """Return the minutes with each week no further from the median of the last thirteen than three deviations."""
    ratio = pd.Series(np.divide(taken, awaited, out=np.full(len(taken), np.nan), where=awaited > 0))
    middle = ratio.rolling(WEEKS_AROUND, min_periods=1).median()
    off = (ratio - middle).abs()
    sd = off.rolling(WEEKS_AROUND, min_periods=1).median() / NORMAL_MAD
    room = ODD_FROM_SD * np.maximum(sd, LEAST_SD_FRACTION * middle)
    held = ratio.clip(middle - room, middle + room).fillna(0.0).to_numpy()
    return np.asarray(held * awaited)


def _smooth(weekly: np.ndarray, half_life_weeks: float) -> np.ndarray:
    return np.asarray(signal.lfilter([1.0], [1.0, -(0.5 ** (1 / half_life_weeks))], weekly))


def _loss(taken: np.ndarray, awaited: np.ndarray, half_life_weeks: float) -> float:
    """Return the squared error of the level of two weeks before, over cases; 0 in a history too short to choose."""
    if len(taken) < WEEKS_TO_CHOOSE + WEEKS_AHEAD:
        return 0.0
    cases, minutes = _smooth(awaited, half_life_weeks), _smooth(taken, half_life_weeks)
    level = np.divide(minutes, cases, out=np.zeros_like(cases), where=cases > 0)[:-WEEKS_AHEAD]
    known = (awaited[WEEKS_AHEAD:] > 0) & (level > 0)
    awaited, taken = awaited[WEEKS_AHEAD:][known], taken[WEEKS_AHEAD:][known]
    return float(((taken - awaited * level[known]) ** 2 / awaited).sum())
