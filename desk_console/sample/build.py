"""Builds the sample site: its people and things, then a lived-in month, all through the acts.

The clock is moved from happening to happening and stops at the moment asked for: what is under
way then stays under way, so that something always waits to be done.
"""

from __future__ import annotations

import csv
import random
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from desk_console.foundation import schema, sqlite
from desk_console.foundation.clock import MovingClock
from desk_console.foundation.identity import SeededSource
from desk_console.foundation.store import Store
from desk_console.log.departments import DepartmentForm, add_department
from desk_console.log.resident_import import import_residents
from desk_console.people.acts import add_person, add_qualification
from desk_console.people.pins import Proof, begin_reset, choose_pin
from desk_console.people.records import PersonForm, QualificationForm
from desk_console.people.rules import IN_CHARGE
from desk_console.roster.sheet import month_of
from desk_console.rulebook.desk import Desk, Site
from desk_console.rulebook.loader import site_rules
from desk_console.rulebook.records import TaskRule
from desk_console.sample import cast, estate, rostering
from desk_console.sample.happenings import Happening, burst, day_at, leave_asked, past_entered
from desk_console.sample.happenings import rostering as roster_made
from desk_console.sample.living import Living
from desk_console.shift import checks, tasks
from desk_console.shift.items import ItemForm, add_item
from desk_console.shift.rounds import add_route

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = 31
"""Days of life before the present one."""

_SEED = 20260302
_BEGAN = date(2024, 3, 1)


def demo_site() -> Site:
    """The sample's own facts."""
    return Site(name=cast.SITE_NAME, pin_cost=cast.PIN_COST, is_demo=True)


def demo_desk(store: Store, secret: bytes, folder: Path, source: SeededSource) -> Desk:
    """The sample's desk over a store: property-24h with the handover steps of management-office."""
    return Desk(
        store=store,
        source=source,
        site=demo_site(),
        duty=site_rules("property-24h", also=("management-office",)),
        secret=secret,
        folder=folder,
    )


def build(path: Path, *, at: datetime, secret: bytes, days: int = DAYS) -> None:
    """Makes the file at `path` and fills it with so many days up to `at` (aware). `path` is new,
    and appears only when it is whole.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    schema.bring_up(unfinished, back_up=lambda file: file)
    _live_through(unfinished, at=at, secret=secret, days=days)
    sqlite.finish(unfinished, path)


def _live_through(path: Path, *, at: datetime, secret: bytes, days: int) -> None:
    present = at.astimezone(ZONE)
    first = present.date() - timedelta(days=days)
    clock = MovingClock(datetime.combine(first, datetime.min.time(), ZONE) - timedelta(days=2))
    store = Store(path, clock=clock, zone=ZONE, console="demo", is_unfinished=True)
    try:
        desk = demo_desk(store, secret, path.parent, SeededSource(_SEED))
        chance = random.Random(_SEED)
        proofs = people(desk)
        _things(desk, proofs[cast.SUPERVISOR.staff_no], chance)
        living = Living(desk, clock, proofs, chance, present=present.date())
        happenings = _happenings(desk, proofs, first, present.date(), chance)
        for happening in sorted(happenings, key=lambda one: one.at):
            instant = happening.at.replace(tzinfo=ZONE)
            if instant > present:
                break
            clock.move_to(max(instant, clock.now().astimezone(ZONE)))
            living.live(happening)
        clock.move_to(max(present, clock.now().astimezone(ZONE)).astimezone(UTC))
        living.settle()
    finally:
        store.close()


def _happenings(
    desk: Desk, proofs: dict[str, Proof], first: date, present: date, chance: random.Random
) -> list[Happening]:
    """All that happens up to the present day; what was rostered before the first one is in
    force.
    """
    supervisor = proofs[cast.SUPERVISOR.staff_no]
    days = [first + timedelta(days=number) for number in range((present - first).days + 1)]
    found = [one for day in days for one in day_at(day, chance)]
    for month in rostering.months(first, present + timedelta(days=DAYS)):
        if rostering.draft_day(month, desk.duty) < first:
            begins, ends = max(first, month), month_of(month)[1]
            rostering.put_in_force(desk, supervisor, proofs, begins, ends)
        else:
            found += roster_made(month, desk.duty)
    return [*found, *past_entered(first), burst(present), leave_asked(present)]


def people(desk: Desk) -> dict[str, Proof]:
    """Adds the staff with their PINs; who they are, proven, by staff number."""
    proofs: dict[str, Proof] = {}
    first = _add(desk, cast.SUPERVISOR, None)
    proofs[cast.SUPERVISOR.staff_no] = first
    for member in cast.STAFF:
        if member.staff_no not in proofs:
            proofs[member.staff_no] = _add(desk, member, first)
    for member in cast.STAFF:
        for code in ("post", "onboarding"):
            form = QualificationForm(code=code, title="上岗培训合格", valid_from=date(2024, 4, 1))
            person_id = proofs[member.staff_no].person.id
            # Nobody lets themselves on duty: the supervisor's are the director's word.
            by = proofs[cast.DIRECTOR.staff_no] if person_id == first.person.id else first
            add_qualification(desk, person_id, form, by_id=by.person.id)
    return proofs


def _add(desk: Desk, member: cast.Member, by: Proof | None) -> Proof:
    form = PersonForm(
        staff_no=member.staff_no,
        name=member.name,
        roles=frozenset(member.roles),
        phone=member.phone,
        languages=member.languages,
        started_on=_BEGAN,
    )
    person = add_person(desk, form, by_id=by.person.id if by else None)
    if by is not None and person.roles & IN_CHARGE:
        begin_reset(desk, by, person.id)
    return choose_pin(desk, person.id, cast.PIN)


def _things(desk: Desk, supervisor: Proof, chance: random.Random) -> None:
    by_id = supervisor.person.id
    for code, zh, en, phone in estate.DEPARTMENTS:
        add_department(
            desk, supervisor.person, DepartmentForm(code=code, zh=zh, en=en, phone=phone)
        )
    for code, name, group, unit, opening in estate.ITEMS:
        form = ItemForm(code=code, name=name, group=group, unit=unit, opening=opening)
        add_item(desk, by_id, form)
    with desk.transaction() as work:
        checks.seed(work, desk.duty)
        tasks.seed(work, desk.duty)
    route_id = add_route(
        desk, by_id, code="grounds", zh="园区巡查", en="Grounds", points=estate.ROUND_POINTS
    )
    round_rule = TaskRule.model_validate(
        {
            "code": "grounds-round",
            "zh": "园区巡查",
            "en": "Grounds patrol",
            "at": ["15:30", "20:30"],
            "grace_minutes": 60,
        }
    )
    tasks.add_task(desk, by_id, round_rule, route_id=route_id)
    _residents(desk, supervisor, chance)


def _residents(desk: Desk, supervisor: Proof, chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "residents.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("building", "entrance", "room", "name", "kind", "phones"))
            for home in estate.homes(chance):
                rows.writerow(
                    (
                        home.building,
                        home.entrance,
                        home.room,
                        home.name,
                        home.kind,
                        "、".join(home.phones),
                    )
                )
        report = import_residents(desk, supervisor.person.id, path)
    if report.problems:
        raise ValueError(f"the sample's residents: {report.problems[0].message}")
