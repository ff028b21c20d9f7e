"""Whether a site's shift plan holds together: no overlap, no hole under round-the-clock duty.

Shift hours repeat from day to day, so they are laid on a ring of 1,440 minutes: a night shift runs
over midnight there like any other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from desk_console.foundation.catalogue import message
from desk_console.rulebook.parameters import Fault, Path
from desk_console.rulebook.records import (
    DAY_MINUTES,
    ROLES,
    DutyRules,
    ShiftRule,
    Topic,
    Weekday,
)

_CHECK_LISTS = ("opening_checks", "start_checks", "tidy_checks", "area_checks")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some minutes of the day: from `start` (0 to 1,439) for `minutes` (1 to 1,440), over midnight
    where it is long enough.
    """

    start: int
    minutes: int

    @property
    def begins(self) -> time:
        """When it begins."""
        return _clock(self.start)

    @property
    def ends(self) -> time:
        """When it ends; 00:00 for the end of the day."""
        return _clock(self.start + self.minutes)


def hours(shift: ShiftRule) -> Stretch:
    """A shift's minutes of the day."""
    return Stretch(shift.start_minute, shift.minutes)


def uncovered(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The minutes of the day that none of the stretches covers, as few stretches as will say it."""
    holes: list[tuple[int, int]] = []
    reached = 0
    for begin, end in sorted(piece for one in stretches for piece in _pieces(one)):
        if begin > reached:
            holes.append((reached, begin))
        reached = max(reached, end)
    if reached < DAY_MINUTES:
        holes.append((reached, DAY_MINUTES))
    return _joined(holes)


def shared(one: Stretch, other: Stretch) -> tuple[Stretch, ...]:
    """The minutes of the day that lie in both."""
    return _joined(
        sorted(
            (max(a, c), min(b, d))
            for a, b in _pieces(one)
            for c, d in _pieces(other)
            if max(a, c) < min(b, d)
        )
    )


def plan_faults(rules: DutyRules) -> list[Fault]:
    """Everything that is wrong with a site's parameters taken together; empty is good.

    Holes count where the duty is round the clock (6.1, 2.1); overlaps always (a post has one
    holder), except for a shift that names the one it lies within.
    """
    if not rules.shifts:
        return [Fault.at(("shifts",), "fault_no_shifts")]
    return [
        *_shift_faults(rules),
        *_within_faults(rules),
        *_overlap_faults(rules),
        *_hole_faults(rules),
        *_role_faults(rules),
        *_duplicate_faults(rules),
        *_task_faults(rules),
        *_limit_faults(rules),
    ]


def _shift_faults(rules: DutyRules) -> Iterator[Fault]:
    for place, shift in enumerate(rules.shifts):
        if bool(shift.roles) == bool(shift.posts):
            yield Fault.at(("shifts", place), "fault_roles_or_posts", shift=shift.code)
        if shift.break_minutes >= shift.minutes:
            yield Fault.at(
                ("shifts", place, "break_minutes"),
                "fault_break_too_long",
                shift=shift.code,
                minutes=shift.minutes,
            )
    if not rules.working_days:
        yield Fault.at(("working_days",), "fault_empty")


def _within_faults(rules: DutyRules) -> Iterator[Fault]:
    for place, shift in enumerate(rules.shifts):
        if shift.within is None:
            continue
        path: Path = ("shifts", place, "within")
        outer = rules.shift(shift.within)
        if outer is None or outer.within is not None or outer.code == shift.code:
            known = [one.code for one in rules.shifts if one.within is None]
            yield Fault.at(path, "fault_within_unknown", value=shift.within, known=known)
        elif sum(one.minutes for one in shared(hours(shift), hours(outer))) < shift.minutes:
            yield Fault.at(path, "fault_within_outside", shift=shift.code, outer=outer.code)


def _overlap_faults(rules: DutyRules) -> Iterator[Fault]:
    for post in rules.posts():
        plan = _plan(rules, post.code)
        for number, (_, earlier) in enumerate(plan):
            for place, shift in plan[number + 1 :]:
                for stretch in shared(hours(earlier), hours(shift)):
                    yield Fault.at(
                        ("shifts", place, "start"),
                        "fault_overlap",
                        post=message(post.name_key),
                        shift=shift.code,
                        other=earlier.code,
                        begins=stretch.begins,
                        ends=stretch.ends,
                        minutes=stretch.minutes,
                    )


def _hole_faults(rules: DutyRules) -> Iterator[Fault]:
    if not rules.round_the_clock:
        return
    clause = rules.cite(Topic.ROUND_THE_CLOCK)
    for post in rules.posts():
        plan = _plan(rules, post.code)
        for stretch in uncovered([hours(shift) for _, shift in plan]):
            before = [place for place, shift in plan if shift.end == stretch.begins]
            yield Fault.at(
                ("shifts", before[0], "end") if before else ("shifts",),
                "fault_hole",
                post=message(post.name_key),
                begins=stretch.begins,
                ends=stretch.ends,
                minutes=stretch.minutes,
                clause=clause or "6.1",
            )
    missing = [day for day in Weekday if day not in rules.working_days]
    if missing:
        yield Fault.at(
            ("working_days",),
            "fault_day_off",
            days=[message(f"rulebook.weekday_{day}") for day in missing],
            clause=clause or "6.1",
        )


def _role_faults(rules: DutyRules) -> Iterator[Fault]:
    named: list[tuple[Path, str]] = []
    for place, shift in enumerate(rules.shifts):
        named += [(("shifts", place, "roles", at), role) for at, role in enumerate(shift.roles)]
        named += [
            (("shifts", place, "posts", at, "role"), post.role)
            for at, post in enumerate(shift.posts)
        ]
    named += [(("stand_in_roles", at), role) for at, role in enumerate(rules.stand_in_roles)]
    named += [(("escalation", at), role) for at, role in enumerate(rules.escalation)]
    named += [(("roster_maker",), rules.roster_maker), (("leave_approver",), rules.leave_approver)]
    if rules.decided_by:
        named.append((("decided_by",), rules.decided_by))
    for path, role in named:
        if role not in ROLES:
            yield Fault.at(path, "fault_unknown_role", value=role, known=ROLES)


def _duplicate_faults(rules: DutyRules) -> Iterator[Fault]:
    listed: list[list[tuple[Path, str]]] = [
        [(("shifts", place, "code"), shift.code) for place, shift in enumerate(rules.shifts)],
        # A check is known by its code whichever list it stands in.
        [
            ((name, place, "code"), check.code)
            for name in _CHECK_LISTS
            for place, check in enumerate(getattr(rules, name))
        ],
        [
            (("recurring_tasks", place, "code"), task.code)
            for place, task in enumerate(rules.recurring_tasks)
        ],
    ]
    for name in ("working_days", "stand_in_roles", "escalation", "notify"):
        listed.append([((name, place), one) for place, one in enumerate(getattr(rules, name))])
    for place, shift in enumerate(rules.shifts):
        listed.append([(("shifts", place, "roles", at), one) for at, one in enumerate(shift.roles)])
        listed.append(
            [
                (("shifts", place, "posts", at, "role"), one.role)
                for at, one in enumerate(shift.posts)
            ]
        )
    for paths in listed:
        seen: set[str] = set()
        for path, code in paths:
            if code in seen:
                yield Fault.at(path, "fault_twice", value=code)
            seen.add(code)


def _task_faults(rules: DutyRules) -> Iterator[Fault]:
    for place, task in enumerate(rules.recurring_tasks):
        if (task.every_minutes is None) == (not task.at):
            yield Fault.at(("recurring_tasks", place), "fault_task_times", task=task.code)


def _limit_faults(rules: DutyRules) -> Iterator[Fault]:
    if rules.limits.office_end <= rules.limits.office_start:
        yield Fault.at(("limits", "office_end"), "fault_office_hours")
    if not rules.limits.office_days:
        yield Fault.at(("limits", "office_days"), "fault_empty")


def _plan(rules: DutyRules, post_code: str) -> list[tuple[int, ShiftRule]]:
    """The shifts that follow each other at a post, each with its place in the list."""
    return [
        (place, shift)
        for place, shift in enumerate(rules.shifts)
        if shift.within is None and shift.roles_at(post_code)
    ]


def _pieces(stretch: Stretch) -> list[tuple[int, int]]:
    """A stretch as pieces of one day, cut at midnight: first minute, and the one after the last."""
    end = stretch.start + stretch.minutes
    if end <= DAY_MINUTES:
        return [(stretch.start, end)]
    return [(0, end - DAY_MINUTES), (stretch.start, DAY_MINUTES)]


def _joined(pieces: list[tuple[int, int]]) -> tuple[Stretch, ...]:
    """Sorted pieces of one day as stretches, put together again over midnight."""
    if len(pieces) > 1 and pieces[0][0] == 0 and pieces[-1][1] == DAY_MINUTES:
        (_, end), *between, (start, _) = pieces
        pieces = [*between, (start, DAY_MINUTES + end)]
    return tuple(Stretch(begin, end - begin) for begin, end in pieces)


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
