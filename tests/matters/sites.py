"""Desks under other regulations, with the people that their ladders name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from desk_console.foundation.clock import MovingClock
from desk_console.log.forms import CallForm
from desk_console.log.records import Category
from desk_console.matters.acts import OpenMatter, log_entry, take_step
from desk_console.matters.answers import answer
from desk_console.matters.story import MatterStory, matter_story
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.shift.arrivals import sign_on
from tests.conftest import MORNING, DeskMaker
from tests.log.desk_at_work import AtWork
from tests.staff import hire, proof_of, qualify


@dataclass(frozen=True, slots=True)
class Site:
    """A desk with somebody on duty, and one person for each rung above."""

    desk: Desk
    people: dict[str, PersonView]
    writer: PersonView

    def call(self, **fields: Any) -> int:
        """Logs a call that leaves a matter; returns the matter's id."""
        form = CallForm(
            form_id=self.desk.source.new_id(),
            at=self.desk.now(),
            **{"content": "收银台前地面湿滑", "caller": "顾客", **fields},
        )
        logged = log_entry(self.desk, self.writer, form, OpenMatter())
        assert logged.matter_id is not None
        return logged.matter_id


def site(make_desk: DeskMaker, clock: MovingClock, regulation: str, *, on_duty: str) -> Site:
    """Opens a desk under a regulation at ten in the morning, one of its people on duty."""
    clock.move_to(MORNING + timedelta(hours=1, minutes=15))
    desk = make_desk(regulation)
    roles = dict.fromkeys((*desk.duty.escalation, on_duty))
    boss = hire(desk, "9000", "钱经理", "manager")
    people = {}
    for number, role in enumerate(roles):
        who = hire(desk, f"90{number + 1:02}", f"员工{number}", role, by=boss)
        qualify(desk, who, boss)
        qualify(desk, who, boss, code="onboarding")
        people[role] = who
    sign_on(desk, people[on_duty])
    return Site(desk, {role: who.person for role, who in people.items()}, people[on_duty].person)


def story(desk: Desk, matter_id: int) -> MatterStory:
    """A matter as it stands now."""
    with desk.reading() as session:
        return matter_story(session, desk, matter_id, desk.now())


def answer_above(desk: Desk, superior: PersonView, matter_id: int, revision: int, said: str) -> int:
    """A superior answers by their own PIN."""
    return answer(desk, proof_of(desk, superior), matter_id, revision, said)


Taken = tuple[str, Mapping[str, object]]
"""A step and what is written into its fields."""


def walk(desk: Desk, person: PersonView, matter_id: int, *steps: Taken) -> int:
    """Takes steps one after the other; returns the revision that the last one made."""
    revision = story(desk, matter_id).line.revision
    for code, given in steps:
        revision = take_step(desk, person, matter_id, revision, code, given)
    return revision


DONE: Taken = ("finish", {"work_done": "更换角阀，试水不漏"})
FOLLOWED: Taken = (
    "follow_up",
    {"satisfaction": "satisfied", "follow_result": "电话回访，住户满意"},
)
PROPOSED: Taken = (
    "propose",
    {"findings": "监控可见施工", "proposal": "责令停工并道歉"},
)
ANSWERED: Taken = (
    "answer",
    {"result": "已停工", "answered": "已电话告知并致歉"},
)


def repair(work: AtWork, wish: OpenMatter | None = None, **fields: object) -> int:
    """Logs a repair; returns the matter's id."""
    given = {"category": Category.REPAIR, "caller": "张建国", "unit_text": "3-1502", **fields}
    logged = log_entry(work.desk, work.clerk, work.call(**given), wish)
    assert logged.matter_id is not None
    return logged.matter_id


def complaint(work: AtWork, wish: OpenMatter | None = None, **fields: object) -> int:
    """Logs a complaint; returns the matter's id."""
    return repair(
        work, wish, **{"category": Category.COMPLAINT, "content": "楼上深夜施工", **fields}
    )
