"""The tables of the log: entries as they were first written, what was added beside them, and who
is who.

An entry's original is never changed: corrections and later facts are additions that point at it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from desk_console.foundation.columns import CodeOf, code_field, seal, utc_field
from desk_console.log.codes import AdditionKind as AdditionKind
from desk_console.log.codes import Category as Category
from desk_console.log.codes import Channel as Channel
from desk_console.log.codes import EntryKind as EntryKind
from desk_console.log.codes import ReplyKind as ReplyKind


class Unit(SQLModel, table=True):
    """A dwelling or shop: building, entrance and room."""

    __tablename__ = "unit"
    __table_args__ = (Index("unit_by_room", "building", "room"), Index("unit_by_number", "room"))

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    """Normalised: `3-2-1502`, `3-1502`."""
    building: str
    entrance: str = ""
    room: str
    instruction: str = ""
    """What the desk must know before it acts there."""


class Resident(SQLModel, table=True):
    """An owner, resident or tenant of a unit."""

    __tablename__ = "resident"

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    name: str
    initials: str = Field(index=True)
    kind: str = "resident"
    """`owner`, `resident` or `tenant`."""
    is_active: bool = True
    left_at: datetime | None = utc_field(optional=True)
    revision: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    """Counts the changes: who acts on an older state is told."""


class ResidentPhone(SQLModel, table=True):
    """One number of a resident, digits only; also reversed, so that an ending is found by an
    index.
    """

    __tablename__ = "resident_phone"

    id: int | None = Field(default=None, primary_key=True)
    resident_id: int = Field(foreign_key="resident.id", index=True)
    digits: str = Field(index=True)
    reversed_digits: str = Field(index=True)


class ResidentKey(SQLModel, table=True):
    """What finds a resident while a name is typed: each ending of the name, each reading's
    initials. A part of a name is then the beginning of a key, and an index finds it.
    """

    __tablename__ = "resident_key"

    words: str = Field(primary_key=True)
    resident_id: int = Field(foreign_key="resident.id", primary_key=True, index=True)


class Department(SQLModel, table=True):
    """Who is told: maintenance, security, cleaning."""

    __tablename__ = "department"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    zh: str
    en: str
    phone: str = ""
    mail: str = ""
    mail_language: str = ""
    """`zh` or `en`, in which mail is written; empty: the site's."""
    is_active: bool = True


class Entry(SQLModel, table=True):
    """One line of the log as it was first written. Times are UTC."""

    __tablename__ = "entry"
    __table_args__ = (
        Index("entry_by_day", "at", "id"),
        Index("entry_by_shift", "shift_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    form_id: str = Field(unique=True)
    """Made when the form was opened: saying it twice makes no second line."""
    kind: EntryKind = code_field(EntryKind)
    channel: Channel = code_field(Channel)
    is_outgoing: bool = False
    """The desk called or wrote, not the resident (4.7)."""
    category: Category = code_field(Category)
    at: datetime = utc_field()
    """When it happened: when the form was opened, unless the writer says otherwise."""
    recorded_at: datetime = utc_field()
    offset_minutes: int
    post_code: str
    shift_id: int | None = Field(default=None, foreign_key="shift.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    """Who wrote it."""
    rings: int | None = None
    caller: str = ""
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    unit_text: str = ""
    resident_id: int | None = Field(default=None, foreign_key="resident.id", index=True)
    phone: str = ""
    """As typed; matched by its digits."""
    content: str
    action: str = ""
    result: str = ""
    is_abnormal: bool = False
    is_emergency: bool = False
    is_open: bool = False
    """Something was left to be done when it was written: a matter follows from it."""
    particulars: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """What only this kind has; its shape is checked when it is written (see `forms`)."""
    salt: str
    """Of the digest that the journal holds; destroyed when the words are erased by order."""
    erased_by: int | None = None
    """The journal row of the order that erased the words."""


seal(
    "entry",
    keys=("id", "form_id"),
    erasable=(
        "caller",
        "unit_id",
        "unit_text",
        "resident_id",
        "phone",
        "content",
        "action",
        "result",
        "particulars",
        "salt",
        "erased_by",
    ),
)


class Addition(SQLModel, table=True):
    """A correction or later fact beside an entry: who, when, why. The original stays as it was."""

    __tablename__ = "addition"

    id: int | None = Field(default=None, primary_key=True)
    form_id: str = Field(unique=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    kind: AdditionKind = code_field(AdditionKind)
    field: str = ""
    """Which field a correction is about."""
    words: str
    reason: str = ""
    particulars: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Who took an item and what was shown for it (7.8)."""
    person_id: int = Field(foreign_key="person.id")
    at: datetime = utc_field()
    salt: str
    erased_by: int | None = None


seal(
    "addition",
    keys=("id", "form_id"),
    erasable=("words", "reason", "particulars", "salt", "erased_by"),
)


class Awaited(SQLModel, table=True):
    """A later fact that an entry still waits for: a visitor's leaving, an item's collection, a
    re-check. The row goes when the fact is added.
    """

    __tablename__ = "awaited"

    kind: AdditionKind = Field(sa_type=CodeOf(AdditionKind), primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", primary_key=True)


class Notice(SQLModel, table=True):
    """A department told of an entry: whom, how, when (6.3)."""

    __tablename__ = "notice"

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    department_id: int = Field(foreign_key="department.id")
    how: Channel = code_field(Channel)
    told: str = ""
    """Who took the message there."""
    at: datetime = utc_field()
    person_id: int = Field(foreign_key="person.id")


seal("notice")


class NoticeReply(SQLModel, table=True):
    """What a department said to a notice: that it took it up, or what came of it (4.8)."""

    __tablename__ = "notice_reply"

    id: int | None = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id", index=True)
    kind: ReplyKind = code_field(ReplyKind)
    who: str = ""
    """Who answered there."""
    words: str = ""
    at: datetime = utc_field()
    person_id: int = Field(foreign_key="person.id")
    """Who put it down."""
    salt: str
    erased_by: int | None = None


seal("notice_reply", erasable=("who", "words", "salt", "erased_by"))


class Draft(SQLModel, table=True):
    """A form that is being filled in, kept as it is typed so that a power cut loses a second at
    most.
    """

    __tablename__ = "draft"

    form_id: str = Field(primary_key=True)
    form: str
    """Which form it is: `call`, `visit` …"""
    console: str
    person_id: int | None = None
    begun_at: datetime = utc_field()
    saved_at: datetime = utc_field()
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class PhraseUse(StrEnum):
    """What a sentence is for."""

    SAY = "say"
    """To the caller, while the call is logged (5.8)."""
    ANSWER = "answer"
    """The answer to a question that is asked often (5.2)."""


class Phrase(SQLModel, table=True):
    """A sentence of the site's own, by category (5.8, 5.2)."""

    __tablename__ = "phrase"

    id: int | None = Field(default=None, primary_key=True)
    category: Category | None = code_field(Category, optional=True)
    """None: for all."""
    use: PhraseUse = code_field(PhraseUse)
    zh: str
    en: str
    position: int = 0
    is_active: bool = True
