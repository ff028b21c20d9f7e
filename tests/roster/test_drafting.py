"""The optimiser: never against a rule, never more than it says, and ended by anything."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from time import monotonic
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from desk_console.roster.breaches import Rule
from desk_console.roster.checking import Checker
from desk_console.roster.drafting.costs import cost as cost_of
from desk_console.roster.drafting.drafting import Drafted, Drafting, Ending
from desk_console.roster.drafting.model import Model
from desk_console.roster.drafting.neighbourhoods import Neighbourhoods
from desk_console.roster.drafting.progress import Found
from desk_console.roster.drafting.search import Search
from desk_console.roster.problem import (
    Draft,
    Load,
    Measure,
    Member,
    Place,
    Problem,
    Share,
    Turns,
    Wish,
)
from tests.roster.problems import HOURS, cells, day, demand, member, month, problem

PLANS = tuple(HOURS)
COVER = {Rule.GAP, Rule.SHORT}


@st.composite
def members(draw: st.DrawFn, person: int, length: int) -> Member:
    days = st.frozensets(st.integers(0, length - 1).map(day), max_size=2)
    return member(
        person,
        *draw(st.sets(st.sampled_from(PLANS), min_size=1)),
        longest_run=draw(st.none() | st.integers(1, 3)),
        shortest_run=draw(st.integers(1, 2)),
        shortest_break=draw(st.integers(1, 2)),
        most_weekends=draw(st.none() | st.integers(0, 1)),
        most_minutes=draw(st.none() | st.integers(0, 4).map(lambda shifts: shifts * 480)),
        least_minutes=draw(st.sampled_from([0, 0, 480])),
        most_shifts={Place("night", "desk"): draw(st.integers(0, 3))},
        leave=draw(days),
        unqualified=draw(days),
        trainee=draw(days),
        load=Load(nights=draw(st.integers(0, 3)), minutes=draw(st.integers(0, 3)) * 480),
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A few days with everything that the vocabulary knows."""
    length = draw(st.integers(2, 5))
    people = [draw(members(number, length)) for number in range(1, draw(st.integers(2, 4)) + 1)]
    plans = sorted(draw(st.sets(st.sampled_from(PLANS), min_size=1)))
    plain = problem(people, length=length, plans=plans)
    persons = st.sampled_from([one.person for one in people])
    on = st.integers(0, length - 1).map(day)
    place = st.sampled_from([Place(plan, "desk") for plan in plans])
    wish = st.builds(Wish, persons, on, st.none() | place, st.booleans(), st.integers(1, 9))
    return replace(
        plain,
        demands=tuple(
            replace(one, wanted=draw(st.integers(1, 2)), most=draw(st.sampled_from([2, 3])))
            for one in plain.demands
        ),
        rest_minutes=draw(st.sampled_from([0, 660])),
        forbidden=draw(st.frozensets(st.tuples(place, place), max_size=2)),
        wishes=tuple(draw(st.lists(wish, max_size=4))),
        shares=(
            Share(Measure.NIGHTS, weight=3),
            Share(Measure.WEEKENDS, weight=2),
            Share(Measure.MINUTES, weight=4, unit=480),
        ),
        turns=(Turns((Place(plans[0], "desk"),), tuple(one.person for one in people)),),
    )


def searched(what: Problem, seconds: float = 20.0, **how: object) -> Found:
    return Search(what, seconds=seconds, **how).run()  # type: ignore[arg-type]


def solve(model: Model) -> tuple[str, Draft]:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.solver_model)
    name = solver.status_name(status)
    return name, model.draft(solver.value) if name in {"OPTIMAL", "FEASIBLE"} else frozenset()


def hard(what: Problem, draft: Draft) -> set[Rule]:
    return {one.rule for one in Checker(what).breaches(draft)} - COVER


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_a_draft_breaks_no_hard_rule_and_costs_what_the_optimiser_says(what: Problem) -> None:
    found = searched(what, workers=1)
    if found.is_impossible:
        assert found.draft is not None
        assert hard(what, found.draft) <= {
            Rule.LEAST_MINUTES, Rule.SHORTEST_RUN, Rule.SHORTEST_BREAK
        }  # fmt: skip
        return
    assert found.draft is not None
    assert found.is_proved
    report = Checker(what).report(found.draft)
    assert hard(what, found.draft) == set()
    assert report.quality.total == found.cost == found.bound


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(), st.data())
def test_the_model_takes_a_draft_exactly_when_the_checker_calls_it_sound(
    what: Problem, data: st.DataObject
) -> None:
    everything = [one.by(who.person) for one in what.demands for who in what.members]
    draft = data.draw(st.frozensets(st.sampled_from(everything), max_size=6))
    model = Model(what)
    cost = model.solver_model.new_int_var(0, 10**9, "cost")
    model.solver_model.add(cost == cost_of(model))
    model.solver_model.minimize(cost)
    if draft <= model.cells.keys():
        model.fix(draft, lambda cell: False)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        is_taken = solver.solve(model.solver_model) == cp_model.OPTIMAL
    else:
        is_taken = False
    assert is_taken == (not hard(what, draft))
    if is_taken:
        assert solver.value(cost) == Checker(what).report(draft).quality.total


@pytest.mark.parametrize(
    "rule",
    [
        {"rest_minutes": 660},
        {"forbidden": frozenset([(Place("late", "desk"), Place("day", "desk"))])},
    ],
)
def test_one_person_cannot_fill_what_rest_or_the_order_of_shifts_forbids(
    rule: dict[str, object],
) -> None:
    plain = problem([member(1)], length=2)
    what = replace(plain, demands=(demand(day(0), "late"), demand(day(1))))
    assert len(searched(what).draft or ()) == 2
    assert len(searched(replace(what, **rule)).draft or ()) == 1  # type: ignore[arg-type]


def test_25_a_month_for_which_nobody_is_qualified_is_a_draft_of_gaps() -> None:
    everywhere = frozenset(problem(1, length=31).days)
    what = problem(
        [member(1, unqualified=everywhere), member(2, unqualified=everywhere)], length=31
    )
    found = searched(what)
    assert found.draft == frozenset()
    assert len(Checker(what).breaches(frozenset())) == 31
    assert found.is_proved


def test_9_8_leave_of_everybody_on_one_date_leaves_that_date_open_and_no_other() -> None:
    what = problem([member(one, leave=frozenset([day(3)])) for one in (1, 2, 3)], length=7)
    found = searched(what)
    assert found.draft is not None
    gaps = Checker(what).breaches(found.draft)
    assert [gap.days for gap in gaps] == [(day(3),)]


@pytest.mark.parametrize("people", [0, 1, 5])
@pytest.mark.parametrize("length", [0, 1, 2])
def test_the_smallest_problems_are_drafted_too(people: int, length: int) -> None:
    plain = problem(people, length=1)
    what = replace(plain, demands=plain.demands * min(length, 1), last_day=day(max(0, length - 1)))
    found = searched(what)
    assert found.is_proved
    assert found.draft is not None and len(found.draft) == min(people, length, 1)


@pytest.mark.parametrize("length", [1, 2, 31])
def test_every_neighbourhood_is_cut_from_any_period(length: int) -> None:
    what = problem(2, length=length)
    choice = Neighbourhoods(what, seed=1)
    for _ in range(300):
        kind, is_free = choice.next(frozenset())
        assert any(is_free(one.by(1)) or is_free(one.by(2)) for one in what.demands)
        choice.learn(kind, is_searched=True, gain=0)


def test_pins_that_clash_still_give_a_draft_that_says_so() -> None:
    pins = cells((0, "late", 1), (1, "night", 1))
    what = replace(problem(3, length=3, plans=("night", "late")), rest_minutes=660, pins=pins)
    found = searched(what)
    assert found.is_impossible
    assert found.draft is not None and pins <= found.draft
    assert hard(what, found.draft) == {Rule.REST}


def test_a_pinned_duty_stays_and_a_date_kept_free_stays_free() -> None:
    what = replace(
        problem(2, length=4),
        pins=cells((0, "day", 1), (1, "day", 1)),
        free=frozenset([(2, day(2))]),
        shares=(Share(Measure.MINUTES, unit=480),),
    )
    found = searched(what)
    assert found.draft is not None
    assert hard(what, found.draft) == set()
    assert found.draft == cells((0, "day", 1), (1, "day", 1), (2, "day", 1), (3, "day", 2))


def test_6_2_the_noon_turn_goes_to_somebody_of_the_day_shift() -> None:
    plain = problem(0, length=3)
    noons = tuple(
        replace(demand(day(number), hours=(11, 13)), plan="noon", within="day", minutes=0)
        for number in range(3)
    )
    people = (member(1, "day", "noon"), member(2, "day", "noon"))
    what = replace(plain, members=people, demands=(*plain.demands, *noons))
    found = searched(what)
    assert found.draft is not None
    assert Checker(what).breaches(found.draft) == ()
    assert len(found.draft) == 6


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("America/Lima")])
def test_nights_over_midnight_and_a_change_of_the_clock_are_drafted(zone: ZoneInfo) -> None:
    first = day(25)  # The clock of Berlin changes on 29 March 2026, after the 27th day.
    plain = problem(4, length=31, plans=("day", "night"))
    dates = [on for on in plain.days if on >= first]
    demands = tuple(
        demand(on, plan, hours=hours, zone=zone)
        for on in dates
        for plan, hours in (("day", (9, 17)), ("night", (17, 33)))
    )
    what = replace(
        plain,
        first_day=first,
        last_day=dates[-1],
        demands=demands,
        rest_minutes=16 * 60,
        is_round_the_clock=False,
    )
    found = searched(what)
    assert found.draft is not None
    assert Checker(what).breaches(found.draft) == ()


def test_fair_shares_make_up_for_what_the_quarter_brought_so_far() -> None:
    people = (
        member(1, load=Load(days=60, nights=20)),
        member(2, load=Load(days=60, nights=10)),
        member(3, load=Load(days=60, nights=10)),
    )
    what = replace(problem(people, length=20, plans=("night",)), shares=(Share(Measure.NIGHTS),))
    found = searched(what)
    assert found.draft is not None and found.is_proved and found.cost == 0
    counts = {who: sum(cell.person == who for cell in found.draft) for who in (1, 2, 3)}
    assert counts == {1: 0, 2: 10, 3: 10}


# The process.


@pytest.fixture
def drafting() -> Callable[..., Drafting]:
    return lambda what, **how: Drafting(what, **{"seconds": 60.0, **how})


def until(drafting: Drafting, reached: Callable[[], bool]) -> None:
    """Looks again and again, as the screen does; the process has its own time."""
    while not reached():
        assert not drafting.is_over
        os.sched_yield()


def test_a_process_of_its_own_drafts_and_proves() -> None:
    with Drafting(problem(3, length=7), seconds=60.0) as drafting:
        drafted = drafting.drafted()
    assert drafted.ending is Ending.PROVED
    assert drafted.cost == drafted.bound == 0
    assert drafted.gap == 0.0


def test_26_stopped_or_killed_it_leaves_the_best_so_far() -> None:
    large = month(16, per_shift=2, wishes=8)

    def ended_by(end: Callable[[Drafting], None]) -> Drafted:
        with Drafting(large, seconds=120.0) as drafting:
            until(drafting, lambda: drafting.best is not None)
            end(drafting)
            return drafting.drafted()

    for end, ending in (
        (Drafting.stop, Ending.STOPPED),
        (lambda one: os.kill(one.pid, signal.SIGKILL), Ending.LOST),
    ):
        drafted = ended_by(end)
        assert drafted.ending is ending
        assert drafted.draft is not None
        assert Checker(large).report(drafted.draft).quality.total == drafted.cost
        assert hard(large, drafted.draft) == set()


def test_26_out_of_time_it_hands_in_the_best_so_far() -> None:
    with Drafting(month(16, per_shift=2, wishes=8), seconds=1.0) as drafting:
        drafted = drafting.drafted()
    assert drafted.ending in {Ending.OUT_OF_TIME, Ending.PROVED}


def test_26_the_time_runs_from_the_key_press_and_starting_the_process_is_part_of_it() -> None:
    began = monotonic()
    with Drafting(month(16, per_shift=2, wishes=8), seconds=600.0, began=began - 598.0) as drafting:
        drafted = drafting.drafted()
    assert drafted.ending in {Ending.OUT_OF_TIME, Ending.PROVED}
    assert monotonic() - began < 300.0
    assert drafted.seconds > 590.0


def test_the_process_ends_with_its_parent_however_that_dies() -> None:
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import os, signal\n"
            "from desk_console.roster.drafting.drafting import Drafting\n"
            "from tests.roster.problems import month\n"
            "drafting = Drafting(month(30, per_shift=4), seconds=600.0)\n"
            "print(drafting.pid, flush=True)\n"
            "os.kill(os.getpid(), signal.SIGKILL)\n",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    told, _ = parent.communicate()  # Ends when the last holder of the output is gone.
    child = int(told)
    while True:
        try:
            with open(f"/proc/{child}/stat") as stat:
                if stat.read().rsplit(")", 1)[1].split()[0] == "Z":
                    return
        except (FileNotFoundError, ProcessLookupError):
            return
        os.sched_yield()


def test_the_process_knows_no_database() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, desk_console.roster.drafting.worker, desk_console.roster.drafting.search\n"
            "known = ('sqlmodel', 'sqlalchemy', 'pysqlite3', 'sqlite3', 'textual')\n"
            "print([one for one in known if one in sys.modules])",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
