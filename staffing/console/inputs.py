"""What a workspace holds."""

from __future__ import annotations

from rich.markup import escape

from staffing.console.basics import narrow_table, out
from staffing.policy.workspace import Workspace


def show_workspace(workspace: Workspace) -> None:
    """Print what a workspace holds."""
    settings = workspace.settings
    table = narrow_table(f"{escape(settings.name)}: all files are sound")
    for heading in ("site", "region", "time zone"):
        table.add_column(heading)
    for heading in ("people", "contract hours a week"):
        table.add_column(heading, justify="right")
    for site in settings.sites:
        people = [agent for agent in workspace.agents if agent.site == site.site]
        hours = sum(agent.weekly_minutes for agent in people) / 60
        table.add_row(site.site, site.region, site.time_zone, str(len(people)), f"{hours:,.0f}")
    out.print(table)
    stamps = workspace.history["interval_start"]
    volume = workspace.history["volume"].sum()
    out.print(
        f"{volume:,.0f} cases from {stamps.min():%Y-%m-%d} to {stamps.max():%Y-%m-%d}, "
        f"{len(settings.workstreams)} workstreams, {len(settings.templates)} shift templates, "
        f"{len(settings.book.rules)} rules, {len(workspace.time_off)} absences, "
        f"{len(workspace.open_cases)} open cases."
    )
