"""A forecast does not depend on where its series are forecast."""

import datetime as dt

import pandas as pd

from staffing.executors.processes import Processes
from staffing.executors.serial import Serial
from staffing.forecast.calendar import Calendar
from staffing.forecast.run import forecast
from tests.forecast.histories import counts, grid, shape, table

START = dt.datetime(2026, 5, 25, tzinfo=dt.UTC)


def test_processes_forecast_what_one_process_does_to_the_last_bit():
    index = grid("2026-03-30", 8)
    history = pd.concat(
        table(counts(index, shape(index, mean)), workstream=str(mean)) for mean in (0.5, 6.0, 80.0)
    )
    with Serial() as here, Processes(2) as there:
        one, other = (
            forecast(history, Calendar(), START, 168, 60, executor=executor)
            for executor in (here, there)
        )
    for name in ("table", "backtest", "totals"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
