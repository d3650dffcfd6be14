"""What the readers of the people files must know of the settings and of each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from staffing.domain.people import Site
from staffing.domain.shifts import ShiftTemplate


@dataclass(frozen=True)
class Context:
    """Names that other files may refer to.

    ``None`` for a set of names means that their own file is broken: nothing is said about references to them, so that
    one mistake gives one fault. A name whose own entry is faulty is still a known name.

    Parameters
    ----------
    site_names, workstreams, regions, template_names
        Names written in the settings.
    sites, templates
        The entries that are sound, by name.
    agent_ids
        Every agent.
    agent_sites
        Site of the agents that could be read, by agent_id; ``""`` where the site is faulty.
    case_time_zone
        Zone of case stamps without an offset; None refuses them.
    """

    site_names: Collection[str] | None = None
    workstreams: Collection[str] | None = None
    regions: Collection[str] | None = None
    template_names: Collection[str] | None = None
    sites: Mapping[str, Site] = field(default_factory=dict)
    templates: Mapping[str, ShiftTemplate] = field(default_factory=dict)
    agent_ids: Collection[str] | None = None
    agent_sites: Mapping[str, str] = field(default_factory=dict)
    case_time_zone: str | None = None

    def site_of(self, agent_id: str) -> Site | None:
        """Return the site of an agent, None where its entry or his is faulty."""
        return self.sites.get(self.agent_sites.get(agent_id, ""))

    def may_use(self, site: str, template: str) -> bool:
        """Tell whether a site uses a template; a faulty template is left alone."""
        entry = self.templates.get(template)
        return entry is None or not entry.sites or site in entry.sites
