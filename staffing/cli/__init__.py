"""The command line: one command per step. Data goes to stdout, progress and messages to stderr."""

from staffing.cli.entry import app, main

__all__ = ["app", "main"]
