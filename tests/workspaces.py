"""A tiny valid workspace on disk, and ways to spoil it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

SETTINGS = """\
schema_version = 1
name = "Tiny"
interval_minutes = 60
shrinkage_fraction = 0.2

[[sites]]
site = "dublin"
region = "EMEA"
time_zone = "Europe/Dublin"
country = "IE"

[[sites]]
site = "singapore"
region = "APAC"
time_zone = "Asia/Singapore"
country = "SG"

[[workstreams]]
workstream = "escalations"
kind = "immediate"
threshold_minutes = 15
target_fraction = 0.9

[[workstreams]]
workstream = "harms"
kind = "deferrable"
due_minutes = 720
target_fraction = 0.95
needs_clearance = true

[[templates]]
template = "D08"
start = "08:00"
end = "16:30"
break_after_minutes = 240
break_minutes = 30

[[templates]]
template = "N22"
start = "22:00"
end = "06:00"
sites = ["dublin"]

[[rules]]
kind = "min_rest"
rest_minutes = 660

[[rules]]
kind = "max_consecutive_days"
level = "must"
days = 6
"""

AGENTS = """\
agent_id,name,email,site,grade,weekly_hours,workstreams,languages,start_date,end_date,exposure_cleared,on_call
001,Ann,ann@tiny.example,dublin,lead,40,escalations|harms,en|fr,2020-01-06,,yes,yes
002,Ben,ben@tiny.example,dublin,agent,37.5,escalations|harms,en,,,yes,no
003,Cho,cho@tiny.example,singapore,agent,40,escalations,en|zh,,2026-12-31,no,no
004,Dee,,singapore,agent,20,harms,en,,,yes,no
"""

FILES = {
    "staffing.toml": SETTINGS,
    "agents.csv": AGENTS,
    "time_off.csv": "agent_id,start,end\n001,2026-12-03,2026-12-04\n",
    "preferences.csv": "agent_id,wish,dates,template,strength\n002,avoid,Sat|Sun,N22,3\n",
    "events.csv": "name,kind,start,end,workstream,region\nv2,launch,2026-11-10,2026-11-12,,\n",
    "overrides.csv": (
        "region,workstream,start,end,change_percent,volume,by,why\n"
        "EMEA,harms,2026-12-24,2026-12-26,-50,,Ann,partners are on holiday\n"
    ),
    "backlog.csv": (
        "case_id,workstream,region,opened_at,handle_minutes\nc1,harms,EMEA,2026-11-22T20:00Z,30\n"
    ),
    "service_history.csv": "week,queue,arrived,missed\n",
    "pins.csv": "agent_id,date,template\n002,2026-12-01,D08\n003,2026-12-02,off\n",
    "carry_in.csv": (
        "agent_id,date,template,start_local,end_local,break_start_local,break_minutes\n"
        "001,2026-11-27,D08,,,,\n"
        "003,2026-11-28,,09:00,17:00,,\n"
    ),
}


def tiny_workspace(folder: Path) -> Path:
    """Write the workspace: four people at two sites, two workstreams, 48 hours of counts before 2026-11-23."""
    (folder / "cases").mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "cases" / "counts.csv").write_text(counts(), encoding="utf-8")
    return folder


def counts(hours: int = 48) -> str:
    """Return hourly counts of every series up to 2026-11-23 00:00 UTC."""
    end = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    lines = ["interval_start,workstream,region,volume,aht_minutes"]
    for back in range(hours, 0, -1):
        start = end - dt.timedelta(hours=back)
        lines.extend(
            f"{start:%Y-%m-%dT%H:%MZ},{work},{region},{back % 3},20"
            for work in ("escalations", "harms")
            for region in ("EMEA", "APAC")
        )
    return "\n".join(lines) + "\n"


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    """Replace the first ``old`` of a file by ``new``; it must be there."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
