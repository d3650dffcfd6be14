from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffing.domain.errors import ClockError, Fault, InputError
from staffing.domain.problem import Problem
from staffing.domain.work import Queue
from staffing.policy.problem import problem_of, week_warnings
from staffing.policy.workspace import read_workspace
from tests.workspaces import spoil, tiny_workspace

WEEK = "2026-W49"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_workspace(tmp_path / "tiny")


def problem(folder: Path, week: str = WEEK) -> Problem:
    workspace = read_workspace(folder)
    nothing = (0.0,) * 168
    queues = tuple(
        Queue(
            queue=work.workstream,
            workstream=work,
            volume=nothing,
            aht_minutes=nothing,
            arrivals_minutes=(0,) * 168,
            required_agents=(0,) * 168,
        )
        for work in workspace.settings.workstreams
    )
    return problem_of(workspace, week, queues)


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        problem(folder)
    return caught.value.faults


def test_wishes_of_people_without_pins_do_not_matter_to_pins(folder: Path) -> None:
    with (folder / "staffing.toml").open("a", encoding="utf-8") as settings:
        settings.write('[[rules]]\nkind = "preferences"\n')
    spoil(folder, "preferences.csv", "002,avoid", "001,avoid")
    assert len(problem(folder).preferences) == 1


def test_the_problem_of_a_week(folder: Path) -> None:
    found = problem(folder)
    assert (found.week, found.horizon.first_date) == (WEEK, dt.date(2026, 11, 30))
    assert found.shrinkage_fraction == 0.2
    assert [pin.template for pin in found.pins] == ["D08", None]
    # Saturday and Sunday of the week; D08 of Friday 27 November is carried, 72 − 8 h before the week.
    assert found.preferences[0].dates == (dt.date(2026, 12, 5), dt.date(2026, 12, 6))
    assert found.carry_in.of("001")[0].start == -64 * 60
    # Typed in Singapore: Saturday 28 November 09:00 is 01:00 UTC, 47 h before the week.
    assert found.carry_in.of("003")[0].start == -47 * 60


def test_another_week_sees_other_pins_and_more_carry_in(folder: Path) -> None:
    found = problem(folder, "2026-W48")
    assert found.pins == ()
    assert dict(found.carry_in.duties) == {}
    assert week_warnings(read_workspace(folder), "2026-W48") == (
        "carry_in.csv, row 2: 2 duties start in or after 2026-W48 and are not carried in. "
        "Pin them to keep them.",
        "pins.csv: 2 pins are not of 2026-W48 and say nothing about it.",
    )


def test_nothing_older_than_seventeen_weeks_is_carried(folder: Path) -> None:
    # 2026-11-30 less 119 days is 2026-08-03.
    spoil(folder, "carry_in.csv", "001,2026-11-27", "002,2026-08-02,D08,,,,\n001,2026-08-03")
    carried = problem(folder).carry_in
    assert carried.of("002") == ()
    assert len(carried.of("001")) == 1
    assert week_warnings(read_workspace(folder), WEEK) == ()


def test_there_is_no_such_week(folder: Path) -> None:
    with pytest.raises(ClockError, match="has no ISO week 54"):
        problem(folder, "2026-W54")


def test_a_pin_on_time_off(folder: Path) -> None:
    spoil(folder, "pins.csv", "002,2026-12-01,D08", "001,2026-12-03,D08")
    (fault,) = faults_of(folder)
    assert (fault.file, fault.row, fault.column, fault.value) == (
        "pins.csv",
        2,
        "template",
        "D08",
    )
    assert "Ann (001)" in fault.message
    assert fault.message.endswith("Remove or change the pin.")


def test_a_pin_of_somebody_who_has_left(folder: Path) -> None:
    spoil(folder, "agents.csv", "2026-12-31", "2026-12-01")
    spoil(folder, "pins.csv", "003,2026-12-02,off", "003,2026-12-02,D08")
    assert [fault.row for fault in faults_of(folder)] == [3]


def test_pins_that_break_a_law_together(folder: Path) -> None:
    # N22 ends on 2 December 06:00, D08 starts at 08:00: 2 h of rest.
    spoil(folder, "pins.csv", "002,2026-12-01,D08", "002,2026-12-01,N22\n002,2026-12-02,D08")
    (fault,) = faults_of(folder)
    assert (fault.row, fault.value) == (3, "D08")
    assert "rests 2.0 h" in fault.message
    assert fault.message.endswith("Remove or change a pin of 002.")


def test_a_pin_that_breaks_a_law_with_the_carry_in(folder: Path) -> None:
    # N22 of Sunday ends on Monday 06:00, two hours before D08.
    spoil(folder, "carry_in.csv", "001,2026-11-27,D08", "002,2026-11-29,N22")
    spoil(folder, "pins.csv", "002,2026-12-01", "002,2026-11-30")
    assert [fault.row for fault in faults_of(folder)] == [2]


def test_a_carry_in_that_breaks_a_law_is_no_fault_of_the_pins(folder: Path) -> None:
    spoil(
        folder, "carry_in.csv", "001,2026-11-27,D08", "002,2026-11-26,N22,,,,\n002,2026-11-27,D08"
    )
    assert len(problem(folder).pins) == 2
