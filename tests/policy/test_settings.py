from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffing.domain.errors import Fault, InputError
from staffing.domain.objective import Tier
from staffing.policy.settings import draft_settings, read_settings
from tests.workspaces import SETTINGS


def faults_of(folder: Path, old: str, new: str) -> tuple[Fault, ...]:
    assert old in SETTINGS
    path = folder / "staffing.toml"
    path.write_text(SETTINGS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_settings(path)
    return caught.value.faults


def test_settings(tmp_path: Path) -> None:
    path = tmp_path / "staffing.toml"
    path.write_text(SETTINGS + "[forecast]\nhistory_weeks = 8\n", encoding="utf-8")
    settings = read_settings(path)
    assert settings.regions == ("EMEA", "APAC")
    assert settings.templates[0].start == dt.time(8)
    assert settings.workstreams[1].due_minutes == 720
    assert settings.forecast.history_weeks == 8
    assert settings.prices.service == 1000
    assert settings.case_time_zone is None


def test_every_tier_but_service_may_be_free(tmp_path: Path) -> None:
    path = tmp_path / "staffing.toml"
    free = "[prices]\nburnout = 0\nfairness = 0\ncost = 0\n"
    path.write_text(SETTINGS + free, encoding="utf-8")
    prices = read_settings(path).prices
    assert [prices.of(tier) for tier in Tier] == [1000, 0, 0, 0]


def test_toml_times(tmp_path: Path) -> None:
    path = tmp_path / "staffing.toml"
    path.write_text(SETTINGS.replace('"08:00"', "08:00:00"), encoding="utf-8")
    assert read_settings(path).templates[0].start == dt.time(8)


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "value", "part"),
    [
        ("schema_version = 1\n", "", None, "schema_version", None, "missing"),
        ("schema_version = 1", "schema_version = 2", 1, "schema_version", "2", "newer version"),
        ('name = "Tiny"', "name = 7", 2, "name", "7", "valid string"),
        ("interval_minutes = 60", "interval_minutes = 20", 3, "interval_minutes", "20", "15, 30"),
        ("shrinkage_fraction", "shrinkage", 4, "shrinkage", None, "'shrinkage_fraction'?"),
        ("= 0.2", "= 20", 4, "shrinkage_fraction", "20", "less than 1"),
        ("= 0.2\n", "= 0.2\nplan_quantile = 0.4\n", 5, "plan_quantile", "0.4", "greater than or equal to 0.5"),
        ("= 0.2\n", "= 0.2\nplan_quantile = 1\n", 5, "plan_quantile", "1", "less than 1"),
        ("= 0.2", '= "0.2"', 4, "shrinkage_fraction", "0.2", "without quotes"),
        ("= 0.2", "= 0,2", 4, None, None, "not valid TOML"),
        ("Europe/Dublin", "GMT+1", 9, "sites[1].time_zone", "GMT+1", "IANA"),
        ("Europe/Dublin", "Asia/Kolkata", 9, "sites[1].time_zone", "Asia/Kolkata", "= 30"),
        ('"IE"', '"UK"', 10, "sites[1].country", "UK", "Did you mean 'GB'?"),
        ('"IE"', '"US"\nsubdivision = "XX"', 11, "sites[1].subdivision", "XX", "no such"),
        ('region = "APAC"', 'region = "Emea"', 14, "sites[2].region", "Emea", "only in case"),
        ('region = "APAC"', 'regoin = "APAC"', 14, "sites[2].regoin", "APAC", "'region'?"),
        ('site = "singapore"', 'site = "Dublin"', 13, "sites[2].site", "Dublin", "only in case"),
        ('site = "singapore"', 'site = "s g"', 13, "sites[2].site", "s g", "letters, digits"),
        ('"harms"', '"escalations"', 25, "workstreams[2].workstream", "escalations", "twice"),
        ('"deferrable"', '"deferable"', 26, "workstreams[2].kind", "deferable", "'deferrable'"),
        ("due_minutes = 720\n", "", 24, "workstreams[2]", None, "needs due_minutes"),
        ("= 720\n", "= 720\npatience_minutes = 5\n", 24, "workstreams[2]", None, "has no patience_minutes"),
        ("= 720\n", "= 720\nconcurrency = 2\n", 24, "workstreams[2]", None, "has no concurrency"),
        ("= 15\n", "= 15\nabandonment_target_fraction = 0.05\n", 18, "workstreams[1]", None, "needs patience"),
        ("= 15\n", "= 15\npatience_minutes = 0\n", 22, "workstreams[1].patience_minutes", "0", "greater than 0"),
        ("= 15\n", "= 15\nconcurrency = 1.5\n", 22, "workstreams[1].concurrency", "1.5", "whole number"),
        ("= 0.95", "= 95", 28, "workstreams[2].target_fraction", "95", "less than or equal to 1"),
        ("= true", '= "yes"', 29, "workstreams[2].needs_clearance", "yes", "true or false"),
        ('"22:00"', '"24:00"', 40, "templates[2].start", "24:00", "00:00 to 23:59"),
        ('"22:00"', '"22:00:30"', 40, "templates[2].start", "22:00:30", "whole minutes"),
        ('["dublin"]', '["dubln"]', 42, "templates[2].sites", "dubln", "Did you mean 'dublin'?"),
        ('"N22"', '"off"', 39, "templates[2].template", "off", "day off in pins"),
        ("break_after_minutes = 240", "break_after_minutes = 500", 31, "templates[1]", None, "lie inside"),
        ('kind = "min_rest"', 'kind = "minrest"', 45, "rules[1].kind", "minrest", "'min_rest'?"),
        ('kind = "min_rest"\n', "", 44, "rules[1].kind", None, "kind is missing"),
        ("rest_minutes = 660", "rest_hours = 11", 46, "rules[1].rest_hours", "11", "Unknown key"),
        ("rest_minutes = 660", "weight = -1", 46, "rules[1].weight", "-1", "greater than or equal"),
        ('level = "must"', 'level = "may"', 50, "rules[2].level", "may", "must or should"),
        ('level = "must"', 'level = "elastic"', 50, "rules[2].level", "elastic", "must or should"),
        ("days = 6", "days = 6\n[[rules]]\nkind = \"min_rest\"", 53, "rules[3].kind", "min_rest", "twice"),
        ("[[rules]]", "[[rulse]]", 44, "rulse", None, "Did you mean 'rules'?"),
        ("[[rules]]", "[prices]\nservice = 0\n[[rules]]", 45, "prices.service", "0", "greater"),
        ("[[rules]]", "[forecast]\nweeks = 9\n[[rules]]", 45, "forecast.weeks", "9", "Unknown key"),
    ],
)  # fmt: skip
def test_one_mistake_gives_one_fault(
    tmp_path: Path,
    old: str,
    new: str,
    row: int | None,
    column: str | None,
    value: str | None,
    part: str,
) -> None:
    faults = faults_of(tmp_path, old, new)
    assert [(fault.row, fault.column, fault.value) for fault in faults] == [(row, column, value)]
    assert faults[0].file == "staffing.toml"
    assert part in faults[0].message


@pytest.mark.parametrize("section", ["sites", "workstreams", "templates"])
def test_a_section_is_missing(tmp_path: Path, section: str) -> None:
    path = tmp_path / "staffing.toml"
    tables = SETTINGS.split("\n\n")
    path.write_text(
        "\n\n".join(table for table in tables if not table.startswith(f"[[{section}]]")),
        encoding="utf-8",
    )
    faults: list[Fault] = []
    assert draft_settings(path, faults).settings is None
    assert "There is none" in faults[0].message
    assert faults[0].column == section


@pytest.mark.parametrize("wrong", ["sites = 3\n", "sites = [3]\n", "prices = 3\n", "rules = 3\n"])
def test_values_where_tables_are_due(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "staffing.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError, match="must be a"):
        read_settings(path)


def test_a_site_without_a_template(tmp_path: Path) -> None:
    faults = faults_of(tmp_path, "break_minutes = 30", 'break_minutes = 30\nsites = ["dublin"]')
    assert [(fault.column, fault.value) for fault in faults] == [("sites[2].site", "singapore")]
    assert "No template" in faults[0].message


def test_a_draft_keeps_the_names_of_faulty_entries(tmp_path: Path) -> None:
    path = tmp_path / "staffing.toml"
    text = SETTINGS.replace('country = "SG"', "county = 1").replace("due_minutes = 720\n", "")
    path.write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    context = draft_settings(path, faults).context
    assert context.site_names == {"dublin", "singapore"}
    assert context.workstreams == {"escalations", "harms"}
    assert list(context.sites) == ["dublin"]


def test_all_faults_at_once(tmp_path: Path) -> None:
    path = tmp_path / "staffing.toml"
    text = SETTINGS.replace("= 0.2", "= 2").replace("Asia/Singapore", "SGT").replace("660", "-5")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_settings(path)
    assert [fault.column for fault in caught.value.faults] == [
        "shrinkage_fraction",
        "rules[1].rest_minutes",
        "sites[2].time_zone",
    ]
