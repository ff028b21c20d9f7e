"""Matters in words: their kinds, what they wait for, and the whole story of one, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk_console.foundation.catalogue import Catalogue, message
from desk_console.tui.widgets.plain import pad, width
from desk_console.tui.widgets.table import Toned

if TYPE_CHECKING:
    from desk_console.matters.clocks import Clock
    from desk_console.matters.glance import MatterLine
    from desk_console.matters.story import MatterEventLine, MatterStory

CATEGORIES = frozenset(
    ("enquiry", "repair", "complaint", "help", "errand", "suggestion", "praise", "other")
)
LABEL = 12
"""Cells of a label: five Chinese signs and a gap."""

_MINUTE = timedelta(minutes=1)
_SOON = timedelta(minutes=30)
_PEOPLE = ("assignee", "superior", "spoke_to")
_HIDDEN = frozenset({"department", "assignee", "rung", "role", "superior", "spoke_to", "how"})


def kind_words(kind: str, words: Catalogue) -> str:
    """What a matter is about."""
    return words.text(f"log.category_{kind}" if kind in CATEGORIES else f"matters.kind_{kind}")


def urgency_words(line: MatterLine, words: Catalogue) -> str:
    """How urgent it is, in a repair's own words; nothing for what is ordinary."""
    if line.urgency == "life_safety":
        return words.text("matters.urgency_life_safety")
    if line.form == "work_order":
        return words.text(f"matters.urgency_{line.urgency}")
    return words.text("matters.urgent") if line.urgency == "urgent" else ""


def left_cell(line: MatterLine, at: datetime, words: Catalogue) -> Toned:
    """How long it may still wait, or by how much it is late."""
    if line.closed_at is not None:
        return Toned(words.moment(line.closed_at), "muted")
    if line.due_at is None:
        return Toned(words.text("tui.live.no_limit"), "muted")
    late, soon = line.due_at <= at, line.due_at - at <= _SOON
    tone = "overdue" if late else "warning" if soon else ""
    return Toned(_left(line.due_at, at, words, is_late=late), tone)


def _left(due: datetime, at: datetime, words: Catalogue, *, is_late: bool) -> str:
    """By how many minutes it is early or late; in the minute itself, that it is due."""
    span = abs(at - due)
    if span < _MINUTE:
        return words.text("tui.live.due_this_minute")
    return words.text("tui.live.overdue" if is_late else "tui.live.left", span=span)


def awaited_words(line: MatterLine, words: Catalogue) -> str:
    """What it waits for, behind what it is: ` (on-site due)`; nothing where that is the whole."""
    if not line.due_for or line.due_for == "settled":
        return ""
    return words.text("tui.matters.awaits", what=message(f"tui.matters.awaits_{line.due_for}"))


def marks_of(line: MatterLine, words: Catalogue, *, is_named: bool = False) -> list[str]:
    """What must not be overlooked about it, in words. `is_named`: its importance says that it is
    one, where a complaint's level stands beside it.
    """
    marks = [urgency_words(line, words)] if line.is_urgent else []
    if line.importance != "normal":
        weight = words.text(f"matters.importance_{line.importance}")
        marks.append(words.text("tui.matters.weight_mark", weight=weight) if is_named else weight)
    if line.told_by:
        marks.append(words.text("tui.matters.told_mark", name=line.told_by))
    if line.is_lost:
        marks.append(words.text("tui.matters.lost"))
    return [mark for mark in marks if mark]


def head_line(line: MatterLine, words: Catalogue) -> str:
    """Its number, form, stage and marks."""
    name = words.text(f"matters.form_{line.form}") if line.form else kind_words(line.kind, words)
    stage = words.text(f"matters.stage_{line.stage}")
    parts = [line.number or f"#{line.id}", name, stage]
    if line.grade:
        parts.append(
            words.text("tui.matters.grade_mark", level=message(f"matters.grade_{line.grade}"))
        )
    return "  ".join([*parts, *marks_of(line, words, is_named=line.grade is not None)])


def story_lines(story: MatterStory, words: Catalogue) -> list[str]:
    """A matter in brief, for a dialog that is about it: its head, what it is, its history."""
    return [
        head_line(story.line, words),
        *about_lines(story, words),
        *history_lines(story, words),
    ]


def about_lines(story: MatterStory, words: Catalogue) -> Iterator[str]:
    """Where it comes from, what it is about, who has it."""
    line = story.line
    who = "  ".join(filter(None, (line.unit, line.caller, line.phone)))
    if who:
        yield _row("tui.matters.who", who, words)
    yield _row("tui.matters.content", story.content, words)
    owner = line.owner_name
    if line.assignee_name and line.assignee_name != owner:
        owner = words.text("tui.matters.owner_and", owner=owner, assignee=line.assignee_name)
    yield _row("tui.matters.owner", owner, words)
    if line.department is not None:
        yield _row("matters.field_department", words.either(*line.department), words)
    if line.next_step and line.closed_at is None:
        yield _row("matters.field_next_step", line.next_step, words)


def form_lines(story: MatterStory, words: Catalogue) -> Iterator[str]:
    """The form's fields that something was written into, in their order on paper; the words stand
    below each other, behind the longest label.
    """
    from desk_console.matters.fields import FIELDS

    rows = [
        (words.text(f"matters.field_{name}"), fact_words(name, story.facts[name], words))
        for name in FIELDS
        if name in story.facts and name not in _HIDDEN and name not in ("reason", "words")
    ]
    cells = max([LABEL, *(width(label) + 1 for label, _ in rows)])
    for label, said in rows:
        yield pad(label, cells) + said


def fact_words(name: str, value: object, words: Catalogue) -> str:
    """A field's value in words."""
    if name in ("kind_was", "kind_now"):
        return kind_words(str(value), words)
    if name in ("importance_was", "importance_now"):
        return words.text(f"matters.importance_{value}")
    from desk_console.matters.fields import FIELDS, FieldKind

    field = FIELDS.get(name)
    if field is None or value is None:
        return str(value or "")
    if field.kind is FieldKind.CHOICE:
        return words.text(f"matters.{name}_{value}")
    if field.kind is FieldKind.MONEY and isinstance(value, int):
        return f"{value // 100}.{value % 100:02}"
    if field.kind is FieldKind.WHEN:
        return words.moment(datetime.fromisoformat(str(value)))
    return str(value)


def clock_lines(story: MatterStory, at: datetime, words: Catalogue) -> Iterator[str]:
    """Each promise: until when, kept or not; then who held the matter for how long (9.4)."""
    for clock in story.clocks:
        due = words.moment(clock.due_at) if clock.due_at else words.text("tui.matters.stands")
        label = words.text(f"matters.promise_{clock.promise}")
        yield f"{pad(label, LABEL)}{due}  {_clock_state(clock, story.line.closed_at or at, words)}"
    held = [
        f"{words.text(f'matters.level_{level}')} {words.value(span)}"
        for level, span in story.levels.items()
        if span
    ]
    # Of whole minutes, as each is shown: else the parts did not come to the sum beside them.
    minutes = sum(span // _MINUTE for span in story.levels.values())
    whole = words.value(minutes * _MINUTE)
    if held:
        yield _row(
            "tui.matters.levels",
            words.text("tui.matters.levels_sum", parts="  ".join(held), whole=whole),
            words,
        )


def _clock_state(clock: Clock, at: datetime, words: Catalogue) -> str:
    if clock.due_at is None:
        return ""
    if clock.met_at is not None:
        span = abs(clock.met_at - clock.due_at)
        if clock.is_late(at):
            return words.text("tui.matters.met_late", at=clock.met_at, span=span)
        return words.text("tui.matters.met", at=clock.met_at)
    return _left(clock.due_at, at, words, is_late=clock.is_late(at))


def notice_lines(story: MatterStory, words: Catalogue) -> Iterator[str]:
    """Who was told, how, when; what they said to it (6.3, 4.8)."""
    for notice in story.notices:
        name = words.either(notice.zh, notice.en)
        how = words.text(f"log.channel_{notice.how}")
        told = f" {notice.told}" if notice.told else ""
        yield f"{pad(words.moment(notice.at), LABEL)}{name}  {how}{told}"
        for reply in notice.replies:
            kind = words.text(f"log.reply_{reply.kind}")
            said = "  ".join(filter(None, (reply.who, reply.words)))
            yield f"{pad('', LABEL)}{words.moment(reply.at)}  {kind}  {said}".rstrip()
        if not notice.replies:
            yield pad("", LABEL) + words.text("tui.matters.no_reply")


def history_lines(story: MatterStory, words: Catalogue) -> Iterator[str]:
    """Each step, oldest first: when, what, who; its words and facts below."""
    for event in story.events:
        name = event.person_name or words.text("tui.matters.by_itself")
        what = words.text(f"matters.what_{event.what}")
        who = name
        if event.what == "owner" and event.owner_name != name:
            who = words.text("tui.matters.passed_to", name=name, owner=event.owner_name)
        yield f"{words.moment(event.at)}  {what}  {who}"
        said = _event_words(event, words)
        if said:
            yield f"  {said}"


def _event_words(event: MatterEventLine, words: Catalogue) -> str:
    facts: Mapping[str, object] = event.facts or {}
    parts = [event.words] if event.words else []
    if role := facts.get("role"):
        parts.insert(0, words.text(f"rulebook.role_{str(role).replace('-', '_')}"))
    if isinstance(department := facts.get("department"), tuple):
        parts.append(words.either(*department))
    parts += [str(facts[name]) for name in _PEOPLE if facts.get(name)]
    parts += [
        f"{words.text(f'matters.field_{name}')} {fact_words(name, value, words)}"
        for name, value in facts.items()
        if name not in _HIDDEN and str(value) != event.words and f"{name}" not in ("rung",)
    ]
    return "  ".join(parts)


def _row(key: str, said: str, words: Catalogue) -> str:
    return pad(words.text(key), LABEL) + said
