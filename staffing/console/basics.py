"""The two streams, and what every command shows: JSON, faults, notes, tables without frames."""

from __future__ import annotations

import json
import math
import os
import sys
import webbrowser
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from staffing.domain.errors import InputError

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def show_json(content: dict[str, Any]) -> None:
    """Print one JSON object on one line; a number that is not known is null."""
    sys.stdout.write(json.dumps(_known(content), default=str, allow_nan=False) + "\n")


def open_in_browser(page: Path) -> None:
    """Open a page where there is a screen to show it on."""
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if has_screen or sys.platform in ("darwin", "win32"):
        webbrowser.open(page.resolve().as_uri())


def show_faults(error: InputError) -> None:
    """Print every fault on its own line."""
    count = len(error.faults)
    err.print(f"[bold red]{count} {'fault' if count == 1 else 'faults'} in the input[/bold red]")
    for fault in error.faults:
        err.print(f"  {fault}", markup=False)


def show_warnings(warnings: tuple[str, ...]) -> None:
    """Print what deserves a look."""
    for warning in warnings:
        err.print("[yellow]note[/yellow]", end=" ")
        err.print(warning, markup=False)


def narrow_table(title: str) -> Table:
    """Return a table without frames, so that it fits a narrow terminal."""
    return Table(
        title=title,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        collapse_padding=True,
    )


def _known(value: Any) -> Any:
    """Return the value with None for NaN and infinities, which JSON does not have."""
    if isinstance(value, dict):
        return {key: _known(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_known(entry) for entry in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
