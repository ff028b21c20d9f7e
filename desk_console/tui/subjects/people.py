"""People: who works here, as what, reached how, and where their PINs stand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from sqlmodel import Session

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.csv_in import ImportReport
from desk_console.foundation.refusal import Refusal
from desk_console.people import acts, fields, imports, views
from desk_console.people.records import PersonForm, PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import ROLES, role_key
from desk_console.tui.subjects.subject import (
    MAIL_LANGUAGE,
    SITES,
    Field,
    Subject,
    T,
    Thing,
    Values,
    mail_language_of,
    thing_rows,
)
from desk_console.tui.widgets.table import Row


def _role(words: Catalogue, code: str) -> str:
    return words.text(role_key(code))


class People(Subject):
    """Everybody, those who left too."""

    code: ClassVar[str] = "people"
    blames: ClassVar[Mapping[str, str]] = {
        "people.staff_no_empty": "staff_no",
        "people.staff_no_unreadable": "staff_no",
        "people.staff_no_taken": "staff_no",
        "people.name_empty": "name",
        "people.phone_unreadable": "phone",
        "people.mail_unreadable": "mail",
        "people.day_unreadable": "started_on",
        "people.role_empty": "roles",
        "people.role_unknown": "roles",
        "people.last_in_charge": "roles",
    }
    loads: ClassVar[bool] = True
    load_columns: ClassVar[str] = f"{T}.columns_people"
    fields = (
        Field("staff_no", hint=f"{T}.staff_no_hint"),
        Field("name"),
        Field("phone"),
        Field("mail"),
        MAIL_LANGUAGE,
        Field("languages", hint=f"{T}.languages_hint"),
        Field("started_on", hint=f"{T}.started_hint"),
        Field("roles", "marks", codes=ROLES, label=_role, usual=frozenset({"clerk"})),
    )

    def rows(self, session: Session, words: Catalogue, typed: str) -> list[Row]:
        """By staff number; a PIN that needs a supervisor stands out."""
        disabled, unchosen = views.pins_disabled(session), views.pins_unchosen(session)

        def warning(person_id: int) -> str:
            if person_id in disabled:
                return f"{T}.pin_disabled"
            return f"{T}.pin_unchosen" if person_id in unchosen else ""

        found = views.find(session, typed, active=None)
        things = [
            Thing(
                one.id,
                one.staff_no,
                one.name,
                (words.value([_role(words, role) for role in sorted(one.roles)]), one.phone),
                is_active=one.is_active,
                warning=warning(one.id),
            )
            for one in found
        ]
        return thing_rows(things, words, "")

    def values(self, session: Session, thing_id: int) -> Values:
        """As the file has them now."""
        person = views.person(session, thing_id)
        if person is None:
            raise Refusal("people.unknown_person")
        return {
            "staff_no": person.staff_no,
            "name": person.name,
            "phone": person.phone,
            "mail": person.mail,
            "mail_language": person.mail_language or SITES,
            "languages": person.languages,
            "started_on": person.started_on.isoformat(),
            "roles": person.roles,
            "is_active": person.is_active,
        }

    def add(self, desk: Desk, writer: PersonView, given: Values) -> int:
        """A new colleague, who chooses a PIN at the first sign-on."""
        return acts.add_person(desk, _form(desk, given), by_id=writer.id).id

    def change(
        self, desk: Desk, writer: PersonView, thing_id: int, given: Values, *, is_active: bool
    ) -> None:
        """What is on file about somebody."""
        acts.change_person(desk, thing_id, _form(desk, given), by_id=writer.id)

    def retire(
        self, desk: Desk, writer: PersonView, thing_id: int, given: Values, *, back: bool
    ) -> None:
        """Out of service, or back in it."""
        if back:
            acts.reinstate_person(desk, thing_id, by_id=writer.id)
        else:
            acts.retire_person(desk, thing_id, by_id=writer.id)

    def load(self, desk: Desk, by_id: int, path: Path, *, is_dry_run: bool) -> ImportReport:
        """From a file: 工号, 姓名, 角色 and more."""
        return imports.import_people(desk, path, by_id=by_id, is_dry_run=is_dry_run)


def _form(desk: Desk, given: Values) -> PersonForm:
    typed = str(given["started_on"]).strip()
    today = desk.now().astimezone(desk.zone).date()
    return PersonForm(
        staff_no=given["staff_no"],
        name=given["name"],
        phone=given["phone"],
        mail=given["mail"],
        mail_language=mail_language_of(given),
        languages=given["languages"],
        roles=given["roles"],
        started_on=(fields.day(typed) if typed else None) or today,
    )
