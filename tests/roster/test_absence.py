"""Somebody is away for days: ways to mend the month, one taken at once; months looked at whole."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk_console.foundation.catalogue import Message
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.refusal import Refusal
from desk_console.people.pins import Proof
from desk_console.roster.absence import Absence, mend, side_by_side, to_mend
from desk_console.roster.asking import answer, ask_swap
from desk_console.roster.checked import checked_month
from desk_console.roster.deciding import approve
from desk_console.roster.drafting.mending import Mending
from desk_console.roster.drafts import begin_draft
from desk_console.roster.news import news_for
from desk_console.roster.over_months import repairs_over
from desk_console.roster.problem import Draft
from desk_console.roster.publication import publish
from desk_console.roster.records import DraftMethod, RequestState
from desk_console.roster.repair import Repair
from desk_console.roster.request_views import requests
from desk_console.roster.sheet import PersonLine
from desk_console.rulebook.desk import Desk
from tests.conftest import DeskMaker
from tests.roster.april import DAY, April, april
from tests.roster.drafting_desk import hire_many, proven, published, whose
from tests.staff import hire


@pytest.fixture
def office(make_desk: DeskMaker) -> April:
    return april(make_desk("management-office"))


def ways_of(desk: Desk, absence: Absence) -> tuple[Draft, tuple[Repair, ...]]:
    with desk.reading() as session:
        damages = to_mend(session, desk, absence)
    now: Draft = frozenset().union(*(one.published for one in damages))
    return now, repairs_over(damages, seconds=20.0)


def mended(office: April, absence: Absence, way: Repair, by: Proof | None = None) -> int:
    return mend(
        office.desk,
        by or office.boss,
        "form",
        absence,
        added=way.added,
        removed=way.removed,
        reason="发烧",
    )


def test_9_8_days_of_absence_are_mended_by_the_chosen_way_and_are_on_file_as_leave(
    office: April,
) -> None:
    who = office.on(DAY)
    absence = Absence(who.person.id, DAY, DAY + timedelta(days=4))
    now, ways = ways_of(office.desk, absence)
    assert len(ways) == 3
    shown = side_by_side(office.desk, now, ways)
    assert (shown[0].day, shown[0].now) == (DAY, (who.person.id,))
    assert len({one.ways for one in shown}) == len(shown)
    request_id = mended(office, absence, ways[1])
    assert mended(office, absence, ways[1]) == request_id
    assert whose(office.desk, DAY, "early") == list(shown[0].ways[1])
    with office.desk.reading() as session:
        line = requests(session)[0]
        checked = checked_month(session, office.desk, DAY)
        told = {cell.person for cell in ways[1].added | ways[1].removed}
        assert all(len(news_for(session, one)) == 2 for one in told)
    assert (line.state, line.reason) == (RequestState.APPLIED, "发烧")
    assert [one.person.id for one in line.steps] == [office.boss.person.id] * 2
    assert checked.report.is_sound
    assert DAY in checked.problem.member[who.person.id].leave


def test_9_8_nobody_mends_their_own_absence_nor_what_has_begun_or_was_changed(
    office: April, clock: MovingClock
) -> None:
    who = office.on(DAY)
    absence = Absence(who.person.id, DAY, DAY)
    _, ways = ways_of(office.desk, absence)
    own = Absence(office.boss.person.id, DAY, DAY)
    for way, at, key in (
        (ways[0], own, "roster.own_request"),
        (replace(ways[0], removed=ways[0].added), absence, "roster.duty_changed"),
    ):
        with pytest.raises(Refusal) as refused:
            mended(office, at, way)
        assert refused.value.message.key == key
    with pytest.raises(Refusal):
        mended(office, absence, ways[0], by=who)
    clock.move_to(clock.now().replace(month=4, day=6, hour=1, minute=0))
    with pytest.raises(Refusal) as refused:
        mended(office, absence, ways[0])
    assert refused.value.message.key == "roster.already_begun"
    with office.desk.reading() as session, pytest.raises(Refusal) as refused:
        to_mend(session, office.desk, absence)
    assert refused.value.message.key == "roster.absence_no_duty"


def test_2_1_an_absence_that_nobody_covers_is_refused_under_the_clause(
    make_desk: DeskMaker,
) -> None:
    office = april(make_desk("company-24h"))
    who = office.on(DAY, "morning")
    absence = Absence(who.person.id, DAY, DAY)
    gap = next(cell for cell in ways_of(office.desk, absence)[0] if cell[:2] == (DAY, "morning"))
    with pytest.raises(Refusal) as refused:
        mend(
            office.desk,
            office.boss,
            "form",
            absence,
            added=frozenset(),
            removed=frozenset({gap}),
            reason="发烧",
        )
    assert refused.value.clause == "2.1"
    assert whose(office.desk, DAY, "morning") == [who.person.id]


def test_9_8_an_absence_across_a_month_s_end_is_mended_in_both_months(
    make_desk: DeskMaker,
) -> None:
    office = april(make_desk("company-24h"), people=9)
    desk, may = office.desk, date(2026, 5, 1)
    published(desk, office.boss, month=may)
    who = office.clerks[whose(desk, date(2026, 4, 30), "night")[0]]
    absence = Absence(who.person.id, date(2026, 4, 28), date(2026, 5, 4))
    now, ways = ways_of(desk, absence)
    lost = {cell for cell in now if cell.person == who.person.id and absent(absence, cell.day)}
    assert {cell.day.month for cell in lost} == {4, 5}
    assert len(ways) == 3
    for way in ways:
        assert lost <= way.removed
        assert (way.missing, way.breaches) == (0, ())
    assert len({way.draft for way in ways}) == 3
    mended(office, absence, ways[0])
    with desk.reading() as session:
        for day in (DAY, may):
            checked = checked_month(session, desk, day)
            # Rest over the month's end is looked at from both of its sides.
            assert checked.report.is_sound
            away = checked.problem.member[who.person.id].leave
            assert away == {one for one in checked.problem.days if absent(absence, one)}


def test_9_8_an_absence_into_a_month_that_is_not_published_is_on_file_for_it(
    office: April,
) -> None:
    who, last = office.on(DAY), date(2026, 5, 2)
    absence = Absence(who.person.id, DAY, last)
    _, ways = ways_of(office.desk, absence)
    mended(office, absence, ways[0])
    with office.desk.reading() as session:
        may = checked_month(session, office.desk, last)
    assert may.problem.member[who.person.id].leave == {date(2026, 5, 1), last}


def absent(absence: Absence, day: date) -> bool:
    return absence.first_day <= day <= absence.last_day


def test_of_a_month_published_in_part_only_that_part_is_mended(make_desk: DeskMaker) -> None:
    desk = make_desk("management-office")
    boss = hire(desk, "1001", "周静怡", "supervisor")
    clerks = hire_many(desk, boss, "clerk", 6, first_no=2000)
    by, last = proven(desk, boss), DAY + timedelta(days=3)
    draft = begin_draft(desk, by.person.id, DAY, last, DraftMethod.ROTATION)
    publish(desk, by, draft.draft_id, draft.revision)
    who = next(one for one in clerks if one.person.id in whose(desk, DAY, "early"))
    _, ways = ways_of(desk, Absence(who.person.id, DAY, DAY))
    assert len(ways) == 3
    assert {cell.day for way in ways for cell in way.added} == {DAY}


def test_the_process_of_its_own_finds_the_ways_of_a_month(office: April) -> None:
    who = office.on(DAY)
    absence = Absence(who.person.id, DAY, DAY)
    with office.desk.reading() as session:
        damages = to_mend(session, office.desk, absence)
    with Mending(damages, seconds=30.0) as mending:
        mending.wait()
        assert mending.ways == repairs_over(damages)


def test_a_swap_across_months_is_looked_at_in_both_of_them(make_desk: DeskMaker) -> None:
    made = make_desk("company-24h")
    limits = {"most_month_hours": 112, "rest_hours": 0, "longest_run_days": 0}
    time = made.duty.working_time.model_copy(update=limits)
    office = april(
        replace(made, duty=made.duty.model_copy(update={"working_time": time})), people=7
    )
    desk, may = office.desk, date(2026, 5, 1)
    published(desk, office.boss, month=may)
    with desk.reading() as session:
        before = checked_month(session, desk, DAY).month
        after = checked_month(session, desk, may).month
    full = next(one for one in after.people if one.month.minutes == 112 * 60)
    mine = before.line_of(full.person.id)
    assert mine is not None
    # In May they would have a shift more than a month may have; April, where it is asked, has room.
    own, partner, theirs = next(
        (on, line.person.id, other)
        for line in after.people
        for on in mine.placed
        for other in line.placed
        if is_free(before.line_of(line.person.id), on) and is_free(full, other)
    )
    who, other_one = office.clerks[full.person.id], office.clerks[partner]
    line = after.line_of(partner)
    assert line is not None
    asked = ask_swap(
        desk,
        who,
        "swap",
        mine.placed[own][0].duty_id or 0,
        partner,
        other_duty_id=line.placed[theirs][0].duty_id,
        reason="有事",
    )
    answer(desk, other_one, asked, office.revision(asked), agrees=True)
    with pytest.raises(Refusal) as refused:
        approve(desk, office.boss, asked, office.revision(asked))
    what = refused.value.message.values["what"]
    assert isinstance(what, Message)
    assert (refused.value.message.key, what.key) == (
        "roster.breach_reason_wanted",
        "roster.breach_most_minutes",
    )


def is_free(line: PersonLine | None, day: date) -> bool:
    """Without a duty on that day."""
    return line is not None and day not in line.placed
