"""The outgoing person tells of an open matter: how it stands, what is next (9.15, 6.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from desk_console.handover.records import Severity
from desk_console.handover.telling import Statement, state
from desk_console.rulebook.topics import Topic
from desk_console.tui.dialogs.act import row
from desk_console.tui.dialogs.handover.of_matter import OfMatter
from desk_console.tui.dialogs.handover.told import T
from desk_console.tui.dialogs.times import typed_time
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import TIME, Line
from desk_console.tui.widgets.person_field import PersonField

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk


class State(OfMatter):
    """One matter. What was said at the handover before stands there to begin with."""

    title_key: ClassVar[str] = f"{T}.state_title"
    topics: ClassVar[tuple[Topic, ...]] = (
        Topic.NEXT_STEP,
        Topic.CARRY_OVER,
    )
    is_dense: ClassVar[bool] = True

    def asked(self) -> ComposeResult:
        """Severity, state, next step, why, and what may be left out."""
        point, before = self._point, self._look.suggestion
        order = list(Severity)
        least = order.index(point.least_severity)
        given = point.severity or (before.severity if before else point.least_severity)
        yield row(
            f"{T}.severity",
            Choice(
                order[least:],
                lambda code: self.tr(f"handover.severity_{code}"),
                value=max(given, point.least_severity, key=order.index),
                moves_on=True,
                id="state-severity",
            ),
        )
        said = {
            "state": point.state or (before.state if before else ""),
            "next_step": point.next_step
            or (before.next_step if before else self._look.story.line.next_step),
            "if_then": point.if_then or (before.if_then if before else ""),
        }
        yield row(f"{T}.state", Line(said["state"], id="state-state"))
        yield row(f"{T}.next_step", Line(said["next_step"], id="state-next"))
        if self.desk.duty.cite(Topic.CARRY_OVER) is not None:
            yield row(f"{T}.carry_reason", Line(point.carry_reason, id="state-carry"))
        yield row(f"{T}.next_at", Line(id="state-at", pattern=TIME, limit=5))
        yield row(f"{T}.if_then", Line(said["if_then"], id="state-if"))
        owner = PersonField(id="state-owner", lists_all=False, hint=f"{T}.new_owner_hint")
        yield row(f"{T}.new_owner", owner)

    def on_mount(self) -> None:
        """Begin with the state."""
        self.query_one("#state-state").focus()

    async def act(self) -> None:
        """Keep what was said."""
        clause = self.desk.duty.cite(Topic.NEXT_STEP)
        owner = self.query_one("#state-owner", PersonField).named(clause)
        has_carry = bool(self.query("#state-carry"))
        at = typed_time(self.text_of("state-at"), self.desk.now(), self.desk.zone)
        said = Statement(
            severity=Severity(self.query_one("#state-severity", Choice).value or "normal"),
            state=self.text_of("state-state"),
            next_step=self.text_of("state-next"),
            carry_reason=self.text_of("state-carry") if has_carry else "",
            owner_id=owner.id if owner else None,
            due_at=at or self._point.next_at,
            if_then=self.text_of("state-if"),
        )
        handover_id, person, point = self._handover_id, self._person, self._point

        def keep(desk: Desk) -> int:
            return state(
                desk, person, handover_id, point.matter_id, said, revision=point.point_revision
            )

        await self.use(keep)
        self.dismiss(True)
