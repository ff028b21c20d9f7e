"""Attendance against the roster: a month by date, as rostered and as it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from desk_console.foundation.catalogue import message
from desk_console.foundation.refusal import Refusal
from desk_console.roster.findings import shift_name
from desk_console.roster.sheet import month_of
from desk_console.rulebook.desk import Desk
from desk_console.shift.attendance import AttendanceLine, attendance
from desk_console.shift.marks import Mark, clause_of
from desk_console.tui.host import OnDesk
from desk_console.tui.keys import binding
from desk_console.tui.screen import DeskScreen
from desk_console.tui.widgets.caption import Caption
from desk_console.tui.widgets.footer import KeyLine
from desk_console.tui.widgets.plain import width
from desk_console.tui.widgets.table import Column, Listing, Row, Toned

T = "tui.roster"
A = "tui.attendance"
_BREACHES = frozenset({Mark.LATE, Mark.EARLY, Mark.ABSENT, Mark.UNROSTERED, Mark.UNAPPROVED})


class AttendanceScreen(OnDesk, DeskScreen[None]):
    """A month's attendance, the newest date first. PgUp and PgDn: another month."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding("cancel", "app.home"),
        binding("kind", "moment", words="tui.moment.key"),
        Binding("ctrl+up", "month(-1)", show=False),
        Binding("ctrl+down", "month(1)", show=False),
    ]

    def __init__(self) -> None:
        """This month."""
        super().__init__()
        self._day = date.min
        self._lines: tuple[AttendanceLine, ...] = ()

    def compose(self) -> ComposeResult:
        """The month, its counts, the list."""
        yield Caption(id="attendance-title", classes="heading")
        yield Caption(id="attendance-said", classes="hint")
        yield Listing(
            Column("date", f"{T}.date", 10, is_most=True),
            Column("name", f"{T}.name", 20, is_most=True),
            Column("shift", f"{T}.set_shift", 14, is_most=True),
            Column("hours", f"{A}.hours", 13, is_most=True),
            Column("marks", f"{A}.marks"),
            id="attendance",
        )
        yield KeyLine()

    def on_mount(self) -> None:
        """This month."""
        self._day = self.desk.now().astimezone(self.desk.zone).date()
        self.query_one("#attendance").focus()
        self._load()

    def action_month(self, by: int) -> None:
        """The month before, or the next."""
        first, last = month_of(self._day)
        self._day = first - timedelta(days=1) if by < 0 else last + timedelta(days=1)
        self._load()

    def action_moment(self) -> None:
        """Who was on duty at a moment, as rostered then and as it was."""
        from desk_console.tui.dialogs.roster.moment import MomentDialog

        self.app.push_screen(MomentDialog())

    @work(exclusive=True, group="attendance")
    async def _load(self) -> None:
        first, last = month_of(self._day)

        def look(desk: Desk) -> tuple[AttendanceLine, ...]:
            now = desk.now()
            until = min(last, now.astimezone(desk.zone).date())
            with desk.reading() as session:
                return attendance(session, desk, first, until, now) if until >= first else ()

        try:
            self._lines = await self.off_loop(look)
        except Refusal as refusal:
            self.refused(refusal)
            return
        self._show()

    def refresh_texts(self) -> None:
        """The rows in the language that is on."""
        if self.query("#attendance"):
            self._show()

    def _show(self) -> None:
        self.query_one("#attendance-title", Caption).say(
            message(f"{A}.title", month=f"{self._day:%Y-%m}")
        )
        counts = [
            message(f"{A}.count", what=message(f"shift.mark_{mark}"), count=count)
            for mark in Mark
            if (count := sum(mark in line.marks for line in self._lines))
        ]
        said = message(f"{A}.counts", counts=counts) if counts else f"{A}.none"
        self.query_one("#attendance-said", Caption).say(said)
        rows = [self._row(index, line) for index, line in enumerate(self._lines)]
        self.query_one("#attendance", Listing).set_rows(rows[::-1])

    def _row(self, index: int, line: AttendanceLine) -> Row:
        words = self.catalogue
        came = words.clock(line.arrived_at) if line.arrived_at else ""
        left = words.clock(line.left_at) if line.left_at else ""
        plan = None if line.is_overtime else line.plan_code
        none = "roster.kind_overtime" if line.is_overtime else f"{A}.no_shift"
        name = shift_name(self.desk.duty, plan, line.post_code) if plan else none
        weekday = words.text(f"roster.weekday_{line.day.weekday()}")
        marks = "  ".join(self._mark(line, mark) for mark in line.marks)
        breaches = [mark for mark in line.marks if mark in _BREACHES]
        return Row(
            str(index),
            (
                f"{line.day:%m-%d} {weekday}",
                line.person.name,
                words.text(name),
                f"{came} - {left}".rstrip() if came or left else "",
                Toned(
                    marks,
                    "warning" if breaches else "",
                    tail=self._clauses(breaches),
                    kept=width(marks),
                ),
            ),
        )

    def _mark(self, line: AttendanceLine, mark: Mark) -> str:
        said = self.tr(f"shift.mark_{mark}")
        minutes = {
            Mark.LATE: line.late_minutes,
            Mark.EARLY: line.early_minutes,
            Mark.OVERTIME: line.overtime_minutes,
            Mark.UNAPPROVED: line.over_minutes,
            Mark.HELD_OVER: line.over_minutes,
        }.get(mark)
        if minutes:
            said = self.tr(f"{A}.span", what=said, span=timedelta(minutes=minutes))
        return said

    def _clauses(self, breaches: list[Mark]) -> str:
        """The clauses that were broken, each once. Where a row is too narrow for all of it, they
        go, not a mark."""
        found = dict.fromkeys(clause_of(mark, self.desk.duty) for mark in breaches)
        clauses = [clause for clause in found if clause]
        if not clauses:
            return ""
        key = "clause" if len(clauses) == 1 else "clauses"
        return self.tr(f"tui.app.{key}", clause=clauses)
