"""Workspaces of a real case history: ``python -m benchmarks.real_input KIND SERIES_DIR DIR [--week WEEK]``.

Arrivals are real. Handle times, people and, where one series becomes several workstreams, the split are drawn.

``events``  every change merged into OpenStack, 2019 to 2021, four workstreams (``openstack_merges``)
``counts``  hourly arrivals of an emergency department, 2013 to 2018, local time, three workstreams (``uihc_ed``)

In the first week of `WEEKS` the clocks change in Dublin and not in Seattle, in the second the other way round.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from staffing.domain import clock
from staffing.ingest.samples import backlog, files, staff, week
from staffing.ingest.samples.demand import Cases, handle_minutes
from staffing.ingest.samples.organisation import (
    LEAVE_FRACTION,
    Organisation,
    Role,
    Stream,
    own_text,
)
from staffing.ingest.samples.write import with_folder_aside, write_people

HERE = Path(__file__).parent
WEEKS = {"events": ("2021-W43", "2021-W44"), "counts": ("2017-W43", "2017-W44")}
UTILISATION = 0.75
RECENT_WEEKS = 8
"""People are hired for the median of so many weeks: a release week is no reason to hire."""

WEEK = dt.timedelta(weeks=1)
SEED = 1


def write_real_workspace(
    folder: Path, series_dir: Path, kind: str, week_name: str | None = None
) -> None:
    """Write a workspace of a real series, its history cut off where the planned week begins.

    Parameters
    ----------
    folder
        New, or empty.
    series_dir
        Holds ``openstack_merges`` and ``uihc_ed``.
    kind
        ``events`` or ``counts``.
    week_name
        ISO week to plan; None is the first of `WEEKS`.

    Raises
    ------
    StaffingError
        If the folder holds anything or cannot be written.
    """
    monday = clock.parse_week(week_name or WEEKS[kind][0])
    with_folder_aside(folder, lambda aside: WRITERS[kind](aside, series_dir, monday))


def change_desk() -> Organisation:
    """Return the organisation for the events: three sites of one region, two pools."""
    every = ("infra_release", "deployment", "services", "libs_other")
    developer, release = ("developer", 40), ("release", 40)
    seats = (release, developer, release, developer, ("release", 32))
    return Organisation(
        settings=_settings("real_events"),
        roles={"release": Role("senior", every), "developer": Role("specialist", every[1:])},
        seats=dict.fromkeys(("dublin", "seattle", "singapore"), seats),
        streams={
            "infra_release": Stream(0.15, 60),
            "deployment": Stream(0.2, 80),
            "services": Stream(0.4, 120),
            "libs_other": Stream(0.25, 60),
        },
        region_shares={"WORLD": 1.0},
    )


def triage_desk() -> Organisation:
    """Return the organisation for the counts: three sites in three regions, two pools."""
    seats = (("nurse", 40), ("clerk", 40), ("nurse", 40), ("clerk", 40), ("nurse", 32))
    return Organisation(
        settings=_settings("real_counts"),
        roles={
            "nurse": Role("senior", ("urgent", "follow_up")),
            "clerk": Role("specialist", ("follow_up", "reports")),
        },
        seats=dict.fromkeys(("seattle", "dublin", "singapore"), seats),
        streams={
            "urgent": Stream(0.1, 12),
            "follow_up": Stream(0.5, 20),
            "reports": Stream(0.4, 25),
        },
        region_shares={"AMER": 1.0},
    )


def _write_events(folder: Path, series_dir: Path, monday: dt.date) -> None:
    """Write the workspace of the events, opening backlog included."""
    organisation, rng = change_desk(), np.random.default_rng(SEED)
    end = dt.datetime.combine(monday, dt.time(), dt.UTC)
    table = pd.read_csv(series_dir / "openstack_merges" / "openstack_merges_events.csv.gz")
    opened = pd.to_datetime(table["t"], utc=True)
    kept = (opened < end).to_numpy()
    workstream = pd.Categorical(table["series"], categories=list(organisation.streams)).codes[kept]
    seconds = ((opened - pd.Timestamp(0, tz="UTC")) // pd.Timedelta(seconds=1)).to_numpy()[kept]
    order = np.argsort(seconds, kind="stable")
    cases = Cases(
        opened=seconds[order].astype(np.int64),
        region=np.zeros(len(order), dtype=np.int8),
        workstream=workstream[order].astype(np.int8),
        handle_minutes=handle_minutes(organisation, workstream[order].astype(np.int64), rng),
    )
    weeks_back = (end.timestamp() - cases.opened) // WEEK.total_seconds()
    weekly = [cases.handle_minutes[weeks_back == back].sum() for back in range(RECENT_WEEKS)]
    (folder / "cases").mkdir(parents=True)
    files.write_cases(folder / "cases", organisation, [cases], len(order))
    rows = backlog.open_cases(organisation, cases, end, rng)
    files.write_table(folder / "backlog.csv", backlog.BACKLOG_COLUMNS, rows)
    _write_staff(folder, organisation, float(np.median(weekly)), monday, rng)


def _write_counts(folder: Path, series_dir: Path, monday: dt.date) -> None:
    """Write the workspace of the counts; hours that the clock of Iowa skips are not hours, and are left out."""
    organisation, rng = triage_desk(), np.random.default_rng(SEED)
    table = pd.read_csv(series_dir / "uihc_ed" / "uihc_ed_hourly.csv.gz", parse_dates=["ds"])
    zone = "America/Chicago"
    end = clock.to_local(dt.datetime.combine(monday, dt.time(), dt.UTC), zone).replace(tzinfo=None)
    table = table[table["ds"] < end]
    is_hour = [
        clock.local_kind(hour.to_pydatetime(), zone) != "nonexistent" for hour in table["ds"]
    ]
    hours = table.loc[is_hour, "ds"].dt.strftime("%Y-%m-%dT%H:%M").tolist()
    shares = [stream.share for stream in organisation.streams.values()]
    split = rng.multinomial(table.loc[is_hour, "y"].to_numpy(dtype=np.int64), shares)
    rows = [
        (hour, name, "AMER", str(count), f"{stream.aht_minutes:g}" if count else "")
        for hour, counts in zip(hours, split.tolist(), strict=True)
        for (name, stream), count in zip(organisation.streams.items(), counts, strict=True)
    ]
    hours_a_week = WEEK // dt.timedelta(hours=1)
    aht = np.array([stream.aht_minutes for stream in organisation.streams.values()])
    weekly = (split[-RECENT_WEEKS * hours_a_week :] @ aht).reshape(RECENT_WEEKS, -1).sum(axis=1)
    presence = WEEK / dt.timedelta(minutes=1)  # urgent: one agent round the clock, and the work
    (folder / "cases").mkdir(parents=True)
    columns = ("interval_start", "workstream", "region", "volume", "aht_minutes")
    files.write_table(folder / "cases" / "counts.csv", columns, rows)
    _write_staff(folder, organisation, float(np.median(weekly)) + presence, monday, rng)


def _write_staff(
    folder: Path,
    organisation: Organisation,
    weekly_minutes: float,
    monday: dt.date,
    rng: np.random.Generator,
) -> None:
    """Write as many people as the weekly work asks for, with their week."""
    hours = [hours for seats in organisation.seats.values() for _, hours in seats]
    paid = 60 * sum(hours) / len(hours) * (1 - LEAVE_FRACTION)
    minutes_each = UTILISATION * paid * (1 - organisation.shrinkage_fraction)
    heads = max(len(organisation.seats) * 3, round(weekly_minutes / minutes_each))
    people = staff.hire(organisation, heads, monday, rng)
    write_people(folder, organisation, people, week.week_of(organisation, people, monday, rng))


def _settings(name: str) -> str:
    own = (HERE / f"{name}.toml").read_text(encoding="utf-8")
    return own + "\n" + own_text("shifts-and-rules")


WRITERS: dict[str, Callable[[Path, Path, dt.date], None]] = {
    "events": _write_events,
    "counts": _write_counts,
}


def main() -> None:
    """Write one workspace."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.real_input")
    parser.add_argument("kind", choices=sorted(WRITERS))
    parser.add_argument("series_dir", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--week")
    asked = parser.parse_args()
    write_real_workspace(asked.folder, asked.series_dir, asked.kind, asked.week)
    weeks = asked.week or WEEKS[asked.kind][0]
    print(f"Next: staffing build {asked.folder} --week {weeks}")


if __name__ == "__main__":
    main()
