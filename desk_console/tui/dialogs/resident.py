"""What is done to a unit's file: somebody is seen whole, added, changed, moves; what to know."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.log.resident_records import ErasureReason, LookReason
from desk_console.log.residents import KINDS
from desk_console.rulebook.topics import Topic
from desk_console.tui.citing import cited
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.language import tr
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line, PinField
from desk_console.tui.widgets.person_field import PersonField
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.handover.erasing import Erased
    from desk_console.log.resident_views import ResidentLine, UnitFile
    from desk_console.log.residents import Match
    from desk_console.people.records import PersonView
    from desk_console.rulebook.desk import Desk

T = "tui.residents"
ResultT = TypeVar("ResultT")
KeptT = TypeVar("KeptT")

_BETWEEN = re.compile(r"[,，、;；]+")


class FileAct(ActDialog[ResultT]):
    """A dialog about a unit's file: it needs somebody who is signed on."""

    is_wide: ClassVar[bool] = True

    async def keep(self, act: Callable[[Desk, PersonView], KeptT]) -> KeptT:
        """Do it as the writer, off the loop. Refuses where nobody is signed on."""
        writer = self.seat.writer
        if writer is None:
            raise Refusal("tui.setup.sign_on_first")
        return await self.off_loop(lambda desk: act(desk, writer))

    def kind_field(self, value: str) -> Choice:
        """Owner, resident or tenant."""
        return Choice(
            KINDS, lambda code: tr(self, f"log.kind_of_{code}"), value=value, id="resident-kind"
        )

    def phones_typed(self) -> tuple[str, ...]:
        """The numbers in the field, parted by commas."""
        parts = _BETWEEN.split(self.text_of("resident-phones"))
        return tuple(filter(None, (part.strip() for part in parts)))


class Reveal(FileAct["Match"]):
    """Shows one resident's name and numbers whole, once it is said what for (4.9)."""

    title_key: ClassVar[str] = f"{T}.reveal_title"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "act", show=False, priority=True)]

    def __init__(self, resident_id: int) -> None:
        """Of that resident."""
        super().__init__()
        self._resident_id = resident_id

    def fields(self) -> ComposeResult:
        """What for."""
        how = cited(f"{T}.reveal_how", self.desk.duty, Topic.CONFIDENTIALITY)
        yield Label(how, classes="said")
        yield row(
            f"{T}.reveal_reason",
            Choice(
                LookReason,
                lambda code: tr(self, f"log.look_{code}"),
                value=LookReason.CALL_BACK,
                id="reveal-reason",
            ),
        )

    async def act(self) -> None:
        """Look, on record."""
        from desk_console.log.resident_files import reveal

        reason = LookReason(self.query_one("#reveal-reason", Choice).value or LookReason.CALL_BACK)
        resident_id = self._resident_id
        self.dismiss(
            await self.keep(lambda desk, writer: reveal(desk, writer, resident_id, reason))
        )


class AddResident(FileAct[bool]):
    """One more in a unit; without one, building and room are asked."""

    title_key: ClassVar[str] = f"{T}.add_title"

    def __init__(self, unit: UnitFile | None = None) -> None:
        """In that unit."""
        super().__init__()
        self._unit = unit

    def fields(self) -> ComposeResult:
        """Where, who, how to reach them."""
        if self._unit is not None:
            yield row(f"{T}.unit", Plain(self._unit.code))
        else:
            yield row(f"{T}.unit", Line(hint=f"{T}.unit_hint", id="resident-unit", narrowed=True))
        yield row(f"{T}.name", Line(id="resident-name"))
        yield row(f"{T}.kind", self.kind_field("owner"))
        yield row(f"{T}.phones", Line(hint=f"{T}.phones_hint", id="resident-phones", narrowed=True))

    async def act(self) -> None:
        """Add them."""
        from desk_console.log.resident_files import add_resident
        from desk_console.log.residents import ResidentForm
        from desk_console.log.units import unit_name

        typed = self._unit.code if self._unit is not None else self.text_of("resident-unit")
        place = unit_name(typed)
        if place is None:
            raise Refusal("log.missing_unit", field="resident-unit")
        form = ResidentForm(
            building=place.building,
            entrance=place.entrance,
            room=place.room,
            name=self.text_of("resident-name"),
            kind=self.query_one("#resident-kind", Choice).value or "owner",
            phones=self.phones_typed(),
        )
        await self.keep(lambda desk, writer: add_resident(desk, writer, form))
        self.dismiss(True)
        self.say(f"{T}.added")


class ChangeResident(FileAct[bool]):
    """Another name, number or standing, and why."""

    title_key: ClassVar[str] = f"{T}.change_title"

    def __init__(self, known: Match, revision: int) -> None:
        """Somebody who was revealed, as they stood at that revision."""
        super().__init__()
        self._known = known
        self._revision = revision

    def fields(self) -> ComposeResult:
        """What stands now, to be changed."""
        known = self._known
        yield row(f"{T}.unit", Plain(known.unit))
        yield row(f"{T}.name", Line(known.name, id="resident-name"))
        yield row(f"{T}.kind", self.kind_field(known.kind))
        yield row(
            f"{T}.phones",
            Line(
                ", ".join(known.phones),
                hint=f"{T}.phones_hint",
                id="resident-phones",
                narrowed=True,
            ),
        )
        yield row(f"{T}.reason", Line(id="resident-reason"))

    async def act(self) -> None:
        """Change them."""
        from desk_console.log.resident_files import change_resident

        name, reason = self.text_of("resident-name"), self.text_of("resident-reason")
        kind = self.query_one("#resident-kind", Choice).value or self._known.kind
        phones, number, revision = self.phones_typed(), self._known.resident_id or 0, self._revision
        await self.keep(
            lambda desk, writer: change_resident(
                desk, writer, number, revision, name=name, phones=phones, kind=kind, reason=reason
            )
        )
        self.dismiss(True)
        self.say(f"{T}.changed")


class MoveOut(FileAct[bool]):
    """A resident moved out, or is back; their history stays."""

    def __init__(self, line: ResidentLine) -> None:
        """Of that resident."""
        super().__init__()
        self._line = line
        way = "out" if line.is_active else "back"
        self.title_key = f"{T}.move_{way}"  # type: ignore[misc] # the one dialog has two titles

    def fields(self) -> ComposeResult:
        """Who, and why."""
        yield row(f"{T}.name", Plain(self._line.name))
        yield row(f"{T}.reason", Line(id="resident-reason"))

    async def act(self) -> None:
        """Note it."""
        from desk_console.log.resident_files import resident_left

        line, reason = self._line, self.text_of("resident-reason")
        await self.keep(
            lambda desk, writer: resident_left(desk, writer, line.id, line.revision, reason=reason)
        )
        self.dismiss(True)
        self.say(f"{T}.moved_{'out' if line.is_active else 'back'}")


class EraseResident(FileAct[bool]):
    """All that was written of a resident goes, by order (4.9): number, reason, a fresh PIN."""

    title_key: ClassVar[str] = f"{T}.erase_title"
    is_dense: ClassVar[bool] = True

    def __init__(self, unit: str, line: ResidentLine, outlook: Erased) -> None:
        """Of that resident; `outlook` is what goes, as it stood when it was asked for."""
        super().__init__()
        self._unit = unit
        self._line = line
        self._outlook = outlook

    def fields(self) -> ComposeResult:
        """What goes, by which order, who answers for it."""
        goes = self._outlook
        yield row(f"{T}.name", Plain(f"{self._unit}  {self._line.name}"))
        figures = {"entries": goes.entries, "matters": goes.matters, "handovers": goes.handovers}
        yield Label(message(f"{T}.erase_goes", **figures), classes="said")
        stays = cited(f"{T}.erase_stays", self.desk.duty, Topic.CONFIDENTIALITY)
        yield Label(stays, classes="said")
        yield row(f"{T}.erase_order", Line(hint=f"{T}.erase_order_hint", id="erase-order"))
        yield row(
            f"{T}.reason",
            Choice(
                ErasureReason,
                lambda code: tr(self, f"log.erase_{code}"),
                value=ErasureReason.REQUEST,
                id="erase-reason",
            ),
        )
        yield row(f"{T}.erase_by", PersonField(id="erase-by", lists_all=False))
        yield row(f"{T}.pin", PinField(id="erase-pin"))

    async def act(self) -> None:
        """Have it erased, and the search index made anew."""
        from desk_console.handover.erasing import erase_resident
        from desk_console.people.pins import prove

        by = self.query_one("#erase-by", PersonField).person
        if by is None:
            raise Refusal("tui.matters.owner_wanted", field="erase-by")
        order, pin = self.text_of("erase-order"), self.query_one("#erase-pin", PinField).value
        reason = ErasureReason(self.query_one("#erase-reason", Choice).value or "request")
        line, signer = self._line, by.id

        def erase(desk: Desk) -> Erased:
            proof = prove(desk, signer, pin)
            return erase_resident(desk, proof, line.id, line.revision, order=order, reason=reason)

        await self.off_loop(erase)
        self.host.index_again()
        self.host.spread()
        self.dismiss(True)
        self.say(f"{T}.erased", order=order)


class Instruction(FileAct[bool]):
    """What the desk must know before it acts in the unit; the call form shows it."""

    title_key: ClassVar[str] = f"{T}.instruction_title"

    def __init__(self, unit: UnitFile) -> None:
        """Of that unit."""
        super().__init__()
        self._unit = unit

    def fields(self) -> ComposeResult:
        """The words."""
        yield row(f"{T}.unit", Plain(self._unit.code))
        yield row(f"{T}.instruction", Line(self._unit.instruction, id="unit-instruction"))

    async def act(self) -> None:
        """Keep them."""
        from desk_console.log.resident_files import set_instruction

        unit, words = self._unit, self.text_of("unit-instruction")

        def keep(desk: Desk, writer: PersonView) -> bool:
            set_instruction(desk, writer, unit.id, was=unit.instruction, words=words)
            return True

        self.dismiss(await self.keep(keep))
        self.say(f"{T}.changed")
