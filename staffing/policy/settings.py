"""staffing.toml: sites, workstreams, templates, rules and numbers of an organisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from staffing.domain.base import Frozen
from staffing.domain.clock import GRIDS
from staffing.domain.errors import Fault, InputError, did_you_mean
from staffing.domain.objective import Prices
from staffing.domain.people import Site
from staffing.domain.shifts import ShiftTemplate
from staffing.domain.work import Workstream
from staffing.ingest.context import Context
from staffing.policy.forecasting import Forecasting
from staffing.policy.forecasting_checks import check_forecasting
from staffing.policy.opening_checks import check_openings
from staffing.policy.rulebook import read_book
from staffing.policy.settings_checks import Parts, check_parts
from staffing.policy.toml_file import TomlFile, read_toml
from staffing.rules.book import RuleBook

SETTINGS_FILE = "staffing.toml"
SCHEMA_VERSION = 1
_SECTIONS: dict[str, type[Frozen]] = {
    "sites": Site,
    "workstreams": Workstream,
    "templates": ShiftTemplate,
}


class Numbers(Frozen):
    """The plain keys of the settings.

    Parameters
    ----------
    schema_version
        Layout of the file, 1.
    name
        Name of the organisation, for reports.
    interval_minutes
        Grid of demand: 15, 30 or 60.
    case_time_zone
        Zone of case stamps that have no offset; None refuses them.
    shrinkage_fraction
        Share of time on duty that is not available for cases.
    plan_quantile
        Quantile of the volume that the requirement is sized for, at least .5; None: its mean.
    """

    schema_version: Literal[1]
    name: str = Field(min_length=1)
    interval_minutes: Literal[15, 30, 60] = 60
    case_time_zone: str | None = None
    shrinkage_fraction: float = Field(default=0.0, ge=0, lt=1)
    plan_quantile: float | None = Field(default=None, ge=0.5, lt=1)


class Settings(Numbers):
    """Everything that staffing.toml says.

    Parameters
    ----------
    book
        The rules in force.
    """

    sites: tuple[Site, ...] = Field(min_length=1)
    workstreams: tuple[Workstream, ...] = Field(min_length=1)
    templates: tuple[ShiftTemplate, ...] = Field(min_length=1)
    book: RuleBook
    prices: Prices = Prices()
    forecast: Forecasting = Forecasting()

    @property
    def regions(self) -> tuple[str, ...]:
        """Regions of the sites, each once, in their order."""
        return tuple(dict.fromkeys(site.region for site in self.sites))


@dataclass(frozen=True)
class Draft:
    """Settings as far as they could be read.

    Parameters
    ----------
    settings
        None when there are faults.
    context
        What the readers of the other files can rely on all the same.
    interval_minutes
        The grid, 60 where it is faulty.
    """

    settings: Settings | None
    context: Context = field(default_factory=Context)
    interval_minutes: int = 60


def read_settings(path: Path) -> Settings:
    """Read and check the settings.

    Parameters
    ----------
    path
        ``staffing.toml``.

    Raises
    ------
    InputError
        With every fault, each with its line and key.
    """
    faults: list[Fault] = []
    draft = draft_settings(path, faults)
    if draft.settings is None:
        raise InputError(faults)
    return draft.settings


def draft_settings(path: Path, faults: list[Fault]) -> Draft:
    """Read the settings as far as they go; every fault goes to ``faults``."""
    try:
        toml = read_toml(path)
    except InputError as error:
        faults.extend(error.faults)
        return Draft(None)
    before = len(faults)
    numbers = _numbers(toml, faults)
    parts = _parts(toml, numbers.interval_minutes if numbers else None, faults)
    prices = _section(toml, "prices", Prices, faults)
    forecast = _section(toml, "forecast", Forecasting, faults)
    book = read_book(toml, faults)
    check_parts(toml, parts, faults)
    check_openings(toml, parts, faults)
    context = _context(toml, parts)
    doubtful = any((fault.column or "").startswith("sites") for fault in faults[before:])
    sites = () if doubtful else tuple(parts.sites.values())
    check_forecasting(toml, forecast, sites, context, faults)
    settings = None
    if len(faults) == before and numbers is not None:
        settings = Settings(
            **dict(numbers),
            sites=tuple(parts.sites.values()),
            workstreams=tuple(parts.workstreams.values()),
            templates=tuple(parts.templates.values()),
            book=book,
            prices=prices,
            forecast=forecast,
        )
    grid = toml.values.get("interval_minutes", 60)
    return Draft(settings, context, grid if grid in GRIDS else 60)


def _numbers(toml: TomlFile, faults: list[Fault]) -> Numbers | None:
    """Return the plain keys; unknown sections are refused here."""
    others = {*_SECTIONS, "rules", "prices", "forecast"}
    plain = {}
    for name, value in toml.values.items():
        if name in others:
            continue
        if name not in Numbers.model_fields:
            hint = did_you_mean(name, [*Numbers.model_fields, *others])
            faults.append(toml.fault((name,), f"Unknown key.{hint}"))
        elif name == "schema_version" and isinstance(value, int) and value > SCHEMA_VERSION:
            message = f"This was written for a newer version; {SCHEMA_VERSION} is read. Update."
            faults.append(toml.fault((name,), message, value))
            plain[name] = SCHEMA_VERSION
        else:
            plain[name] = value
    return toml.model(Numbers, plain, (), faults)


def _parts(toml: TomlFile, interval_minutes: int | None, faults: list[Fault]) -> Parts:
    """Return the sound entries of the three lists by position."""
    found: dict[str, dict[int, Any]] = {}
    for section, kind in _SECTIONS.items():
        if not toml.values.get(section):
            message = f"There is none. Write [[{section}]] and its keys below."
            faults.append(toml.fault((section,), message))
        found[section] = {
            position: entry
            for position, content in toml.items(section, faults)
            if (entry := toml.model(kind, content, (section, position), faults))
        }
    return Parts(**found, interval_minutes=interval_minutes)


def _section(toml: TomlFile, section: str, kind: type[Any], faults: list[Fault]) -> Any:
    """Return the model of a plain table, its defaults when it is absent or faulty."""
    content = toml.values.get(section, {})
    if not isinstance(content, dict):
        faults.append(toml.fault((section,), f"This must be a table. Write [{section}].", content))
        return kind()
    return toml.model(kind, content, (section,), faults) or kind()


def _context(toml: TomlFile, parts: Parts) -> Context:
    """Return what other files may refer to: the names of faulty entries too."""

    def names(section: str, key: str) -> frozenset[str] | None:
        entries = [item.get(key) for _, item in toml.items(section, [])]
        return frozenset(name for name in entries if isinstance(name, str)) or None

    zone = toml.values.get("case_time_zone")
    return Context(
        site_names=names("sites", "site"),
        workstreams=names("workstreams", "workstream"),
        regions=names("sites", "region"),
        template_names=names("templates", "template"),
        sites={site.site: site for site in parts.usable_sites()},
        templates={template.template: template for template in parts.templates.values()},
        case_time_zone=zone if isinstance(zone, str) and parts.is_zone(zone) else None,
    )
