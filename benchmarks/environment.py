"""Environments of peers: made once from a lock file, used as long as the lock stays the same."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEFAULT_FOLDER = ROOT / ".cache"
MADE = "made"


class PeersError(Exception):
    """The peers cannot be asked; the message says why."""


def python_with(lock: Path, folder: Path) -> Path:
    """Return the interpreter of an environment that holds what a lock names.

    Parameters
    ----------
    lock
        Names, versions and hashes.
    folder
        The environment is made below it where it is not there yet.

    Raises
    ------
    PeersError
        If packages cannot be installed.
    """
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:8]
    home = folder.absolute() / f"peers-{version}-{digest}"
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (home / MADE).exists():
        venv.create(home, with_pip=True, clear=True)
        options = ("-q", "--require-hashes", "-r", str(lock))
        done = subprocess.run(
            [str(python), "-m", "pip", "install", *options],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PeersError(last_line(done.stderr))
        (home / MADE).touch()
    return python


def last_line(text: str) -> str:
    """Return the last line of what a process complained about."""
    return (text.strip().splitlines() or ["no message"])[-1]
