"""The rules that a roster is checked by, each broken on purpose."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from desk_console.roster.breaches import Breach, Rule
from desk_console.roster.checking import Checker
from desk_console.roster.problem import Draft, Law, Place, Problem, Worked
from desk_console.rulebook.loader import site_rules
from tests.roster.problems import cells, day, demand, member, month, problem


def rules(what: Problem, draft: Draft) -> list[Rule]:
    return [breach.rule for breach in Checker(what).breaches(draft)]


def only(what: Problem, draft: Draft, rule: Rule) -> Breach:
    found = [one for one in Checker(what).breaches(draft) if one.rule is rule]
    assert len(found) == 1
    return found[0]


FULL = cells((0, "day", 1), (1, "day", 2), (2, "day", 3))


def test_a_filled_roster_is_sound() -> None:
    assert Checker(problem(3, length=3)).report(FULL).is_sound


@pytest.mark.parametrize(
    ("regulation", "clause"),
    [("company-24h", "2.1"), ("property-24h", "6.1"), ("store-weekly", "1.1")],
)
def test_2_1_6_1_1_1_a_shift_without_anybody_is_a_gap(regulation: str, clause: str) -> None:
    gap = only(problem(3, length=3), FULL - cells((1, "day", 2)), Rule.GAP)
    assert gap.days == (day(1),)
    assert gap.place == Place("day", "desk")
    assert gap.clause(site_rules(regulation).cites) == clause


def test_1_3_a_shift_with_too_few_people_is_short_of_them() -> None:
    plain = problem(3, length=1)
    what = replace(plain, demands=(replace(plain.demands[0], wanted=3, most=3),))
    short = only(what, cells((0, "day", 1), (0, "day", 2)), Rule.SHORT)
    assert (short.found, short.limit) == (2, 3)
    assert short.clause(site_rules("store-weekly").cites) == "1.3"


def test_more_people_than_there_is_room_for_are_too_many() -> None:
    assert rules(problem(2, length=1), cells((0, "day", 1), (0, "day", 2))) == [Rule.CROWDED]


def test_6_1_a_minute_at_which_no_shift_runs_is_uncovered() -> None:
    plain = problem(3, length=2, plans=("day", "late"))
    what = replace(plain, is_round_the_clock=True)
    draft = cells((0, "day", 1), (0, "late", 2), (1, "day", 3), (1, "late", 1))
    hole = only(what, draft, Rule.UNCOVERED)
    assert hole.found == 8 * 60
    assert hole.clause(site_rules("property-24h").cites) == "6.1"


def test_6_2_a_person_without_the_role_is_refused() -> None:
    what = problem([member(1, "late"), member(2)], length=1)
    breach = only(what, cells((0, "day", 1)), Rule.ROLE)
    assert breach.person == 1
    assert breach.clause(site_rules("property-24h").cites) == "6.2"


def test_6_2_noon_belongs_to_somebody_of_the_day_shift() -> None:
    plain = problem(2, length=1)
    noon = replace(demand(day(0), "day", hours=(11, 13)), plan="noon", within="day", minutes=0)
    members = [member(1, "day", "noon"), member(2, "day", "noon")]
    what = replace(plain, members=tuple(members), demands=(*plain.demands, noon))
    assert rules(what, cells((0, "day", 1), (0, "noon", 1))) == []
    assert rules(what, cells((0, "day", 1), (0, "noon", 2))) == [Rule.WITHIN]


def test_7_2_a_person_not_qualified_on_that_date_is_refused() -> None:
    what = problem([member(1, unqualified=frozenset([day(1)]))], length=2)
    breach = only(what, cells((0, "day", 1), (1, "day", 1)), Rule.UNQUALIFIED)
    assert breach.days == (day(1),)
    assert breach.clause(site_rules("courier").cites) == "7.2"


def test_4_4_a_new_person_is_not_on_duty_alone() -> None:
    new = member(1, trainee=frozenset([day(0)]))
    plain = problem([new, member(2)], length=1)
    what = replace(plain, demands=(replace(plain.demands[0], most=2),))
    breach = only(what, cells((0, "day", 1)), Rule.ALONE)
    assert breach.clause(site_rules("cs-department").cites) == "4.4"
    assert rules(what, cells((0, "day", 1), (0, "day", 2))) == []


def test_2_3_a_person_without_a_telephone_is_refused() -> None:
    what = problem([member(1, is_reachable=False)], length=1)
    breach = only(what, cells((0, "day", 1)), Rule.UNREACHABLE)
    assert breach.clause(site_rules("company-24h").cites) == "2.3"


@pytest.mark.parametrize(
    ("regulation", "clause"),
    [("management-office", "9.8"), ("company-24h", "2.6"), ("cs-monthly", "3.3")],
)
def test_9_8_2_6_3_3_nobody_is_rostered_on_leave(regulation: str, clause: str) -> None:
    what = problem([member(1, leave=frozenset([day(0)]))], length=1)
    breach = only(what, cells((0, "day", 1)), Rule.LEAVE)
    assert breach.clause(site_rules(regulation).cites) == clause


def test_nobody_is_rostered_before_they_began() -> None:
    what = problem([member(1, gone=frozenset([day(0)]))], length=1)
    assert rules(what, cells((0, "day", 1))) == [Rule.GONE]


def test_a_duty_at_a_shift_that_does_not_run_and_of_somebody_unknown() -> None:
    assert rules(problem(1, length=1), cells((0, "day", 1), (0, "night", 1))) == [Rule.NO_SHIFT]
    assert rules(problem(1, length=1), cells((0, "day", 9))) == [Rule.NO_MEMBER]


def test_nobody_has_two_duties_at_once_nor_two_on_one_date() -> None:
    plain = problem(1, length=1, plans=("day", "late"))
    draft = cells((0, "day", 1), (0, "late", 1))
    assert rules(plain, draft) == [Rule.TWICE_A_DAY]
    long_day = demand(day(0), "day", hours=(8, 17))
    assert rules(replace(plain, demands=(long_day, plain.demands[1])), draft) == [Rule.OVERLAP]


def test_rest_is_counted_from_the_last_period_on() -> None:
    before = Worked(
        day(-1),
        "late",
        "desk",
        1,
        begins_at=datetime(2026, 3, 1, 16, tzinfo=UTC),
        ends_at=datetime(2026, 3, 2, 0, tzinfo=UTC),
    )
    what = replace(problem(1, length=1), rest_minutes=11 * 60, around=(before,), known_from=day(-1))
    breach = only(what, cells((0, "day", 1)), Rule.REST)
    assert (breach.found, breach.limit) == (8 * 60, 11 * 60)
    assert breach.days == (day(-1), day(0))


def test_rest_is_real_time_over_the_night_in_which_the_clock_changes() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    eve, spring = date(2026, 3, 28), date(2026, 3, 29)
    plain = problem(1, length=1)
    what = replace(
        plain,
        first_day=eve,
        last_day=spring,
        demands=(
            demand(eve, "late", hours=(12, 20), zone=berlin),
            demand(spring, "day", hours=(7, 15), zone=berlin),
        ),
        rest_minutes=11 * 60,
    )
    draft = frozenset(one.by(1) for one in what.demands)
    assert only(what, draft, Rule.REST).found == 10 * 60


def test_a_night_over_midnight_and_the_next_evening_are_no_clash() -> None:
    nights = tuple(demand(day(number), "night", hours=(17, 33)) for number in (0, 1))
    what = replace(problem([member(1)], length=2), demands=nights, rest_minutes=8 * 60)
    assert rules(what, frozenset(one.by(1) for one in nights)) == []


def test_a_forbidden_succession_is_refused_on_the_next_date_only() -> None:
    day_place, late = Place("day", "desk"), Place("late", "desk")
    what = replace(
        problem(2, length=3, plans=("day", "late")), forbidden=frozenset([(late, day_place)])
    )
    draft = cells((0, "late", 1), (1, "day", 1), (0, "day", 2), (1, "late", 2))
    assert Rule.SUCCESSION in rules(what, draft)
    rested = cells((0, "late", 1), (2, "day", 1))
    assert Rule.SUCCESSION not in rules(what, rested)


def test_a_run_counts_the_days_before_the_period() -> None:
    tail = tuple(
        Worked(
            day(-number),
            "day",
            "desk",
            1,
            begins_at=demand(day(-number)).begins_at,
            ends_at=demand(day(-number)).ends_at,
        )
        for number in (1, 2)
    )
    what = replace(
        problem([member(1, longest_run=3), member(2)], length=3),
        around=tail,
        known_from=day(-7),
    )
    breach = only(what, cells((0, "day", 1), (1, "day", 1), (2, "day", 2)), Rule.LONGEST_RUN)
    assert (breach.found, breach.limit) == (4, 3)


def test_runs_and_breaks_that_are_too_short_unless_they_touch_the_edge() -> None:
    what = problem([member(1, shortest_run=2, shortest_break=2), member(2)], length=7)
    edges = cells((0, "day", 1), (3, "day", 1), (4, "day", 1))
    assert set(rules(what, edges)) == {Rule.GAP}
    inside = cells((0, "day", 1), (2, "day", 1), (5, "day", 1), (6, "day", 1))
    found = [rule for rule in rules(what, inside) if rule is not Rule.GAP]
    assert sorted(found) == [Rule.SHORTEST_BREAK, Rule.SHORTEST_RUN]


def test_weekends_minutes_and_shifts_have_their_limits() -> None:
    place = Place("day", "desk")
    limited = member(1, most_weekends=1, most_minutes=960, least_minutes=1, most_shifts={place: 2})
    what = problem([limited, member(2, least_minutes=60)], length=14)
    draft = cells((5, "day", 1), (6, "day", 1), (12, "day", 1))
    found = [rule for rule in rules(what, draft) if rule is not Rule.GAP]
    assert sorted(found) == [
        Rule.LEAST_MINUTES,
        Rule.MOST_MINUTES,
        Rule.MOST_SHIFTS,
        Rule.MOST_WEEKENDS,
    ]


def test_a_weekend_day_worked_by_decree_is_no_weekend() -> None:
    what = problem([member(1, most_weekends=0)], length=7)
    assert Rule.MOST_WEEKENDS in rules(what, cells((6, "day", 1)))
    by_decree = replace(what, working_weekends=frozenset([day(6)]))
    assert Rule.MOST_WEEKENDS not in rules(by_decree, cells((6, "day", 1)))


def test_what_was_fixed_stays() -> None:
    what = replace(problem(2, length=1), pins=cells((0, "day", 1)), free=frozenset([(2, day(0))]))
    assert rules(what, cells((0, "day", 1))) == []
    assert rules(what, cells((0, "day", 2))) == [Rule.PINNED, Rule.PINNED]


def test_working_time_law_warns_and_refuses_nothing() -> None:
    what = replace(problem(1, length=14), law=Law(overtime_minutes=600))
    report = Checker(what).report(cells(*((number, "day", 1) for number in range(14))))
    assert report.is_sound
    assert {warning.rule: warning.found for warning in report.warnings} == {
        Rule.LAW_WEEK: 56 * 60,
        Rule.LAW_REST_DAY: 14,
        Rule.LAW_OVERTIME: 32 * 60,
    }


def test_one_changed_cell_is_judged_as_the_whole_would_be() -> None:
    what = month(6, length=14)
    checker = Checker(what)
    draft = frozenset(one.by(number % 6 + 1) for number, one in enumerate(what.demands))
    checker.report(draft)
    for cell in sorted(draft)[:12]:
        changed = draft - {cell} | {cell._replace(person=cell.person % 6 + 1)}
        assert checker.report(changed) == Checker(what).report(changed)
