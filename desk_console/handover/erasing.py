"""Erasing a resident's data by order (4.9): one act over the log, the matters and the handovers.

Nothing that was signed or sealed is broken by it: signatures and journal hold salted digests, and
the salts go with the words. What was done stays: when, by whom, how it ended.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import Session, col, select

from desk_console.foundation import sqlite
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.handover.findable import HANDOVERS
from desk_console.handover.records import (
    Handover,
    HandoverNote,
    HandoverPoint,
    HandoverRelease,
    HandoverVersion,
    HandoverWords,
)
from desk_console.log import erasing as in_log
from desk_console.log.entry_source import ENTRIES
from desk_console.log.erasing import Doomed, Known, batches, doomed
from desk_console.log.records import Entry
from desk_console.log.resident_files import current_resident
from desk_console.log.resident_records import ErasureReason
from desk_console.log.search_upkeep import begin
from desk_console.matters import erasing as in_matters
from desk_console.matters.findable import MATTERS
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof, require_current
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic

_FREE = ("reason", "summary", "to_note", "instructions", "remarks")
"""The words of a handover that are about no matter of their own."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an order took the words out of."""

    entries: int
    matters: int
    handovers: int


@dataclass(frozen=True, slots=True)
class _Found:
    """All that an order is about."""

    known: Known
    entry_ids: tuple[int, ...]
    matter_ids: list[int]
    versions: list[HandoverVersion]

    @property
    def erased(self) -> Erased:
        """In figures."""
        handovers = {version.handover_id for version in self.versions}
        return Erased(len(self.entry_ids), len(self.matter_ids), len(handovers))


def would_erase(session: Session, desk: Desk, resident_id: int, revision: int) -> Erased:
    """What an order would take the words out of, as it stands. Refuses as `erase_resident` does."""
    return _find(session, desk, resident_id, revision).erased


def erase_resident(
    desk: Desk,
    by: Proof,
    resident_id: int,
    revision: int,
    *,
    order: str,
    reason: ErasureReason,
) -> Erased:
    """Erases what is kept of a resident, by a written order's number. The search index is made
    anew without it; see `search_upkeep.mend`.

    Refuses (4.9) who may not, without the order's number, and while a matter of theirs is open or
    something of theirs is still awaited.
    """
    clause = desk.duty.cite(Topic.CONFIDENTIALITY)
    number = accept(order)
    if not number:
        raise Refusal("log.erase_order_wanted", clause=clause, field="order")
    with desk.transaction() as work:
        require_current(work.session, by)
        authorised(work.session, by.person.id, Right.ERASE, desk.duty)
        found = _find(work.session, desk, resident_id, revision)
        all_doomed = (
            *in_log.doomed_of(work.session, found.known, found.entry_ids),
            *in_matters.doomed_of(work.session, found.matter_ids),
            *_doomed_of(work.session, found),
        )
        work.journal(
            in_log.ACT,
            by=by.person.id,
            subject=f"resident:{resident_id}",
            clause=clause,
            order=number,
            reason=ErasureReason(reason),
            erased=sorted({place for each in all_doomed for place in each.places}),
        )
        with sqlite.overwriting(work.session.connection()):
            in_log.carry_out(work, all_doomed)
            in_log.forget(work, found.known)
            in_matters.forget(work, found.matter_ids)
            _forget(work, found)
            begin(work, (ENTRIES, MATTERS, HANDOVERS))
        return found.erased


def _find(session: Session, desk: Desk, resident_id: int, revision: int) -> _Found:
    clause = desk.duty.cite(Topic.CONFIDENTIALITY)
    known = in_log.known_of(session, current_resident(session, resident_id, revision))
    entry_ids = in_log.entries_of(session, known)
    in_log.refuse_awaited(session, entry_ids, clause)
    matter_ids = in_matters.matters_of(session, entry_ids, clause)
    return _Found(known, entry_ids, matter_ids, _versions(session, entry_ids, matter_ids))


def _versions(
    session: Session, entry_ids: Sequence[int], matter_ids: Sequence[int]
) -> list[HandoverVersion]:
    """What was signed about any of these: its words may name the resident."""
    if not entry_ids:
        return []
    first = session.get_one(Entry, entry_ids[0])
    entries, matters = set(entry_ids), set(matter_ids)
    found = []
    for version in session.exec(
        select(HandoverVersion).where(col(HandoverVersion.made_at) >= first.recorded_at)
    ):
        content = json.loads(version.content)
        is_about = any(one["entry_id"] in entries for one in content.get("entries", ()))
        if is_about or any(one["matter_id"] in matters for one in content.get("matters", ())):
            found.append(version)
    return found


def _doomed_of(session: Session, found: _Found) -> tuple[Doomed, ...]:
    """The words about their matters in what was signed, and others that name them."""
    words: list[int] = []
    for version in found.versions:
        theirs = _places(json.loads(version.content), set(found.matter_ids))
        for each in session.exec(
            select(HandoverWords).where(
                HandoverWords.version_id == version.id, col(HandoverWords.erased_by).is_(None)
            )
        ):
            if each.place.startswith(theirs) or found.known.are_meant(each.words):
                words.append(each.id or 0)
    releases = in_log.ids_of(
        session, HandoverRelease.id, HandoverRelease.matter_id, found.matter_ids
    )
    books = sorted({version.handover_id for version in found.versions})
    notes = [
        each.id or 0
        for part in batches(books)
        for each in session.exec(
            select(HandoverNote).where(
                col(HandoverNote.handover_id).in_(part), col(HandoverNote.erased_by).is_(None)
            )
        )
        if found.known.are_meant(each.words)
    ]
    return (
        doomed(HandoverWords, words, words="", salt=""),
        doomed(HandoverRelease, releases, reason="", salt=""),
        doomed(HandoverNote, notes, words="", salt=""),
    )


def _places(content: dict[str, list[dict[str, object]]], matter_ids: set[int]) -> tuple[str, ...]:
    """How the places of words about these matters begin in a signed content."""
    return tuple(
        f"{part}.{number}."
        for part in ("matters", "releases", "items")
        for number, one in enumerate(content.get(part, ()))
        if one.get("matter_id") in matter_ids
    )


def _forget(work: Work, found: _Found) -> None:
    """Takes the words out of what was entered for a handover, where nothing is sealed."""
    connection = work.session.connection()
    said = dict.fromkeys(("state", "next_step", "if_then", "carry_reason", "read_back"), "")
    for part in batches(found.matter_ids):
        about = col(HandoverPoint.matter_id).in_(part)
        connection.execute(update(HandoverPoint).where(about).values(**said))
    for part in batches(sorted({version.handover_id for version in found.versions})):
        for row in work.session.exec(select(Handover).where(col(Handover.id).in_(part))):
            for name in _FREE:
                if found.known.are_meant(getattr(row, name)):
                    setattr(row, name, "")
            work.session.add(row)
    work.session.flush()
