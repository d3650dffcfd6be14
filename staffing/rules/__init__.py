"""One file per rule; the book lists them all."""
