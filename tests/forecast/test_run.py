import datetime as dt

import numpy as np
import pandas as pd
import pytest

from staffing.domain.errors import ProblemError
from staffing.domain.tables import BACKTEST, FORECAST, QUANTILE_COLUMNS, TOTALS
from staffing.forecast.calendar import Calendar, RegionCalendar
from staffing.forecast.run import forecast
from tests.forecast.histories import counts, event, grid, shape, table, wape

START = dt.datetime(2026, 5, 25, tzinfo=dt.UTC)
CALENDAR = Calendar(
    regions=(
        RegionCalendar(region="EMEA", time_zone="Europe/Dublin", places=(("IE", None),)),
        RegionCalendar(region="APAC", time_zone="Asia/Singapore", places=(("SG", None),)),
    )
)


def history(weeks=20, mean=6.0, minutes=60, **names):
    index = grid("2026-01-05", weeks, minutes)
    return table(counts(index, shape(index, mean)), **names)


def check(found, intervals, minutes=60):
    table, quantiles = found.table, found.table[list(QUANTILE_COLUMNS)].to_numpy()
    assert tuple(table.columns) == FORECAST
    assert tuple(found.backtest.columns) == BACKTEST
    expected = pd.date_range(START, periods=intervals, freq=f"{minutes}min", unit="us")
    for _, rows in table.groupby(["region", "workstream"]):
        assert rows["interval_start"].tolist() == expected.tolist()
    assert (table["mean"] >= 0).all()
    assert (table["statistical_mean"] == table["mean"]).all()
    assert (table["aht_cv"] > 0).all()
    assert (quantiles >= 0).all()
    assert (np.diff(quantiles, axis=1) >= 0).all()
    assert (found.backtest.groupby(["region", "workstream"])["picked"].sum() == 1).all()


def test_every_series_gets_exactly_the_asked_intervals():
    both = pd.concat(
        [history(region="EMEA", workstream="a"), history(region="APAC", workstream="b", mean=2.0)]
    )
    found = forecast(both, CALENDAR, START, 168, 60)
    check(found, 168)
    assert found.table.groupby(["region", "workstream"]).ngroups == 2
    assert len(found.backtest) == 6
    assert set(found.backtest["origins"]) == {7}
    assert np.allclose(found.table["aht_minutes"], 12.0)


@pytest.mark.parametrize("minutes", [15, 30])
def test_finer_grids(minutes):
    intervals = 168 * 60 // minutes
    found = forecast(history(10, minutes=minutes), CALENDAR, START, intervals, minutes)
    check(found, intervals, minutes)
    truth = shape(grid("2026-05-25", 1, minutes), 6.0)
    assert found.table["mean"].sum() == pytest.approx(truth.sum(), rel=0.05)


@pytest.mark.parametrize("gap_weeks", [1, 4])
def test_a_gap_before_the_start_is_bridged(gap_weeks):
    found = forecast(history(20 - gap_weeks), CALENDAR, START, 336, 60)
    check(found, 336)
    assert wape(shape(grid("2026-05-25", 2), 6.0), found.table["mean"].to_numpy()) < 0.15


def test_rows_from_the_start_on_change_nothing():
    known = history(22)
    early = known[known["interval_start"] < START]
    one, other = (forecast(rows, CALENDAR, START, 168, 60) for rows in (known, early))
    pd.testing.assert_frame_equal(one.table, other.table)
    pd.testing.assert_frame_equal(one.backtest, other.backtest)


def test_an_outage_does_not_pull_the_forecast_down():
    known = history()
    down = event("outage", "2026-05-11", "2026-05-24")
    hit = known["interval_start"].between(down.start, down.end, inclusive="left")
    known.loc[hit, "volume"] = 0.0
    marked = CALENDAR.model_copy(update={"events": (down,)})
    truth = shape(grid("2026-05-25", 1), 6.0).sum()
    found = forecast(known, marked, START, 168, 60)
    assert found.table["mean"].sum() == pytest.approx(truth, rel=0.06)


@pytest.mark.parametrize(
    "volume",
    [
        pytest.param(lambda drawn: drawn * 0, id="all zero"),
        pytest.param(lambda drawn: drawn[-336:], id="two weeks"),
        pytest.param(lambda drawn: drawn[-1:], id="one row"),
        pytest.param(lambda drawn: drawn.mask(np.arange(len(drawn)) % 5 < 3), id="60 % missing"),
        pytest.param(lambda drawn: (drawn > 13).astype(float), id="sparse"),
        pytest.param(lambda drawn: drawn * 10_000, id="huge"),
        pytest.param(lambda drawn: drawn.where(drawn.index.hour > 8, 0.0), id="closed hours"),
    ],
)
def test_hard_histories_stay_sensible(volume):
    index = grid("2026-01-05", 20)
    drawn = volume(counts(index, shape(index, 6.0)))
    found = forecast(table(drawn), CALENDAR, START, 336, 60)
    check(found, 336)
    assert found.table["mean"].mean() == pytest.approx(drawn.mean(), rel=0.2, abs=1e-9)


def test_repeatable():
    one, other = (forecast(history(), CALENDAR, START, 168, 60, seed=1) for _ in range(2))
    pd.testing.assert_frame_equal(one.table, other.table)


def test_a_table_of_another_kind_is_refused():
    with pytest.raises(ProblemError, match="lacks the columns"):
        forecast(history().drop(columns="volume"), CALENDAR, START, 168, 60)


def test_totals_add_up():
    parts = [
        history(region=region, workstream=work, mean=mean)
        for region, work, mean in [("EMEA", "a", 6.0), ("EMEA", "b", 0.3), ("APAC", "a", 2.0)]
    ]
    found = forecast(pd.concat(parts), CALENDAR, START, 168, 60)
    check(found, 168)
    assert tuple(found.totals.columns) == TOTALS
    keys = ["region", "workstream", "interval_start"]
    mean, totals = (
        part.set_index(keys)["mean"].sort_index() for part in (found.table, found.totals)
    )
    assert set(totals.index.droplevel(2)) == {("*", "*"), ("EMEA", "*"), ("*", "a")}
    for key, by in [(("*", "*"), mean), (("EMEA", "*"), mean["EMEA"]), (("*", "a"), mean[:, "a"])]:
        np.testing.assert_allclose(totals[key], by.groupby("interval_start").sum())
    assert totals["*", "*"].sum() == pytest.approx(
        sum(shape(grid("2026-05-25", 1), mean).sum() for mean in (6.0, 0.3, 2.0)), rel=0.05
    )
    alone = forecast(history(), CALENDAR, START, 24, 60)
    assert alone.totals.empty
    assert tuple(alone.totals.columns) == TOTALS


def test_each_series_and_total_keeps_what_it_has_learnt_for_itself(tmp_path):
    both = pd.concat([history(region="EMEA", workstream=name) for name in ("a", "b")])
    first, second = (forecast(both, CALENDAR, START, 168, 60, kept_in=tmp_path) for _ in range(2))
    assert len(list(tmp_path.iterdir())) == 3  # a, b and their total
    assert first.table.equals(second.table)
