"""Open matters, one by one: stated by the outgoing person, acknowledged by the incoming one.

Watched and urgent ones are said back in the receiver's own words, and the outgoing person accepts
that or says it again (9.11, 9.15, 6.9).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.handover import parties, rules
from desk_console.handover.gathered_matters import matters_of
from desk_console.handover.records import Handover, HandoverPoint, Severity
from desk_console.handover.sheet import MatterPoint
from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic

_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Statement:
    """What the outgoing person says of an open matter. Without an owner it goes to the incoming
    person, where it is the outgoing one's.
    """

    severity: Severity
    state: str
    next_step: str
    carry_reason: str = ""
    owner_id: int | None = None
    due_at: datetime | None = None
    if_then: str = ""


def state(
    desk: Desk,
    person: PersonView,
    handover_id: int,
    matter_id: int,
    said: Statement,
    *,
    revision: int = 0,
) -> int:
    """States an open matter: severity, how it stands, the next step (9.15), why it is carried over
    (6.9), if … then …. Returns the point's new revision; `revision` is the one it replaces.

    What was acknowledged or read back before is asked again.
    """
    with desk.transaction() as work:
        row = parties.editable(work, desk, handover_id)
        parties.outgoing(work, desk, row, person)
        matter = _matter(work, desk, row, matter_id)
        words = _words(desk, matter, said)
        _works_here(work, said.owner_id)
        _is_newest(matter, revision)
        point = _point(work, row, matter_id, said)
        point.severity = said.severity
        point.state, point.next_step = words["state"], words["next_step"]
        point.carry_reason, point.if_then = words["carry_reason"], words["if_then"]
        point.owner_id, point.due_at = said.owner_id, said.due_at
        point.stated_by, point.stated_at = person.id, work.now
        point.read_back, point.read_back_by, point.accepted_by = "", None, None
        point.revision += 1
        work.session.add(point)
        _journal(
            work,
            desk,
            row,
            person,
            "stated",
            matter_id,
            Topic.NEXT_STEP,
            severity=said.severity,
            owner=said.owner_id,
            revision=point.revision,
        )
        return point.revision


def _words(desk: Desk, matter: MatterPoint, said: Statement) -> dict[str, str]:
    """What is said of a matter, where it is told whole and not as less than it is (9.15, 6.9)."""
    words = {
        name: accept(getattr(said, name), limit=_WORDS, lines=True)
        for name in ("state", "next_step", "carry_reason", "if_then")
    }
    rules.severity_verdict(said.severity, matter.least_severity).or_refuse()
    rules.statement_verdict(
        words["state"],
        words["next_step"],
        words["carry_reason"],
        desk.duty,
        title=matter.title,
    ).or_refuse()
    return words


def _point(work: Work, row: Handover, matter_id: int, said: Statement) -> HandoverPoint:
    """What stands of a matter in this handover; a new point where nothing was said of it yet."""
    point = work.session.get(HandoverPoint, (row.id, matter_id))
    return point or HandoverPoint(
        handover_id=row.id or 0,
        matter_id=matter_id,
        severity=said.severity,
        state="",
        next_step="",
        stated_by=0,
        stated_at=work.now,
        revision=0,
    )


def acknowledge(
    desk: Desk, person: PersonView, handover_id: int, matter_id: int, revision: int
) -> None:
    """The incoming person has taken note of a matter as it was stated in that revision (9.11)."""
    with desk.transaction() as work:
        row = parties.editable(work, desk, handover_id)
        parties.incoming(work, desk, row, person)
        matter = _matter(work, desk, row, matter_id)
        point = _stated(work, row, matter)
        _is_newest(matter, revision)
        point.acknowledged_by = person.id
        point.acknowledged_revision = point.revision
        point.matter_revision = matter.matter_revision
        work.session.add(point)
        _journal(work, desk, row, person, "acknowledged", matter_id, Topic.READ_RECORD)


def read_back(
    desk: Desk, person: PersonView, handover_id: int, matter_id: int, revision: int, words: str
) -> None:
    """The incoming person says in own words what they will do (9.11); a copy of the next step is
    none. It acknowledges the matter too.
    """
    said = accept(words, limit=_WORDS, lines=True)
    with desk.transaction() as work:
        row = parties.editable(work, desk, handover_id)
        parties.incoming(work, desk, row, person)
        matter = _matter(work, desk, row, matter_id)
        point = _stated(work, row, matter)
        _is_newest(matter, revision)
        clause = desk.duty.cite(Topic.READ_RECORD)
        if not said:
            raise Refusal("handover.read_back_wanted", clause=clause)
        if said in (point.next_step, point.state):
            raise Refusal("handover.read_back_copied", clause=clause)
        point.read_back, point.read_back_by = said, person.id
        # Of a person who has gone home nothing can be accepted.
        point.accepted_by = person.id if parties.is_left(row) else None
        point.acknowledged_by = person.id
        point.acknowledged_revision = point.revision
        point.matter_revision = matter.matter_revision
        work.session.add(point)
        _journal(work, desk, row, person, "read_back", matter_id, Topic.READ_RECORD)


def accept_read_back(
    desk: Desk, person: PersonView, handover_id: int, matter_id: int, revision: int
) -> None:
    """The outgoing person finds that it was understood."""
    with desk.transaction() as work:
        row, point = _said_back(work, desk, person, handover_id, matter_id, revision)
        point.accepted_by = person.id
        work.session.add(point)
        _journal(work, desk, row, person, "accepted", matter_id, Topic.READ_RECORD)


def say_again(
    desk: Desk, person: PersonView, handover_id: int, matter_id: int, revision: int
) -> None:
    """The outgoing person finds that it was not understood: it is said once more, and read back
    once more.
    """
    with desk.transaction() as work:
        row, point = _said_back(work, desk, person, handover_id, matter_id, revision)
        point.read_back, point.read_back_by, point.accepted_by = "", None, None
        point.said_again += 1
        work.session.add(point)
        _journal(work, desk, row, person, "said_again", matter_id, Topic.READ_RECORD)


def _said_back(
    work: Work, desk: Desk, person: PersonView, handover_id: int, matter_id: int, revision: int
) -> tuple[Handover, HandoverPoint]:
    row = parties.editable(work, desk, handover_id)
    parties.outgoing(work, desk, row, person)
    matter = _matter(work, desk, row, matter_id)
    point = _stated(work, row, matter)
    _is_newest(matter, revision)
    if not matter.is_read_back:
        raise Refusal("handover.not_read_back")
    return row, point


def _matter(work: Work, desk: Desk, row: Handover, matter_id: int) -> MatterPoint:
    found = matters_of(work.session, desk, row, only=matter_id)
    if not found:
        raise Refusal("handover.matter_gone")
    return found[0]


def _stated(work: Work, row: Handover, matter: MatterPoint) -> HandoverPoint:
    point = work.session.get(HandoverPoint, (row.id, matter.matter_id))
    if point is None:
        raise Refusal("handover.not_stated", title=matter.title)
    return point


def _is_newest(matter: MatterPoint, revision: int) -> None:
    if matter.point_revision != revision:
        raise Refusal("handover.stale", what=message("handover.stale_point", title=matter.title))


def _works_here(work: Work, person_id: int | None) -> None:
    if person_id is None:
        return
    found = people.person(work.session, person_id)
    if found is None or not found.is_active:
        raise Refusal("people.unknown_person")


def _journal(
    work: Work,
    desk: Desk,
    row: Handover,
    person: PersonView,
    what: str,
    matter_id: int,
    topic: Topic,
    **more: object,
) -> None:
    work.journal(
        f"handover.{what}",
        by=person.id,
        subject=f"handover:{row.id}",
        clause=desk.duty.cite(topic),
        matter=matter_id,
        **more,
    )
