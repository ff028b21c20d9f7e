"""The tables of the handover: what is entered step by step, and what stands for good once signed.

What is entered while a handover is open is a row at once, so that nothing is lost with the plug.
What was signed is a version: its bytes, with the words of people beside them, never changed.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from desk_console.foundation.columns import code_field, seal, utc_field
from desk_console.matters.records import Importance


class HandoverKind(StrEnum):
    """In which form a post is passed on."""

    REGULAR = "regular"
    """At the end of a shift, both people there."""
    SHORT = "short"
    """In the middle of a shift (somebody is taken ill): without tidying and area check."""
    ACTING = "acting"
    """The outgoing person is not there: a supervisor acts, in their own name."""
    APART = "apart"
    """The post closes before the next person comes: one signs at closing, the other at opening."""


class HandoverStage(StrEnum):
    """How far a handover has come."""

    OPEN = "open"
    SIGNED = "signed"
    """The outgoing side has signed; the incoming side is awaited."""
    SEALED = "sealed"
    DROPPED = "dropped"
    """Called off, or overtaken: somebody else holds the post."""


class Condition(StrEnum):
    """How an item was found."""

    GOOD = "good"
    DAMAGED = "damaged"


class Severity(StrEnum):
    """How closely a matter is to be watched. Watch and urgent ones are read back."""

    NORMAL = "normal"
    WATCH = "watch"
    URGENT = "urgent"


class Step(StrEnum):
    """The steps of a handover, in their order. A site has those that its regulations ask for."""

    PRESENT = "present"
    TIDY = "tidy"
    ITEMS = "items"
    RECORD = "record"
    MATTERS = "matters"
    AREA = "area"
    BLOCKING = "blocking"
    SIGN = "sign"


class Side(StrEnum):
    """Who has to do something in a handover."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"
    WITNESS = "witness"
    SUPERVISOR = "supervisor"


class Handover(SQLModel, table=True):
    """One passing of a post. At most one is under way at a post."""

    __tablename__ = "handover"
    __table_args__ = (
        Index(
            "handover_one_open",
            "post_code",
            unique=True,
            sqlite_where=text("closed_at is null"),
            postgresql_where=text("closed_at is null"),
        ),
        Index("handover_by_time", "opened_at", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    post_code: str
    kind: HandoverKind = code_field(HandoverKind)
    stage: HandoverStage = code_field(HandoverStage)
    shift_id: int | None = Field(default=None, foreign_key="shift.id", index=True)
    """The shift that is handed over."""
    outgoing_id: int = Field(foreign_key="person.id", index=True)
    acting_id: int | None = Field(default=None, foreign_key="person.id")
    """The supervisor who acts for an outgoing person who is not there."""
    incoming_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    opened_at: datetime = utc_field()
    opened_by: int = Field(foreign_key="person.id")
    reason: str = ""
    """Why it is early, in mid-shift, or done for somebody."""
    after_entry_id: int
    """The last entry of the record before: this one's begins behind it."""
    through_entry_id: int | None = None
    """The last entry of its record, fixed where the outgoing person signed at closing."""
    summary: str = ""
    """How the shift went, in the outgoing person's own words (7.13)."""
    to_note: str = ""
    """What the next shift should look out for."""
    instructions: str = ""
    """What was ordered from above."""
    remarks: str = ""
    """What the incoming person has to say."""
    revision: int = 1
    """Of the words above: who writes over older ones is told."""
    version_id: int | None = None
    """The version that the outgoing side has signed, while it holds."""
    closed_at: datetime | None = utc_field(optional=True)
    end_reason: str = ""
    """Why it was called off; the journal has its salted digest."""
    end_salt: str = ""


class HandoverCount(SQLModel, table=True):
    """One item counted by the incoming person, and what the outgoing one says to a difference."""

    __tablename__ = "handover_count"

    handover_id: int = Field(foreign_key="handover.id", primary_key=True)
    item_id: int = Field(foreign_key="item.id", primary_key=True, index=True)
    expected: int
    """The balance when it was counted."""
    movement_id: int
    """The item's last movement then: one that came later makes the count stale."""
    counted: int
    condition: Condition = code_field(Condition)
    damaged: int | None = None
    """How many of those counted are damaged; None where all are, or none."""
    counted_by: int = Field(foreign_key="person.id")
    counted_at: datetime = utc_field()
    what: str = ""
    why: str = ""
    where_gone: str = ""
    follow_up_id: int | None = Field(default=None, foreign_key="person.id")
    explained_by: int | None = Field(default=None, foreign_key="person.id")
    matter_id: int | None = Field(default=None, foreign_key="matter.id")
    """What the explanation opened; of a damage known before, what it opened then."""
    revision: int = 1


class HandoverRead(SQLModel, table=True):
    """An entry of the record, read by the incoming person."""

    __tablename__ = "handover_read"

    handover_id: int = Field(foreign_key="handover.id", primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    at: datetime = utc_field()
    additions: int
    """How many lines stood beside the entry then: with a new one it is read again."""


class HandoverPoint(SQLModel, table=True):
    """An open matter in a handover: what the outgoing person says of it, what the incoming one
    says back.
    """

    __tablename__ = "handover_point"

    handover_id: int = Field(foreign_key="handover.id", primary_key=True)
    matter_id: int = Field(foreign_key="matter.id", primary_key=True, index=True)
    severity: Severity = code_field(Severity)
    state: str
    next_step: str
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    """Who has it from now on; None: the incoming person."""
    due_at: datetime | None = utc_field(optional=True)
    if_then: str = ""
    carry_reason: str = ""
    """Why it was not settled in this shift (6.9)."""
    stated_by: int = Field(foreign_key="person.id")
    stated_at: datetime = utc_field()
    revision: int = 1
    acknowledged_by: int | None = Field(default=None, foreign_key="person.id")
    acknowledged_revision: int | None = None
    """The point's revision that was acknowledged."""
    matter_revision: int | None = None
    """The matter's revision that was acknowledged."""
    read_back: str = ""
    """What the incoming person will do, in their own words."""
    read_back_by: int | None = Field(default=None, foreign_key="person.id")
    accepted_by: int | None = Field(default=None, foreign_key="person.id")
    said_again: int = 0
    """How often it had to be said once more."""
    converted_to: str = ""
    """What a night's leftover was turned into (6.7)."""
    converted_by: int | None = Field(default=None, foreign_key="person.id")


class HandoverArea(SQLModel, table=True):
    """One point of the area, looked at by the incoming person (9.12)."""

    __tablename__ = "handover_area"

    handover_id: int = Field(foreign_key="handover.id", primary_key=True)
    item_id: int = Field(foreign_key="check_item.id", primary_key=True)
    is_ok: bool
    note: str = ""
    checked_by: int = Field(foreign_key="person.id")
    explanation: str = ""
    explained_by: int | None = Field(default=None, foreign_key="person.id")
    revision: int = 1


class HandoverRelease(SQLModel, table=True):
    """A blocking matter released by a supervisor, signed with their own PIN (9.17)."""

    __tablename__ = "handover_release"

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handover.id", index=True)
    matter_id: int = Field(foreign_key="matter.id")
    importance: Importance = code_field(Importance)
    """What it was when it was released: a matter that grew is not."""
    person_id: int = Field(foreign_key="person.id")
    new_owner_id: int = Field(foreign_key="person.id")
    signature_id: int = Field(foreign_key="signature.id")
    at: datetime = utc_field()
    reason: str
    salt: str
    erased_by: int | None = None


seal("handover_release", erasable=("reason", "salt", "erased_by"))


class HandoverRefusal(SQLModel, table=True):
    """The incoming person would not take over: why. The outgoing one stays."""

    __tablename__ = "handover_refusal"

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handover.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = utc_field()
    reason: str
    salt: str
    erased_by: int | None = None


seal("handover_refusal", erasable=("reason", "salt", "erased_by"))


class HandoverVersion(SQLModel, table=True):
    """What was signed: canonical JSON, kept in the bytes whose digest the signatures bind.

    People's words stand beside it in `handover_words`; the content holds their salted digests.
    """

    __tablename__ = "handover_version"
    __table_args__ = (UniqueConstraint("handover_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handover.id")
    number: int
    content: str
    made_at: datetime = utc_field()


seal("handover_version")


class HandoverWords(SQLModel, table=True):
    """Words that a version holds by their salted digest: what people said, and may be erased by
    order.
    """

    __tablename__ = "handover_words"
    __table_args__ = (UniqueConstraint("version_id", "place"),)

    id: int | None = Field(default=None, primary_key=True)
    version_id: int = Field(foreign_key="handover_version.id")
    place: str
    """Where they stand in the content: `matters.0.state`."""
    words: str
    salt: str
    erased_by: int | None = None


seal("handover_words", erasable=("words", "salt", "erased_by"))


class HandoverSeal(SQLModel, table=True):
    """The end of a handover: which version both signed, and the receipt that both can keep."""

    __tablename__ = "handover_seal"

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handover.id", unique=True)
    version_id: int = Field(foreign_key="handover_version.id")
    post_code: str = Field(index=True)
    through_entry_id: int
    """The last entry of its record."""
    journal_seq: int
    """The journal's row of the sealing; the receipt is made from its hash."""
    receipt: str
    sealed_at: datetime = utc_field(index=True)


seal("handover_seal", keys=("id", "handover_id"))


class HandoverNote(SQLModel, table=True):
    """Something added beside a sealed handover, signed by whoever adds it."""

    __tablename__ = "handover_note"

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handover.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    signature_id: int = Field(foreign_key="signature.id")
    at: datetime = utc_field()
    words: str
    salt: str
    erased_by: int | None = None


seal("handover_note", erasable=("words", "salt", "erased_by"))


class ReliefCall(SQLModel, table=True):
    """One rung of the ladder, called because relief did not come or would not take over."""

    __tablename__ = "relief_call"
    __table_args__ = (UniqueConstraint("post_code", "since", "rung"),)

    id: int | None = Field(default=None, primary_key=True)
    post_code: str
    since: datetime = utc_field()
    """Since when the holder has been held over."""
    rung: int
    role: str
    called_at: datetime = utc_field(index=True)
    answered_at: datetime | None = utc_field(optional=True)
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answer: str = ""
    salt: str = ""


seal("relief_call", once=("answered_at", "answered_by", "answer", "salt"))


class ShiftReport(SQLModel, table=True):
    """A shift reported to those in charge, until one of them has taken note (3.10, 9.16)."""

    __tablename__ = "shift_report"
    __table_args__ = (
        Index(
            "shift_report_waiting",
            "reported_at",
            sqlite_where=text("acknowledged_at is null"),
            postgresql_where=text("acknowledged_at is null"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int | None = Field(default=None, foreign_key="handover.id", index=True)
    tenure_id: int | None = Field(default=None, foreign_key="tenure.id")
    """For a post that was deserted: since when nobody held it."""
    reported_at: datetime = utc_field()
    acknowledged_at: datetime | None = utc_field(optional=True)
    acknowledged_by: int | None = Field(default=None, foreign_key="person.id")


seal("shift_report", once=("acknowledged_at", "acknowledged_by"))
