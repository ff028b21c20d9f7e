"""The dialogs of the set-up: the form of one thing, a list from a file, somebody's PIN.

The acts check who may. What a form asks is said by its subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.csv_in import ImportReport
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import narrow
from desk_console.people.records import PersonView
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.subjects.subject import Field, Subject, T, Values
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, PinField, Words
from desk_console.tui.widgets.marks import Marks
from desk_console.tui.widgets.plain import Plain

MOST_PROBLEMS = 200
"""Lines of problems that are shown; the file wants mending long before."""

ResultT = TypeVar("ResultT")

UNLOCK, RESET = "unlock", "reset"


class SetUpAct(ActDialog[ResultT]):
    """A dialog of the set-up: it needs somebody who is signed on."""

    is_wide: ClassVar[bool] = True

    @property
    def writer(self) -> PersonView:
        """Who is signed on here. Refuses where nobody is."""
        if self.seat.writer is None:
            raise Refusal(f"{T}.sign_on_first")
        return self.seat.writer


class ThingForm(SetUpAct[Values]):
    """One thing of a subject: added, or changed where there is one already. Its answer is what was
    filled in, and the `id` of what was added."""

    def __init__(
        self,
        subject: Subject,
        fields: Sequence[Field],
        *,
        thing_id: int | None = None,
        values: Values | None = None,
    ) -> None:
        """`values` is what stands in the fields of the thing that is changed."""
        super().__init__()
        self._subject = subject
        self._thing_id = thing_id
        self._values = dict(values or {})
        self._fields = [
            one for one in fields if not (one.only_changes if thing_id is None else one.is_fixed)
        ]
        verb = "add" if thing_id is None else "change"
        self.title_key = f"{T}.{verb}_{subject.code}"  # type: ignore[misc] # one dialog, many titles
        self.blames = subject.blames  # type: ignore[misc] # likewise

    def fields(self) -> ComposeResult:
        """The fields of the subject, in order."""
        with VerticalScroll(id="set-fields", can_focus=False):
            for one in self._fields:
                yield row(f"{T}.{one.name}", self._field(one))

    def _field(self, one: Field) -> Widget:
        name, stands = f"set-{one.name}", self._values.get(one.name, one.usual)
        hint = one.hint or None

        def worded(code: str) -> str:
            return one.label(self.catalogue, code) if one.label is not None else code

        if one.kind == "words":
            return Words(str(stands), id=name, hint=hint)
        if one.kind == "choice":
            return Choice(one.codes, worded, value=stands, id=name)
        if one.kind == "marks":
            return Marks(one.codes, worded, ticked=stands, id=name)
        return Line(str(stands), id=name, hint=hint, narrowed=one.kind == "digits")

    def _given(self) -> dict[str, Any]:
        given: dict[str, Any] = dict(self._values)
        for one in self._fields:
            field = self.query_one(f"#set-{one.name}")
            if isinstance(field, Choice):
                given[one.name] = field.value
            elif isinstance(field, Marks):
                given[one.name] = field.ticked
            else:
                given[one.name] = self._typed(one)
        return given

    def _typed(self, one: Field) -> str:
        typed = self.text_of(f"set-{one.name}")
        number = narrow(typed)
        if one.kind != "digits":
            return typed
        if number and not number.isdecimal():
            label = message(f"{T}.{one.name}")
            raise Refusal(f"{T}.number_wanted", label=label, typed=typed[:20], field=one.name)
        return number

    async def act(self) -> None:
        """Keep it."""
        writer, given, subject, thing_id = self.writer, self._given(), self._subject, self._thing_id
        if thing_id is None:
            given["id"] = await self.off_loop(lambda desk: subject.add(desk, writer, given))
        else:
            in_use = bool(given.get("is_active", True))
            await self.off_loop(
                lambda desk: subject.change(desk, writer, thing_id, given, is_active=in_use)
            )
        self.dismiss(given)
        self.say(f"{T}.added" if thing_id is None else f"{T}.changed")


class LoadList(SetUpAct[bool]):
    """A list from a CSV file: looked through first, every problem by its line; then loaded, all of
    it or nothing."""

    title_key: ClassVar[str] = f"{T}.load_title"

    def __init__(self, subject: Subject) -> None:
        """Into that subject."""
        super().__init__()
        self._subject = subject
        self._looked_at: str | None = None
        """The file that was looked through and found clean."""
        self._report: ImportReport | None = None

    def fields(self) -> ComposeResult:
        """The file; what was found in it."""
        yield Label(self._subject.load_columns, classes="said")
        yield row(f"{T}.load_file", Line(id="load-file", hint=f"{T}.load_hint", limit=1000))
        with VerticalScroll(id="load-found", can_focus=True, classes="-quiet"):
            yield Plain(id="load-problems")

    def on_line_edited(self, event: Line.Edited) -> None:
        """Another file is looked through anew."""
        self._looked_at = None

    async def act(self) -> None:
        """Look through the file; where that was done and nothing was wrong, load it."""
        writer, subject = self.writer, self._subject
        typed = self.text_of("load-file").strip().strip("'\"")
        if not typed:
            raise Refusal(f"{T}.load_wanted", field="load-file")
        is_dry_run = self._looked_at != typed
        path = Path(typed).expanduser()
        report = await self.off_loop(
            lambda desk: subject.load(desk, writer.id, path, is_dry_run=is_dry_run)
        )
        if not is_dry_run and report.is_done:
            self.dismiss(True)
            self.say(message(f"{T}.loaded", count=report.added))
            return
        self._looked_at = typed if not report.problems else None
        self._report = report
        self._show_report()

    def _show_report(self) -> None:
        report = self._report
        if report is None:
            return
        lines = [self.tr(one.message) for one in report.problems[:MOST_PROBLEMS]]
        if (more := len(report.problems) - MOST_PROBLEMS) > 0:
            lines.append(self.tr(f"{T}.load_more", count=more))
        head: Message = (
            message(f"{T}.load_problems", count=len(report.problems))
            if report.problems
            else message(f"{T}.load_clean", count=report.rows)
        )
        self.query_one("#load-found").remove_class("-quiet")
        self.query_one("#load-problems", Plain).put("\n".join([self.tr(head), *lines]))

    def refresh_texts(self) -> None:
        """The findings in the other language."""
        super().refresh_texts()
        if self.is_mounted:
            self._show_report()


class PinHelp(SetUpAct[bool]):
    """Unlock somebody's PIN or begin a reset, with a fresh PIN of one's own. Nobody chooses
    another's."""

    def __init__(self, person: PersonView, *, is_disabled: bool) -> None:
        """Of that person; a disabled one is unlocked, unless a reset is chosen."""
        super().__init__()
        self._person = person
        self._is_disabled = is_disabled

    def heading(self) -> Message:
        """Whose PIN it is."""
        return message(f"{T}.pin_title", name=self._person.name)

    def fields(self) -> ComposeResult:
        """Which of both, and one's own PIN."""
        choice = Choice(
            (UNLOCK, RESET),
            lambda code: self.tr(f"{T}.pin_{code}"),
            value=UNLOCK if self._is_disabled else RESET,
            id="pin-how",
        )
        yield Label(f"{T}.pin_said", classes="said")
        yield row(f"{T}.pin_how", choice)
        yield row(f"{T}.reset_pin", PinField(id="reset-pin"))

    async def act(self) -> None:
        """Prove it, and do it."""
        from desk_console.people import pins

        writer, pin, person_id = self.writer, self.text_of("reset-pin"), self._person.id
        unlocks = self.query_one("#pin-how", Choice).value == UNLOCK
        step = pins.unlock if unlocks else pins.begin_reset
        await self.off_loop(lambda desk: step(desk, pins.prove(desk, writer.id, pin), person_id))
        self.dismiss(True)
        self.say(f"{T}.unlock_done" if unlocks else f"{T}.reset_done")
