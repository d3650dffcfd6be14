"""Short, empty, patchy and spiked histories side by side: a forecast of each, sensible and without a warning."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from staffing.forecast.calendar import Calendar
from staffing.forecast.run import forecast
from tests.forecast.histories import counts, event, grid, shape, table

START = dt.datetime(2026, 6, 22, tzinfo=dt.UTC)
PAST, AHEAD = grid("2026-01-05", 24), grid("2026-06-22", 1)
STEADY = counts(PAST, shape(PAST, 20.0))
HARD = {
    "steady": STEADY,
    "short": STEADY.iloc[-2 * 168 :],
    "silent": STEADY * 0.0,
    "patchy": STEADY.mask(np.random.default_rng(4).random(len(PAST)) < 0.6),
    "spiked": STEADY.where(np.arange(len(PAST)) < len(PAST) - 8, STEADY * 10),
}


@pytest.fixture(scope="module")
def found():
    launch = event(
        "launch", "2026-06-23", "2026-06-25", name="never seen before", workstream="steady"
    )
    history = pd.concat([table(volume, workstream=name) for name, volume in HARD.items()])
    return forecast(history, Calendar(events=(launch,)), START, 168, 60)


@pytest.mark.parametrize("name", HARD)
def test_each_is_forecast_sensibly(found, name):
    rows = found.table[found.table["workstream"] == name]
    assert len(rows) == 168
    quantiles = rows.filter(like="q").to_numpy()
    assert (quantiles >= 0).all()
    assert (rows["mean"] >= 0).all()
    truth = 0.0 if name == "silent" else shape(AHEAD, 20.0).sum()
    assert rows["mean"].sum() == pytest.approx(truth, rel=0.12, abs=1.0)


def test_a_launch_without_a_past_moves_nothing():
    history = table(HARD["steady"], workstream="steady")
    launched = event("launch", "2026-06-23", "2026-06-25", name="never seen before")
    plain, with_launch = (
        forecast(history, Calendar(events=events), START, 168, 60).table["mean"]
        for events in ((), (launched,))
    )
    assert np.allclose(plain, with_launch)
