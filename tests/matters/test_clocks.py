"""Clocks: limits by kind, urgency and channel; working days; level times that add up."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_console.foundation.clock import MovingClock
from desk_console.log.records import Category, Channel
from desk_console.matters.acts import OpenMatter, close
from desk_console.matters.clocks import Mark, Terms, charged, limit_for, whole
from desk_console.matters.records import Form, Level, Stage, Urgency
from desk_console.matters.rules import press
from desk_console.matters.views import open_matters
from desk_console.matters.working_time import InOfficeHours, office_hours
from desk_console.roster.holidays import DayKind, special_day
from desk_console.rulebook.records import Limits
from tests.conftest import MORNING, DeskMaker
from tests.log.desk_at_work import AtWork
from tests.matters.sites import repair, site, story

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OFFICE = InOfficeHours(SHANGHAI, time(9), time(18), lambda day: day.weekday() < 5)
HOUR = timedelta(hours=1)

marks = st.lists(
    st.builds(
        Mark,
        at=st.integers(-600, 6000).map(lambda minutes: START + timedelta(minutes=minutes)),
        what=st.just("step"),
        stage=st.sampled_from([stage for stage in Stage if stage is not Stage.CLOSED]),
        level=st.sampled_from(list(Level)),
    ),
    min_size=1,
    max_size=12,
)


@given(marks, st.integers(0, 9000))
def test_9_4_the_level_times_always_add_up_to_the_whole(steps: Sequence[Mark], until: int) -> None:
    """Also where a clock was set back between two steps."""
    end = START + timedelta(minutes=until)
    spans = charged(START, steps, end)
    assert sum(spans.values(), timedelta()) == whole(START, steps, end)
    assert all(span >= timedelta() for span in spans.values())
    if [step.at for step in steps] == sorted(step.at for step in steps) and steps[-1].at <= end:
        assert whole(START, steps, end) == max(end, START) - START


def terms(kind: str, urgency: Urgency = Urgency.MINOR, channel: Channel = Channel.CALL) -> Terms:
    return Terms(kind=kind, form=None, urgency=urgency, channel=channel, opened_at=START)


@pytest.mark.parametrize(
    ("given_terms", "minutes"),
    [
        (terms("help", Urgency.LIFE_SAFETY), 5),
        (terms("repair", Urgency.URGENT), 30),
        (terms("complaint"), 24 * 60),
        (terms("complaint", Urgency.URGENT), 120),
        (terms("enquiry"), 30),
        (terms("errand"), 24 * 60),
        (terms("missed"), 30),
    ],
)
def test_9_4_each_kind_and_urgency_has_its_limit(given_terms: Terms, minutes: int) -> None:
    assert limit_for(given_terms, Limits()) == timedelta(minutes=minutes)


@pytest.mark.parametrize(("channel", "minutes"), [("text", 60), ("mail", 240), ("call", 30)])
def test_7_10_texts_and_mail_are_answered_in_a_time_of_their_own(
    make_desk: DeskMaker, clock: MovingClock, channel: str, minutes: int
) -> None:
    counter = site(make_desk, clock, "courier", on_duty="clerk")
    matter_id = counter.call(category=Category.ENQUIRY, channel=Channel(channel))
    line = story(counter.desk, matter_id).line
    assert line.left == timedelta(minutes=minutes)


def test_3_8_an_answer_has_its_time_and_the_matter_waits_for_it(
    make_desk: DeskMaker, clock: MovingClock
) -> None:
    centre = site(make_desk, clock, "cs-monthly", on_duty="clerk")
    matter_id = centre.call(category=Category.ENQUIRY)
    clock.advance(timedelta(minutes=31))
    assert story(centre.desk, matter_id).line.is_overdue


def test_3_9_how_long_each_kind_took_is_on_record(make_desk: DeskMaker, clock: MovingClock) -> None:
    from desk_console.matters.figures import handling_times

    centre = site(make_desk, clock, "cs-monthly", on_duty="clerk")
    for minutes in (10, 20):
        matter_id = centre.call(category=Category.ENQUIRY)
        clock.advance(timedelta(minutes=minutes))
        close(centre.desk, centre.writer, matter_id, 1, result="已查", answered="已答")
    with centre.desk.reading() as session:
        (found,) = handling_times(session, MORNING, centre.desk.now() + HOUR)
    assert (found.kind, found.count, found.average) == ("enquiry", 2, timedelta(minutes=15))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02 10:00", 27, "2026-03-05 10:00"),
        ("2026-03-06 16:00", 27, "2026-03-11 16:00"),
        ("2026-03-07 12:00", 9, "2026-03-09 18:00"),
        ("2026-03-02 20:00", 1, "2026-03-03 10:00"),
    ],
)
def test_working_days_count_office_hours_only(start: str, hours: int, end: str) -> None:
    begins = datetime.fromisoformat(start).replace(tzinfo=SHANGHAI).astimezone(UTC)
    ends = OFFICE.after(begins, timedelta(hours=hours))
    assert f"{ends.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == end
    assert OFFICE.between(begins, ends) == timedelta(hours=hours)


def test_a_public_holiday_is_no_working_day_and_a_swapped_sunday_is_one() -> None:
    def is_holiday(day: date) -> bool | None:
        found = special_day(day)
        return None if found is None else found.kind is not DayKind.WORK

    office = office_hours(Limits(), SHANGHAI, is_holiday)
    free = [day for day in (date(2026, 10, 1), date(2026, 10, 2)) if not office.is_office_day(day)]
    assert len(free) == 2


@given(st.integers(0, 20_000), st.integers(1, 6000))
def test_office_time_passes_as_it_is_counted(minutes: int, span: int) -> None:
    begins = START + timedelta(minutes=minutes)
    ends = OFFICE.after(begins, timedelta(minutes=span))
    assert OFFICE.between(begins, ends) == timedelta(minutes=span)


def test_9_4_the_list_is_in_the_order_in_which_things_press(
    work: AtWork, clock: MovingClock
) -> None:
    repair(work)
    clock.advance(26 * HOUR)
    repair(work)
    repair(work, OpenMatter(is_urgent=True))
    repair(work, is_emergency=True)
    clock.advance(timedelta(minutes=8))
    repair(work, is_emergency=True)
    with work.desk.reading() as session:
        lines = open_matters(session, work.at())
    ranks = [press(line.urgency, line.due_at, work.at()) for line in lines]
    assert ranks == [0, 1, 2, 3, 4]


def test_what_falls_due_first_stands_before_what_falls_due_later(work: AtWork) -> None:
    form = Form.WORK_ORDER
    first = repair(work)
    later = repair(work, OpenMatter(appointment=work.at() + 5 * HOUR))
    with work.desk.reading() as session:
        lines = open_matters(session, work.at())
    assert [line.id for line in lines] == [first, later]
    assert {line.form for line in lines} == {form}
