"""A shift plan that does not hold together is found out, with the place of each fault."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk_console.foundation.catalogue import LANGUAGES, Catalogue
from desk_console.rulebook.loader import site_rules
from desk_console.rulebook.parameters import Fault
from desk_console.rulebook.rules import Stretch, plan_faults, shared, uncovered

DAY = 24 * 60


def shift(code: str, start: str, end: str, **more: Any) -> dict[str, Any]:
    named = {"code": code, "zh": "班", "en": "shift", "start": start, "end": end}
    return {**named, **({} if "posts" in more else {"roles": ["clerk"]}), **more}


def faults(
    *shifts: dict[str, Any], regulation: str = "property-24h", **overrides: Any
) -> list[Fault]:
    if shifts:
        overrides["shifts"] = list(shifts)
    found = plan_faults(site_rules(regulation, overrides=overrides))
    for fault in found:
        for language in LANGUAGES:
            assert Catalogue(language).text(fault.message)
    return found


def named(found: list[Fault]) -> list[tuple[str, str]]:
    return [(one.key, one.message.key.removeprefix("rulebook.")) for one in found]


def test_6_1_a_plan_that_covers_the_day_is_sound() -> None:
    assert faults(shift("day", "09:00", "17:30"), shift("night", "17:30", "09:00")) == []


def test_6_1_one_shift_of_24_hours_covers_the_day() -> None:
    assert faults(shift("all", "08:00", "08:00")) == []


def test_6_1_a_hole_is_named_with_its_minutes_and_clause() -> None:
    found = faults(shift("day", "09:00", "17:30"), shift("night", "18:00", "09:00"))
    assert named(found) == [("shifts[1].end", "fault_hole")]
    words = Catalogue("en").text(found[0].message)
    assert "17:30 to 18:00" in words
    assert "30 minutes" in words
    assert "6.1" in words


def test_6_1_a_hole_over_midnight_is_one_hole() -> None:
    found = faults(shift("day", "09:00", "23:00"), shift("morning", "01:30", "09:00"))
    assert [
        (str(one.message.values["begins"]), one.message.values["minutes"]) for one in found
    ] == [("23:00:00", 150)]


def test_6_1_a_turn_within_a_shift_covers_nothing_by_itself() -> None:
    found = faults(shift("day", "09:00", "17:30"), shift("late", "17:00", "18:00", within="day"))
    assert ("shifts[1].end", "fault_hole") in named(found)


def test_6_1_a_day_off_is_a_hole() -> None:
    found = faults(working_days=["mon", "tue", "wed", "thu", "sat", "sun"])
    assert named(found) == [("working_days", "fault_day_off")]
    assert "星期五" in Catalogue("zh").text(found[0].message)


def test_2_1_a_hole_cites_the_clause_of_the_sites_own_regulation() -> None:
    found = faults(shift("day", "09:00", "17:30"), regulation="company-24h")
    assert found[0].message.values["clause"] == "2.1"


def test_9_2_hours_that_close_at_night_are_sound_without_round_the_clock_duty() -> None:
    assert faults(regulation="management-office") == []
    closed = faults(regulation="management-office", round_the_clock=True)
    assert named(closed) == [("shifts[2].end", "fault_hole")]
    assert closed[0].message.values["minutes"] == 9 * 60


def test_every_post_is_covered_for_itself() -> None:
    posts = [{"role": "duty-manager"}, {"role": "staff"}]
    found = faults(
        shift("day", "08:00", "20:00", posts=posts),
        shift("night", "20:00", "08:00", posts=posts[:1]),
        regulation="store-weekly",
        round_the_clock=True,
    )
    assert named(found) == [("shifts[1].end", "fault_hole")]
    assert "值班员工" in Catalogue("zh").text(found[0].message)


def test_overlapping_hours_are_named_with_both_shifts() -> None:
    found = faults(shift("day", "09:00", "18:00"), shift("night", "17:30", "09:00"))
    assert named(found) == [("shifts[2].start", "fault_overlap")]
    assert found[0].message.values["minutes"] == 30
    words = Catalogue("zh").text(found[0].message)
    assert "night" in words
    assert "17:30–18:00" in words


def test_a_night_shift_overlaps_the_morning_over_midnight() -> None:
    found = faults(shift("day", "06:00", "22:00"), shift("night", "22:00", "07:00"))
    assert named(found) == [("shifts[2].start", "fault_overlap")]
    assert str(found[0].message.values["begins"]) == "06:00:00"


def test_two_shifts_may_overlap_at_both_ends() -> None:
    found = faults(shift("day", "06:00", "23:00"), shift("night", "22:00", "07:00"))
    assert [one.message.values["minutes"] for one in found] == [60, 60]


def test_shifts_at_different_posts_do_not_overlap() -> None:
    assert (
        faults(
            shift("a", "08:00", "16:00", posts=[{"role": "staff"}]),
            shift("b", "08:00", "16:00", posts=[{"role": "duty-manager"}]),
            regulation="store-weekly",
        )
        == []
    )


@pytest.mark.parametrize("within", ["nought", "noon", "late"])
def test_within_names_another_shift_that_stands_by_itself(within: str) -> None:
    found = faults(
        shift("all", "08:00", "08:00"),
        shift("noon", "11:30", "13:30", within=within),
        shift("late", "18:00", "19:00", within="all"),
    )
    assert named(found) == [("shifts[2].within", "fault_within_unknown")]


def test_6_2_a_turn_within_a_shift_lies_inside_its_hours() -> None:
    plan = (shift("day", "09:00", "17:30"), shift("night", "17:30", "09:00"))
    assert faults(*plan, shift("late", "23:00", "01:00", within="night")) == []
    found = faults(*plan, shift("noon", "17:00", "18:00", within="day"))
    assert named(found) == [("shifts[3].within", "fault_within_outside")]


def test_unknown_roles_are_named_wherever_they_stand() -> None:
    found = faults(
        shift("all", "08:00", "08:00", roles=["clerk", "cleaner"]),
        stand_in_roles=["guard"],
        escalation=["clerk", "boss"],
        roster_maker="boss",
        leave_approver="boss",
    )
    assert named(found) == [
        (place, "fault_unknown_role")
        for place in (
            "shifts[1].roles[2]",
            "stand_in_roles[1]",
            "escalation[2]",
            "roster_maker",
            "leave_approver",
        )
    ]


def test_an_unknown_role_of_a_post_is_named() -> None:
    found = faults(
        shift("a", "08:00", "16:00", posts=[{"role": "cook"}]), regulation="store-weekly"
    )
    assert named(found) == [("shifts[1].posts[1].role", "fault_unknown_role")]


def test_what_is_there_twice_is_named() -> None:
    line = {"code": "x", "zh": "查", "en": "check"}
    found = faults(
        shift("a", "08:00", "20:00"),
        shift("a", "20:00", "08:00"),
        start_checks=[line],
        tidy_checks=[line],
        working_days=["mon", "tue", "wed", "thu", "fri", "sat", "sun", "mon"],
        escalation=["clerk", "clerk"],
    )
    assert named(found) == [
        (place, "fault_twice")
        for place in ("shifts[2].code", "tidy_checks[1].code", "working_days[8]", "escalation[2]")
    ]


def test_a_shift_says_who_takes_it_in_one_way() -> None:
    nobody = shift("a", "08:00", "08:00", roles=[])
    both = shift("a", "08:00", "08:00", roles=["clerk"], posts=[{"role": "staff"}])
    assert ("shifts[1]", "fault_roles_or_posts") in named(faults(nobody))
    assert ("shifts[1]", "fault_roles_or_posts") in named(faults(both))


def test_a_break_is_shorter_than_its_shift() -> None:
    found = faults(shift("a", "08:00", "09:00", break_minutes=60), regulation="cs-department")
    assert named(found) == [("shifts[1].break_minutes", "fault_break_too_long")]


def test_a_plan_without_shifts_or_days_is_none() -> None:
    assert named(faults(shifts=[])) == [("shifts", "fault_no_shifts")]
    found = faults(regulation="cs-department", working_days=[])
    assert named(found) == [("working_days", "fault_empty")]


@pytest.mark.parametrize("times", [{}, {"every_minutes": 60, "at": ["08:00"]}])
def test_7_10_a_recurring_task_says_when_it_is_due_in_one_way(times: dict[str, Any]) -> None:
    found = faults(recurring_tasks=[{"code": "x", "zh": "查", "en": "check", **times}])
    assert named(found) == [("recurring_tasks[1]", "fault_task_times")]


STRETCHES = st.builds(Stretch, st.integers(0, DAY - 1), st.integers(1, DAY))


def minutes_of(stretches: tuple[Stretch, ...] | list[Stretch]) -> set[int]:
    """Minute by minute, as slow as it is plain."""
    return {(one.start + step) % DAY for one in stretches for step in range(one.minutes)}


@given(st.lists(STRETCHES, max_size=6))
@example([])
@example([Stretch(0, DAY)])
@example([Stretch(0, 10), Stretch(1000, DAY)])
@example([Stretch(1439, 1)])
@example([Stretch(0, 10), Stretch(11, DAY - 11)])
def test_holes_are_those_that_a_scan_of_every_minute_finds(stretches: list[Stretch]) -> None:
    holes = uncovered(stretches)
    assert minutes_of(holes) == set(range(DAY)) - minutes_of(stretches)
    assert sum(hole.minutes for hole in holes) == len(minutes_of(holes))


@given(st.lists(STRETCHES, max_size=6))
def test_holes_are_told_in_as_few_stretches_as_will_say_them(stretches: list[Stretch]) -> None:
    open_minutes = set(range(DAY)) - minutes_of(stretches)
    begins = [minute for minute in open_minutes if (minute - 1) % DAY not in open_minutes]
    assert len(uncovered(stretches)) == (len(begins) or bool(open_minutes))


@given(STRETCHES, STRETCHES)
@example(Stretch(0, DAY), Stretch(700, DAY))
def test_overlaps_are_those_that_a_scan_of_every_minute_finds(one: Stretch, other: Stretch) -> None:
    found = shared(one, other)
    assert minutes_of(found) == minutes_of([one]) & minutes_of([other])
    assert sum(stretch.minutes for stretch in found) == len(minutes_of(found))
