"""Cases of a sample: volumes that fill the time, seasons at local clocks, and what is drawn from them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import numpy as np
import pytest

from staffing.ingest.samples import demand, files
from staffing.ingest.samples.catalogue import trust_safety
from staffing.ingest.samples.demand import Cases
from tests.ingest.histories import read

START = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


def test_daily_volume_fills_the_productive_minutes():
    organisation = trust_safety()
    per_day = demand.daily_volume(organisation, 70_000)
    deferrable = 7 * per_day * (0.10 * 24 + 0.275 * 18 + 0.30 * 14 + 0.09 * 60 + 0.20 * 16)
    load = 7 * per_day * 0.035 * 20 / 10080
    presence = (load + load**0.5 + 0.7) * 10080  # square-root staffing of escalations
    assert deferrable + presence == pytest.approx(70_000)


def test_a_day_of_a_region_peaks_at_its_own_noon():
    volume = demand.expected(trust_safety(), START, 24 * 5, 400)
    amer, emea, apac = volume[:, 2, :24].argmax(axis=1)
    assert amer == 20  # 13:00 in Los Angeles in summer
    assert emea == 12  # 13:00 in Dublin in summer
    assert apac == 5  # 13:00 in Singapore


def test_a_week_has_the_daily_volume_on_average():
    volume = demand.expected(trust_safety(), START, 24 * 28, 400)
    assert volume.sum() / 28 == pytest.approx(400, rel=0.08)  # trend, season, holidays of June


def test_a_launch_lifts_its_workstream_and_fades():
    organisation = trust_safety()
    start = dt.datetime(2025, 9, 1, tzinfo=dt.UTC)
    volume = demand.expected(organisation, start, 24 * 42, 400)[:, 2].sum(axis=0)
    before, first, after = (volume[24 * d : 24 * (d + 1)].sum() for d in (8, 15, 36))  # Tuesdays
    assert first / before == pytest.approx(1.6, rel=0.03)
    assert after / before == pytest.approx(1.0, rel=0.03)


def test_draws_are_overdispersed_and_sorted():
    organisation = trust_safety()
    volume = np.full((3, 6, 24 * 28), 10.0)
    (cases,) = demand.draw(organisation, volume, START, np.random.default_rng(1))
    assert (np.diff(cases.opened) >= 0).all()
    hours = np.bincount((cases.opened - int(START.timestamp())) // 3600, minlength=24 * 28)
    # 18 series of mean 10: variance 10 + 10²/8 + 10²/80 each, 23.75 over 10.
    assert hours.mean() == pytest.approx(180, rel=0.02)
    assert 1.8 < hours.var() / hours.mean() < 3.0
    assert cases.handle_minutes[cases.workstream == 0].mean() == pytest.approx(20, rel=0.05)


def test_many_cases_are_written_as_parquet_and_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    organisation = trust_safety()
    cases = Cases(
        opened=np.array([0, 3600, 3700]) + int(START.timestamp()),
        region=np.array([1, 1, 0], dtype=np.int8),
        workstream=np.array([0, 0, 5], dtype=np.int8),
        handle_minutes=np.array([1.5, 2.5, 3.5]),
    )
    monkeypatch.setattr(files, "PARQUET_FROM_CASES", 2)
    files.write_cases(tmp_path, organisation, [cases], 3)
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT epoch(opened_at), workstream, region, handle_minutes FROM '{tmp_path}/*.parquet'"
        ).fetchall()
    assert [row[1:] for row in found] == [
        ("escalations", "EMEA", 1.5),
        ("escalations", "EMEA", 2.5),
        ("off_service", "AMER", 3.5),
    ]
    assert found[1][0] - found[0][0] == 3600
    assert {fault.column for fault in read(tmp_path).faults} == {"workstream"}
