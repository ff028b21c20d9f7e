"""Turns in their order and by the week, and shares counted over the quarter."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk_console.roster import fairness
from desk_console.roster.checking import Checker
from desk_console.roster.problem import (
    Assignment,
    Demand,
    Draft,
    Load,
    Measure,
    Place,
    Problem,
    Share,
    Turns,
    Worked,
)
from desk_console.roster.quality import Part, quality
from desk_console.roster.rotation import by_rotation, expected
from tests.roster.problems import HOURS, cells, day, demand, member, month, problem

DESK_DAY = Place("day", "desk")
OPEN, CLOSE = Place("open", "duty-manager"), Place("close", "duty-manager")


def who(draft: Draft) -> list[int]:
    return [cell.person for cell in sorted(draft)]


def test_2_7_turns_go_round_in_their_order_after_the_last_one() -> None:
    what = replace(problem(3, length=7), turns=(Turns((DESK_DAY,), order=(3, 1, 2), after=1),))
    assert who(by_rotation(what)) == [2, 3, 1, 2, 3, 1, 2]


def test_2_7_several_shifts_a_day_are_one_round() -> None:
    places = tuple(Place(plan, "desk") for plan in HOURS)
    what = replace(
        problem(5, length=3, plans=tuple(HOURS)),
        turns=(Turns(places, order=(1, 2, 3, 4, 5)),),
        rest_minutes=660,
    )
    draft = by_rotation(what)
    by_hour = [next(one.person for one in draft if one[:3] == key) for key in what.demand]
    assert by_hour == [1, 2, 3, 4, 5, 1, 2, 3, 4]
    assert Checker(what).breaches(draft) == ()


def test_2_7_who_is_on_leave_is_passed_over_and_comes_next() -> None:
    people = [member(1), member(2, leave=frozenset([day(1)])), member(3)]
    what = replace(problem(people, length=5), turns=(Turns((DESK_DAY,), (1, 2, 3)),))
    assert who(by_rotation(what)) == [1, 3, 2, 1, 3]


def test_2_7_a_duty_that_somebody_else_has_than_whose_turn_it_is_costs() -> None:
    what = replace(problem(2, length=4), turns=(Turns((DESK_DAY,), (1, 2), weight=5),))
    assert quality(what, by_rotation(what)).total == 0
    swapped = cells((0, "day", 2), (1, "day", 1), (2, "day", 1), (3, "day", 2))
    assert quality(what, swapped).parts[Part.TURNS] == 10


def store(first: int, length: int, people: int, **more: object) -> Problem:
    """Duty managers of a store: one opens, one closes, every day from a day of the week on."""
    demands: list[Demand] = []
    for number in range(first, first + length):
        for place, hours in ((OPEN, (7, 15)), (CLOSE, (15, 23))):
            plain = demand(day(number), "day", hours=hours)
            demands.append(replace(plain, plan=place.plan, post=place.post))
    persons = tuple(range(1, people + 1))
    members = tuple(replace(member(one), places=frozenset([OPEN, CLOSE])) for one in persons)
    plain_problem = replace(
        problem(0, length=1),
        first_day=day(first),
        last_day=day(first + length - 1),
        members=members,
        demands=tuple(demands),
        turns=(Turns((OPEN, CLOSE), persons, is_weekly=True),),
    )
    return replace(plain_problem, **more)  # type: ignore[arg-type]


def holder(draft: Draft, number: int, place: Place) -> int:
    return next(one.person for one in draft if one.day == day(number) and one.place == place)


def test_1_2_managers_take_a_week_each_and_the_next_week_is_the_next_ones() -> None:
    draft = by_rotation(store(0, 21, 3))
    weeks = [
        [{holder(draft, week * 7 + one, place) for one in range(7)} for place in (OPEN, CLOSE)]
        for week in range(3)
    ]
    assert weeks == [[{1}, {2}], [{3}, {1}], [{2}, {3}]]


def test_1_2_a_week_that_has_begun_is_finished_by_whoever_began_it() -> None:
    before = [
        Worked(one.day, one.plan, one.post, 2 if one.place == OPEN else 3, one.begins_at,
               one.ends_at)
        for one in store(0, 3, 3).demands
    ]  # fmt: skip
    what = store(3, 11, 3, around=tuple(before), known_from=day(0))
    draft = by_rotation(what)
    assert {holder(draft, one, OPEN) for one in range(3, 7)} == {2}
    assert {holder(draft, one, CLOSE) for one in range(3, 7)} == {3}
    assert holder(draft, 7, OPEN) == 1


def test_1_2_somebody_stands_in_where_the_week_s_holder_is_away() -> None:
    plain = store(0, 7, 3)
    away = replace(plain.members[0], leave=frozenset([day(2)]))
    draft = by_rotation(replace(plain, members=(away, *plain.members[1:])))
    assert holder(draft, 2, OPEN) not in {1, holder(draft, 2, CLOSE)}
    assert len(draft) == 14


def test_rotation_by_itself_breaks_no_rule_about_anybody_s_time() -> None:
    for people in (5, 8, 12):
        what = month(people)
        found = Checker(what).breaches(by_rotation(what))
        assert {one.rule.value for one in found} <= {"gap", "least_minutes"}


def test_what_is_pinned_keeps_its_place_in_a_rotation() -> None:
    pins = cells((1, "day", 3))
    draft = by_rotation(replace(problem(3, length=3), pins=pins))
    assert pins <= draft and len(draft) == 3


def test_expected_turns_are_worked_out_once_for_a_problem() -> None:
    what = replace(problem(2, length=4), turns=(Turns((DESK_DAY,), (1, 2)),))
    assert expected(what) is expected(what)


# Shares.


def test_4_2_weekends_are_shared_by_the_days_on_which_people_were_there() -> None:
    people = [
        member(1, load=Load(days=60, weekends=10)),
        member(2, load=Load(days=60, weekends=8)),
        member(3, load=Load(days=0)),
    ]
    what = problem(people, length=28)
    shares = fairness.targets(what, Measure.WEEKENDS)
    # 18 had and 8 to come, by 88, 88 and 28 days there.
    assert {who: (one.least, one.most) for who, one in shares.items()} == {
        1: (11, 12),
        2: (11, 12),
        3: (3, 4),
    }


def test_only_those_who_can_take_such_duties_share_them() -> None:
    people = [member(1, "night"), member(2, "night"), member(3, "day"), member(4, "day")]
    what = problem(people, length=10, plans=("day", "night"))
    assert set(fairness.targets(what, Measure.NIGHTS)) == {1, 2}
    by_minutes = fairness.targets(what, Measure.MINUTES)
    assert {one.least for one in by_minutes.values()} == {10 * 480 // 2}


@pytest.mark.parametrize(("amount", "price"), [(4, 0), (5, 0), (6, 3), (7, 9), (2, 9), (8, 18)])
def test_farther_from_the_fair_share_costs_more_by_the_step(amount: int, price: int) -> None:
    target = fairness.Target(least=4, most=5, before=0)
    assert fairness.cost(Share(Measure.NIGHTS, weight=3), target, amount) == price


def test_3_1_shifts_that_bring_more_work_are_shared_by_what_they_bring() -> None:
    plain = problem(2, length=4, plans=("day", "late"))
    demands = tuple(replace(one, workload=30 if one.plan == "day" else 10) for one in plain.demands)
    what = replace(plain, demands=demands, shares=(Share(Measure.WORKLOAD, unit=10),))
    always = frozenset(
        Assignment(one.day, one.plan, one.post, 1 if one.plan == "day" else 2) for one in demands
    )
    turned = frozenset(
        Assignment(one.day, one.plan, one.post, 1 + ((one.day - day(0)) // timedelta(1)
                   + (one.plan == "late")) % 2)
        for one in demands
    )  # fmt: skip
    assert quality(what, always).parts[Part.WORKLOAD] == 20
    assert quality(what, turned).parts[Part.WORKLOAD] == 0
