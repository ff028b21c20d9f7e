"""What a shift is asked to do: checklists, recurring tasks, patrol routes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from sqlmodel import Session

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.csv_in import ImportReport
from desk_console.foundation.refusal import Refusal
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import TaskRule
from desk_console.shift import check_import, checks, rounds, task_list, tasks
from desk_console.shift.records import CheckKind
from desk_console.tui.subjects.subject import Field, Subject, T, Thing, Values, code_of, thing_rows
from desk_console.tui.widgets.table import Row

NO_ROUTE = "none"
ONCE, COUNTED = "once", "counted"


class Checklists(Subject):
    """Opening checks (7.9), start-of-shift prompts (1.9), tidying (9.14), areas (9.12)."""

    code: ClassVar[str] = "checks"
    blames: ClassVar[Mapping[str, str]] = {
        "shift.check_incomplete": "zh",
        "shift.check_twice": "code",
    }
    loads: ClassVar[bool] = True
    load_columns: ClassVar[str] = f"{T}.columns_checks"
    fields = (
        Field(
            "list",
            "choice",
            codes=tuple(CheckKind),
            label=lambda words, code: words.text(f"{T}.list_{code}"),
            usual=CheckKind.START,
            is_fixed=True,
        ),
        Field("zh"),
        Field("en", hint=f"{T}.en_hint"),
        Field("code", is_fixed=True, hint=f"{T}.code_hint"),
    )

    def rows(self, session: Session, words: Catalogue, typed: str) -> list[Row]:
        """List by list."""
        things = [
            Thing(
                one.id,
                words.text(f"{T}.list_{one.kind}"),
                words.either(one.zh, one.en),
                (
                    one.code,
                    words.text("tui.app.clause_alone", clause=one.clause) if one.clause else "",
                ),
                is_active=one.is_active,
            )
            for one in checks.listed(session)
        ]
        return thing_rows(things, words, typed)

    def values(self, session: Session, thing_id: int) -> Values:
        """As the list has it."""
        found = next((one for one in checks.listed(session) if one.id == thing_id), None)
        if found is None:
            raise Refusal("shift.check_unknown")
        return {
            "list": found.kind,
            "code": found.code,
            "zh": found.zh,
            "en": found.en,
            "is_active": found.is_active,
        }

    def add(self, desk: Desk, writer: PersonView, given: Values) -> int:
        """A site's own line."""
        kind = CheckKind(given["list"] or CheckKind.START)
        with desk.reading() as session:
            code = code_of(given, "check", (one.code for one in checks.listed(session)))
        return checks.add_line(desk, writer.id, kind, code=code, zh=given["zh"], en=given["en"])

    def change(
        self, desk: Desk, writer: PersonView, thing_id: int, given: Values, *, is_active: bool
    ) -> None:
        """What it asks."""
        checks.change_line(
            desk, writer.id, thing_id, zh=given["zh"], en=given["en"], is_active=is_active
        )

    def load(self, desk: Desk, by_id: int, path: Path, *, is_dry_run: bool) -> ImportReport:
        """From a file: 清单, 编号, 内容, 英文."""
        return check_import.import_checklists(desk, by_id, path, is_dry_run=is_dry_run)


class Tasks(Subject):
    """What comes back during a shift (7.10, 1.12, 7.12), and rounds (9.3)."""

    code: ClassVar[str] = "tasks"
    blames: ClassVar[Mapping[str, str]] = {
        "shift.task_incomplete": "zh",
        "shift.task_twice": "code",
        "people.code_unreadable": "code",
        "shift.task_without_time": "every",
        "shift.task_two_ways": "at",
        "shift.task_minutes": "every",
        "shift.task_time": "at",
    }
    fields = (
        Field("zh"),
        Field("en", hint=f"{T}.en_hint"),
        Field("every", "digits", hint=f"{T}.every_hint"),
        Field("at", hint=f"{T}.at_hint"),
        Field("grace", "digits", usual="30"),
        Field(
            "count",
            "choice",
            codes=(ONCE, COUNTED),
            label=lambda words, code: words.text(f"{T}.count_{code}"),
            usual=ONCE,
        ),
        Field("code", is_fixed=True, hint=f"{T}.code_hint"),
    )

    def form(self, session: Session) -> tuple[Field, ...]:
        """With the routes that there are."""
        routes = rounds.routes(session)
        if not routes:
            return self.fields
        named = {str(one.id): (one.zh, one.en) for one in routes}

        def label(words: Catalogue, code: str) -> str:
            return words.either(*named[code]) if code in named else words.text(f"{T}.no_route")

        codes = (NO_ROUTE, *named)
        return (*self.fields, Field("route", "choice", codes=codes, label=label, usual=NO_ROUTE))

    def rows(self, session: Session, words: Catalogue, typed: str) -> list[Row]:
        """With their times."""
        things = [
            Thing(
                one.id,
                one.code,
                words.either(one.zh, one.en),
                (
                    words.text(f"{T}.every_said", minutes=one.every_minutes)
                    if one.every_minutes
                    else one.at_times,
                    words.text(f"{T}.grace_said", minutes=one.grace_minutes),
                    words.text("tui.app.clause_alone", clause=one.clause) if one.clause else "",
                ),
                is_active=one.is_active,
            )
            for one in task_list.listed(session)
        ]
        return thing_rows(things, words, typed)

    def values(self, session: Session, thing_id: int) -> Values:
        """As the list has it."""
        one = next((each for each in task_list.listed(session) if each.id == thing_id), None)
        if one is None:
            raise Refusal("shift.task_unknown")
        return {
            "code": one.code,
            "zh": one.zh,
            "en": one.en,
            "every": str(one.every_minutes or ""),
            "at": one.at_times,
            "grace": str(one.grace_minutes),
            "count": COUNTED if one.has_count else ONCE,
            "route": str(one.route_id or NO_ROUTE),
            "is_active": one.is_active,
        }

    def add(self, desk: Desk, writer: PersonView, given: Values) -> int:
        """A site's own."""
        with desk.reading() as session:
            code = code_of(given, "task", (one.code for one in task_list.listed(session)))
        rule = _rule({**given, "code": code})
        return tasks.add_task(desk, writer.id, rule, route_id=_route_id(given))

    def change(
        self, desk: Desk, writer: PersonView, thing_id: int, given: Values, *, is_active: bool
    ) -> None:
        """Words, times, route."""
        task_list.change_task(
            desk,
            writer.id,
            thing_id,
            _rule(given),
            route_id=_route_id(given),
            is_active=is_active,
        )


def _rule(given: Values) -> TaskRule:
    return task_list.task_rule(
        code=given["code"],
        zh=given["zh"],
        en=given["en"],
        every=given["every"],
        at=given["at"],
        grace=given["grace"],
        has_count=given["count"] == COUNTED,
    )


def _route_id(given: Values) -> int | None:
    chosen = given.get("route") or NO_ROUTE
    return None if chosen == NO_ROUTE else int(chosen)


class Routes(Subject):
    """Patrol routes and their points (9.3)."""

    code: ClassVar[str] = "routes"
    blames: ClassVar[Mapping[str, str]] = {
        "shift.route_incomplete": "zh",
        "shift.route_twice": "code",
    }
    fields = (
        Field("zh"),
        Field("en", hint=f"{T}.en_hint"),
        Field("points", "words", hint=f"{T}.points_hint"),
        Field("code", is_fixed=True, hint=f"{T}.code_hint"),
    )

    def rows(self, session: Session, words: Catalogue, typed: str) -> list[Row]:
        """With their points in order."""
        things = [
            Thing(
                one.id,
                one.code,
                words.either(one.zh, one.en),
                (words.value([words.either(zh, en) for zh, en in one.points]),),
                is_active=one.is_active,
            )
            for one in rounds.routes(session, active=False)
        ]
        return thing_rows(things, words, typed)

    def values(self, session: Session, thing_id: int) -> Values:
        """As the list has it."""
        every = rounds.routes(session, active=False)
        one = next((each for each in every if each.id == thing_id), None)
        if one is None:
            raise Refusal("shift.route_unknown")
        points = [zh if en in ("", zh) else f"{zh} / {en}" for zh, en in one.points]
        return {
            "code": one.code,
            "zh": one.zh,
            "en": one.en,
            "points": "\n".join(points),
            "is_active": one.is_active,
        }

    def add(self, desk: Desk, writer: PersonView, given: Values) -> int:
        """One more."""
        points = _points(given)
        with desk.reading() as session:
            taken = [one.code for one in rounds.routes(session, active=False)]
        return rounds.add_route(
            desk,
            writer.id,
            code=code_of(given, "route", taken),
            zh=given["zh"],
            en=given["en"],
            points=points,
        )

    def change(
        self, desk: Desk, writer: PersonView, thing_id: int, given: Values, *, is_active: bool
    ) -> None:
        """Its name and its points."""
        rounds.change_route(
            desk,
            writer.id,
            thing_id,
            zh=given["zh"],
            en=given["en"],
            points=_points(given),
            is_active=is_active,
        )


def _points(given: Values) -> Sequence[tuple[str, str]]:
    """A point a line; the English name behind a slash."""
    lines = [line.partition("/") for line in str(given["points"]).splitlines() if line.strip()]
    points = [(zh.strip(), en.strip()) for zh, _, en in lines]
    if not (points and all(zh for zh, _ in points)):
        raise Refusal("shift.route_incomplete", field="points")
    return points
