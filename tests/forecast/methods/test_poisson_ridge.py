import numpy as np
import pandas as pd
import pytest

from staffing.forecast.calendar import SeriesCalendar
from staffing.forecast.methods.poisson_ridge import PoissonRidge
from tests.forecast.histories import UTC, counts, event, grid, in_region, shape, wape


def fit_and_predict(history, ahead, calendar=UTC, levels=(0.1, 0.9)):
    return PoissonRidge().fit(history, calendar).predict(ahead, levels)


@pytest.mark.parametrize(
    ("minutes", "mean", "limit"), [(60, 50.0, 0.04), (30, 25.0, 0.05), (15, 12.0, 0.06)]
)
def test_a_known_season_is_recovered(minutes, mean, limit):
    past, ahead = grid("2026-01-05", 20, minutes), grid("2026-05-25", 2, minutes)
    predicted = fit_and_predict(counts(past, shape(past, mean)), ahead)
    truth = shape(ahead, mean)
    assert wape(truth, predicted.mean) < limit
    drawn = counts(ahead, truth, seed=2).to_numpy()
    low, high = predicted.quantiles.T
    assert 0.75 < ((low <= drawn) & (drawn <= high)).mean() < 0.9


def test_the_level_of_late_is_followed():
    past, ahead = grid("2026-01-05", 20), grid("2026-05-25", 1)
    grown = shape(past, 50.0) * np.where(np.arange(len(past)) < 17 * 168, 1.0, 1.3)
    truth = 1.3 * shape(ahead, 50.0)
    mean = fit_and_predict(counts(past, grown), ahead).mean
    assert mean.sum() == pytest.approx(truth.sum(), rel=0.05)


def test_a_holiday_dip_is_learnt_and_carried_over():
    america = in_region("UTC", ("US", None))
    past = grid("2026-01-05", 34)  # six federal holidays, 19 January to 3 July
    days = america.region.holidays((2026,))
    off = np.array([date in days for date in past.date])
    history = counts(past, shape(past, 50.0) * np.where(off, 0.2, 1.0))
    ahead = grid("2026-09-07", 1)  # Labor Day is its Monday
    truth = shape(ahead, 50.0)
    mean = fit_and_predict(history, ahead, america).mean
    assert mean[:24].sum() == pytest.approx(0.2 * truth[:24].sum(), rel=0.25)
    assert wape(truth[48:], mean[48:]) < 0.06
    ignorant = fit_and_predict(history, ahead, UTC).mean
    assert ignorant[:24].sum() > 0.7 * truth[:24].sum()


def test_the_uplift_of_a_launch_is_carried_over_to_the_next_of_its_name():
    launches = tuple(
        event("launch", start, end)
        for start, end in (("2026-02-10", "2026-02-13"), ("2026-05-26", "2026-05-29"))
    )
    calendar = SeriesCalendar(region=UTC.region, events=launches)
    past, ahead = grid("2026-01-05", 20), grid("2026-05-25", 1)
    is_launch = calendar.during(past, "thing")
    history = counts(past, shape(past, 50.0) * np.where(is_launch, 1.5, 1.0))
    mean = fit_and_predict(history, ahead, calendar).mean
    during = calendar.during(ahead, "thing")
    uplift = mean[during].sum() / shape(ahead, 50.0)[during].sum()
    assert uplift == pytest.approx(1.5, abs=0.1)
    assert mean[~during].sum() == pytest.approx(shape(ahead, 50.0)[~during].sum(), rel=0.04)


@pytest.mark.parametrize(
    ("time_zone", "start", "change"),
    [
        ("Europe/Dublin", "2025-10-06", "2026-03-30"),
        ("America/Los_Angeles", "2026-05-18", "2026-11-02"),
    ],
)
def test_local_hours_are_kept_after_a_clock_change(time_zone, start, change):
    past, ahead = grid(start, 24), grid(change, 1)
    history = counts(past, shape(past, 50.0, time_zone))
    history = history[: pd.Timestamp(change, tz="UTC") - pd.Timedelta(days=7)]
    truth = shape(ahead, 50.0, time_zone)
    local = fit_and_predict(history, ahead, in_region(time_zone)).mean
    shifted = fit_and_predict(history, ahead, UTC).mean
    assert wape(truth, local) < 0.05
    assert wape(truth, local) < 0.5 * wape(truth, shifted)


def test_unknown_is_not_zero():
    past, ahead = grid("2026-01-05", 20), grid("2026-05-25", 1)
    history = counts(past, shape(past, 50.0))
    holes = history.mask(np.random.default_rng(5).random(len(past)) < 0.6)
    holes.iloc[-168:] = np.nan
    truth = shape(ahead, 50.0)
    assert wape(truth, fit_and_predict(holes, ahead).mean) < 0.07


def test_a_spike_last_night_is_not_carried_on():
    past, ahead = grid("2026-01-05", 20), grid("2026-05-25", 1)
    history = counts(past, shape(past, 50.0))
    history.iloc[-8:] *= 10
    truth = shape(ahead, 50.0)
    assert fit_and_predict(history, ahead).mean.sum() == pytest.approx(truth.sum(), rel=0.1)


def test_closed_hours_stay_at_zero():
    past, ahead = grid("2026-01-05", 12), grid("2026-03-30", 1)
    is_open = (past.hour >= 8) & (past.hour < 18) & (past.day_of_week < 5)
    history = counts(past, np.where(is_open, 80.0, 0.0))
    predicted = fit_and_predict(history, ahead)
    shut = ~((ahead.hour >= 8) & (ahead.hour < 18) & (ahead.day_of_week < 5))
    assert (predicted.mean[shut] == 0).all()
    assert (predicted.quantiles[shut] == 0).all()
    assert predicted.mean[~shut] == pytest.approx(80.0, rel=0.1)


@pytest.mark.parametrize("weeks", [1, 2, 3])
def test_a_short_history_is_enough_for_the_time_of_day(weeks):
    past, ahead = grid("2026-01-05", weeks), grid("2026-02-02", 1)
    truth = shape(ahead, 50.0)
    predicted = fit_and_predict(counts(past, shape(past, 50.0)), ahead)
    assert wape(truth, predicted.mean) < 0.15
    assert (predicted.quantiles >= 0).all()


def test_sparse_counts_keep_their_sum():
    # 0.05 an hour: 168 cases in 20 weeks, whose sum has a standard deviation of 8 %.
    past, ahead = grid("2026-01-05", 20), grid("2026-05-25", 1)
    mean = fit_and_predict(counts(past, np.full(len(past), 0.05)), ahead).mean
    assert mean.sum() == pytest.approx(8.4, rel=0.2)
    assert (mean > 0).all()


def test_all_zero_and_all_unknown_stay_at_zero():
    past, ahead = grid("2026-01-05", 2), grid("2026-01-19", 1)
    for value in (0.0, np.nan):
        predicted = fit_and_predict(pd.Series(value, index=past), ahead)
        assert (predicted.mean == 0).all()
        assert (predicted.quantiles == 0).all()
