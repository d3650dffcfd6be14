"""ciw, in an environment of its own: it brings a top-level package ``tests``."""
