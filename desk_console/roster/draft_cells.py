"""The cells of a draft: putting somebody on a shift, taking them off, what is fixed.

Steps of the acts on a draft. Turns within a shift go with it (6.2); what has begun stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlmodel import col, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.people import views as people
from desk_console.roster.problem import Assignment, Draft
from desk_console.roster.records import DraftCell, RosterDraft
from desk_console.roster.rules import Occurrence, occurrence_of, occurrences
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic


def put_on(
    work: Work, desk: Desk, draft: RosterDraft, cell: Assignment, *, beside: bool = False
) -> str:
    """Puts a person on a shift. On a full one somebody who is not fixed gives way, unless they
    come `beside`; returns their name, or nothing.
    """
    gives_way = ""
    shift = shift_in(work, desk, draft, cell)
    if people.person(work.session, cell.person) is None:
        raise Refusal("people.unknown_person")
    there = _on(work, draft, cell)
    if cell.person in {one.person_id for one in there}:
        return gives_way
    if len(there) >= shift.count and not beside:
        free = [one for one in there if not one.is_pinned]
        if not free:
            raise Refusal("roster.cell_fixed", name=name_of(work, there[0].person_id))
        gives_way = name_of(work, free[0].person_id)
        work.session.delete(free[0])
    keep_cells(work, draft, [cell])
    _follow(work, desk, draft, shift)
    return gives_way


def take_off(work: Work, desk: Desk, draft: RosterDraft, cell: Assignment) -> None:
    """Takes a person off a shift, and off the turns within it."""
    shift = shift_in(work, desk, draft, cell)
    for one in _on(work, draft, cell):
        if one.person_id == cell.person:
            work.session.delete(one)
    work.session.flush()
    _follow(work, desk, draft, shift)


def keep_cells(
    work: Work, draft: RosterDraft, cells: Iterable[Assignment], *, pinned: Draft = frozenset()
) -> None:
    """Adds these cells as they are."""
    for cell in sorted(cells):
        work.session.add(
            DraftCell(
                draft_id=draft.id or 0,
                day=cell.day,
                plan_code=cell.plan,
                post_code=cell.post,
                person_id=cell.person,
                is_pinned=cell in pinned,
            )
        )
    work.session.flush()


def shift_in(work: Work, desk: Desk, draft: RosterDraft, cell: Assignment) -> Occurrence:
    """A cell's shift. Refuses one outside the draft, one that does not run, one that began."""
    if not draft.first_day <= cell.day <= draft.last_day:
        raise Refusal("roster.turn_outside", day=cell.day)
    shift = occurrence_of(
        desk.duty, desk.zone, plan_code=cell.plan, post_code=cell.post, day=cell.day
    )
    if shift is None:
        raise Refusal("roster.no_such_shift", clause=desk.duty.cite(Topic.DUTY_HOURS), day=cell.day)
    if shift.begins_at <= work.now:
        raise Refusal("roster.already_begun", at=shift.begins_at)
    return shift


def whole_cells(
    work: Work, desk: Desk, draft: RosterDraft, person_id: int, day: date
) -> list[DraftCell]:
    """A person's cells on a day, no turns within a shift."""
    whole = {plan.code for plan in desk.duty.shifts if plan.within is None}
    return [
        one
        for one in cells_of(work, draft)
        if (one.person_id, one.day) == (person_id, day) and one.plan_code in whole
    ]


def cells_of(work: Work, draft: RosterDraft) -> list[DraftCell]:
    """Every cell of a draft, in the order in which they came."""
    query = select(DraftCell).where(DraftCell.draft_id == draft.id).order_by(col(DraftCell.id))
    return list(work.session.exec(query))


def assignment_of(cell: DraftCell) -> Assignment:
    """A cell as the checker looks at it."""
    return Assignment(cell.day, cell.plan_code, cell.post_code, cell.person_id)


def _on(work: Work, draft: RosterDraft, cell: Assignment) -> list[DraftCell]:
    return [
        one
        for one in cells_of(work, draft)
        if (one.day, one.plan_code, one.post_code) == (cell.day, cell.plan, cell.post)
    ]


def _follow(work: Work, desk: Desk, draft: RosterDraft, shift: Occurrence) -> None:
    """Turns within a shift go to somebody who is on it (6.2)."""
    if shift.within is not None:
        return
    there = _on(work, draft, Assignment(shift.day, shift.plan_code, shift.post_code, 0))
    crew = [one.person_id for one in there]
    for turn in occurrences(desk.duty, desk.zone, shift.day, shift.day):
        if turn.within != shift.plan_code or turn.post_code != shift.post_code:
            continue
        cell = Assignment(turn.day, turn.plan_code, turn.post_code, 0)
        held = _on(work, draft, cell)
        kept = [one.person_id for one in held if one.person_id in crew]
        for one in held:
            if one.person_id not in crew:
                work.session.delete(one)
        work.session.flush()
        waiting = [one for one in crew if one not in kept][: max(0, turn.count - len(kept))]
        keep_cells(work, draft, [cell._replace(person=one) for one in waiting])


def name_of(work: Work, person_id: int) -> str:
    """Somebody's name; empty for nobody."""
    person = people.person(work.session, person_id)
    return person.name if person else ""
