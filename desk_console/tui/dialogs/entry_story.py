"""An entry's whole story as lines: what was written, what only its kind has, who was told, and
everything that was put beside it, oldest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desk_console.foundation.catalogue import Literally, Message
from desk_console.log.records import AdditionKind, EntryKind

if TYPE_CHECKING:
    from desk_console.foundation.catalogue import Catalogue
    from desk_console.log.views import AdditionLine, EntryLine, EntryStory

T = "tui.act"


def story_lines(story: EntryStory, words: Catalogue) -> list[str]:
    """All of it, in the language that is on."""
    return [
        *_head(story.line, words),
        *(words.text(f"{T}.entry_{name}", words=said) for name, said in _said(story, words)),
        *_particulars(story.line, words),
        words.text(f"{T}.entry_writer", words=story.line.person_name),
        *beside_lines(story, words),
    ]


def beside_lines(story: EntryStory, words: Catalogue) -> list[str]:
    """Who was told, and everything that was put beside it, oldest first."""
    return [*_notices(story, words), *(_added(one, words) for one in story.additions)]


def _head(line: EntryLine, words: Catalogue) -> Iterator[str]:
    kind = words.text(f"log.kind_{line.kind}")
    category = words.text(f"log.category_{line.category_now}")
    if line.category_now is not line.category:
        was = Message(f"log.category_{line.category}")
        category = words.text(f"{T}.entry_was", now=Literally(category), was=was)
    marks = [
        words.text(f"tui.live.{name}")
        for name, stands in (
            ("emergency", line.is_emergency),
            ("abnormal", line.is_abnormal),
            ("left_open", line.is_open),
        )
        if stands
    ]
    yield "  ".join([f"#{line.id}", words.moment(line.at), kind, category, *marks])


def _said(story: EntryStory, words: Catalogue) -> Iterator[tuple[str, str]]:
    line = story.line
    rings = "" if line.rings is None else str(line.rings)
    given = (
        (_who(line), "  ".join(filter(None, (line.unit, line.caller, line.phone)))),
        ("rings", rings),
        ("content", line.content),
        ("action", line.action),
        ("result", line.result),
    )
    yield from ((name, said) for name, said in given if said)


def _who(line: EntryLine) -> str:
    """Who it was: on the telephone nobody comes in."""
    if line.kind is EntryKind.CALL:
        return "called" if line.is_outgoing else "caller"
    return "visitor" if line.kind is EntryKind.VISIT else "who"


def _particulars(line: EntryLine, words: Catalogue) -> list[str]:
    given = line.particulars
    if line.kind is EntryKind.VISIT:
        return _labelled(_visit(given, words), words)
    if line.kind is EntryKind.CUSTODY:
        names = ("what", "left_by", "for_whom")
        return _labelled(((name, given.get(name)) for name in names), words)
    if line.kind is EntryKind.HAND_OUT:
        return _labelled(((name, given.get(name)) for name in ("quantity", "to")), words)
    if line.kind is EntryKind.PATROL:
        return [
            *_labelled((("route", given.get("route")),), words),
            *(_point(one, words) for one in given.get("points", ())),
        ]
    return []


def _visit(given: Mapping[str, Any], words: Catalogue) -> Iterator[tuple[str, Any]]:
    yield "purpose", given.get("purpose")
    for name in ("in_at", "out_at"):
        at = given.get(name)
        yield name, words.moment(datetime.fromisoformat(at)) if at else None
    yield "party", given.get("party")
    yield "plate", given.get("plate")


def _labelled(given: Iterable[tuple[str, Any]], words: Catalogue) -> list[str]:
    return [
        words.text(f"{T}.entry_field", label=Message(f"tui.call_form.{name}"), words=str(said))
        for name, said in given
        if said not in (None, "")
    ]


def _point(given: Mapping[str, Any], words: Catalogue) -> str:
    state = words.text(f"tui.call_form.point_{'ok' if given.get('is_ok') else 'bad'}")
    said = [str(given.get("point", "")), state, given.get("finding", ""), given.get("correction")]
    return "  " + "  ".join(str(part) for part in said if part)


def _notices(story: EntryStory, words: Catalogue) -> Iterator[str]:
    for one in story.notices:
        yield words.text(
            f"{T}.entry_notice",
            at=one.at,
            department=words.either(one.zh, one.en),
            how=Message(f"log.channel_{one.how}"),
            told=one.told,
        )
        for reply in one.replies:
            yield words.text(
                f"{T}.entry_reply",
                at=reply.at,
                department=words.either(one.zh, one.en),
                kind=Message(f"log.reply_{reply.kind}"),
                words="  ".join(filter(None, (reply.who, reply.words))),
            )


def _added(one: AdditionLine, words: Catalogue) -> str:
    if one.kind is AdditionKind.CORRECTION:
        what = words.text(f"{T}.entry_corrected", field=Message(f"tui.find.field_{one.field}"))
        right = Message(f"log.category_{one.words}") if one.field == "category" else one.words
        said = words.text(f"{T}.entry_because", words=right, reason=one.reason)
    else:
        what, said = words.text(f"tui.find.add_{one.kind}"), one.words
        if out := one.particulars.get("out_at"):
            said = words.moment(datetime.fromisoformat(out))
    return words.text(f"{T}.entry_added", at=one.at, name=one.person_name, what=what, words=said)
