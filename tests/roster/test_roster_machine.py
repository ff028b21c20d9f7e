"""Whatever is edited, published, asked for, approved and mended: the published roster holds.

No two duties at once, rest kept, what has begun as it was, and somebody at every published minute.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlmodel import col, select

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.identity import SeededSource
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Store
from desk_console.people.pins import Proof
from desk_console.roster import absence, asking, covering, deciding, drafts
from desk_console.roster.over_months import repairs_over
from desk_console.roster.problem import Assignment
from desk_console.roster.publication import publish
from desk_console.roster.records import DraftMethod, Duty
from desk_console.roster.request_views import duties_to_cover, request
from desk_console.roster.rules import Occurrence, occurrence_of, occurrences
from desk_console.roster.views import open_draft
from desk_console.rulebook.desk import Desk, PinCost, Site
from desk_console.rulebook.loader import site_rules
from tests.profiles import examples
from tests.roster.drafting_desk import hire_many, proven
from tests.staff import hire

BERLIN = ZoneInfo("Europe/Berlin")
STARTS = (
    datetime(2026, 3, 26, 7, 0, tzinfo=BERLIN),  # The clock goes forward in this week.
    datetime(2026, 10, 22, 7, 0, tzinfo=BERLIN),  # And back in this one.
)
DAYS = 6
DAY = st.integers(0, DAYS - 1)
PERSON = st.integers(0, 5)
PLAN = st.sampled_from(("morning", "evening", "night"))


class Rosters(RuleBasedStateMachine):
    """Six days of three shifts for six clerks. Acts may be refused."""

    empty: ClassVar[Path]

    @initialize(start=st.sampled_from(STARTS))
    def open(self, start: datetime) -> None:
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "desk.db"
        shutil.copy(self.empty, path)
        self.clock = MovingClock(start)
        self.store = Store(path, clock=self.clock, zone=BERLIN, console="console-1")
        self.desk = Desk(
            store=self.store,
            source=SeededSource(1),
            site=Site(pin_cost=PinCost(passes=1, memory_kib=8)),
            duty=site_rules("company-24h"),
            secret=b"",
            folder=self.folder,
        )
        boss = hire(self.desk, "1001", "周静怡", "department-head")
        clerks = hire_many(self.desk, boss, "clerk", 6, first_no=2000)
        self.boss: Proof = proven(self.desk, boss)
        self.clerks = [proven(self.desk, one) for one in clerks]
        self.first = start.date() + timedelta(days=1)
        self.last = self.first + timedelta(days=DAYS - 1)
        self.number = 0
        self.done: list[str] = []
        self.history: dict[tuple[object, ...], frozenset[int]] = {}
        self._draft(DraftMethod.ROTATION)
        self._publish()

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    # What people do

    @rule(edits=st.lists(st.tuples(DAY, PLAN, PERSON), min_size=1, max_size=3))
    def edit_and_publish(self, edits: list[tuple[int, str, int]]) -> None:
        with suppress(Refusal):
            at = self._draft(DraftMethod.PUBLISHED)
            for day, plan, person in edits:
                cell = Assignment(self._day(day), plan, "desk", self.clerks[person].person.id)
                edited = drafts.place(self.desk, self.boss.person.id, *at, cell)
                at = edited.draft_id, edited.revision
        self._publish()

    @rule(day=DAY, plan=PLAN, length=st.integers(0, 2))
    def leave(self, day: int, plan: str, length: int) -> None:
        who = self._on(day, plan)
        if who is None:
            return
        self.number += 1
        last = self._day(day) + timedelta(days=length)
        with suppress(Refusal):
            asked = asking.ask_leave(
                self.desk, who, f"form-{self.number}", self._day(day), last, reason="家事"
            )
            with self.desk.reading() as session:
                duties = duties_to_cover(session, self.desk, asked)
                found = covering.uncovered(session, self.desk, duties)
            covers = {one.duty_id: one.candidates[0].person.id for one in found if one.candidates}
            deciding.approve(self.desk, self.boss, asked, self._revision(asked), covers=covers)
            self.done.append("leave")

    @rule(day=DAY, plan=PLAN, other_day=DAY, other_plan=PLAN)
    def swap(self, day: int, plan: str, other_day: int, other_plan: str) -> None:
        who, partner = self._on(day, plan), self._on(other_day, other_plan)
        mine, theirs = self._duty(day, plan), self._duty(other_day, other_plan)
        if who is None or partner is None or mine is None or theirs is None:
            return
        self.number += 1
        with suppress(Refusal):
            asked = asking.ask_swap(
                self.desk,
                who,
                f"form-{self.number}",
                mine,
                partner.person.id,
                other_duty_id=theirs,
                reason="有事",
            )
            asking.answer(self.desk, partner, asked, self._revision(asked), agrees=True)
            deciding.approve(self.desk, self.boss, asked, self._revision(asked))
            self.done.append("swap")

    @rule(day=DAY, plan=PLAN)
    def fall_ill(self, day: int, plan: str) -> None:
        duty_id = self._duty(day, plan)
        if duty_id is None:
            return
        with self.desk.reading() as session:
            found = covering.candidates(session, self.desk, duty_id)
        if found and not found[0].against:
            with suppress(Refusal):
                deciding.take_in(self.desk, self.boss, duty_id, found[0].person.id, reason="生病")
                self.done.append("taken in")

    @rule(day=DAY, plan=PLAN, length=st.integers(0, 2), way=st.integers(0, 2))
    def be_away_and_mended(self, day: int, plan: str, length: int, way: int) -> None:
        who = self._on(day, plan)
        if who is None:
            return
        self.number += 1
        first = self._day(day)
        away = absence.Absence(who.person.id, first, first + timedelta(days=length))
        with suppress(Refusal):
            with self.desk.reading() as session:
                damages = absence.to_mend(session, self.desk, away)
            ways = repairs_over(damages, seconds=1.0)
            if ways:
                chosen = ways[min(way, len(ways) - 1)]
                absence.mend(
                    self.desk,
                    self.boss,
                    f"form-{self.number}",
                    away,
                    added=chosen.added,
                    removed=chosen.removed,
                    reason="生病",
                )
                self.done.append("mended")

    @rule(hours=st.integers(1, 30))
    def let_time_pass(self, hours: int) -> None:
        self._note_history()
        self.clock.advance(timedelta(hours=hours))
        self._note_history()

    # What must hold

    @invariant()
    def nobody_has_two_at_once_and_everybody_rests(self) -> None:
        if not hasattr(self, "store"):
            return
        rest = timedelta(hours=self.desk.duty.working_time.rest_hours)
        for clerk in self.clerks:
            mine = [shift for shift, duty in self._in_force() if duty.person_id == clerk.person.id]
            mine.sort(key=lambda shift: shift.begins_at)
            for before, after in pairwise(mine):
                assert after.begins_at - before.ends_at >= rest

    @invariant()
    def every_published_minute_is_covered(self) -> None:
        if not hasattr(self, "store"):
            return
        covered = {(s.day, s.plan_code) for s, _ in self._in_force()}
        for shift in occurrences(self.desk.duty, BERLIN, self.first, self.last):
            assert (shift.day, shift.plan_code) in covered

    @invariant()
    def what_has_begun_is_as_it_was(self) -> None:
        if not hasattr(self, "store"):
            return
        for place, people in self.history.items():
            assert self._people_at_begin()[place] >= people

    def _note_history(self) -> None:
        found = self._people_at_begin()
        self.history = {**found, **self.history}

    def _people_at_begin(self) -> dict[tuple[object, ...], frozenset[int]]:
        """Who was rostered for each shift that has begun, at the moment when it began."""
        found: dict[tuple[object, ...], set[int]] = {}
        with self.desk.reading() as session:
            for duty in session.exec(select(Duty)):
                shift = self._shift(duty)
                if shift.begins_at > self.desk.now():
                    continue
                was_in_force = duty.added_at <= shift.begins_at and (
                    duty.withdrawn_at is None or duty.withdrawn_at > shift.begins_at
                )
                if was_in_force:
                    found.setdefault((duty.day, duty.plan_code), set()).add(duty.person_id)
        return {place: frozenset(people) for place, people in found.items()}

    def _in_force(self) -> list[tuple[Occurrence, Duty]]:
        with self.desk.reading() as session:
            rows = session.exec(select(Duty).where(col(Duty.withdrawn_at).is_(None))).all()
        return [(self._shift(row), row) for row in rows]

    def _shift(self, duty: Duty) -> Occurrence:
        found = occurrence_of(
            self.desk.duty, BERLIN, plan_code=duty.plan_code, post_code=duty.post_code, day=duty.day
        )
        assert found is not None
        return found

    def _draft(self, method: DraftMethod) -> tuple[int, int]:
        with self.desk.reading() as session:
            before = open_draft(session, self.first)
        if before is not None:
            drafts.discard_draft(self.desk, self.boss.person.id, before.id or 0, before.revision)
        begun = drafts.begin_draft(self.desk, self.boss.person.id, self.first, self.last, method)
        return begun.draft_id, begun.revision

    def _publish(self) -> None:
        with self.desk.reading() as session:
            draft = open_draft(session, self.first)
        if draft is not None:
            with suppress(Refusal):
                publish(
                    self.desk,
                    self.boss,
                    draft.id or 0,
                    draft.revision,
                    late_reason="临时组队",
                    change_reason="调整",
                )
                self.done.append("published")

    def _day(self, number: int) -> date:
        return self.first + timedelta(days=number)

    def _duty(self, day: int, plan: str) -> int | None:
        with self.desk.reading() as session:
            query = select(Duty.id).where(
                Duty.day == self._day(day),
                Duty.plan_code == plan,
                col(Duty.withdrawn_at).is_(None),
            )
            return session.exec(query).first()

    def _on(self, day: int, plan: str) -> Proof | None:
        duty_id = self._duty(day, plan)
        with self.desk.reading() as session:
            duty = session.get(Duty, duty_id) if duty_id else None
        if duty is None:
            return None
        return next(one for one in self.clerks if one.person.id == duty.person_id)

    def _revision(self, request_id: int) -> int:
        with self.desk.reading() as session:
            found = request(session, request_id)
        assert found is not None
        return found.revision


@pytest.fixture(autouse=True)
def _file(empty_file: Path) -> None:
    Rosters.empty = empty_file


def test_9_8_none_of_these_acts_is_refused_whatever_it_asks_for() -> None:
    """An act that were always refused would leave every invariant true, and prove nothing."""
    machine = Rosters()
    machine.open(STARTS[0])
    try:
        machine.leave(1, "morning", 0)
        machine.swap(2, "morning", 3, "morning")
        machine.fall_ill(3, "evening")
        machine.be_away_and_mended(4, "night", 0, 0)
        for person in range(6):
            machine.edit_and_publish([(5, "evening", person)])
        machine.every_published_minute_is_covered()
        machine.nobody_has_two_at_once_and_everybody_rests()
        wanted = {"leave", "swap", "taken in", "mended", "published"}
        assert wanted <= set(machine.done)
        assert machine.done.count("published") > 2  # More than at the beginning: it was changed.
    finally:
        machine.teardown()


TestRosters = Rosters.TestCase
TestRosters.settings = settings(
    max_examples=examples(5, 100),
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
