"""The field in which items are counted, and what is kept of a count that is half typed (9.10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message as Event

from desk_console.handover.found import Found
from desk_console.handover.records import Condition
from desk_console.tui.dialogs.kept import Keeper, Typed
from desk_console.tui.host import OnDesk
from desk_console.tui.widgets.fields import Line

DAMAGE_SIGNS = frozenset("/／、.。")
"""What the key beside the digits gives, with an input method on or off."""


class CountLine(Line):
    """The figure of one item. Up and Down go through the items, `/` marks damage: one is, all
    are, none is; with a number before it, so many are.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", show=False),
        Binding("down", "go(1)", show=False),
    ]
    moves_on: ClassVar[bool] = True
    """The right figure brings the next item: what is typed ahead belongs to that one."""

    @dataclass
    class Go(Event):
        """To another item."""

        by: int

    @dataclass
    class Damage(Event):
        """Of this one, so many are damaged; without a number, one more than was said."""

        number: int | None

    def action_go(self, by: int) -> None:
        """Another item."""
        self.post_message(self.Go(by))

    async def _on_key(self, event: events.Key) -> None:
        if event.character in DAMAGE_SIGNS:
            event.stop()
            event.prevent_default()
            self.post_message(self.Damage(int(self.value) if self.value else None))
            self.value = ""
            return
        await super()._on_key(event)


@dataclass(frozen=True, slots=True)
class Half:
    """What was begun of a count: a figure half typed, a damage said before its figure."""

    figures: Mapping[int, str]
    found: Mapping[int, Found]

    def typed(self) -> Typed:
        """As a draft holds it."""
        return {
            **{f"figure:{item_id}": said for item_id, said in self.figures.items() if said},
            **{f"found:{item_id}": _code(found) for item_id, found in self.found.items()},
        }

    @classmethod
    def of(cls, typed: Typed) -> Half:
        """What a draft holds."""
        said: dict[str, dict[int, str]] = {"figure": {}, "found": {}}
        for name, value in typed.items():
            kind, _, item_id = name.partition(":")
            said[kind][int(item_id)] = str(value)
        return cls(said["figure"], {id: _found(code) for id, code in said["found"].items()})


def _code(found: Found) -> str:
    return str(found.condition if found.damaged is None else found.damaged)


def _found(code: str) -> Found:
    return Found(Condition.DAMAGED, int(code)) if code.isdigit() else Found(Condition(code))


class CountKeeper(Keeper):
    """Keeps a count that is half typed."""

    def __init__(self, place: OnDesk, half: Callable[[], Half]) -> None:
        """`half` is what stands there now."""
        super().__init__(place, lambda: ())
        self._half = half

    def unsaved(self) -> Typed:
        """What was begun, item by item."""
        return self._half().typed()
