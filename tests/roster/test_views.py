"""The month as people see it: by person and by shift, figures, history, one's own next turns."""

from datetime import date, timedelta

from desk_console.foundation.clock import MovingClock
from desk_console.roster.sheet import RosterMonth, days_between
from desk_console.roster.views import month, next_turns, rostered_at
from desk_console.rulebook.desk import Desk
from tests.on_roster import Turn, put_on_roster
from tests.staff import Staff

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def whole_march(desk: Desk, staff: Staff) -> None:
    """The clerks by day and at noon, the night men by night, in turns."""
    turns = []
    for number in range(31):
        day = FIRST + timedelta(days=number)
        clerk = (staff.clerk, staff.other_clerk)[number % 2].person.id
        night = (staff.night_man, staff.other_night_man)[number % 2].person.id
        turns += [Turn(day, "day", "desk", clerk), Turn(day, "noon", "desk", clerk)]
        turns += [Turn(day, "night", "desk", night)]
    put_on_roster(desk, staff.supervisor.person.id, FIRST, LAST, turns)


def march(desk: Desk) -> RosterMonth:
    with desk.reading() as session:
        return month(session, desk, date(2026, 3, 15))


def test_a_month_has_every_shift_with_its_people(desk: Desk, staff: Staff) -> None:
    whole_march(desk, staff)
    sheet = march(desk)
    assert (sheet.first_day, sheet.last_day, len(sheet.days)) == (FIRST, LAST, 31)
    assert [
        (slot.occurrence.plan_code, slot.is_night, slot.missing) for slot in sheet.on(FIRST)
    ] == [("day", False, 0), ("noon", False, 0), ("night", True, 0)]
    assert sheet.is_published


def test_an_unpublished_month_wants_somebody_at_every_shift_since_the_site_began(
    desk: Desk, staff: Staff
) -> None:
    sheet = march(desk)
    assert not sheet.is_published
    wants = {slot.occurrence.day: slot.missing for slot in sheet.slots}
    assert wants == {day: int(day > FIRST) for day in days_between(FIRST, LAST)}  # from 2 March
    names = [line.person.name for line in sheet.people]
    assert names == ["王晓燕", "李思敏", "孙建军", "马志刚"]


def test_a_clock_set_back_behind_the_first_act_takes_no_shift_out_of_the_month(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    clock.jump(-timedelta(days=40))
    assert all(slot.missing for slot in march(desk).slots)


def test_figures_count_shifts_and_no_turn_within_one(desk: Desk, staff: Staff) -> None:
    whole_march(desk, staff)
    clerk = march(desk).line_of(staff.clerk.person.id)
    night_man = march(desk).line_of(staff.night_man.person.id)
    assert clerk is not None
    assert night_man is not None
    assert (clerk.month.shifts, clerk.month.minutes) == (16, 16 * 510)
    assert (night_man.month.nights, night_man.month.shifts) == (16, 16)
    # Sundays 1, 15, 29 and Saturdays 7, 21 fall on odd days.
    assert clerk.month.weekends == 5
    assert clerk.quarter == clerk.month


def test_a_swapped_weekend_day_counts_as_no_weekend_and_new_year_as_a_holiday(
    desk: Desk, staff: Staff
) -> None:
    by, clerk = staff.supervisor.person.id, staff.clerk.person.id
    days = [date(2026, 1, 1), date(2026, 1, 4), date(2026, 1, 10)]
    turns = [Turn(day, "day", "desk", clerk) for day in days]
    put_on_roster(desk, by, date(2026, 1, 1), date(2026, 1, 31), turns)
    with desk.reading() as session:
        line = month(session, desk, days[0]).line_of(clerk)
    assert line is not None
    assert (line.month.holidays, line.month.weekends) == (1, 1)


def test_who_was_on_duty_at_a_moment_is_told_as_it_was_rostered_then(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    whole_march(desk, staff)
    clock.advance(timedelta(days=3))
    day = date(2026, 3, 2)
    noon = clock.now().replace(month=3, day=2, hour=4, minute=30)
    put_on_roster(
        desk,
        staff.supervisor.person.id,
        day,
        day,
        [Turn(day, "day", "desk", staff.clerk.person.id)],
    )
    with desk.reading() as session:
        found = [(one.plan_code, person.name) for one, person in rostered_at(session, desk, noon)]
    assert found == [("day", "李思敏"), ("noon", "李思敏")]


def test_one_s_next_turns_begin_with_the_one_that_runs(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    whole_march(desk, staff)
    with desk.reading() as session:
        turns = next_turns(session, desk, staff.night_man.person.id, clock.now())
    assert [turn.occurrence.day.day for turn in turns] == [1, 3, 5, 7, 9]
