"""The posts in words, as they are read from two metres away: who holds them, until when, who comes.

Posts in, lines out. No widget, no clock of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from desk_console.tui.widgets.plain import pad, tame, width

if TYPE_CHECKING:
    from desk_console.foundation.catalogue import Catalogue
    from desk_console.people.records import PersonView
    from desk_console.shift.views import PostView

GAP = 2
"""Cells between what stands in a line of the head."""


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of the head: what it says, of whom, and when."""

    label: str
    who: str
    when: str

    @property
    def cells(self) -> int:
        """The cells of whom it names."""
        return width(self.who)


def head_lines(posts: Sequence[PostView], words: Catalogue) -> tuple[HeadLine, ...]:
    """Who holds each post and until when; then who comes next. Posts are named where there are
    several."""
    named = len(posts) > 1
    now = [_holds(post, words, is_named=named) for post in posts]
    coming = dict.fromkeys(_comes(post, words) for post in posts)
    if len(coming) > 1:
        coming = dict.fromkeys(_comes(post, words, is_named=True) for post in posts)
    return (*now, *coming)


def state_lines(posts: Sequence[PostView], words: Catalogue, *, room: int = 0) -> list[str]:
    """How each post is held. Posts are named where there are several: not where all stands in the
    `room` beside their lines.
    """
    said = [(post, state_line(post, words)) for post in posts]
    if max((width(line) for _, line in said), default=0) <= room:
        return [line for _, line in said]
    named = len(posts) > 1
    return [
        words.text("tui.live.of_post", post=words.text(post.name_key), what=line) if named else line
        for post, line in said
        if line
    ]


def head_text(lines: Sequence[HeadLine]) -> Text:
    """The lines under each other, whom and when in columns; all but the labels stand out."""
    label = max((width(one.label) for one in lines), default=0) + GAP
    who = max((one.cells for one in lines if one.when), default=0) + GAP
    text = Text(end="")
    for place, one in enumerate(lines):
        text.append("\n" if place else "")
        text.append(pad(one.label, label))
        text.append(tame(pad(one.who, who) + one.when if one.when else one.who), "bold")
    return text


def state_line(post: PostView, words: Catalogue) -> str:
    """As what the post is held, since when; who is out; who else is there."""
    parts = []
    if post.holder is not None:
        state = words.text(f"shift.kind_{_kind(post)}")
        parts.append(words.text("tui.live.held", state=state, since=words.clock(post.since)))
    if post.away is not None:
        back = words.clock(post.back_at) if post.back_at else words.text("tui.live.back_open")
        parts.append(words.text("tui.live.away", name=post.away.name, back=back))
    named = (post.holder, post.away)
    others = [one.person.name for one in post.present if one.person not in named]
    if others:
        key = "also" if post.holder else "here"
        parts.append(words.text(f"tui.live.{key}", names=others))
    return words.text("tui.live.gap").join(parts)


def _kind(post: PostView) -> str:
    """As what the post is held; by whom nobody waited for, where others are rostered (3.5)."""
    holder = post.holder
    breaks = any(one.is_breach for one in post.present if holder and one.person.id == holder.id)
    return "unlisted" if breaks and post.kind == "unrostered" else post.kind


def _holds(post: PostView, words: Catalogue, *, is_named: bool) -> HeadLine:
    label = words.text(post.name_key if is_named else "tui.live.now")
    if post.is_new:
        return HeadLine(label, words.text("tui.live.nobody_yet"), "")
    if post.holder is None:
        since = words.text("tui.live.since", since=words.clock(post.since))
        return HeadLine(label, words.text(f"shift.kind_{post.kind}"), since)
    who = words.text("tui.live.holder", name=post.holder.name, role=_role(post, words))
    if post.until is None:
        return HeadLine(label, who, "")
    plan = words.either(*post.plan) if post.plan else ""
    return HeadLine(
        label, who, words.text("tui.live.until", plan=plan, until=words.clock(post.until))
    )


def _comes(post: PostView, words: Catalogue, *, is_named: bool = False) -> HeadLine:
    """Who comes next, on which shift, and by when they should be there."""
    label = words.text("tui.live.next")
    if is_named:
        label = words.text("tui.live.next_of", post=words.text(post.name_key))
    if post.next_at is None or post.next_plan is None:
        return HeadLine(label, words.text("tui.live.next_none"), "")
    names = [one.name for one in post.next_people] or [words.text("tui.live.not_rostered")]
    when = words.text(
        "tui.live.next_when",
        plan=words.either(*post.next_plan),
        at=words.clock(post.next_at),
        expected=words.clock(post.next_expected_at or post.next_at),
    )
    return HeadLine(label, words.value(names), when)


def _role(post: PostView, words: Catalogue) -> str:
    holder = post.holder
    came_as = (one.role for one in post.present if holder and one.person.id == holder.id)
    # A stand-in may have come as none in particular.
    role = next(came_as, "") or next(iter(sorted(_roles(holder))), "")
    return words.text(f"rulebook.role_{role.replace('-', '_')}") if role else ""


def _roles(person: PersonView | None) -> Iterable[str]:
    return person.roles if person else ()
