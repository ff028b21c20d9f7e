"""What a matter needs before it may close, who may close it, and what comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.log.codes import Category
from desk_console.matters.codes import Form, Grade, Importance, Urgency
from desk_console.rulebook.ladder import deciding_rung, next_rung, rungs, top_rung
from desk_console.rulebook.records import DutyRules, Topic, role_key


@dataclass(frozen=True, slots=True)
class Standing:
    """What the closing of a matter hangs on."""

    kind: str
    form: Form | None
    importance: Importance
    urgency: Urgency
    asked_rung: int | None
    decided_rung: int | None
    is_reported: bool
    has_caller: bool
    told_rung: int | None = None
    """Whose answer was noted and is not confirmed yet."""


def closing_verdict(
    standing: Standing, rung: int, duty: DutyRules, *, result: str, answered: str
) -> Verdict:
    """May somebody of that rung close it? Not without its result and an answer to whoever called
    (4.11, 3.8, 2.9), nor before those above have had their say (9.6, 2.4, 1.7, 1.11).
    """
    above = _above_verdict(standing, rung, duty)
    if not above.is_allowed:
        return above
    is_complaint = standing.kind == Category.COMPLAINT
    if not result:
        topic = Topic.COMPLAINT if is_complaint else Topic.DUTY_RECORD
        clause = duty.cite(topic) or duty.cite(Topic.DUTY_RECORD)
        return refuse(clause, "matters.result_wanted", field="result")
    if standing.has_caller and not answered:
        topic = Topic.COMPLAINT if is_complaint else Topic.ANSWERED
        clause = duty.cite(topic) or duty.cite(Topic.ANSWERED)
        return refuse(clause, "matters.answer_wanted", field="answered")
    return ALLOWED


def _above_verdict(standing: Standing, rung: int, duty: DutyRules) -> Verdict:
    reported = report_verdict(standing, duty)
    if not reported.is_allowed:
        return reported
    if standing.asked_rung is not None and standing.asked_rung > rung:
        clause = duty.cite(Topic.ESCALATION)
        return refuse(clause, "matters.awaits_answer", role=_role(standing.asked_rung, duty))
    if standing.told_rung is not None:
        clause = duty.cite(Topic.ESCALATION)
        return refuse(clause, "matters.awaits_confirmation", role=_role(standing.told_rung, duty))
    deciding = deciding_rung(duty)
    if rung >= deciding:
        return ALLOWED
    role = _role(deciding, duty)
    if standing.form is Form.INCIDENT and not standing.is_reported:
        clause = duty.cite(Topic.INCIDENT_REPORT) or duty.cite(Topic.ESCALATION)
        if clause is not None:
            return refuse(clause, "matters.incident_report_wanted", role=role)
    if standing.kind in duty.decided_above and (standing.decided_rung or 0) < deciding:
        clause = duty.cite(Topic.DECISION_ABOVE) or duty.cite(Topic.ESCALATION)
        return refuse(clause, "matters.decision_wanted", role=role)
    return ALLOWED


def report_verdict(standing: Standing, duty: DutyRules) -> Verdict:
    """Has it been reported where it must be? A major matter to the top (9.6), an emergency at once
    (2.4). What was not, can neither close nor be handed over; what the top has said by telephone
    may be handed over.
    """
    top = _role(top_rung(duty), duty)
    is_at_top = max(standing.decided_rung or 0, standing.told_rung or 0) >= top_rung(duty)
    if standing.importance is Importance.MAJOR and not is_at_top:
        clause = duty.cite(Topic.MAJOR_MATTER) or duty.cite(Topic.ESCALATION)
        return refuse(clause, "matters.major_report_wanted", role=top)
    if standing.urgency is Urgency.LIFE_SAFETY and not standing.is_reported:
        return refuse(emergency_clause(duty), "matters.emergency_report_wanted")
    return ALLOWED


def importance_verdict(
    was: Importance,
    becomes: Importance,
    right: Verdict,
    duty: DutyRules,
    *,
    is_side: bool,
    words: str,
    is_proven: bool,
) -> Verdict:
    """May that much hang on it from now on? More, anybody may say. Less, only who has the `right`
    to release a handover, neither holds the post nor is a side of its handover, says why and gives
    their PIN: else important work could be talked away before the handover that it blocks (9.17),
    or before the director has it (9.6).
    """
    weights = tuple(Importance)
    if weights.index(becomes) >= weights.index(was):
        return ALLOWED
    if not right.is_allowed:
        return right
    clause = duty.cite(Topic.BLOCKING_MATTER) or duty.cite(Topic.MAJOR_MATTER)
    if is_side:
        return refuse(clause, "matters.lowers_own")
    if not words:
        return refuse(clause, "matters.lowering_reason", field="reason")
    if not is_proven:
        return refuse(clause, "matters.lowering_pin", field="pin")
    return ALLOWED


def urgency_verdict(standing: Standing, becomes: Urgency, duty: DutyRules) -> Verdict:
    """May it be that urgent from now on? An emergency stays one until it was reported (2.4)."""
    if standing.urgency is not Urgency.LIFE_SAFETY or becomes is Urgency.LIFE_SAFETY:
        return ALLOWED
    if not standing.is_reported:
        return refuse(emergency_clause(duty), "matters.emergency_report_wanted")
    return ALLOWED


def grade_verdict(was: Grade | None, becomes: Grade, rung: int, duty: DutyRules) -> Verdict:
    """May somebody of that rung give a complaint that level? A lower one, only who decides on it as
    it is: else its settlement would go without the approval that it wants (4.11).
    """
    levels = tuple(Grade)
    if was is None or levels.index(becomes) <= levels.index(was):
        return ALLOWED
    wanted = approving_rung(was, duty)
    if rung < wanted:
        clause = duty.cite(Topic.COMPLAINT)
        return refuse(clause, "matters.approves_too_low", role=_role(wanted, duty))
    return ALLOWED


def transfer_verdict(
    had: tuple[int | None, int | None], goes_to: tuple[int | None, int | None], duty: DutyRules
) -> Verdict:
    """Does an order go to another department, or to somebody else of the same one (6.4)? Both are
    department and person. To neither, it would be called transferred and lie where it lay.
    """
    department, assignee = goes_to
    if department != had[0] or assignee not in (None, had[1]):
        return ALLOWED
    clause = duty.cite(Topic.WORK_ORDER) or duty.cite(Topic.NOTIFY_DEPARTMENT)
    return refuse(clause, "matters.transfer_to_same", field="department")


def dispute_verdict(facts: Mapping[str, object], duty: DutyRules) -> Verdict:
    """May a settlement be proposed, or told? Of a dispute not before the other side is on record,
    with what it says (5.5).
    """
    has_other = bool(facts.get("party_name") or facts.get("party_unit"))
    if facts.get("type") != "dispute" or (has_other and facts.get("party_words")):
        return ALLOWED
    clause = duty.cite(Topic.DISPUTE) or duty.cite(Topic.COMPLAINT)
    field = "party_words" if has_other else "party_name"
    return refuse(clause, "matters.other_side_wanted", field=field)


def approving_rung(grade: Grade | None, duty: DutyRules) -> int:
    """The lowest rung that decides on a complaint of that level (4.11)."""
    top = top_rung(duty)
    return top if grade is Grade.CRITICAL else min(1, top)


def emergency_clause(duty: DutyRules) -> str | None:
    """The clause by which an emergency is reported at once."""
    return next(
        (
            clause
            for topic in (Topic.EMERGENCY, Topic.INCIDENT_REPORT, Topic.ANSWER_IN_TIME)
            if (clause := duty.cite(topic)) is not None
        ),
        None,
    )


def asking_verdict(standing: Standing, rung: int, wanted: int | None, duty: DutyRules) -> Verdict:
    """May the matter go up to that rung? One at a time, and nothing above the top (9.6, 2.11)."""
    clause = duty.cite(Topic.ESCALATION)
    if wanted is None:
        return refuse(clause, "matters.no_rung_above", role=_role(top_rung(duty), duty))
    reached = max(rung, *reached_by(standing))
    if wanted != next_rung(reached, duty) and not _goes_straight_up(standing, wanted, duty):
        above = next_rung(reached, duty)
        if above is None:
            return refuse(clause, "matters.no_rung_above", role=_role(top_rung(duty), duty))
        return refuse(clause, "matters.one_rung_at_a_time", role=_role(above, duty))
    return ALLOWED


def reached_by(standing: Standing) -> tuple[int, ...]:
    """The rungs that have heard of it: asked, told of by telephone, or decided."""
    return tuple(
        rung or 0 for rung in (standing.asked_rung, standing.told_rung, standing.decided_rung)
    )


def _goes_straight_up(standing: Standing, wanted: int, duty: DutyRules) -> bool:
    """A major matter and an emergency go to the top at once: they may not wait on the stairs."""
    is_pressing = standing.importance is Importance.MAJOR or standing.urgency is Urgency.LIFE_SAFETY
    return is_pressing and wanted == top_rung(duty) and (standing.decided_rung or 0) < wanted


def answering_verdict(asked_rung: int | None, rung: int, duty: DutyRules) -> Verdict:
    """May somebody of that rung answer for it? Whoever was asked, or anybody above (9.6)."""
    clause = duty.cite(Topic.ESCALATION)
    if asked_rung is None:
        return refuse(clause, "matters.nobody_asked")
    if rung < asked_rung:
        return refuse(clause, "matters.answers_too_low", role=_role(asked_rung, duty))
    return ALLOWED


def confirming_verdict(
    standing: Standing, rung: int, duty: DutyRules, *, is_who_said_it: bool
) -> Verdict:
    """May somebody say whether a noted answer is what was said? Whoever is named as having said it
    and still stands there, or a rung above; at the top, where there is none, anybody of it (9.6).
    """
    clause = duty.cite(Topic.ESCALATION)
    if standing.told_rung is None:
        return refuse(clause, "matters.nothing_to_confirm")
    told = standing.told_rung
    if rung > told or (rung == told and (is_who_said_it or told == top_rung(duty))):
        return ALLOWED
    return refuse(clause, "matters.confirms_own", role=_role(told, duty))


def recast_verdict(standing: Standing, becomes: str, rung: int, duty: DutyRules) -> Verdict:
    """May a matter become one of another kind, because its entry's category is corrected (5.1)?

    Not while somebody above has it or has had a say in it (9.6), nor away from a kind that those
    above decide on, by anybody below them (1.7, 1.11): they would be passed by.
    """
    if standing.is_reported or any(reached_by(standing)):
        return refuse(duty.cite(Topic.ESCALATION), "matters.recast_is_above")
    deciding = deciding_rung(duty)
    is_let_off = standing.kind in duty.decided_above and becomes not in duty.decided_above
    if is_let_off and rung < deciding:
        clause = duty.cite(Topic.DECISION_ABOVE) or duty.cite(Topic.ESCALATION)
        return refuse(clause, "matters.recast_decided_above", role=_role(deciding, duty))
    return ALLOWED


def is_overdue(due_at: datetime | None, at: datetime) -> bool:
    """Whether it has waited longer than it may (9.4)."""
    return due_at is not None and at > due_at


def press(urgency: Urgency, due_at: datetime | None, at: datetime) -> int:
    """How a matter presses, the most pressing first: an emergency overdue, an emergency, an urgent
    one, one overdue, any other. Among equals what has least time left comes first (9.4).
    """
    if urgency is Urgency.LIFE_SAFETY:
        return 0 if is_overdue(due_at, at) else 1
    if urgency is Urgency.URGENT:
        return 2
    return 3 if is_overdue(due_at, at) else 4


def _role(rung: int, duty: DutyRules) -> object:
    ladder = rungs(duty)
    return message(role_key(ladder[rung])) if ladder else ""
