"""Reasons in words: what the explanations say, gathered so that people read few short lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from desk_console.foundation.catalogue import Message, message
from desk_console.roster.breaches import Breach, Rule
from desk_console.roster.explaining import Reason, Why
from desk_console.roster.findings import shift_name
from desk_console.rulebook.records import DutyRules

Names = Mapping[int, str]


def in_words(reasons: Iterable[Reason], duty: DutyRules, names: Names) -> tuple[Message, ...]:
    """Reasons as messages, each with its clause: what is wanted first, then each rule once with its
    people.
    """
    found = list(reasons)
    wanted = [reason for reason in found if reason.rule is Rule.GAP]
    rest = [reason for reason in found if reason.rule is not Rule.GAP]
    return (*_wanted(wanted, duty), *_against(rest, duty, names))


def why_in_words(why: Why, names: Names) -> tuple[Message, ...]:
    """Why somebody has a duty, what weighs most first."""
    said: list[Message] = []
    if why.is_pinned:
        said.append(message("roster.why_pinned"))
    if why.is_turn:
        said.append(message("roster.why_turn"))
    if why.is_wished:
        said.append(message("roster.why_wished"))
    if why.is_only_one:
        said.append(message("roster.why_only_one"))
    else:
        nearest = why.others[0]
        key = "why_dearer" if nearest.cost > 0 else "why_as_good"
        who = names.get(nearest.person, "")
        said.append(message(f"roster.{key}", name=who, cost=nearest.cost))
    return tuple(said)


def _wanted(reasons: list[Reason], duty: DutyRules) -> Iterator[Message]:
    days = sorted({reason.day for reason in reasons if reason.day is not None})
    if len(days) == 1:
        for reason in reasons:
            if reason.place is not None:
                shift = shift_name(duty, reason.place.plan, reason.place.post)
                said = message("roster.reason_gap", day=days[0], shift=shift)
                yield _under_clause(said, Rule.GAP, duty)
    elif days:
        said = message("roster.reason_gaps", first=days[0], last=days[-1], count=len(reasons))
        yield _under_clause(said, Rule.GAP, duty)


def _under_clause(said: Message, rule: Rule, duty: DutyRules) -> Message:
    clause = Breach(rule).clause(duty.cites)
    return message("roster.reason_clause", what=said, clause=clause) if clause else said


def _against(reasons: list[Reason], duty: DutyRules, names: Names) -> Iterator[Message]:
    """Each rule and set of dates once, with everybody whom it is about."""
    dates: dict[tuple[Rule, int | None], set[date]] = {}
    for reason in reasons:
        of = dates.setdefault((reason.rule, reason.person), set())
        if reason.day is not None:
            of.add(reason.day)
    people: dict[tuple[Rule, tuple[date, ...]], list[str]] = {}
    for (rule, person), days in dates.items():
        said = people.setdefault((rule, tuple(sorted(days))), [])
        if person is not None:
            said.append(names.get(person, ""))
    for (rule, when), who in people.items():
        plain = _under_clause(message(f"roster.reason_{rule}", names=who), rule, duty)
        if not when:
            yield plain
        elif len(when) == 1:
            yield message("roster.reason_on", day=when[0], what=plain)
        else:
            yield message("roster.reason_between", first=when[0], last=when[-1], what=plain)
