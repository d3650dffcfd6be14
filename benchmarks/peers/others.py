"""Ways that run in environments of their own: asked with a brief, answering with who holds which duty."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.environment import ROOT, PeersError, last_line, python_with
from benchmarks.peers.answer import Answer
from benchmarks.peers.brief import LEFT_OUT, Brief
from staffing.domain.problem import Problem
from staffing.rules.book import RuleBook

PYWORKFORCE_LOCK = ROOT / "benchmarks" / "service" / "peers" / "requirements.lock"
TIMEFOLD_LOCK = Path(__file__).with_name("peer_timefold") / "requirements.lock"
JAVA = "java"
PATIENCE, TO_START_SECONDS = 3.0, 120.0
"""A peer is ended after so many times its seconds, and what it needs to start."""


def pyworkforce(
    problem: Problem, book: RuleBook, seconds: float, seed: int, environments: Path
) -> Answer:
    """Ask pyworkforce, which knows heads by hour and no person's rules."""
    python = python_with(PYWORKFORCE_LOCK, environments)
    return _asked(python, "benchmarks.peers.peer_pyworkforce.run", problem, book, seconds, seed)


def timefold(
    problem: Problem, book: RuleBook, seconds: float, seed: int, environments: Path
) -> Answer:
    """Ask Timefold, which is given the rules that its streams can hold and levelled minutes."""
    if shutil.which(JAVA) is None:
        raise PeersError("no Java on this machine")
    python = python_with(TIMEFOLD_LOCK, environments)
    found = _asked(python, "benchmarks.peers.peer_timefold.run", problem, book, seconds, seed)
    return Answer(
        found.roster,
        found.seconds,
        remark=f"{found.remark}; {LEFT_OUT}",
        memory_mib=found.memory_mib,
    )


def _asked(
    python: Path, module: str, problem: Problem, book: RuleBook, seconds: float, seed: int
) -> Answer:
    """Run a peer's script on the brief of a week.

    Raises
    ------
    PeersError
        If it does not answer.
    """
    began = time.perf_counter()
    brief = Brief(problem, book)
    with tempfile.TemporaryDirectory() as folder:
        asked, answer = Path(folder, "brief.json"), Path(folder, "answer.json")
        facts = {**brief.facts(), "seconds": seconds, "seed": seed}
        asked.write_text(json.dumps(facts), encoding="utf-8")
        wrote = time.perf_counter() - began
        try:
            done = subprocess.run(
                [python, "-m", module, asked, answer],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
                timeout=PATIENCE * seconds + TO_START_SECONDS,
            )
        except subprocess.TimeoutExpired as error:
            raise PeersError(f"no answer after {error.timeout:.0f} s") from error
        if done.returncode:
            raise PeersError(last_line(done.stderr))
        told = json.loads(answer.read_text(encoding="utf-8"))
    return Answer(
        brief.roster((agent_id, duty) for agent_id, duty in told["held"]),
        wrote + told["seconds"],
        remark=told["remark"],
        memory_mib=told["memory_mib"],
    )
