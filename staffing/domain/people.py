"""People and places: sites, agents, time off, preferences."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import AwareDatetime, Field

from staffing.domain.base import Frozen


class Site(Frozen):
    """A place of work.

    Parameters
    ----------
    site
        Identifier, such as ``dublin``.
    region
        Follow-the-sun region it belongs to, such as ``EMEA``.
    time_zone
        IANA zone of its wall clock.
    country, subdivision
        ISO 3166 codes for public holidays.
    """

    site: str
    region: str
    time_zone: str
    country: str
    subdivision: str | None = None


class Agent(Frozen):
    """A person who works duties.

    Parameters
    ----------
    agent_id
        Text, leading zeros kept.
    weekly_minutes
        Contract minutes a week.
    workstreams, languages
        What the person is trained for and speaks.
    start_date, end_date
        First and last local day of employment (inclusive); None is open.
    exposure_cleared
        May handle disturbing content.
    on_call
        Belongs to the incident-management rota.
    """

    agent_id: str
    name: str
    email: str
    site: str
    grade: str
    weekly_minutes: int = Field(ge=0, le=60 * 80)
    workstreams: tuple[str, ...]
    languages: tuple[str, ...] = ()
    start_date: dt.date | None = None
    end_date: dt.date | None = None
    exposure_cleared: bool = False
    on_call: bool = False


class TimeOff(Frozen):
    """An approved absence, half-open in UTC; why it was approved is nobody's business here."""

    agent_id: str
    start: AwareDatetime
    end: AwareDatetime


class Preference(Frozen):
    """A wish of an agent about duties of the week.

    Parameters
    ----------
    wish
        ``want`` or ``avoid``.
    dates
        Local start dates it speaks of; empty means every date.
    template
        Shift template it speaks of; None means any.
    strength
        1 (would be nice) to 3 (matters a lot).
    """

    agent_id: str
    wish: Literal["want", "avoid"]
    dates: tuple[dt.date, ...] = ()
    template: str | None = None
    strength: int = Field(default=1, ge=1, le=3)
