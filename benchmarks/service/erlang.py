"""Erlang C beside pyworkforce on the same random cases: equality, and how many times faster ours are.

pyworkforce 0.5 has Erlang C alone, one case at a time. Its formula means something where there are more agents than
erlangs. Its search for the smallest staff begins at ``round(load + 1)``, which may be one more than the smallest.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.environment import ROOT, PeersError, last_line, python_with
from staffing.requirement.erlang import erlang_a, erlang_c, on_time_fraction
from staffing.requirement.staff_search import smallest_staff
from staffing.requirement.workload import offered_load

CASES, SEED = 10_000, 4
INTERVAL_MINUTES = 30
REPEATS = 20
CLOSE = 1e-9
LOCK = Path(__file__).with_name("peers") / "requirements.lock"

Array = npt.NDArray[Any]
Cases = dict[str, Array]


def draw_cases(count: int = CASES, seed: int = SEED) -> Cases:
    """Draw queues as contact centres have them: .2 to 1,000 erlangs, half of them below 25.

    One in five has fewer agents than erlangs, or as many.
    """
    rng = np.random.default_rng(seed)
    volume = np.round(np.exp(rng.uniform(np.log(5), np.log(2000), count)), 1)
    aht = np.round(rng.uniform(1, 15, count), 2)
    load = offered_load(volume, aht, INTERVAL_MINUTES)
    spread = rng.uniform(-1, 4, count) * np.sqrt(load)
    return {
        "volume": volume,
        "aht_minutes": aht,
        "interval_minutes": np.full(count, INTERVAL_MINUTES),
        "threshold_minutes": np.round(rng.uniform(0.1, 5, count), 2),
        "agents": np.maximum(1, np.ceil(load + spread)).astype(np.int64),
        "target": np.round(rng.uniform(0.5, 0.99, count), 3),
        "occupancy_cap": np.round(rng.uniform(0.75, 1.0, count), 2),
    }


def measure(peers_folder: Path | None) -> dict[str, Any]:
    """Return equality, seconds and ratios; those of the peer are missing where it cannot be asked.

    Parameters
    ----------
    peers_folder
        Where its environment is kept; None leaves it out.
    """
    cases = draw_cases()
    ours = {name: _timed(job, cases) for name, job in JOBS.items()}
    result: dict[str, Any] = {
        "cases": CASES,
        "ours_cpu_seconds": {name: seconds for name, (_, seconds) in ours.items()},
    }
    if peers_folder is None:
        return result
    try:
        theirs = _ask(python_with(LOCK, peers_folder), cases)
    except PeersError as error:
        return result | {"left_out": f"pyworkforce: {error}"}
    seconds = {name: answer["cpu_seconds"] for name, answer in theirs.items()}
    answers = {name: answer["answers"] for name, answer in theirs.items()}
    return result | {
        "pyworkforce_cpu_seconds": seconds,
        "times_faster": {name: seconds[name] / ours[name][1] for name in seconds},
        "equality": _equality(cases, {name: found for name, (found, _) in ours.items()}, answers),
    }


def lines(result: dict[str, Any]) -> list[str]:
    """Return the result for people."""
    told = [f"Erlang, {result['cases']:,} random cases, best CPU seconds, once compiled"]
    theirs = result.get("pyworkforce_cpu_seconds", {})
    for name, seconds in result["ours_cpu_seconds"].items():
        line = f"  {name:<10} ours {seconds:8.5f}"
        if name in theirs:
            line += f"  pyworkforce {theirs[name]:8.4f}  {result['times_faster'][name]:6.0f} times faster"
        told.append(line)
    if equal := result.get("equality"):
        told += [
            f"  defined in both: {equal['defined']:,}; greatest difference of the share that waits "
            f"{equal['waiting_difference']:.1e}, of the service level {equal['on_time_difference']:.1e}",
            f"  smallest staff: equal in {equal['staff_equal']:,}; in {equal['staff_start']:,} pyworkforce begins "
            f"above the smallest, which meets target and cap; in {equal['staff_other']:,} otherwise",
        ]
    if left_out := result.get("left_out"):
        told.append(f"  left out: {left_out}")
    return told


def _waiting(cases: Cases) -> Array:
    return erlang_c(_load(cases), cases["agents"])


def _on_time(cases: Cases) -> Array:
    in_aht = cases["threshold_minutes"] / cases["aht_minutes"]
    return on_time_fraction(_load(cases), cases["agents"], in_aht)


def _staff(cases: Cases) -> Array:
    return smallest_staff(
        _load(cases),
        cases["aht_minutes"],
        cases["threshold_minutes"],
        cases["target"],
        cases["occupancy_cap"],
    )


def _impatient(cases: Cases) -> Array:
    """Erlang A with a patience of five minutes, which pyworkforce does not have."""
    times = (cases["aht_minutes"], 5.0, cases["threshold_minutes"])
    return erlang_a(_load(cases), cases["agents"], *times).on_time_of_arrivals


JOBS: dict[str, Callable[[Cases], Array]] = {
    "waiting": _waiting,
    "on_time": _on_time,
    "staff": _staff,
    "erlang_a": _impatient,
}


def _load(cases: Cases) -> Array:
    return offered_load(cases["volume"], cases["aht_minutes"], INTERVAL_MINUTES)


def _timed(job: Callable[[Cases], Array], cases: Cases) -> tuple[Array, float]:
    """Return the answers, and the least CPU seconds once compiled."""
    found, best = job(cases), np.inf
    for _ in range(REPEATS):
        began = time.process_time()
        job(cases)
        best = min(best, time.process_time() - began)
    return found, best


def _ask(python: Path, cases: Cases) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        asked, answers = Path(folder, "cases.json"), Path(folder, "answers.json")
        content = {name: values.tolist() for name, values in cases.items()}
        asked.write_text(json.dumps(content), encoding="utf-8")
        done = subprocess.run(
            [python, "-m", "benchmarks.service.peers.run", asked, answers],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PeersError(last_line(done.stderr))
        found: dict[str, Any] = json.loads(answers.read_text(encoding="utf-8"))
    return found


def _equality(cases: Cases, ours: dict[str, Array], theirs: dict[str, Any]) -> dict[str, Any]:
    """Compare where both mean something; a staff that differs is looked into."""
    load = _load(cases)
    defined = cases["agents"] > load
    peers = {name: np.array(answers, dtype=np.float64) for name, answers in theirs.items()}
    other = ours["staff"] != peers["staff"]
    level = on_time_fraction(load, ours["staff"], cases["threshold_minutes"] / cases["aht_minutes"])
    enough = (level >= cases["target"] - CLOSE) & (
        load <= ours["staff"] * cases["occupancy_cap"] + CLOSE
    )
    begins_above = other & enough & (ours["staff"] < peers["staff"])
    begins_above &= peers["staff"] == np.round(load + 1)
    return {
        "defined": int(defined.sum()),
        "waiting_difference": float(np.abs(ours["waiting"] - peers["waiting"])[defined].max()),
        "on_time_difference": float(np.abs(ours["on_time"] - peers["on_time"])[defined].max()),
        "staff_equal": int((~other).sum()),
        "staff_start": int(begins_above.sum()),
        "staff_other": int((other & ~begins_above).sum()),
    }
