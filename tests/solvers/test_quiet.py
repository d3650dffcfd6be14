from __future__ import annotations

import os

from staffing.solvers.quiet import quiet_engines


def test_what_engines_print_goes_nowhere(capfd):
    with quiet_engines():
        os.write(1, b"an engine speaks\n")
    assert capfd.readouterr().out == ""


def test_output_is_back_afterwards(capfd):
    with quiet_engines():
        pass
    os.write(1, b"data\n")
    assert capfd.readouterr().out == "data\n"


def test_messages_on_stderr_are_not_touched(capfd):
    with quiet_engines():
        os.write(2, b"progress\n")
    assert capfd.readouterr().err == "progress\n"


def test_python_may_print_meanwhile(capfd):
    with quiet_engines():
        print("a line of data")  # noqa: T201
    assert capfd.readouterr().out == "a line of data\n"


def test_output_is_back_after_an_error(capfd):
    try:
        with quiet_engines():
            raise RuntimeError
    except RuntimeError:
        os.write(1, b"data\n")
    assert capfd.readouterr().out == "data\n"
