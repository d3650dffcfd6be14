import numpy as np
import pytest

from staffing.forecast.methods.mixture import Mixture
from staffing.forecast.refresh import fit_or_refresh
from tests.forecast.histories import UTC, counts, event, grid, shape

PAST, AHEAD = grid("2026-01-05", 24), grid("2026-06-22", 1)
HISTORY = counts(PAST, shape(PAST, 20.0))


class Counting(Mixture):
    """A mixture that counts how often it learns."""

    times = 0

    def learn(self, history, calendar):
        Counting.times += 1
        return super().learn(history, calendar)


@pytest.fixture(autouse=True)
def _afresh():
    Counting.times = 0


def mean(history, folder, calendar=UTC):
    return fit_or_refresh(Counting(), history, calendar, folder).mean(AHEAD)


def test_what_was_learnt_is_brought_up_to_date(tmp_path):
    before = HISTORY.iloc[:-168]
    mean(before, tmp_path)
    refreshed = mean(HISTORY, tmp_path)
    assert Counting.times == 1
    expected = Mixture().learn(before, UTC).at(HISTORY).mean(AHEAD)
    assert np.array_equal(refreshed, expected)
    anew = Mixture().fit(HISTORY, UTC).mean(AHEAD)
    assert refreshed == pytest.approx(anew, rel=0.15)


def test_the_same_history_gives_the_same_forecast_as_without(tmp_path):
    first, second = mean(HISTORY, tmp_path), mean(HISTORY, tmp_path)
    assert Counting.times == 1
    assert np.array_equal(first, second)
    assert np.array_equal(first, Mixture().fit(HISTORY, UTC).mean(AHEAD))


def test_without_a_folder_it_is_learnt_anew():
    mean(HISTORY, None)
    mean(HISTORY, None)
    assert Counting.times == 2


def test_another_past_another_calendar_or_five_weeks_more_are_learnt_anew(tmp_path):
    before = HISTORY.iloc[: -5 * 168]
    mean(before, tmp_path)
    corrected = before.copy()
    corrected.iloc[10] += 1
    mean(corrected, tmp_path)
    assert Counting.times == 2
    mean(HISTORY, tmp_path)
    assert Counting.times == 3
    launched = UTC.changed(events=(event("launch", "2026-03-10", "2026-03-13"),))
    mean(HISTORY, tmp_path, launched)
    assert Counting.times == 4


@pytest.mark.parametrize("content", [b"broken", b"", b"\x80\x05.", b"\x8c\x02\xff\xff."])
def test_a_broken_file_is_no_reason_to_stop(tmp_path, content):
    mean(HISTORY, tmp_path)
    (path,) = tmp_path.iterdir()
    assert path.stat().st_mode & 0o077 == 0
    path.write_bytes(content)
    mean(HISTORY, tmp_path)
    assert Counting.times == 2
