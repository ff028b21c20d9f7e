"""Reading the record, and what both have to say about the shift (9.11, 3.4, 2.9, 7.13)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import col, select

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import LONG_LIMIT, accept
from desk_console.handover import parties
from desk_console.handover.gathered_record import record_ids
from desk_console.handover.records import Handover, HandoverRead
from desk_console.log.records import Addition, Entry
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic


def read(desk: Desk, person: PersonView, handover_id: int, entry_ids: Sequence[int]) -> None:
    """The incoming person has read these entries, with all that stands beside them (9.11, 3.4).

    Refuses entries that are not of this record. One to which something is added later is read
    again.
    """
    with desk.transaction() as work:
        row = parties.editable(work, desk, handover_id)
        parties.incoming(work, desk, row, person)
        wanted = set(entry_ids)
        found = set(
            work.session.exec(
                select(Entry.id).where(*record_ids(row), col(Entry.id).in_(wanted))  # type: ignore[arg-type]  # column conditions
            )
        )
        if found != wanted:
            raise Refusal("handover.not_in_record")
        beside = dict(
            work.session.exec(
                select(Addition.entry_id, func.count())
                .where(col(Addition.entry_id).in_(wanted))
                .group_by(col(Addition.entry_id))
            ).all()
        )
        before = {
            one.entry_id: one
            for one in work.session.exec(
                select(HandoverRead).where(
                    HandoverRead.handover_id == row.id, HandoverRead.person_id == person.id
                )
            )
        }
        for entry_id in sorted(wanted):
            kept = before.get(entry_id)
            if kept is None:
                kept = HandoverRead(
                    handover_id=row.id or 0,
                    entry_id=entry_id,
                    person_id=person.id,
                    at=work.now,
                    additions=0,
                )
            kept.additions = beside.get(entry_id, 0)
            work.session.add(kept)
        work.journal(
            "handover.read",
            by=person.id,
            subject=f"handover:{row.id}",
            clause=desk.duty.cite(Topic.READ_RECORD),
            entries=sorted(wanted),
        )


def summarise(
    desk: Desk,
    person: PersonView,
    handover_id: int,
    revision: int,
    *,
    summary: str,
    to_note: str = "",
    instructions: str = "",
) -> int:
    """The outgoing person's summary in own words (7.13, 3.4), what to look out for, what was
    ordered from above. Returns the new revision; refuses an older one.
    """
    said = accept(summary, limit=LONG_LIMIT, lines=True)
    noted = accept(to_note, limit=LONG_LIMIT, lines=True)
    ordered = accept(instructions, limit=LONG_LIMIT, lines=True)
    with desk.transaction() as work:
        row = parties.editable(work, desk, handover_id)
        parties.outgoing(work, desk, row, person)
        _is_newest(row, revision)
        row.summary, row.to_note, row.instructions = said, noted, ordered
        row.revision += 1
        work.session.add(row)
        work.journal(
            "handover.summarised",
            by=person.id,
            subject=f"handover:{row.id}",
            clause=desk.duty.cite(Topic.SUMMARY_OF_SHIFT),
            revision=row.revision,
        )
        return row.revision


def remark(desk: Desk, person: PersonView, handover_id: int, revision: int, words: str) -> int:
    """What the incoming person has to say. Returns the new revision; refuses an older one."""
    said = accept(words, limit=LONG_LIMIT, lines=True)
    with desk.transaction() as work:
        row = parties.editable(work, desk, handover_id)
        parties.incoming(work, desk, row, person)
        _is_newest(row, revision)
        row.remarks = said
        row.revision += 1
        work.session.add(row)
        work.journal(
            "handover.remarked",
            by=person.id,
            subject=f"handover:{row.id}",
            revision=row.revision,
        )
        return row.revision


def _is_newest(row: Handover, revision: int) -> None:
    if row.revision != revision:
        raise Refusal("handover.stale", what=message("handover.stale_words"))
