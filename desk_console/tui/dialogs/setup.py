"""Adding to the set-up: people, residents, departments, items, routes. The acts check who may."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from desk_console.foundation.refusal import Refusal
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import ROLES, role_key
from desk_console.tui.dialogs.act import ActDialog, row
from desk_console.tui.language import tr
from desk_console.tui.widgets.fields import Line, PinField, Words
from desk_console.tui.widgets.marks import Marks

T = "tui.setup"

FIELDS: dict[str, tuple[str, ...]] = {
    "people": ("staff_no", "name", "phone", "mail"),
    "residents": ("building", "entrance", "room", "name", "phone", "instruction"),
    "departments": ("code", "zh", "en", "phone"),
    "items": ("code", "thing", "group", "unit", "opening"),
    "routes": ("code", "zh", "en"),
}


class SetUpAct(ActDialog[bool]):
    """A dialog of the set-up: it needs somebody who is signed on."""

    is_wide: ClassVar[bool] = True

    @property
    def writer(self) -> PersonView:
        """Who is signed on here. Refuses where nobody is."""
        if self.seat.writer is None:
            raise Refusal(f"{T}.sign_on_first")
        return self.seat.writer


class AddThing(SetUpAct):
    """One more of a subject."""

    def __init__(self, subject: str) -> None:
        """`subject` is one of `FIELDS`."""
        super().__init__()
        self._subject = subject
        self.title_key = f"{T}.add_{subject}"  # type: ignore[misc] # the one dialog has five titles

    def fields(self) -> ComposeResult:
        """The fields of the subject, in order."""
        for name in FIELDS[self._subject]:
            yield row(f"{T}.{name}", Line(id=f"set-{name}"))
        if self._subject == "people":
            yield row(
                f"{T}.roles",
                Marks(ROLES, lambda code: tr(self, role_key(code)), ticked=("clerk",), id="roles"),
            )
        if self._subject == "routes":
            yield row(f"{T}.points", Words(id="set-points"))

    async def act(self) -> None:
        """Add it."""
        writer = self.writer
        given = {name: self.text_of(f"set-{name}") for name in FIELDS[self._subject]}
        if self._subject == "people":
            roles = self.query_one("#roles", Marks).ticked
            await self.off_loop(lambda desk: _add_person(desk, writer, given, roles))
        elif self._subject == "residents":
            await self.off_loop(lambda desk: _add_resident(desk, writer, given))
        elif self._subject == "departments":
            await self.off_loop(lambda desk: _add_department(desk, writer, given))
        elif self._subject == "items":
            await self.off_loop(lambda desk: _add_item(desk, writer, given))
        else:
            points = self.text_of("set-points").splitlines()
            await self.off_loop(lambda desk: _add_route(desk, writer, given, points))
        self.dismiss(True)
        self.say(f"{T}.added")


def _add_person(
    desk: Desk, writer: PersonView, given: dict[str, str], roles: frozenset[str]
) -> None:
    from desk_console.people.acts import add_person
    from desk_console.people.records import PersonForm

    today = desk.now().astimezone(desk.zone).date()
    add_person(
        desk,
        PersonForm(
            staff_no=given["staff_no"],
            name=given["name"],
            phone=given["phone"],
            mail=given["mail"],
            roles=roles,
            started_on=today,
        ),
        by_id=writer.id,
    )


def _add_resident(desk: Desk, writer: PersonView, given: dict[str, str]) -> None:
    from desk_console.log.residents import ResidentForm, add_resident

    phones = tuple(filter(None, given["phone"].replace("，", ",").split(",")))
    form = ResidentForm(
        building=given["building"],
        entrance=given["entrance"],
        room=given["room"],
        name=given["name"],
        phones=phones,
        instruction=given["instruction"],
    )
    add_resident(desk, writer, form)


def _add_department(desk: Desk, writer: PersonView, given: dict[str, str]) -> None:
    from desk_console.log.departments import DepartmentForm, add_department

    add_department(desk, writer, DepartmentForm(**given))


def _add_item(desk: Desk, writer: PersonView, given: dict[str, str]) -> None:
    from desk_console.shift.items import ItemForm, add_item, whole_number

    form = ItemForm(
        code=given["code"],
        name=given["thing"],
        group=given["group"],
        unit=given["unit"],
        opening=whole_number(given["opening"]) if given["opening"] else 0,
    )
    add_item(desk, writer.id, form)


def _add_route(desk: Desk, writer: PersonView, given: dict[str, str], points: list[str]) -> None:
    from desk_console.shift.rounds import add_route

    named = [(point, point) for point in points if point.strip()]
    add_route(desk, writer.id, code=given["code"], zh=given["zh"], en=given["en"], points=named)


class ResetPin(SetUpAct):
    """Begin a reset, with a fresh PIN of one's own; the person chooses the new one."""

    title_key: ClassVar[str] = f"{T}.reset_title"

    def __init__(self, person_id: int) -> None:
        """Of that person."""
        super().__init__()
        self._person_id = person_id

    def fields(self) -> ComposeResult:
        """One's own PIN."""
        yield row(f"{T}.reset_pin", PinField(id="reset-pin"))

    async def act(self) -> None:
        """Prove it, and begin."""
        from desk_console.people.pins import begin_reset, prove

        writer, pin, person_id = self.writer, self.text_of("reset-pin"), self._person_id
        await self.off_loop(lambda desk: begin_reset(desk, prove(desk, writer.id, pin), person_id))
        self.dismiss(True)
        self.say(f"{T}.reset_done")
