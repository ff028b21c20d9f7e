"""Who may do what, and who may go on duty.

Roles come from the regulations. A right is asked for at the moment of acting, never remembered.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.people.pin_rules import pin_verdict
from desk_console.people.values import PersonView, QualificationView
from desk_console.rulebook.records import ROLES, DutyRules, Topic, role_key

__all__ = [
    "FOR_THE_POST",
    "IN_CHARGE",
    "ONBOARDING",
    "OPEN_FOR",
    "Right",
    "holders",
    "is_onboarded",
    "is_qualified",
    "known_roles",
    "may",
    "onboarding_verdict",
    "pin_verdict",
    "qualification_verdict",
    "role_for",
]

FOR_THE_POST = "post"
"""The qualification that makes a person fit for the desk (7.2)."""

ONBOARDING = "onboarding"
"""The training record that completes the first week (4.4)."""

OPEN_FOR = timedelta(minutes=30)
"""How long somebody in charge may choose a PIN after another has begun it for them."""


class Right(StrEnum):
    """Something that not everybody may do."""

    LOG = "log"
    """Log entries, and work on matters."""
    READ_RESIDENTS = "read_residents"
    """See residents' personal data (while on duty)."""
    DRAFT = "draft"
    """Draft a roster."""
    PUBLISH = "publish"
    """Publish a roster, or change a published one on record."""
    APPROVE = "approve"
    """Decide requests."""
    RELEASE = "release"
    """Release what blocks a handover."""
    EXPORT = "export"
    """Take data out of the console, on record."""
    SET_UP = "set_up"
    """People, items, checklists, departments, whole lists of residents."""
    KEEP_FILES = "keep_files"
    """Residents and their units."""
    ERASE = "erase"
    """Have a resident's data erased by order."""
    RESET_PIN = "reset_pin"
    """Unlock a person, or begin a new PIN for them."""
    REVIEW = "review"
    """Month figures, assessments, conduct."""


IN_CHARGE = frozenset({"supervisor", "manager", "director", "department-head"})
"""The roles that run a site: each of them has every right."""

_LEADING = frozenset({"lead", "duty-manager", "duty-supervisor"})
_EVERYBODY = frozenset({Right.LOG, Right.READ_RESIDENTS})
_LEADERS = _EVERYBODY | {Right.DRAFT, Right.REVIEW}

_AT_THE_DESK = frozenset({"clerk", "staff"})
"""Who keep the residents' files beside those in charge (5.6)."""

_TOPICS = {
    Right.DRAFT: Topic.ROSTER_MAKER,
    Right.PUBLISH: Topic.ROSTER_MAKER,
    Right.APPROVE: Topic.LEAVE,
    Right.RELEASE: Topic.BLOCKING_MATTER,
    Right.EXPORT: Topic.CONFIDENTIALITY,
    Right.KEEP_FILES: Topic.CUSTOMER_FILE,
    Right.ERASE: Topic.CONFIDENTIALITY,
    Right.READ_RESIDENTS: Topic.CONFIDENTIALITY,
}


def known_roles(duty: DutyRules) -> tuple[str, ...]:
    """Every role that somebody here may have: those of the rule book, and the site's own shifts."""
    own = [role for shift in duty.shifts for role in shift.roles]
    own += [post.role for shift in duty.shifts for post in shift.posts]
    own += [*duty.stand_in_roles, *duty.escalation, duty.roster_maker, duty.leave_approver]
    return tuple(dict.fromkeys((*ROLES, *own)))


def role_names(duty: DutyRules) -> tuple[Message, ...]:
    """What the roles that somebody here may have are called."""
    return tuple(message(role_key(role)) for role in known_roles(duty))


def holders(right: Right, duty: DutyRules) -> frozenset[str]:
    """The roles that have a right under these rules."""
    roles = set(IN_CHARGE)
    if right in _LEADERS:
        roles |= _LEADING
    if right in _EVERYBODY:
        roles |= set(known_roles(duty))
    if right is Right.KEEP_FILES:
        roles |= _LEADING | _AT_THE_DESK
    if right in {Right.DRAFT, Right.PUBLISH}:
        roles.add(duty.roster_maker)
    if right is Right.APPROVE:
        roles.add(duty.leave_approver)
    return frozenset(roles)


def role_for(person: PersonView, right: Right, duty: DutyRules) -> str:
    """The role in which somebody makes use of a right: what their signature names."""
    return next(iter(sorted(person.roles & holders(right, duty))), "")


def may(person: PersonView, right: Right, duty: DutyRules) -> Verdict:
    """Does this person have that right? Refuses with the roles that do, under the clause that
    names them where there is one.
    """
    if not person.is_active:
        return refuse(None, "people.not_active", name=person.name)
    allowed = holders(right, duty)
    if person.roles & allowed:
        return ALLOWED
    topic = _TOPICS.get(right)
    named = [role for role in known_roles(duty) if role in allowed]
    return refuse(
        duty.cite(topic) if topic else None,
        "people.no_right",
        name=person.name,
        what=message(f"people.right_{right}"),
        roles=[message(role_key(role)) for role in named if role in ROLES]
        + [role for role in named if role not in ROLES],
    )


def is_qualified(qualifications: Sequence[QualificationView], on: date, duty: DutyRules) -> bool:
    """Whether somebody with these is qualified that day, where it is demanded (7.2)."""
    if duty.cite(Topic.QUALIFICATION) is None:
        return True
    return any(each.code == FOR_THE_POST and each.is_valid(on) for each in qualifications)


def is_onboarded(qualifications: Sequence[QualificationView], on: date, duty: DutyRules) -> bool:
    """Whether somebody's first training is complete that day, where it is demanded (4.4)."""
    if not duty.onboarding_days:
        return True
    return any(each.code == ONBOARDING and each.is_valid(on) for each in qualifications)


def qualification_verdict(
    person: PersonView,
    qualifications: Sequence[QualificationView],
    on: date,
    duty: DutyRules,
    *,
    is_beside: bool = False,
) -> Verdict:
    """May this person be on duty on that day, alone or `is_beside` somebody who may be alone?
    Clauses 7.2 (trained and qualified) and 4.4 (new people are trained first: never alone); each
    only under a regulation that demands it.
    """
    if not is_qualified(qualifications, on, duty):
        demanded = duty.cite(Topic.QUALIFICATION)
        ended = [
            each.valid_until
            for each in qualifications
            if each.code == FOR_THE_POST and each.valid_until and each.valid_until < on
        ]
        if ended:
            return refuse(demanded, "people.qualification_over", name=person.name, day=max(ended))
        return refuse(demanded, "people.not_qualified", name=person.name)
    if not is_beside and not is_onboarded(qualifications, on, duty):
        return refuse(
            duty.cite(Topic.ONBOARDING),
            "people.not_onboarded",
            name=person.name,
            days=duty.onboarding_days,
        )
    return ALLOWED


def own_qualification_verdict(code: str, duty: DutyRules, *, has_other: bool) -> Verdict:
    """May somebody put that on their own record? What lets them on duty is another's word (7.2,
    4.4), but where nobody else is in charge.
    """
    if not has_other or code not in (FOR_THE_POST, ONBOARDING):
        return ALLOWED
    topic = Topic.ONBOARDING if code == ONBOARDING else Topic.QUALIFICATION
    return refuse(duty.cite(topic), "people.own_qualification")


def ending_verdict(ends: date | None, last_day: date, duty: DutyRules) -> Verdict:
    """May a qualification end with that day? Not later than it does: a longer one is a new one, put
    on record as such (7.2).
    """
    if ends is not None and last_day > ends:
        return refuse(duty.cite(Topic.QUALIFICATION), "people.ended_already", day=ends)
    return ALLOWED


def first_pin_verdict(person: PersonView, *, is_opened: bool, has_other: bool) -> Verdict:
    """May whoever sits there choose this person's PIN now? That of somebody in charge releases
    handovers and resets others': it is chosen only after another in charge has opened it with
    their own, but for the first of a site.
    """
    if person.roles & IN_CHARGE and has_other and not is_opened:
        return refuse(None, "people.pin_not_opened", name=person.name, within=OPEN_FOR)
    return ALLOWED


def onboarding_verdict(person: PersonView, completed_on: date, duty: DutyRules) -> Verdict:
    """Can the first training be complete on that day? Not before its days have passed (4.4)."""
    earliest = person.started_on + timedelta(days=duty.onboarding_days)
    if completed_on < earliest:
        return refuse(
            duty.cite(Topic.ONBOARDING),
            "people.onboarding_too_short",
            name=person.name,
            days=duty.onboarding_days,
            day=earliest,
        )
    return ALLOWED
