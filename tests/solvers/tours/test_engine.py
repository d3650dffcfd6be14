"""What is kept of the compiled search is made anew when anything in it changes; without numba it runs as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zlib import crc32

from staffing.solvers import tours
from staffing.solvers.tours import engine

FOLDER = Path(tours.__file__).parent
PLAIN = """
from random import Random
import numpy as np
from staffing.solvers.tours.space import TourSpace
from tests.solvers.tours.brute import assert_cheapest, every_tour
from tests.solvers.tours.drawn import draw_member
for seed in range(6):
    space = TourSpace(*draw_member(Random(seed)))
    prices = np.random.default_rng(seed).normal(0, 300, space.duties).round()
    assert_cheapest(space, prices, every_tour(space))
"""


def test_a_change_of_what_is_compiled_in_changes_the_engine():
    names = ("records", "moving", "bounding", "corridor")
    parts = [(FOLDER / f"{name}.py").read_bytes() for name in names]
    found = f"{crc32(b''.join(parts)):08x}"
    assert found == engine.COMPILED_WITH, f"write COMPILED_WITH = {found!r} into engine.py"


def test_plain_python_finds_the_same():
    root = FOLDER.parents[2]
    env = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    subprocess.run([sys.executable, "-c", PLAIN], check=True, env=env, cwd=root)
