"""What is asked for ahead: next month's roster, requests, qualifications that run out."""

from datetime import date, timedelta

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.clock import MovingClock
from desk_console.people.acts import add_qualification, retire_person
from desk_console.people.records import QualificationForm
from desk_console.roster.absence import Absence, mend, to_mend
from desk_console.roster.asking import ask_leave
from desk_console.roster.glance import Upkeep, upkeep
from desk_console.roster.over_months import repairs_over
from desk_console.rulebook.desk import Desk
from desk_console.tui.screens.live_rows import upkeep_lines
from tests.conftest import DeskMaker
from tests.on_roster import put_on_roster
from tests.roster.april import DAY, april
from tests.roster.drafting_desk import hire_many, proven, published
from tests.staff import Staff, hire


def seen(desk: Desk) -> Upkeep:
    with desk.reading() as session:
        return upkeep(session, desk.duty, desk.now().astimezone(desk.zone))


def test_9_1_next_month_is_asked_for_in_the_week_before_the_month_s_end(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    assert seen(desk).unpublished is None
    clock.advance(timedelta(days=22))  # 24 March
    assert (seen(desk).unpublished, seen(desk).due) == (date(2026, 4, 1), date(2026, 3, 31))
    assert not seen(desk).is_late


def test_2_5_a_week_ahead_is_asked_for_a_week_before_and_then_said_to_be_late(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    desk = make_desk("company-24h")
    boss = hire(desk, "1001", "周静怡", "department-head")
    hire_many(desk, boss, "clerk", 6, first_no=2000)
    clock.advance(timedelta(days=15))  # 17 March: due on the 25th
    assert seen(desk).unpublished is None
    clock.advance(timedelta(days=1))
    assert seen(desk).unpublished == date(2026, 4, 1)
    clock.advance(timedelta(days=8))  # the 26th
    assert seen(desk).is_late
    published(desk, proven(desk, boss), late="刚调来")
    assert seen(desk).unpublished is None


def test_7_2_what_runs_out_within_the_month_is_named_unless_it_was_renewed(
    desk: Desk, staff: Staff
) -> None:
    by = staff.supervisor.person.id

    def holds(who: int, first: date, last: date | None) -> None:
        form = QualificationForm(code="post", title="上岗证", valid_from=first, valid_until=last)
        add_qualification(desk, who, form, by_id=by)

    holds(staff.clerk.person.id, date(2025, 3, 1), date(2026, 3, 20))
    holds(staff.other_clerk.person.id, date(2025, 3, 1), date(2026, 3, 20))
    holds(staff.other_clerk.person.id, date(2026, 3, 1), None)
    holds(staff.night_man.person.id, date(2025, 3, 1), date(2026, 5, 20))
    found = [(one.name, one.title, one.day) for one in seen(desk).running_out]
    assert found == [("王晓燕", "上岗证", date(2026, 3, 20))]


def test_9_1_a_month_of_which_only_the_beginning_is_published_is_still_asked_for(
    desk: Desk, staff: Staff, clock: MovingClock
) -> None:
    boss = proven(desk, staff.supervisor)
    put_on_roster(desk, boss.person.id, date(2026, 4, 1), date(2026, 4, 29), [])
    clock.advance(timedelta(days=22))  # 24 March
    assert seen(desk).unpublished == date(2026, 4, 1)
    put_on_roster(desk, boss.person.id, date(2026, 4, 30), date(2026, 4, 30), [])
    assert seen(desk).unpublished is None


def test_a_person_removed_with_duties_ahead_is_named_until_their_duties_are_mended(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    office = april(make_desk("management-office"))
    desk, who = office.desk, office.on(DAY)
    clock.advance(timedelta(days=30))  # 1 April
    assert seen(desk).left == ()
    retire_person(desk, who.person.id, by_id=office.boss.person.id)
    (left,) = seen(desk).left
    assert (left.name, left.day <= DAY, left.count > 5) == (who.person.name, True, True)
    absence = Absence(who.person.id, date(2026, 4, 2), date(2026, 4, 30))
    with desk.reading() as session:
        damages = to_mend(session, desk, absence)
    way = repairs_over(damages, seconds=60.0)[0]
    assert (way.missing, way.breaches) == (0, ())
    mend(desk, office.boss, "f", absence, added=way.added, removed=way.removed, reason="离职")
    assert [one.day for one in seen(desk).left] in ([], [date(2026, 4, 1)])


def test_a_request_that_waits_is_counted(desk: Desk, staff: Staff) -> None:
    clerk = proven(desk, staff.clerk)
    ask_leave(desk, clerk, "f", date(2026, 3, 9), date(2026, 3, 9), reason="有事")
    assert seen(desk).waiting == 1


def test_2_5_a_site_that_began_too_late_for_its_next_month_is_asked_for_it_and_not_called_late(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    clock.advance(timedelta(days=25))  # 27 March: April was due on the 25th
    desk = make_desk("company-24h")
    hire(desk, "1001", "周静怡", "department-head")
    found = seen(desk)
    assert (found.unpublished, found.due, found.is_late) == (date(2026, 4, 1), None, False)
    (line, *_) = upkeep_lines(found, desk.duty, Catalogue("zh", desk.zone))
    assert line == "注意：2026-04 的排班还没公布（第 2.5 条）"
