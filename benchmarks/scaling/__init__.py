"""How the solver grows: people by queues by weeks, each problem solved in a process of its own."""
