import numpy as np
import pandas as pd

from staffing.forecast.methods.like_weeks import LikeWeeks
from staffing.forecast.methods.poisson_ridge import PoissonRidge
from staffing.forecast.weeks import places
from tests.forecast.histories import UTC, grid, in_region


def weeks_of(history, calendar=UTC):
    curve = PoissonRidge().learn(history, calendar)
    return LikeWeeks.of(curve.look_back(history))


def test_weeks_end_where_the_history_ends():
    past = grid("2026-01-05", 3)[:-10]
    weeks = weeks_of(pd.Series(np.arange(len(past), dtype=float), index=past))
    assert weeks.volume.shape == (3, 168)
    assert np.isnan(weeks.volume[0, :10]).all()
    assert weeks.volume[-1, -1] == len(past) - 1
    assert weeks.volume[-1, 0] == len(past) - 168


def test_what_lies_ahead_is_counted_from_the_end():
    past = grid("2026-01-05", 3)[:-10]
    weeks = weeks_of(pd.Series(5.0, index=past))
    ahead = pd.date_range(past[-1] + past.freq, periods=400, freq="h")
    lead, step = weeks.ahead(places(ahead, "UTC"))
    assert (lead[0], step[0]) == (0, 0)
    assert (lead[167], step[167]) == (0, 167)
    assert (lead[399], step[399]) == (2, 63)


def test_local_hours_stand_in_one_column_over_a_clock_change():
    # Dublin springs forward on 29 March 2026; nine o'clock there is 09:00 UTC before and 08:00 UTC after.
    past = grid("2026-03-16", 3)
    at_nine = past.hour == np.where(past < pd.Timestamp("2026-03-29T01:00Z"), 9, 8)
    weeks = weeks_of(
        pd.Series(np.where(at_nine, 50.0, 1.0), index=past), in_region("Europe/Dublin")
    )
    busy = np.nanmax(weeks.volume[1:], axis=0) > 10
    assert busy.sum() == 7
    assert np.nanmin(weeks.volume[1:, busy], axis=0).min() > 10


def test_holidays_are_taken_out_of_what_is_usual():
    america = in_region("UTC", ("US", None))
    past = grid("2025-01-06", 60)
    days = america.region.holidays((2025, 2026))
    off = np.array([date in days for date in past.date])
    weeks = weeks_of(pd.Series(np.where(off, 40.0, 100.0), index=past), america)
    usual = weeks.usual[weeks.factor < 0.7]
    assert len(usual) > 24 * 5
    assert abs(np.nanmean(usual) - 100) < 10
