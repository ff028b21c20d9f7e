"""The tables of the roster: drafts, what was published, requests, and what people were told.

What was published is never changed: a duty is taken off by its `withdrawn_at` and another stands
beside it, with the cause of both.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from desk_console.foundation.columns import code_field, seal, utc_field


class Roster(SQLModel, table=True):
    """The published duties of a period, in one version."""

    __tablename__ = "roster"

    id: int | None = Field(default=None, primary_key=True)
    first_day: date = Field(index=True)
    last_day: date
    published_at: datetime = utc_field()
    published_by: int = Field(foreign_key="person.id")
    drafted_by: int | None = Field(default=None, foreign_key="person.id")
    """Who made the draft; None for duties that were published without one."""
    is_late: bool = False
    """Published after the day by which the regulation wants it (2.5, 9.1); for ever."""
    late_reason: str = ""
    breach_reason: str = ""
    """Why it was published though it breaks a rule that the maker may set aside."""
    change_reason: str = ""
    """Why it changes duties of dates that were published before."""


seal("roster")


class Duty(SQLModel, table=True):
    """One person's turn at one shift, on the date on which the shift begins."""

    __tablename__ = "duty"

    id: int | None = Field(default=None, primary_key=True)
    roster_id: int = Field(foreign_key="roster.id", index=True)
    day: date = Field(index=True)
    plan_code: str
    post_code: str
    person_id: int = Field(foreign_key="person.id", index=True)
    added_at: datetime = utc_field()
    """From when it is in force."""
    cause: str = ""
    """What put it there after the publication: `request:5`, `repair`; empty: the publication."""
    withdrawn_at: datetime | None = utc_field(optional=True)
    """When a recorded change took the person off it."""


seal("duty", changeable=("withdrawn_at",))


class DraftMethod(StrEnum):
    """How a draft was begun."""

    HAND = "hand"
    ROTATION = "rotation"
    OPTIMISER = "optimiser"
    IMPORT = "import"
    PUBLISHED = "published"
    """A copy of what is published, to be changed."""


class RosterDraft(SQLModel, table=True):
    """A roster being made: at most one is open for a period."""

    __tablename__ = "roster_draft"
    __table_args__ = (
        Index(
            "roster_draft_one_open",
            "first_day",
            unique=True,
            sqlite_where=text("closed_at is null"),
            postgresql_where=text("closed_at is null"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    first_day: date
    last_day: date
    method: DraftMethod = code_field(DraftMethod)
    made_by: int = Field(foreign_key="person.id")
    begun_at: datetime = utc_field()
    changed_at: datetime = utc_field()
    changed_by: int = Field(foreign_key="person.id")
    revision: int = 1
    """Goes up with each change: who acts on an older one is refused."""
    closed_at: datetime | None = utc_field(optional=True)
    roster_id: int | None = Field(default=None, foreign_key="roster.id")
    """What it was published as; None while open, and where it was thrown away."""


class DraftCell(SQLModel, table=True):
    """One person's turn in a draft."""

    __tablename__ = "draft_cell"
    __table_args__ = (UniqueConstraint("draft_id", "day", "plan_code", "post_code", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="roster_draft.id", index=True)
    day: date
    plan_code: str
    post_code: str
    person_id: int = Field(foreign_key="person.id")
    is_pinned: bool = False
    """A new draft leaves it as it is."""


class RequestKind(StrEnum):
    """What somebody asks for."""

    LEAVE = "leave"
    SWAP = "swap"
    OVERTIME = "overtime"


class RequestState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    """A swap waits for the partner, anything else for the supervisor."""
    AGREED = "agreed"
    """The partner agreed to the swap: it waits for the supervisor."""
    DECLINED = "declined"
    """The partner did not agree."""
    REFUSED = "refused"
    """The supervisor refused it, with the reason."""
    WITHDRAWN = "withdrawn"
    """Taken back by the one who asked."""
    APPLIED = "applied"
    """Approved, covered and in force."""


WAITING = frozenset({RequestState.ASKED, RequestState.AGREED})


class DutyRequest(SQLModel, table=True):
    """Leave, a swap or overtime, as it was asked for; where it stands is in `state`."""

    __tablename__ = "duty_request"
    __table_args__ = (
        Index(
            "duty_request_waiting",
            "state",
            sqlite_where=text("state in ('asked', 'agreed')"),
            postgresql_where=text("state in ('asked', 'agreed')"),
        ),
        Index("duty_request_of_person", "person_id", "last_day"),
    )

    id: int | None = Field(default=None, primary_key=True)
    form_id: str = Field(unique=True)
    kind: RequestKind = code_field(RequestKind)
    person_id: int = Field(foreign_key="person.id")
    first_day: date
    last_day: date = Field(index=True)
    duty_id: int | None = Field(default=None, foreign_key="duty.id")
    """For a swap: the asker's own duty. For overtime: the duty that is to be longer, if any."""
    partner_id: int | None = Field(default=None, foreign_key="person.id")
    other_duty_id: int | None = Field(default=None, foreign_key="duty.id")
    """For a swap: the partner's duty that is taken for it; None where the partner just takes it."""
    minutes: int = 0
    """For overtime: how long."""
    reason: str
    asked_at: datetime = utc_field()
    state: RequestState = code_field(RequestState)
    revision: int = 1
    begins_at: datetime | None = utc_field(optional=True)
    """For overtime on a day without a shift: from when."""


seal("duty_request", keys=("id", "form_id"), changeable=("state", "revision"))


class RequestStep(SQLModel, table=True):
    """One step of a request, by whom and when: its history."""

    __tablename__ = "request_step"

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="duty_request.id", index=True)
    at: datetime = utc_field()
    person_id: int = Field(foreign_key="person.id")
    state: RequestState = code_field(RequestState)
    words: str = ""
    signature_id: int | None = Field(default=None, foreign_key="signature.id")
    """Of an approval."""


seal("request_step")


class RosterNews(SQLModel, table=True):
    """What a publication or a change brought for one person, until they have taken note of it."""

    __tablename__ = "roster_news"
    __table_args__ = (
        Index(
            "roster_news_waiting",
            "person_id",
            sqlite_where=text("acknowledged_at is null"),
            postgresql_where=text("acknowledged_at is null"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = utc_field()
    cause: str
    """`roster:3`, `request:5`."""
    added: list[list[str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Date, plan and post of each duty that is new."""
    removed: list[list[str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    acknowledged_at: datetime | None = utc_field(optional=True)


seal("roster_news", changeable=("acknowledged_at",))


class DutyWish(SQLModel, table=True):
    """What somebody would like for a day: to be on duty, or to be free. No right to it."""

    __tablename__ = "duty_wish"
    __table_args__ = (UniqueConstraint("person_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    day: date = Field(index=True)
    plan_code: str = ""
    """A shift that is wished for; empty: to be free that day."""
    made_at: datetime = utc_field()
