"""Shift plans over dates: the night's date, the nights in which the clock changes, the week."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from desk_console.roster.rules import current, expected_at, following, occurrences, turns_at
from desk_console.rulebook.loader import site_rules

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
PROPERTY = site_rules("property-24h")
EQUAL = site_rules("company-24h")


def at(zone: ZoneInfo, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=zone)  # type: ignore[misc, arg-type]  # parts: year to minute


def test_a_night_shift_belongs_to_the_date_on_which_it_begins() -> None:
    night = current(PROPERTY, SHANGHAI, "desk", at(SHANGHAI, 2026, 3, 3, 2, 0))
    assert night is not None
    assert (night.plan_code, night.day) == ("night", date(2026, 3, 2))


def test_6_2_the_plan_of_a_day_has_its_hours_and_roles() -> None:
    day = occurrences(PROPERTY, SHANGHAI, date(2026, 3, 2), date(2026, 3, 2))
    hours = [
        (one.plan_code, f"{one.begins_at.astimezone(SHANGHAI):%H:%M}", sorted(one.roles))
        for one in day
    ]
    assert hours == [
        ("day", "09:00", ["clerk"]),
        ("noon", "11:30", ["clerk"]),
        ("night", "17:30", ["maintenance"]),
    ]


def test_the_noon_turn_runs_within_the_day_and_is_no_shift_of_its_own() -> None:
    noon = at(SHANGHAI, 2026, 3, 2, 12, 0)
    running = current(PROPERTY, SHANGHAI, "desk", noon)
    assert running is not None
    assert running.plan_code == "day"
    assert [one.plan_code for one in turns_at(PROPERTY, SHANGHAI, "desk", noon)] == ["noon"]


def test_6_10_people_are_expected_a_quarter_of_an_hour_before_but_for_a_turn_within() -> None:
    day, noon, _ = occurrences(PROPERTY, SHANGHAI, date(2026, 3, 2), date(2026, 3, 2))
    assert day.begins_at - expected_at(day, PROPERTY) == timedelta(minutes=15)
    assert expected_at(noon, PROPERTY) == noon.begins_at


def test_the_night_in_which_the_clock_goes_forward_is_an_hour_shorter() -> None:
    night = current(PROPERTY, BERLIN, "desk", at(BERLIN, 2026, 3, 29, 1, 0))
    assert night is not None
    assert night.ends_at - night.begins_at == timedelta(hours=14, minutes=30)


def test_the_night_in_which_the_clock_goes_back_is_an_hour_longer() -> None:
    night = current(PROPERTY, BERLIN, "desk", at(BERLIN, 2026, 10, 25, 1, 0))
    assert night is not None
    assert night.ends_at - night.begins_at == timedelta(hours=16, minutes=30)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.sampled_from(["Europe/Berlin", "UTC"]))
def test_6_1_shifts_round_the_clock_follow_each_other_without_a_gap(day: date, zone: str) -> None:
    for duty in (PROPERTY, EQUAL):
        shifts = [
            one
            for one in occurrences(duty, ZoneInfo(zone), day, day + timedelta(days=3))
            if one.within is None
        ]
        for before, after in pairwise(shifts):
            assert before.ends_at == after.begins_at


def test_4_1_no_shift_begins_on_friday_and_the_next_is_saturday_s() -> None:
    office = site_rules("cs-department")
    thursday_evening = at(SHANGHAI, 2026, 3, 5, 19, 0)
    assert current(office, SHANGHAI, "desk", thursday_evening) is None
    comes = following(office, SHANGHAI, "desk", thursday_evening)
    assert comes is not None
    assert comes.day == date(2026, 3, 7)


def test_1_1_a_store_fills_three_posts_at_each_shift() -> None:
    store = site_rules("store-weekly")
    opening = occurrences(store, SHANGHAI, date(2026, 3, 2), date(2026, 3, 2))[:3]
    assert [(one.plan_code, one.post_code, one.count) for one in opening] == [
        ("open", "duty-manager", 1),
        ("open", "duty-supervisor", 1),
        ("open", "staff", 2),
    ]
