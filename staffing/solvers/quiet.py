"""Keep the engines' own remarks out of standard output, which belongs to the data."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

STDOUT = 1


@contextmanager
def quiet_engines() -> Iterator[None]:
    """Send what native code prints nowhere; what Python prints goes where it always goes."""
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
