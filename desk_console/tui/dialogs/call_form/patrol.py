"""The points of a round on the call form: in order or not, what was found, what put it right
(9.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.message import Message as Event

from desk_console.tui.language import Spoken, catalogue_of, tr
from desk_console.tui.widgets.choice import Choice
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.plain import Plain, fit

T = "tui.call_form"
NAME_CELLS = 15


class Point(Spoken, Horizontal):
    """One point: its name, its state, the finding and what was done about it."""

    def __init__(
        self, names: tuple[str, str], kept: dict[str, Any], *, begins: bool = False
    ) -> None:
        """`names` in Chinese and English; `kept` is what a draft holds of it; with `begins` the
        cursor comes here from where the form begins."""
        super().__init__(classes="point")
        self._begins = begins
        self._names = names
        self._kept = kept

    @property
    def _point(self) -> str:
        return catalogue_of(self).either(*self._names)

    def refresh_texts(self) -> None:
        """Its name in the language that is on."""
        for name in self.query(".point-name").results(Plain):
            name.put(fit(self._point, NAME_CELLS))

    def compose(self) -> ComposeResult:
        """On one line; the finding is asked where it is not in order."""
        yield Plain(fit(self._point, NAME_CELLS), classes="point-name")
        yield Choice(
            ("ok", "bad"),
            lambda code: tr(self, f"{T}.point_{code}"),
            value=self._kept.get("state"),
            hotkeys="12",
            moves_on=True,
            classes="point-field point-state",
        )
        finding = self._kept.get("finding", "")
        yield Line(finding, hint=f"{T}.finding", classes="point-field field finding")
        yield Line(
            self._kept.get("correction", ""),
            hint=f"{T}.correction",
            classes="point-field field correction",
        )

    def on_mount(self) -> None:
        """Show only what the state asks."""
        self._show_state()
        at = self.screen.focused
        if self._begins and (at is None or at.id in ("kind", "route")):
            self.query_one(Choice).focus()

    @property
    def is_open(self) -> bool:
        """Was nothing said of it yet?"""
        return not (self.query_one(Choice).value if self.children else self._kept.get("state"))

    def begin(self) -> None:
        """The cursor comes here, as soon as there is something to put it on."""
        self._begins = True
        for state in self.query(Choice):
            state.focus()

    def _show_state(self) -> None:
        is_bad = self.query_one(Choice).value == "bad"
        for field in self.query(Line):
            field.display = is_bad

    @on(Choice.Chosen)
    def _stated(self) -> None:
        self._show_state()
        state = self.query_one(Choice)
        if state.value == "bad" and not state.has_focus:
            self.query_one(".finding", Line).focus()  # it came up behind the key that moved on

    @property
    def said(self) -> dict[str, str]:
        """What stands in it."""
        return {
            "point": self._point,
            "state": self.query_one(Choice).value or "",
            "finding": self.query_one(".finding", Line).value,
            "correction": self.query_one(".correction", Line).value,
        }


class Points(Container):
    """The points of the route that was chosen."""

    @dataclass
    class Edited(Event):
        """Something was said about a point."""

        points: list[dict[str, str]]

    def show_points(
        self, points: Sequence[tuple[str, str]], kept: Sequence[dict[str, Any]] | None
    ) -> None:
        """Ask about these points, each named in Chinese and English; `kept` is what a draft holds
        of them, under either name. The cursor goes to the first that nothing was said of."""
        known = {str(one.get("point")): one for one in kept or ()}
        said = [known.get(zh) or known.get(en) or {} for zh, en in points]
        self.remove_children()
        open_one = next((at for at, one in enumerate(said) if not one.get("state")), None)
        self.mount_all(
            [
                Point(names, one, begins=at == open_one)
                for at, (names, one) in enumerate(zip(points, said, strict=True))
            ]
        )

    def begin(self) -> bool:
        """The cursor to the first point that nothing was said of; False where there is none."""
        open_one = next((one for one in self.query(Point) if one.is_open), None)
        if open_one is not None:
            open_one.begin()
        return open_one is not None

    def focus(self, scroll_visible: bool = True) -> Self:
        """To what a refusal of the points is about: the first finding that is not written."""
        for point in self.query(Point):
            finding = point.query_one(".finding", Line)
            if point.said["state"] == "bad" and not finding.value.strip():
                finding.focus(scroll_visible)
                break
        return self

    @property
    def said(self) -> list[dict[str, str]]:
        """What stands at each point; empty where nothing was said of any."""
        points = [one.said for one in self.query(Point) if one.children]
        return points if any(one["state"] for one in points) else []

    @on(Choice.Chosen)
    @on(Line.Edited)
    def _edited(self) -> None:
        if points := self.said:
            self.post_message(self.Edited(points))
