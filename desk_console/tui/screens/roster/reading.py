"""What the roster's screen reads, in one look: the month, its draft, what differs, whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_console.log.workload import entries_per_shift
from desk_console.roster import views
from desk_console.roster.checked import Checked, checked_draft, checked_month
from desk_console.roster.planning import assignments
from desk_console.roster.problem import Draft
from desk_console.roster.request_views import waiting
from desk_console.roster.rules import publish_by
from desk_console.roster.sheet import DraftHead, month_of
from desk_console.rulebook.desk import Desk


@dataclass(frozen=True, slots=True)
class Seen:
    """What the screen shows."""

    checked: Checked
    draft: DraftHead | None
    """The open draft of the month, shown or not."""
    is_draft: bool
    """Whether it is what is shown."""
    added: Draft
    """Cells of the shown draft that are not published."""
    removed: Draft
    due: date
    began: date
    """The site's first day."""
    today: date
    next_turn: views.Turn | None
    """Of whoever sits here."""
    waiting: int
    """Requests that wait."""


def seen(desk: Desk, day: date, *, wants_draft: bool, person_id: int | None) -> Seen:
    """One look at the month that a day lies in."""
    now = desk.now()
    today = now.astimezone(desk.zone).date()
    first, _ = month_of(day)
    with desk.reading() as session:
        workload = entries_per_shift(session, today)
        draft = views.open_draft(session, first)
        is_draft = wants_draft and draft is not None
        if is_draft and draft is not None:
            checked = checked_draft(session, desk, draft, workload=workload)
            published = assignments(views.placed(session, draft.first_day, draft.last_day))
            added, removed = checked.cells - published, published - checked.cells
        else:
            checked = checked_month(session, desk, day, workload=workload)
            added = removed = frozenset()
        turns = views.next_turns(session, desk, person_id, now, limit=1) if person_id else ()
        return Seen(
            checked=checked,
            draft=views.draft_head(session, draft) if draft else None,
            is_draft=is_draft,
            added=added,
            removed=removed,
            due=publish_by(desk.duty, first),
            began=views.site_began(session, desk).date(),
            today=today,
            next_turn=turns[0] if turns else None,
            waiting=len(waiting(session)),
        )
