"""What a manager should know of a history, and whose holidays move it."""
