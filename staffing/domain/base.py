"""The one base of all domain types: frozen, strict about names."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Immutable value with no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")
