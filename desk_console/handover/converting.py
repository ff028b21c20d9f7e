"""Night leftovers, turned into work orders, complaint records and tasks at the handover (6.7)."""

from __future__ import annotations

from collections.abc import Mapping

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.handover import parties
from desk_console.handover.gathered_matters import matters_of
from desk_console.handover.gathering import shift_of
from desk_console.handover.records import HandoverPoint
from desk_console.log.rules import is_night
from desk_console.matters.night import convert as convert_matter
from desk_console.matters.records import Form, Matter
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic


def convert(
    desk: Desk,
    person: PersonView,
    handover_id: int,
    matter_id: int,
    *,
    revision: int,
    becomes: Form | None = None,
    given: Mapping[str, object] | None = None,
) -> str:
    """Turns what the night left into its form, the department told; returns the form's number.

    By the incoming clerk, once the outgoing person has stated the matter (6.7); `revision` is what
    the sheet has of the matter. It acknowledges the matter. What a night left whose handover was
    missed, the outgoing person turns.
    """
    clause = desk.duty.cite(Topic.LEFTOVERS)
    with desk.transaction() as work:
        row = parties.editable(work, desk, handover_id)
        shift = shift_of(work.session, row)
        plan = desk.duty.shift(shift.plan_code) if shift else None
        is_incoming = parties.is_left(row) or plan is None or is_night(plan)
        if is_incoming:
            parties.incoming(work, desk, row, person)
        else:
            parties.outgoing(work, desk, row, person)
        found = {one.matter_id: one for one in matters_of(work.session, desk, row)}
        matter = work.session.get(Matter, matter_id)
        if matter_id not in found or matter is None:
            raise Refusal("handover.matter_gone")
        if found[matter_id].matter_revision != revision:
            title = found[matter_id].title
            raise Refusal("handover.stale", what=message("handover.stale_point", title=title))
        point = work.session.get(HandoverPoint, (row.id, matter_id))
        if point is None:
            raise Refusal("handover.not_stated", clause=clause, title=found[matter_id].title)
        number = convert_matter(
            work, desk, person, matter_id, revision=matter.revision, becomes=becomes, given=given
        )
        point.converted_to, point.converted_by = number, person.id
        if is_incoming:
            point.acknowledged_by = person.id
            point.acknowledged_revision = point.revision
            point.matter_revision = matter.revision
        work.session.add(point)
        work.journal(
            "handover.converted",
            by=person.id,
            subject=f"handover:{row.id}",
            clause=clause,
            matter=matter_id,
            number=number,
        )
        return number
