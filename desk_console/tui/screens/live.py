"""The live shift (F3): who holds the post, what is due, what is open, today's log, what is wrong.

It stays true by itself: it looks again when anybody wrote and at each full minute, changes only the
rows that differ, and never touches the focus.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container

from desk_console.beginnings import ROSTER
from desk_console.foundation.catalogue import Literally
from desk_console.foundation.refusal import Refusal
from desk_console.tui.host import Changed, OnDesk
from desk_console.tui.keys import DEFAULT_KEYS, key_words
from desk_console.tui.screen import DeskScreen
from desk_console.tui.widgets.clockface import ClockFace
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import Plain, fit, folded

if TYPE_CHECKING:
    from textual.screen import Screen

    from desk_console.handover.glance import Awaited
    from desk_console.people.rules import Right
    from desk_console.tui.screens.live_lists import LiveLists
    from desk_console.tui.screens.live_picture import Picture
    from desk_console.tui.widgets.table import Listing

WEEKDAYS = ("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
BESIDE = 8
"""Cells between who holds the posts and how, and at both edges, where these stand side by side."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class LiveScreen(OnDesk, DeskScreen[None]):
    """The desk at a glance."""

    own_key: ClassVar[str] = "live"
    AUTO_FOCUS = ""  # what is open comes first, not what stands first
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (120, "-two")]  # noqa: RUF012 # as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012 # as Textual declares it

    def __init__(self) -> None:
        """Empty until the desk is open."""
        super().__init__()
        self._picture: Picture | None = None
        self._lists: LiveLists | None = None
        self._minute = ""
        self._is_looking = False
        self._looks_again = False

    def compose(self) -> ComposeResult:
        """The skeleton: everything in its place, nothing in it yet. The lists come behind the first
        frame.
        """
        with Container(classes="topline"):
            yield Plain(id="live-title")
            yield Plain(id="live-marks")
            yield Plain(id="live-writer")
            yield ClockFace(self._clock, id="live-clock")
        with Container(id="live-head"):
            yield Plain(id="live-holder")
            yield Plain(id="live-state")
        yield Plain(id="live-alarms", classes="-quiet")
        yield KeyLine()

    def on_mount(self) -> None:
        """Words for the skeleton; then once a second a look at the minute."""
        self.refresh_texts()
        self.set_interval(1.0, self._pass_minute)
        self.call_after_refresh(self._bring_lists)

    async def _bring_lists(self) -> None:
        from desk_console.tui.screens.live_lists import LiveLists

        lists = LiveLists(id="live-lists")
        await self.mount(lists, before=self.query_one(KeyLine))
        self._lists = lists
        self._show()

    # Staying true

    def on_changed(self, event: Changed) -> None:
        """Somebody wrote, or the seat changed."""
        self.look()

    def on_resize(self, event: events.Resize) -> None:
        """The head and the warnings in the new width."""
        if self._picture is not None and self.is_mounted:
            self._show_posts(self._picture)

    def on_screen_resume(self) -> None:
        """Seen again."""
        self.look()

    def _pass_minute(self) -> None:
        if (now := self._clock()) != self._minute:
            self._minute = now
            self.look()

    def look(self) -> None:
        """Fetch the picture anew; while one is on its way, once more after it."""
        if self.host.desk is None:
            self._show()
        elif self._is_looking:
            self._looks_again = True
        else:
            self._is_looking = True
            self._fetch()

    @work
    async def _fetch(self) -> None:
        from desk_console.tui.screens.live_picture import look

        try:
            while True:
                self._looks_again = False
                reader_id = self.seat.writer.id if self.seat.writer else 0
                self._picture = await self.off_loop(partial(look, reader_id=reader_id))
                self._show()
                self.call_after_refresh(self.host.has_opened)
                if not self._looks_again:
                    return
        except Refusal as refusal:
            self.refused(refusal)
        finally:
            self._is_looking = False

    # Words

    def refresh_texts(self) -> None:
        """Everything anew, in the language that is on."""
        self._show()

    def _clock(self) -> str:
        desk = self.host.desk
        if desk is None:
            return ""
        now = desk.now().astimezone(desk.zone)
        weekday = WEEKDAYS[0 if self.catalogue.language == "zh" else 1][now.weekday()]
        return self.tr(
            "tui.live.today",
            month=now.month,
            day=now.day,
            month_name=Literally(MONTHS[now.month - 1]),
            weekday=Literally(weekday),
            clock=Literally(now.strftime("%H:%M")),
        )

    def _put(self, id: str, words: str | Text) -> None:
        self.query_one(f"#{id}", Plain).put(words)

    def _show(self) -> None:
        # When the program ends, the widgets go before the screen does.
        if not self.is_mounted or not self.query("#live-title"):
            return
        self._show_topline()
        if self._picture is not None:
            self._show_posts(self._picture)
            if self._lists is not None and self._lists.are_there:
                self._show_lists(self._picture, self._lists)
            return
        failure = self.host.failure
        self._put(
            "live-holder",
            self.tr("tui.live.no_desk", reason=failure) if failure else self.tr("tui.live.opening"),
        )

    def _show_topline(self) -> None:
        desk = self.host.desk
        title = self.tr("tui.live.title")
        self._put("live-title", f"{desk.site.name}  {title}" if desk else title)
        marks = [self.tr("tui.live.demo")] if self.host.opening.is_demo else []
        if desk and desk.store.is_read_only:
            marks.append(self.tr("tui.live.read_only"))
        self._put("live-marks", " ".join(marks))
        writer = self.seat.writer
        here = self.tr("tui.live.writer", name=writer.name) if writer else ""
        if desk and not writer:
            here = self.tr("tui.live.nobody_here")
        self._put("live-writer", here)
        self.query_one(ClockFace).tick()

    def _show_posts(self, picture: Picture) -> None:
        from desk_console.tui.screens.live_head import head_lines, head_text, state_lines

        words, posts = self.catalogue, picture.board.posts
        if posts:
            head = head_text(head_lines(posts, words))
            self._put("live-holder", head)
        else:
            head = Text(self.tr("tui.live.no_post"))
            self._put("live-holder", head)
        widest = max(line.cell_len for line in head.split())
        is_beside = self.size.width >= self.HORIZONTAL_BREAKPOINTS[1][0]
        room = self.size.width - widest - BESIDE if is_beside else 0
        below = state_lines(posts, words, room=room)
        self._put("live-state", "\n".join(below))
        self.query_one("#live-state").display = any(below)
        self._show_alarms(picture)

    def _show_alarms(self, picture: Picture) -> None:
        from desk_console.tui.screens.live_rows import matter_alarms

        words = self.catalogue
        alarms = [
            self.tr("tui.live.alarm", what=one.what)
            + (self.tr("tui.app.clause", clause=one.clause) if one.clause else "")
            for one in picture.board.alarms
        ]
        if picture.failure:
            file = Literally(self.desk.store.path)
            alarms.insert(0, self.tr(picture.failure, file=file))
        alarms += matter_alarms(picture.matters, self.desk.duty, self.desk.now(), words)
        if self._makes_the_roster():
            from desk_console.tui.screens.live_rows import upkeep_lines

            if picture.failed_mails:
                alarms.append(self.tr("tui.live.failed_mails", count=picture.failed_mails))
            if ROSTER not in picture.first_steps:  # it is among what is to be set up first
                alarms += upkeep_lines(picture.upkeep, self.desk.duty, words)
        self.query_one("#live-alarms").set_class(not alarms, "-quiet")
        cells = self.size.width - 2
        if self.seat.people:  # people's own words, as the log's are
            alarms += [fit(self.tr(one), 2 * cells) for one in picture.answers]
        self._put("live-alarms", "\n".join(line for one in alarms for line in folded(one, cells)))

    def _makes_the_roster(self) -> bool:
        from desk_console.people.rules import Right

        return self._writer_may(Right.PUBLISH)

    def _writer_may(self, right: Right) -> bool:
        from desk_console.people.rules import may

        writer = self.seat.writer
        return writer is not None and may(writer, right, self.desk.duty).is_allowed

    def _show_lists(self, picture: Picture, lists: LiveLists) -> None:
        from desk_console.people.rules import Right
        from desk_console.tui.screens.live_rows import (
            awaited_rows,
            due_rows,
            entry_rows,
            first_rows,
            half_written_rows,
            matter_rows,
            pressing_rows,
        )

        words, at = self.catalogue, self.desk.now()
        is_masked, sees_reports = not self.seat.people, self._writer_may(Right.REVIEW)
        call, drafts = self._key("call"), self._key("drafts")
        now = [
            *half_written_rows(picture.half_written, words, call=call, drafts=drafts),
            *awaited_rows(picture.awaited_by(sees_reports=sees_reports), at, words),
            *due_rows(picture.board, at, words, is_masked=is_masked),
            *pressing_rows(
                picture.pressing, at, words, key=self._key("matters"), is_masked=is_masked
            ),
        ]
        lists.fill("due", self._counted("due", picture.to_do(sees_reports=sees_reports)), now)
        steps = picture.first_steps if self._sees_first_steps() else ()
        first = first_rows(steps, words, setup=self._key("setup"), roster=self._key("roster"))
        lists.fill("first", self.tr("tui.live.first"), first)
        lists.query_one("#live-first-block").set_class(not steps, "-quiet")
        matters = matter_rows(picture.matters, at, words, is_masked=is_masked)
        lists.fill("matter", self._matters_heading(picture), matters)
        heading = "log_more" if picture.has_more_lines else "log"
        counted = self._counted(heading, len(picture.lines), none="log_none")
        lists.fill("entry", counted, entry_rows(picture.lines, words, is_masked=is_masked))
        lists.share()
        # Never away from where somebody is; but the arrows and Enter work from the beginning.
        if self.is_current and self.focused is None:
            self.call_after_refresh(self._begin, lists)

    def _key(self, name: str) -> str:
        """A key as people read it here."""
        return key_words(self.host.keys_by_id.get(name, DEFAULT_KEYS[name]))

    def _begin(self, lists: LiveLists) -> None:
        if self.focused is None:
            lists.begin()

    def _sees_first_steps(self) -> bool:
        """Whoever may set up, and everybody as long as nobody is signed on."""
        from desk_console.people.rules import Right

        return self.seat.writer is None or self._writer_may(Right.SET_UP)

    def _counted(self, key: str, count: int, *, none: str = "") -> str:
        if not count:
            return self.tr(f"tui.live.{none or key + '_none'}")
        return self.tr(f"tui.live.{key}", count=count)

    def _matters_heading(self, picture: Picture) -> str:
        count = picture.count
        if not count.total:
            return self.tr("tui.live.matters_none")
        key = "matters_overdue" if count.overdue else "matters"
        return self.tr(f"tui.live.{key}", total=count.total, overdue=count.overdue)

    # Doing

    @work
    async def on_listing_row_chosen(self, event: Listing.RowChosen) -> None:
        """Do what is due; open a matter or an entry."""
        event.stop()
        from desk_console.tui.screens.live_rows import HALF_WRITTEN, MORE_LATE

        picture = self._picture
        if picture is None or not await self.host.somebody():
            return
        if event.listing.id == "live-first":
            self._set_up(event.key)
            return
        if event.key == MORE_LATE:
            self.host.action_open("matters")
            return
        if event.key == HALF_WRITTEN:
            await self._write_on()
            return
        dialog = self._dialog_for(event.listing.id or "", event.key, picture)
        if dialog is not None:
            await self.host.ask(dialog)

    async def _write_on(self) -> None:
        """Go on with an entry that was put aside."""
        from desk_console.tui.dialogs.drafts import Drafts
        from desk_console.tui.screens.call import CallScreen

        chosen = await self.host.ask(Drafts())
        if chosen is not None:
            await self.host.ask(CallScreen(chosen))

    def _set_up(self, step: str) -> None:
        """Open where a first step is done, at its place."""
        from desk_console.tui.screens.live_rows import FIRST_STEPS

        if step == ROSTER:
            self.host.action_open("roster")
        else:
            self.host.action_open("setup", at=FIRST_STEPS[step])

    def _dialog_for(self, listing: str, key: str, picture: Picture) -> Screen[Any] | None:
        from desk_console.tui.dialogs import due as due_dialogs
        from desk_console.tui.screens.live_rows import PRESSING, awaited_key, due_key
        from desk_console.tui.screens.matter import MatterScreen

        if listing == "live-due" and key.startswith(PRESSING):
            return MatterScreen(int(key.removeprefix(PRESSING)))
        if listing == "live-due":
            waits = next((one for one in picture.awaited if awaited_key(one) == key), None)
            if waits is not None:
                return self._dialog_for_awaited(waits)
            found = next((one for one in picture.board.due if due_key(one) == key), None)
            return due_dialogs.dialog_for(found) if found else None
        if listing == "live-matter":
            return MatterScreen(int(key))
        from desk_console.tui.dialogs.entry_book import EntryBook

        return EntryBook(int(key))

    def _dialog_for_awaited(self, waits: Awaited) -> Screen[None] | None:
        from desk_console.tui.dialogs.handover.waiting import AnswerCall, Report

        if waits.kind == "handover" or waits.id is None:
            self.host.action_open("handover")
            return None
        if waits.kind == "told":
            from desk_console.tui.screens.matter import MatterScreen

            return MatterScreen(waits.id)
        return AnswerCall(waits) if waits.kind == "call" else Report(waits)
