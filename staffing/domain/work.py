"""Work: workstreams with their service targets, and queues with what arrives in them."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field, model_validator

from staffing.domain.base import Frozen
from staffing.domain.opening import OpeningHours
from staffing.domain.people import Agent, Site


class Workstream(Frozen):
    """A kind of work with a service target.

    Parameters
    ----------
    workstream
        Identifier, such as ``law_enforcement``.
    kind
        ``immediate``: answered within ``threshold_minutes`` of its arrival by somebody who waits for it.
        ``deferrable``: finished within ``due_minutes`` of its opening (``opened_at``).
    clock
        Deferrable: ``calendar`` runs always, ``business`` in the opening hours only.
    opening
        Deferrable: opening hours of a site. The business clock needs them; they also say whose days a daily target is
        about (else UTC) and whether the work may be done outside of them.
    target_fraction
        Share of the work that arrives in a period that must be on time; open and overdue is a miss. Immediate work is
        sized to it in every interval.
    period
        Deferrable: the target holds for each local ``day``, for the ``week``, or for ``four_weeks``, of which the last
        three are in the past (`ServiceWeek`).
    priority
        1 to 10: what a minute of work that is late costs against one of another queue.
    min_staff
        Agents trained for it on duty in every interval, round the clock.
    needs_clearance
        Disturbing content: only for agents who are exposure-cleared.
    languages
        An agent must speak one of them; empty means any.
    pooled
        True: one queue for all regions. False: one queue per origin region, served by that region's sites.
    occupancy_cap_fraction
        Upper limit of the occupancy that sizing of an immediate queue may plan with.
    patience_minutes
        Immediate: how long customers wait on average before they give up (Erlang A); None: they never do (Erlang C).
    abandonment_target_fraction
        Immediate, with patience: share of the cases that may give up.
    concurrency
        Immediate: chats that an agent handles at once; the handle time is that of one chat among so many.
    staffed_from_probability
        Immediate: an interval asks for nobody if a case comes within an hour with less than this probability, as long
        as the target of the week is met without.
    """

    workstream: str
    kind: Literal["immediate", "deferrable"]
    threshold_minutes: int | None = Field(default=None, gt=0)
    due_minutes: int | None = Field(default=None, gt=0)
    clock: Literal["calendar", "business"] = "calendar"
    opening: OpeningHours | None = None
    period: Literal["day", "week", "four_weeks"] = "week"
    target_fraction: float = Field(ge=0, le=1)
    priority: int = Field(default=1, ge=1, le=10)
    min_staff: int = Field(default=0, ge=0)
    needs_clearance: bool = False
    languages: tuple[str, ...] = ()
    pooled: bool = True
    occupancy_cap_fraction: float = Field(default=0.85, gt=0, le=1)
    patience_minutes: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    abandonment_target_fraction: float | None = Field(default=None, gt=0, lt=1)
    concurrency: int = Field(default=1, ge=1, le=20)
    staffed_from_probability: float = Field(default=0.05, ge=0, lt=1)

    @model_validator(mode="after")
    def _one_clock(self) -> Workstream:
        needed = "threshold_minutes" if self.kind == "immediate" else "due_minutes"
        other = "due_minutes" if self.kind == "immediate" else "threshold_minutes"
        if getattr(self, needed) is None:
            raise ValueError(f"{self.kind} workstream {self.workstream!r} needs {needed}")
        if getattr(self, other) is not None:
            raise ValueError(f"{self.kind} workstream {self.workstream!r} has no {other}")
        if self.clock == "business" and self.opening is None:
            raise ValueError(f"the business clock of {self.workstream!r} needs opening hours")
        if self.kind == "immediate" and (self.opening or self.period != "week"):
            raise ValueError(
                f"immediate workstream {self.workstream!r} is sized to its target in every interval: "
                "it has no clock, opening and period"
            )
        return self

    @model_validator(mode="after")
    def _waited_for(self) -> Workstream:
        if self.kind == "deferrable":
            for name in ("patience_minutes", "abandonment_target_fraction", "concurrency"):
                if getattr(self, name) != type(self).model_fields[name].default:
                    raise ValueError(f"deferrable workstream {self.workstream!r} has no {name}")
        if self.abandonment_target_fraction is not None and self.patience_minutes is None:
            raise ValueError(
                f"abandonment_target_fraction of {self.workstream!r} needs patience_minutes"
            )
        return self


class Backlog(Frozen):
    """Open work at the start of the horizon that falls due at the same minute.

    Parameters
    ----------
    due
        Minute of the horizon at which it is due (negative: already overdue).
    work_minutes
        Minutes of work.
    """

    due: int
    work_minutes: int = Field(gt=0)


class PastService(Frozen):
    """What has become of the work of a target's period before the horizon.

    Parameters
    ----------
    work_minutes, missed_minutes
        Work that arrived, and the part of it that missed its due time.
    """

    work_minutes: int = Field(ge=0)
    missed_minutes: int = Field(ge=0)


class ServiceWeek(Frozen):
    """What has become of the cases of a past week, as the user wrote it into ``service_history.csv``.

    Parameters
    ----------
    week
        ISO week, ``2026-W49``.
    queue
        The queue, as the requirement names it.
    arrived, missed
        Cases that arrived in the week, and those of them that missed their due time.
    """

    week: str
    queue: str
    arrived: int = Field(ge=0)
    missed: int = Field(ge=0)


class Queue(Frozen):
    """What arrives for one workstream (of one origin region, when it cannot be pooled) over the horizon.

    Parameters
    ----------
    queue
        Identifier: the workstream, or ``workstream@region``.
    volume
        Expected cases per interval.
    aht_minutes
        Average handle time per interval, in minutes.
    arrivals_minutes
        Deferrable: minutes of work that arrive in each interval (whole minutes, the sum is kept). Immediate: zeros.
    required_agents
        Immediate: agents who must be available in each interval (Erlang C or A). Deferrable: zeros.
    opening
        Deferrable: backlog at the start by due minute.
    due
        Deferrable: minute, on the grid, at which work that arrives in each interval is due; never falls. Empty:
        ``due_minutes`` after the end of the interval.
    closed
        Deferrable: intervals in which it may not be worked.
    period_starts
        Deferrable: intervals, besides the first, with which a period of the target begins.
    past
        Deferrable: what the first period has seen before the horizon.
    """

    queue: str
    workstream: Workstream
    region: str | None = None
    volume: tuple[float, ...]
    aht_minutes: tuple[float, ...]
    arrivals_minutes: tuple[int, ...]
    required_agents: tuple[int, ...]
    opening: tuple[Backlog, ...] = ()
    due: tuple[int, ...] = ()
    closed: tuple[int, ...] = ()
    period_starts: tuple[int, ...] = ()
    past: PastService | None = None

    @property
    def is_immediate(self) -> bool:
        """True for a queue whose cases are waited for."""
        return self.workstream.kind == "immediate"

    @property
    def work_minutes(self) -> tuple[float, ...]:
        """Minutes of work that arrive in each interval; a chat among k takes an agent a k-th of its handle time."""
        share = 1 / self.workstream.concurrency
        return tuple(
            cases * aht * share if cases > 0 else 0.0
            for cases, aht in zip(self.volume, self.aht_minutes, strict=True)
        )

    def can_be_served_by(self, agent: Agent, site: Site) -> bool:
        """Tell whether an agent has workstream, clearance, language and region for this queue."""
        work = self.workstream
        return (
            work.workstream in agent.workstreams
            and (agent.exposure_cleared or not work.needs_clearance)
            and (not work.languages or not set(work.languages).isdisjoint(agent.languages))
            and (self.region is None or self.region == site.region)
        )


class OpenCase(Frozen):
    """A case of the backlog file: opened and not finished when the file was written.

    Parameters
    ----------
    handle_minutes
        Work still to do; None means the average handle time of its workstream.
    """

    case_id: str
    workstream: str
    region: str
    opened_at: AwareDatetime
    handle_minutes: float | None = None


class CalendarEvent(Frozen):
    """Something that moves volume or breaks the history, as the user wrote it into ``events.csv``.

    Parameters
    ----------
    kind
        ``launch`` (volume moves, learnt under its name), ``outage`` (counts are unknown), ``incident`` (a burst of
        cases that will not come again by the calendar) or ``not_typical``: the latter two are left out of learning.
    workstream, region
        None means all.
    """

    name: str
    kind: Literal["launch", "outage", "incident", "not_typical"]
    start: AwareDatetime
    end: AwareDatetime
    workstream: str | None = None
    region: str | None = None
