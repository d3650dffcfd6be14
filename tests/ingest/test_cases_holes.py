"""A missing hour is not zero: holes, outages and doubts of a history."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import numpy as np
import pytest

from staffing.domain.work import CalendarEvent
from staffing.ingest.history_holes import expected_volume, holes
from tests.ingest.histories import COUNTS, EVENTS, Reading, read, write

START = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
WEEKS = 10


def volumes(hole: range, *, day: int = 4, night: int = 0) -> np.ndarray:
    """Ten weeks of hours, ``day`` cases from 08:00 to 20:00 and ``night`` else, none in the hole."""
    hours = np.arange(WEEKS * 168)
    volume = np.where((hours % 24 >= 8) & (hours % 24 < 20), day, night).astype(float)
    volume[hole] = 0
    return volume


def read_events(folder: Path, hole: range, *, quiet: range = range(0)) -> Reading:
    """Write and read a busy series with a hole, and another that is silent for a while."""
    rows = []
    for workstream, gap in (
        ("tickets", hole),
        ("urgent", range(hole.start, max(hole.stop, quiet.stop))),
    ):
        for hour, count in enumerate(volumes(gap, day=4, night=1)):
            stamp = START + dt.timedelta(hours=hour)
            rows += [f"{stamp:%Y-%m-%dT%H:%M}Z,{workstream},EMEA,5"] * int(count)
    write(folder, "cases.csv", EVENTS, *rows)
    return read(folder)


def test_a_hole_of_all_series_is_unknown_and_told(tmp_path: Path):
    found = read_events(tmp_path, range(500, 530))
    assert found.faults == []
    assert all(math.isnan(volume) for volume in found.volume()[500:530])
    assert not any(math.isnan(volume) for volume in found.volume()[:500] + found.volume()[530:])
    # 2026-03-02 + 500 h = 2026-03-22 20:00; 15 night hours × 1 + 15 day hours × 4 … of two series
    expected = 2 * volumes(range(0), day=4, night=1)[500:530].sum()
    (warning,) = found.warnings
    assert "No case at all from 2026-03-22 20:00 to 2026-03-24 02:00 UTC (30 h)" in warning
    assert f"about {expected:,.0f} are usual" in warning


def test_a_hole_of_one_series(tmp_path: Path):
    found = read_events(tmp_path, range(500, 500), quiet=range(500, 560))
    assert not any(math.isnan(volume) for volume in found.volume("tickets"))
    assert all(math.isnan(volume) for volume in found.volume("urgent")[500:560])
    assert "No case of urgent from EMEA" in found.warnings[0]


def test_nights_without_cases_are_zero():
    assert list(holes(volumes(range(0)), 60)) == []


@pytest.mark.parametrize(
    ("day", "hours", "is_hole"),
    [
        (3, 9, False),  # half of 3 × 9 cases: e^-13.5 is more than one in a million
        (3, 10, True),  # e^-15 is less
        (1, 12, False),
    ],
)
def test_silence_must_be_next_to_impossible(day: int, hours: int, is_hole: bool):
    first = 5 * 168 + 9
    volume = volumes(range(first, first + hours), day=day, night=0)
    found = list(holes(volume, 60))
    assert bool(found) is is_hole
    if is_hole:
        assert found[0][2] == pytest.approx(day * hours)


def test_bursts_make_silence_less_surprising():
    # Two series of the same mean, one in bursts of 20 cases every tenth hour: φ is far above 1.
    burst = np.where(np.arange(WEEKS * 168) % 11 == 0, 20.0, 0.0)
    assert list(holes(burst, 60)) == []


def test_weeks_without_cases_do_not_hide_themselves():
    volume = volumes(range(2 * 168, 7 * 168))
    assert expected_volume(volume, 60)[4 * 168 + 12] == 4
    (hole,) = holes(volume, 60)
    assert hole[:2] == (
        2 * 168 - 4,
        7 * 168 + 8,
    )  # from the last case on Sunday to the first on Monday


def test_two_weeks_say_nothing_of_holes():
    assert list(holes(volumes(range(20, 200))[: 2 * 168], 60)) == []


@pytest.mark.parametrize(
    ("workstream", "region", "blanked"),
    [(None, None, True), ("tickets", None, True), ("urgent", None, False), (None, "AMER", False)],
)
def test_an_outage_of_the_calendar_is_unknown(
    tmp_path: Path, workstream: str | None, region: str | None, blanked: bool
):
    rows = [f"2026-03-02T{hour}:00Z,tickets,EMEA,1,5" for hour in range(10, 16)]
    write(tmp_path, "counts.csv", COUNTS, *rows)
    outage = CalendarEvent(
        name="outage",
        kind="outage",
        start=dt.datetime(2026, 3, 2, 11, 30, tzinfo=dt.UTC),
        end=dt.datetime(2026, 3, 2, 13, 0, tzinfo=dt.UTC),
        workstream=workstream,
        region=region,
    )
    launch = outage.model_copy(update={"kind": "launch", "end": outage.end + dt.timedelta(hours=2)})
    found = read(tmp_path, events=(outage, launch))
    assert [math.isnan(volume) for volume in found.volume()] == [False] + [blanked] * 2 + [
        False
    ] * 3


def test_the_hour_in_which_an_export_stops_is_left_out(tmp_path: Path):
    # Twelve cases an hour, one every five minutes; the last is at 10:05, so 10:00 has 2 of 12.
    stamps = [START + dt.timedelta(minutes=5 * k) for k in range(12 * 24 * 35 + 12 * 10 + 2)]
    write(tmp_path, "cases.csv", EVENTS, *(f"{s:%Y-%m-%dT%H:%M}Z,tickets,EMEA,5" for s in stamps))
    found = read(tmp_path)
    assert found.starts() == ["2026-03-02 00:00", "2026-04-06 09:00"]
    assert set(found.volume()) == {12}


@pytest.mark.parametrize(
    ("aht", "part"),
    [("1800", "Are these seconds?"), ("0.25", "Are these hours?"), ("", "no handle time")],
)
def test_doubts_about_handle_times(tmp_path: Path, aht: str, part: str):
    write(tmp_path, "counts.csv", COUNTS, f"2026-03-02T10:00Z,tickets,EMEA,4,{aht}")
    found = read(tmp_path)
    assert found.faults == []
    assert any(part in warning for warning in found.warnings)


def test_a_short_history_is_told(tmp_path: Path):
    write(tmp_path, "counts.csv", COUNTS, "2026-03-02T10:00Z,tickets,EMEA,4,5")
    found = read(tmp_path)
    assert found.volume() == [4]
    assert "days of history" in found.warnings[0]
