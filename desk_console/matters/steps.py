"""The steps that a matter may take: from which stage to which, and what each wants to know.

A step that is not in this table is no step, on whatever path it comes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.log.codes import AdditionKind
from desk_console.matters.codes import Form, Grade, Level, Stage
from desk_console.rulebook.records import DutyRules, Topic

ORDER, COMPLAINT, TASK, INCIDENT = Form.WORK_ORDER, Form.COMPLAINT, Form.TASK, Form.INCIDENT
_TELL = ("assignee", "how", "told")


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its code, the form it belongs to (None: a plain matter), from where to where."""

    code: str
    form: Form | None
    after: frozenset[Stage]
    to: Stage | None
    """None: it stays where it is, or goes back to where it was held."""
    wants: tuple[str, ...] = ()
    """Fields that may not stay empty."""
    takes: tuple[str, ...] = ()
    """Fields that may be filled in besides."""
    makes: Form | None = None
    """The form that a plain matter becomes."""
    said: str = ""
    """The field whose words are the step's own."""
    beside: AdditionKind | None = None
    """As what these words stand beside the entry, too."""

    @property
    def fields(self) -> tuple[str, ...]:
        """All its fields, in the order in which they are asked."""
        return (*self.wants, *self.takes)

    @property
    def closes(self) -> bool:
        """Whether the matter is closed by it."""
        return self.to is Stage.CLOSED


def _step(
    code: str,
    form: Form | None,
    after: str,
    to: Stage | None,
    *,
    wants: Iterable[str] = (),
    takes: Iterable[str] = (),
    makes: Form | None = None,
    said: str = "reason",
    beside: AdditionKind | None = None,
) -> Step:
    stages = frozenset(Stage(one) for one in after.split())
    return Step(code, form, stages, to, tuple(wants), tuple(takes), makes, said, beside)


_PLACE = ("urgency", "place", "appointment", "due")
_PARTY = ("party_name", "party_unit", "party_phone", "party_words")
_WITH_ORDER = "open dispatched accepted transferred returned on_site done confirmed"
_WITH_COMPLAINT = "received investigating proposed approved answered"
_RESULT, _ACTION = AdditionKind.RESULT, AdditionKind.ACTION

STEPS: tuple[Step, ...] = (
    # A plain matter: it becomes a form, waits for the next day, or closes.
    _step(
        "issue",
        None,
        "open next_day",
        Stage.DISPATCHED,
        wants=("department",),
        takes=(*_PLACE, *_TELL),
        makes=ORDER,
    ),
    _step(
        "record",
        None,
        "open next_day",
        Stage.RECEIVED,
        wants=("grade", "type"),
        takes=("demand", "evidence", *_PARTY, "department", *_TELL),
        makes=COMPLAINT,
        said="demand",
    ),
    _step(
        "next_day",
        None,
        "open",
        Stage.NEXT_DAY,
        wants=("not_done_reason", "told_resident"),
        takes=("told_at", "interim"),
        said="not_done_reason",
        beside=_ACTION,
    ),
    _step(
        "assign",
        None,
        "open next_day",
        Stage.ASSIGNED,
        wants=("assignee",),
        takes=("due", "department", "how", "told"),
        makes=TASK,
    ),
    _step(
        "close",
        None,
        "open next_day",
        Stage.CLOSED,
        wants=("result",),
        takes=("answered",),
        said="result",
        beside=_RESULT,
    ),
    # The work order (6.4).
    _step(
        "dispatch",
        ORDER,
        "open returned",
        Stage.DISPATCHED,
        wants=("department",),
        takes=(*_TELL, "appointment", "due"),
    ),
    _step(
        "accept",
        ORDER,
        "dispatched transferred",
        Stage.ACCEPTED,
        takes=("assignee", "told", "appointment"),
    ),
    _step("arrive", ORDER, "dispatched transferred accepted", Stage.ON_SITE, takes=("assignee",)),
    _step(
        "finish",
        ORDER,
        "accepted on_site",
        Stage.DONE,
        wants=("work_done",),
        takes=("materials", "fee", "chargeable"),
        said="work_done",
        beside=_ACTION,
    ),
    _step("confirm", ORDER, "done", Stage.CONFIRMED, wants=("signed_by",)),
    _step(
        "follow_up",
        ORDER,
        "done confirmed",
        Stage.CLOSED,
        wants=("satisfaction", "follow_result"),
        said="follow_result",
        beside=_RESULT,
    ),
    _step(
        "give_back",
        ORDER,
        "dispatched transferred accepted on_site",
        Stage.RETURNED,
        wants=("not_done_reason",),
        said="not_done_reason",
    ),
    _step(
        "transfer",
        ORDER,
        "dispatched accepted transferred returned on_site",
        Stage.TRANSFERRED,
        wants=("department", "reason"),
        takes=_TELL,
    ),
    _step("redo", ORDER, "done confirmed", Stage.DISPATCHED, wants=("reason",), takes=_TELL),
    # The complaint record (4.11, 7.11, 5.5).
    _step(
        "investigate",
        COMPLAINT,
        "received investigating",
        Stage.INVESTIGATING,
        takes=("department", *_TELL),
    ),
    _step(
        "propose",
        COMPLAINT,
        "received investigating",
        Stage.PROPOSED,
        wants=("findings", "proposal"),
        said="findings",
    ),
    _step(
        "approve",
        COMPLAINT,
        "proposed",
        Stage.APPROVED,
        wants=("approval",),
        said="approval",
    ),
    _step("send_back", COMPLAINT, "proposed", Stage.INVESTIGATING, wants=("reason",)),
    _step(
        "answer",
        COMPLAINT,
        "received investigating proposed approved",
        Stage.ANSWERED,
        wants=("result", "answered"),
        said="result",
        beside=_RESULT,
    ),
    _step(
        "follow_up",
        COMPLAINT,
        "answered",
        Stage.CLOSED,
        wants=("satisfaction", "follow_result"),
        takes=("corrective",),
        said="follow_result",
    ),
    _step("reopen", COMPLAINT, "answered", Stage.INVESTIGATING, wants=("reason",)),
    # The task (1.4, 3.6, 5.4).
    _step("start", TASK, "assigned", Stage.UNDERWAY),
    _step(
        "carry",
        TASK,
        "assigned underway",
        None,
        wants=("reason", "due"),
    ),
    _step(
        "report_back",
        TASK,
        "assigned underway",
        Stage.CLOSED,
        wants=("result",),
        takes=("answered",),
        said="result",
        beside=_RESULT,
    ),
    # The incident (1.6).
    _step(
        "settle",
        INCIDENT,
        "open",
        Stage.CLOSED,
        wants=("result",),
        takes=("answered",),
        said="result",
        beside=_RESULT,
    ),
    # Withdrawn by whoever asked for it, or logged twice.
    *(
        _step(
            "withdraw",
            form,
            after,
            Stage.CLOSED,
            wants=("reason",),
            takes=("answered",),
            beside=_RESULT,
        )
        for form, after in (
            (ORDER, "open dispatched accepted transferred returned"),
            (COMPLAINT, "received investigating"),
            (TASK, "assigned underway"),
        )
    ),
    # Written into the form without moving it.
    _step("note", ORDER, _WITH_ORDER, None, takes=("place", "urgency", "appointment", "due")),
    _step(
        "note",
        COMPLAINT,
        _WITH_COMPLAINT,
        None,
        takes=("type", "grade", "demand", "evidence", *_PARTY),
        said="party_words",
        beside=_ACTION,
    ),
    # On hold, and on again: any form, at any stage at which somebody works on it.
    *(
        _step("hold", form, after, Stage.ON_HOLD, wants=("reason", "resume_at"))
        for form, after in (
            (None, "open next_day"),
            (ORDER, _WITH_ORDER),
            (COMPLAINT, _WITH_COMPLAINT),
            (TASK, "assigned underway"),
            (INCIDENT, "open"),
        )
    ),
    *(_step("resume", form, "on_hold", None, takes=("reason",)) for form in (None, *Form)),
)
"""Every step there is. Their names: `matters.what_…`."""

_LEVELS = {
    Stage.DISPATCHED: Level.DISPATCHER,
    Stage.TRANSFERRED: Level.DISPATCHER,
    Stage.ACCEPTED: Level.TECHNICIAN,
    Stage.ON_SITE: Level.TECHNICIAN,
    Stage.INVESTIGATING: Level.DISPATCHER,
    Stage.PROPOSED: Level.SUPERVISOR,
    Stage.ASSIGNED: Level.TECHNICIAN,
    Stage.UNDERWAY: Level.TECHNICIAN,
    Stage.ON_HOLD: Level.HOLD,
}


def level_of(stage: Stage, *, is_asked: bool) -> Level:
    """Who holds a matter at a stage: a superior who was asked and has not answered, else whoever
    the stage says; the desk where it says nobody. On hold it is nobody's.
    """
    if is_asked and stage is not Stage.ON_HOLD:
        return Level.SUPERVISOR
    return _LEVELS.get(stage, Level.DESK)


def steps_from(form: Form | None, stage: Stage) -> tuple[Step, ...]:
    """The steps that a matter may take now, the likeliest first."""
    return tuple(step for step in STEPS if step.form is form and stage in step.after)


def step_named(form: Form | None, stage: Stage, code: str) -> Step | None:
    """The step of that code from there; None where it is no legal one."""
    return next((step for step in steps_from(form, stage) if step.code == code), None)


def wants_approval(grade: Grade | None) -> bool:
    """Whether the settlement of a complaint of that level wants approval (4.11)."""
    return grade in (Grade.MAJOR, Grade.CRITICAL)


def step_verdict(
    step: Step,
    stage: Stage,
    *,
    grade: Grade | None,
    is_repair: bool,
    at_night: bool,
    duty: DutyRules,
) -> Verdict:
    """May this step be taken, as far as the form itself says? Clauses 6.4, 6.6, 4.11."""
    if step.code == "next_day" and not at_night:
        return refuse(duty.cite(Topic.NIGHT_REPAIR), "matters.not_at_night")
    if step.code == "close" and is_repair and not at_night and duty.cite(Topic.WORK_ORDER):
        return refuse(duty.cite(Topic.WORK_ORDER), "matters.order_wanted")
    if step.code == "answer" and wants_approval(grade) and stage is not Stage.APPROVED:
        return refuse(duty.cite(Topic.COMPLAINT), "matters.approval_wanted")
    return ALLOWED
