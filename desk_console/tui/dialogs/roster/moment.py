"""Who was on duty at a moment of the past: as rostered then, and as it really was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.refusal import Refusal
from desk_console.tui.dialogs.act import ActDialog, Label, row
from desk_console.tui.dialogs.times import typed_moment
from desk_console.tui.widgets.fields import Line
from desk_console.tui.widgets.plain import Plain

if TYPE_CHECKING:
    from desk_console.people.values import PersonView
    from desk_console.roster.rules import Occurrence
    from desk_console.rulebook.desk import Desk
    from desk_console.rulebook.records import Post
    from desk_console.shift.views import TenureLine

T = "tui.moment"
_AN_INSTANT = timedelta(microseconds=1)


class MomentDialog(ActDialog[None]):
    """Asks when, and says who; it stays open for the next moment."""

    title_key: ClassVar[str] = f"{T}.title"
    is_wide: ClassVar[bool] = True
    is_dense: ClassVar[bool] = True

    def __init__(self) -> None:
        """Nothing was asked yet."""
        super().__init__()
        self._said: tuple[Message | str, ...] = ()

    def fields(self) -> ComposeResult:
        """When; the answer."""
        yield Label(f"{T}.how", classes="hint")
        yield row(f"{T}.when", Line(id="moment-when", narrowed=True))
        with VerticalScroll(id="news-lines", can_focus=False):
            yield Plain(id="moment-words")

    async def act(self) -> None:
        """Look it up."""
        typed = self.text_of("moment-when")
        self._said = await self.off_loop(lambda desk: answer(desk, typed))
        self.refresh_texts()

    def refresh_texts(self) -> None:
        """The answer in the language that is on."""
        super().refresh_texts()
        if self.query("#moment-words"):
            lines = [self.tr(one) for one in self._said]
            self.query_one("#moment-words", Plain).put("\n".join(lines))


def answer(desk: Desk, typed: str) -> tuple[Message | str, ...]:
    """Who was rostered at that moment, who held each post, who was signed on."""
    from desk_console.roster.views import rostered_at
    from desk_console.shift.views import present_at_moment, timeline

    now = desk.now()
    at = typed_moment(typed, now, desk.zone, is_past=True) or now
    if at > now:
        raise Refusal(f"{T}.not_yet")
    with desk.reading() as session:
        rostered = rostered_at(session, desk, at)
        held = [
            (post, one)
            for post in desk.duty.posts()
            for one in timeline(session, post.code, at, at + _AN_INSTANT)
        ]
        present = present_at_moment(session, at)
    head = message(f"{T}.rostered" if rostered else f"{T}.rostered_none", at=at)
    names = [one.name for one in present]
    return (
        head,
        *_shifts(desk, rostered),
        f"{T}.held",
        *([_post(post, one) for post, one in held] or [message(f"{T}.held_none")]),
        message(f"{T}.present", names=names) if names else f"{T}.present_none",
    )


def _shifts(desk: Desk, rostered: tuple[tuple[Occurrence, PersonView], ...]) -> list[Message]:
    from desk_console.roster.findings import shift_name

    by_shift: dict[Occurrence, list[str]] = {}
    for occurrence, person in rostered:
        by_shift.setdefault(occurrence, []).append(f"{person.name} {person.phone}".rstrip())
    return [
        message(
            f"{T}.shift",
            shift=shift_name(desk.duty, one.plan_code, one.post_code),
            begins=_clock(desk, one.begins_at),
            ends=_clock(desk, one.ends_at),
            names=names,
        )
        for one, names in by_shift.items()
    ]


def _clock(desk: Desk, at: datetime) -> str:
    return f"{at.astimezone(desk.zone):%H:%M}"


def _post(post: Post, one: TenureLine) -> Message:
    said = {"post": message(post.name_key), "kind": message(f"shift.kind_{one.kind}")}
    if one.person is None:
        return message(f"{T}.post_nobody", **said)
    key = f"{T}.post_until" if one.ended_at is not None else f"{T}.post"
    return message(key, name=one.person.name, since=one.began_at, until=one.ended_at, **said)
