"""A simulation on disk: read back as it was, gone with its build, refused when damaged."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest

from staffing.domain.errors import InputError
from staffing.domain.roster import Roster
from staffing.simulate.habits import Habits
from staffing.simulate.remedy import REMEDIES
from staffing.simulate.run import simulate
from staffing.store.folder import build_folder
from staffing.store.simulated import SIMULATION_FILE, TABLES, read_simulated, write_simulated
from tests.simulate.test_run import DAILY, certain, world

WEEK = "2026-W49"


@pytest.fixture
def lived():
    """Three weeks without any chat: its service is not known."""
    habits = Habits(order="arrival", absence_fraction=0.1)
    roster = Roster(duties={"a": DAILY})
    found = simulate(world(), roster, demand=certain(1), habits=habits)
    start = found.misses["interval_start"].iloc[3]
    row = ("mail", start, "dublin", "mail", 1, 60, 10.0, 1 / 3, 0.0, 9.0, 0.1)
    return dataclasses.replace(found, remedies=pd.DataFrame([row], columns=list(REMEDIES)))


@pytest.fixture
def workspace(tmp_path):
    build_folder(tmp_path, WEEK).mkdir(parents=True)
    return tmp_path


def test_a_simulation_is_read_as_it_was_written(workspace, lived):
    path = write_simulated(workspace, WEEK, lived)
    assert path == build_folder(workspace, WEEK) / SIMULATION_FILE
    assert [file.name for file in path.parent.iterdir()] == [SIMULATION_FILE]
    found = read_simulated(workspace, WEEK)
    assert found is not None
    for name in ("replications", "seed", "cases", "habits", "at_risk"):
        assert getattr(found, name) == getattr(lived, name)
    np.testing.assert_array_equal(found.levels, lived.levels)
    for name in TABLES:
        known, read = getattr(lived, name), getattr(found, name)
        missing = known.isna()
        assert read.isna().equals(missing)
        pd.testing.assert_frame_equal(
            read.where(~missing, 0), known.where(~missing, 0), check_exact=True, check_dtype=False
        )


def test_it_is_json_for_everybody(workspace, lived):
    text = write_simulated(workspace, WEEK, lived).read_text("utf-8")
    assert json.loads(text, parse_constant=pytest.fail)["queues"]["mean"][1] is None


def test_without_remedies_nobody_has_looked(workspace, lived):
    for remedies in (pd.DataFrame(), pd.DataFrame(columns=list(REMEDIES))):
        write_simulated(workspace, WEEK, dataclasses.replace(lived, remedies=remedies))
        found = read_simulated(workspace, WEEK)
        assert found is not None
        assert list(found.remedies.columns) == list(remedies.columns)


def test_there_may_be_none(workspace):
    assert read_simulated(workspace, WEEK) is None


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema_version": 1}', '{"schema_version": 2, "weeks": []}']
)
def test_one_that_cannot_be_read_says_how_to_make_it(workspace, text):
    (build_folder(workspace, WEEK) / SIMULATION_FILE).write_text(text, "utf-8")
    with pytest.raises(InputError, match=f"Run: staffing simulate .* --week {WEEK}"):
        read_simulated(workspace, WEEK)


def test_a_place_that_is_not_there(tmp_path, lived):
    with pytest.raises(InputError, match="Choose a workspace that is writable"):
        write_simulated(tmp_path, WEEK, lived)
