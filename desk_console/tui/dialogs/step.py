"""A step of a matter's form: the fields that it asks for, what is known already filled in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.log.departments import DepartmentView, departments
from desk_console.matters import acts, complaints
from desk_console.matters.fields import FIELDS, Field, FieldKind
from desk_console.matters.stepping import topics_of
from desk_console.matters.steps import Step
from desk_console.matters.story import MatterStory
from desk_console.people.pins import prove
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.act import ActDialog, row
from desk_console.tui.dialogs.times import typed_moment
from desk_console.tui.language import tr
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, PinField, Words
from desk_console.tui.widgets.matter_head import MatterHead
from desk_console.tui.widgets.person_field import PersonField

_SIGNED = frozenset({"approve", "send_back"})


class StepDialog(ActDialog[bool]):
    """Takes one step of one matter. A newer state of it refuses, and says what changed."""

    is_wide: ClassVar[bool] = True

    def __init__(self, story: MatterStory, step: Step) -> None:
        """That step, from how the matter stood when it was read."""
        super().__init__()
        self._story = story
        self._step = step
        self._departments: tuple[DepartmentView, ...] = ()

    def fields(self) -> ComposeResult:
        """What it is about, then its fields, those that may not stay empty first."""
        yield MatterHead(self._story.line)
        with VerticalScroll(id="step-fields", can_focus=False):
            for name in self._step.fields:
                yield row(f"matters.field_{name}", self._field(FIELDS[name]))
            if self._step.code in _SIGNED:
                yield row("tui.matters.approver", PersonField(id="step-approver"))
                yield row("tui.matters.pin", PinField(id="step-pin"))

    def heading(self) -> Message:
        """The step, with the clauses that it goes by."""
        line, step = self._story.line, self._step
        form = step.makes or line.form
        topics = topics_of(form, line.kind, self._story.facts.get("type"))
        if step.code == "next_day":
            topics = (Topic.NIGHT_REPAIR,)
        what = message("tui.matters.heading", what=message(f"tui.matters.do_{step.code}"))
        return cited(what, self.desk.duty, *topics)

    def _field(self, field: Field) -> Widget:
        name, id = field.name, f"step-{field.name}"
        known = self._known(field)
        match field.kind:
            case FieldKind.LONG:
                return Words(known, id=id)
            case FieldKind.CHOICE:
                return Choice(
                    field.codes,
                    lambda code: tr(self, f"matters.{name}_{code}"),
                    value=known or None,
                    moves_on=True,
                    id=id,
                )
            case FieldKind.DEPARTMENT:
                return Choice((), self._department_name, moves_on=True, id=id)
            case FieldKind.PERSON:
                return PersonField(id=id, lists_all=False)
            case FieldKind.WHEN:
                return Line(id=id, hint="tui.matters.when_hint", narrowed=True)
            case _:
                return Line(known, id=id, narrowed=field.kind is not FieldKind.SHORT)

    def _known(self, field: Field) -> str:
        """What stands in the field already. A step's own words always begin empty, and so do how
        and whom it was told to, and what the caller was told: what was so of an earlier notice or
        answer is not said of this one.
        """
        if field.name == self._step.said and self._step.code != "note":
            return ""
        if field.name in ("how", "told", "answered"):
            return ""
        value = self._story.facts.get(field.name)
        if field.name == "urgency" and value is None:
            return str(self._story.line.urgency)
        return value if isinstance(value, str) and field.kind is not FieldKind.WHEN else ""

    def _department_name(self, code: str) -> str:
        found = next((one for one in self._departments if str(one.id) == code), None)
        return self.catalogue.either(found.zh, found.en) if found else ""

    def on_mount(self) -> None:
        """The departments, where one is asked."""
        if "department" in self._step.fields:
            self._offer_departments()
        if self.focus_chain:
            self.focus_chain[0].focus()

    @work
    async def _offer_departments(self) -> None:
        def read(desk: Desk) -> tuple[DepartmentView, ...]:
            with desk.reading() as session:
                return departments(session)

        self._departments = await self.off_loop(read)
        choice = self.query_one("#step-department", Choice)
        choice.offer(str(one.id) for one in self._departments)
        present = self._story.line.department_id
        if present is not None and self._step.code != "transfer":
            choice.value = str(present)

    async def act(self) -> None:
        """Take it."""
        writer, line, step = self.seat.writer, self._story.line, self._step
        if writer is None:
            raise Refusal("tui.call_form.sign_on_first")
        given = dict(self._given())
        if step.code in _SIGNED:
            await self._sign(given)
        else:
            await self.off_loop(
                lambda desk: acts.take_step(desk, writer, line.id, line.revision, step.code, given)
            )
        self.host.spread()
        self.dismiss(True)
        self.say("tui.matters.done_said", what=message(f"matters.what_{step.code}"))

    async def _sign(self, given: dict[str, object]) -> None:
        person = self.query_one("#step-approver", PersonField).person
        if person is None:
            raise Refusal("tui.matters.owner_wanted", field="approver")
        pin, line = self.query_one("#step-pin", PinField).value, self._story.line
        is_approved = self._step.code == "approve"
        words = str(given.get("approval" if is_approved else "reason", ""))

        def decide(desk: Desk) -> int:
            proof = prove(desk, person.id, pin)
            return complaints.decide_proposal(
                desk, proof, line.id, line.revision, words, is_approved=is_approved
            )

        await self.off_loop(decide)

    def _given(self) -> Iterator[tuple[str, object]]:
        for name in self._step.fields:
            value = self._value(FIELDS[name])
            if value not in (None, ""):
                yield name, value

    def _value(self, field: Field) -> str | int | datetime | None:
        found = self.query_one(f"#step-{field.name}")
        match found:
            case PersonField():
                return found.person.id if found.person else None
            case Choice():
                is_department = field.kind is FieldKind.DEPARTMENT
                return int(found.value) if is_department and found.value else found.value
            case Words():
                return found.value
            case Line() if field.kind is FieldKind.WHEN:
                desk = self.desk
                try:
                    return typed_moment(found.value, desk.now(), desk.zone, is_past=field.is_past)
                except Refusal as refusal:
                    raise Refusal(refusal.message.key, field=field.name) from None
            case Line():
                return found.value
        return None
