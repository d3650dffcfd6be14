"""The master: one tour per person, chosen so that together they serve; column generation with a proven bound."""
