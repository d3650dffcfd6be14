"""Sample workspaces: complete, lawful, tight, and the same bytes for the same seed."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from collections import Counter
from pathlib import Path

import pytest

from staffing.domain.errors import StaffingError
from staffing.ingest.samples import SAMPLES, write_sample

DATA = Path(__file__).parents[2] / "data"
FILES = {
    "staffing.toml",
    "agents.csv",
    "time_off.csv",
    "preferences.csv",
    "events.csv",
    "backlog.csv",
    "pins.csv",
    "carry_in.csv",
    "cases",
}


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a workspace by name, compressed ones unpacked: how zlib packs differs from build to build."""
    return {
        path.relative_to(folder).as_posix(): gzip.decompress(path.read_bytes())
        if path.suffix == ".gz"
        else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def trust_safety(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "trust-safety"
    write_sample(folder)
    return folder


@pytest.mark.parametrize("name", SAMPLES)
def test_data_holds_what_the_package_writes(tmp_path: Path, name: str):
    write_sample(tmp_path / name, name)
    written, kept = contents(tmp_path / name), contents(DATA / name)
    assert written.keys() == kept.keys()
    differing = [file for file, content in written.items() if kept[file] != content]
    assert differing == [], "run: python data/generate.py"


def test_another_seed_gives_other_cases_and_the_same_settings(tmp_path: Path):
    write_sample(tmp_path / "other", "small", seed=2)
    other, kept = contents(tmp_path / "other"), contents(DATA / "small")
    assert other["staffing.toml"] == kept["staffing.toml"]
    assert other["cases/cases.csv.gz"] != kept["cases/cases.csv.gz"]


def test_the_organisation_of_the_main_job(trust_safety: Path):
    agents = rows(trust_safety / "agents.csv")
    assert {path.name for path in trust_safety.iterdir()} == FILES
    assert Counter(agent["site"] for agent in agents) == {
        "dublin": 12,
        "singapore": 10,
        "seattle": 12,
        "irvine": 10,
    }
    assert agents[0]["agent_id"] == "0001"
    assert Counter(agent["grade"] for agent in agents)["lead"] == 6
    assert {agent["weekly_hours"] for agent in agents} == {"40", "32", "24"}
    assert len({agent["workstreams"] for agent in agents}) == 6
    assert len({agent["email"] for agent in agents}) == len({a["name"] for a in agents}) == 44
    assert all(agent["email"].endswith("@example.org") for agent in agents)
    for agent in agents:
        assert agent["exposure_cleared"] == (
            "yes" if "operational_harms" in agent["workstreams"] else "no"
        )
    assert [a["start_date"] for a in agents if a["start_date"] >= "2026-11-30"] == ["2026-12-02"]
    assert [a["end_date"] for a in agents if a["end_date"]] == ["2026-12-03"]


def test_the_week_before_is_worked_by_contract(trust_safety: Path):
    hours = {agent["agent_id"]: agent for agent in rows(trust_safety / "agents.csv")}
    duties = Counter(row["agent_id"] for row in rows(trust_safety / "carry_in.csv"))
    for agent_id, agent in hours.items():
        is_here = agent["start_date"] < "2026-11-23"
        assert duties[agent_id] == (int(agent["weekly_hours"]) // 8 if is_here else 0)
    dates = {row["date"] for row in rows(trust_safety / "carry_in.csv")}
    assert (min(dates), max(dates)) == ("2026-11-23", "2026-11-29")


def test_leave_is_about_six_in_a_hundred_days_and_one_crosses_midnight(trust_safety: Path):
    leave = rows(trust_safety / "time_off.csv")
    stamps = [row for row in leave if "T" in row["start"]]
    assert len(stamps) == 1
    assert stamps[0]["start"][:10] < stamps[0]["end"][:10]
    # 44 people, one joins and one leaves: 6 % of 42 × 5 days = 12.6, 13 days in whole weeks and single days.
    weekdays = sum(
        min(5, int(row["end"][-2:]) - int(row["start"][-2:]) + 1)
        if row["start"] >= "2026-12"
        else 5
        if row["end"] > "2026-12"
        else 1
        for row in leave
        if row not in stamps
    )
    assert weekdays == 13


def test_volume_has_its_size_and_its_hole(trust_safety: Path):
    with gzip.open(trust_safety / "cases" / "cases.csv.gz", "rt", encoding="utf-8") as file:
        stamps = [line[:13] for line in file][1:]
    assert stamps == sorted(stamps)
    assert stamps[0][:10] == "2024-11-25"
    assert stamps[-1] == "2026-11-22T23"
    last_weeks = sum(stamp >= "2026-10-26" for stamp in stamps)
    assert 360 < last_weeks / 28 < 440
    assert not any("2026-03-11T06" <= stamp < "2026-03-12T12" for stamp in stamps)


def test_a_larger_one_keeps_its_proportions(tmp_path: Path):
    write_sample(tmp_path / "large", people=132)
    agents = rows(tmp_path / "large" / "agents.csv")
    sites = Counter(agent["site"] for agent in agents)
    assert sites == {"dublin": 36, "singapore": 30, "seattle": 36, "irvine": 30}
    assert Counter(agent["grade"] for agent in agents)["lead"] == 18
    assert len({agent["email"] for agent in agents}) == 132


def test_an_empty_folder_is_filled_and_a_full_one_refused(tmp_path: Path):
    (tmp_path / "new").mkdir()
    write_sample(tmp_path / "new", "small")
    before = contents(tmp_path / "new")
    with pytest.raises(StaffingError, match="is not empty"):
        write_sample(tmp_path / "new", "small")
    assert contents(tmp_path / "new") == before
    (tmp_path / "file").write_text("")
    with pytest.raises(StaffingError, match="is a file"):
        write_sample(tmp_path / "file")
    assert {path.name for path in tmp_path.iterdir()} == {"new", "file"}  # nothing is left aside


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ({"name": "trust_safety"}, "Did you mean 'trust-safety'"),
        ({"people": 3}, "Choose 4 to 5,000"),
        ({"people": 5001}, "Choose 4 to 5,000"),
        ({"monday": dt.date(2026, 12, 1)}, "2026-12-01 is no Monday"),
    ],
)
def test_what_cannot_be_made(tmp_path: Path, arguments: dict, part: str):
    with pytest.raises(StaffingError, match=part):
        write_sample(tmp_path / "new", **arguments)
