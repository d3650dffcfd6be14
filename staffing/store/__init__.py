"""Builds on disk: what a build writes, and how it is read back."""
