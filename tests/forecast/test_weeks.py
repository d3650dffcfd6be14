import numpy as np
import pandas as pd
import pytest

from staffing.domain.errors import ProblemError
from staffing.forecast.weeks import fold, interval_of, mean_of_last, places
from tests.forecast.histories import grid


def test_slots_count_from_monday_midnight_local():
    where = places(grid("2026-01-05", 1)[:3], "Asia/Singapore")  # 00:00 UTC is 08:00 there
    assert where.slot.tolist() == [8, 9, 10]
    assert where.slots == 168


def test_slots_follow_the_clock_when_it_springs_forward():
    # Dublin, Sunday 29 March 2026: 01:00 UTC is 02:00 local; slot 6 * 24 + 1 does not exist.
    where = places(grid("2026-03-29", 1)[:3], "Europe/Dublin")
    assert where.slot.tolist() == [144, 146, 147]


def test_of_a_doubled_hour_the_later_is_kept():
    # Dublin, Sunday 25 October 2026: 00:00 and 01:00 UTC are both 01:00 local.
    index = grid("2026-10-25", 1)[:2]
    folded = fold(np.array([3.0, 4.0]), places(index, "Europe/Dublin"))
    assert folded.shape == (1, 168)
    assert folded[0, 145] == 4.0
    assert np.isnan(folded).sum() == 167


def test_quarter_hours():
    where = places(grid("2026-01-05", 1, minutes=15)[-1:], "UTC")
    assert (where.slot.tolist(), where.slots) == ([671], 672)


def test_mean_of_the_last_known_weeks():
    folded = np.full((3, 168), 1.0)
    folded[:, 0] = [2.0, 4.0, np.nan]
    folded[:, 1] = [10.0, 4.0, 6.0]
    found = mean_of_last(folded, 2)
    assert found[:3].tolist() == [3.0, 5.0, 1.0]  # (4 + 2) / 2 and (6 + 4) / 2


def test_a_slot_never_known_takes_its_time_of_day_then_the_overall_mean():
    folded = np.full((1, 168), np.nan)
    folded[0, [0, 24]] = [3.0, 5.0]
    found = mean_of_last(folded, 4)
    assert found[48] == 4.0  # midnight of another day: (3 + 5) / 2
    assert found[49] == 4.0  # a time of day never seen: the mean of all
    assert mean_of_last(np.full((1, 168), np.nan), 4).tolist() == [0.0] * 168


def test_an_irregular_index_is_refused():
    with pytest.raises(ProblemError, match="no frequency"):
        interval_of(pd.DatetimeIndex(["2026-01-05", "2026-01-09"], tz="UTC"))
