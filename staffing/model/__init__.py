"""CP-SAT building blocks: forms of rules as rows, backlog flow, prices."""
