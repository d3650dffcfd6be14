"""Sample organisations: invented people, a drawn case history, a complete workspace on disk."""

from staffing.ingest.samples.write import SAMPLES, write_sample

__all__ = ["SAMPLES", "write_sample"]
