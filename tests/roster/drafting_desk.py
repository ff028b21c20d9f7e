"""A desk with enough people for a month, and short words for drafting and publishing it."""

from __future__ import annotations

from datetime import date

from desk_console.people.acts import add_person
from desk_console.people.pins import Proof, choose_pin
from desk_console.people.records import PersonForm
from desk_console.roster import views
from desk_console.roster.checked import Checked, checked_draft
from desk_console.roster.drafts import Edited, begin_draft
from desk_console.roster.publication import Published, publish
from desk_console.roster.records import DraftMethod, RosterDraft
from desk_console.roster.sheet import month_of
from desk_console.rulebook.desk import Desk
from tests.built import built_once
from tests.staff import BEGAN, Shown, opened, qualify

PIN = "48273650"
APRIL = month_of(date(2026, 4, 1))


def hire_many(desk: Desk, by: Shown, role: str, count: int, *, first_no: int) -> list[Shown]:
    """So many people of a role, each with a telephone, a mail address and a qualification."""
    return list(_hired(desk, by, role, count, first_no=first_no))


@built_once
def _hired(desk: Desk, by: Shown, role: str, count: int, *, first_no: int) -> tuple[Shown, ...]:
    people = []
    for number in range(first_no, first_no + count):
        form = PersonForm(
            staff_no=str(number),
            name=f"员工{number}",
            roles=frozenset({role}),
            phone=f"1391111{number}",
            mail=f"p{number}@example.com",
            started_on=BEGAN,
        )
        one = Shown(add_person(desk, form, by_id=by.person.id))
        qualify(desk, one, by)
        qualify(desk, one, by, code="onboarding")
        people.append(one)
    return tuple(people)


def proven(desk: Desk, who: Shown) -> Proof:
    """Somebody with their own key: they choose their PIN."""
    return choose_pin(desk, opened(desk, who.person).id, PIN)


def drafted(
    desk: Desk, by: Shown, method: DraftMethod = DraftMethod.ROTATION, *, month: date = APRIL[0]
) -> Edited:
    """A draft of a month."""
    return begin_draft(desk, by.person.id, *month_of(month), method)


def look(desk: Desk, draft: Edited) -> Checked:
    """The draft as the checker sees it."""
    with desk.reading() as session:
        found = session.get(RosterDraft, draft.draft_id)
        assert found is not None
        return checked_draft(session, desk, found)


@built_once
def published(desk: Desk, by: Proof, *, month: date = APRIL[0], late: str = "") -> Published:
    """A month drafted by rotation and published."""
    draft = begin_draft(desk, by.person.id, *month_of(month), DraftMethod.ROTATION)
    return publish(desk, by, draft.draft_id, draft.revision, late_reason=late)


def whose(desk: Desk, day: date, plan: str, post: str = "desk") -> list[int]:
    """Who is rostered for a shift."""
    with desk.reading() as session:
        found = views.on_duty(session, day=day, plan_code=plan, post_code=post)
        return [one.id for one in found]
