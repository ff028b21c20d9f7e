"""Tidying by the outgoing person (9.14, 2.10, 7.7), and the area as the incoming one finds it
(9.12).
"""

from __future__ import annotations

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import accept
from desk_console.handover import parties
from desk_console.handover.records import HandoverArea
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import checks
from desk_console.shift.records import CheckItem, CheckKind


def tidy(
    desk: Desk,
    person: PersonView,
    handover_id: int,
    item_id: int,
    *,
    is_ok: bool,
    note: str = "",
) -> None:
    """The outgoing person answers a line of the tidying; what is not in order wants a word."""
    words = accept(note, limit=1000, lines=True)
    with desk.transaction() as work:
        row = parties.editable(work, desk, handover_id)
        parties.outgoing(work, desk, row, person)
        checks.answer_step(
            work,
            desk,
            person.id,
            item_id,
            kind=CheckKind.TIDY,
            is_ok=is_ok,
            note=words,
            shift_id=row.shift_id,
        )


def check_area(
    desk: Desk,
    person: PersonView,
    handover_id: int,
    item_id: int,
    *,
    is_ok: bool,
    note: str = "",
    revision: int = 0,
) -> None:
    """The incoming person says how a point of the area was found (9.12); what is abnormal wants a
    word on it, and the outgoing person's explanation.
    """
    words = accept(note, limit=1000, lines=True)
    with desk.transaction() as work:
        row = parties.editable(work, desk, handover_id)
        parties.incoming(work, desk, row, person)
        item = work.session.get(CheckItem, item_id)
        if item is None or not item.is_active or item.kind is not CheckKind.AREA:
            raise Refusal("shift.check_unknown")
        clause = item.clause or desk.duty.cite(Topic.AREA_CHECK)
        if not is_ok and not words:
            raise Refusal("shift.check_note_wanted", clause=clause)
        kept = work.session.get(HandoverArea, (row.id, item_id))
        if (kept.revision if kept else 0) != revision:
            raise Refusal("handover.stale", what=message("handover.stale_area"))
        if kept is None:
            kept = HandoverArea(
                handover_id=row.id or 0,
                item_id=item_id,
                is_ok=is_ok,
                checked_by=person.id,
                revision=0,
            )
        kept.is_ok, kept.note, kept.checked_by = is_ok, words, person.id
        kept.explanation, kept.explained_by = "", None
        kept.revision += 1
        work.session.add(kept)
        work.journal(
            "handover.area",
            by=person.id,
            subject=f"handover:{row.id}",
            clause=clause,
            item=item_id,
            is_ok=is_ok,
        )


def explain_area(
    desk: Desk, person: PersonView, handover_id: int, item_id: int, words: str, *, revision: int
) -> None:
    """The outgoing person explains what was found abnormal (9.12)."""
    said = accept(words, limit=1000, lines=True)
    with desk.transaction() as work:
        row = parties.editable(work, desk, handover_id)
        parties.outgoing(work, desk, row, person)
        clause = desk.duty.cite(Topic.AREA_CHECK)
        kept = work.session.get(HandoverArea, (row.id, item_id))
        if kept is None or kept.is_ok:
            raise Refusal("handover.area_nothing", clause=clause)
        if not said:
            raise Refusal("handover.area_words", clause=clause)
        if kept.revision != revision:
            raise Refusal("handover.stale", what=message("handover.stale_area"))
        kept.explanation, kept.explained_by = said, person.id
        kept.revision += 1
        work.session.add(kept)
        work.journal(
            "handover.area_explained",
            by=person.id,
            subject=f"handover:{row.id}",
            clause=clause,
            item=item_id,
        )
