"""The samples by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from staffing.ingest.samples.organisation import Launch, Organisation, Role, Stream, settings_text

FULL, FOUR_DAYS, THREE_DAYS = 40, 32, 24


def trust_safety() -> Organisation:
    """Return 44 people in Dublin, Singapore, Seattle and Irvine: six workstreams, six pools of skills."""
    lead, responder, partner = ("lead", FULL), ("responder", FULL), ("partner", FULL)
    investigator, harms, mixed = (
        ("investigator", FULL),
        ("harms", FULL),
        ("harms_investigator", FULL),
    )
    core = (lead, responder, partner, partner, investigator, harms, harms, mixed)
    return Organisation(
        settings=settings_text("trust-safety"),
        roles={
            "lead": Role(
                "lead",
                (
                    "escalations",
                    "law_enforcement",
                    "partner_support",
                    "investigations",
                    "off_service",
                ),
                on_call=True,
            ),
            "responder": Role(
                "senior", ("escalations", "law_enforcement", "off_service"), on_call=True
            ),
            "partner": Role("specialist", ("escalations", "partner_support", "off_service")),
            "investigator": Role("senior", ("law_enforcement", "investigations")),
            "harms": Role(
                "specialist", ("operational_harms", "off_service"), exposure_cleared=True
            ),
            "harms_investigator": Role(
                "senior", ("operational_harms", "investigations"), exposure_cleared=True
            ),
        },
        seats={
            "dublin": (
                *core,
                lead,
                ("responder", FOUR_DAYS),
                ("partner", THREE_DAYS),
                investigator,
            ),
            "singapore": (*core, responder, ("partner", FOUR_DAYS)),
            "seattle": (*core, lead, responder, ("partner", THREE_DAYS), investigator),
            "irvine": (*core, responder, ("partner", FOUR_DAYS)),
        },
        streams={
            "escalations": Stream(0.035, 20, night=0.5, weekend=0.8),
            "law_enforcement": Stream(0.10, 24, night=0.25, weekend=0.4),
            "partner_support": Stream(0.275, 18, night=0.2, weekend=0.5),
            "operational_harms": Stream(0.30, 14, night=0.5, weekend=0.95),
            "investigations": Stream(0.09, 60, spread=0.8, night=0.25, weekend=0.6),
            "off_service": Stream(0.20, 16, night=0.5, weekend=0.9),
        },
        region_shares={"AMER": 0.42, "EMEA": 0.34, "APAC": 0.24},
        launches=(
            Launch("Harbour marketplace", dt.date(2025, 9, 16), 21, 0.6, "partner_support"),
            Launch("Lantern live video", dt.date(2026, 5, 12), 28, 0.3),
        ),
        hole=(
            dt.datetime(2026, 3, 11, 6, tzinfo=dt.UTC),
            dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC),
        ),
    )


def small() -> Organisation:
    """Return eight people in Dublin and Seattle: three workstreams, two pools of skills."""
    desk, analyst = ("desk", FULL), ("analyst", FULL)
    return Organisation(
        settings=settings_text("small"),
        roles={
            "lead": Role(
                "lead", ("escalations", "partner_support", "investigations"), on_call=True
            ),
            "desk": Role("specialist", ("escalations", "partner_support")),
            "analyst": Role("senior", ("partner_support", "investigations")),
        },
        seats={
            "dublin": (("lead", FULL), desk, ("desk", FOUR_DAYS), analyst),
            "seattle": (("lead", FULL), desk, analyst, ("analyst", THREE_DAYS)),
        },
        streams={
            "escalations": Stream(0.10, 15, weekend=0.0, office_region="EMEA"),
            "partner_support": Stream(0.70, 18, night=0.2, weekend=0.5),
            "investigations": Stream(0.20, 50, spread=0.8, night=0.25, weekend=0.6),
        },
        region_shares={"EMEA": 0.5, "AMER": 0.5},
        launches=(Launch("Harbour marketplace", dt.date(2025, 9, 16), 21, 0.6, "partner_support"),),
        hole=(
            dt.datetime(2026, 3, 11, 6, tzinfo=dt.UTC),
            dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC),
        ),
    )


ORGANISATIONS: dict[str, Callable[[], Organisation]] = {
    "trust-safety": trust_safety,
    "small": small,
}
