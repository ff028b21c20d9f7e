"""Whatever people and clocks do, over months and from two consoles: one holder at every moment.

Never a hole, an overlap, a negative length or two holders, also where the clock is set back or
forward, and in the nights of daylight saving.
"""

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
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
from desk_console.rulebook.desk import Desk, Site
from desk_console.rulebook.loader import site_rules
from desk_console.shift import step_out, tasks, tenures
from desk_console.shift.arrivals import sign_on, take_unheld
from desk_console.shift.departures import leave_post
from desk_console.shift.records import HOLDERLESS, Attendance, Shift, Tenure
from tests.relief import relieve, sign_off
from tests.staff import Shown, hire, hire_all

BERLIN = ZoneInfo("Europe/Berlin")
EPOCH = datetime(2020, 1, 1, tzinfo=BERLIN)
FAR = datetime(2040, 1, 1, tzinfo=BERLIN)
STARTS = (
    datetime(2026, 3, 27, 16, 0, tzinfo=BERLIN),  # Two days before the clock goes forward.
    datetime(2026, 10, 23, 16, 0, tzinfo=BERLIN),  # Two days before it goes back.
)
MINUTES = st.one_of(st.integers(0, 90), st.integers(0, 3 * 24 * 60))
PERSON = st.integers(0, 5)
CONSOLE = st.integers(0, 1)


class Posts(RuleBasedStateMachine):
    """Random days at a desk. Acts may be refused; whatever happens, the chain holds."""

    regulation: ClassVar[str]
    empty: ClassVar[Path]

    @initialize(start=st.sampled_from(STARTS))
    def open(self, start: datetime) -> None:
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "desk.db"
        shutil.copy(self.empty, path)
        self.clock = MovingClock(start)
        self.stores = [
            Store(path, clock=self.clock, zone=BERLIN, console=f"console-{number}")
            for number in (1, 2)
        ]
        self.desks = [
            Desk(
                store=store,
                source=SeededSource(number),
                site=Site(),
                duty=site_rules(self.regulation),
                secret=b"",
                folder=self.folder,
            )
            for number, store in enumerate(self.stores)
        ]
        self.people = self.staff(self.desks[0])
        with self.desks[0].transaction() as work:
            tasks.seed(work, self.desks[0].duty)

    def staff(self, desk: Desk) -> list[Shown]:
        """Six people, as the regulation's shifts want them."""
        if self.regulation == "property-24h":
            staff = hire_all(desk)
            return [
                staff.clerk,
                staff.other_clerk,
                staff.night_man,
                staff.other_night_man,
                staff.guard,
                staff.supervisor,
            ]
        boss = hire(desk, "1001", "周静怡", "supervisor")
        roles = ["clerk"] * 4 + ["supervisor"]
        if self.regulation == "store-weekly":
            roles = ["duty-manager", "duty-supervisor", "staff", "duty-manager", "staff"]
        others = [
            hire(desk, f"200{number}", f"员工{number}", role, by=boss)
            for number, role in enumerate(roles)
        ]
        return [*others, boss]

    def attempt(self, act: Callable[[], object]) -> None:
        """An act that may be refused, and changes nothing then."""
        before = self.row_count()
        try:
            act()
        except Refusal:
            assert self.row_count() == before

    def row_count(self) -> int:
        with self.desks[0].reading() as session:
            return len(session.exec(select(Tenure.id)).all())

    def post(self, person: int) -> str:
        posts = self.desks[0].duty.posts()
        return posts[person % len(posts)].code

    @rule(minutes=MINUTES)
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes))

    @rule(minutes=st.integers(-26 * 60, 26 * 60))
    def clock_jumps(self, minutes: int) -> None:
        self.clock.jump(timedelta(minutes=minutes))

    @rule(console=CONSOLE)
    def console_looks(self, console: int) -> None:
        step_out.settle(self.desks[console])
        assert step_out.settle(self.desks[1 - console]) == 0

    @rule(console=CONSOLE, who=PERSON)
    def somebody_signs_on(self, console: int, who: int) -> None:
        self.attempt(lambda: sign_on(self.desks[console], self.people[who]))

    @rule(console=CONSOLE, who=PERSON)
    def somebody_signs_off(self, console: int, who: int) -> None:
        self.attempt(lambda: sign_off(self.desks[console], self.people[who]))

    @rule(console=CONSOLE, incoming=PERSON, outgoing=PERSON)
    def somebody_is_relieved(self, console: int, incoming: int, outgoing: int) -> None:
        holding = self.holder_or(outgoing)
        self.attempt(lambda: relieve(self.desks[console], holding, self.people[incoming]))

    @rule(console=CONSOLE, who=PERSON, stand_in=PERSON, minutes=st.integers(1, 120))
    def somebody_steps_out(self, console: int, who: int, stand_in: int, minutes: int) -> None:
        back_at = self.clock.now() + timedelta(minutes=minutes)
        self.attempt(
            lambda: step_out.step_out(
                self.desks[console],
                self.holder_or(who),
                self.people[stand_in],
                reason="外出",
                back_at=back_at,
            )
        )

    @rule(console=CONSOLE, who=PERSON)
    def somebody_comes_back(self, console: int, who: int) -> None:
        self.attempt(lambda: step_out.come_back(self.desks[console], self.people[who]))

    @rule(console=CONSOLE, who=PERSON)
    def somebody_takes_the_post_at_once(self, console: int, who: int) -> None:
        self.attempt(
            lambda: step_out.take_now(
                self.desks[console], self.people[who], post_code=self.post(who)
            )
        )

    @rule(console=CONSOLE, who=PERSON)
    def somebody_deserts(self, console: int, who: int) -> None:
        self.attempt(lambda: leave_post(self.desks[console], self.holder_or(who), "离开"))

    @rule(console=CONSOLE, who=PERSON, minutes=st.one_of(st.none(), st.integers(-5, 600)))
    def somebody_finds_the_post_empty(self, console: int, who: int, minutes: int | None) -> None:
        since = None if minutes is None else self.clock.now() - timedelta(minutes=minutes)
        self.attempt(
            lambda: take_unheld(
                self.desks[console], self.people[who], post_code=self.post(who), gone_since=since
            )
        )

    def holder_or(self, who: int) -> Shown:
        """Mostly who holds a post, so that acts get through; else whoever was drawn."""
        with self.desks[0].reading() as session:
            tenure = tenures.open_tenure(session, self.post(who))
        holding = [each for each in self.people if tenure and each.person.id == tenure.person_id]
        return (holding or [self.people[who]])[0]

    @invariant()
    def one_holder_at_every_moment(self) -> None:
        if not hasattr(self, "desks"):
            return
        desk = self.desks[0]
        with desk.reading() as session:
            rows = session.exec(select(Tenure).order_by(col(Tenure.id))).all()
            for post in desk.duty.posts():
                chain = [row for row in rows if row.post_code == post.code]
                if chain:
                    assert tenures.chain_faults(session, desk, post.code, EPOCH, FAR) == ()
                assert_whole(chain)
            holding = [row.person_id for row in rows if row.ended_at is None and row.person_id]
            assert len(holding) == len(set(holding))
            shifts = session.exec(select(Shift)).all()
            assert all(
                shift.closed_at is None or shift.closed_at >= shift.opened_at for shift in shifts
            )
            presences = session.exec(select(Attendance)).all()
            assert all(
                each.left_at is None or each.left_at >= each.arrived_at for each in presences
            )
            present = {each.person_id for each in presences if each.left_at is None}
            assert set(holding) <= present

    def teardown(self) -> None:
        for store in getattr(self, "stores", []):
            store.close()
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)


def assert_whole(chain: list[Tenure]) -> None:
    """The rule itself, looked at without the program's own query."""
    for before, after in pairwise(chain):
        assert before.ended_at == after.began_at
    for row in chain:
        assert row.ended_at is None or row.ended_at >= row.began_at
        assert (row.person_id is None) == (row.kind in HOLDERLESS)
    assert [row.ended_at is None for row in chain] == [False] * (len(chain) - 1) + [True] * bool(
        chain
    )


QUICK = settings(
    max_examples=8,
    stateful_step_count=35,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("kept", ["property-24h", "management-office", "store-weekly"])
def test_whatever_happens_a_post_has_one_holder_at_every_moment(
    kept: str, empty_file: Path
) -> None:
    machine = type("Posts", (Posts,), {"regulation": kept, "empty": empty_file})
    case = machine.TestCase  # type: ignore[attr-defined]  # hypothesis adds it to the class
    case.settings = QUICK
    case().runTest()
