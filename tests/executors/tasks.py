"""Tasks for workers: they must stand at the top of a module that a worker can import."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from staffing.domain.errors import Fault, InputError


def square(number: int) -> int:
    return number * number


def process(_: int) -> int:
    return os.getpid()


def slow_at_first(number: int) -> int:
    time.sleep(0.1 if number == 0 else 0.0)
    return number


def failing_from_two(number: int) -> int:
    if number >= 2:
        raise InputError([Fault(file="cases.csv", message=f"cannot do {number}.")])
    return number


def unportable(number: int) -> int:
    error = ValueError("holds a thing that no pickle takes")
    error.thing = lambda: number  # type: ignore[attr-defined]
    raise error


def killed_at_first(place_and_marker: tuple[int, Path]) -> int:
    """Take the worker down with it the first time that the marker is not there."""
    place, marker = place_and_marker
    if place == 1 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return place


def killed_always(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.02)
    return number


def tell_and_sleep(folder: Path) -> None:
    """Leave a file with the name of the process, and go on for an hour."""
    (folder / f"{os.getpid()}.pid").touch()
    time.sleep(3600)


def killed_at_its_first(marker_function_item: tuple[Path, Callable[[Any], Any], Any]) -> Any:
    """Take the worker down with it where the marker is not there yet; else do the task."""
    marker, function, item = marker_function_item
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return function(item)
