import numpy as np
import pytest

from staffing.forecast.care.unusual_days import UnusualDays
from tests.forecast.histories import counts, grid, shape


def test_a_quiet_and_a_busy_day_stand_out_at_their_size():
    index = grid("2026-01-05", 20)
    expected = shape(index, 20.0)
    expected[24 * 45 : 24 * 46] *= 0.3
    expected[24 * 73 : 24 * 74] *= 2.0
    days = UnusualDays.of(counts(index, expected), "UTC")
    assert len(days.dates) == 140
    assert np.exp(days.log_ratio[45]) == pytest.approx(0.3, rel=0.15)
    assert np.exp(days.log_ratio[73]) == pytest.approx(2.0, rel=0.15)
    dips, rises = days.dip - days.ordinary, days.rise - days.ordinary
    assert np.argmax(dips) == 45
    assert np.argmax(rises) == 73
    assert dips[45] > 4
    assert rises[73] > 4
    # 700 cases a day of this kind, less 4 %: nothing else is far off.
    assert np.sort(dips)[-2] < 2
    assert days.cases[45] / days.usual[45] == pytest.approx(np.exp(days.log_ratio[45]), rel=0.01)


def test_a_new_level_is_no_row_of_unusual_days():
    index = grid("2026-01-05", 30)
    expected = shape(index, 20.0) * np.where(np.arange(len(index)) < 24 * 100, 1.0, 1.6)
    days = UnusualDays.of(counts(index, expected), "UTC")
    assert (days.rise - days.ordinary > 3).sum() <= 2
    assert (days.dip - days.ordinary > 3).sum() <= 2


def test_days_follow_the_local_clock_and_unknown_ones_say_nothing():
    index = grid("2026-01-05", 10)
    volume = counts(index, shape(index, 20.0, "America/New_York"))
    volume.iloc[24 * 30 : 24 * 30 + 12] = np.nan
    days = UnusualDays.of(volume, "America/New_York")
    # 5 January 00:00 UTC is 4 January 19:00 in New York: five hours of the first day are known, too few.
    assert f"{days.dates[0]:%Y-%m-%d}" == "2026-01-04"
    assert np.isnan(days.cases[[0, 30]]).all()
    assert days.ordinary[30] == days.dip[30] == days.rise[30] == 0.0


@pytest.mark.parametrize("mean", [0.0, np.nan, 0.02])
def test_next_to_nothing_says_nothing(mean):
    index = grid("2026-01-05", 10)
    volume = counts(index, np.full(len(index), np.nan_to_num(mean)))
    volume *= np.nan if np.isnan(mean) else 1.0
    days = UnusualDays.of(volume, "UTC")
    assert np.isnan(days.log_ratio).all()
    assert (days.ordinary == 0).all()
