"""Matters that no single entry leaves: tasks that are given, missed calls put down and settled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import narrow
from desk_console.log.rules import parse_clock
from desk_console.matters import missed, tasks
from desk_console.matters.records import Form
from desk_console.matters.stepping import topics_of
from desk_console.matters.views import line_of
from desk_console.people.phones import kept
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.dialogs.times import typed_moment
from desk_console.tui.language import tr
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, Words
from desk_console.tui.widgets.person_field import PersonField

T = "tui.matters"
_LINE = re.compile(r"(\d{1,2}:?\d{2})\s+(\S.*)")


class NewTask(ActDialog[int]):
    """A job of the day's plan, an instruction, supplies to check, a visit (1.4, 3.6, 5.4)."""

    title_key: ClassVar[str] = f"{T}.task"
    blames: ClassVar[Mapping[str, str]] = {"tui.matters.bad_when": "task-due"}
    is_wide: ClassVar[bool] = True

    def fields(self) -> ComposeResult:
        """What, of which kind, who, until when, from whom, to which unit."""
        yield row(
            f"{T}.task_kind",
            Choice(
                tasks.KINDS,
                lambda code: tr(self, f"matters.kind_{code}"),
                value="task",
                id="task-kind",
            ),
        )
        yield Caption(id="task-by-what", classes="hint")
        yield row(f"{T}.task_title", Line(id="task-title"))
        yield row("matters.field_assignee", PersonField(id="task-assignee", hint=f"{T}.task_own"))
        yield row("matters.field_due", Line(id="task-due", hint=f"{T}.when_hint", narrowed=True))
        yield row("matters.field_from_whom", Line(id="task-from"))
        yield row("matters.field_unit_text", Line(id="task-unit", narrowed=True))

    def on_mount(self) -> None:
        """The cursor in what is to be done."""
        self._say_by_what()
        self.query_one("#task-title").focus()

    @on(Choice.Chosen, "#task-kind")
    def _say_by_what(self) -> None:
        """What becomes of a task of that kind, and by which clause."""
        kind = self.query_one("#task-kind", Choice).value or "task"
        topics = topics_of(Form.TASK, kind)
        self.query_one("#task-by-what", Caption).say(
            cited(f"{T}.task_how_{kind}", self.desk.duty, *topics)
        )

    async def act(self) -> None:
        """Give it."""
        writer = self.seat.writer
        if writer is None:
            raise Refusal("tui.call_form.sign_on_first")
        assignee = self.query_one("#task-assignee", PersonField).person_or(writer)
        due = typed_moment(self.text_of("task-due"), self.desk.now(), self.desk.zone)
        form = tasks.TaskForm(
            kind=self.query_one("#task-kind", Choice).value or "task",
            title=self.text_of("task-title"),
            assignee_id=assignee.id,
            due=due,
            from_whom=self.text_of("task-from"),
            unit_text=self.text_of("task-unit"),
        )

        def keep(desk: Desk) -> str:
            matter_id = tasks.assign_task(desk, writer, form)
            with desk.reading() as session:
                return line_of(session, matter_id, desk.now()).number

        number = await self.off_loop(keep)
        self.host.spread()
        self.dismiss(1)
        self.say(f"{T}.task_kept", number=number, name=assignee.name)


class MissedCalls(ActDialog[int]):
    """Calls that nobody took, one a line."""

    title_key: ClassVar[str] = f"{T}.missed"
    is_wide: ClassVar[bool] = True

    def fields(self) -> ComposeResult:
        """The lines."""
        how = cited(f"{T}.missed_how", self.desk.duty, Topic.ANSWER_IN_TIME)
        yield Label(how, classes="hint")
        yield row(f"{T}.missed_lines", Words(id="missed-lines"))

    def on_mount(self) -> None:
        """The cursor in it."""
        self.query_one("#missed-lines").focus()

    async def act(self) -> None:
        """On record, each as an entry and a matter."""
        writer = self.seat.writer
        if writer is None:
            raise Refusal("tui.call_form.sign_on_first")
        now = self.desk.now()
        calls = self._calls(now)
        words = self.tr(f"{T}.missed_words")
        made = await self.off_loop(lambda desk: missed.log_missed(desk, writer, calls, words))
        self.host.spread()
        self.dismiss(len(made))
        self.say(f"{T}.missed_kept", count=len(made))

    def _calls(self, now: datetime) -> list[missed.MissedCall]:
        """The calls, all of them. Refuses with the number of every line that cannot be read."""
        calls, bad = [], []
        for number, line in enumerate(self.text_of("missed-lines").splitlines(), 1):
            if line.strip():
                try:
                    calls.append(self._call(line, now))
                except Refusal:
                    bad.append(number)
        if bad:
            raise Refusal(f"{T}.missed_bad", lines=bad)
        return calls

    def _call(self, line: str, now: datetime) -> missed.MissedCall:
        found = _LINE.fullmatch(narrow(line))
        if found is None:
            raise Refusal("people.phone_unreadable", phone=line)
        kept(found[2])
        at = parse_clock(found[1], near=now, zone=self.desk.zone)
        return missed.MissedCall(phone=found[2], at=at)


class SettleMissed(ActDialog[bool]):
    """Several missed calls, closed with one word."""

    title_key: ClassVar[str] = f"{T}.settle"
    is_wide: ClassVar[bool] = True

    def __init__(self, chosen: Sequence[tuple[int, int]]) -> None:
        """These matters, each with the revision that was read."""
        super().__init__()
        self._chosen = tuple(chosen)

    def fields(self) -> ComposeResult:
        """What came of it, what the callers were told."""
        how = message(f"{T}.settle_how", count=len(self._chosen))
        yield Label(cited(how, self.desk.duty, Topic.ANSWERED), classes="hint")
        yield row("matters.field_result", Line(id="settle-result"))
        yield row("matters.field_answered", Line(id="settle-answered"))

    def on_mount(self) -> None:
        """The cursor in the result."""
        self.query_one("#settle-result").focus()

    async def act(self) -> None:
        """All of them or none."""
        writer = self.seat.writer
        if writer is None:
            raise Refusal("tui.call_form.sign_on_first")
        result, answered = self.text_of("settle-result"), self.text_of("settle-answered")
        count = await self.off_loop(
            lambda desk: missed.settle_missed(
                desk, writer, self._chosen, result=result, answered=answered
            )
        )
        self.host.spread()
        self.dismiss(True)
        self.say(f"{T}.settled", count=count)
