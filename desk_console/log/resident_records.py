"""What happened to residents' data: each change with old and new, and each look behind the mask.

Both are sealed. The words of a change go when a resident's data is erased by order; that somebody
looked stays.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from desk_console.foundation.columns import code_field, seal, utc_field


class ChangeKind(StrEnum):
    """What was done to a resident or a unit."""

    ADDED = "added"
    CHANGED = "changed"
    LEFT = "left"
    RETURNED = "returned"
    INSTRUCTION = "instruction"
    """What the desk must know before it acts in the unit."""


class LookReason(StrEnum):
    """Why somebody had to see a resident's data whole (4.9: used for work only)."""

    CALL_BACK = "call_back"
    VISIT = "visit"
    IDENTITY = "identity"
    EMERGENCY = "emergency"
    MATTER = "matter"


class ErasureReason(StrEnum):
    """Why a resident's data must go: a code, so that none of their words is in the journal."""

    REQUEST = "request"
    """They asked for it, or took their consent back."""
    RETENTION = "retention"
    """What it was kept for is over, or it was kept long enough."""
    UNLAWFUL = "unlawful"
    """It should not have been taken down."""
    AUTHORITY = "authority"
    """A court or an authority ordered it."""


class ResidentChange(SQLModel, table=True):
    """One change, with what stood there before."""

    __tablename__ = "resident_change"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    resident_id: int | None = Field(default=None, foreign_key="resident.id")
    what: ChangeKind = code_field(ChangeKind)
    was: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    becomes: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    reason: str = ""
    person_id: int = Field(foreign_key="person.id")
    at: datetime = utc_field()
    salt: str
    erased_by: int | None = None


seal("resident_change", erasable=("was", "becomes", "reason", "salt", "erased_by"))


class ResidentLook(SQLModel, table=True):
    """Somebody saw a resident's name and numbers whole: who, when, what for."""

    __tablename__ = "resident_look"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    resident_id: int = Field(foreign_key="resident.id")
    person_id: int = Field(foreign_key="person.id")
    reason: LookReason = code_field(LookReason)
    at: datetime = utc_field()


seal("resident_look")
