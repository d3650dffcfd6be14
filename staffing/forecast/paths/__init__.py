"""Sample paths of all series together."""
