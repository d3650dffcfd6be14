"""A schedule is lived, its requirement tightened where targets fail, and built again."""
