"""Words of the house: time, people, shifts, work, problem, roster, result. Imports nothing of the package."""
