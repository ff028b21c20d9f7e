"""The codes of matters: forms, stages, urgency, levels."""

from enum import StrEnum


class Importance(StrEnum):
    """How much hangs on it. Important ones block a handover (9.17); major ones go to the director
    (9.6).
    """

    NORMAL = "normal"
    IMPORTANT = "important"
    MAJOR = "major"


class Form(StrEnum):
    """The paper form behind a matter. A plain matter has none."""

    WORK_ORDER = "work_order"
    COMPLAINT = "complaint"
    TASK = "task"
    INCIDENT = "incident"


class Stage(StrEnum):
    """How far a matter has come. Which stage may follow which: `steps`."""

    OPEN = "open"
    """Nothing was sent on its way yet."""
    NEXT_DAY = "next_day"
    """At night: the resident was told that it will be arranged the next day (6.6)."""
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    ON_SITE = "on_site"
    DONE = "done"
    CONFIRMED = "confirmed"
    """The resident has signed for the work."""
    RECEIVED = "received"
    INVESTIGATING = "investigating"
    PROPOSED = "proposed"
    APPROVED = "approved"
    ANSWERED = "answered"
    """The complainant was told what came of it."""
    ASSIGNED = "assigned"
    UNDERWAY = "underway"
    ON_HOLD = "on_hold"
    """Its clocks stand still."""
    CLOSED = "closed"


class Urgency(StrEnum):
    """How fast it wants to be dealt with."""

    LIFE_SAFETY = "life_safety"
    """Life safety: an emergency."""
    URGENT = "urgent"
    MINOR = "minor"
    """Anything ordinary; of repairs, a minor one."""
    PLANNED = "planned"


class Grade(StrEnum):
    """The level of a complaint: whether its settlement wants approval, and whose."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"


class Level(StrEnum):
    """Who holds a matter: each minute of it is charged to one of these (9.4)."""

    DESK = "desk"
    DISPATCHER = "dispatcher"
    TECHNICIAN = "technician"
    SUPERVISOR = "supervisor"
    HOLD = "hold"
    """Nobody's: it is on hold."""
