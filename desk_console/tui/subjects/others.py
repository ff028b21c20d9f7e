"""Residents, found by what is typed and masked in the list; and the rule book, to be read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from sqlmodel import Session

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.csv_in import ImportReport
from desk_console.log import masking, resident_files, resident_import, residents
from desk_console.log.residents import ResidentForm
from desk_console.log.units import given_unit
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.views import clauses_at
from desk_console.tui.subjects.subject import Field, Subject, T, Thing, Values, thing_rows
from desk_console.tui.widgets.table import Row

MOST = 50
NOT_HERE = "tui.find.help_not_here"
"""Said of a clause by which the site does not run."""


class Residents(Subject):
    """Who lives here. Nothing typed, nobody shown."""

    code: ClassVar[str] = "residents"
    blames: ClassVar[Mapping[str, str]] = {"people.phone_unreadable": "phone"}
    can_retire: ClassVar[bool] = False
    right: ClassVar[Right] = Right.KEEP_FILES
    is_narrowed_first: ClassVar[bool] = True
    loads: ClassVar[bool] = True
    load_columns: ClassVar[str] = f"{T}.columns_residents"
    fields = (
        Field("building"),
        Field("entrance"),
        Field("room"),
        Field("name"),
        Field("phone", hint=f"{T}.phones_hint"),
        Field("instruction"),
    )

    def rows(self, session: Session, words: Catalogue, typed: str) -> list[Row]:
        """Names and numbers masked."""
        if not typed:
            return []
        things = [
            Thing(
                f"{one.unit_id}-{one.resident_id}",
                one.unit,
                masking.masked_name(one.name),
                (*(masking.masked_phone(phone) for phone in one.phones), one.instruction),
            )
            for one in residents.match(session, typed, limit=MOST)
        ]
        return thing_rows(things, words, "")

    def count(self, session: Session) -> int:
        """Everybody on file."""
        return residents.how_many(session)

    def sought(self, given: Values) -> str:
        """The unit, as it is typed in the call form."""
        return given_unit(given["building"], given["entrance"], given["room"]).code

    def add(self, desk: Desk, writer: PersonView, given: Values) -> int:
        """One more, in a unit that may be new."""
        phones = str(given["phone"]).replace("，", ",").replace("、", ",").split(",")
        form = ResidentForm(
            building=given["building"],
            entrance=given["entrance"],
            room=given["room"],
            name=given["name"],
            phones=tuple(filter(None, (one.strip() for one in phones))),
            instruction=given["instruction"],
        )
        return resident_files.add_resident(desk, writer, form)

    def load(self, desk: Desk, by_id: int, path: Path, *, is_dry_run: bool) -> ImportReport:
        """From a file: 楼栋, 单元, 房号, 姓名, 电话 and more."""
        return resident_import.import_residents(desk, by_id, path, is_dry_run=is_dry_run)


class RuleBook(Subject):
    """Every clause of every regulation, with how the console handles it; the site's own first."""

    code: ClassVar[str] = "rules"
    can_add: ClassVar[bool] = False
    can_retire: ClassVar[bool] = False

    def rows_at(self, desk: Desk, session: Session, words: Catalogue, typed: str) -> list[Row]:
        """By regulation, in order."""
        things = [
            Thing(
                one.id,
                one.id,
                words.text(f"tui.find.handling_{one.handling}" if is_own else NOT_HERE),
                (words.either(one.zh, one.en),),
            )
            for one, is_own in clauses_at(desk.duty)
            if typed in f"{one.id} {one.zh} {one.en}".casefold()
        ]
        return thing_rows(things, words, "")
