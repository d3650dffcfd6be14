import numpy as np
import pandas as pd
import pytest

from staffing.forecast.care.level_shifts import level_shifts
from tests.forecast.histories import UTC, counts, event, grid, in_region, shape

WEEKS = 40
STEP = "2026-06-01"


def stepped(factor: float, mean: float = 10.0, clock: str = "UTC", minutes: int = 60) -> pd.Series:
    index = grid("2026-01-05", WEEKS, minutes)
    level = np.where(index >= pd.Timestamp(STEP, tz=clock), factor, 1.0)
    return counts(index, level * shape(index, mean * minutes / 60, clock))


@pytest.mark.parametrize("factor", [0.5, 0.7, 1.5, 3.0])
def test_a_lasting_step_is_found_with_its_date_and_factor(factor):
    (found,) = level_shifts(stepped(factor), UTC)
    assert found.start == pd.Timestamp(STEP, tz="UTC")
    # Some 8,000 cases on either side: the factor is known to 2 %.
    assert found.factor == pytest.approx(factor, rel=0.05)
    a_week = shape(grid("2026-01-05", 1), 10.0).sum()
    assert found.before == pytest.approx(a_week / 7, rel=0.05)


@pytest.mark.parametrize("minutes", [15, 60])
def test_it_begins_with_a_local_day(minutes):
    calendar = in_region("Asia/Kolkata")
    (found,) = level_shifts(stepped(2.0, 10.0, "Asia/Kolkata", minutes), calendar)
    assert found.start == pd.Timestamp(STEP, tz="Asia/Kolkata")


def test_two_steps_are_told_apart():
    series = stepped(2.0)
    series[series.index >= pd.Timestamp("2026-08-17", tz="UTC")] *= 2
    assert [str(found.start.date()) for found in level_shifts(series, UTC)] == [STEP, "2026-08-17"]


@pytest.mark.parametrize(
    "level",
    [
        pytest.param(lambda weeks: 1.0 + 0 * weeks, id="level"),
        pytest.param(lambda weeks: np.exp(weeks / 40), id="growth"),
        pytest.param(lambda weeks: 1 + 0.5 * np.sin(weeks * 2 * np.pi / 52), id="season"),
        pytest.param(
            lambda weeks: np.where((weeks > 20) & (weeks < 21.5), 2.0, 1.0), id="ten days"
        ),
        pytest.param(lambda weeks: np.where(weeks > 39, 2.0, 1.0), id="only a week yet"),
        pytest.param(lambda weeks: np.where(weeks > 20, 1.1, 1.0), id="a small step"),
    ],
)
def test_what_is_no_lasting_step(level):
    index = grid("2026-01-05", WEEKS)
    weeks = np.arange(len(index)) / 168
    assert level_shifts(counts(index, level(weeks) * shape(index, 10.0)), UTC) == ()


@pytest.mark.parametrize("mean", [0.05, 0.5, 5.0])
def test_chance_makes_no_step(mean):
    index = grid("2025-01-06", 80)
    assert level_shifts(counts(index, shape(index, mean), seed=3), UTC) == ()


def test_launches_make_no_step():
    index = grid("2026-01-05", WEEKS)
    start, end = "2026-05-04", "2026-06-15"
    on = (index >= pd.Timestamp(start, tz="UTC")) & (index < pd.Timestamp(end, tz="UTC"))
    series = counts(index, np.where(on, 2.0, 1.0) * shape(index, 10.0))
    named = UTC.changed(events=(event("launch", start, end),))
    assert len(level_shifts(series, UTC)) == 2
    assert level_shifts(series, named) == ()


@pytest.mark.parametrize(
    "series",
    [
        pytest.param(stepped(1.0) * 0, id="all zero"),
        pytest.param(stepped(1.0) * np.nan, id="unknown"),
        pytest.param(stepped(1.0).iloc[:336], id="two weeks"),
        pytest.param(stepped(1.0).mask(np.arange(WEEKS * 168) % 5 < 3), id="60 % missing"),
        pytest.param(stepped(1.0) * 0 + 7.0, id="constant"),
    ],
)
def test_hard_histories_have_none(series):
    assert level_shifts(series, UTC) == ()
