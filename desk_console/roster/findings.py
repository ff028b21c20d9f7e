"""What the checker found, as people read it: where it is, what is wrong, under which clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desk_console.foundation.catalogue import Message, message
from desk_console.roster.breaches import Breach, Rule
from desk_console.roster.sheet import Finding
from desk_console.rulebook.records import DutyRules

GAPS = frozenset({Rule.GAP, Rule.SHORT, Rule.UNCOVERED})
"""What leaves a shift without people."""

_IN_HOURS = frozenset({Rule.REST, Rule.MOST_MINUTES, Rule.LEAST_MINUTES, Rule.LAW_WEEK})
_HOURS = frozenset({*_IN_HOURS, Rule.LAW_OVERTIME})


def findings(
    breaches: Iterable[Breach], duty: DutyRules, names: Mapping[int, str]
) -> tuple[Finding, ...]:
    """Breaches with their words, gaps first, then by date."""
    found = [finding(breach, duty, names) for breach in breaches]
    order = {"gap": 0, "clash": 1, "warning": 2}
    return tuple(
        sorted(
            found, key=lambda one: (order[one.kind], one.day is None, one.day or 0, one.what.key)
        )
    )


def finding(breach: Breach, duty: DutyRules, names: Mapping[int, str]) -> Finding:
    """One breach with its words."""
    kind = "gap" if breach.rule in GAPS else "warning" if breach.is_warning else "clash"
    return Finding(
        kind=kind,
        what=breach_message(breach, duty, names),
        clause=breach.clause(duty.cites),
        day=breach.days[0] if breach.days else None,
        plan_code=breach.place.plan if breach.place else "",
        post_code=breach.place.post if breach.place else "",
        person_id=breach.person,
    )


def breach_message(breach: Breach, duty: DutyRules, names: Mapping[int, str]) -> Message:
    """What is wrong, with names and figures; minutes as hours."""
    is_time = breach.rule in _HOURS
    return message(
        f"roster.breach_{breach.rule}",
        name=names.get(breach.person or 0, ""),
        shift=shift_name(duty, breach.place.plan, breach.place.post) if breach.place else "",
        first=breach.days[0] if breach.days else "",
        last=breach.days[-1] if breach.days else "",
        found=hours(breach.found) if is_time else breach.found,
        limit=hours(breach.limit) if is_time else breach.limit,
    )


def shift_name(duty: DutyRules, plan_code: str, post_code: str = "") -> Message:
    """A shift by its name, with its post where the site has several."""
    plan = duty.shift(plan_code)
    name = message("roster.named", zh=plan.zh if plan else plan_code, en=_en(duty, plan_code))
    if len(duty.posts()) > 1:
        post = next((one for one in duty.posts() if one.code == post_code), None)
        if post is not None:
            return message("roster.shift_at_post", shift=name, post=message(post.name_key))
    return name


def hours(minutes: int) -> str:
    """Minutes as hours, with one decimal where they are not whole."""
    whole = minutes / 60
    return f"{whole:.0f}" if minutes % 60 == 0 else f"{whole:.1f}"


def _en(duty: DutyRules, plan_code: str) -> str:
    plan = duty.shift(plan_code)
    return plan.en if plan else plan_code
