from __future__ import annotations

import datetime as dt

import pytest

from staffing.domain.people import Site
from staffing.domain.shifts import ShiftTemplate
from staffing.ingest.context import Context

DUBLIN = Site(site="dublin", region="EMEA", time_zone="Europe/Dublin", country="IE")
SEATTLE = Site(site="seattle", region="AMER", time_zone="America/Los_Angeles", country="US")
D08 = ShiftTemplate(
    template="D08",
    start=dt.time(8),
    end=dt.time(16, 30),
    break_after_minutes=240,
    break_minutes=30,
    requires=("harms",),
)
N22 = ShiftTemplate(template="N22", start=dt.time(22), end=dt.time(6), sites=("dublin",))


@pytest.fixture
def context() -> Context:
    """Two sites, two templates (N22 in Dublin only), three agents."""
    return Context(
        site_names=("dublin", "seattle"),
        workstreams=("escalations", "harms"),
        regions=("EMEA", "AMER"),
        template_names=("D08", "N22"),
        sites={"dublin": DUBLIN, "seattle": SEATTLE},
        templates={"D08": D08, "N22": N22},
        agent_ids=("001", "002", "003"),
        agent_sites={"001": "dublin", "002": "dublin", "003": "seattle"},
    )
