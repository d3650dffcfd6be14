"""Series, regions, workstreams and everything add up."""
