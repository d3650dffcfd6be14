"""All tables about service: ``python -m benchmarks.service --json FILE``; a part is a module of this package."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, Protocol

from benchmarks.environment import DEFAULT_FOLDER
from benchmarks.service import backlog, erlang, lived, simulation, volume


class Part(Protocol):
    """A module that measures."""

    def measure(self, peers_folder: Path | None) -> dict[str, Any]:
        """Return every figure; without a folder for their environments, none of the peers."""
        ...

    def lines(self, result: dict[str, Any]) -> list[str]:
        """Return what to print."""
        ...


PARTS: dict[str, Part] = {
    "backlog": backlog,
    "erlang": erlang,
    "lived": lived,
    "simulation": simulation,
    "volume": volume,
}


def main(words: list[str] | None = None) -> None:
    """Measure the parts, print their lines and write the JSON."""
    asked = _parser().parse_args(words)
    figures = {}
    for name in asked.only or PARTS:
        figures[name] = PARTS[name].measure(None if asked.no_peers else asked.peers_env)
        print("\n".join(PARTS[name].lines(figures[name])), flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.service")
    add = parser.add_argument
    add("--json", type=Path, metavar="FILE", help="write every figure here")
    add("--only", action="append", choices=sorted(PARTS), help="this part; may be given again")
    add("--no-peers", action="store_true", help="only the package")
    add("--peers-env", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help="kept for next time")
    return parser


if __name__ == "__main__":
    main()
