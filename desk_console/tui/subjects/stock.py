"""Items of the post, and the departments that the desk tells."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from sqlmodel import Session

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.csv_in import ImportReport
from desk_console.foundation.refusal import Refusal
from desk_console.log import departments
from desk_console.log.departments import DepartmentForm, DepartmentView
from desk_console.matters import notified
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.shift import items
from desk_console.shift.items import ItemForm, ItemView
from desk_console.tui.subjects.subject import (
    MAIL_LANGUAGE,
    SITES,
    Field,
    Subject,
    T,
    Thing,
    Values,
    code_of,
    mail_language_of,
    thing_rows,
)
from desk_console.tui.widgets.table import Row


class Items(Subject):
    """Keys, radios, leaflets: what there is of each."""

    code: ClassVar[str] = "items"
    blames: ClassVar[Mapping[str, str]] = {
        "shift.item_incomplete": "thing",
        "shift.item_twice": "code",
    }
    loads: ClassVar[bool] = True
    load_columns: ClassVar[str] = f"{T}.columns_items"
    fields = (
        Field("thing"),
        Field("group"),
        Field("unit", hint=f"{T}.unit_hint"),
        Field("opening", "digits", is_fixed=True, hint=f"{T}.opening_hint"),
        Field("received", "digits", only_changes=True, hint=f"{T}.received_hint"),
        Field("code", hint=f"{T}.code_hint"),
    )

    def rows(self, session: Session, words: Catalogue, typed: str) -> list[Row]:
        """By place and code, with the stock."""
        things = [
            Thing(
                one.id,
                one.code,
                one.name,
                (words.text(f"{T}.stock", balance=one.balance, unit=one.unit), one.group),
                is_active=one.is_active,
            )
            for one in items.items(session, active=False)
        ]
        return thing_rows(things, words, typed)

    def values(self, session: Session, thing_id: int) -> Values:
        """As the list has it."""
        one = _item(session, thing_id)
        return {
            "code": one.code,
            "thing": one.name,
            "group": one.group,
            "unit": one.unit,
            "is_active": one.is_active,
        }

    def add(self, desk: Desk, writer: PersonView, given: Values) -> int:
        """With what there is of it."""
        opening = items.whole_number(given["opening"]) if given["opening"] else 0
        with desk.reading() as session:
            taken = [one.code for one in items.items(session, active=False)]
        made = {**given, "code": code_of(given, "item", taken)}
        return items.add_item(desk, writer.id, _item_form(made, opening))

    def change(
        self, desk: Desk, writer: PersonView, thing_id: int, given: Values, *, is_active: bool
    ) -> None:
        """Its name and place; and what has come in (5.3)."""
        received = items.whole_number(given["received"]) if given.get("received") else 0
        items.change_item(desk, writer.id, thing_id, _item_form(given, 0), is_active=is_active)
        if received:
            items.bring_in(desk, writer.id, thing_id, received, is_return=False)

    def load(self, desk: Desk, by_id: int, path: Path, *, is_dry_run: bool) -> ImportReport:
        """From a file: 编号, 名称, 位置, 单位, 数量."""
        return items.import_items(desk, by_id, path, is_dry_run=is_dry_run)


def _item(session: Session, item_id: int) -> ItemView:
    found = next((one for one in items.items(session, active=False) if one.id == item_id), None)
    if found is None:
        raise Refusal("shift.item_unknown")
    return found


def _item_form(given: Values, opening: int) -> ItemForm:
    return ItemForm(
        code=given["code"],
        name=given["thing"],
        group=given["group"],
        unit=given["unit"],
        opening=opening,
    )


class Departments(Subject):
    """Who is told, and how they are reached (6.3)."""

    code: ClassVar[str] = "departments"
    blames: ClassVar[Mapping[str, str]] = {
        "people.code_unreadable": "code",
        "people.phone_unreadable": "phone",
        "people.mail_unreadable": "mail",
    }
    fields = (
        Field("zh"),
        Field("en", hint=f"{T}.en_hint"),
        Field("phone"),
        Field("mail"),
        MAIL_LANGUAGE,
        Field("code", is_fixed=True, hint=f"{T}.code_hint"),
    )

    def rows(self, session: Session, words: Catalogue, typed: str) -> list[Row]:
        """In the order in which they were added."""
        things = [
            Thing(
                one.id,
                one.code,
                words.either(one.zh, one.en),
                (one.phone, one.mail),
                is_active=one.is_active,
            )
            for one in departments.departments(session, active=False)
        ]
        return thing_rows(things, words, typed)

    def values(self, session: Session, thing_id: int) -> Values:
        """As the list has it."""
        one = _department(session, thing_id)
        return {
            "code": one.code,
            "zh": one.zh,
            "en": one.en,
            "phone": one.phone,
            "mail": one.mail,
            "mail_language": one.mail_language or SITES,
            "is_active": one.is_active,
        }

    def add(self, desk: Desk, writer: PersonView, given: Values) -> int:
        """One more."""
        with desk.reading() as session:
            taken = [one.code for one in departments.departments(session, active=False)]
        made = {**given, "code": code_of(given, "dept", taken)}
        return departments.add_department(desk, writer, _department_form(made))

    def change(
        self, desk: Desk, writer: PersonView, thing_id: int, given: Values, *, is_active: bool
    ) -> None:
        """Names and numbers; the code stays."""
        departments.change_department(desk, writer, thing_id, _department_form(given))

    def retire(
        self, desk: Desk, writer: PersonView, thing_id: int, given: Values, *, back: bool
    ) -> None:
        """Not while something is open that it was asked to deal with."""
        notified.set_in_use(desk, writer, thing_id, is_active=back)


def _department(session: Session, department_id: int) -> DepartmentView:
    every = departments.departments(session, active=False)
    found = next((one for one in every if one.id == department_id), None)
    if found is None:
        raise Refusal("log.no_department")
    return found


def _department_form(given: Values) -> DepartmentForm:
    return DepartmentForm(
        code=given["code"],
        zh=given["zh"],
        en=given["en"],
        phone=given["phone"],
        mail=given["mail"],
        mail_language=mail_language_of(given),
    )
