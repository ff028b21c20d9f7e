"""Making a request: leave, a swap, overtime, each with the asker's own PIN."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Container

from desk_console.foundation.catalogue import Message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import narrow
from desk_console.roster.records import RequestKind
from desk_console.roster.request_rules import TOPICS
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.dialogs.roster.days import day_typed
from desk_console.tui.dialogs.times import typed_time
from desk_console.tui.screens.roster.words import cited
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, PinField
from desk_console.tui.widgets.person_field import PersonField

if TYPE_CHECKING:
    from sqlmodel import Session

    from desk_console.people.pins import Proof
    from desk_console.people.records import PersonView
    from desk_console.rulebook.desk import Desk

T = "tui.roster"

ROWS: dict[str, frozenset[str]] = {
    RequestKind.LEAVE: frozenset({"first", "last"}),
    RequestKind.SWAP: frozenset({"first", "partner", "other"}),
    RequestKind.OVERTIME: frozenset({"first", "from", "minutes"}),
}
"""The rows that each kind of request has beside who, why and the PIN."""
DAYS: dict[str, str] = {
    RequestKind.LEAVE: "ask_first",
    RequestKind.SWAP: "ask_day",
    RequestKind.OVERTIME: "ask_on",
}
"""What its first day is called: only leave goes on to another."""


class AskDialog(ActDialog[bool]):
    """Makes a request; gives True when it was made."""

    title_key: ClassVar[str] = f"{T}.ask_title"
    is_wide: ClassVar[bool] = True
    blames: ClassVar[Mapping[str, str]] = {"roster.reason_wanted": "ask-reason"}

    def __init__(self) -> None:
        """A new form: sent twice, it asks once."""
        super().__init__()
        self._form_id = ""

    def fields(self) -> ComposeResult:
        """What is asked, for when, with whom, why."""
        kinds = Choice(
            tuple(RequestKind),
            lambda code: self.tr(f"roster.kind_{code}"),
            value=RequestKind.LEAVE,
            id="ask-kind",
        )
        yield row(f"{T}.ask_kind", kinds)
        yield Label(self._rule(RequestKind.LEAVE), classes="hint", id="ask-rule")
        yield row(f"{T}.ask_who", PersonField(id="ask-who"))
        yield row(
            f"{T}.ask_first",
            Line(id="ask-first", narrowed=True, hint=f"{T}.ask_day_hint"),
            id="row-first",
        )
        yield row(
            f"{T}.ask_last",
            Line(id="ask-last", narrowed=True, hint=f"{T}.ask_last_hint"),
            id="row-last",
        )
        yield row(f"{T}.ask_partner", PersonField(id="ask-partner"), id="row-partner")
        other = Line(id="ask-other", narrowed=True, hint=f"{T}.ask_other_hint")
        yield row(f"{T}.ask_other", other, id="row-other")
        begins = Line(id="ask-from", narrowed=True, hint=f"{T}.ask_from_hint")
        yield row(f"{T}.ask_from", begins, id="row-from")
        yield row(f"{T}.ask_minutes", Line(id="ask-minutes", narrowed=True), id="row-minutes")
        yield row(f"{T}.ask_reason", Line(id="ask-reason"))
        yield row(f"{T}.ask_pin", PinField(id="ask-pin"))

    def on_mount(self) -> None:
        """Whoever sits here asks, unless somebody else is named."""
        self._form_id = self.desk.source.new_id()
        self.query_one("#ask-kind").focus()
        self._show_rows(RequestKind.LEAVE)
        self.call_after_refresh(self._name_writer)

    def _name_writer(self) -> None:
        if self.seat.writer is not None:
            self.query_one("#ask-who", PersonField).take(self.seat.writer)

    def on_choice_chosen(self, event: Choice.Chosen) -> None:
        """Each kind has rows of its own."""
        event.stop()
        self._show_rows(event.code or RequestKind.LEAVE)

    def _rule(self, kind: str) -> Message | str:
        """That it is asked for beforehand, and by which clause."""
        duty, topic = self.desk.duty, TOPICS[RequestKind(kind)]
        return cited(f"{T}.ask_rule", duty.cite(topic) or duty.cite(Topic.LEAVE))

    def _show_rows(self, kind: str) -> None:
        self.query_one("#ask-rule", Label).word(self._rule(kind))
        self.query_one("#row-first", Container).query_one(Label).word(f"{T}.{DAYS[kind]}")
        for name in ("first", "last", "partner", "other", "from", "minutes"):
            self.query_one(f"#row-{name}").set_class(name not in ROWS[kind], "-off")

    async def act(self) -> None:
        """Ask."""
        who = self.query_one("#ask-who", PersonField).person
        if who is None:
            raise Refusal("tui.act.who_wanted", field="ask-who")
        kind = self.query_one("#ask-kind", Choice).value or RequestKind.LEAVE
        given = {
            name: self.text_of(f"ask-{name}")
            for name in ("first", "last", "other", "from", "minutes", "reason")
        }
        partner = self.query_one("#ask-partner", PersonField).person
        pin, form_id = self.text_of("ask-pin"), self._form_id

        def ask(desk: Desk) -> None:
            from desk_console.people.pins import prove

            _ask(desk, prove(desk, who.id, pin), form_id, kind, given, partner)

        await self.off_loop(ask)
        self.host.spread()
        self.dismiss(True)
        self.say(f"{T}.ask_done")


def _ask(
    desk: Desk,
    proof: Proof,
    form_id: str,
    kind: str,
    given: dict[str, str],
    partner: PersonView | None,
) -> None:
    from desk_console.roster import asking
    from desk_console.roster.asking_overtime import ask_overtime

    first, reason = day_typed(desk, given["first"], field="ask-first"), given["reason"]
    if kind == RequestKind.LEAVE:
        last = first
        if given["last"].strip():
            last = day_typed(desk, given["last"], field="ask-last")
        asking.ask_leave(desk, proof, form_id, first, last, reason=reason)
        return
    if kind == RequestKind.OVERTIME:
        typed = narrow(given["minutes"])
        if not typed.isdecimal():
            raise Refusal(f"{T}.ask_number", field="ask-minutes")
        at = typed_time(given["from"], desk.now(), desk.zone)
        begins = at.time() if at else None
        ask_overtime(desk, proof, form_id, first, int(typed), reason=reason, begins=begins)
        return
    if partner is None:
        raise Refusal("roster.no_such_partner", field="ask-partner")
    with desk.reading() as session:
        own = _duty(session, desk, proof.person, first, field="ask-first")
        other = None
        if given["other"].strip():
            day = day_typed(desk, given["other"], field="ask-other")
            other = _duty(session, desk, partner, day, field="ask-other")
    asking.ask_swap(desk, proof, form_id, own, partner.id, other_duty_id=other, reason=reason)


def _duty(session: Session, desk: Desk, person: PersonView, on: date, *, field: str) -> int:
    """The person's whole duty on a day."""
    from desk_console.roster.views import placed

    whole = {plan.code for plan in desk.duty.shifts if plan.within is None}
    for one in placed(session, on, on):
        if one.person_id == person.id and one.plan_code in whole and one.duty_id is not None:
            return one.duty_id
    raise Refusal(f"{T}.ask_no_duty", name=person.name, day=on, field=field)
