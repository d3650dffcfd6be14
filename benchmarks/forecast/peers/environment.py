"""The environment of the peers: made once from their lock, used as long as the lock stays the same."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.forecast.peers.ask import ROOT, PeersError, last_line

LOCK = Path(__file__).with_name("requirements.lock")
DEFAULT_FOLDER = ROOT / ".cache"
MADE = "made"


def peers_python(folder: Path) -> Path:
    """Return the interpreter of the environment, made below a folder where it is not there yet.

    Raises
    ------
    PeersError
        If packages cannot be installed.
    """
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:8]
    home = folder.absolute() / f"peers-{version}-{digest}"
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (home / MADE).exists():
        venv.create(home, with_pip=True, clear=True)
        options = ("-q", "--require-hashes", "-r", str(LOCK))
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
