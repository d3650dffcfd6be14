"""Where independent tasks run: here, in processes, on Dask or on Ray, with the same results."""
