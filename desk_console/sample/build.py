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
from desk_console.people.pins import Proof, choose_pin
from desk_console.people.records import PersonForm, QualificationForm
from desk_console.roster.acts import Turn, publish_duties
from desk_console.roster.asking import ask_leave
from desk_console.roster.sheet import month_of
from desk_console.roster.views import next_turns
from desk_console.rulebook.desk import Desk, Site
from desk_console.rulebook.loader import site_rules
from desk_console.rulebook.records import DESK, TaskRule
from desk_console.sample import cast, estate
from desk_console.sample.happenings import clerk_of, day_at, night_man_of
from desk_console.sample.living import Living
from desk_console.shift import checks, tasks
from desk_console.shift.items import ItemForm, add_item
from desk_console.shift.rounds import add_route

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = 31
"""Days of life before the present one."""

_SEED = 20260302
_BEGAN = date(2024, 3, 1)
_AHEAD_AT_LEAST = timedelta(days=3)
"""Days that are published from the present one on, also at a month's end."""

_ASKS_FOR_LEAVE = "2003"


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


def build(path: Path, *, at: datetime, secret: bytes) -> None:
    """Makes the file at `path` and fills it with a month up to `at` (aware). `path` is new, and
    appears only when it is whole.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    schema.bring_up(unfinished, back_up=lambda file: file)
    _live_through(unfinished, at=at, secret=secret)
    sqlite.finish(unfinished, path)


def _live_through(path: Path, *, at: datetime, secret: bytes) -> None:
    present = at.astimezone(ZONE)
    first = present.date() - timedelta(days=DAYS)
    clock = MovingClock(datetime.combine(first, datetime.min.time(), ZONE) - timedelta(days=2))
    store = Store(path, clock=clock, zone=ZONE, console="demo", is_unfinished=True)
    try:
        desk = demo_desk(store, secret, path.parent, SeededSource(_SEED))
        chance = random.Random(_SEED)
        proofs = _people(desk)
        _things(desk, proofs[cast.SUPERVISOR.staff_no], chance)
        _roster(desk, proofs, first, published_until(present.date()))
        living = Living(desk, clock, proofs, chance)
        days = [first + timedelta(days=number) for number in range(DAYS + 1)]
        happenings = [one for day in days for one in day_at(day, chance)]
        for happening in sorted(happenings, key=lambda one: one.at):
            instant = happening.at.replace(tzinfo=ZONE)
            if instant > present:
                break
            clock.move_to(max(instant, clock.now().astimezone(ZONE)))
            living.live(happening)
        clock.move_to(max(present, clock.now().astimezone(ZONE)).astimezone(UTC))
        living.settle()
        _request(desk, proofs[_ASKS_FOR_LEAVE])
    finally:
        store.close()


def _people(desk: Desk) -> dict[str, Proof]:
    proofs: dict[str, Proof] = {}
    first = _add(desk, cast.SUPERVISOR, None)
    proofs[cast.SUPERVISOR.staff_no] = first
    for member in cast.STAFF:
        if member.staff_no not in proofs:
            proofs[member.staff_no] = _add(desk, member, first.person.id)
    for member in cast.STAFF:
        for code in ("post", "onboarding"):
            form = QualificationForm(code=code, title="上岗培训合格", valid_from=date(2024, 4, 1))
            person_id = proofs[member.staff_no].person.id
            add_qualification(desk, person_id, form, by_id=first.person.id)
    return proofs


def _add(desk: Desk, member: cast.Member, by_id: int | None) -> Proof:
    form = PersonForm(
        staff_no=member.staff_no,
        name=member.name,
        roles=frozenset(member.roles),
        phone=member.phone,
        languages=member.languages,
        started_on=_BEGAN,
    )
    person = add_person(desk, form, by_id=by_id)
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


def published_until(today: date) -> date:
    """This month is published; near its end next month waits to be drafted, but for its first days
    where they are about to begin.
    """
    return max(month_of(today)[1], today + _AHEAD_AT_LEAST)


def _request(desk: Desk, proof: Proof) -> None:
    """A leave that waits for the supervisor, for the person's first duty from tomorrow on."""
    with desk.reading() as session:
        turns = next_turns(session, desk, proof.person.id, desk.now(), limit=6)
    later = [one for one in turns if one.occurrence.begins_at > desk.now() + timedelta(days=1)]
    if later:
        day = later[0].occurrence.day
        ask_leave(desk, proof, desk.source.new_id(), day, day, reason="孩子开家长会")


def _roster(desk: Desk, proofs: dict[str, Proof], first: date, last: date) -> None:
    turns = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for plan, staff_no in (
            ("day", clerk_of(day)),
            ("noon", clerk_of(day)),
            ("night", night_man_of(day)),
        ):
            turns.append(Turn(day, plan, DESK, proofs[staff_no].person.id))
    publish_duties(desk, proofs[cast.SUPERVISOR.staff_no].person.id, first, last, turns)
