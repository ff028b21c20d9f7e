"""Checklists: what is asked at sign-on, before the shift counts as started, and before the
handover.

Each answer is kept with who gave it and when. Where the regulation has opening checks, the shift
has not started until each of them was answered (7.9).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import ALLOWED, Refusal, Verdict
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.people.authority import authorised
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import CheckRule, DutyRules, Topic
from desk_console.shift.check_list import CheckLine as CheckLine
from desk_console.shift.check_list import lines as lines
from desk_console.shift.check_list import start_verdict as start_verdict
from desk_console.shift.records import CheckAnswer, CheckItem, CheckKind, Shift


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line as the set-up shows it, also one that is out of use."""

    id: int
    kind: CheckKind
    code: str
    zh: str
    en: str
    clause: str | None
    is_active: bool


def listed(session: Session) -> tuple[ListedLine, ...]:
    """Every line of every checklist, list by list, those out of use too."""
    query = select(CheckItem).order_by(
        col(CheckItem.kind), col(CheckItem.position), col(CheckItem.id)
    )
    return tuple(
        ListedLine(one.id or 0, one.kind, one.code, one.zh, one.en, one.clause, one.is_active)
        for one in session.exec(query)
    )


def seed(work: Work, duty: DutyRules) -> None:
    """Puts the regulation's own lines into the lists; those that are there already stay as they
    are.
    """
    known = set(work.session.exec(select(CheckItem.code)))
    for kind, rules in (
        (CheckKind.OPENING, duty.opening_checks),
        (CheckKind.START, duty.start_checks),
        (CheckKind.TIDY, duty.tidy_checks),
        (CheckKind.AREA, duty.area_checks),
    ):
        for position, rule in enumerate(rules):
            if rule.code not in known:
                work.session.add(_line(kind, position, rule, duty))


def add_line(desk: Desk, by_id: int, kind: CheckKind, *, code: str, zh: str, en: str) -> int:
    """Adds a site's own line to a checklist; returns its id."""
    zh, en, code = accept(zh), accept(en), accept(code)
    if not (zh and code):
        raise Refusal("shift.check_incomplete")
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        if work.session.exec(select(CheckItem).where(CheckItem.code == code)).first():
            raise Refusal("shift.check_twice", code=code)
        last = work.session.exec(
            select(CheckItem.position)
            .where(CheckItem.kind == kind)
            .order_by(col(CheckItem.position).desc())
        ).first()
        item = CheckItem(kind=kind, code=code, zh=zh, en=en or zh, position=(last or 0) + 1)
        work.session.add(item)
        work.session.flush()
        work.journal("shift.check_added", by=by_id, subject=f"check:{item.id}", code=code)
        return item.id or 0


def change_line(
    desk: Desk, by_id: int, item_id: int, *, zh: str, en: str, is_active: bool = True
) -> None:
    """Changes what a line asks, or takes it out of its list or back into it; answers stay with the
    words that the journal keeps."""
    zh, en = accept(zh), accept(en)
    if not zh:
        raise Refusal("shift.check_incomplete")
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        item = work.session.get(CheckItem, item_id)
        if item is None:
            raise Refusal("shift.check_unknown")
        before = {"zh": item.zh, "en": item.en, "is_active": item.is_active}
        item.zh, item.en, item.is_active = zh, en or zh, is_active
        work.session.add(item)
        work.journal(
            "shift.check_changed",
            by=by_id,
            subject=f"check:{item_id}",
            before=before,
            after={"zh": item.zh, "en": item.en, "is_active": is_active},
        )


def retire_line(desk: Desk, by_id: int, item_id: int) -> None:
    """Takes a line out of its checklist; the answers given to it stay."""
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        item = work.session.get(CheckItem, item_id)
        if item is None:
            raise Refusal("shift.check_unknown")
        item.is_active = False
        work.session.add(item)
        work.journal("shift.check_retired", by=by_id, subject=f"check:{item_id}")


def answer(
    desk: Desk,
    person_id: int,
    item_id: int,
    *,
    is_ok: bool,
    note: str = "",
    shift_id: int | None = None,
    attendance_id: int | None = None,
) -> None:
    """Keeps an answer to a line (1.9, 2.10, 7.4, 7.7, 7.9, 9.14); the last opening check starts
    the shift.

    What is not in order wants a word on it.
    """
    words = accept(note, limit=1000, lines=True)
    with desk.transaction() as work:
        authorised(work.session, person_id, Right.LOG, desk.duty)
        answer_step(
            work,
            desk,
            person_id,
            item_id,
            is_ok=is_ok,
            note=words,
            shift_id=shift_id,
            attendance_id=attendance_id,
        )


def answer_step(
    work: Work,
    desk: Desk,
    person_id: int,
    item_id: int,
    *,
    is_ok: bool,
    note: str,
    kind: CheckKind | None = None,
    shift_id: int | None = None,
    attendance_id: int | None = None,
) -> None:
    """The step of `answer`, for an act that does more; `kind`, where given, must be the list's."""
    item = work.session.get(CheckItem, item_id)
    if item is None or not item.is_active or kind not in (None, item.kind):
        raise Refusal("shift.check_unknown")
    if not is_ok and not note:
        raise Refusal("shift.check_note_wanted", clause=item.clause)
    work.session.add(
        CheckAnswer(
            item_id=item_id,
            shift_id=shift_id,
            attendance_id=attendance_id,
            person_id=person_id,
            at=work.now,
            is_ok=is_ok,
            note=note,
        )
    )
    work.journal(
        "shift.check_answered",
        by=person_id,
        subject=f"check:{item_id}",
        clause=item.clause,
        is_ok=is_ok,
        shift=shift_id,
        attendance=attendance_id,
    )
    if item.kind is CheckKind.OPENING and shift_id is not None:
        _start_when_done(work, desk.duty, shift_id, person_id)


def started_verdict(session: Session, shift: Shift | None, duty: DutyRules) -> Verdict:
    """May what belongs to a shift's work be done in it? Not before its opening checks (7.9): what
    rings or comes in is logged all the same.
    """
    if shift is None or shift.started_at is not None:
        return ALLOWED
    return start_verdict(lines(session, CheckKind.OPENING, shift_id=shift.id), duty)


def _line(kind: CheckKind, position: int, rule: CheckRule, duty: DutyRules) -> CheckItem:
    return CheckItem(
        kind=kind,
        code=rule.code,
        zh=rule.zh,
        en=rule.en,
        clause=duty.cite(rule.topic) if rule.topic else None,
        position=position,
    )


def _start_when_done(work: Work, duty: DutyRules, shift_id: int, person_id: int) -> None:
    shift = work.session.get(Shift, shift_id)
    if shift is None or shift.started_at is not None:
        return
    work.session.flush()
    if start_verdict(lines(work.session, CheckKind.OPENING, shift_id=shift_id), duty).is_allowed:
        shift.started_at = work.now
        work.session.add(shift)
        work.journal(
            "shift.started",
            by=person_id,
            subject=f"shift:{shift_id}",
            clause=duty.cite(Topic.OPENING_CHECKS),
        )
