"""Reasons: why this person, why nobody, why not at all; none of them can be left out."""

from dataclasses import replace
from time import monotonic

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from desk_console.foundation.catalogue import LANGUAGES, Catalogue, Language
from desk_console.roster.breaches import WARNINGS, Rule
from desk_console.roster.drafting.drafting import Ending
from desk_console.roster.drafting.model import Model
from desk_console.roster.explaining import Reason, why, why_open
from desk_console.roster.impossible import whole_limits, why_impossible
from desk_console.roster.problem import Measure, Place, Problem, Share, Turns, Wish
from desk_console.roster.quality import Part
from desk_console.roster.reasons import in_words, why_in_words
from desk_console.rulebook.loader import site_rules
from tests.roster.problems import cells, day, member, problem

DESK_DAY = Place("day", "desk")


def can_be_filled(what: Problem, holding: set[Reason]) -> bool:
    """Whether a draft without a gap exists when only these rules hold. Asked of the whole model,
    without the solver's own way of finding reasons.
    """
    model = Model(what, groups=True)
    model.wants_everybody()
    for group, literal in model.groups.items():
        is_held = Reason(group.rule, group.person, group.day, group.place) in holding
        model.solver_model.add(literal == int(is_held))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver.solve(model.solver_model) != cp_model.INFEASIBLE


def as_groups(what: Problem, reasons: tuple[Reason, ...]) -> set[Reason]:
    """Reasons as the model names its groups: a bar stands for one person and date."""
    model = Model(what, groups=True)
    model.wants_everybody()
    named = {Reason(one.rule, one.person, one.day, one.place) for one in model.groups}
    found = set()
    for reason in reasons:
        short = replace(reason, place=None)
        found.add(reason if reason in named else short)
    assert found <= named
    return found


@st.composite
def crowded(draw: st.DrawFn) -> Problem:
    """A few days that often cannot be filled."""
    length = draw(st.integers(1, 4))
    dates = st.frozensets(st.integers(0, length - 1).map(day), max_size=3)
    people = [
        member(
            number,
            leave=draw(dates),
            trainee=draw(dates),
            unqualified=draw(dates),
            longest_run=draw(st.none() | st.just(1) | st.just(2)),
            most_minutes=draw(st.none() | st.just(480)),
        )
        for number in range(1, draw(st.integers(1, 3)) + 1)
    ]
    plans = draw(st.sampled_from([("day",), ("day", "late"), ("night", "late")]))
    plain = problem(people, length=length, plans=plans)
    wanted = draw(st.integers(1, 2))
    demands = tuple(replace(one, wanted=wanted, most=2) for one in plain.demands)
    return replace(plain, demands=demands, rest_minutes=660)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(crowded())
def test_25_the_reasons_make_it_impossible_and_none_can_be_left_out(what: Problem) -> None:
    found = why_impossible(what)
    if found is None:
        model = Model(what, groups=True)
        everything = {Reason(one.rule, one.person, one.day, one.place) for one in model.groups}
        model.wants_everybody()
        everything |= {Reason(one.rule, one.person, one.day, one.place) for one in model.groups}
        assert can_be_filled(what, everything)
        return
    assume(found.is_smallest)
    holding = as_groups(what, found.reasons)
    assert not can_be_filled(what, holding)
    for reason in holding:
        assert can_be_filled(what, holding - {reason})


def test_9_8_7_2_two_on_leave_and_one_not_qualified_are_the_reasons_of_a_gap() -> None:
    what = problem(
        [
            member(1, leave=frozenset([day(2)])),
            member(2, leave=frozenset([day(2)])),
            member(3, unqualified=frozenset([day(2), day(3)])),
            member(4, "late"),
        ],
        length=5,
    )
    found = why_impossible(what)
    assert found is not None and found.is_smallest
    assert found.reasons == (
        Reason(Rule.GAP, None, day(2), DESK_DAY),
        Reason(Rule.LEAVE, 1, day(2), DESK_DAY),
        Reason(Rule.LEAVE, 2, day(2), DESK_DAY),
        Reason(Rule.UNQUALIFIED, 3, day(2), DESK_DAY),
    )


def test_a_month_that_is_too_short_of_hands_says_whose_limits_it_is_and_on_which_shifts() -> None:
    what = problem([member(1, most_minutes=480), member(2, most_minutes=480)], length=3)
    found = why_impossible(what)
    assert found is not None and found.is_smallest
    assert [(one.rule, one.person) for one in found.reasons] == [
        (Rule.GAP, None),
        (Rule.GAP, None),
        (Rule.GAP, None),
        (Rule.MOST_MINUTES, 1),
        (Rule.MOST_MINUTES, 2),
    ]


def test_where_single_rules_would_be_too_many_the_limits_are_told_as_wholes() -> None:
    people = [member(number, most_minutes=960, longest_run=5) for number in (1, 2, 3)]
    what = problem(people, length=7)
    told = whole_limits(what, (day(0), day(6)), monotonic() + 60)
    assert not told.is_smallest
    limits = {(one.rule, one.person) for one in told.reasons if one.rule is not Rule.GAP}
    assert limits == {(Rule.MOST_MINUTES, number) for number in (1, 2, 3)}


def test_a_month_that_can_be_filled_has_no_reasons() -> None:
    assert why_impossible(problem(2, length=5)) is None


def test_an_open_duty_names_for_each_person_what_stands_in_the_way() -> None:
    what = replace(
        problem(
            [
                member(1, leave=frozenset([day(1)])),
                member(2, longest_run=1),
                member(3),
                member(4, "late"),
            ],
            length=2,
            plans=("day", "late"),
        ),
        rest_minutes=660,
    )
    draft = cells((0, "day", 2), (0, "late", 3))
    open_duty = what.demand[day(1), "day", "desk"]
    assert {one.person: one.rule for one in why_open(what, draft, open_duty)} == {
        1: Rule.LEAVE,
        2: Rule.LONGEST_RUN,
        3: Rule.REST,
    }
    assert why_open(what, cells((0, "day", 1)), open_duty) == (
        Reason(Rule.LEAVE, 1, day(1), DESK_DAY),
    )


def test_why_a_person_has_a_duty_is_told_by_what_the_others_would_cost_or_break() -> None:
    what = replace(
        problem([member(1), member(2, leave=frozenset([day(0)])), member(3)], length=3),
        shares=(Share(Measure.MINUTES, unit=480),),
        wishes=(Wish(1, day(0), is_on=True, weight=4),),
        turns=(Turns((DESK_DAY,), (1, 2, 3)),),
    )
    draft = cells((0, "day", 1), (1, "day", 2), (2, "day", 3))
    told = why(what, draft, next(iter(cells((0, "day", 1)))))
    assert told.is_turn and told.is_wished and not told.is_pinned
    assert told.had[Measure.MINUTES][0] == 480
    third, second = told.others
    assert (third.person, third.against) == (3, ())
    assert third.dearer[Part.WISHES] == 4 and third.dearer[Part.TURNS] == 5
    assert third.cost > 0
    assert [one.rule for one in second.against] == [Rule.LEAVE]
    assert not told.is_only_one


def test_25_reasons_are_told_in_few_words_in_both_languages() -> None:
    reasons = [
        Reason(Rule.GAP, None, day(13), DESK_DAY),
        Reason(Rule.LEAVE, 1, day(13), DESK_DAY),
        Reason(Rule.LEAVE, 2, day(13), DESK_DAY),
        Reason(Rule.UNQUALIFIED, 3, day(13), DESK_DAY),
    ]
    duty, names = site_rules("property-24h"), {1: "王晓燕", 2: "李静", 3: "陈洁"}
    said = in_words(reasons, duty, names)
    assert [Catalogue("zh").text(one) for one in said] == [
        "2026-03-15 白班要有人（第 6.1 条）",
        "2026-03-15：王晓燕、李静请假",
        "2026-03-15：陈洁没有有效的上岗资格",
    ]
    assert Catalogue("en").text(said[1]) == "2026-03-15: on leave: 王晓燕, 李静"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_part_and_ending_has_its_words(language: Language) -> None:
    structural = {Rule.GAP, Rule.SHORT, Rule.UNCOVERED, Rule.NO_SHIFT, Rule.NO_MEMBER, Rule.ROLE}
    keys = [f"reason_{one}" for one in Rule if one not in structural | WARNINGS]
    keys += [f"part_{one}" for one in Part] + [f"ending_{one}" for one in Ending]
    for key in keys:
        assert Catalogue(language).text(f"roster.{key}", names=["甲"])


def test_a_choice_is_told_by_what_weighs_most() -> None:
    what = replace(
        problem(2, length=2), turns=(Turns((DESK_DAY,), (1, 2)),), pins=cells((0, "day", 1))
    )
    draft = cells((0, "day", 1), (1, "day", 2))
    told = why_in_words(why(what, draft, min(draft)), {2: "李静"})
    assert [Catalogue("zh").text(one) for one in told][:2] == [
        "这一格是人工固定的",
        "按顺序轮到此人",
    ]
