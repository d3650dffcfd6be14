"""The docs say what the code does: commands, rules, settings, links, and the two lines of the quick start."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import typer.main
from pydantic import BaseModel

from staffing.cli import app
from staffing.policy.settings import Settings, read_settings
from staffing.rules.book import RULES

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/**/*.md", "staffing/**/*.md", "data/**/*.md", "notebooks/*.md")
    for page in ROOT.glob(pattern)
)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    return [body for kind, body in FENCE.findall(page) if kind == language]


def commands() -> dict[str, Any]:
    """Commands of the tool by name."""
    return typer.main.get_command(app).commands


def options_of(command: Any) -> list[tuple[str, ...]]:
    """Spellings of each option of a command, `--open` and `--no-open` together."""
    spellings = [(*option.opts, *option.secondary_opts) for option in command.params]
    return [names for names in spellings if names[0].startswith("-")]


def typed_commands() -> Iterator[str]:
    """Every `$ staffing …` line of every page."""
    for page in PAGES:
        for body in blocks(page.read_text(encoding="utf-8"), "console"):
            yield from re.findall(r"^\$ (staffing .*)$", body, re.MULTILINE)


def settings_names(model: type[BaseModel]) -> set[str]:
    """Names of all fields of a model and of the models within."""
    names = set(model.model_fields)
    for field in model.model_fields.values():
        waiting = [field.annotation]
        while waiting:
            kind = waiting.pop()
            waiting.extend(get_args(kind))
            if isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not model:
                names |= settings_names(kind)
    return names


def test_the_quick_start_is_two_blocks_of_one_command_line():
    section = re.split(r"^## ", text("README.md"), flags=re.MULTILINE)
    (quick_start,) = [part for part in section if part.startswith("Quick start\n")]
    first, second = blocks(quick_start, "sh")
    assert first.count("\n") == second.count("\n") == 1
    assert blocks(text("README.md"), "sh") == [first, second]
    assert first.endswith("staffing demo)\n")
    assert second.endswith("pytest -n 2)\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_python_blocks_compile(page):
    for body in blocks(page.read_text(encoding="utf-8"), "python"):
        compile(body, page.name, "exec")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_toml_blocks_are_toml(page):
    for body in blocks(page.read_text(encoding="utf-8"), "toml"):
        tomllib.loads(body)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_relative_links_resolve(page):
    targets = [link.partition("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8"))]
    local = [target for target in targets if target and not re.match(r"\w+:", target)]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_every_command_has_its_heading_in_the_user_guide():
    headings = set(re.findall(r"^### `staffing (\w+)", text("docs/user-guide.md"), re.MULTILINE))
    assert headings == set(commands())


@pytest.mark.parametrize("line", sorted(set(typed_commands())))
def test_commands_in_the_docs_are_understood(line):
    _, name, *words = shlex.split(line, comments=True)
    known = {option for options in options_of(commands()[name]) for option in options}
    assert {word.partition("=")[0] for word in words if word.startswith("-")} <= known


def test_every_option_is_in_the_user_guide():
    guide = text("docs/user-guide.md")
    wanted = {options for command in commands().values() for options in options_of(command)}
    assert [
        options for options in sorted(wanted) if not any(f"`{name}" in guide for name in options)
    ] == []


def test_every_module_is_named_in_the_readme_of_the_package():
    parts = re.split(r"^\*\*([\w/]+)\*\*$", text("staffing/README.md"), flags=re.MULTILINE)
    rooms = {path.parent for path in (ROOT / "staffing").rglob("__init__.py")}
    rooms = {path.relative_to(ROOT / "staffing").as_posix() for path in rooms}
    assert {room for room in rooms if room.startswith("forecast")} <= set(parts[1::2])
    for room, listed in zip(parts[1::2], parts[2::2], strict=True):
        modules = {path.stem for path in (ROOT / "staffing" / room).glob("*.py")} - {"__init__"}
        named = set(re.findall(r"`(\w+)`", listed))
        assert modules <= named, f"{room}: {sorted(modules - named)}"


def test_every_rule_has_its_heading_in_the_catalogue():
    headings = re.findall(r"^## (\w+)", text("docs/rules.md"), re.MULTILINE)
    assert headings == [rule.kind for rule in RULES]


def test_every_setting_is_in_the_docs():
    pages = "\n".join(page.read_text("utf-8") for page in (ROOT / "docs").glob("*.md"))
    code = " ".join(re.findall(r"^```.*?^```|`[^`\n]+`", pages, re.MULTILINE | re.DOTALL))
    names = settings_names(Settings) - {"book"} | {"rules", "kind"}
    names |= {field for rule in RULES for field in rule.model_fields}
    assert names - set(re.findall(r"\w+", code)) == set()


def test_the_settings_of_the_user_guide_are_sound(tmp_path):
    (tmp_path / "staffing.toml").write_text(blocks(text("docs/user-guide.md"), "toml")[0], "utf-8")
    assert read_settings(tmp_path / "staffing.toml").name == "Trust and safety"
