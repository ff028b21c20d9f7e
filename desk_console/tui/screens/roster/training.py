"""Training and qualifications: who holds what until when, what runs out (7.2, 4.4, 7.5, 5.9)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.people import acts, fields, views
from desk_console.people.records import PersonView, QualificationForm, QualificationView
from desk_console.people.rules import (
    FOR_THE_POST,
    ONBOARDING,
    is_onboarded,
    is_qualified,
)
from desk_console.roster.glance import RUNS_OUT_WITHIN
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.tui.dialogs.act import ActDialog, row
from desk_console.tui.host import OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.screen import DeskScreen
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.person_field import PersonField
from desk_console.tui.widgets.table import Column, Listing, Row, Toned

T = "tui.roster"
A = "tui.training"
KINDS = (FOR_THE_POST, ONBOARDING, "course", "language")
"""The kinds that can be chosen; a site's own codes come in by its lists."""

Held = tuple[PersonView, tuple[QualificationView, ...]]


class AddTraining(ActDialog[bool]):
    """Puts a course, a certificate or a language on record."""

    title_key: ClassVar[str] = f"{A}.add"
    is_wide: ClassVar[bool] = True

    def fields(self) -> ComposeResult:
        """Who, what kind, its name, from when until when."""
        yield row(f"{T}.name", PersonField(id="train-who"))
        kinds = Choice(
            KINDS, lambda code: self.tr(f"{A}.{code}"), value=FOR_THE_POST, id="train-kind"
        )
        yield row(f"{T}.request_kind", kinds)
        yield row(f"{A}.title", Line(id="train-title"))
        yield row(f"{A}.from", Line(id="train-from", narrowed=True, hint=f"{A}.from_hint"))
        yield row(f"{A}.until", Line(id="train-until", narrowed=True, hint=f"{A}.until_hint"))

    async def act(self) -> None:
        """Keep it."""
        person, writer = self.query_one(PersonField).person, self.seat.writer
        if person is None or writer is None:
            raise Refusal("tui.act.who_wanted")
        kind = self.query_one("#train-kind", Choice).value or FOR_THE_POST
        title, by = self.text_of("train-title"), writer.id
        since, until = self.text_of("train-from"), self.text_of("train-until")

        def keep(desk: Desk) -> None:
            today = desk.now().astimezone(desk.zone).date()
            form = QualificationForm(
                code=kind,
                title=title,
                valid_from=fields.day(since) or today,
                valid_until=fields.day(until),
            )
            acts.add_qualification(desk, person.id, form, by_id=by)

        await self.off_loop(keep)
        self.dismiss(True)


class TrainingScreen(OnDesk, DeskScreen[None]):
    """Everybody with what they hold; what runs out within the month stands first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "app.home"),
        binding("new", "add", words=f"{A}.add"),
        binding("discard", "end", words=f"{A}.end", priority=True),
    ]

    def __init__(self) -> None:
        """Empty until read."""
        super().__init__()
        self._held: tuple[Held, ...] = ()
        self._today = date.min

    def compose(self) -> ComposeResult:
        """What is demanded here, and the list."""
        yield Caption(f"{A}.title_all", classes="heading")
        yield Caption(id="train-said", classes="hint")
        yield Listing(
            Column("name", f"{T}.name", 20, is_most=True),
            Column("may", f"{A}.may", 13, is_most=True),
            Column("kind", f"{T}.request_kind", 14, is_most=True),
            Column("days", f"{A}.days", 36, is_most=True),
            Column("title", f"{A}.title"),
            id="training",
        )
        yield KeyLine()

    def on_mount(self) -> None:
        """Read."""
        self._today = self.desk.now().astimezone(self.desk.zone).date()
        self.query_one("#training").focus()
        self._load()

    @work(exclusive=True, group="training")
    async def _load(self) -> None:
        def look(desk: Desk) -> tuple[Held, ...]:
            with desk.reading() as session:
                return tuple(
                    (one, views.qualifications(session, one.id)) for one in views.people(session)
                )

        try:
            self._held = await self.off_loop(look)
        except Refusal as refusal:
            self.refused(refusal)
            return
        self._show()

    def refresh_texts(self) -> None:
        """The rows in the language that is on."""
        if self.query("#training"):
            self._show()

    def _show(self) -> None:
        duty = self.desk.duty
        demanded = duty.cite(Topic.QUALIFICATION) or duty.cite(Topic.ONBOARDING)
        known = duty.cite(Topic.PROCEDURES_KNOWN)
        key = "demanded" if demanded else "known" if known else "free"
        clauses = [clause for clause in (demanded, known) if clause]
        self.query_one("#train-said", Caption).say(message(f"{A}.{key}", clause=clauses))
        rows: list[tuple[bool, Row]] = []
        for person, held in self._held:
            for one in held or (None,):
                rows.append((self._runs_out(one, held), self._row(person, held, one)))
        rows.sort(key=lambda each: not each[0])
        self.query_one("#training", Listing).set_rows([each for _, each in rows])

    def _runs_out(self, one: QualificationView | None, held: tuple[QualificationView, ...]) -> bool:
        if one is None or one.valid_until is None:
            return False
        by = self._today + RUNS_OUT_WITHIN
        goes_on = any(
            other.code == one.code and (other.valid_until is None or other.valid_until > by)
            for other in held
        )
        return self._today <= one.valid_until <= by and not goes_on

    def _row(
        self, person: PersonView, held: tuple[QualificationView, ...], one: QualificationView | None
    ) -> Row:
        if one is None:
            return Row(f"p{person.id}", (person.name, self._may(held), "", "", ""))
        kind = self.tr(f"{A}.{one.code}") if one.code in KINDS else one.code
        until = one.valid_until.isoformat() if one.valid_until else self.tr(f"{A}.for_good")
        days = f"{one.valid_from} - {until}"
        shown = Toned(days)
        if one.valid_until is not None and one.valid_until < self._today:
            shown = Toned(f"{days}  {self.tr(f'{A}.over')}", "muted")
        elif self._runs_out(one, held):
            shown = Toned(f"{days}  {self.tr(f'{A}.runs_out')}", "overdue")
        return Row(str(one.id), (person.name, self._may(held), kind, shown, one.title))

    def _may(self, held: tuple[QualificationView, ...]) -> Toned:
        """Whether they may be rostered, and alone (7.2, 4.4)."""
        duty = self.desk.duty
        if not is_qualified(held, self._today, duty):
            return Toned(self.tr(f"{A}.not"), "overdue")
        if not is_onboarded(held, self._today, duty):
            return Toned(self.tr(f"{A}.beside"), "warning")
        return Toned(self.tr(f"{A}.alone"))

    @work(group="asking")
    async def action_add(self) -> None:
        """One more."""
        if await self.host.ask(AddTraining()):
            self._load()

    @work
    async def action_end(self) -> None:
        """End the marked one today: it was revoked."""
        key, writer = self.query_one("#training", Listing).key, self.seat.writer
        if key is None or key.startswith("p") or writer is None:
            return
        last, by = self._today - timedelta(days=1), writer.id
        try:
            await self.off_loop(lambda d: acts.end_qualification(d, int(key), last, by_id=by))
        except Refusal as refusal:
            self.refused(refusal)
            return
        self._load()
