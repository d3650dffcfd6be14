"""The manners of the house: sizes, docstrings, who prints, who knows time zones, what is listed and locked."""

from __future__ import annotations

import ast
import json
import re
import statistics
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "staffing"
MODULES = {path.relative_to(ROOT).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
LENGTHS = {name: len(path.read_text("utf-8").splitlines()) for name, path in MODULES.items()}
TIME_ZONE_LIBRARIES = {"zoneinfo", "pytz", "dateutil", "tzlocal"}


def imported(tree: ast.Module) -> Iterator[str]:
    """Top-level names of everything that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


def calls_print(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        for node in ast.walk(tree)
    )


def locked(name: str) -> dict[str, str]:
    """Versions by package of a lock file."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE))


def test_no_module_is_over_300_lines():
    assert {name: lines for name, lines in LENGTHS.items() if lines > 300} == {}


def test_the_median_module_is_near_120_lines(record_testsuite_property):
    median = statistics.median(n for name, n in LENGTHS.items() if not name.endswith("__init__.py"))
    record_testsuite_property("median_module_lines", median)
    assert median <= 140


def test_every_module_says_what_it_is():
    assert [name for name, tree in TREES.items() if not ast.get_docstring(tree)] == []


def test_only_the_clock_knows_time_zones():
    found = [name for name, tree in TREES.items() if TIME_ZONE_LIBRARIES & set(imported(tree))]
    assert found == ["staffing/domain/clock.py"]


def test_only_the_command_line_prints():
    printing = {name.split("/")[1] for name, tree in TREES.items() if calls_print(tree)}
    assert printing <= {"cli", "console"}


def test_every_package_and_top_module_is_listed_in_the_order_of_the_data():
    listed = re.findall(r"^\| `(\w+)`", (PACKAGE / "README.md").read_text("utf-8"), re.MULTILINE)
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    rooms |= {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = layers["tool"]["importlinter"]["contracts"][0]["layers"]
    order = [name for layer in reversed(layers) for name in re.findall(r"\w+", layer)]
    assert set(listed) == rooms
    assert listed == sorted(listed, key=order.index)


@pytest.mark.parametrize("extra", ["", "dask", "ray", "notebook", "dev"])
def test_the_lock_holds_what_the_package_asks_for(extra):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["build"]
    wanted += project["project"]["optional-dependencies"].get(extra, [])
    versions = locked("requirements-dev.lock" if extra else "requirements.lock")
    for requirement in map(Requirement, wanted):
        if requirement.name != "staffing":
            version = versions[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(version), f"{requirement} against {version}"


def test_both_locks_agree():
    core, everything = locked("requirements.lock"), locked("requirements-dev.lock")
    assert core.items() <= everything.items()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_names_versions_and_hashes_only(name):
    line = re.compile(r"[\w.-]+==[\w.]+( ; [^@:]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert [odd for odd in text.splitlines() if not line.fullmatch(odd)] == []


def test_notebooks_are_stored_without_outputs():
    for path in ROOT.glob("notebooks/*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert [cell["outputs"] for cell in cells if cell.get("outputs")] == [], path.name
