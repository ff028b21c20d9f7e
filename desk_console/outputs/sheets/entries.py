"""Entries of the log as they stand on sheets: the original, then what was put beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from desk_console.foundation.catalogue import Catalogue
from desk_console.log.records import AdditionKind
from desk_console.log.views import AdditionLine, EntryLine, LogFilter, entries, entry_story
from desk_console.outputs.sheets.model import joined

_AT_ONCE = 500
_OF_ACTION = frozenset({AdditionKind.ACTION, AdditionKind.RECHECK})
_OF_RESULT = frozenset({AdditionKind.RESULT, AdditionKind.VISITOR_OUT, AdditionKind.COLLECTED})


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in the words of a sheet."""

    line: EntryLine
    event: str
    """Category, place and caller, then the content."""
    content: str
    """What was said, marked, with what was put right."""
    action: str
    result: str
    departments: str


def every(session: Session, wanted: LogFilter) -> tuple[EntryLine, ...]:
    """All entries of a filter, oldest first."""
    page = entries(session, wanted, limit=_AT_ONCE)
    found = [*page.lines]
    while page.next is not None:
        page = entries(session, wanted, after=page.next, limit=_AT_ONCE)
        found += page.lines
    return tuple(reversed(found))


def told(session: Session, lines: Sequence[EntryLine], words: Catalogue) -> tuple[Told, ...]:
    """The entries with all that was added to them."""
    return tuple(_told(session, line, words) for line in lines)


def _told(session: Session, line: EntryLine, words: Catalogue) -> Told:
    beside = entry_story(session, line.id).additions if line.additions else ()

    def added(kinds: frozenset[AdditionKind], *fields: str) -> list[str]:
        return [
            _added(each, words)
            for each in beside
            if each.kind in kinds or (each.kind is AdditionKind.CORRECTION and each.field in fields)
        ]

    corrected = added(frozenset(), "content", "caller", "phone", "unit_text")
    marks = "".join(
        f"【{words.text(f'outputs.sheets.mark_{name}')}】"
        for name in ("outgoing", "emergency", "abnormal", "open")
        if getattr(line, f"is_{name}")
    )
    who = joined((words.text(f"log.category_{line.category_now}"), line.unit, line.caller))
    said = (joined((marks, line.content), ""), visit_words(line, words), *corrected)
    content = "\n".join(filter(None, said))
    return Told(
        line=line,
        event=f"{who}\n{content}",
        content=content,
        action="\n".join(filter(None, (line.action, *added(_OF_ACTION, "action")))),
        result="\n".join(filter(None, (line.result, *added(_OF_RESULT, "result")))),
        departments=words.value([words.either(zh, en) for zh, en in line.departments]),
    )


def _added(each: AdditionLine, words: Catalogue) -> str:
    said = joined((each.words, each.reason))
    return words.text(
        "outputs.sheets.beside" if said else "outputs.sheets.beside_plain",
        kind=words.text(f"log.addition_{each.kind}"),
        name=each.person_name,
        at=each.at,
        words=said,
    )


def visit_words(line: EntryLine, words: Catalogue) -> str:
    """For what a visitor came, in, out, how many, which vehicle; empty for other entries."""
    visit = line.particulars
    if not visit or "party" not in visit:
        return ""
    at, out = (
        datetime.fromisoformat(visit[name]) if visit[name] else None for name in ("in_at", "out_at")
    )
    return words.text(
        "outputs.sheets.visit_details",
        purpose=visit["purpose"] or "—",
        at=words.clock(at) if at else "—",
        out=words.clock(out) if out else "—",
        party=visit["party"],
        plate=visit["plate"] or "—",
    )
