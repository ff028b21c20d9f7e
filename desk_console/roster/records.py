"""The tables of the roster: whose turn it is, at which shift, on which date."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from desk_console.foundation.columns import seal, utc_field


class Roster(SQLModel, table=True):
    """The published duties of a period, in one version."""

    __tablename__ = "roster"

    id: int | None = Field(default=None, primary_key=True)
    first_day: date = Field(index=True)
    last_day: date
    published_at: datetime = utc_field()
    published_by: int = Field(foreign_key="person.id")


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
    withdrawn_at: datetime | None = utc_field(optional=True)
    """When a recorded change took the person off it."""


seal("duty", changeable=("withdrawn_at",))
