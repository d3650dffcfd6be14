"""Simulated cases a second on one core, once warm, beside ciw on the same system in the same run."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.environment import PeersError, last_line, python_with
from staffing.domain.clock import Horizon
from staffing.domain.people import Agent, Site
from staffing.domain.problem import Problem
from staffing.domain.roster import Roster
from staffing.domain.shifts import Duty
from staffing.domain.work import Queue, Workstream
from staffing.simulate.cases import Arrivals
from staffing.simulate.demand import Demand
from staffing.simulate.desk import desk_of
from staffing.simulate.habits import Habits
from staffing.simulate.presence import Duties
from staffing.simulate.replicate import Stage, floor_of, live
from staffing.simulate.run import classes_of, pool_of

HORIZON = Horizon.of_week("2026-W49")
SITE = Site(site="here", region="EMEA", time_zone="Europe/Dublin", country="IE")
ASKED = 1_000_000
AHT_MINUTES = 4.0
UTILISATION = 0.85
AGENTS, QUEUES = 60, 6
AGENTS_OF_PEER, HOURS_OF_PEER = 5, 100
ROUNDS = 3
PEER = Path(__file__).with_name("peer_ciw")
SEED = 1


def measure(peers_folder: Path | None) -> dict[str, Any]:
    """Return cases a CPU second: the loop alone, all of a replication, both of two priorities, and those by ciw.

    Parameters
    ----------
    peers_folder
        Where the environment of ciw is kept; None leaves it out.
    """
    large = _stage(AGENTS, [("deferrable", 1 + n % 3) for n in range(QUEUES)], skills=3)
    small = _stage(AGENTS_OF_PEER, [("immediate", 2), ("immediate", 1)])
    found = {"loop": _loop(large), "replication": _whole(large), "two_priorities": _loop(small)}
    result = {"cases_per_cpu_second": found, "waits": _waits(small)}
    if peers_folder is None:
        return result
    try:
        theirs = _ciw(python_with(PEER / "requirements.lock", peers_folder))
    except PeersError as error:
        return result | {"left_out": f"ciw: {error}"}
    ratio = found["two_priorities"] / theirs["cases_per_cpu_second"]
    return result | {"ciw": theirs, "ratio": ratio}


def lines(result: dict[str, Any]) -> list[str]:
    """Return what was measured, and whether it is enough."""
    rates = result["cases_per_cpu_second"]
    met = "met" if rates["loop"] >= ASKED else "MISSED"
    said = [
        f"simulated cases a CPU second, one core, warm   asked: {ASKED:,}   {met}",
        f"  {AGENTS} people, {QUEUES} queues, 3 pools, loop alone   {rates['loop']:>12,.0f}",
        f"  the same, drawn and counted too            {rates['replication']:>12,.0f}",
        f"  {AGENTS_OF_PEER} people, two priorities, loop alone       {rates['two_priorities']:>12,.0f}",
    ]
    if "left_out" in result:
        said.append(f"  left out: {result['left_out']}")
    if "ciw" in result:
        theirs, rate = result["ciw"]["waits"], result["ciw"]["cases_per_cpu_second"]
        said += [
            f"  ciw, the same two priorities               {rate:>12,.0f}   ratio {result['ratio']:,.0f}",
            f"  mean waits in minutes: ours {_minutes(result['waits'])}; ciw {_minutes(theirs)}",
        ]
    return said


def _minutes(waits: list[float]) -> str:
    return ", ".join(f"{wait:.2f}" for wait in waits)


def _stage(agents: int, kinds: list[tuple[str, int]], skills: int = 1) -> Stage:
    """Return a week in which people are there round the clock, some of them without the last queues."""
    per_hour = agents * UTILISATION * 60 / AHT_MINUTES / len(kinds)
    queues = [_queue(f"q{n}", kind, priority, per_hour) for n, (kind, priority) in enumerate(kinds)]
    names = [queue.queue for queue in queues]
    problem = Problem(
        week="2026-W49",
        horizon=HORIZON,
        sites=(SITE,),
        agents=tuple(_agent(n, names[: len(names) - n % skills]) for n in range(agents)),
        templates=(),
        queues=tuple(queues),
    )
    week = Duty(
        site="here",
        template="",
        date=HORIZON.first_date,
        start=0,
        end=HORIZON.minutes + 60,
        start_local=0,
    )
    roster = Roster(duties={agent.agent_id: (week,) for agent in problem.agents})
    habits = Habits()
    desk = desk_of(problem, None, habits.keep_free_below_minutes)
    volumes = np.array([queue.volume for queue in queues])
    demand = Demand(np.rint(volumes[None]).astype(np.int64), np.ones(len(queues)))
    return Stage(
        desk=desk,
        arrivals=Arrivals.of(problem, demand),
        duties=Duties.of(problem, roster, 0.0, habits.pause_minutes),
        pool=pool_of(problem, desk),
        klass=classes_of(problem)[1],
        exposing=np.zeros(len(queues)),
        policy=habits.policy,
        intervals=HORIZON.intervals,
        width=60.0,
        seed=SEED,
    )


def _queue(name: str, kind: str, priority: int, per_hour: float) -> Queue:
    target = {"threshold_minutes": 2} if kind == "immediate" else {"due_minutes": 240 * priority}
    hours = HORIZON.intervals
    work = Workstream.model_validate(
        {"workstream": name, "kind": kind, "target_fraction": 0.9, "priority": priority, **target}
    )
    return Queue(
        queue=name,
        workstream=work,
        volume=(per_hour,) * hours,
        aht_minutes=(AHT_MINUTES,) * hours,
        arrivals_minutes=(0,) * hours,
        required_agents=(0,) * hours,
    )


def _agent(number: int, workstreams: list[str]) -> Agent:
    return Agent(
        agent_id=f"{number:03}",
        name="",
        email="",
        site="here",
        grade="",
        weekly_minutes=2400,
        workstreams=tuple(workstreams),
    )


def _volumes(stage: Stage, number: int) -> np.ndarray:
    """Return Poisson cases of a week by queue and hour."""
    rate = UTILISATION * len(stage.pool) * 60 / AHT_MINUTES / len(stage.desk.queues)
    shape = (len(stage.desk.queues), stage.intervals)
    return np.random.default_rng([SEED, number]).poisson(rate, shape)


def _loop(stage: Stage) -> float:
    """Return cases a CPU second of the compiled loop, the median of some rounds."""
    from staffing.simulate.engine import replay

    rates = []
    for number in range(ROUNDS + 1):
        rng = np.random.default_rng([SEED, number])
        drawn = stage.arrivals.drawn(_volumes(stage, number), rng)
        floor = floor_of(stage.desk, stage.pool, stage.policy, drawn, stage.duties.drawn(rng))
        began = time.process_time()
        replay(floor, stage.desk.planned, stage.desk.turns, float(HORIZON.minutes), stage.width)
        rates.append(len(drawn) / (time.process_time() - began))
    return float(np.median(rates[1:]))


def _whole(stage: Stage) -> float:
    """Return cases a CPU second of drawing, living and counting a replication, the median of some rounds."""
    rates = []
    for number in range(ROUNDS + 1):
        cases = _volumes(stage, number)
        began = time.process_time()
        live(stage, number, cases)
        rates.append(int(cases.sum()) / (time.process_time() - began))
    return float(np.median(rates[1:]))


def _waits(stage: Stage) -> list[float]:
    """Return the mean wait of each priority in minutes, of many weeks."""
    from staffing.simulate.engine import replay

    sums, counts = np.zeros(2), np.zeros(2)
    for number in range(20):
        rng = np.random.default_rng([SEED, number])
        drawn = stage.arrivals.drawn(_volumes(stage, number), rng)
        floor = floor_of(stage.desk, stage.pool, stage.policy, drawn, stage.duties.drawn(rng))
        replay(floor, stage.desk.planned, stage.desk.turns, float(HORIZON.minutes), stage.width)
        begun = ~np.isnan(drawn["begun"])
        sums += np.bincount(drawn["queue"][begun], (drawn["begun"] - drawn["opened"])[begun], 2)
        counts += np.bincount(drawn["queue"][begun], minlength=2)
    return [float(wait) for wait in sums / counts]


def _ciw(python: Path) -> dict[str, Any]:
    """Return cases a CPU second and mean waits of the same two priorities by ciw."""
    system = {
        "agents": AGENTS_OF_PEER,
        "rate": UTILISATION * AGENTS_OF_PEER / AHT_MINUTES / 2,
        "lognormal": _lognormal(),
        "minutes": 60 * HOURS_OF_PEER,
        "seed": SEED,
    }
    with tempfile.TemporaryDirectory() as folder:
        asked, answer = Path(folder) / "system.json", Path(folder) / "answer.json"
        asked.write_text(json.dumps(system), encoding="utf-8")
        done = subprocess.run(
            [str(python), str(PEER / "run.py"), str(asked), str(answer)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PeersError(last_line(done.stderr))
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return found


def _lognormal() -> tuple[float, float]:
    """Return mean and deviation of the logarithm: the mean handle time, as far dispersed as an exponential."""
    variance = np.log(2)
    return float(np.log(AHT_MINUTES) - variance / 2), float(np.sqrt(variance))
