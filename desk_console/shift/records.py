"""The tables of the post and its holder: tenures, shifts, attendance, checks, tasks, items.

A manned post has exactly one holder at every moment: at most one tenure of a post is open, and
each begins where the one before it ends.
"""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from desk_console.foundation.columns import code_field, seal, utc_field
from desk_console.shift.codes import HOLDERLESS as HOLDERLESS
from desk_console.shift.codes import CheckKind as CheckKind
from desk_console.shift.codes import TenureKind as TenureKind


class Shift(SQLModel, table=True):
    """One actual running of a shift plan at a post. It belongs to the date on which it begins."""

    __tablename__ = "shift"

    __table_args__ = (
        Index(
            "shift_one_running",
            "post_code",
            unique=True,
            sqlite_where=text("closed_at is null"),
            postgresql_where=text("closed_at is null"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    post_code: str
    plan_code: str
    day: date = Field(index=True)
    opened_at: datetime = utc_field()
    due_at: datetime = utc_field()
    """When it should end."""
    closed_at: datetime | None = utc_field(optional=True)
    started_at: datetime | None = utc_field(optional=True)
    """When the opening checks were done, where the regulation has them (7.9); else when it
    opened.
    """


seal("shift", changeable=("closed_at", "started_at"))


class Tenure(SQLModel, table=True):
    """Who held a post, from when to when, as what. Tenures of a post follow each other without a
    hole.
    """

    __tablename__ = "tenure"
    __table_args__ = (
        Index(
            "tenure_one_open",
            "post_code",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
        Index(
            "tenure_wants_reason",
            "post_code",
            sqlite_where=text("kind = 'emergency' and reason = ''"),
            postgresql_where=text("kind = 'emergency' and reason = ''"),
        ),
        Index(
            "tenure_deserted",
            "id",
            sqlite_where=text("kind = 'deserted'"),
            postgresql_where=text("kind = 'deserted'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    post_code: str
    shift_id: int | None = Field(default=None, foreign_key="shift.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    kind: TenureKind = code_field(TenureKind)
    began_at: datetime = utc_field(index=True)
    ended_at: datetime | None = utc_field(optional=True)
    due_at: datetime | None = utc_field(optional=True)
    """When it should end: the shift's end, or a stand-in's expected relief."""
    reason: str = ""
    """Why the post was left or taken; the journal has its salted digest."""
    away_person_id: int | None = Field(default=None, foreign_key="person.id")
    """For a stand-in: who stepped out and comes back."""
    salt: str = ""


seal("tenure", once=("ended_at", "reason", "salt"))


class Attendance(SQLModel, table=True):
    """One person's presence: signed on, as what, early or late, signed off."""

    __tablename__ = "attendance"
    __table_args__ = (
        Index(
            "attendance_one_open",
            "person_id",
            unique=True,
            sqlite_where=text("left_at is null"),
            postgresql_where=text("left_at is null"),
        ),
        Index("attendance_open", "post_code", "left_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    post_code: str
    plan_code: str | None = None
    day: date = Field(index=True)
    role: str
    console: str
    duty_id: int | None = Field(default=None, foreign_key="duty.id")
    arrived_at: datetime = utc_field(index=True)
    expected_at: datetime | None = utc_field(optional=True)
    """When the regulation wants the person there: the shift's start less the lead time."""
    late_minutes: int = 0
    """Minutes after `expected_at`; early arrivals are negative."""
    is_breach: bool = False
    """Signed on though somebody else was rostered."""
    is_fit: bool | None = None
    left_at: datetime | None = utc_field(optional=True)
    left_early_minutes: int = 0
    leave_reason: str = ""


seal(
    "attendance",
    changeable=("left_at", "left_early_minutes", "leave_reason", "is_fit"),
)


class CheckItem(SQLModel, table=True):
    """One line of a checklist. The regulation's own are seeded at set-up, a site may add more."""

    __tablename__ = "check_item"

    id: int | None = Field(default=None, primary_key=True)
    kind: CheckKind = code_field(CheckKind)
    code: str = Field(unique=True)
    zh: str
    en: str
    clause: str | None = None
    position: int = 0
    is_active: bool = True


class CheckAnswer(SQLModel, table=True):
    """What somebody answered to a line of a checklist, and when."""

    __tablename__ = "check_answer"

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="check_item.id")
    shift_id: int | None = Field(default=None, foreign_key="shift.id", index=True)
    attendance_id: int | None = Field(default=None, foreign_key="attendance.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = utc_field()
    is_ok: bool
    note: str = ""


seal("check_answer")


class RecurringTask(SQLModel, table=True):
    """A task that comes back during a shift: every so many minutes, or at set times of the day."""

    __tablename__ = "recurring_task"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    zh: str
    en: str
    clause: str | None = None
    every_minutes: int | None = None
    """Minutes between two runs, counted from the shift's start."""
    at_times: str = ""
    """Times of the day, local: `08:00 12:00`."""
    grace_minutes: int = 30
    """How long after it was due a run may still be done before it counts as missed."""
    has_count: bool = False
    """Whether a number is asked when it is done (7.12)."""
    route_id: int | None = Field(default=None, foreign_key="patrol_route.id")
    """For a patrol round."""
    is_active: bool = True


class TaskRun(SQLModel, table=True):
    """One due run of a recurring task, done or missed."""

    __tablename__ = "task_run"
    __table_args__ = (UniqueConstraint("task_id", "shift_id", "due_at"),)

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="recurring_task.id")
    shift_id: int = Field(foreign_key="shift.id", index=True)
    due_at: datetime = utc_field()
    is_done: bool
    """False: it was missed."""
    recorded_at: datetime = utc_field()
    person_id: int | None = Field(default=None, foreign_key="person.id")
    count: int | None = None
    note: str = ""


seal("task_run")


class PatrolRoute(SQLModel, table=True):
    """A round with its points."""

    __tablename__ = "patrol_route"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    zh: str
    en: str
    is_active: bool = True


class PatrolPoint(SQLModel, table=True):
    """A place on a round."""

    __tablename__ = "patrol_point"

    id: int | None = Field(default=None, primary_key=True)
    route_id: int = Field(foreign_key="patrol_route.id", index=True)
    position: int
    zh: str
    en: str
    is_active: bool = True


class Reminder(SQLModel, table=True):
    """Something the desk is to be reminded of at a time."""

    __tablename__ = "reminder"

    id: int | None = Field(default=None, primary_key=True)
    form_id: str = Field(unique=True)
    post_code: str
    due_at: datetime = utc_field(index=True)
    words: str
    made_by: int = Field(foreign_key="person.id")
    done_at: datetime | None = utc_field(optional=True)
    done_by: int | None = Field(default=None, foreign_key="person.id")


class Item(SQLModel, table=True):
    """A thing that belongs to the post: a key, a radio, a stack of leaflets."""

    __tablename__ = "item"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    initials: str = ""
    group: str = ""
    """Where it hangs or lies: the keys board, the drawer."""
    unit: str = ""
    """What is counted: 把, 部, 份."""
    is_active: bool = True


class ItemMovement(SQLModel, table=True):
    """A change of an item's balance, or a count of it. The balance is what the last row says."""

    __tablename__ = "item_movement"

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    at: datetime = utc_field()
    change: int
    balance: int
    """After the change; never below nought."""
    cause: str
    """`opening`, `hand_out`, `receipt`, `return`, `count`, `retired`."""
    subject: str = ""
    """What it came from: `entry:17`."""
    person_id: int = Field(foreign_key="person.id")


seal("item_movement")
