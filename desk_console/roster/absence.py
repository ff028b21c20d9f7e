"""Somebody is away for days: the published roster mended with the fewest changes, at once.

The supervisor settles it in their own name. The absence goes on file as leave, so that no later
draft counts on the person; the duties change in the same transaction, and everybody hears of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof
from desk_console.people.rules import Right, role_for
from desk_console.roster import views
from desk_console.roster.asking import keep, made_by_form, step
from desk_console.roster.breaking import Away, refuse_new
from desk_console.roster.changes import cell_of, change, in_force, tell
from desk_console.roster.planning import assignments, problem_of, with_leave
from desk_console.roster.problem import Draft, Place
from desk_console.roster.publishing import own_duty_verdict
from desk_console.roster.records import Duty, DutyRequest, RequestKind, RequestState
from desk_console.roster.repair import Damage, Repair
from desk_console.roster.request_rules import decider_verdict
from desk_console.roster.rules import occurrence_of, occurrences
from desk_console.roster.sharing import Workload
from desk_console.roster.sheet import days_between, month_of
from desk_console.rulebook.desk import Desk


@dataclass(frozen=True, slots=True)
class Absence:
    """Who is away, from when to when, both included."""

    person_id: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Changed:
    """One shift that some of the ways change: who has it now, and who has it in each way."""

    day: date
    place: Place
    now: tuple[int, ...]
    ways: tuple[tuple[int, ...], ...]


def to_mend(
    session: Session, desk: Desk, absence: Absence, *, workload: Workload | None = None
) -> tuple[Damage, ...]:
    """Each month in which that person would leave a duty, as a problem in which they are away.

    What has begun is fixed. Refuses days that are over, and days on which the person has no duty
    ahead.
    """
    _not_over(absence, desk.now().astimezone(desk.zone).date())
    months = dict.fromkeys(map(month_of, days_between(absence.first_day, absence.last_day)))
    found = [_damage(session, desk, absence, month, workload) for month in months]
    damages = tuple(one for one in found if one is not None)
    if not damages:
        raise Refusal("roster.absence_no_duty", first=absence.first_day, last=absence.last_day)
    return damages


def _damage(
    session: Session,
    desk: Desk,
    absence: Absence,
    month: tuple[date, date],
    workload: Workload | None,
) -> Damage | None:
    now, (first, last) = desk.now(), month
    published = assignments(views.placed(session, first, last))
    begun = {
        (one.day, one.plan_code, one.post_code)
        for one in occurrences(desk.duty, desk.zone, first, last)
        if one.begins_at <= now
    }
    fixed = frozenset(cell for cell in published if cell[:3] in begun)
    away = [
        day
        for day in days_between(max(absence.first_day, first), min(absence.last_day, last))
        if not any((cell.person, cell.day) == (absence.person_id, day) for cell in fixed)
    ]
    if not any(cell.person == absence.person_id and cell.day in away for cell in published):
        return None
    people = {cell.person for cell in published}
    problem = problem_of(session, desk, first, last, pins=fixed, workload=workload, also=people)
    covered = views.versions(session, first, last)
    # Of a month that is published in part, the rest is nobody's to fill here.
    demands = tuple(
        one
        for one in problem.demands
        if any(each.first_day <= one.day <= each.last_day for each in covered)
    )
    absent = replace(with_leave(problem, absence.person_id, away), demands=demands)
    return Damage(absent, published)


def is_running(session: Session, desk: Desk, absence: Absence) -> bool:
    """Does a duty of theirs run now, on those days? No way changes it: somebody is taken in."""
    now, days = desk.now(), (absence.first_day, absence.last_day)
    theirs = {
        cell[:3]
        for cell in assignments(views.placed(session, *days))
        if cell.person == absence.person_id
    }
    return any(
        (one.day, one.plan_code, one.post_code) in theirs and one.begins_at <= now < one.ends_at
        for one in occurrences(desk.duty, desk.zone, *days)
    )


def side_by_side(desk: Desk, published: Draft, ways: Sequence[Repair]) -> tuple[Changed, ...]:
    """The shifts that the ways change, by date; the turns within go with them and are left out."""
    whole = {plan.code for plan in desk.duty.shifts if plan.within is None}
    keys = sorted(
        {cell[:3] for way in ways for cell in way.added | way.removed if cell.plan in whole}
    )
    return tuple(
        Changed(
            day,
            Place(plan, post),
            _on(published, (day, plan, post)),
            tuple(_on(way.draft, (day, plan, post)) for way in ways),
        )
        for day, plan, post in keys
    )


def mend(
    desk: Desk,
    proof: Proof,
    form_id: str,
    absence: Absence,
    *,
    added: Draft,
    removed: Draft,
    reason: str,
) -> int:
    """Puts the absence on file and changes the duties as chosen (9.8, 2.6); returns its request.

    Refuses whoever may not decide, one's own absence or duty, a roster that was changed meanwhile,
    a duty that has begun, one that nobody takes over (6.1, 2.1), and whatever a clause forbids.
    """
    words = accept(reason)
    if not words:
        raise Refusal("roster.reason_wanted")
    with desk.transaction() as work:
        supervisor = authorised(work.session, proof.person.id, Right.APPROVE, desk.duty)
        if (known := made_by_form(work, form_id)) is not None:
            return known
        decider_verdict(
            proof.person.id, RequestKind.LEAVE, absence.person_id, None, desk.duty
        ).or_refuse()
        own_duty_verdict(proof.person.id, removed, desk.duty).or_refuse()
        _not_over(absence, work.now.astimezone(desk.zone).date())
        rows = in_force(work, month_of(absence.first_day)[0], month_of(absence.last_day)[1])
        before = frozenset(map(cell_of, rows))
        if removed - before or added & before:
            raise Refusal("roster.duty_changed")
        _not_begun(work, desk, added | removed)
        refuse_new(
            work, desk, added=added, removed=removed, reason=words, away=_away(work, desk, absence)
        )
        request = _on_file(work, desk, proof, form_id, absence, words)
        role = role_for(supervisor, Right.APPROVE, desk.duty)
        wanted = _Change(added, removed)
        _put_in_force(work, desk, proof, request, wanted, role=role, rows=rows)
        return request.id or 0


@dataclass(frozen=True, slots=True)
class _Change:
    added: Draft
    removed: Draft

    @property
    def told(self) -> dict[str, object]:
        """As journal and signature hold it."""
        return {
            "added": [list(cell) for cell in sorted(self.added)],
            "removed": [list(cell) for cell in sorted(self.removed)],
        }


def _on_file(
    work: Work, desk: Desk, proof: Proof, form_id: str, absence: Absence, words: str
) -> DutyRequest:
    """The absence as a leave, asked for by the supervisor in the person's stead."""
    request = DutyRequest(
        form_id=form_id,
        kind=RequestKind.LEAVE,
        person_id=absence.person_id,
        first_day=absence.first_day,
        last_day=absence.last_day,
        reason=words,
        asked_at=work.now,
        state=RequestState.ASKED,
    )
    keep(work, desk, proof, request)
    return request


def _put_in_force(
    work: Work,
    desk: Desk,
    proof: Proof,
    request: DutyRequest,
    wanted: _Change,
    *,
    role: str,
    rows: list[Duty],
) -> None:
    cause = f"request:{request.id}"
    content: dict[str, object] = {
        "request": request.id,
        "person": request.person_id,
        "first_day": request.first_day,
        "last_day": request.last_day,
        "reason": request.reason,
        **wanted.told,
    }
    signature_id = proof.sign(work, subject=cause, meaning="replace", role=role, content=content)
    after = (frozenset(map(cell_of, rows)) - wanted.removed) | wanted.added
    change(work, rows, after, cause=cause)
    step(
        work,
        desk,
        proof,
        request,
        RequestState.APPLIED,
        signature_id=signature_id,
        added=wanted.told["added"],
        removed=wanted.told["removed"],
    )
    tell(
        work,
        desk,
        template="roster.changed",
        cause=cause,
        added=wanted.added,
        removed=wanted.removed,
    )


def _not_over(absence: Absence, today: date) -> None:
    if absence.last_day < absence.first_day:
        raise Refusal("roster.days_reversed")
    if absence.last_day < today:
        raise Refusal("roster.period_over", day=absence.last_day)


def _not_begun(work: Work, desk: Desk, cells: Draft) -> None:
    for cell in sorted(cells):
        shift = occurrence_of(
            desk.duty, desk.zone, plan_code=cell.plan, post_code=cell.post, day=cell.day
        )
        if shift is not None and shift.begins_at <= work.now:
            raise Refusal("roster.already_begun", at=shift.begins_at)


def _away(work: Work, desk: Desk, absence: Absence) -> Away:
    """The days of the absence, but for one on which the person's duty runs already."""
    running = {
        one.day
        for one in in_force(work, absence.first_day, absence.last_day)
        if one.person_id == absence.person_id
        and (
            shift := occurrence_of(
                desk.duty,
                desk.zone,
                plan_code=one.plan_code,
                post_code=one.post_code,
                day=one.day,
            )
        )
        is not None
        and shift.begins_at <= work.now
    }
    days = days_between(absence.first_day, absence.last_day)
    return Away(absence.person_id, tuple(day for day in days if day not in running))


def _on(cells: Draft, key: tuple[date, str, str]) -> tuple[int, ...]:
    return tuple(sorted(cell.person for cell in cells if cell[:3] == key))
