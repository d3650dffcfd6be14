"""Minutes a case, by interval."""
