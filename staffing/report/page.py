"""What every page has in common: templates, figures as safe JSON, style and script of the package, one way to disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

import staffing
from staffing.domain.errors import Fault, InputError
from staffing.report import figures, words


@dataclass(frozen=True)
class Panel:
    """A figure with the button that shows it; ``data`` is its JSON, safe inside a script element."""

    name: str
    label: str
    data: Markup


def panel(name: str, label: str, figure: Any) -> Panel:
    """Return a plotly figure as a panel."""
    return Panel(name, label, json_text(figure.to_json()))


def page(template: str, **context: Any) -> str:
    """Return a page as HTML text that fetches nothing; everything of the user's is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("staffing.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": words.number,
        "hours": words.hours,
        "percent": words.percent,
        "planned_volume": words.planned_volume,
        "plain": words.plain,
        "day": words.day,
    }
    return environment.get_template(template).render(
        version=staffing.__version__,
        plural=words.plural,
        config=json_text(figures.config_json()),
        css=_asset("report.css"),
        script=_asset("report.js"),
        plotly_js=Markup(figures.plotly_js()),
        **context,
    )


def write_page(path: Path, content: str) -> None:
    """Write a page: aside first, then renamed, so that nobody reads half of it.

    Raises
    ------
    InputError
        If the place cannot be written to.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.write_text(content, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        reason = error.strerror or "unknown reason"
        message = f"cannot be written ({reason}). Choose a folder that exists and is writable."
        raise InputError([Fault(file=str(path), message=message)]) from error


def rows_of(table: Any) -> list[dict[str, Any]]:
    """Return a table as one mapping per row."""
    return list(table.to_dict("records"))


def json_text(text: str) -> Markup:
    """Return JSON that cannot end the script element it stands in."""
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _asset(name: str) -> Markup:
    """Return a style sheet or script of the package, to be inlined as it is."""
    source = resources.files("staffing.report") / "templates" / name
    return Markup(source.read_text(encoding="utf-8"))
