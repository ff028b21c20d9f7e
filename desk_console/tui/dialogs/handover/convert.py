"""A night's leftover turned into a work order, a complaint record or a task (6.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.foundation.refusal import Refusal
from desk_console.handover.converting import convert
from desk_console.log.departments import DepartmentView, departments
from desk_console.matters.codes import Form
from desk_console.matters.night import leftovers
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import row
from desk_console.tui.dialogs.handover.receive import OfTold
from desk_console.tui.dialogs.handover.told import T
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line

if TYPE_CHECKING:
    from desk_console.matters.night import Leftover
    from desk_console.rulebook.desk import Desk

FORMS = (Form.WORK_ORDER, Form.COMPLAINT, Form.TASK)


class Convert(OfTold):
    """Into which form, and which department is told."""

    title_key: ClassVar[str] = f"{T}.convert_title"
    topics: ClassVar[tuple[Topic, ...]] = (Topic.LEFTOVERS,)

    def asked(self) -> ComposeResult:
        """The form, the department, who there was told."""
        self._departments: dict[str, DepartmentView] = {}
        yield from super().asked()
        yield row(
            f"{T}.convert_into",
            Choice(
                FORMS,
                lambda code: self.tr(f"matters.form_{code}"),
                value=Form.WORK_ORDER,
                moves_on=True,
                id="convert-into",
            ),
        )
        yield row(
            f"{T}.convert_department",
            Choice((), self._department, moves_on=True, id="convert-department"),
        )
        yield row(f"{T}.convert_told", Line(id="convert-told"))

    def on_mount(self) -> None:
        """Into which form first."""
        self.query_one("#convert-into").focus()

    async def prepare(self) -> None:
        """Which departments there are; what the matter usually becomes."""

        def look(desk: Desk) -> tuple[tuple[DepartmentView, ...], Leftover | None]:
            with desk.reading() as session:
                waiting = leftovers(session, desk.duty)
                mine = (one for one in waiting if one.matter_id == self._point.matter_id)
                return departments(session), next(mine, None)

        found, leftover = await self.off_loop(look)
        self._departments = {str(one.id): one for one in found}
        choice = self.query_one("#convert-department", Choice)
        choice.offer(self._departments)
        if leftover is not None:
            self.query_one("#convert-into", Choice).value = leftover.becomes
            choice.value = str(leftover.department_id) if leftover.department_id else None
        if choice.value is None:
            choice.focus()

    def _department(self, code: str) -> str:
        found = self._departments[code]
        return self.catalogue.either(found.zh, found.en)

    async def act(self) -> None:
        """Turn it."""
        becomes = Form(self.query_one("#convert-into", Choice).value or Form.WORK_ORDER)
        department = self.query_one("#convert-department", Choice).value
        if department is None:
            clause = self.desk.duty.cite(Topic.LEFTOVERS)
            wanted = f"{T}.convert_department_wanted"
            raise Refusal(wanted, clause=clause, field="convert-department")
        given: dict[str, object] = {"department": int(department)}
        if told := self.text_of("convert-told").strip():
            given["told"] = told
        handover_id, person, point = self._handover_id, self._person, self._point

        def keep(desk: Desk) -> str:
            return convert(
                desk,
                person,
                handover_id,
                point.matter_id,
                revision=point.matter_revision,
                becomes=becomes,
                given=given,
            )

        number = await self.use(keep)
        self.dismiss(True)
        self.say(f"{T}.converted", number=number)
