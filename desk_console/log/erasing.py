"""What goes when a resident's data is erased by order (4.9), and what stands there instead.

The words go and their salts with them, so that the digests in the journal say nothing any more;
that something was logged, by whom and when, stays. The order's row in the journal names each place
whose words it took: words that are missing without one were taken by somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, text, update
from sqlmodel import Session, SQLModel, col, func, or_, select

from desk_console.foundation.catalogue import pair
from desk_console.foundation.outbox import MailState, OutgoingMail
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.log.records import (
    Addition,
    Awaited,
    Draft,
    Entry,
    Notice,
    NoticeReply,
    Resident,
    ResidentKey,
    ResidentPhone,
    Unit,
)
from desk_console.log.resident_records import ChangeKind, ResidentChange
from desk_console.people.phones import digits

ACT = "log.resident_erased"
"""The order in the journal. `verify` knows it by this name."""

LEAST_DIGITS = 7
"""Digits from which on a number says whose it is: everybody rings 110."""

_AT_ONCE = 500
_LAST_ROW = text("select max(seq) from journal")


@dataclass(frozen=True, slots=True)
class Doomed:
    """Rows of a sealed table whose words go, how they are called, and what stands there then."""

    table: type[SQLModel]
    ids: tuple[int, ...]
    places: tuple[str, ...]
    instead: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Known:
    """By what somebody is known in the log: names and numbers, those of before among them."""

    resident_id: int
    unit_id: int
    names: frozenset[str]
    numbers: frozenset[str]

    def are_meant(self, words: str) -> bool:
        """Are they named in these words?"""
        said = digits(words)
        return any(name in words for name in self.names) or any(
            number in said for number in self.numbers
        )


def gone() -> str:
    """What stands where words were, in both languages: the reader's is not known."""
    return " ".join(pair("log.erased"))


def known_of(session: Session, resident: Resident) -> Known:
    """By what a resident is known."""
    names, numbers = {resident.name}, set(_numbers(session, resident.id or 0))
    for change in session.exec(
        select(ResidentChange).where(ResidentChange.resident_id == resident.id)
    ):
        for said in (change.was, change.becomes):
            names |= {str(said["name"])} if said.get("name") else set()
            numbers |= {str(each) for each in said.get("phones", ())}
    own = frozenset(number for number in numbers if len(number) >= LEAST_DIGITS)
    return Known(resident.id or 0, resident.unit_id, frozenset(names), own)


def _numbers(session: Session, resident_id: int) -> Sequence[str]:
    query = select(ResidentPhone.digits).where(ResidentPhone.resident_id == resident_id)
    return session.exec(query).all()


def entries_of(session: Session, known: Known) -> tuple[int, ...]:
    """The entries that came from somebody: as chosen from the file, or typed by name or number."""
    plain = col(Entry.phone)
    for sign in ("-", " ", "(", ")", "+"):
        plain = func.replace(plain, sign, "")  # type: ignore[assignment] # an expression of it
    from_numbers = [plain.like(f"%{number}") for number in sorted(known.numbers)]
    of_unit = (col(Entry.unit_id) == known.unit_id) & col(Entry.caller).in_(sorted(known.names))
    typed = col(Entry.resident_id).is_(None) & or_(of_unit, *from_numbers)
    query = select(Entry.id).where(or_(col(Entry.resident_id) == known.resident_id, typed))
    return tuple(each or 0 for each in session.exec(query.order_by(col(Entry.id))))


def refuse_awaited(session: Session, entry_ids: Sequence[int], clause: str | None) -> None:
    """Refuses while something is still to be done about an entry: its words are wanted for it."""
    for ids in batches(entry_ids):
        query = select(Awaited.entry_id).where(col(Awaited.entry_id).in_(ids))
        if (waiting := session.exec(query).first()) is not None:
            raise Refusal("log.erase_awaited", clause=clause, entry=waiting)


def doomed_of(session: Session, known: Known, entry_ids: Sequence[int]) -> tuple[Doomed, ...]:
    """What of the log goes: entries, what stands beside them, changes of the file, mails."""
    notices = ids_of(session, Notice.id, Notice.entry_id, entry_ids)
    changes = _changes(session, known)
    return (
        doomed(
            Entry,
            entry_ids,
            content=gone(),
            unit_id=None,
            resident_id=None,
            particulars={},
            **dict.fromkeys(("caller", "unit_text", "phone", "action", "result", "salt"), ""),
        ),
        doomed(
            Addition,
            ids_of(session, Addition.id, Addition.entry_id, entry_ids),
            words=gone(),
            reason="",
            particulars={},
            salt="",
        ),
        doomed(
            NoticeReply,
            ids_of(session, NoticeReply.id, NoticeReply.notice_id, notices),
            who="",
            words=gone(),
            salt="",
        ),
        doomed(ResidentChange, changes, was={}, becomes={}, reason="", salt=""),
        doomed(
            OutgoingMail,
            ids_of(session, OutgoingMail.id, OutgoingMail.about, _subjects("notice", notices)),
            given="{}",
        ),
    )


def _changes(session: Session, known: Known) -> Sequence[int]:
    """Those of the resident; what had to be known of the unit too, where nobody else is left."""
    mine = col(ResidentChange.resident_id) == known.resident_id
    if is_last(session, known):
        of_unit = col(ResidentChange.unit_id) == known.unit_id
        mine |= of_unit & (col(ResidentChange.what) == ChangeKind.INSTRUCTION)
    query = select(ResidentChange.id).where(mine, col(ResidentChange.erased_by).is_(None))
    return [each or 0 for each in session.exec(query)]


def is_last(session: Session, known: Known) -> bool:
    """Is nobody else known of the unit?"""
    others = select(Resident.id).where(
        Resident.unit_id == known.unit_id, Resident.id != known.resident_id, Resident.name != ""
    )
    return session.exec(others).first() is None


def forget(work: Work, known: Known) -> None:
    """Takes somebody out of the file, where nothing is sealed: name, numbers, drafts."""
    session = work.session
    connection = session.connection()
    for table in (ResidentPhone, ResidentKey):
        connection.execute(delete(table).where(col(table.resident_id) == known.resident_id))
    row = session.get_one(Resident, known.resident_id)
    row.name = row.initials = ""
    row.is_active, row.left_at = False, row.left_at or work.now
    row.revision += 1
    session.add(row)
    if is_last(session, known):
        unit = session.get_one(Unit, known.unit_id)
        unit.instruction = ""
        session.add(unit)
    for draft in session.exec(select(Draft)).all():
        if draft.fields.get("resident_id") == known.resident_id or known.are_meant(
            " ".join(each for each in draft.fields.values() if isinstance(each, str))
        ):
            session.delete(draft)
    session.flush()


def carry_out(work: Work, all_doomed: Iterable[Doomed]) -> None:
    """Has the words go, by the order that the journal's last row is."""
    order = work.session.connection().execute(_LAST_ROW).scalar_one()
    for each in all_doomed:
        for ids in batches(each.ids):
            statement = update(each.table).where(col(_key(each.table)).in_(ids))
            work.session.connection().execute(statement.values(**each.instead, erased_by=order))
    # A mail that was still to go out would carry nothing.
    waiting = col(OutgoingMail.state).in_((MailState.QUEUED, MailState.FAILED))
    work.session.connection().execute(
        update(OutgoingMail)
        .where(col(OutgoingMail.erased_by) == order, waiting)
        .values(state=MailState.WITHDRAWN, next_try_at=None)
    )
    work.session.expire_all()


def doomed(table: type[SQLModel], ids: Sequence[int], **instead: object) -> Doomed:
    """Rows of a table, called by its name and their numbers."""
    name = str(table.__tablename__)
    return Doomed(table, tuple(ids), tuple(f"{name}:{each}" for each in ids), instead)


def ids_of(session: Session, key: Any, column: Any, among: Sequence[object]) -> list[int]:
    """The rows whose column is among these values, those erased before left out."""
    is_whole = getattr(key.class_, "erased_by", None)
    found: list[int] = []
    for part in batches(among):
        query = select(key).where(col(column).in_(part))
        if is_whole is not None:
            query = query.where(col(is_whole).is_(None))
        found += session.exec(query.order_by(key)).all()
    return found


def batches(values: Sequence[Any]) -> list[Sequence[Any]]:
    """In parts that one statement can name."""
    return [values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE)]


def _subjects(table: str, ids: Sequence[int]) -> list[str]:
    return [f"{table}:{each}" for each in ids]


def _key(table: Any) -> Any:
    return table.id
