import numpy as np
import pandas as pd
import pytest

from staffing.domain.errors import ProblemError
from staffing.forecast.calendar import Calendar
from staffing.forecast.series import volumes_before
from tests.forecast.histories import event, grid, table

AHEAD = grid("2026-01-12", 1)
HISTORY = table(pd.Series(5.0, index=grid("2026-01-05", 1)))


def volumes(history, index=AHEAD, calendar=None):
    return volumes_before(history, calendar or Calendar(), index)


def test_absent_rows_are_unknown():
    found = volumes(HISTORY.drop(index=[3, 4]))["EMEA", "tickets"]
    assert len(found) == 168
    assert np.flatnonzero(found.isna()).tolist() == [3, 4]


def test_the_series_runs_from_first_to_last_known_interval():
    history = HISTORY.copy()
    history.loc[[0, 167], "volume"] = np.nan
    found = volumes(history)["EMEA", "tickets"]
    assert (found.index[0], len(found)) == (pd.Timestamp("2026-01-05 01:00", tz="UTC"), 166)


def test_rows_after_the_start_are_not_looked_at():
    assert len(volumes(HISTORY, AHEAD.shift(-24))["EMEA", "tickets"]) == 144


def test_an_outage_is_unknown():
    calendar = Calendar(events=(event("outage", "2026-01-06", "2026-01-07"),))
    assert volumes(HISTORY, calendar=calendar)["EMEA", "tickets"].isna().sum() == 24


@pytest.mark.parametrize(
    ("history", "message"),
    [
        (HISTORY.iloc[:0], "history is empty"),
        (
            HISTORY.assign(volume=np.nan),
            "'tickets' in 'EMEA' has no known volume before 2026-01-12",
        ),
        (HISTORY.assign(volume=-1.0), "negative volume -1.0 at 2026-01-05"),
        (
            HISTORY.assign(interval_start=HISTORY["interval_start"] + pd.Timedelta(minutes=20)),
            "not counted by intervals of 60 minutes",
        ),
        (HISTORY.iloc[::2], "not counted by intervals of 60 minutes"),
    ],
)
def test_what_cannot_be_learnt_from_is_named(history, message):
    with pytest.raises(ProblemError, match=message):
        volumes(history)


def test_a_history_that_is_one_outage_has_nothing_known():
    calendar = Calendar(events=(event("not_typical", "2026-01-01", "2026-02-01"),))
    with pytest.raises(ProblemError, match="no known volume"):
        volumes(HISTORY, calendar=calendar)
