"""Whatever people do, in whatever order, from two consoles: what must hold of handovers holds.

Never a sealed one with anything left undone; never two holders or none; every matter open at one
handover is in the next until it is closed; every entry in one record; balances reconcile. The clock
jumps, and the plug is pulled in the middle of acts: what was acknowledged is there, and the
handover stands as it stood.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text
from sqlmodel import col, func, select

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.identity import SeededSource
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Store, head
from desk_console.foundation.verify import verify
from desk_console.handover import counting, looking, parties, reading, telling, views
from desk_console.handover.closing import sign_off
from desk_console.handover.converting import convert
from desk_console.handover.counting import Counted, Explanation
from desk_console.handover.found import ALL, GOOD
from desk_console.handover.lacks import lacks
from desk_console.handover.opening import (
    call_off,
    join,
    open_handover,
    refuse_to_take_over,
    take_back,
)
from desk_console.handover.records import HandoverKind, HandoverSeal, Severity
from desk_console.handover.releasing import release
from desk_console.handover.relief import answer_call, settle, waiting_calls
from desk_console.handover.sheet import MatterPoint, Sheet
from desk_console.handover.signed import as_signed
from desk_console.handover.signing import sign_incoming, sign_outgoing
from desk_console.handover.telling import Statement
from desk_console.handover.weighing import set_importance
from desk_console.log.departments import DepartmentForm, add_department
from desk_console.log.records import Category, Entry
from desk_console.matters.acts import OpenMatter, close
from desk_console.matters.escalating import ask, settle_now
from desk_console.matters.records import Importance, Matter
from desk_console.people.pins import Proof
from desk_console.rulebook.desk import Desk, Site
from desk_console.rulebook.loader import site_rules
from desk_console.shift import items, tenures
from desk_console.shift.arrivals import sign_on, take_unheld
from desk_console.shift.departures import leave_post
from desk_console.shift.records import Item, ItemMovement
from desk_console.shift.step_out import come_back, step_out, take_now
from tests.conftest import CHEAP_PIN, MORNING, ZONE
from tests.handover.plug import Plug, Unplugged
from tests.handover.walk import call, furnish, proven
from tests.profiles import IS_DEEP, examples
from tests.staff import hire_all

WHO = st.integers(0, 5)
CONSOLE = st.integers(0, 1)
NUMBER = st.integers(0, 5)


class Handovers(RuleBasedStateMachine):
    """A desk under property-24h with the steps of management-office."""

    empty: ClassVar[Path]
    tally: ClassVar[Counter[str]] = Counter()

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "desk.db"
        shutil.copy(self.empty, path)
        self.clock = MovingClock(MORNING)
        self.stores = [
            Store(path, clock=self.clock, zone=ZONE, console=f"console-{number}")
            for number in (1, 2)
        ]
        self.desks = [self.desk_on(store, number) for number, store in enumerate(self.stores)]
        desk = self.desks[0]
        staff = hire_all(desk)
        furnish(desk, staff.supervisor, items=2)
        self.works = add_department(
            desk, staff.supervisor.person, DepartmentForm(code="works", zh="工程部")
        )
        self.people: list[Proof] = [
            proven(desk, one)
            for one in (
                staff.clerk,
                staff.night_man,
                staff.other_clerk,
                staff.other_night_man,
                staff.guard,
                staff.supervisor,
            )
        ]
        self.seen = 0
        sign_on(desk, self.people[0])
        self.plug = Plug(self.stores)
        self.acknowledged = head(path)

    def desk_on(self, store: Store, number: int) -> Desk:
        return Desk(
            store=store,
            source=SeededSource(number),
            site=Site(pin_cost=CHEAP_PIN),
            duty=site_rules("property-24h", ["management-office"]),
            secret=b"secret",
            folder=self.folder,
        )

    def attempt(self, act: Callable[[], object]) -> bool:
        stood = self.under_way() if self.plug.is_loose else None
        try:
            act()
        except Refusal:
            return False
        except Unplugged:
            self.goes_on(stood)
            return False
        self.acknowledged = head(self.stores[0].path)
        return True

    def goes_on(self, stood: tuple[int, Sheet] | None) -> None:
        """What was acknowledged is on the disk; of the act that was under way all or nothing."""
        now = head(self.plug.plug_in())
        assert now is not None and self.acknowledged is not None
        assert now[0] >= self.acknowledged[0]
        if now == self.acknowledged:
            assert self.under_way() == stood
        self.acknowledged = now

    def under_way(self) -> tuple[int, Sheet] | None:
        desk = self.desks[0]
        with desk.reading() as session:
            row = parties.at_post(session, "desk")
            if row is None:
                return None
            return row.id or 0, views.sheet(session, desk, row.id or 0)

    # Time, and what is not in anybody's hand.

    @rule(points=st.integers(0, 60))
    def the_plug_is_loose(self, points: int) -> None:
        self.plug.loosen(points)

    @rule()
    def time_alone_does_its_part(self) -> None:
        self.attempt(lambda: settle(self.desks[0]))
        self.attempt(lambda: settle_now(self.desks[1]))

    @rule(minutes=st.integers(0, 400))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes))

    @rule(minutes=st.integers(-90, 90))
    def clock_jumps(self, minutes: int) -> None:
        self.clock.jump(timedelta(minutes=minutes))

    @rule(console=CONSOLE, who=WHO)
    def somebody_signs_on(self, console: int, who: int) -> None:
        self.attempt(lambda: sign_on(self.desks[console], self.people[who]))

    @rule(console=CONSOLE, who=WHO)
    def somebody_signs_off(self, console: int, who: int) -> None:
        self.attempt(lambda: sign_off(self.desks[console], self.people[who]))

    @rule(who=WHO, other=WHO, number=NUMBER)
    def somebody_goes_or_takes_over(self, who: int, other: int, number: int) -> None:
        desk, one = self.desks[0], self.people[who]
        back = self.clock.now() + timedelta(minutes=10)
        acts: list[Callable[[], object]] = [
            lambda: step_out(desk, one, self.people[other], reason="出去", back_at=back),
            lambda: come_back(desk, one),
            lambda: take_now(desk, one, post_code="desk"),
            lambda: leave_post(desk, one, "有事"),
            lambda: take_unheld(desk, one, post_code="desk"),
            lambda: self.answers(desk, one),
        ]
        self.attempt(acts[number])

    def answers(self, desk: Desk, who: Proof) -> None:
        with desk.reading() as session:
            calls = waiting_calls(session)
        if calls:
            answer_call(desk, who.person, calls[0].id or 0, "马上安排")

    @rule(console=CONSOLE, who=WHO, number=NUMBER)
    def somebody_logs(self, console: int, who: int, number: int) -> None:
        opened = [None, None, OpenMatter(importance=Importance.IMPORTANT)][number % 3]
        category = (Category.REPAIR, Category.ENQUIRY)[number % 2]
        self.attempt(
            lambda: call(
                self.desks[console], self.people[who].person, category=category, opened=opened
            )
        )

    @rule(who=WHO, number=NUMBER, grows=st.booleans())
    def a_matter_moves(self, who: int, number: int, grows: bool) -> None:
        desk, person = self.desks[1], self.people[who].person
        with desk.reading() as session:
            found = session.exec(select(Matter).where(col(Matter.closed_at).is_(None))).all()
        if not found:
            return
        matter = found[number % len(found)]
        key, revision = matter.id or 0, matter.revision
        if number == 5:
            self.attempt(lambda: ask(desk, person, key, revision, "怎么办"))
        elif grows:
            importance = tuple(Importance)[number % 2]
            proof = self.people[who]
            self.attempt(
                lambda: set_importance(desk, person, key, revision, importance, proof=proof)
            )
        else:
            self.attempt(
                lambda: close(desk, person, key, revision, result="好了", answered="已告知")
            )

    @rule(who=WHO, number=NUMBER)
    def an_item_moves(self, who: int, number: int) -> None:
        desk = self.desks[0]
        self.attempt(
            lambda: items.bring_in(
                desk, self.people[who].person.id, number % 2 + 1, 1, is_return=True
            )
        )

    # The handover, each by anybody: most of it is refused.

    @rule(console=CONSOLE, who=WHO, kind=st.sampled_from(HandoverKind), why=st.booleans())
    def somebody_opens(self, console: int, who: int, kind: HandoverKind, why: bool) -> None:
        desk, person = self.desks[console], self.people[who].person
        reason = "有事" if why else ""
        self.attempt(
            lambda: open_handover(desk, person, post_code="desk", kind=kind, reason=reason)
        )

    @rule(who=WHO, number=NUMBER)
    def somebody_ends_it(self, who: int, number: int) -> None:
        found = self.under_way()
        if found is None:
            return
        desk, person, (key, sheet) = self.desks[1], self.people[who].person, found
        taker = next(
            (
                one.person
                for one in self.people
                if sheet.incoming is not None and one.person.id == sheet.incoming.id
            ),
            person,
        )
        acts: list[Callable[[], object]] = [
            lambda: call_off(desk, person, key, "不交了"),
            lambda: refuse_to_take_over(desk, person, key, "不接"),
            lambda: take_back(desk, person, key),
            lambda: refuse_to_take_over(desk, taker, key, "不接"),
            lambda: take_back(desk, taker, key),
        ]
        self.attempt(acts[number % 5])

    @rule(console=CONSOLE, who=WHO)
    def anybody_signs(self, console: int, who: int) -> None:
        found = self.under_way()
        if found is not None:
            desk, proof, (key, sheet) = self.desks[console], self.people[who], found
            self.attempt(lambda: sign_outgoing(desk, proof, key, shown=sheet.mark))
            self.attempt(lambda: sign_incoming(desk, proof, key, shown=sheet.mark))

    @rule(console=CONSOLE, who=WHO, number=NUMBER)
    def somebody_does_a_step(self, console: int, who: int, number: int) -> None:
        found = self.under_way()
        if found is not None:
            for act in self.steps(self.desks[console], self.people[who], *found, number):
                self.attempt(act)

    @rule(
        console=CONSOLE,
        short=st.booleans(),
        taker=WHO,
        calls=st.integers(0, 3),
        end=st.sampled_from(["signed", "signed", "refused", "left"]),
    )
    def everybody_does_their_part(
        self, console: int, short: bool, taker: int, calls: int, end: str
    ) -> None:
        """They go through it as they should, up to its signing, a refusal to take over, or nothing
        yet: the road on which most of it is reached."""
        desk, kind = self.desks[console], HandoverKind.SHORT if short else HandoverKind.REGULAR
        with desk.reading() as session:
            tenure = tenures.open_tenure(session, "desk")
        holds = [
            number
            for number, one in enumerate(self.people)
            if tenure is not None and one.person.id == tenure.person_id
        ]
        for giver in holds:
            for number in range(calls):
                self.somebody_logs(console, giver, number)
        for giver in holds:
            self.somebody_opens(console, giver, kind, why=True)
        others = [each for each in range(len(self.people)) if each not in holds]
        taker = next(
            (each for each in others[taker:] + others[:taker] if self.takes_part(desk, each)), taker
        )
        two = [self.people[number] for number in (*holds, taker)]
        for who in (*two, self.people[5], *two, *two):
            found = self.under_way()
            if found is None or not lacks(found[1], desk.duty):
                break
            for act in self.steps(desk, who, *found, 0)[1:]:
                self.attempt(act)
        if end == "refused" and (found := self.under_way()) is not None:
            key, _ = found
            self.attempt(lambda: refuse_to_take_over(desk, self.people[taker].person, key, "不接"))
        elif end == "signed":
            for number in (*holds, taker):
                self.anybody_signs(console, number)

    def takes_part(self, desk: Desk, number: int) -> bool:
        """Comes to the handover that is under way, if the shift is theirs to take."""
        who = self.people[number]
        self.attempt(lambda: sign_on(desk, who))
        found = self.under_way()
        return found is not None and self.attempt(lambda: join(desk, who.person, found[0]))

    def steps(
        self, desk: Desk, who: Proof, key: int, sheet: Sheet, number: int
    ) -> list[Callable[[], object]]:
        """What somebody might do in each step as it stands; a number other than 0 goes wrong."""
        person = who.person
        said = Explanation("少了", "不知", "不明", self.people[5].person.id)
        acts: list[Callable[[], object]] = [lambda: join(desk, person, key)]
        for tidy in sheet.tidy:
            acts.append(lambda i=tidy.item_id: looking.tidy(desk, person, key, i, is_ok=True))  # type: ignore[misc]  # bound
        for line in sheet.items:
            off = -1 if number == 1 and line.expected else 0
            how = ALL if number == 2 else GOOD
            counted = [Counted(line.item_id, line.expected + off, how, line.revision)]
            if line.counted is None or number:
                acts.append(lambda c=counted: counting.count(desk, person, key, c))  # type: ignore[misc]  # bound
            if line.wants_explaining or number:
                acts.append(lambda i=line.item_id: counting.explain(desk, person, key, i, said))  # type: ignore[misc]  # bound
        for entry in sheet.entries:
            if number != 3:
                acts.append(lambda e=entry.entry_id: reading.read(desk, person, key, [e]))  # type: ignore[misc]  # bound
        for point in sheet.matters:
            acts += self.telling(desk, who, key, point, is_wanted=number == 0)
        for spot in sheet.area:
            acts.append(
                lambda i=spot.item_id, r=spot.revision: looking.check_area(  # type: ignore[misc]  # bound
                    desk, person, key, i, is_ok=number != 4, note="开着", revision=r
                )
            )
            acts.append(
                lambda i=spot.item_id, r=spot.revision: looking.explain_area(  # type: ignore[misc]  # bound
                    desk, person, key, i, "刚开的", revision=r
                )
            )
        return acts

    def telling(
        self, desk: Desk, who: Proof, key: int, point: MatterPoint, *, is_wanted: bool
    ) -> list[Callable[[], object]]:
        """What might be said of a matter; only what is still missing with `is_wanted`."""
        person, matter, revision = who.person, point.matter_id, point.point_revision
        severity = max(point.least_severity, Severity.NORMAL, key=list(Severity).index)
        said = Statement(severity, "等着", "再问", "没空")
        heirs = [self.people[(matter + each) % 5].person.id for each in (0, 1)]
        facts = {"department": self.works}
        acts: list[Callable[[], object]] = []
        if point.severity is not point.least_severity:
            acts.append(lambda: telling.state(desk, person, key, matter, said, revision=revision))
        if point.is_leftover:
            acts.append(
                lambda: convert(
                    desk, person, key, matter, revision=point.matter_revision, given=facts
                )
            )
        if point.is_blocking:
            for heir in heirs:
                acts.append(
                    lambda heir=heir: release(  # type: ignore[misc]  # bound
                        desk, who, key, matter, reason="等配件", new_owner_id=heir
                    )
                )
        if not point.is_read_back and (point.wants_read_back or not is_wanted):
            acts.append(lambda: telling.read_back(desk, person, key, matter, revision, "我去问"))
        if not (point.is_acknowledged and is_wanted):
            acts.append(lambda: telling.acknowledge(desk, person, key, matter, revision))
        if point.is_read_back or not is_wanted:
            acts.append(lambda: telling.accept_read_back(desk, person, key, matter, revision))
        return acts

    # What must hold.

    @invariant()
    def there_is_one_holder_at_every_moment(self) -> None:
        desk = self.desks[0]
        with desk.reading() as session:
            span = timedelta(days=400)
            now = self.clock.now()
            assert tenures.chain_faults(session, desk, "desk", now - span, now + span) == ()

    @invariant()
    def balances_reconcile(self) -> None:
        with self.desks[0].reading() as session:
            for item in session.exec(select(Item)):
                total = session.exec(
                    select(func.sum(ItemMovement.change)).where(ItemMovement.item_id == item.id)
                ).one()
                assert total == items.balance(session, item.id or 0) >= 0

    @invariant()
    def what_is_sealed_lacks_nothing(self) -> None:
        desk = self.desks[0]
        with desk.reading() as session:
            seals = session.exec(select(HandoverSeal).order_by(col(HandoverSeal.id))).all()
            for sealed in seals[self.seen :]:
                kept = as_signed(session, sealed.handover_id)
                sheet = kept.sheet
                assert lacks(sheet, desk.duty) == ()
                assert kept.is_good
                signers = [one.name for one in kept.versions[-1].signatures]
                assert sheet.incoming is not None
                assert signers == [sheet.giver.name, sheet.incoming.name]
                assert sheet.giver.id != sheet.incoming.id
                assert all(one.is_read and one.has_outcome for one in sheet.entries)
                self.is_continued(sheet, {one.matter_id for one in sheet.matters}, sealed)
            self.seen = len(seals)
            records = [
                one.entry_id
                for sealed in seals
                for one in as_signed(session, sealed.handover_id).sheet.entries
            ]
            through = max((one.through_entry_id for one in seals), default=0)
            every = session.exec(
                select(Entry.id).where(col(Entry.id) <= through).order_by(col(Entry.id))
            ).all()
            assert records == list(every)

    def is_continued(self, sheet: Sheet, told: set[int], sealed: HandoverSeal) -> None:
        """Every matter that was open when it was sealed was told."""
        with self.desks[0].reading() as session:
            for matter in session.exec(select(Matter)):
                was_open = matter.closed_at is None or matter.closed_at > sealed.sealed_at
                entry = session.get(Entry, matter.entry_id)
                is_in = entry is not None and (entry.id or 0) <= sealed.through_entry_id
                if was_open and is_in:
                    assert matter.id in told

    def count_up(self) -> None:
        tables = ("handover_seal", "handover_release", "handover_refusal", "relief_call")
        with self.desks[0].reading() as session:
            for table in tables:
                found = session.execute(text(f"select count(*) from {table}")).scalar_one()
                self.tally[table] += found
        self.tally["runs"] += 1
        self.tally["plugs pulled"] += self.plug.pulled

    def teardown(self) -> None:
        self.count_up()
        assert verify(self.stores[0].path).is_good
        for store in self.stores:
            store.close()
        shutil.rmtree(self.folder)


def test_whatever_people_do_no_handover_is_sealed_with_anything_left(
    empty_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    machine = type("Machine", (Handovers,), {"empty": empty_file})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples(6, 2000),
            stateful_step_count=examples(20, 25),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    if IS_DEEP:
        with capsys.disabled():
            print(f"\nwhat was lived through: {dict(Handovers.tally)}")
