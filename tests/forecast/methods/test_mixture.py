import numpy as np
import pandas as pd
import pytest

from staffing.forecast.methods.mixture import Mixture
from tests.forecast.histories import UTC, counts, event, grid, in_region, shape, wape


def test_a_known_season_is_recovered_with_bands_that_hold():
    past, ahead = grid("2026-01-05", 40), grid("2026-10-12", 2)
    truth = shape(ahead, 50.0)
    predicted = Mixture().fit(counts(past, shape(past, 50.0)), UTC).predict(ahead, (0.1, 0.9))
    assert wape(truth, predicted.mean) < 0.04
    drawn = counts(ahead, truth, seed=2).to_numpy()
    low, high = predicted.quantiles.T
    assert 0.74 < ((low <= drawn) & (drawn <= high)).mean() < 0.88


@pytest.mark.parametrize(
    ("weeks", "trees", "origins"), [(2, False, 0), (8, False, 3), (19, False, 7), (30, True, 7)]
)
def test_parts_come_in_as_the_history_grows(weeks, trees, origins):
    past, ahead = grid("2026-01-05", weeks), grid("2026-10-12", 1)
    fitted = Mixture().fit(counts(past, shape(past, 50.0)), UTC)
    ridge, boosting, ewma = fitted.weights()
    assert ridge + boosting + ewma == pytest.approx(1.0)
    assert (boosting > 0) is trees
    assert (0 if fitted.errors is None else len(fitted.errors.starts)) == origins
    assert wape(shape(ahead, 50.0), fitted.mean(ahead)) < 0.16


def test_errors_are_of_forecasts_that_had_not_seen_what_came():
    past = grid("2026-01-05", 30)
    history = counts(past, shape(past, 50.0))
    doubled = history.copy()
    doubled.iloc[-168:] *= 2
    plain, moved = (Mixture().fit(one, UTC).errors for one in (history, doubled))
    # The last origin lies two weeks before the end: what was said from it and before knows nothing of the last week.
    assert np.array_equal(plain.mean, moved.mean)
    assert np.array_equal(plain.actual[:-1], moved.actual[:-1])
    assert not np.array_equal(plain.actual[-1], moved.actual[-1])


def test_holidays_launches_and_closed_hours():
    region = in_region("UTC", ("US", None)).region
    launches = (
        event("launch", "2026-03-10", "2026-03-13"),
        event("launch", "2026-09-09", "2026-09-12"),
    )
    calendar = UTC.changed(region=region, events=launches)
    past, ahead = grid("2026-01-05", 35), grid("2026-09-07", 1)
    off = np.array([date in region.holidays((2026,)) for date in past.date])
    is_open = past.day_of_week < 6
    factor = np.where(off, 0.3, 1.0) * np.where(calendar.during(past, "thing"), 1.8, 1.0)
    history = counts(past, is_open * factor * shape(past, 50.0))
    mean = Mixture().fit(history, calendar).mean(ahead)
    usual = shape(ahead, 50.0)
    days = (mean.reshape(7, 24).sum(axis=1) / usual.reshape(7, 24).sum(axis=1)).round(2)
    assert days[0] == pytest.approx(0.3, abs=0.12)  # Labor Day
    assert days[[2, 3, 4]] == pytest.approx(1.8, rel=0.12)
    assert days[6] == 0.0


@pytest.mark.parametrize("value", [0.0, np.nan])
def test_nothing_known_or_nothing_there(value):
    past, ahead = grid("2026-01-05", 30), grid("2026-08-03", 1)
    predicted = Mixture().fit(pd.Series(value, index=past), UTC).predict(ahead)
    assert (predicted.mean == 0).all()
    assert (predicted.quantiles == 0).all()


def test_sixty_per_cent_unknown_and_a_spike_last_night():
    past, ahead = grid("2026-01-05", 40), grid("2026-10-12", 1)
    history = counts(past, shape(past, 50.0))
    history.iloc[-8:] *= 10
    history = history.mask(np.random.default_rng(3).random(len(past)) < 0.6)
    truth = shape(ahead, 50.0)
    predicted = Mixture().fit(history, UTC).predict(ahead)
    assert predicted.mean.sum() == pytest.approx(truth.sum(), rel=0.05)
    assert (predicted.quantiles >= 0).all()


@pytest.mark.parametrize("time_zone", ["Europe/Dublin", "America/Los_Angeles", "Asia/Kolkata"])
def test_local_hours_are_kept_over_a_clock_change(time_zone):
    past, ahead = grid("2025-10-13", 24), grid("2026-03-30", 2)
    history = counts(past, shape(past, 50.0, time_zone))
    mean = Mixture().fit(history, in_region(time_zone)).mean(ahead)
    assert wape(shape(ahead, 50.0, time_zone), mean) < 0.05


@pytest.mark.parametrize("mean", [0.05, 100_000.0])
def test_from_a_case_a_day_to_a_flood(mean):
    past, ahead = grid("2026-01-05", 30), grid("2026-08-03", 1)
    predicted = Mixture().fit(counts(past, np.full(len(past), mean)), UTC).predict(ahead)
    assert predicted.mean.sum() == pytest.approx(168 * mean, rel=0.25)
