"""Peers of the solver on one week of ours: same instance, same seconds, every roster audited by the package."""
