"""An absence over a month's end: mended in both months, with rest kept over the night between."""

from dataclasses import replace

from desk_console.roster.checking import Checker
from desk_console.roster.over_months import repairs_over
from desk_console.roster.problem import Draft, Problem, Worked
from desk_console.roster.repair import Damage
from tests.roster.problems import cells, day, demand, member, problem

LATE, EARLY = cells((0, "late", 1)), cells((1, "day", 1))


def both_months() -> tuple[Damage, Damage, Problem]:
    """The last day of a month and the first of the next; who has both shifts is away on both."""
    away = frozenset([day(0), day(1)])
    people = (member(1, leave=away), member(2), member(3))
    last, first = demand(day(0), "late"), demand(day(1), "day")
    whole = replace(
        problem(people, length=2), demands=(last, first), rest_minutes=660
    )  # From midnight to eight: nobody has both.
    one = replace(whole, last_day=day(0), demands=(last,), known_until=day(1))
    two = replace(whole, first_day=day(1), demands=(first,), known_from=day(0))
    tail = Worked(day(0), "late", "desk", 1, last.begins_at, last.ends_at)
    head = Worked(day(1), "day", "desk", 1, first.begins_at, first.ends_at)
    return (
        Damage(replace(one, around=(head,)), LATE),
        Damage(replace(two, around=(tail,)), EARLY),
        whole,
    )


def test_9_8_who_takes_the_last_night_over_does_not_get_the_first_morning_too() -> None:
    before, after, whole = both_months()
    found = repairs_over((before, after), seconds=20.0)
    assert found
    for way in found:
        assert (way.missing, way.breaches) == (0, ())
        assert way.removed == LATE | EARLY
        assert Checker(whole).breaches(way.draft) == ()
    assert {frozenset(way.draft) for way in found} == {
        cells((0, "late", 2), (1, "day", 3)),
        cells((0, "late", 3), (1, "day", 2)),
    }


def test_the_ways_of_both_months_are_told_once_they_are_whole() -> None:
    told: list[Draft] = []
    before, after, _ = both_months()
    found = repairs_over((before, after), seconds=20.0, tell=lambda way: told.append(way.draft))
    assert told == [way.draft for way in found]
    assert {len(draft) for draft in told} == {2}
