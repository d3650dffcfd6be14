"""Rolling origins: where they lie, what they may know, and what comes out for every series."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from staffing.domain.errors import ProblemError
from staffing.domain.tables import BACKTEST
from staffing.forecast.calendar import Calendar, RegionCalendar
from staffing.forecast.judged.backtest import Backtested, Plan, backtest, compare, roll
from staffing.forecast.methods.every_method import EVERY_METHOD
from staffing.forecast.methods.mean4 import Mean4
from staffing.forecast.methods.poisson_ridge import PoissonRidge
from staffing.forecast.methods.seasonal_naive import SeasonalNaive
from staffing.forecast.run import METHODS
from staffing.forecast.threads import one_thread
from tests.forecast.histories import UTC, counts, event, grid, shape, table

DUBLIN = RegionCalendar(region="EMEA", time_zone="Europe/Dublin", places=(("IE", None),))
TRIED = (PoissonRidge(), Mean4(), SeasonalNaive())


@pytest.mark.parametrize(
    ("days", "plan", "starts"),
    [
        (14, Plan(days=14), []),
        (28, Plan(days=14), [14]),
        (27, Plan(days=14), []),
        (14, Plan(days=7), [7]),
        (140, Plan(), [84, 98, 112, 126]),
        (140, Plan(origins=3, every_days=7), [112, 119, 126]),
        # A part of a day at the end is left out: forecasts begin at midnight.
        (28.5, Plan(days=14), [14]),
    ],
)
def test_origins_are_midnights_with_enough_before_and_after(days, plan, starts):
    first = pd.Timestamp("2026-01-05", tz="UTC")
    found = plan.starts(first, first + pd.Timedelta(days=days))
    assert [(start - first) / pd.Timedelta(days=1) for start in found] == starts


def test_a_forecast_stands_beside_what_came():
    index = grid("2026-01-05", 4)
    history = pd.Series(np.repeat([1.0, 2.0, 3.0, 4.0], 168), index=index)
    found = roll(history, UTC, SeasonalNaive(), (index[168], index[336]), 14)
    # The last week before is repeated over two weeks.
    assert found.past.mean.tolist() == [[1.0] * 336, [2.0] * 336]
    assert found.past.actual.tolist() == [[2.0] * 168 + [3.0] * 168, [3.0] * 168 + [4.0] * 168]
    assert found.quantiles.shape == (2, 336, 11)


def test_an_origin_before_anything_is_known_is_left_out():
    index = grid("2026-01-05", 4)
    history = pd.Series(1.0, index=index)
    history.iloc[:200] = np.nan
    found = roll(history, UTC, SeasonalNaive(), (index[168], index[336]), 7)
    assert found.past.starts == (index[336],)


def test_the_best_is_picked_and_all_are_scored():
    index = grid("2026-01-05", 20)
    method, scores = compare(counts(index, shape(index, 6.0)), UTC, TRIED)
    assert method == TRIED[0]
    assert [found.method for found in scores] == [tried.name for tried in TRIED]
    best, mean, naive = scores
    assert best.wape < mean.wape < naive.wape
    assert best.mwql < mean.mwql < naive.mwql
    assert best.mase < 1.0
    assert abs(best.bias) < 0.05
    assert 0.75 < best.coverage_80 < 0.93
    assert 0.92 < best.coverage_95 < 0.99


def test_on_sparse_counts_forecasting_nothing_does_not_pay():
    # One case in an hour of ten: last week repeated, or 0.1 everywhere? Both miss by 0.18 an hour, and forecasting 0
    # would by 0.1; squared, the mean wins with 0.09 against 0.18.
    index = grid("2026-01-05", 20)
    method, _ = compare(counts(index, np.full(len(index), 0.1)), UTC, TRIED)
    assert method == TRIED[0]


def test_without_an_origin_the_first_method_is_taken():
    index = grid("2026-01-05", 1)
    method, scores = compare(counts(index, shape(index, 6.0)), UTC, TRIED)
    assert method == TRIED[0]
    assert [found.origins for found in scores] == [0, 0, 0]
    assert all(np.isnan(found.wape) for found in scores)


CALENDAR = Calendar(
    regions=(DUBLIN,), events=(event("launch", "2026-02-24", "2026-02-26", "release"),)
)
PLAN = Plan(origins=2, every_days=7, days=7)
FIRST_ORIGIN = pd.Timestamp("2026-03-09", tz="UTC")


def known() -> pd.DataFrame:
    """Eleven weeks of two series; the origins are 9 and 16 March."""
    index = grid("2026-01-05", 11)
    busy = counts(index, shape(index, 6.0, "Europe/Dublin"))
    return pd.concat([table(busy), table(counts(index, busy.to_numpy() / 9, 2), workstream="rare")])


def made(history: pd.DataFrame, methods=METHODS, calendar=CALENDAR) -> Backtested:
    return backtest(history, calendar, 60, methods, PLAN)


@pytest.fixture(scope="module")
def before() -> Backtested:
    return made(known())


def test_every_series_method_and_origin(before):
    assert tuple(before.scores.columns) == BACKTEST
    names = [method.name for method in METHODS]
    assert list(before.scores["method"]) == names * 2
    assert set(before.scores["days"]) == {"1-7"}
    assert set(before.scores["origins"]) == {2}
    assert (before.scores.groupby(["region", "workstream"])["picked"].sum() == 1).all()
    assert len(before.forecasts) == 2 * len(names) * 2 * 168
    assert set(before.forecasts["day"]) == set(range(1, 8))
    assert before.forecasts["origin"].min() == FIRST_ORIGIN
    ahead = before.forecasts["interval_start"] - before.forecasts["origin"]
    assert (ahead // pd.Timedelta(days=1) + 1 == before.forecasts["day"]).all()


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    factor=st.floats(0, 20),
    unknown=st.integers(0, 168),
    kind=st.sampled_from(["launch", "outage"]),
    seed=st.integers(0, 99),
)
def test_changing_the_future_changes_nothing(before, factor, unknown, kind, seed):
    """Volumes after an origin, also those of a planned event, are not known to any method, to the last bit."""
    history = known()
    later = history["interval_start"] >= FIRST_ORIGIN
    order = np.random.default_rng(seed).permutation(int(later.sum()))
    changed = history["volume"].to_numpy().copy()
    changed[later] = np.round(changed[later][order] * factor)
    changed[np.flatnonzero(later)[:unknown]] = np.nan
    planned = event(kind, "2026-03-11", "2026-03-12", "release")
    calendar = CALENDAR.model_copy(update={"events": (*CALENDAR.events, planned)})
    told = made(history, calendar=calendar) if kind == "launch" else before
    after = made(history.assign(volume=changed), calendar=calendar)
    blind = ["region", "workstream", "method", "interval_start", "mean", "q025", "q500", "q975"]
    early, late = (found.forecasts["origin"] == FIRST_ORIGIN for found in (told, after))
    pd.testing.assert_frame_equal(
        told.forecasts.loc[early, blind], after.forecasts.loc[late, blind], check_exact=True
    )


@pytest.mark.parametrize("method", EVERY_METHOD, ids=lambda method: method.name)
def test_the_future_of_a_long_history_changes_nothing(method):
    """Five months: all parts of a method have enough to learn from, those of the errors of late too."""
    index = grid("2026-01-05", 24)
    volume = counts(index, shape(index, 6.0, "Europe/Dublin"))
    origin = index[-336]
    changed = volume.mask(volume.index >= origin, volume.to_numpy()[::-1] * 7 + 3)
    calendar = CALENDAR.of_series("EMEA", "tickets")
    with one_thread():
        before, after = (roll(known, calendar, method, (origin,), 7) for known in (volume, changed))
    np.testing.assert_array_equal(before.past.mean, after.past.mean)
    np.testing.assert_array_equal(before.quantiles, after.quantiles)
    assert not np.array_equal(before.past.actual, after.past.actual)


def test_too_short_a_history_is_told():
    with pytest.raises(ProblemError, match="too short for a backtest over 7 days: it takes 14"):
        made(known()[lambda rows: rows["interval_start"] < FIRST_ORIGIN - pd.Timedelta(days=54)])
