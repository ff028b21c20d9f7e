"""Publishing a draft: from then on its duties say whose turn it is.

A publication freezes a version under the publisher's own signature. It is refused while a clause
is broken; when it is late, sets a working rule aside, or changes what was published before, the
reason stays with it for ever.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof
from desk_console.people.rules import Right, role_for
from desk_console.roster.breaches import Breach
from desk_console.roster.changes import Told, cell_of, change, in_force, tell, turn_message
from desk_console.roster.checked import Checked, checked_draft
from desk_console.roster.drafts import begun_cells, opened
from desk_console.roster.problem import Draft
from desk_console.roster.publishing import (
    correction_verdict,
    is_late,
    late_verdict,
    soundness_verdict,
)
from desk_console.roster.records import Duty, Roster, RosterDraft
from desk_console.roster.sharing import Workload
from desk_console.roster.views import site_began
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Announcement, Topic


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication came to."""

    roster_id: int
    is_late: bool
    told: Told
    wants_noticeboard: bool
    """Whether the regulation wants the sheet on the notice board (3.2)."""


def publish(
    desk: Desk,
    proof: Proof,
    draft_id: int,
    revision: int,
    *,
    late_reason: str = "",
    breach_reason: str = "",
    change_reason: str = "",
    workload: Workload | None = None,
) -> Published:
    """Publishes a draft (9.1, 2.1, 2.3, 2.5, 6.1, 1.1, 1.3, 7.2, 4.4, 3.1, 3.2).

    Refuses whoever may not publish, a draft that was changed meanwhile or changes nothing, a gap or
    another breach of a clause, history that differs, and lateness without the reason. What was
    published before is changed by the supervisor only, with the reason, and not about their
    own duty; nor is a change undone that was made since the draft was begun (9.8, 2.6, 3.3).
    """
    late_words, breach_words = accept(late_reason), accept(breach_reason)
    change_words = accept(change_reason)
    with desk.transaction() as work:
        publisher = authorised(work.session, proof.person.id, Right.PUBLISH, desk.duty)
        draft = opened(work, desk, draft_id, revision)
        checked = checked_draft(work.session, desk, draft, workload=workload)
        _keeps_history(work, desk, draft, checked.cells)
        _keeps_changes(work, desk, draft, checked.cells)
        added, removed = _of_published(work, checked)
        if checked.month.is_published and not added and not removed:
            raise Refusal("roster.nothing_changed", clause=desk.duty.cite(Topic.ROSTER_PUBLICATION))
        correction_verdict(
            desk.duty, publisher, added=added, removed=removed, reason=change_words
        ).or_refuse()
        breaches = _ahead(work, desk, checked)
        names = {one.id: one.name for one in people.people(work.session, active=None)}
        soundness_verdict(breaches, desk.duty, names, breach_words).or_refuse()
        late = False
        if not checked.month.is_published:
            today, first = work.now.astimezone(desk.zone).date(), min(checked.month.new_days)
            began = site_began(work.session, desk).date()
            late_verdict(desk.duty, first, today=today, began=began, reason=late_words).or_refuse()
            late = is_late(desk.duty, first, today=today, began=began)
        roster = Roster(
            first_day=draft.first_day,
            last_day=draft.last_day,
            published_at=work.now,
            published_by=proof.person.id,
            drafted_by=draft.made_by,
            is_late=late,
            late_reason=late_words if late else "",
            breach_reason=breach_words if breaches else "",
            change_reason=change_words if added or removed else "",
        )
        work.session.add(roster)
        work.session.flush()
        return _put_in_force(work, desk, proof, draft, roster, checked.cells)


def _put_in_force(
    work: Work, desk: Desk, proof: Proof, draft: RosterDraft, roster: Roster, cells: Draft
) -> Published:
    subject = f"roster:{roster.id}"
    draft.closed_at, draft.roster_id = work.now, roster.id
    work.session.add(draft)
    duties = in_force(work, draft.first_day, draft.last_day)
    added, removed = change(work, duties, cells, cause=subject, roster_id=roster.id)
    turns = [[cell.day, cell.plan, cell.post, cell.person] for cell in sorted(cells)]
    content: dict[str, object] = {
        "first_day": roster.first_day,
        "last_day": roster.last_day,
        "turns": turns,
        "late_reason": roster.late_reason,
        "breach_reason": roster.breach_reason,
        "change_reason": roster.change_reason,
    }
    role = role_for(proof.person, Right.PUBLISH, desk.duty)
    signature_id = proof.sign(work, subject=subject, meaning="publish", role=role, content=content)
    work.journal(
        "roster.published",
        by=proof.person.id,
        subject=subject,
        clause=desk.duty.cite(Topic.ROSTER_PUBLICATION),
        signature=signature_id,
        is_late=roster.is_late,
        **content,
    )
    told = tell(
        work,
        desk,
        template="roster.published",
        cause=subject,
        added=added,
        removed=removed,
        first=roster.first_day,
        last=roster.last_day,
    )
    return Published(
        roster_id=roster.id or 0,
        is_late=roster.is_late,
        told=told,
        wants_noticeboard=Announcement.NOTICEBOARD in desk.duty.notify,
    )


def _keeps_history(work: Work, desk: Desk, draft: RosterDraft, cells: Draft) -> None:
    begun = begun_cells(work, desk, draft.first_day, draft.last_day)
    if begun - cells:
        raise Refusal("roster.history_differs", day=min(begun - cells).day)


def _keeps_changes(work: Work, desk: Desk, draft: RosterDraft, cells: Draft) -> None:
    """Refuses a draft that would undo what was changed since it was begun: an approved swap, or
    somebody taken in.
    """
    since = work.session.exec(
        select(Duty).where(
            col(Duty.day) >= draft.first_day,
            col(Duty.day) <= draft.last_day,
            (col(Duty.added_at) > draft.begun_at) | (col(Duty.withdrawn_at) > draft.begun_at),
        )
    ).all()
    in_force_now = {cell_of(duty) for duty in since if duty.withdrawn_at is None}
    taken_off = {cell_of(duty) for duty in since} - in_force_now
    undone = (in_force_now - cells) | (taken_off & cells)
    if undone:
        first = min(undone)
        person = people.person(work.session, first.person)
        raise Refusal(
            "roster.would_undo",
            clause=desk.duty.cite(Topic.LEAVE),
            name=person.name if person else "",
            turn=turn_message(desk, first),
        )


def _of_published(work: Work, checked: Checked) -> tuple[Draft, Draft]:
    """What a draft adds to the dates that were published before, and what it takes off them."""
    month = checked.month
    before = frozenset(map(cell_of, in_force(work, month.first_day, month.last_day)))
    added = frozenset(cell for cell in checked.cells - before if cell.day not in month.new_days)
    return added, before - checked.cells


def _ahead(work: Work, desk: Desk, checked: Checked) -> list[Breach]:
    """The breaches that are not wholly over: nobody can mend what has been."""
    today = work.now.astimezone(desk.zone).date()
    return [one for one in checked.report.breaches if not one.days or one.days[-1] >= today]
