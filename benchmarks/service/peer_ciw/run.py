"""Two priorities by ciw: ``run.py SYSTEM ANSWER``, both JSON. Runs in the environment of the peer."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import ciw

NAMES = ("first", "second")


def main() -> None:
    """Read the system, live it once, write how fast that was and how long people waited."""
    system = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arrivals, times = ciw.dists.Exponential(system["rate"]), system["lognormal"]
    network = ciw.create_network(
        arrival_distributions={name: [arrivals] for name in NAMES},
        service_distributions={name: [ciw.dists.Lognormal(*times)] for name in NAMES},
        number_of_servers=[system["agents"]],
        priority_classes={name: place for place, name in enumerate(NAMES)},
    )
    ciw.seed(system["seed"])
    simulation = ciw.Simulation(network)
    began = time.process_time()
    simulation.simulate_until_max_time(system["minutes"])
    seconds = time.process_time() - began
    waits: dict[str, list[float]] = {name: [] for name in NAMES}
    for record in simulation.get_all_records(only=["service"]):
        waits[record.customer_class].append(record.waiting_time)
    answer = {
        "cases_per_cpu_second": sum(map(len, waits.values())) / seconds,
        "waits": [sum(own) / len(own) for own in waits.values()],
    }
    Path(sys.argv[2]).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
