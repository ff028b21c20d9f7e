"""When a roster may be published, and when it is late. Values in, verdicts out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.people.rules import Right, may
from desk_console.people.values import PersonView
from desk_console.roster.breaches import Breach, Rule
from desk_console.roster.findings import breach_message
from desk_console.roster.problem import Draft
from desk_console.roster.rules import publish_by
from desk_console.rulebook.records import DutyRules, Topic

_NEVER = frozenset(
    {
        Rule.ROLE,
        Rule.NO_SHIFT,
        Rule.NO_MEMBER,
        Rule.GONE,
        Rule.LEAVE,
        Rule.OVERLAP,
        Rule.UNQUALIFIED,
        Rule.PINNED,
    }
)
"""What nobody could do, or was granted otherwise: no reason sets it aside."""


def late_verdict(
    duty: DutyRules, first_day: date, *, today: date, began: date, reason: str
) -> Verdict:
    """May it be published today? Late only with the reason, which stays (2.5, 9.1)."""
    if is_late(duty, first_day, today=today, began=began) and not reason:
        due = publish_by(duty, first_day)
        return refuse(duty.cite(Topic.ROSTER_PUBLICATION), "roster.late_reason_wanted", day=due)
    return ALLOWED


def is_late(duty: DutyRules, first_day: date, *, today: date, began: date) -> bool:
    """Is the time over in which it was to be published (2.5, 9.1)? Not where that was before the
    site began: nobody could have published it then, and there is no reason to ask for.
    """
    return today > publish_by(duty, first_day) >= began


def changed_shifts(added: Draft, removed: Draft) -> int:
    """How many shifts have other people than before."""
    return len({cell[:3] for cell in added | removed})


def own_duty_verdict(by_id: int, removed: Draft, duty: DutyRules) -> Verdict:
    """May this person take these duties off the published roster? Nobody their own (9.8, 2.6)."""
    if any(cell.person == by_id for cell in removed):
        return refuse(duty.cite(Topic.LEAVE), "roster.own_duty")
    return ALLOWED


def correction_verdict(
    duty: DutyRules, by: PersonView, *, added: Draft, removed: Draft, reason: str
) -> Verdict:
    """May a new version change duties that were published before? Clauses 9.8, 2.6, 2.7, 3.3, 3.5.

    Only by those who decide requests, not about their own duty, and with the reason, which stays.
    """
    if not added and not removed:
        return ALLOWED
    verdict = may(by, Right.APPROVE, duty)
    if verdict.is_allowed:
        verdict = own_duty_verdict(by.id, removed, duty)
    if verdict.is_allowed and not reason:
        return refuse(
            duty.cite(Topic.LEAVE),
            "roster.change_reason_wanted",
            count=changed_shifts(added, removed),
        )
    return verdict


def is_final(breach: Breach, duty: DutyRules) -> bool:
    """Whether no reason sets this breach aside: a clause forbids it, or nobody could do it."""
    return breach.rule in _NEVER or breach.clause(duty.cites) is not None


def soundness_verdict(
    breaches: Iterable[Breach], duty: DutyRules, names: Mapping[int, str], reason: str
) -> Verdict:
    """May a roster with these breaches be published? Clauses 2.1, 6.1, 1.1, 1.3, 7.2, 4.4, 2.3.

    What a clause forbids is never published; a rule of rest or hours that no clause states, only
    with the maker's reason, which stays with the version.
    """
    found = list(breaches)
    final = [breach for breach in found if is_final(breach, duty)]
    if final:
        return refuse(
            final[0].clause(duty.cites),
            "roster.publish_refused",
            what=breach_message(final[0], duty, names),
            count=len(final),
        )
    if found and not reason:
        return refuse(
            None,
            "roster.breach_reason_wanted",
            what=breach_message(found[0], duty, names),
            count=len(found),
        )
    return ALLOWED
