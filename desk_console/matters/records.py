"""The tables of matters: what an entry leaves open, who owns it, and its history."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from desk_console.foundation.columns import code_field, seal, utc_field
from desk_console.matters.codes import Importance as Importance


class Matter(SQLModel, table=True):
    """Something that stays open until somebody settles it. It has an owner at every moment."""

    __tablename__ = "matter"
    __table_args__ = (Index("matter_open", "closed_at", "due_at"),)

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int | None = Field(default=None, foreign_key="entry.id", index=True)
    kind: str
    """`repair`, `complaint`, `errand`, `help`, `enquiry` or `task`."""
    title: str
    owner_id: int = Field(foreign_key="person.id", index=True)
    importance: Importance = code_field(Importance)
    is_urgent: bool = False
    opened_at: datetime = utc_field()
    due_at: datetime | None = utc_field(optional=True)
    """Until when it may wait."""
    next_step: str = ""
    closed_at: datetime | None = utc_field(optional=True)
    closed_by: int | None = Field(default=None, foreign_key="person.id")
    result: str = ""
    answered: str = ""
    """What the caller was told (3.8)."""
    revision: int = 1
    """Counts the changes: who acts on an older one is told what changed."""


class MatterEvent(SQLModel, table=True):
    """One step in a matter's history."""

    __tablename__ = "matter_event"

    id: int | None = Field(default=None, primary_key=True)
    matter_id: int = Field(foreign_key="matter.id", index=True)
    at: datetime = utc_field()
    person_id: int = Field(foreign_key="person.id")
    what: str
    """`opened`, `owner`, `importance`, `progress`, `closed`."""
    words: str = ""
    owner_id: int | None = None
    revision: int
    """The matter's revision that this step made: who held an older form is told of it."""
    salt: str
    erased_by: int | None = None


seal("matter_event", erasable=("words", "salt", "erased_by"))
