"""Shape, roster, improvement: from a problem to a schedule with a proven bound."""
