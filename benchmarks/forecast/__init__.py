"""The forecast of the package beside its peers, on real hourly histories."""
