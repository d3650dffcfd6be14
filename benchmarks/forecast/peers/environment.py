"""The environment of the peers of the forecast."""

from __future__ import annotations

from pathlib import Path

from benchmarks.environment import DEFAULT_FOLDER, python_with

__all__ = ["DEFAULT_FOLDER", "LOCK", "peers_python"]

LOCK = Path(__file__).with_name("requirements.lock")


def peers_python(folder: Path) -> Path:
    """Return its interpreter; see `python_with`."""
    return python_with(LOCK, folder)
