"""The week of a sample's people: absences, wishes, pins, and the duties published for the week before.

Rows are tuples of text in the order of the columns of their file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from staffing.domain import clock
from staffing.ingest.samples.organisation import LEAVE_FRACTION, Organisation
from staffing.ingest.samples.staff import Person

TIME_OFF_COLUMNS = ("agent_id", "start", "end")
PREFERENCE_COLUMNS = ("agent_id", "wish", "dates", "template", "strength")
PIN_COLUMNS = ("agent_id", "date", "template")
CARRY_IN_COLUMNS = (
    "agent_id",
    "date",
    "template",
    "start_local",
    "end_local",
    "break_start_local",
    "break_minutes",
)
DAY = dt.timedelta(days=1)
FULL_WEEK = 5
SHIFTS = ("E06", "L15", "D08", "L13", "D09", "L11")
"""Templates of the week before, in turn: the edges of the day first."""

FREE_FROM = (5, 5, 6, 5, 0, 5, 1, 3)
"""First of two days off in a row (0 is Monday), in turn: half the people have the weekend off."""

Row = tuple[str, ...]


@dataclass(frozen=True)
class Week:
    """What is known of the planned week: rows of four files."""

    time_off: tuple[Row, ...]
    preferences: tuple[Row, ...]
    pins: tuple[Row, ...]
    carry_in: tuple[Row, ...]


def week_of(
    organisation: Organisation,
    people: Sequence[Person],
    monday: dt.date,
    rng: np.random.Generator,
) -> Week:
    """Return absences, wishes, pins and carry-in around the week of that Monday."""
    deck = [people[k] for k in rng.permutation(len(people)).tolist()]
    steady = [person for person in deck if person.start_date < monday and person.end_date is None]
    time_off = tuple(_time_off(organisation, steady, monday))
    away = {row[0] for row in time_off}
    present = [person for person in steady if person.agent_id not in away]
    shifts = {person.agent_id: _last_week(k, person) for k, person in enumerate(people)}
    wishes = _preferences(present, len(people) * 9 // 20, monday)
    pinned = [person for person in reversed(present) if shifts[person.agent_id].is_free_on_weekends]
    return Week(
        time_off=tuple(sorted(time_off)),
        preferences=tuple(sorted(wishes)),
        pins=tuple(sorted(_pins(pinned, shifts, monday))),
        carry_in=tuple(
            (person.agent_id, date.isoformat(), shifts[person.agent_id].template, "", "", "", "")
            for person in people
            for date in shifts[person.agent_id].dates(monday - 7 * DAY)
            if date >= person.start_date
        ),
    )


@dataclass(frozen=True)
class _Shift:
    """Template and weekdays of the week before."""

    template: str
    weekdays: tuple[int, ...]

    @property
    def is_free_on_weekends(self) -> bool:
        return not {5, 6} & set(self.weekdays)

    def dates(self, monday: dt.date) -> list[dt.date]:
        return [monday + weekday * DAY for weekday in self.weekdays]


def _last_week(turn: int, person: Person) -> _Shift:
    """Return one template all week and the days off in one block, so that no rule about rest is near its limit."""
    days = person.weekly_hours // 8
    first_free = FREE_FROM[turn * 5 // 3 % len(FREE_FROM)]
    first_day = first_free + 2
    weekdays = sorted((first_day + k) % 7 for k in range(days))
    return _Shift(SHIFTS[turn % len(SHIFTS)], tuple(weekdays))


def _time_off(organisation: Organisation, steady: Sequence[Person], monday: dt.date) -> list[Row]:
    """Deal out leave: one night across midnight, whole weeks for two thirds of the days, then one or two days each."""
    days = round(LEAVE_FRACTION * FULL_WEEK * len(steady))
    rows = [_across_midnight(organisation, steady[0], monday + 2 * DAY)]
    weeks = days * 2 // 3 // FULL_WEEK
    days -= weeks * FULL_WEEK
    for k, person in enumerate(steady[1:]):
        if k < weeks:
            first, length = monday, 7
        elif days > 0:
            length = min(days, 1 + k % 2)
            first = monday + (k % 4) * DAY
            days -= length
        else:
            break
        last = first + (length - 1) * DAY
        rows.append((person.agent_id, first.isoformat(), last.isoformat()))
    return rows


def _across_midnight(organisation: Organisation, person: Person, date: dt.date) -> Row:
    """Return an absence from 20:00 to 04:00 of the next day, as stamps with the offset of the site."""
    zone = organisation.sites[person.site].time_zone
    evening = dt.datetime.combine(date, dt.time(20))
    stamps = (evening, evening + dt.timedelta(hours=8))
    texts = [
        f"{stamp:%Y-%m-%dT%H:%M}{clock.utc_offset(clock.local_to_utc(stamp, zone), zone)}"
        for stamp in stamps
    ]
    return (person.agent_id, *texts)


def _preferences(present: Sequence[Person], count: int, monday: dt.date) -> list[Row]:
    """Deal out wishes in turn."""
    wishes = (
        ("avoid", "Sat|Sun", "", "2"),
        ("want", "", "E06", "1"),
        ("avoid", "", "N22", "3"),
        ("want", "", "L13", "1"),
        ("avoid", (monday + 4 * DAY).isoformat(), "", "2"),
        ("want", "Sat|Sun", "", "1"),
        ("avoid", "", "L15", "2"),
        ("want", "", "D09", "2"),
    )
    return [(person.agent_id, *wishes[k % len(wishes)]) for k, person in enumerate(present[:count])]


def _pins(people: Sequence[Person], shifts: dict[str, _Shift], monday: dt.date) -> list[Row]:
    """Pin two duties like those of the week before, and a day off."""
    decisions = (
        (monday + DAY, "template"),
        (monday + 2 * DAY, "template"),
        (monday + 5 * DAY, "off"),
    )
    return [
        (
            person.agent_id,
            date.isoformat(),
            shifts[person.agent_id].template if what == "template" else "off",
        )
        for person, (date, what) in zip(people, decisions, strict=False)
    ]
