"""Workload to requirement: Erlang for immediate queues, deadlines for deferrable ones, shrinkage once."""
