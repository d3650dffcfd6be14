from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffing.domain.errors import Fault
from staffing.domain.people import Preference
from staffing.domain.problem import Pin
from staffing.ingest.context import Context
from staffing.ingest.wishes import Wish, preferences_for, read_pins, read_preferences

WEEK = [dt.date(2026, 11, 30) + dt.timedelta(days=day) for day in range(7)]


def preferences(folder: Path, context: Context, rows: str) -> tuple[tuple[Wish, ...], list[Fault]]:
    path = folder / "preferences.csv"
    path.write_text("agent_id,wish,dates,template,strength\n" + rows, encoding="utf-8")
    faults: list[Fault] = []
    return read_preferences(path, context, faults), faults


def pins(folder: Path, context: Context, rows: str) -> tuple[dict[int, Pin], list[Fault]]:
    path = folder / "pins.csv"
    path.write_text("agent_id,date,template\n" + rows, encoding="utf-8")
    faults: list[Fault] = []
    return read_pins(path, context, faults), faults


def test_wishes(tmp_path: Path, context: Context) -> None:
    rows = "001,avoid,Sun|sat,N22,3\n002,want,2026-12-01|Monday,,\n003,want,,D08,\n"
    found, faults = preferences(tmp_path, context, rows)
    assert faults == []
    assert found == (
        Wish("001", "avoid", (), (5, 6), "N22", 3),
        Wish("002", "want", (dt.date(2026, 12, 1),), (0,)),
        Wish("003", "want", template="D08"),
    )


def test_weekdays_become_the_dates_of_the_week() -> None:
    wishes = [
        Wish("001", "avoid", (), (5, 6), "N22", 3),
        Wish("002", "want", (dt.date(2026, 12, 1), dt.date(2026, 12, 31)), (0,)),
        Wish("003", "want", (dt.date(2026, 12, 31),)),
        Wish("003", "want", template="D08"),
    ]
    found = preferences_for(wishes, WEEK)
    assert found == (
        Preference(
            agent_id="001",
            wish="avoid",
            dates=(dt.date(2026, 12, 5), dt.date(2026, 12, 6)),
            template="N22",
            strength=3,
        ),
        Preference(
            agent_id="002", wish="want", dates=(dt.date(2026, 11, 30), dt.date(2026, 12, 1))
        ),
        Preference(agent_id="003", wish="want", template="D08"),
    )


@pytest.mark.parametrize(
    ("rows", "row", "column", "part"),
    [
        ("001,avod,,N22,", 2, "wish", "Did you mean 'avoid'?"),
        ("001,avoid,Sa,N22,", 2, "dates", "no weekday"),
        ("001,avoid,05/12/2026,N22,", 2, "dates", "Day and month"),
        ("001,avoid,,N2,", 2, "template", "Did you mean 'N22'?"),
        ("001,avoid,,N22,4", 2, "strength", "from 1 to 3"),
        ("003,avoid,,N22,", 2, "template", "seattle does not use this template. It uses D08."),
        ("001,avoid,,N22,\n001,avoid,,N22,2", 3, "wish", "repeats row 2"),
        ("001,avoid,Sat,N22,\n001,want,Sat,N22,2", 3, "wish", "contradicts row 2"),
    ],
)
def test_faulty_wishes(
    tmp_path: Path, context: Context, rows: str, row: int, column: str, part: str
) -> None:
    _, faults = preferences(tmp_path, context, rows + "\n")
    assert [(fault.row, fault.column) for fault in faults] == [(row, column)]
    assert part in faults[0].message


def test_pins(tmp_path: Path, context: Context) -> None:
    found, faults = pins(tmp_path, context, "001,2026-12-01,N22\n\n003,2026-12-01,off\n")
    assert faults == []
    assert found == {
        2: Pin(agent_id="001", date=dt.date(2026, 12, 1), template="N22"),
        4: Pin(agent_id="003", date=dt.date(2026, 12, 1), template=None),
    }


@pytest.mark.parametrize(
    ("rows", "row", "column", "part"),
    [
        ("001,2026-12-01,N22\n001,2026-12-01,D08", 3, "agent_id", "repeats row 2"),
        ("003,2026-12-01,N22", 2, "template", "does not use"),
        ("001,2026-12-01,Off", 2, "template", "Did you mean 'off'?"),
        ("001,2026-12-01,", 2, "template", "is empty"),
        ("1,2026-12-01,off", 2, "agent_id", "Did you mean '001'?"),
    ],
)
def test_faulty_pins(
    tmp_path: Path, context: Context, rows: str, row: int, column: str, part: str
) -> None:
    _, faults = pins(tmp_path, context, rows + "\n")
    assert [(fault.row, fault.column) for fault in faults] == [(row, column)]
    assert part in faults[0].message
