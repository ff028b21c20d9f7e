"""Help (F1): the keys of the screen beneath, and the whole rule book, found while one types.

Behind a refusal it opens at the clause that the refusal rests on.
"""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.screen import Screen

from desk_console.foundation.catalogue import message
from desk_console.foundation.text import narrow
from desk_console.rulebook.records import Clause
from desk_console.rulebook.views import clauses_at
from desk_console.tui.commands import label_of
from desk_console.tui.host import OnDesk
from desk_console.tui.keys import DEFAULT_KEYS, key_words
from desk_console.tui.screen import DeskDialog
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import Plain, one_line
from desk_console.tui.widgets.table import Column, Listing, Row, Toned

T = "tui.find"


class HelpScreen(OnDesk, DeskDialog[None]):
    """Keys and clauses in one list; the marked one stands in full below it."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_list", show=False),
    ]

    def __init__(self, clause: str | None = None) -> None:
        """At a clause, or at that of the last refusal."""
        super().__init__()
        self._at = clause
        self._is_behind_refusal = clause is None
        self._clauses: dict[str, Clause] = {}
        self._own: frozenset[str] = frozenset()
        """Those of the regulations that this site runs by."""
        self._keys: dict[str, tuple[str, str]] = {}

    def compose(self) -> ComposeResult:
        """The line to seek by, the list, the clause in full."""
        with Container(classes="dialog -wide -tall", id="help"):
            yield Caption(f"{T}.help_title", classes="title")
            yield Line(hint=f"{T}.help_hint", id="help-typed")
            yield Caption(id="help-refused", classes="warning")
            yield Listing(
                Column("name", f"{T}.help_key", 10),
                Column("what", f"{T}.help_what"),
                id="help-found",
            )
            with VerticalScroll(id="help-full"):
                yield Plain(id="help-words")
            yield KeyLine()

    def on_mount(self) -> None:
        """Read the keys of the screen beneath, then the rule book."""
        self._at = self._at or self.host.clause
        if len(self.app.screen_stack) > 1:
            self._keys = _keys_of(self.app.screen_stack[-2])
        self.query_one("#help-typed").focus()
        self._show()
        self._read()

    @work
    async def _read(self) -> None:
        import asyncio

        found = await asyncio.to_thread(clauses_at, self.desk.duty)
        self._clauses = {one.id: one for one, _ in found}
        self._own = frozenset(one.id for one, is_own in found if is_own)
        self._show()
        if self._at in self._clauses:
            if self._is_behind_refusal:
                refused = self.query_one("#help-refused", Caption)
                refused.say(message(f"{T}.help_refused", clause=self._at))
                refused.add_class("-said")
            listing = self.query_one("#help-found", Listing)
            listing.go_to(f"clause-{self._at}")
            self._put(f"clause-{self._at}")

    def _show(self) -> None:
        typed = narrow(self.query_one("#help-typed", Line).value).casefold()
        rows = [
            Row(f"key-{name}", (Toned(shown, "strong"), does))
            for name, (shown, does) in self._keys.items()
            if typed in f"{shown} {does}".casefold()
        ]
        rows += [
            Row(f"clause-{one.id}", self._cells(one))
            for one in self._clauses.values()
            if typed in f"{one.id} {one.zh} {one.en}".casefold()
        ]
        listing = self.query_one("#help-found", Listing)
        listing.set_rows(rows)
        # What stands below belongs to the list as it is now.
        self._put(listing.key or "")

    def _cells(self, one: Clause) -> tuple[Toned, Toned]:
        words, tone = one_line(self.catalogue.either(one.zh, one.en)), ""
        if one.id not in self._own:
            words, tone = f"{self.tr(f'{T}.help_not_here')}  {words}", "muted"
        return Toned(one.id, tone), Toned(words, tone)

    def refresh_texts(self) -> None:
        """Keys and clauses in the language that is on."""
        if self.is_mounted:
            if len(self.app.screen_stack) > 1:
                self._keys = _keys_of(self.app.screen_stack[-2])
            self._show()

    @on(Line.Edited)
    def _typed(self) -> None:
        self._show()

    @on(Line.Entered)
    def action_to_list(self) -> None:
        """Go to what was found."""
        self.query_one("#help-found", Listing).focus()

    @on(Listing.RowReached)
    @on(Listing.RowChosen)
    def _reached(self, event: Listing.RowReached | Listing.RowChosen) -> None:
        self._put(event.key)

    def _put(self, key: str) -> None:
        sort, _, name = key.partition("-")
        if sort == "key":
            words = "  ".join(self._keys.get(name, ("", "")))
        elif (one := self._clauses.get(name)) is not None:
            handling = self.tr(f"{T}.handling_{one.handling}")
            where = self.catalogue.either(one.where_zh, one.where)
            if name not in self._own:
                handling = self.tr(f"{T}.help_not_here")
            said = [
                f"{one.id}  {handling}",
                one.zh,
                one.en,
                self.tr(f"{T}.help_where", where=where),
            ]
            if one.places:
                said.append(self.tr(f"{T}.help_places", places=[*map(self._place, one.places)]))
            words = "\n".join(said)
        else:
            words = ""
        self.query_one("#help-words", Plain).put(words)

    def _place(self, name: str) -> str:
        """A screen as it is called, with its key where it has one."""
        key = key_words(DEFAULT_KEYS[name]) if name in DEFAULT_KEYS else ""
        return f"{key} {self.tr(label_of(name))}".strip()


def _keys_of(screen: Screen[object]) -> dict[str, tuple[str, str]]:
    """The keys that work on a screen, each with what it does, the long form where there is one.

    Ours only: those of the widgets (arrows and the like) do what they do everywhere.
    """
    found: dict[str, tuple[str, str]] = {}
    for _node, binding, enabled, tip in screen.active_bindings.values():
        if enabled and binding.id in DEFAULT_KEYS and binding.action not in found:
            does = binding.description + (f"  {tip}" if tip and tip != binding.description else "")
            found[binding.id or binding.action] = (key_words(binding.key), does)
    return found
