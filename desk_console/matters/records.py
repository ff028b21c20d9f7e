"""The tables of matters: what stays open, its form and stage, who owns it, and its history.

A matter has one owner and one stage at every moment. Its history is sealed: each step says who,
when, what, the stage and the level that it led to, and the facts that were written into the form.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from desk_console.foundation.columns import CodeOf, code_field, seal, utc_field
from desk_console.matters.codes import Form as Form
from desk_console.matters.codes import Grade as Grade
from desk_console.matters.codes import Importance as Importance
from desk_console.matters.codes import Level as Level
from desk_console.matters.codes import Stage as Stage
from desk_console.matters.codes import Urgency as Urgency


class Matter(SQLModel, table=True):
    """Something that stays open until somebody settles it. It has an owner at every moment."""

    __tablename__ = "matter"
    __table_args__ = (
        Index("matter_open", "closed_at", "due_at"),
        Index("matter_number", "number", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int | None = Field(default=None, foreign_key="entry.id", index=True)
    kind: str
    """What it is about: the category of its entry, or `task`, `visit`, `incident`, `missed`."""
    title: str
    owner_id: int = Field(foreign_key="person.id", index=True)
    importance: Importance = code_field(Importance)
    is_urgent: bool = False
    """Urgent, or life safety."""
    opened_at: datetime = utc_field()
    due_at: datetime | None = utc_field(optional=True)
    """Until when it may wait for what `due_for` names."""
    next_step: str = ""
    closed_at: datetime | None = utc_field(optional=True)
    closed_by: int | None = Field(default=None, foreign_key="person.id")
    result: str = ""
    answered: str = ""
    """What the caller was told (3.8)."""
    revision: int = 1
    """Counts the changes: who acts on an older one is told what changed."""
    form: Form | None = code_field(Form, optional=True)
    number: str | None = None
    """The form's number: in order for each form and year."""
    stage: Stage = code_field(Stage, default=Stage.OPEN)
    level: Level = code_field(Level, default=Level.DESK)
    urgency: Urgency = code_field(Urgency, default=Urgency.MINOR)
    grade: Grade | None = code_field(Grade, optional=True)
    due_for: str = ""
    """What falls due: see `clocks.Promise`."""
    department_id: int | None = Field(default=None, foreign_key="department.id")
    """Who was asked to deal with it."""
    assignee_id: int | None = Field(default=None, foreign_key="person.id")
    """Who does the work."""
    asked_rung: int | None = None
    """The rung of the ladder that was asked and has not answered yet (9.6)."""
    asked_at: datetime | None = utc_field(optional=True)
    reported_at: datetime | None = utc_field(optional=True)
    """When it was first reported upward (2.4, 9.6)."""
    decided_rung: int | None = None
    """The highest rung that has answered by its own PIN (1.11)."""
    told_rung: int | None = None
    """The rung whose answer the desk noted: it waits for `told_by` to confirm it (9.6)."""
    told_by: int | None = Field(default=None, foreign_key="person.id")


class MatterEvent(SQLModel, table=True):
    """One step in a matter's history."""

    __tablename__ = "matter_event"

    id: int | None = Field(default=None, primary_key=True)
    matter_id: int = Field(foreign_key="matter.id", index=True)
    at: datetime = utc_field()
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """None: time alone brought it."""
    what: str
    """The step's code: `opened`, `owner`, `progress`, `dispatch` …"""
    words: str = ""
    owner_id: int | None = None
    revision: int
    """The matter's revision that this step made: who held an older form is told of it."""
    stage: Stage = code_field(Stage, default=Stage.OPEN)
    """Where the step led."""
    level: Level = code_field(Level, default=Level.DESK)
    """Who holds the matter from this step on."""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """What was written into the form's fields; a later fact stands for an earlier one."""
    salt: str
    erased_by: int | None = None


seal("matter_event", erasable=("words", "facts", "salt", "erased_by"))


class MatterSeries(SQLModel, table=True):
    """The last number given to a form in a year."""

    __tablename__ = "matter_series"

    form: Form = Field(sa_type=CodeOf(Form), primary_key=True)
    year: int = Field(primary_key=True)
    last: int
