"""Replay of a week with random cases: what the plan believes, lived many times."""
