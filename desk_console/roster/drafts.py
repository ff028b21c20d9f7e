"""Making a draft: by hand, cell by cell, by rotation, or from a result of the optimiser.

A draft is nobody's duty. Each change raises its revision; who acts on an older one is refused and
told who changed it. What has begun stays as it was published.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete
from sqlmodel import col

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.people.authority import authorised
from desk_console.people.rules import Right
from desk_console.roster import views
from desk_console.roster.draft_cells import (
    assignment_of,
    cells_of,
    keep_cells,
    name_of,
    put_on,
    shift_in,
    take_off,
    whole_cells,
)
from desk_console.roster.planning import assignments, problem_of
from desk_console.roster.problem import Assignment, Draft, Place
from desk_console.roster.records import DraftCell, DraftMethod, RosterDraft
from desk_console.roster.rotation import by_rotation
from desk_console.roster.rules import occurrences
from desk_console.roster.sharing import Workload
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic


@dataclass(frozen=True, slots=True)
class Edited:
    """A draft after a change."""

    draft_id: int
    revision: int
    gave_way: str = ""
    """Who was taken off a full shift for whom was put on it."""


def begin_draft(
    desk: Desk,
    by_id: int,
    first_day: date,
    last_day: date,
    method: DraftMethod = DraftMethod.HAND,
    *,
    workload: Workload | None = None,
) -> Edited:
    """Begins the draft of a period (9.1, 2.1, 1.2, 3.1).

    Refuses whoever may not draft, a period that is over, and a second draft of the same dates.
    Shifts that have begun are taken over from the publication and stay.
    """
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.DRAFT, desk.duty)
        if last_day < work.now.astimezone(desk.zone).date():
            raise Refusal("roster.period_over", day=last_day)
        before = views.open_draft(work.session, first_day)
        if before is not None:
            raise Refusal("roster.draft_open", name=name_of(work, before.made_by))
        draft = RosterDraft(
            first_day=first_day,
            last_day=last_day,
            method=method,
            made_by=by_id,
            begun_at=work.now,
            changed_at=work.now,
            changed_by=by_id,
        )
        work.session.add(draft)
        work.session.flush()
        begun = begun_cells(work, desk, first_day, last_day)
        keep_cells(work, draft, begun, pinned=begun)
        if method is DraftMethod.PUBLISHED:
            published = assignments(views.placed(work.session, first_day, last_day))
            keep_cells(work, draft, published - begun)
        elif method is DraftMethod.ROTATION:
            problem = problem_of(
                work.session,
                desk,
                first_day,
                last_day,
                pins=begun,
                workload=workload,
                drafted=begun,
            )
            keep_cells(work, draft, by_rotation(problem) - begun)
        work.journal(
            "roster.draft_begun",
            by=by_id,
            subject=f"roster_draft:{draft.id}",
            clause=desk.duty.cite(Topic.ROSTER_MAKER),
            first_day=first_day,
            last_day=last_day,
            method=method,
        )
        return Edited(draft.id or 0, draft.revision)


def place(
    desk: Desk, by_id: int, draft_id: int, revision: int, cell: Assignment, *, beside: bool = False
) -> Edited:
    """Puts a person on a shift. On a full one somebody who is not fixed gives way, unless the
    person comes `beside` them. Turns within the shift follow.

    Refuses a shift that does not run (9.2), has begun, or is full of fixed people.
    """
    with desk.transaction() as work:
        draft = _open(work, desk, by_id, draft_id, revision)
        gave_way = put_on(work, desk, draft, cell, beside=beside)
        return _changed(work, draft, by_id, gave_way)


def give(
    desk: Desk,
    by_id: int,
    draft_id: int,
    revision: int,
    person_id: int,
    day: date,
    *,
    shift: Place | None,
) -> Edited:
    """Gives a person that shift on a day instead of whatever they have on it; None: the day off.

    Refuses as `place` does, and to take a fixed cell away.
    """
    with desk.transaction() as work:
        draft = _open(work, desk, by_id, draft_id, revision)
        for cell in whole_cells(work, desk, draft, person_id, day):
            if cell.is_pinned and (cell.plan_code, cell.post_code) != shift:
                raise Refusal("roster.cell_fixed", name=name_of(work, person_id))
            if (cell.plan_code, cell.post_code) != shift:
                take_off(work, desk, draft, assignment_of(cell))
        gave_way = ""
        if shift is not None:
            wanted = Assignment(day, shift.plan, shift.post, person_id)
            gave_way = put_on(work, desk, draft, wanted)
        return _changed(work, draft, by_id, gave_way)


def clear(desk: Desk, by_id: int, draft_id: int, revision: int, cell: Assignment) -> Edited:
    """Takes a person off a shift, and off the turns within it. Refuses one that has begun."""
    with desk.transaction() as work:
        draft = _open(work, desk, by_id, draft_id, revision)
        take_off(work, desk, draft, cell)
        return _changed(work, draft, by_id)


def pin(
    desk: Desk,
    by_id: int,
    draft_id: int,
    revision: int,
    person_id: int,
    day: date,
    *,
    is_pinned: bool,
) -> Edited:
    """Fixes what a person has on a day, so that no draft moves it; or lets it go again.

    Refuses a day without a duty, and shifts that have begun.
    """
    with desk.transaction() as work:
        draft = _open(work, desk, by_id, draft_id, revision)
        found = [
            one for one in cells_of(work, draft) if (one.person_id, one.day) == (person_id, day)
        ]
        if not found:
            raise Refusal("roster.cell_empty")
        for one in found:
            shift_in(work, desk, draft, assignment_of(one))
            one.is_pinned = is_pinned
            work.session.add(one)
        return _changed(work, draft, by_id)


def take_over(
    desk: Desk,
    by_id: int,
    draft_id: int,
    revision: int,
    cells: Draft,
    method: DraftMethod,
) -> Edited:
    """Takes a whole result over: of a rotation, the optimiser, or a file. Fixed cells must be in
    it.
    """
    with desk.transaction() as work:
        draft = _open(work, desk, by_id, draft_id, revision)
        fixed = {assignment_of(one) for one in cells_of(work, draft) if one.is_pinned}
        if fixed - cells:
            lost = min(fixed - cells)
            raise Refusal("roster.cell_fixed", name=name_of(work, lost.person))
        work.session.execute(
            delete(DraftCell).where(
                col(DraftCell.draft_id) == draft.id, col(DraftCell.is_pinned).is_(False)
            )
        )
        keep_cells(work, draft, cells - fixed)
        draft.method = method
        return _changed(work, draft, by_id)


def discard_draft(desk: Desk, by_id: int, draft_id: int, revision: int) -> None:
    """Throws a draft away. What is published stays."""
    with desk.transaction() as work:
        draft = _open(work, desk, by_id, draft_id, revision)
        draft.closed_at = work.now
        work.session.add(draft)
        work.journal("roster.draft_discarded", by=by_id, subject=f"roster_draft:{draft_id}")


def begun_cells(work: Work, desk: Desk, first_day: date, last_day: date) -> Draft:
    """What is published for shifts of a period that have begun: history, which stays."""
    begun = {
        (one.day, one.plan_code, one.post_code)
        for one in occurrences(desk.duty, desk.zone, first_day, last_day)
        if one.begins_at <= work.now
    }
    published = views.placed(work.session, first_day, last_day)
    return assignments(one for one in published if one.place in begun)


def opened(work: Work, desk: Desk, draft_id: int, revision: int) -> RosterDraft:
    """The open draft in the state that was seen. Refuses a closed one, and one changed since."""
    draft = work.session.get(RosterDraft, draft_id)
    if draft is None or draft.closed_at is not None:
        raise Refusal("roster.draft_closed")
    if draft.revision != revision:
        raise Refusal(
            "roster.draft_changed", name=name_of(work, draft.changed_by), at=draft.changed_at
        )
    return draft


def _open(work: Work, desk: Desk, by_id: int, draft_id: int, revision: int) -> RosterDraft:
    authorised(work.session, by_id, Right.DRAFT, desk.duty)
    return opened(work, desk, draft_id, revision)


def _changed(work: Work, draft: RosterDraft, by_id: int, gave_way: str = "") -> Edited:
    draft.revision += 1
    draft.changed_at, draft.changed_by = work.now, by_id
    work.session.add(draft)
    work.session.flush()
    return Edited(draft.id or 0, draft.revision, gave_way)
