"""Whatever steps are tried, legal or not, from two consoles: one owner, one stage, a complete
history, level times that add up to the whole; and the file verifies.
"""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import select

from desk_console.foundation.clock import MovingClock
from desk_console.foundation.identity import SeededSource
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Store
from desk_console.foundation.verify import verify
from desk_console.handover.weighing import set_importance
from desk_console.log.departments import DepartmentForm, add_department
from desk_console.log.forms import CallForm
from desk_console.log.records import Category
from desk_console.matters import acts, answers, escalating
from desk_console.matters.clocks import charged, whole
from desk_console.matters.moving import history, marks_of
from desk_console.matters.records import Form, Importance, Matter, Stage
from desk_console.matters.steps import STEPS, level_of, step_named
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk, Site
from desk_console.rulebook.loader import site_rules
from desk_console.shift.arrivals import sign_on
from tests.conftest import MORNING, ZONE
from tests.profiles import examples
from tests.staff import hire, hire_all, proof_of

CODES = sorted({step.code for step in STEPS})
CATEGORIES = (Category.REPAIR, Category.COMPLAINT, Category.ERRAND, Category.HELP)
WORDS = st.sampled_from(["", "已处理", "'; drop table matter; --", "[red]x[/]"])


class Matters(RuleBasedStateMachine):
    """Random work on random matters. Acts may be refused; a refused one changes nothing."""

    empty: ClassVar[Path]

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "desk.db"
        shutil.copy(self.empty, path)
        self.clock = MovingClock(MORNING)
        self.stores = [
            Store(path, clock=self.clock, zone=ZONE, console=f"console-{one}") for one in (1, 2)
        ]
        duty = site_rules("property-24h", also=("management-office",))
        self.desks = [
            Desk(
                store=store,
                source=SeededSource(number),
                site=Site(),
                duty=duty,
                secret=b"",
                folder=self.folder,
            )
            for number, store in enumerate(self.stores)
        ]
        staff = hire_all(self.desks[0])
        director = hire(self.desks[0], "0001", "高主任", "director", by=staff.supervisor)
        self.department = add_department(
            self.desks[0],
            staff.supervisor.person,
            DepartmentForm(code="maintenance", zh="维修部"),
        )
        sign_on(self.desks[0], staff.clerk)
        self.clerk = staff.clerk.person
        self.people: list[PersonView] = [
            staff.clerk.person,
            staff.other_clerk.person,
            staff.supervisor.person,
            director.person,
        ]
        self.matters: list[int] = []
        self.calls = 0

    def teardown(self) -> None:
        found = verify(self.stores[0].path)
        for store in self.stores:
            store.close()
        shutil.rmtree(self.folder)
        assert found.is_good, found.findings

    def kept(self, matter_id: int) -> Matter:
        with self.desks[0].reading() as session:
            matter = session.get(Matter, matter_id)
            assert matter is not None
            return matter

    @rule(
        category=st.sampled_from(CATEGORIES),
        importance=st.sampled_from(list(Importance)),
        is_urgent=st.booleans(),
        is_emergency=st.booleans(),
        result=st.sampled_from(["", "", "已修好"]),
    )
    def log(
        self,
        category: Category,
        importance: Importance,
        is_urgent: bool,
        is_emergency: bool,
        result: str,
    ) -> None:
        self.calls += 1
        form = CallForm(
            form_id=f"f{self.calls}",
            at=self.desks[0].now(),
            category=category,
            content="厨房水管漏水",
            caller="张建国",
            is_emergency=is_emergency,
            result=result,
        )
        wish = acts.OpenMatter(importance=importance, is_urgent=is_urgent)
        logged = acts.log_entry(self.desks[0], self.clerk, form, wish)
        assert logged.matter_id is not None
        self.matters.append(logged.matter_id)

    @precondition(lambda self: self.matters)
    @rule(
        data=st.data(),
        code=st.sampled_from(CODES),
        words=WORDS,
        console=st.integers(0, 1),
        stale=st.integers(0, 3),
    )
    def take(self, data: st.DataObject, code: str, words: str, console: int, stale: int) -> None:
        matter_id = data.draw(st.sampled_from(self.matters))
        before = self.kept(matter_id)
        legal = step_named(before.form, before.stage, code)
        if legal is None and data.draw(st.booleans()):
            codes = [one.code for one in STEPS if one.form is before.form]
            code = data.draw(st.sampled_from(codes))
        given = {
            "department": self.department,
            "assignee": self.clerk.id,
            "resume_at": self.desks[0].now() + timedelta(hours=2),
            "due": self.desks[0].now() + timedelta(hours=5),
            "grade": data.draw(st.sampled_from(["minor", "major"])),
            "type": "service",
            "satisfaction": "fair",
        }
        texts = ("reason", "work_done", "signed_by", "follow_result", "not_done_reason", "result")
        given |= dict.fromkeys((*texts, "answered", "findings", "proposal"), words)
        revision = before.revision - (1 if stale == 3 else 0)
        try:
            made = acts.take_step(self.desks[console], self.clerk, matter_id, revision, code, given)
        except Refusal:
            assert self.kept(matter_id) == before
            return
        assert revision == before.revision
        assert before.closed_at is None
        assert step_named(before.form, before.stage, code) is not None
        assert made == before.revision + 1

    @precondition(lambda self: self.matters)
    @rule(
        data=st.data(),
        rung=st.sampled_from([None, 1, 2]),
        who=st.integers(0, 3),
        by_telephone=st.booleans(),
    )
    def up(self, data: st.DataObject, rung: int | None, who: int, by_telephone: bool) -> None:
        matter_id = data.draw(st.sampled_from(self.matters))
        before = self.kept(matter_id)
        desk, superior = self.desks[0], self.people[who]
        try:
            if before.asked_rung is None:
                escalating.ask(desk, self.clerk, matter_id, before.revision, "请示", rung=rung)
            elif by_telephone:
                answers.note_answer(
                    desk, self.clerk, matter_id, before.revision, "答", superior_id=superior.id
                )
            else:
                proof = proof_of(desk, superior)
                answers.answer(desk, proof, matter_id, before.revision, "答复")
        except Refusal:
            assert self.kept(matter_id) == before

    @precondition(lambda self: self.matters)
    @rule(data=st.data(), who=st.integers(0, 3), importance=st.sampled_from(list(Importance)))
    def change(self, data: st.DataObject, who: int, importance: Importance) -> None:
        matter_id = data.draw(st.sampled_from(self.matters))
        before = self.kept(matter_id)
        try:
            revision = acts.change_owner(
                self.desks[1], self.clerk, matter_id, before.revision, self.people[who].id
            )
            set_importance(self.desks[0], self.clerk, matter_id, revision, importance)
        except Refusal:
            weights = tuple(Importance)
            is_less = weights.index(importance) < weights.index(before.importance)
            assert before.closed_at is not None or is_less

    @rule(minutes=st.integers(-90, 600))
    def pass_time(self, minutes: int) -> None:
        if minutes < 0:
            self.clock.jump(timedelta(minutes=minutes))
        else:
            self.clock.advance(timedelta(minutes=minutes))
        escalating.settle_now(self.desks[0])

    @invariant()
    def holds(self) -> None:
        with self.desks[0].reading() as session:
            for matter in session.exec(select(Matter)):
                events = history(session, matter.id or 0)
                assert [each.revision for each in events] == list(range(1, matter.revision + 1))
                last = events[-1]
                assert (last.stage, last.level, last.owner_id) == (
                    matter.stage,
                    matter.level,
                    matter.owner_id,
                )
                is_asked = matter.asked_rung is not None
                assert matter.level is level_of(matter.stage, is_asked=is_asked)
                assert (matter.stage is Stage.CLOSED) == (matter.closed_at is not None)
                assert (matter.form is None) == (matter.number is None)
                assert matter.closed_at is not None or matter.due_at is not None
                if matter.closed_at is not None and matter.form is Form.WORK_ORDER:
                    assert matter.result
                marks = marks_of(events)
                until = matter.closed_at or self.clock.now()
                spans = charged(matter.opened_at, marks, until)
                assert sum(spans.values(), timedelta()) == whole(matter.opened_at, marks, until)


def test_any_sequence_of_steps_keeps_one_owner_one_stage_and_clocks_that_add_up(
    empty_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Matters, "empty", empty_file, raising=False)
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Matters,
        settings=settings(
            max_examples=examples(8, 250),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
