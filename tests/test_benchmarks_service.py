"""The benchmark of service runs in one command, with and without its peers."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks.environment import PeersError
from benchmarks.service import erlang
from benchmarks.service.__main__ import main


def test_one_command_prints_a_table_and_writes_the_figures(tmp_path, capsys):
    written = tmp_path / "figures.json"
    main(["--only", "erlang", "--no-peers", "--json", str(written)])
    figures = json.loads(written.read_text(encoding="utf-8"))["erlang"]
    assert set(figures["ours_cpu_seconds"]) == {"waiting", "on_time", "staff", "erlang_a"}
    assert "10,000 random cases" in capsys.readouterr().out


def test_without_the_environment_of_the_peers_the_run_goes_on_and_says_so(tmp_path, monkeypatch):
    def offline(*_):
        raise PeersError("no index")

    monkeypatch.setattr(erlang, "python_with", offline)
    result = erlang.measure(tmp_path)
    assert erlang.lines(result)[-1] == "  left out: pyworkforce: no index"


def test_equality_is_counted_where_both_are_defined():
    # 2.6 erlangs, target .2 in a handle time: 3 agents are enough, and a search from round(3.6) on finds 4.
    cases = erlang.draw_cases(3, seed=1) | {
        "volume": np.array([78.0, 78.0, 78.0]),
        "aht_minutes": np.ones(3),
        "threshold_minutes": np.ones(3),
        "agents": np.array([2, 3, 4]),
        "target": np.array([0.2, 0.2, 0.2]),
        "occupancy_cap": np.ones(3),
    }
    ours = {name: job(cases) for name, job in erlang.JOBS.items()}
    assert ours["staff"].tolist() == [3, 3, 3]
    theirs = {"waiting": [None, *ours["waiting"][1:]], "on_time": ours["on_time"].tolist()}
    found = erlang._equality(cases, ours, theirs | {"staff": [3, 4, 5]})
    assert found["defined"] == 2
    assert found["waiting_difference"] == pytest.approx(0)
    assert (found["staff_equal"], found["staff_start"], found["staff_other"]) == (1, 1, 1)
