"""Keep the engines' own remarks out of standard output, which belongs to the data."""

from __future__ import annotations

import io
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout

STDOUT = 1
_LOCK = threading.Lock()
_WITHIN: list[ExitStack] = []
"""One for each that is within, of which only the first did anything."""


@contextmanager
def quiet_engines() -> Iterator[None]:
    """Send what native code prints nowhere; what Python prints goes where it always goes.

    Threads may be within at the same time, and it may be entered again: the last one out gives the output back.
    """
    with _LOCK:
        silence = ExitStack()
        if not _WITHIN:
            silence.enter_context(_silence())
        _WITHIN.append(silence)
    try:
        yield
    finally:
        with _LOCK:
            if len(_WITHIN) == 1:
                _WITHIN[0].close()
                _WITHIN.clear()
            else:
                _WITHIN.pop()


@contextmanager
def _silence() -> Iterator[None]:
    sys.stdout.flush()
    kept = os.dup(STDOUT)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, STDOUT)
        if _writes_to_stdout():
            with (
                open(kept, "w", encoding="utf-8", buffering=1, closefd=False) as python_output,
                redirect_stdout(python_output),
            ):
                yield
        else:
            yield
    finally:
        os.dup2(kept, STDOUT)
        os.close(kept)
        os.close(nowhere)


def _writes_to_stdout() -> bool:
    """Tell whether Python's own output goes to the file descriptor (it does not in a notebook)."""
    try:
        return sys.stdout.fileno() == STDOUT
    except (OSError, io.UnsupportedOperation, AttributeError):
        return False
