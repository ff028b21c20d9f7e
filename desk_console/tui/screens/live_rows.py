"""The live shift in words: a picture in, lines and rows out. No widget, no clock of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk_console.beginnings import CHECKLISTS, ITEMS, PEOPLE, RESIDENTS, ROSTER
from desk_console.foundation.catalogue import Catalogue, Literally, Message, message
from desk_console.matters.rules import report_verdict
from desk_console.rulebook.topics import Topic
from desk_console.tui.matter_words import awaited_words, kind_words, left_cell, marks_of
from desk_console.tui.subjects import SUBJECT_CODES
from desk_console.tui.widgets.plain import width
from desk_console.tui.widgets.table import Row, Toned

if TYPE_CHECKING:
    from desk_console.handover.glance import Awaited
    from desk_console.log.glance import HalfWritten
    from desk_console.log.views import EntryLine
    from desk_console.matters.views import MatterLine
    from desk_console.roster.glance import Upkeep
    from desk_console.rulebook.records import DutyRules
    from desk_console.shift.views import Board, DueView

PRESSING = "pressing-"
"""How the keys of matters begin that are late or about to be, among what is due."""

MORE_LATE = "more-late"
"""The key of the line that counts the late ones that are not named."""

MOST_LATE = 3
"""Late matters that are named among what is due."""

HALF_WRITTEN = "half-written"
"""The key of what waits half written, among what is due."""

FIRST_STEPS = {PEOPLE: "people", ITEMS: "items", CHECKLISTS: "checks", RESIDENTS: "residents"}
"""Which subject of the set-up a first step is."""

_OF_A_PERSON = ("start", "reason")
"""Kinds of what is due that name the person whose it is."""

CUT = 3
"""Cells of a gap and of the mark that something was cut."""

MOST_RUNNING_OUT = 3
"""Qualifications that are named; all of them stand in the training list."""


def first_rows(steps: Sequence[str], words: Catalogue, *, setup: str, roster: str) -> list[Row]:
    """What a new site sets up first, each with its key; `setup` and `roster` are the keys as people
    read them."""
    return [
        Row(
            step,
            (
                Toned(words.text(f"tui.live.first_{step}"), "strong"),
                roster
                if step == ROSTER
                else f"{setup} {SUBJECT_CODES.index(FIRST_STEPS[step]) + 1}",
                words.text(f"tui.live.first_{step}_how"),
            ),
        )
        for step in steps
    ]


def half_written_rows(
    waits: HalfWritten | None, words: Catalogue, *, call: str, drafts: str
) -> list[Row]:
    """How many entries wait half written, and the keys that bring them back, as people read
    them."""
    if waits is None:
        return []
    said = words.text("tui.live.half_written", count=waits.count, call=call, drafts=drafts)
    return [Row(HALF_WRITTEN, (Toned(words.moment(waits.since), "warning"), said))]


def due_rows(board: Board, at: datetime, words: Catalogue, *, is_masked: bool) -> list[Row]:
    """What is to be done now, the longest overdue first; at which post, where there are several."""
    names = {post.code: words.text(post.name_key) for post in board.posts}
    rows = []
    for one in board.due:
        said = _what(one, words, is_masked=is_masked)
        if len(names) > 1 and one.kind not in _OF_A_PERSON:
            said = words.text("tui.live.of_post", post=names[one.post_code], what=said)
        rows.append(
            Row(due_key(one), (_when(one.due_at, at, words), _under(said, one.clause, words)))
        )
    return rows


def awaited_rows(awaited: tuple[Awaited, ...], at: datetime, words: Catalogue) -> list[Row]:
    """What the handover has waiting, as it stands between what is due."""
    return [
        Row(awaited_key(one), (_awaited_since(one, at, words), _awaited(one, words)))
        for one in awaited
    ]


def awaited_key(one: Awaited) -> str:
    """By what it is known while it waits."""
    return f"{one.kind}|{one.id}|{one.post_code}"


def _awaited_since(one: Awaited, at: datetime, words: Catalogue) -> Toned:
    if one.kind in ("report", "told"):
        return Toned(words.moment(one.due_at), "muted")
    return _when(one.due_at, at, words)


def _awaited(one: Awaited, words: Catalogue) -> Toned:
    said = words.text(one.what)
    if one.kind == "handover":
        said = words.text("tui.live.by_key", what=said, key="F4")
    return _under(said, one.clause, words)


def _under(said: str, clause: str | None, words: Catalogue) -> Toned:
    """What is to be done, and the clause that asks for it, which is never cut for it."""
    return Toned(said, tail=words.text("tui.app.clause", clause=clause) if clause else "")


def due_key(one: DueView) -> str:
    """By what a due thing is known while it waits."""
    ids = (
        one.post_code,
        one.shift_id,
        one.task_id,
        one.reminder_id,
        one.attendance_id,
        one.tenure_id,
    )
    return "|".join([one.kind, *(str(each) for each in ids), one.due_at.isoformat()])


def _when(due_at: datetime, at: datetime, words: Catalogue) -> Toned:
    if due_at > at:
        return Toned(words.text("tui.live.due_at", at=words.clock(due_at)), "muted")
    late = at - due_at
    if late < timedelta(minutes=1):
        return Toned(words.text("tui.live.due_now"), "warning")
    return Toned(words.text("tui.live.due_since", span=late), "warning")


def _what(one: DueView, words: Catalogue, *, is_masked: bool) -> str:
    name = words.either(one.zh, one.en)
    if is_masked and one.kind == "reminder":
        name = words.text("tui.live.masked")
    match one.kind:
        case "opening" | "tidy":
            said = words.text(f"shift.due_{one.kind}")
        case "start":
            said = words.text("tui.live.due_start", name=name)
        case "reason":
            said = words.text("shift.due_reason", name=name)
        case "reminder":
            said = words.text("tui.live.due_reminder", words=name)
        case "round":
            said = words.text("tui.live.due_round", name=name)
        case _:
            said = name
    return said


def matter_rows(
    matters: tuple[MatterLine, ...], at: datetime, words: Catalogue, *, is_masked: bool
) -> list[Row]:
    """The open matters by urgency: how long they may still wait, how long they have waited, what
    it is."""
    return [Row(str(one.id), _matter_cells(one, at, words, is_masked=is_masked)) for one in matters]


def _matter_cells(
    one: MatterLine, at: datetime, words: Catalogue, *, is_masked: bool
) -> tuple[str | Toned, ...]:
    return (
        left_cell(one, at, words),
        words.text("tui.live.waited", span=max(at - one.opened_at, timedelta(0))),
        _waiting(one, words, "strong" if marks_of(one, words) else "", is_masked=is_masked),
        "" if is_masked else one.owner_name,
    )


def matter_said(one: MatterLine, words: Catalogue, *, is_masked: bool) -> str:
    """A matter in one line: its kind, its marks, its unit; what was said of it where not masked."""
    about = words.text("tui.live.masked") if is_masked else one.title
    return " ".join(filter(None, (_named(one, words, is_masked=is_masked), about)))


def _named(one: MatterLine, words: Catalogue, *, is_masked: bool) -> str:
    unit = _unit_only(one.unit) if is_masked else one.unit
    return " ".join(filter(None, (kind_words(one.kind, words), *marks_of(one, words), unit)))


def _waiting(one: MatterLine, words: Catalogue, tone: str = "", *, is_masked: bool) -> Toned:
    """A matter and what it waits for, for which its unit is never cut."""
    return Toned(
        matter_said(one, words, is_masked=is_masked),
        tone,
        tail=awaited_words(one, words),
        kept=width(_named(one, words, is_masked=is_masked)) + CUT,
    )


def _unit_only(unit: str) -> str:
    """A unit has a number; what was typed without one may be somebody's name."""
    return unit if any(character.isdigit() for character in unit) else ""


def pressing_rows(
    matters: tuple[MatterLine, ...], at: datetime, words: Catalogue, *, key: str, is_masked: bool
) -> list[Row]:
    """What is late or about to be, as it presses: it comes up by itself (9.4). What can still be
    kept is named, and the first few that are late; the others stand among the open matters, which
    `key` shows, as people read it."""
    late = [one for one in matters if one.is_overdue]
    # A line that counts one other takes the place of that one.
    others = late[MOST_LATE:] if len(late) > MOST_LATE + 1 else []
    named = [
        Row(
            f"{PRESSING}{one.id}",
            (
                left_cell(one, at, words),
                _waiting(one, words, is_masked=is_masked),
            ),
        )
        for one in matters
        if one not in others
    ]
    if not others:
        return named
    said = words.text("tui.live.late_more", count=len(others))
    return [*named, Row(MORE_LATE, ("", words.text("tui.live.by_key", what=said, key=key)))]


def matter_alarms(
    matters: tuple[MatterLine, ...], duty: DutyRules, at: datetime, words: Catalogue
) -> list[str]:
    """Emergencies whose first report runs (2.4), major matters that the top has not heard of."""
    said = []
    for one in matters:
        if one.is_unreported(duty):
            clause = report_verdict(one.standing, duty).clause
            what = " ".join(filter(None, (one.number, kind_words(one.kind, words), one.unit)))
            is_emergency = one.urgency == "life_safety" and one.reported_at is None
            line = (
                words.text("tui.matters.alarm_report", span=at - one.opened_at, what=what)
                if is_emergency
                else words.text("tui.matters.alarm_major", what=what)
            )
            mark = words.text("tui.app.clause", clause=clause) if clause else ""
            said.append(words.text("tui.live.alarm", what=Literally(line)) + mark)
    return said


def entry_rows(lines: tuple[EntryLine, ...], words: Catalogue, *, is_masked: bool) -> list[Row]:
    """Today's log, newest first."""
    return [Row(str(one.id), _entry_cells(one, words, is_masked=is_masked)) for one in lines]


def _entry_cells(one: EntryLine, words: Catalogue, *, is_masked: bool) -> tuple[str | Toned, ...]:
    said = _said(one, words, is_masked=is_masked)
    tone = "warning" if one.is_emergency or one.is_abnormal else ""
    return (
        words.clock(one.at),
        _sort(one, words),
        Toned(said, tone),
        one.person_name,
    )


def _sort(one: EntryLine, words: Catalogue) -> str:
    """What sort of line it is: a call by what it was about, everything else by its kind."""
    if one.kind == "call" and one.category_now != "other":
        return words.text(f"tui.live.cat_{one.category_now}")
    return words.text(f"tui.live.entry_{one.kind}")


def _said(one: EntryLine, words: Catalogue, *, is_masked: bool) -> str:
    marks = [
        words.text(f"tui.live.{mark}")
        for mark, is_so in (
            ("emergency", one.is_emergency),
            ("abnormal", one.is_abnormal and not one.is_emergency),
            ("left_open", one.is_open),
            ("corrected", one.additions > 0),
        )
        if is_so
    ]
    if is_masked:
        masked = (*marks, _unit_only(one.unit), words.text("tui.live.masked"))
        return "  ".join(filter(None, masked))
    who = " ".join(filter(None, (one.unit, one.caller)))
    return "  ".join(filter(None, (*marks, who, one.content)))


def upkeep_lines(upkeep: Upkeep, duty: DutyRules, words: Catalogue) -> list[str]:
    """What whoever makes the roster is to see to: next month, requests, what runs out."""
    found: list[tuple[Message, str | None]] = []
    if upkeep.unpublished is not None:
        key = "roster_late" if upkeep.is_late else "roster_due" if upkeep.due else "roster_new"
        month = f"{upkeep.unpublished:%Y-%m}"
        what = message(f"tui.live.{key}", month=month, due=upkeep.due)
        found.append((what, duty.cite(Topic.ROSTER_PUBLICATION)))
    if upkeep.waiting:
        what = message("tui.live.roster_requests", count=upkeep.waiting)
        found.append((what, duty.cite(Topic.LEAVE)))
    for one in upkeep.running_out[:MOST_RUNNING_OUT]:
        what = message("tui.live.runs_out", name=one.name, title=one.title, day=one.day)
        found.append((what, duty.cite(Topic.QUALIFICATION) or duty.cite(Topic.ONBOARDING)))
    for left in upkeep.left[:MOST_RUNNING_OUT]:
        said = {"name": left.name, "day": left.day, "count": left.count}
        found.append((message("tui.live.still_rostered", **said), duty.cite(Topic.ROSTER_MAKER)))
    return [
        words.text("tui.live.alarm", what=what)
        + (words.text("tui.app.clause", clause=clause) if clause else "")
        for what, clause in found
    ]
