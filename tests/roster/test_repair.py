"""Mending a roster: the fewest changed cells, and nothing that was fixed."""

from dataclasses import replace
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_console.roster.breaches import Rule
from desk_console.roster.checking import Checker
from desk_console.roster.problem import Draft, Problem
from desk_console.roster.repair import repairs
from tests.roster.problems import cells, day, member, month, problem

COVER = {Rule.GAP, Rule.SHORT}


@st.composite
def fallen_ill(draw: st.DrawFn) -> tuple[Problem, Draft]:
    """Somebody is away from a day on; what lies before that day is pinned."""
    length, people = draw(st.integers(2, 3)), draw(st.integers(2, 3))
    plans = draw(st.sampled_from([("day",), ("day", "late")]))
    members = [
        member(
            number,
            longest_run=draw(st.none() | st.just(2)),
            most_minutes=draw(st.none() | st.just(960)),
        )
        for number in range(1, people + 1)
    ]
    plain = replace(problem(members, length=length, plans=plans), rest_minutes=660)
    published = frozenset(
        one.by(draw(st.integers(1, people))) for one in plain.demands if draw(st.booleans())
    )
    begins = draw(st.integers(0, length - 1))
    away = frozenset(one for one in plain.days if one >= day(begins))
    pins = frozenset(cell for cell in published if cell.day < day(begins))
    ill = tuple(replace(one, leave=away) if one.person == 1 else one for one in members)
    return replace(plain, members=ill, pins=pins), published


def by_trying_everything(what: Problem, published: Draft) -> tuple[int, int] | None:
    """The fewest people missing, and with these the fewest changed cells."""
    checker = Checker(what)
    best = None
    choices = [(None, *what.member) for _ in what.demands]
    for chosen in product(*choices):
        draft = frozenset(
            demand.by(person)
            for demand, person in zip(what.demands, chosen, strict=True)
            if person is not None
        )
        breaches = checker.breaches(draft)
        if any(one.rule not in COVER for one in breaches):
            continue
        figures = (len(breaches), len(draft ^ published))
        best = figures if best is None else min(best, figures)
    return best


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(fallen_ill())
def test_a_repair_changes_nothing_pinned_and_no_more_cells_than_needed(
    given_up: tuple[Problem, Draft],
) -> None:
    what, published = given_up
    best = by_trying_everything(what, published)
    found = repairs(what, published, seconds=20.0)
    assert found
    for one in found:
        assert what.pins <= one.draft
        assert one.draft == published - one.removed | one.added
    if best is None:
        assert found[0].breaches  # What was fixed breaks a rule already: it says so.
        return
    assert found[0].breaches == ()
    assert (found[0].missing, found[0].changes) == best


def test_several_ways_each_with_somebody_else() -> None:
    what = problem(
        [member(1, leave=frozenset([day(1)])), member(2), member(3), member(4)], length=3
    )
    published = cells((0, "day", 2), (1, "day", 1), (2, "day", 3))
    found = repairs(what, published, seconds=20.0)
    assert [one.changes for one in found] == [2, 2, 2]
    assert {cell.person for one in found for cell in one.added} == {2, 3, 4}
    assert all(one.removed == cells((1, "day", 1)) for one in found)


def test_a_chain_of_changes_is_found_where_nobody_can_simply_take_over() -> None:
    what = replace(
        problem(
            [
                member(1, leave=frozenset([day(1)])),
                member(2, "day", "late"),
                member(3, "late"),
            ],
            length=2,
            plans=("day", "late"),
        ),
    )
    published = cells((0, "day", 2), (0, "late", 3), (1, "day", 1), (1, "late", 2))
    best = repairs(what, published, seconds=20.0)[0]
    assert best.missing == 0
    assert best.added == cells((1, "day", 2), (1, "late", 3))


def test_6_2_the_noon_turn_goes_with_the_day_shift_to_whoever_takes_it_over() -> None:
    plain = problem(0, length=1)
    noon = replace(plain.demands[0], plan="noon", within="day", minutes=0)
    people = [member(1, "day", "noon", leave=frozenset([day(0)]))]
    people += [member(number, "day", "noon") for number in range(2, 9)]
    what = replace(plain, members=tuple(people), demands=(*plain.demands, noon))
    for one in repairs(what, cells((0, "day", 1), (0, "noon", 1)), seconds=20.0):
        assert (one.missing, one.breaches, one.changes) == (0, (), 4)


def test_6_2_two_ways_differ_in_who_has_a_shift_not_only_in_its_noon_turn() -> None:
    plain = problem(0, length=1)
    pair = replace(plain.demands[0], wanted=2, most=2)
    noon = replace(pair, plan="noon", within="day", wanted=1, most=1, minutes=0)
    people = [member(1, "day", "noon", leave=frozenset([day(0)]))]
    people += [member(number, "day", "noon") for number in range(2, 6)]
    what = replace(plain, members=tuple(people), demands=(pair, noon))
    published = cells((0, "day", 1), (0, "day", 2), (0, "noon", 1))
    found = repairs(what, published, seconds=20.0)
    comers = [{one.person for one in way.added if one.plan == "day"} for way in found]
    assert comers == [{3}, {4}, {5}]


def test_9_8_where_nobody_can_the_gap_is_left_and_told() -> None:
    what = problem([member(1, leave=frozenset([day(0)])), member(2, "late")], length=1)
    found = repairs(what, cells((0, "day", 1)), seconds=20.0)
    assert [(one.missing, one.removed, one.added) for one in found] == [
        (1, cells((0, "day", 1)), frozenset())
    ]


def test_a_roster_that_breaks_a_rule_with_a_reason_can_still_be_mended() -> None:
    fixed = cells((0, "late", 2), (1, "day", 2))
    what = replace(
        problem([member(1, leave=frozenset([day(2)])), member(2), member(3)], length=3,
                plans=("day", "late")),
        rest_minutes=660,
        pins=fixed,
    )  # fmt: skip
    published = fixed | cells((0, "day", 1), (1, "late", 3), (2, "day", 1), (2, "late", 3))
    best = repairs(what, published, seconds=20.0)[0]
    assert best.missing == 0
    assert fixed <= best.draft
    assert [one.rule for one in best.breaches] == [Rule.REST]


def test_an_absence_in_a_month_of_twelve_people_is_mended_with_as_many_cells_as_it_has() -> None:
    what = month(12)
    from desk_console.roster.drafting.search import Search

    published = Search(what, seconds=20.0).run().draft
    assert published is not None
    away = sorted(published)[40]
    ill = tuple(
        replace(one, leave=one.leave | {away.day}) if one.person == away.person else one
        for one in what.members
    )
    found = repairs(replace(what, members=ill), published, seconds=20.0)
    assert len(found) == 3
    for one in found:
        assert (one.missing, one.breaches) == (0, ())
        assert away in one.removed
    assert found[0].changes == 2
