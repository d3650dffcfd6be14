"""Second international nurse rostering competition, week by week, with the package's problems, rules and solver."""
