"""Timefold on our week, in an environment of its own; it needs a Java machine."""
