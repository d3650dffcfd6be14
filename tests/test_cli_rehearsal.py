"""``staffing build --confidence``, in this process."""

from __future__ import annotations

from pathlib import Path

from staffing import pipeline
from staffing.console.rehearsal import show_rehearsal
from staffing.report.rehearsal import rehearsal_record, rehearsal_section
from tests.teams import fine, one_object, tiny_team

WEEK = "2026-W49"


def test_rounds_are_told_kept_and_audited(tmp_path: Path, capsys):
    folder = tiny_team(tmp_path / "tiny")
    words = ("--week", WEEK, "--time-limit", "4", "--confidence", "0.8", "--rounds", "1", "--json")
    said = one_object(fine("build", folder, *words))
    record = said["rehearsal"]
    assert record["aim"]["confidence"] == 0.8
    assert 1 <= len(record["rounds"]) <= 2
    taken = record["rounds"][record["taken"]]
    assert taken["objective"] == said["objective"]
    assert {lot["queue"] for lot in taken["lots"]} == set(said["service"])

    kept = pipeline.read_build(folder, WEEK)
    assert kept.rehearsal is not None
    assert rehearsal_record(kept) == record
    fine("audit", folder, "--week", WEEK)

    section = rehearsal_section(kept)
    assert section is not None
    assert section.verdict == record["says"]
    capsys.readouterr()
    show_rehearsal(section)
    shown = " ".join(capsys.readouterr().out.split())
    assert "targets to hold by 80%" in shown
    assert "(taken)" in shown

    page = fine("report", folder, "--week", WEEK).strip()
    assert 'id="rehearsal"' in Path(page).read_text("utf-8")
