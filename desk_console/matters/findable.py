"""Matters as a source of the search: numbers, titles, what was done, and whose they are.

A matter is indexed anew with each change, by the step that puts the change on record.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.reading import greatest
from desk_console.log.codes import Category
from desk_console.log.records import Entry, Unit
from desk_console.log.search_source import Hit, IndexedSource
from desk_console.log.search_terms import Searched
from desk_console.log.units import unit_name
from desk_console.matters.glance import MatterLine, lines_of
from desk_console.matters.records import Matter, MatterEvent
from desk_console.people.phones import digits
from desk_console.people.pinyin import initials

_LONGEST_NAME = 40
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


class MatterSource(IndexedSource):
    """Open matters and closed ones, those opened last first."""

    code = "matter"
    number = 1

    def documents(self, session: Session, refs: Sequence[int]) -> Mapping[int, Searched]:
        """A matter's words and those of its steps, its number, unit, caller and day."""
        events: dict[int, list[MatterEvent]] = defaultdict(list)
        for event in session.exec(
            select(MatterEvent)
            .where(col(MatterEvent.matter_id).in_(refs))
            .order_by(col(MatterEvent.id))
        ):
            events[event.matter_id].append(event)
        rows = session.exec(
            select(Matter, Entry, col(Unit.code))
            .join(Entry, col(Entry.id) == col(Matter.entry_id), isouter=True)
            .join(Unit, col(Unit.id) == col(Entry.unit_id), isouter=True)
            .where(col(Matter.id).in_(refs))
        ).all()
        return {
            matter.id or 0: _searched(
                matter,
                entry,
                unit,
                events[matter.id or 0],
                _day(session, matter.opened_at, entry),
            )
            for matter, entry, unit in rows
        }

    def hits(self, session: Session, refs: Sequence[int]) -> Sequence[Hit]:
        """The matters as lists show them."""
        newest = session.exec(select(func.max(Matter.opened_at))).one()
        known = {line.id: line for line in lines_of(session, refs, newest)} if refs else {}
        return [_hit(known[ref]) for ref in refs if ref in known]

    def newest(self, session: Session) -> int:
        """The last matter."""
        return greatest(session, "select max(id) as greatest from matter")

    def after(self, session: Session, ref: int, limit: int) -> Sequence[tuple[int, int]]:
        """The next matters, each with its revision."""
        rows = session.exec(
            select(Matter.id, Matter.revision)
            .where(col(Matter.id) > ref)
            .order_by(col(Matter.id))
            .limit(limit)
        )
        return [(number or 0, revision) for number, revision in rows]

    def count(self, session: Session) -> int:
        """How many matters there are."""
        return session.exec(select(func.count()).select_from(Matter)).one()


MATTERS = MatterSource()


def _searched(
    matter: Matter,
    entry: Entry | None,
    unit: str | None,
    events: Sequence[MatterEvent],
    day: date,
) -> Searched:
    caller = entry.caller if entry is not None else ""
    typed = entry.unit_text if entry is not None else ""
    said = [text for event in events for text in (event.words, *_texts_in(event.facts))]
    named = unit_name(typed) if typed else None
    texts = [matter.number or "", matter.title, caller, typed, unit or "", matter.next_step]
    texts += [matter.result, matter.answered, *said]
    number = digits(entry.phone) if entry is not None else ""
    return Searched(
        texts=tuple(dict.fromkeys(text for text in texts if text)),
        units=tuple(dict.fromkeys(filter(None, (unit, named.code if named else None)))),
        phones=(number,) if number else (),
        initials=tuple(initials(caller[:_LONGEST_NAME]).lower().split()) if caller else (),
        days=(day,),
        marks=(f"category={matter.kind}",),
    )


def _day(session: Session, opened_at: datetime, entry: Entry | None) -> date:
    """The day on which it was opened, at the site: by its entry, or by the last one before it."""
    if entry is not None:
        offset: int | None = entry.offset_minutes
    else:
        offset = session.exec(
            select(Entry.offset_minutes)
            .where(Entry.at <= opened_at)
            .order_by(col(Entry.at).desc())
            .limit(1)
        ).first()
    return (opened_at + timedelta(minutes=offset or 0)).date()


def _texts_in(facts: Mapping[str, Any]) -> Iterator[str]:
    """What was written into the form, its times and numbers of people left out."""
    for value in facts.values():
        if isinstance(value, str) and not _INSTANT.fullmatch(value):
            yield value


def kind_message(kind: str) -> Message:
    """What a matter is about: a category of the log, or a kind of its own."""
    return message(f"log.category_{kind}" if kind in set(Category) else f"matters.kind_{kind}")


def _hit(line: MatterLine) -> Hit:
    words = "  ".join(filter(None, (line.number, line.title)))
    return Hit(
        source=MatterSource.code,
        ref=line.id,
        at=line.opened_at,
        kind=message(f"matters.stage_{line.stage}"),
        about=kind_message(line.kind),
        who=" ".join(filter(None, (line.unit, line.caller))),
        words=words,
        is_open=line.closed_at is None,
        record=line,
    )
