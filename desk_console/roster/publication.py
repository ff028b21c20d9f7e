"""Publishing a draft: from then on its duties say whose turn it is.

A publication freezes a version under the publisher's own signature. It is refused while a clause
is broken; when it is late, or sets a working rule aside, the reason stays with it for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof
from desk_console.people.rules import Right, role_for
from desk_console.roster import views
from desk_console.roster.changes import Told, change, in_force, tell
from desk_console.roster.checked import checked_draft
from desk_console.roster.drafts import begun_cells, opened
from desk_console.roster.planning import Workload
from desk_console.roster.problem import Draft
from desk_console.roster.publishing import late_verdict, soundness_verdict
from desk_console.roster.records import Roster, RosterDraft
from desk_console.roster.rules import publish_by
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
    workload: Workload | None = None,
) -> Published:
    """Publishes a draft (9.1, 2.1, 2.3, 2.5, 6.1, 1.1, 1.3, 7.2, 4.4, 3.1, 3.2).

    Refuses whoever may not publish, a draft that was changed meanwhile, a gap or another breach of
    a clause, history that differs from what was published, and lateness without the reason.
    """
    late_words, breach_words = accept(late_reason), accept(breach_reason)
    with desk.transaction() as work:
        authorised(work.session, proof.person.id, Right.PUBLISH, desk.duty)
        draft = opened(work, desk, draft_id, revision)
        checked = checked_draft(work.session, desk, draft, workload=workload)
        begun = begun_cells(work, desk, draft.first_day, draft.last_day)
        if begun - checked.cells:
            raise Refusal("roster.history_differs", day=min(begun - checked.cells).day)
        names = {one.id: one.name for one in people.people(work.session, active=None)}
        breaches = [
            one for one in checked.report.breaches if not _is_history(one.days, draft, work, desk)
        ]
        soundness_verdict(breaches, desk.duty, names, breach_words).or_refuse()
        today = work.now.astimezone(desk.zone).date()
        is_first = not _is_published(work, draft)
        if is_first:
            late_verdict(desk.duty, draft.first_day, today, late_words).or_refuse()
        is_late = is_first and today > publish_by(desk.duty, draft.first_day)
        roster = Roster(
            first_day=draft.first_day,
            last_day=draft.last_day,
            published_at=work.now,
            published_by=proof.person.id,
            drafted_by=draft.made_by,
            is_late=is_late,
            late_reason=late_words if is_late else "",
            breach_reason=breach_words if breaches else "",
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


def _is_published(work: Work, draft: RosterDraft) -> bool:
    """Whether a publication has covered the draft's first day before: this one corrects it."""
    return bool(views.versions(work.session, draft.first_day, draft.first_day))


def _is_history(days: tuple[date, ...], draft: RosterDraft, work: Work, desk: Desk) -> bool:
    """Whether a breach lies wholly before today: nobody can mend what has been."""
    return bool(days) and days[-1] < work.now.astimezone(desk.zone).date()
