"""Builds on disk: read back as they were written, replaced as a whole, never half."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pandas as pd
import pytest

from staffing.domain.build import Build, Shortage
from staffing.domain.clock import UTC, Horizon
from staffing.domain.errors import InputError
from staffing.domain.objective import Term, Tier
from staffing.domain.problem import Pin
from staffing.domain.rehearsal import Aim, Cut, Lot, Rehearsal, Round, Verdict
from staffing.domain.result import (
    Allocation,
    Bill,
    Progress,
    QueueService,
    Solution,
    Status,
    Unavoidable,
)
from staffing.domain.tables import BACKTEST, HISTORY, QUANTILE_COLUMNS
from staffing.domain.tiers import TierLine, TierProof
from staffing.rules.min_staff import MinStaff
from staffing.store.folder import BUILD_FILE, build_folder, read_build, write_build
from tests.queues import deferrable, immediate
from tests.rules.world import agent, off, roster, template, world

WEEK = "2026-W49"
E06 = template("E06", "06:00", "14:00")
N22 = template("N22", "22:00", "06:00", break_after_minutes=240, break_minutes=30)


MAIL = Lot(queue="mail", target_fraction=1.0, believed_fraction=1.0, chance=1 / 3)
FIRST = Round(number=0, objective=2000, paid_minutes=480, lots=(MAIL,))
SECOND = FIRST.changed(
    number=1,
    cuts=(Cut(queue="mail", intervals=(4, 5), minutes=70, missing_minutes=50, amounts=(30, 40)),),
    missing_minutes=40,
    unavoidable_minutes=10,
)


def forecast() -> pd.DataFrame:
    """Return regions and names that look like something else, and numbers with many digits."""
    stamps = Horizon.of_week(WEEK).interval_starts()[:3]
    table = pd.DataFrame(
        {"region": ["NA", "007", "EMEA"], "workstream": "null", "interval_start": stamps}
    )
    table["mean"] = [0.1 + 0.2, 1 / 3, 2.0]
    for name in QUANTILE_COLUMNS:
        table[name] = table["mean"] * 1.1
    return table.assign(
        aht_minutes=[12.5, float("nan"), 10.0], aht_cv=1.0, statistical_mean=table["mean"] / 3
    )


@pytest.fixture
def build() -> Build:
    mail = deferrable(arrivals={0: 60}, opening=[(-60, 30)])
    problem = world(
        "2026-11-30",
        1,
        [E06, N22],
        agents=(agent("007", workstreams=("mail",), name="Ann “Ö” <b>"),),
        queues=(mail, immediate("calls", {3: 1}, volume={3: 2}, min_staff=1)),
        shrinkage_fraction=0.1,
        time_off=(off("007", "2026-12-01T00:00+00:00", "2026-12-02T00:00+00:00"),),
        carried={"007": ["2026-11-28 N22"]},
    )
    problem = problem.changed(
        pins=(Pin(agent_id="007", date=problem.horizon.first_date, template=None),)
    )
    plan = roster(problem, {"007": ["2026-11-30 E06"]})
    history = forecast().rename(columns={"mean": "volume"}).loc[:, list(HISTORY)]
    service = QueueService(
        queue="mail",
        target_fraction=1.0,
        expected_fraction=1 / 3,
        work_minutes=60,
        late_minutes=40,
        short_intervals=(4, 5),
        closing_minutes=0,
    )
    return Build(
        organisation="Trust & Safety",
        problem=problem,
        history=history,
        forecast=forecast(),
        backtest=pd.DataFrame(
            [
                (
                    "NA",
                    "null",
                    "mean4",
                    "1-7",
                    1 / 3,
                    float("nan"),
                    0.0,
                    0.2,
                    0.8,
                    0.9,
                    8,
                    True,
                )
            ],
            columns=list(BACKTEST),
        ).astype(dict.fromkeys(("region", "workstream", "method", "days"), "str")),
        solution=Solution(
            status=Status.FEASIBLE,
            roster=plan,
            allocation=Allocation(minutes={"mail": {"mail": (60,) * 24}}, late={"mail": (0,) * 24}),
            objective=2100,
            bound=2000,
            seconds=0.1 + 0.2,
            curve=(Progress(phase="shape", seconds=1.0, objective=None, bound=2000),),
        ),
        bill=Bill(
            terms=(Term(name="pay", tier=Tier.COST, amount=480, unit="paid minutes", cost=480),),
            violations=tuple(MinStaff().check(problem, plan)),
            service=(service,),
        ),
        shortages=(
            Shortage(
                queue="mail", start=240, end=360, work_minutes=40, reasons=("a", "b"), message="c"
            ),
        ),
        seed=3,
        seconds={"forecast": 0.5},
        peak_rss_bytes=500_000_000,
        rehearsal=Rehearsal(
            aim=Aim(), seed=3, verdict=Verdict.SHORT, rounds=(FIRST, SECOND), taken=1
        ),
        unavoidable=Unavoidable(minutes=30, by_queue={"mail": 20}),
        tiers=TierProof(
            lines=(TierLine(tier=Tier.COST, cost=480, least=400),), objective_by_price=470
        ),
    )


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refusal(workspace: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_build(workspace, WEEK)
    (fault,) = caught.value.faults
    return str(fault)


def test_a_build_is_read_as_it_was_written(build, tmp_path):
    assert build.bill.violations
    write_build(tmp_path, build, {})
    found = read_build(tmp_path, WEEK)
    for field in dataclasses.fields(Build):
        if field.name in ("history", "forecast", "backtest"):
            pd.testing.assert_frame_equal(
                getattr(found, field.name), getattr(build, field.name), check_exact=True
            )
        else:
            assert getattr(found, field.name) == getattr(build, field.name), field.name


def test_a_region_named_na_stays_one(build, tmp_path):
    write_build(tmp_path, build, {})
    table = read_build(tmp_path, WEEK).forecast
    assert list(table["region"]) == ["NA", "007", "EMEA"]
    assert table["interval_start"].dtype == pd.DatetimeTZDtype("us", UTC)


def test_a_build_without_a_roster_comes_back(build, tmp_path):
    none = Solution(
        status=Status.INFEASIBLE,
        roster=None,
        allocation=None,
        objective=None,
        bound=None,
        seconds=0.0,
    )
    empty = Bill(terms=(), violations=(), service=())
    unsolved = dataclasses.replace(
        build, solution=none, bill=empty, shortages=(), rehearsal=None, unavoidable=None, tiers=None
    )
    write_build(tmp_path, unsolved, {})
    found = read_build(tmp_path, WEEK)
    assert (found.solution, found.bill, found.shortages) == (none, empty, ())
    assert (found.rehearsal, found.unavoidable) == (None, None)


def test_it_lies_under_its_week_with_its_other_files(build, tmp_path):
    folder = write_build(tmp_path, build, {"roster.csv": b"agent_id\r\n"})
    assert folder == build_folder(tmp_path, WEEK) == tmp_path / "out" / WEEK
    assert names_in(folder) == [
        "backtest.csv",
        BUILD_FILE,
        "forecast.csv",
        "history.csv",
        "roster.csv",
    ]
    assert (folder / "roster.csv").read_bytes() == b"agent_id\r\n"


def test_an_older_build_is_replaced_as_a_whole(build, tmp_path):
    write_build(tmp_path, build, {"notes.txt": b"old"})
    folder = write_build(tmp_path, dataclasses.replace(build, seed=4), {"roster.csv": b"new"})
    assert read_build(tmp_path, WEEK).seed == 4
    assert "notes.txt" not in names_in(folder)
    assert names_in(tmp_path / "out") == [WEEK]


def test_a_missing_build_says_how_to_make_it(tmp_path):
    said = refusal(tmp_path)
    assert f"There is no build of {WEEK}" in said
    assert said.endswith(f"staffing build {tmp_path} --week {WEEK}")


def test_a_newer_layout_is_refused(build, tmp_path):
    path = write_build(tmp_path, build, {}) / BUILD_FILE
    content = json.loads(path.read_text("utf-8"))
    # A newer layout may lack what this one needs: its number is looked at first.
    path.write_text(json.dumps({"schema_version": 3, "weeks": [content]}), "utf-8")
    assert refusal(tmp_path).endswith("It has layout 3, 2 is read. Build again.")


def test_an_older_layout_is_refused(build, tmp_path):
    path = write_build(tmp_path, build, {}) / BUILD_FILE
    path.write_text(path.read_text("utf-8").replace('"schema_version": 2', '"schema_version": 1'))
    assert refusal(tmp_path).endswith("It has layout 1, 2 is read. Build again.")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema_version": 2}', '"build"'])
def test_a_damaged_build_is_a_fault(build, tmp_path, text):
    path = write_build(tmp_path, build, {}) / BUILD_FILE
    path.write_text(text, "utf-8")
    said = refusal(tmp_path)
    assert BUILD_FILE in said
    assert "cannot be read" in said


def test_a_field_of_another_kind_is_a_fault_of_one_line(build, tmp_path):
    path = write_build(tmp_path, build, {}) / BUILD_FILE
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**content, "bill": {"terms": 3}}), "utf-8")
    said = refusal(tmp_path)
    assert "validation errors for Bill" in said
    assert "\n" not in said


def test_a_missing_table_is_a_fault(build, tmp_path):
    (write_build(tmp_path, build, {}) / "history.csv").unlink()
    assert "history.csv" in refusal(tmp_path)


def test_a_place_that_cannot_be_written_to(build, tmp_path):
    # A file stands where the folder of builds would be.
    (tmp_path / "out").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="Choose a workspace that is writable"):
        write_build(tmp_path, build, {})
    assert (tmp_path / "out").read_text("utf-8") == "mine"


def test_a_file_that_cannot_be_written_leaves_the_older_build(build, tmp_path):
    write_build(tmp_path, build, {})
    with pytest.raises(InputError, match="cannot be written"):
        write_build(tmp_path, dataclasses.replace(build, seed=4), {"no/such/folder.csv": b""})
    assert read_build(tmp_path, WEEK).seed == 3
    assert names_in(tmp_path / "out") == [WEEK]


@pytest.mark.parametrize("failure", [OSError(13, "Permission denied"), KeyboardInterrupt()])
def test_a_rename_that_fails_puts_the_older_build_back(build, tmp_path, monkeypatch, failure):
    write_build(tmp_path, build, {})
    rename = Path.rename

    def fails(path: Path, target: Path) -> Path:
        if path.name.endswith(".part"):
            raise failure
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    expected = InputError if isinstance(failure, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        write_build(tmp_path, dataclasses.replace(build, seed=4), {})
    assert read_build(tmp_path, WEEK).seed == 3
    assert names_in(tmp_path / "out") == [WEEK]


def test_a_rival_that_is_faster_is_replaced(build, tmp_path, monkeypatch):
    """Another process puts its build in place just after the older one was moved away."""
    folder = write_build(tmp_path, build, {})
    rename = Path.rename
    rivals = [{"theirs.txt": b"1"}, {"theirs.txt": b"2"}]

    def slow(self, target):
        moved = rename(self, target)
        if self == folder and rivals:
            for name, content in rivals.pop().items():
                folder.mkdir()
                (folder / name).write_bytes(content)
        return moved

    monkeypatch.setattr(Path, "rename", slow)
    write_build(tmp_path, dataclasses.replace(build, seed=4), {"ours.txt": b""})
    assert rivals == []
    assert read_build(tmp_path, WEEK).seed == 4
    assert "theirs.txt" not in names_in(folder)
    assert names_in(tmp_path / "out") == [WEEK]
