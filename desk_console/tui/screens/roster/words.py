"""What the roster's screen says around the grid: how the month stands, what a cell holds."""

from __future__ import annotations

from datetime import date

from desk_console.foundation.catalogue import Catalogue, Literally, Message, message
from desk_console.roster.changes import turn_message
from desk_console.roster.findings import hours, shift_name
from desk_console.roster.problem import Assignment
from desk_console.roster.quality import Quality
from desk_console.roster.records import DraftMethod
from desk_console.roster.rules import is_working_day
from desk_console.roster.score import biggest
from desk_console.roster.sheet import Finding, PersonLine, Placed, RosterMonth, Slot
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules, Topic
from desk_console.tui.screens.live import MONTHS
from desk_console.tui.screens.roster.reading import Seen
from desk_console.tui.screens.roster.under import Face, Under
from desk_console.tui.widgets.plain import width
from desk_console.tui.widgets.table import Row, Toned

T = "tui.roster"
_TONES = {"gap": "overdue", "clash": "warning", "warning": "muted"}


def title_line(seen: Seen, duty: DutyRules, words: Catalogue) -> str:
    """The month's name, and how it stands: published or drafted."""
    first = seen.checked.month.first_day
    name = words.text(
        f"{T}.title", year=first.year, month=first.month, month_name=MONTHS[first.month - 1]
    )
    return f"{name}  {_standing(seen, duty, words)}"


def figures_line(seen: Seen, words: Catalogue, room: int) -> str:
    """What is wrong with it, what differs from the published, what waits; then its score, with as
    many of its parts by name as there is room for.
    """
    month = seen.checked.month
    if not seen.checked.cells and not month.versions and month.last_day >= seen.today:
        parts = [words.text(f"{T}.nothing_yet", count=_counted(month)["gap"])]
    else:
        parts = [words.text(f"{T}.counts_wrong", **_counted(month))]
    if seen.is_draft and month.versions:
        added, removed = len(seen.added), len(seen.removed)
        parts.append(words.text(f"{T}.compared", added=added, removed=removed))
    if seen.waiting:
        parts.append(words.text(f"{T}.requests_waiting_here", count=seen.waiting))
    if month.is_estimated:
        parts.append(words.text(f"{T}.estimated"))
    line = "  ".join(parts)
    if not seen.checked.cells:
        return line
    return line + "  " + _score(seen.checked.report.quality, words, room - width(line) - 2)


def score_text(quality: Quality, words: Catalogue, named: int) -> str:
    """The score with so many of its dearest parts by name."""
    found = biggest(quality)
    total = words.text(f"{T}.score", cost=quality.total)
    if not found or not named:
        return total
    parts: list[Message | str] = [
        message(f"{T}.score_part", part=message(f"roster.part_{part}"), points=points)
        for part, points in found[:named]
    ]
    if len(found) > named:
        parts.append(message(f"{T}.score_more", count=len(found) - named))
    return words.text(f"{T}.score_of", total=total, parts=parts)


def _score(quality: Quality, words: Catalogue, room: int) -> str:
    for named in range(len(quality.parts), 0, -1):
        line = score_text(quality, words, named)
        if width(line) <= room:
            return line
    return score_text(quality, words, 0)


def _counted(month: RosterMonth) -> dict[str, int]:
    counted = dict.fromkeys(("gap", "clash", "warning"), 0)
    for one in month.findings:
        counted[one.kind] += 1
    return counted


def cell_lines(seen: Seen, under: Under, desk: Desk, words: Catalogue) -> list[str]:
    """What the place under the cursor holds, in two lines."""
    if under.face is Face.SHIFTS:
        return shift_cell_lines(seen, under.slot, desk, words)
    if under.is_gap:
        return gap_lines(under.month, under.day, desk, words)
    line = under.month.line_of(under.person_id or 0)
    return [] if line is None else person_cell_lines(seen, line, under.day, desk, words)


def day_words(seen: Seen, day: date, words: Catalogue) -> str:
    """What a day is beside its weekday: today, a holiday by name; empty: nothing more."""
    head = next((one for one in seen.checked.month.days if one.day == day), None)
    said = [words.text(f"{T}.cell_today")] if day == seen.today else []
    if head is not None and head.special is not None:
        said.append(words.either(head.special.zh, head.special.en))
    return "".join(f"  {one}" for one in said)


def mine_line(seen: Seen, desk: Desk, words: Catalogue) -> str:
    """The next shift of whoever sits here, and with whom."""
    turn = seen.next_turn
    if turn is None:
        return words.text(f"{T}.mine_none")
    one = turn.occurrence
    cell = Assignment(one.day, one.plan_code, one.post_code, turn.person.id)
    line = words.text(f"{T}.mine", turn=turn_message(desk, cell))
    if turn.others:
        names = [person.name for person in turn.others]
        line += "  " + words.text(f"{T}.cell_with", names=names)
    return line


def person_cell_lines(
    seen: Seen, line: PersonLine, day: date, desk: Desk, words: Catalogue
) -> list[str]:
    """What one person has on one day; their telephone; their quarter."""
    placed = line.placed.get(day, ())
    said = {
        "day": f"{day:%m-%d}",
        "weekday": message(f"roster.weekday_{day.weekday()}"),
        "name": line.person.name,
    }
    if placed:
        first = words.text(f"{T}.cell_turns", name=line.person.name, turns=_turns(placed, desk))
        others = _others(seen.checked.month, placed[0])
        if others:
            first += "  " + words.text(f"{T}.cell_with", names=others)
        if any(one.cause for one in placed):
            first += "  " + words.text(f"{T}.cell_cause")
    elif day in line.leave:
        first = words.text(f"{T}.cell_leave", **said)
    elif day < seen.began and not any(slot.people for slot in seen.checked.month.on(day)):
        first = words.text(f"{T}.cell_before", **said)
    elif not is_working_day(desk.duty, day):
        closed = message(f"{T}.cell_closed", **said)
        first = words.text(cited(closed, desk.duty.cite(Topic.WORKING_DAYS)))
    else:
        first = words.text(f"{T}.cell_off", **said)
    if day in line.wishes:
        first += "  " + _wish(line.wishes[day], desk, words)
    first += day_words(seen, day, words)
    tally = line.quarter
    second = words.text(
        f"{T}.cell_quarter",
        shifts=tally.shifts,
        hours=hours(tally.minutes),
        nights=tally.nights,
        weekends=tally.weekends,
        holidays=tally.holidays,
    )
    if line.person.phone:
        second = words.text(f"{T}.cell_phone", phone=line.person.phone) + "  " + second
    return [first, second]


def shift_cell_lines(seen: Seen, slot: Slot | None, desk: Desk, words: Catalogue) -> list[str]:
    """Who is on one shift, with their telephones."""
    if slot is None:
        return [""]
    one = slot.occurrence
    turn = words.text(turn_message(desk, Assignment(one.day, one.plan_code, one.post_code, 0)))
    people = []
    for placed in slot.people:
        line = seen.checked.month.line_of(placed.person_id)
        if line is not None:
            people.append(f"{line.person.name} {line.person.phone}".rstrip())
    if slot.missing:
        people.append(words.text(f"{T}.missing", count=slot.missing))
    return [turn + day_words(seen, one.day, words), "  ".join(people)]


def gap_lines(month: RosterMonth, day: date, desk: Desk, words: Catalogue) -> list[str]:
    """The shifts of a day that want somebody."""
    wanted = [
        shift_name(desk.duty, slot.occurrence.plan_code, slot.occurrence.post_code)
        for slot in month.on(day)
        if slot.missing and slot.occurrence.within is None
    ]
    return [
        words.text(
            f"{T}.cell_gap",
            day=f"{day:%m-%d}",
            weekday=message(f"roster.weekday_{day.weekday()}"),
            shifts=wanted or message("roster.none"),
        )
    ]


def finding_rows(findings: tuple[Finding, ...], words: Catalogue) -> list[Row]:
    """Gaps, clashes and warnings, each by its place in the list."""
    return [
        Row(
            str(index),
            (
                Toned(words.text(f"{T}.kind_{one.kind}"), _TONES[one.kind]),
                words.text(one.what),
                words.text(f"{T}.under_clause", clause=one.clause) if one.clause else "",
            ),
        )
        for index, one in enumerate(findings)
    ]


def method_name(method: DraftMethod) -> Message:
    """How a draft was begun, in words."""
    return message(f"{T}.method_{method}")


def cited(what: Message | str, clause: str | None) -> Message | str:
    """A text with the clause that it goes by, where there is one."""
    if not clause:
        return what
    return message(f"{T}.cited", what=_said(what), clause=clause)


def _said(what: Message | str) -> Message | str:
    return what if isinstance(what, Message | Literally) else message(what)


def _standing(seen: Seen, duty: DutyRules, words: Catalogue) -> str:
    month = seen.checked.month
    if seen.is_draft and seen.draft is not None:
        draft = seen.draft
        return words.text(
            f"{T}.drafting",
            name=draft.made_by,
            method=method_name(draft.method),
            changed_by=draft.changed_by,
            at=draft.changed_at,
        )
    if month.is_published:
        newest = month.versions[0]
        first = next((one for one in month.versions if one.is_late), newest)
        key = "published_late" if first.is_late else "published"
        line = words.text(
            f"{T}.{key}",
            at=newest.published_at,
            name=newest.published_by,
            reason=first.late_reason,
        )
        if newest.change_reason:
            line += "   " + words.text(f"{T}.with_change", reason=newest.change_reason)
        if newest.breach_reason:
            line += "   " + words.text(f"{T}.with_breach", reason=newest.breach_reason)
    elif month.versions:
        line = words.text(f"{T}.partly")
    elif month.last_day < seen.began:
        line = words.text(f"{T}.before_site", began=seen.began)
    else:
        said = message(f"{T}.{_not_published(seen)}", due=seen.due, began=seen.began)
        line = words.text(cited(said, duty.cite(Topic.ROSTER_PUBLICATION)))
    if seen.draft is not None:
        line += "   " + words.text(f"{T}.draft_waits", name=seen.draft.made_by)
    return line


def _not_published(seen: Seen) -> str:
    if seen.due < seen.began:
        return "not_published_yet"
    return "not_published_late" if seen.today > seen.due else "not_published"


def _turns(placed: tuple[Placed, ...], desk: Desk) -> list[Message]:
    return [
        turn_message(desk, Assignment(one.day, one.plan_code, one.post_code, one.person_id))
        for one in placed
    ]


def _others(month: RosterMonth, placed: Placed) -> list[str]:
    """Whoever is on duty in the same hours: at this post, and at the others of the shift."""
    names = []
    for slot in month.on(placed.day):
        if slot.occurrence.plan_code != placed.plan_code:
            continue
        for one in slot.people:
            line = month.line_of(one.person_id)
            if line is not None and one.person_id != placed.person_id:
                names.append(line.person.name)
    return names


def _wish(plan_code: str, desk: Desk, words: Catalogue) -> str:
    if not plan_code:
        return words.text(f"{T}.cell_wish_off")
    return words.text(f"{T}.cell_wish_on", shift=shift_name(desk.duty, plan_code))
