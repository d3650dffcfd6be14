"""Tours: one person's whole horizon, found exactly for given prices by a compiled dynamic program."""
