"""The record on a sheet: every entry of the post since the record before, once.

Entries are numbered in the order in which they were written. A record takes up where the one
before it ended, so that none is in two and none in neither, whatever shifts and clocks did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlmodel import Session, col, func, select

from desk_console.foundation.canonical import words_digest
from desk_console.handover.records import Handover, HandoverRead, HandoverSeal
from desk_console.handover.sheet import Beside, EntryRef, Figures, Signer
from desk_console.handover.versions import was_ordered
from desk_console.log.acts import ERASABLE_WORDS
from desk_console.log.records import Addition, AdditionKind, Category, Entry, EntryKind
from desk_console.log.rules import is_late_answer
from desk_console.matters.records import Matter
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift.records import Shift


class Names(Protocol):
    """Gives the staff as they stand on a sheet."""

    def signer(self, person_id: int, role: str = "") -> Signer:
        """Somebody as they stand on a sheet."""


def begins_after(session: Session, post_code: str) -> int:
    """The last entry of a post's newest record; its first record takes all that was written there,
    so that a first shift that was deserted is in it too.
    """
    sealed = session.exec(
        select(HandoverSeal.through_entry_id)
        .where(HandoverSeal.post_code == post_code)
        .order_by(col(HandoverSeal.id).desc())
        .limit(1)
    ).first()
    return sealed or 0


def record_ids(row: Handover) -> tuple[object, ...]:
    """The conditions that an entry of this record meets."""
    begins = (Entry.post_code == row.post_code, col(Entry.id) > row.after_entry_id)
    if row.through_entry_id is None:
        return begins
    return (*begins, col(Entry.id) <= row.through_entry_id)


def entry_refs(session: Session, desk: Desk, row: Handover, names: Names) -> tuple[EntryRef, ...]:
    """The entries of a record, oldest first, each with what stands beside it."""
    entries = session.exec(
        select(Entry)
        .where(*record_ids(row))  # type: ignore[arg-type]  # column conditions
        .order_by(col(Entry.id))
    ).all()
    ids = [each.id or 0 for each in entries]
    beside = _additions(session, ids)
    matters = dict(
        session.exec(
            select(Matter.entry_id, Matter.id)
            .where(col(Matter.entry_id).in_(ids))
            .order_by(col(Matter.id))
        ).all()
    )
    read = {
        one.entry_id: one.additions
        for one in session.exec(
            select(HandoverRead).where(
                HandoverRead.handover_id == row.id, HandoverRead.person_id == row.incoming_id
            )
        )
    }
    return tuple(
        _ref(
            entry,
            beside.get(entry.id or 0, []),
            matters.get(entry.id),
            writer=names.signer(entry.person_id).name,
            seen=read.get(entry.id or 0),
            wants_rings=desk.duty.cite(Topic.RINGS) is not None,
        )
        for entry in entries
    )


def figures(
    session: Session,
    desk: Desk,
    row: Handover,
    shift: Shift | None,
    entries: Sequence[EntryRef],
    *,
    since: datetime,
) -> Figures:
    """What is handed over in figures, counted from its record; what was closed, `since` then."""
    came_in = session.exec(
        select(Entry).where(*record_ids(row), Entry.kind == EntryKind.CALL, ~col(Entry.is_outgoing))  # type: ignore[arg-type]  # column conditions
    ).all()
    beside = _additions(session, [each.id or 0 for each in came_in])
    calls = [rings_of(each, beside.get(each.id or 0, [])) for each in came_in]
    ended = [col(Matter.closed_at) >= since]
    if shift is not None and shift.closed_at is not None:
        ended.append(col(Matter.closed_at) <= shift.closed_at)
    closed = session.exec(select(func.count()).select_from(Matter).where(*ended)).one()
    return Figures(
        entries=len(entries),
        calls=len(calls),
        late_answers=sum(is_late_answer(each, desk.duty.answer_within_rings) for each in calls),
        unrung=sum(one.lacks_rings for one in entries),
        visits=sum(one.kind is EntryKind.VISIT for one in entries),
        repairs=sum(one.category_now is Category.REPAIR for one in entries),
        complaints=sum(one.category_now is Category.COMPLAINT for one in entries),
        abnormal=sum(one.is_abnormal for one in entries),
        opened=sum(one.matter_id is not None for one in entries),
        closed=closed,
    )


def rings_of(entry: Entry, beside: Sequence[Addition]) -> int | None:
    """After how many rings a call was answered, as it was put right last; None where nobody said
    (9.7).
    """
    right = _put_right(beside, "rings")
    if right is None:
        return entry.rings
    return int(right) if right.isdigit() else None


def _put_right(beside: Sequence[Addition], field: str) -> str | None:
    """A field as its newest correction has it; None where nobody corrected it (5.1)."""
    found = [
        one.words
        for one in beside
        if one.kind is AdditionKind.CORRECTION and one.field == field and one.erased_by is None
    ]
    return found[-1] if found else None


def _additions(session: Session, ids: Sequence[int]) -> dict[int, list[Addition]]:
    beside: dict[int, list[Addition]] = defaultdict(list)
    for each in session.exec(
        select(Addition).where(col(Addition.entry_id).in_(ids)).order_by(col(Addition.id))
    ):
        beside[each.entry_id].append(each)
    return beside


def _ref(
    entry: Entry,
    beside: list[Addition],
    matter_id: int | None,
    *,
    writer: str,
    seen: int | None,
    wants_rings: bool,
) -> EntryRef:
    is_call_in = entry.kind is EntryKind.CALL and not entry.is_outgoing
    category = _put_right(beside, "category")
    has_result = bool(entry.result) or any(
        each.kind in (AdditionKind.RESULT, AdditionKind.RECHECK) for each in beside
    )
    return EntryRef(
        entry_id=entry.id or 0,
        at=entry.at,
        kind=entry.kind,
        category=entry.category,
        writer=writer,
        digest=_entry_digest(entry),
        is_abnormal=entry.is_abnormal,
        has_outcome=not entry.is_abnormal or has_result or matter_id is not None,
        matter_id=matter_id,
        beside=tuple(Beside(id=each.id or 0, digest=_digest_of(each)) for each in beside),
        is_read=seen is not None and seen == len(beside),
        lacks_rings=wants_rings and is_call_in and rings_of(entry, beside) is None,
        corrected=None if category is None else Category(category),
    )


def altered_entries(session: Session, refs: Sequence[EntryRef]) -> list[str]:
    """Where an entry of a signed record is not as it was signed. What an order erased is."""
    ids = [one.entry_id for one in refs]
    found = session.exec(select(Entry).where(col(Entry.id).in_(ids)))
    entries = {one.id: one for one in found}
    return [
        f"entry:{one.entry_id}"
        for one in refs
        if not _is_as_signed(session, one, entries.get(one.entry_id))
    ]


def _is_as_signed(session: Session, ref: EntryRef, entry: Entry | None) -> bool:
    if entry is None or (entry.at, entry.kind, entry.category) != (ref.at, ref.kind, ref.category):
        return False
    if entry.erased_by is not None:
        return was_ordered(session, entry.erased_by, f"entry:{entry.id}")
    return _entry_digest(entry) == ref.digest


def _entry_digest(entry: Entry) -> str:
    return words_digest(entry.salt, {name: getattr(entry, name) for name in ERASABLE_WORDS})


def _digest_of(each: Addition) -> str:
    said: dict[str, object] = {
        "words": each.words,
        "reason": each.reason,
        "particulars": each.particulars,
    }
    return words_digest(each.salt, said)
