"""Making a draft: rights, revisions, cells, fixed ones, turns that follow, history that stays."""

from datetime import date, timedelta

import pytest

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.roster.drafts import (
    Edited,
    begin_draft,
    clear,
    discard_draft,
    give,
    pin,
    place,
    take_over,
)
from desk_console.roster.problem import Assignment, Place
from desk_console.roster.records import DraftMethod
from desk_console.rulebook.desk import Desk
from tests.conftest import DeskMaker
from tests.on_roster import Turn, put_on_roster
from tests.roster.drafting_desk import APRIL, drafted, look
from tests.staff import Shown, Staff, hire

DAY = date(2026, 4, 6)


def cell(plan: str, who: Shown, day: date = DAY) -> Assignment:
    return Assignment(day, plan, "desk", who.person.id)


def on(desk: Desk, draft: Edited, plan: str, day: date = DAY) -> list[int]:
    found = [one for one in look(desk, draft).month.on(day) if one.occurrence.plan_code == plan]
    return [placed.person_id for placed in found[0].people]


@pytest.fixture
def draft(desk: Desk, staff: Staff) -> Edited:
    return drafted(desk, staff.supervisor, DraftMethod.HAND)


def test_6_2_who_is_put_on_the_day_has_its_noon_turn(
    desk: Desk, staff: Staff, draft: Edited
) -> None:
    by = staff.supervisor.person.id
    draft = place(desk, by, draft.draft_id, draft.revision, cell("day", staff.clerk))
    assert on(desk, draft, "noon") == [staff.clerk.person.id]
    draft = place(desk, by, draft.draft_id, draft.revision, cell("day", staff.other_clerk))
    assert on(desk, draft, "day") == [staff.other_clerk.person.id]
    assert on(desk, draft, "noon") == [staff.other_clerk.person.id]
    draft = clear(desk, by, draft.draft_id, draft.revision, cell("day", staff.other_clerk))
    assert on(desk, draft, "day") == on(desk, draft, "noon") == []


def test_what_has_begun_is_filled_by_no_draft_and_keeps_nobody_from_publishing(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    clock.advance(timedelta(days=14))  # the 16th, 08:45: nothing of the month was published
    draft = drafted(desk, staff.supervisor, DraftMethod.ROTATION, month=date(2026, 3, 1))
    assert min(one.day for one in look(desk, draft).cells) == date(2026, 3, 16)
    # A list that hung on the notice board meanwhile may say who was there.
    hung = frozenset({cell("day", staff.clerk, date(2026, 3, 15))})
    by = staff.supervisor.person.id
    take_over(desk, by, draft.draft_id, draft.revision, hung, DraftMethod.IMPORT)
    found = look(desk, draft).month.findings
    assert {(one.kind, one.day) for one in found} == {
        ("gap", date(2026, 3, day)) for day in range(16, 32)
    }


def test_a_shift_that_began_while_its_draft_waited_is_no_clash(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    clock.advance(timedelta(days=14))  # the 16th, 08:45
    draft = drafted(desk, staff.supervisor, DraftMethod.ROTATION, month=date(2026, 3, 1))
    before = look(desk, draft).report.breaches
    clock.advance(timedelta(hours=10))  # its day and its night have begun
    assert look(desk, draft).report.breaches == before


def test_a_fixed_cell_gives_way_to_nobody(desk: Desk, staff: Staff, draft: Edited) -> None:
    by = staff.supervisor.person.id
    draft = place(desk, by, draft.draft_id, draft.revision, cell("night", staff.night_man))
    night_man = staff.night_man.person.id
    draft = pin(desk, by, draft.draft_id, draft.revision, night_man, DAY, is_pinned=True)
    with pytest.raises(Refusal) as refused:
        place(desk, by, draft.draft_id, draft.revision, cell("night", staff.other_night_man))
    assert refused.value.message.key == "roster.cell_fixed"
    with pytest.raises(Refusal):
        take_over(desk, by, draft.draft_id, draft.revision, frozenset(), DraftMethod.OPTIMISER)


def test_a_person_is_given_another_shift_or_the_day_off(make_desk: DeskMaker) -> None:
    desk = make_desk("company-24h")
    boss = hire(desk, "1001", "周静怡", "department-head", "clerk")
    by = boss.person.id
    draft = drafted(desk, boss, DraftMethod.HAND)
    for shift in (Place("morning", "desk"), Place("night", "desk")):
        draft = give(desk, by, draft.draft_id, draft.revision, by, DAY, shift=shift)
        assert look(desk, draft).cells == {Assignment(DAY, *shift, by)}
    draft = give(desk, by, draft.draft_id, draft.revision, by, DAY, shift=None)
    assert look(desk, draft).cells == frozenset()


def test_a_result_is_taken_over_whole(desk: Desk, staff: Staff, draft: Edited) -> None:
    by = staff.supervisor.person.id
    result = frozenset({cell("day", staff.clerk), cell("noon", staff.clerk)})
    draft = take_over(desk, by, draft.draft_id, draft.revision, result, DraftMethod.OPTIMISER)
    assert look(desk, draft).cells == result


def test_who_acts_on_an_older_draft_is_told_who_changed_it(
    desk: Desk, staff: Staff, draft: Edited
) -> None:
    by = staff.supervisor.person.id
    place(desk, by, draft.draft_id, draft.revision, cell("day", staff.clerk))
    with pytest.raises(Refusal) as refused:
        place(desk, by, draft.draft_id, draft.revision, cell("day", staff.other_clerk))
    assert refused.value.message.key == "roster.draft_changed"
    assert refused.value.message.values["name"] == "周静怡"


def test_9_1_only_the_roster_s_maker_drafts(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refusal):
        drafted(desk, staff.clerk)


def test_a_period_has_one_open_draft_until_it_is_thrown_away(
    desk: Desk, staff: Staff, draft: Edited
) -> None:
    with pytest.raises(Refusal) as refused:
        drafted(desk, staff.supervisor)
    assert refused.value.message.key == "roster.draft_open"
    discard_draft(desk, staff.supervisor.person.id, draft.draft_id, draft.revision)
    drafted(desk, staff.supervisor)


def test_a_month_that_is_over_is_not_drafted(desk: Desk, staff: Staff) -> None:
    with pytest.raises(Refusal) as refused:
        drafted(desk, staff.supervisor, month=date(2026, 2, 1))
    assert refused.value.message.key == "roster.period_over"


def test_9_2_a_cell_at_no_shift_is_refused_under_the_hours(
    desk: Desk, staff: Staff, draft: Edited
) -> None:
    with pytest.raises(Refusal) as refused:
        place(
            desk,
            staff.supervisor.person.id,
            draft.draft_id,
            draft.revision,
            cell("evening", staff.clerk),
        )
    assert refused.value.clause == "6.2"


def test_a_cell_outside_the_draft_s_dates_is_refused(
    desk: Desk, staff: Staff, draft: Edited
) -> None:
    may = cell("day", staff.clerk, APRIL[1] + timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        place(desk, staff.supervisor.person.id, draft.draft_id, draft.revision, may)
    assert refused.value.message.key == "roster.turn_outside"


def test_what_has_begun_is_taken_over_and_stays(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    by = staff.supervisor.person.id
    first = APRIL[0]
    turns = [
        Turn(first + timedelta(days=n), "day", "desk", staff.clerk.person.id) for n in range(30)
    ]
    put_on_roster(desk, by, *APRIL, turns)
    clock.advance(timedelta(days=32))  # the third of April
    draft = begin_draft(desk, by, *APRIL)
    assert {one.day.day for one in look(desk, draft).cells} == {1, 2}
    with pytest.raises(Refusal) as refused:
        clear(desk, by, draft.draft_id, draft.revision, cell("day", staff.clerk, first))
    assert refused.value.message.key == "roster.already_begun"
