"""The values of the rule book: regulations, their clauses, and the parameters a site runs by.

All of them are frozen and refuse keys that they do not know.
"""

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

from desk_console.foundation.text import narrow
from desk_console.rulebook.topics import Topic

__all__ = [
    "DESK",
    "ROLES",
    "Announcement",
    "CheckRule",
    "Clause",
    "DutyRules",
    "Handling",
    "Limits",
    "Post",
    "PostRule",
    "Regulation",
    "RosterDue",
    "RosterPeriod",
    "Rotation",
    "ShiftRule",
    "SummaryDue",
    "TaskRule",
    "Topic",
    "Weekday",
    "WorkingTime",
]

DAY_MINUTES = 24 * 60

DESK = "desk"
"""The code of the one post of a site whose shifts name roles, not posts."""

ROLES = (
    "clerk",
    "maintenance",
    "security",
    "lead",
    "supervisor",
    "director",
    "manager",
    "department-head",
    "duty-manager",
    "duty-supervisor",
    "staff",
)
"""Every role that a regulation speaks of. Their names: `rulebook.role_…` in the catalogue."""


class Weekday(StrEnum):
    """A day of the week, Monday first, so that its position is `date.weekday()`."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """As `date.weekday()` counts: Monday is 0."""
        return tuple(Weekday).index(self)


class Handling(StrEnum):
    """What the console does about a clause."""

    ENFORCED = "enforced"
    """It refuses the step that would break it, or puts the breach on record by itself."""
    PROMPTED = "prompted"
    """It asks at the right moment and records the answer."""
    RECORDED = "recorded"
    """It has the record for it."""
    REFERENCE = "reference"
    """It stands in the rule book to be read."""
    PENDING = "pending"
    """It could be handled, and is not yet."""


class Rotation(StrEnum):
    """How turns go round."""

    FAIR = "fair"
    """Nights, weekends and holidays shared evenly."""
    IN_ORDER = "in-order"
    """Always in the same order (2.7)."""
    WEEKLY = "weekly"
    """A week each (1.2)."""


class RosterPeriod(StrEnum):
    """For how long one roster is made."""

    WEEK = "week"
    MONTH = "month"


class RosterDue(StrEnum):
    """When the roster of a period is due."""

    PERIOD_START = "period-start"
    """On the period's first day (3.1)."""
    PREVIOUS_END = "previous-end"
    """On the last day of the period before (9.1)."""


class Announcement(StrEnum):
    """A way in which a published roster reaches people (3.2)."""

    MAIL = "mail"
    NOTICEBOARD = "noticeboard"


class SummaryDue(StrEnum):
    """When the summary is due."""

    MONTH_END = "month-end"
    NEVER = "never"


def _time_of_day(value: object) -> time:
    """A time to the minute, from `09:00`, `9:00`, full-width digits, or TOML's own times."""
    if isinstance(value, str):
        hours, colon, minutes = narrow(value).partition(":")
        if colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2:
            hour, minute = int(hours), int(minutes)
            if hour < 24 and minute < 60:
                return time(hour, minute)
    if isinstance(value, time) and value == time(value.hour, value.minute):
        return value
    raise PydanticCustomError("time_of_day", "a time of day like 09:00")


TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Paragraph = Annotated[str, Field(min_length=1, max_length=600)]
Minutes = Annotated[StrictInt, Field(ge=0, le=DAY_MINUTES)]
Days = Annotated[StrictInt, Field(ge=0, le=366)]
People = Annotated[StrictInt, Field(ge=1, le=99)]
Span = Annotated[StrictInt, Field(ge=1, le=90 * DAY_MINUTES)]
"""Minutes that a promise may take."""


class _Value(BaseModel):
    """A frozen value that refuses keys it does not know; its validation is made when needed.

    A default that is such a value is constructed, not validated: that would have its validation
    made while the program starts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Clause(_Value):
    """One clause of a regulation, in both languages, and what the console does about it."""

    id: str
    """How screens, tests and reports cite it: `9.17`."""
    regulation: str
    """The id of the regulation in which it stands."""
    zh: Paragraph
    en: Paragraph
    handling: Handling
    where: Paragraph
    """The part of the console that handles it, in English (for the command line's JSON)."""
    where_zh: Paragraph
    """The same in Chinese."""
    places: tuple[str, ...] = ()
    """The screens on which that is, by the ids of their actions: `roster`, `step_out`."""


class PostRule(_Value):
    """A post that a shift fills, by role."""

    role: str
    count: People = 1
    """How many people of the role."""


class ShiftRule(_Value):
    """One kind of shift: its hours, and who takes it. Either `roles` or `posts` is given."""

    code: Code
    zh: Name
    en: Name
    start: TimeOfDay
    """When it begins, in the site's zone; the shift belongs to that date."""
    end: TimeOfDay
    """When it ends. Not later than `start`: on the next date."""
    roles: tuple[str, ...] = ()
    """Who may take it, at the site's one desk."""
    posts: tuple[PostRule, ...] = ()
    """Where a shift fills several posts at once, each with its role (1.1)."""
    within: str | None = None
    """The code of the shift in whose hours it lies: a turn of its own inside that one (6.2)."""
    break_minutes: Minutes = 0
    """Minutes that do not count as work (4.1)."""

    @property
    def crosses_midnight(self) -> bool:
        """True where it ends on the date after the one on which it begins, midnight included."""
        return self.end <= self.start

    @property
    def start_minute(self) -> int:
        """Minutes from midnight to its beginning."""
        return self.start.hour * 60 + self.start.minute

    @property
    def minutes(self) -> int:
        """Its length in minutes, break included; 1,440 where it ends when it began."""
        length = self.end.hour * 60 + self.end.minute - self.start_minute
        return length if length > 0 else length + DAY_MINUTES

    @property
    def work_minutes(self) -> int:
        """Its length in minutes net of the break (4.1)."""
        return self.minutes - self.break_minutes

    def roles_at(self, post_code: str) -> tuple[str, ...]:
        """The roles that may take it at a post; none where it does not fill that post."""
        if post_code == DESK and not self.posts:
            return self.roles
        return tuple(post.role for post in self.posts if post.role == post_code)


class CheckRule(_Value):
    """One line of a checklist."""

    code: Code
    zh: Name
    en: Name
    topic: Topic | None = None
    """What it asks about, where a regulation does; a site's own line may have none."""


class TaskRule(_Value):
    """A task that comes back: every so many minutes of a shift, or at times of the day."""

    code: Code
    zh: Name
    en: Name
    every_minutes: Annotated[StrictInt, Field(ge=1, le=DAY_MINUTES)] | None = None
    """Minutes between two runs, counted from the shift's start."""
    at: tuple[TimeOfDay, ...] = ()
    """Times of the day, in the site's zone."""
    grace_minutes: Minutes = 30
    """Minutes after it was due within which it may still be done."""
    counts: StrictBool = False
    """Whether a number is asked when it is done (7.12)."""
    topic: Topic | None = None


class WorkingTime(_Value):
    """Rest and working hours: what a roster must keep to, and the law's figures to be warned by."""

    rest_hours: Annotated[StrictInt, Field(ge=0, le=48)] = 11
    """Hours that somebody is free between two shifts, at least."""
    longest_run_days: Annotated[StrictInt, Field(ge=0, le=31)] = 6
    """Days with a shift in a row, at most; 0: no limit."""
    days_off_together: Annotated[StrictInt, Field(ge=1, le=7)] = 1
    """Days off in a row, at least."""
    least_month_hours: Annotated[StrictInt, Field(ge=0, le=400)] = 0
    """Hours of work in a month, at least; 0: no limit."""
    most_month_hours: Annotated[StrictInt, Field(ge=0, le=744)] = 0
    """Hours of work in a month, at most; 0: no limit."""
    law_week_hours: Annotated[StrictInt, Field(ge=0, le=168)] = 44
    """Hours a week on average beyond which there is a warning; 0: none."""
    law_rest_day_in: Annotated[StrictInt, Field(ge=0, le=31)] = 7
    """In so many days in a row one is free, or there is a warning; 0: none."""
    law_overtime_hours: Annotated[StrictInt, Field(ge=0, le=744)] = 36
    """Hours of overtime in a month beyond which there is a warning; 0: none."""


class Limits(_Value):
    """How long things may take: what a desk promises (9.4, 3.8, 7.10, 2.4). Every one is editable.

    Working days are counted in office hours, on office days that are no holidays.
    """

    life_safety_minutes: Span = 5
    """Life safety: somebody is on site."""
    urgent_on_site_minutes: Span = 30
    """An urgent repair: somebody is on site."""
    repair_reply_minutes: Span = 30
    """A minor repair: it is accepted, and the resident knows when."""
    repair_done_minutes: Span = 24 * 60
    """A repair is done."""
    planned_done_days: Days = 7
    """A planned repair is done, in working days."""
    complaint_reply_minutes: Span = 24 * 60
    """A complaint: the first reply."""
    urgent_complaint_reply_minutes: Span = 120
    """An urgent complaint: the first reply."""
    complaint_settled_days: Days = 3
    """A complaint is settled, in working days."""
    follow_up_minutes: Span = 48 * 60
    """The follow-up call, after the work was done or the complaint answered."""
    enquiry_minutes: Span = 30
    help_minutes: Span = 30
    errand_minutes: Span = 24 * 60
    suggestion_minutes: Span = 3 * 24 * 60
    missed_call_minutes: Span = 30
    """A missed call is called back."""
    other_minutes: Span = 24 * 60
    channel_minutes: Mapping[str, Span] = Field(
        default_factory=lambda: {"letter": 24 * 60, "text": 60, "wechat": 60, "mail": 4 * 60}
    )
    """An enquiry that came in by this way; others: `enquiry_minutes`."""
    report_minutes: Span = 5
    """An emergency: the first report upward (2.4)."""
    answer_minutes: Span = 30
    """A rung of the ladder answers what it was asked, else the next one is asked (9.6)."""
    urgent_answer_minutes: Span = 10
    """The same, where the matter is urgent."""
    warn_minutes: Span = 15
    """What is to be late in so many minutes comes up on the live shift."""
    office_start: TimeOfDay = time(9)
    office_end: TimeOfDay = time(18)
    office_days: tuple[Weekday, ...] = tuple(Weekday)[:5]


class Post(_Value):
    """A place that must be manned."""

    code: str
    """`desk`, or the role that mans it."""
    count: int
    """How many people at once, at most over the shifts."""
    name_key: str
    """Its name in the catalogue."""


class DutyRules(_Value):
    """Every parameter by which a site runs its duty: from its regulations, and its own."""

    regulation: str = ""
    """The id of the base regulation."""
    also: tuple[str, ...] = ()
    """The ids of the regulations combined with it."""

    shifts: tuple[ShiftRule, ...] = ()
    """The kinds of shift there are."""
    round_the_clock: StrictBool = False
    """Whether somebody is on duty at every minute of every day (6.1, 2.1)."""
    minimum_on_post: People = 1
    """How many people are at the desk at any moment of duty (6.8)."""
    working_days: tuple[Weekday, ...] = tuple(Weekday)
    """The days on which shifts begin (4.1)."""
    arrive_before_minutes: Minutes = 0
    """Minutes before the shift's start by which the incoming person is there (6.10, 9.9)."""
    tidy_before_minutes: Minutes = 0
    """Minutes before the shift's end at which tidying is due (9.14); 0 for no reminder."""
    answer_within_rings: Annotated[StrictInt, Field(ge=1, le=20)] = 3
    """Rings within which a call counts as answered in time (9.7)."""
    stand_in_roles: tuple[str, ...] = ()
    """Who may stand in (6.8); empty: whoever may hold the post."""
    escalation: tuple[str, ...] = ("clerk", "supervisor", "director")
    """The ladder of roles, lowest first (9.6, 2.11)."""
    decided_above: tuple[str, ...] = ()
    """Kinds of matters that need a decision from above, so that nobody closes them alone (1.11)."""
    decided_by: str = ""
    """The lowest role that decides them; empty: the top of the ladder."""
    repair_department: str = "maintenance"
    """The code of the department that a repair is dispatched to, unless another is told (6.4)."""
    limits: Limits = Limits.model_construct()
    """How long things may take (9.4)."""
    weekend_rotation: StrictBool = False
    """Whether weekends are shared evenly (4.2)."""
    onboarding_days: Days = 0
    """Days of training before a new person is on duty alone (4.4)."""
    working_time: WorkingTime = WorkingTime.model_construct()
    """Rest and hours that a roster keeps to, and the law's figures."""

    opening_checks: tuple[CheckRule, ...] = ()
    """Done before the shift counts as started (7.9)."""
    start_checks: tuple[CheckRule, ...] = ()
    """Asked at sign-on (1.9, 2.10, 7.4, 7.7)."""
    tidy_checks: tuple[CheckRule, ...] = ()
    """Asked before the handover (9.14, 2.10, 7.7)."""
    area_checks: tuple[CheckRule, ...] = ()
    """Asked of the incoming person in the handover (9.12)."""
    handover_witness: StrictBool = False
    """Whether a third person signs the handover as its witness (监交)."""
    relief_call_minutes: Annotated[StrictInt, Field(ge=1, le=240)] = 10
    """Minutes that each rung of the ladder has to answer when relief does not come."""
    recurring_tasks: tuple[TaskRule, ...] = ()
    """Due again and again; missed ones are on record (7.10, 7.12, 1.12)."""
    phrases: StrictBool = False
    """Whether phrases are shown while a call is logged (5.8)."""

    rotation: Rotation = Rotation.FAIR
    """How turns go round (1.2, 2.7)."""
    roster_period: RosterPeriod = RosterPeriod.MONTH
    """For how long one roster is made (3.1, 9.1)."""
    roster_due: RosterDue = RosterDue.PREVIOUS_END
    """When it is due (3.1, 9.1)."""
    publish_before_days: Days = 0
    """Days before its first day by which a roster is published (2.5)."""
    roster_maker: str = "supervisor"
    """The role that makes the roster."""
    leave_approver: str = "supervisor"
    """The role that approves leave and swaps (9.8, 2.6)."""
    notify: tuple[Announcement, ...] = (Announcement.NOTICEBOARD,)
    """How a published roster reaches people (3.2)."""
    summary: SummaryDue = SummaryDue.MONTH_END
    """When the summary is due (3.11)."""

    cites: Mapping[Topic, str] = Field(default_factory=dict)
    """The clause for each topic, of the base first."""

    def cite(self, topic: Topic) -> str | None:
        """The clause by which this site rules on a topic; None where no regulation of its does."""
        return self.cites.get(topic)

    def shift(self, code: str) -> ShiftRule | None:
        """The kind of shift of that code."""
        return next((shift for shift in self.shifts if shift.code == code), None)

    def posts(self) -> tuple[Post, ...]:
        """The places to be manned: the one desk, or a post per role where shifts name posts."""
        counts: dict[str, int] = {}
        for shift in self.shifts:
            if not shift.posts:
                counts[DESK] = self.minimum_on_post
            for post in shift.posts:
                counts[post.role] = max(post.count, counts.get(post.role, 0))
        return tuple(
            Post(code=code, count=count, name_key=post_name(code)) for code, count in counts.items()
        )

    def shifts_at(self, post_code: str) -> tuple[ShiftRule, ...]:
        """The kinds of shift that fill a post, those inside another one included."""
        return tuple(shift for shift in self.shifts if shift.roles_at(post_code))


class Regulation(_Value):
    """One regulation: what it is for, whom it suits, its clauses and parameters."""

    id: str
    number: int
    zh: Name
    en: Name
    purpose_zh: Paragraph
    purpose_en: Paragraph
    suits_zh: Paragraph
    """Whom it suits, for the set-up."""
    suits_en: Paragraph
    duty: DutyRules
    """Its parameters, with the console's defaults for what it leaves open."""
    clauses: tuple[Clause, ...]
    cites: Mapping[Topic, str]
    alias_of: str | None = None
    """The regulation whose body stands for its own."""


def role_key(role: str) -> str:
    """Where a role's name stands in the catalogue."""
    return f"rulebook.role_{role.replace('-', '_')}"


def post_name(code: str) -> str:
    """The catalogue key of a post's name."""
    return "rulebook.post_desk" if code == DESK else role_key(code)
