from __future__ import annotations

from pathlib import Path

import pytest

from staffing.domain.errors import InputError
from staffing.policy.workspace import read_workspace
from tests.workspaces import spoil, tiny_workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_workspace(tmp_path / "tiny")


def only_fault(folder: Path) -> tuple[str, str | None, str | None, str]:
    with pytest.raises(InputError) as caught:
        read_workspace(folder)
    (fault,) = caught.value.faults
    return fault.file, fault.column, fault.value, fault.message


def test_nobody_is_trained(folder: Path) -> None:
    for _ in range(2):
        spoil(folder, "agents.csv", "escalations|harms", "harms")
    spoil(folder, "agents.csv", "40,escalations,", "40,harms,")
    assert only_fault(folder) == (
        "agents.csv",
        "workstreams",
        "escalations",
        "Nobody is trained for it. Train somebody, or take it out of staffing.toml.",
    )


def test_nobody_is_cleared(folder: Path) -> None:
    for _ in range(4):
        spoil(folder, "agents.csv", ",yes", ",no")
    assert only_fault(folder)[1:3] == ("exposure_cleared", "harms")


def test_nobody_speaks_the_language(folder: Path) -> None:
    spoil(folder, "staffing.toml", "needs_clearance = true", 'languages = ["ja", "ko"]')
    column, value, message = only_fault(folder)[1:]
    assert (column, value) == ("languages", "harms")
    assert message.startswith("Nobody who may do it speaks ja or ko.")


def test_each_region_needs_somebody_where_work_is_not_pooled(folder: Path) -> None:
    spoil(folder, "staffing.toml", "needs_clearance = true", "pooled = false")
    spoil(folder, "agents.csv", "20,harms,", "20,escalations,")
    assert only_fault(folder)[3].startswith("Nobody in APAC is trained for it.")


def test_a_single_holder_is_a_warning(folder: Path) -> None:
    spoil(folder, "staffing.toml", "needs_clearance = true", "pooled = false")
    warnings = read_workspace(folder).warnings
    assert any("Only 004 can do harms in APAC" in warning for warning in warnings)


def test_targets_of_everything_and_nothing_are_allowed(folder: Path) -> None:
    spoil(folder, "staffing.toml", "target_fraction = 0.95", "target_fraction = 1.0")
    spoil(folder, "staffing.toml", "target_fraction = 0.9", "target_fraction = 0")
    targets = [work.target_fraction for work in read_workspace(folder).settings.workstreams]
    assert targets == [0, 1]


def test_oddities_are_warnings(folder: Path) -> None:
    spoil(folder, "staffing.toml", "due_minutes = 720", "due_minutes = 45")
    spoil(folder, "agents.csv", ",20,", ",0,")
    warnings = "\n".join(read_workspace(folder).warnings)
    assert "harms is due after 45 minutes, less than an interval of 60" in warnings
    assert "004 has no contract hours" in warnings
    assert "not in force: weekly_rest" in warnings
