"""The frozen problem: everything that a solver, an audit or a report may know about the week."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from functools import cached_property
from itertools import accumulate

from pydantic import Field

from staffing.domain.base import Frozen
from staffing.domain.clock import Horizon
from staffing.domain.objective import Emphasis, Prices, Tier
from staffing.domain.people import Agent, Preference, Site, TimeOff
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty, ShiftTemplate, duties_at
from staffing.domain.work import Queue


class Pin(Frozen):
    """A decision that the solver must keep: this template on this local date, or no duty at all.

    Parameters
    ----------
    template
        Shift template, or None for a day off.
    """

    agent_id: str
    date: dt.date
    template: str | None


class Problem(Frozen):
    """One week (or a few) to be staffed.

    Parameters
    ----------
    week
        ISO week of the first day, ``2026-W49``.
    horizon
        UTC grid of demand; duties start on the local dates ``horizon.dates``.
    shrinkage_fraction
        Share of time on duty that is not available for cases (meetings, training, wellness). It is applied once, to
        the capacity of a duty; absence is in ``time_off``, breaks are in the templates.
    plan_quantile
        Quantile of the volume that the queues are sized for (`staffing.requirement.plan_quantile`); None: its mean.
    emphasis
        How many times each tier counts; once, but while tiers are kept apart.
    carry_in
        Published duties before the horizon that rules still see, per agent.
    """

    week: str
    horizon: Horizon
    sites: tuple[Site, ...]
    agents: tuple[Agent, ...]
    templates: tuple[ShiftTemplate, ...]
    queues: tuple[Queue, ...]
    shrinkage_fraction: float = Field(default=0.0, ge=0, lt=1)
    plan_quantile: float | None = None
    prices: Prices = Prices()
    emphasis: Emphasis = Emphasis()
    time_off: tuple[TimeOff, ...] = ()
    preferences: tuple[Preference, ...] = ()
    pins: tuple[Pin, ...] = ()
    carry_in: Roster = Roster(duties={})

    @cached_property
    def site_of(self) -> dict[str, Site]:
        """Site by identifier."""
        return {site.site: site for site in self.sites}

    @cached_property
    def agent(self) -> dict[str, Agent]:
        """Agent by identifier."""
        return {agent.agent_id: agent for agent in self.agents}

    @cached_property
    def queues_of(self) -> dict[str, frozenset[str]]:
        """Queues that each agent can serve."""
        return {
            agent.agent_id: frozenset(
                queue.queue
                for queue in self.queues
                if queue.can_be_served_by(agent, self.site_of[agent.site])
            )
            for agent in self.agents
        }

    @cached_property
    def duties_of_site(self) -> dict[str, tuple[Duty, ...]]:
        """Every duty that can start at a site in the horizon."""
        return {
            site.site: tuple(duties_at(self.horizon, site, self.templates)) for site in self.sites
        }

    @cached_property
    def absences(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """Half-open absences of each agent in minutes of the horizon."""
        found: dict[str, list[tuple[int, int]]] = {agent.agent_id: [] for agent in self.agents}
        for off in self.time_off:
            if off.agent_id in found:
                found[off.agent_id].append(
                    (self.horizon.minute(off.start), self.horizon.minute(off.end))
                )
        return {agent_id: tuple(sorted(spans)) for agent_id, spans in found.items()}

    def price(self, tier: Tier) -> int:
        """Return what one unit of a tier costs."""
        return self.prices.of(tier) * self.emphasis.of(tier)

    @cached_property
    def _away_until(self) -> dict[str, tuple[list[int], list[int]]]:
        """Of each agent, when absences begin, and until when those so far last at most."""
        return {
            agent_id: (
                [start for start, _ in spans],
                list(accumulate((end for _, end in spans), max)),
            )
            for agent_id, spans in self.absences.items()
        }

    def is_absent(self, agent_id: str, start: int, end: int) -> bool:
        """Tell whether an absence of an agent meets the half-open stretch."""
        begins, until = self._away_until[agent_id]
        before = bisect_left(begins, end)
        return before > 0 and until[before - 1] > start

    def timeline(self, roster: Roster, agent_id: str) -> tuple[tuple[Duty, bool], ...]:
        """Return carry-in and planned duties of an agent in order, each with *is it carried in*."""
        carried = [(duty, True) for duty in self.carry_in.of(agent_id)]
        planned = [(duty, False) for duty in roster.of(agent_id)]
        return tuple(sorted(carried + planned, key=lambda item: (item[0].start, item[0].end)))

    def contract_minutes(self, agent: Agent) -> int:
        """Return contract minutes of the horizon: employed days count, and every approved day off takes a fifth.

        A day off counts when it is a weekday (Monday to Friday) wholly inside an absence; at most five a week.
        """
        zone = self.site_of[agent.site].time_zone
        total = 0.0
        for first in range(0, len(self.horizon.dates), 7):
            days = self.horizon.dates[first : first + 7]
            employed = sum(
                (agent.start_date is None or day >= agent.start_date)
                and (agent.end_date is None or day <= agent.end_date)
                for day in days[:5]
            )
            away = 0
            for day in days[:5]:
                start, end = self.horizon.day_bounds(day, zone)
                away += any(a <= start and end <= b for a, b in self.absences[agent.agent_id])
            total += agent.weekly_minutes * max(0, employed - away) / 5
        return round(total)
