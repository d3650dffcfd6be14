"""Identifiers that stay, and times that are right when clocks change."""

from __future__ import annotations

from staffing.domain.roster import Roster
from staffing.export.records import duty_id, duty_records


def test_times_through_the_end_of_summer_time(problem, roster):
    # Saturday 24 October 22:00 IST (UTC+1) to Sunday 06:00 GMT: 21:00Z to 06:00Z, nine hours
    record = duty_records(problem, roster)[0]
    assert record.start_utc.isoformat() == "2026-10-24T21:00:00+00:00"
    assert record.end_utc.isoformat() == "2026-10-25T06:00:00+00:00"
    assert record.start_local.isoformat() == "2026-10-24T22:00:00+01:00"
    assert record.end_local.isoformat() == "2026-10-25T06:00:00+00:00"
    assert (record.utc_offset, record.paid_minutes) == ("+01:00", 540)


def test_a_duty_keeps_its_id_when_its_times_change(problem, roster):
    before = {r.agent_id: r.duty_id for r in duty_records(problem, roster)[1:2]}
    duty = roster.of("k1")[0]
    later = duty.model_copy(update={"start": duty.start + 60, "end": duty.end + 60, "template": ""})
    after = {r.agent_id: r.duty_id for r in duty_records(problem, Roster(duties={"k1": (later,)}))}
    assert before == after


def test_ids_differ_by_agent_date_and_ordinal(problem, roster):
    date = problem.horizon.dates[0]
    ids = {
        duty_id("k1", date, 1),
        duty_id("k2", date, 1),
        duty_id("k1", problem.horizon.dates[1], 1),
        duty_id("k1", date, 2),
    }
    assert len(ids) == 4
    assert all(text.startswith("D") and len(text) == 16 for text in ids)
    assert len({r.duty_id for r in duty_records(problem, roster)}) == 3


def test_two_duties_of_one_date_count_up(problem, roster):
    duty = roster.of("k1")[0]
    second = duty.model_copy(
        update={"start": duty.end + 60, "end": duty.end + 120, "break_minutes": 0}
    )
    first_id, second_id = (
        r.duty_id for r in duty_records(problem, Roster(duties={"k1": (duty, second)}))
    )
    assert first_id == duty_id("k1", duty.date, 1)
    assert second_id == duty_id("k1", duty.date, 2)
