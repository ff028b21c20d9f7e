"""People from a CSV file: every problem named by its line, all of them added or none."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from desk_console.foundation.catalogue import message, pair
from desk_console.foundation.csv_in import Column, Findings, ImportReport, Row, read_rows
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import accept
from desk_console.people import fields, views
from desk_console.people.acts import keep_new
from desk_console.people.authority import authorised
from desk_console.people.phones import kept
from desk_console.people.records import PersonForm
from desk_console.people.rules import Right, known_roles, role_names
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import ROLES, DutyRules, role_key

STAFF_NO = Column("staff_no", ("工号", "staff number", "number"), is_required=True)
NAME = Column("name", ("姓名", "名字"), is_required=True)
ROLES_COLUMN = Column("roles", ("角色", "岗位", "role"), is_required=True)
PHONE = Column("phone", ("电话", "手机", "联系电话"))
MAIL = Column("mail", ("邮箱", "email", "e-mail"))
MAIL_LANGUAGE = Column("mail_language", ("邮件语言", "mail language"))
LANGUAGES = Column("languages", ("语言", "方言"))
STARTED_ON = Column("started_on", ("入职日期", "入职", "started"))

COLUMNS = (STAFF_NO, NAME, ROLES_COLUMN, PHONE, MAIL, MAIL_LANGUAGE, LANGUAGES, STARTED_ON)
_BETWEEN_ROLES = re.compile(r"[\s,，、;；/]+")


def import_people(desk: Desk, path: Path, *, by_id: int, is_dry_run: bool = False) -> ImportReport:
    """Adds the people of a file; those whose staff number is known already are problems."""
    findings = Findings()
    rows = read_rows(path, COLUMNS, findings)
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        known = {each.staff_no for each in views.people(work.session, active=None)}
        today = work.now.astimezone(desk.zone).date()
        forms: list[PersonForm] = []
        for row in rows:
            staff_no = findings.read(row, STAFF_NO, fields.staff_no)
            if staff_no in known:
                what = message("people.staff_no_known", staff_no=staff_no)
                findings.add(row.line, STAFF_NO.title, what)
            known.add(staff_no or "")
            roles = findings.read(row, ROLES_COLUMN, lambda cell: _roles(cell, desk.duty))
            findings.read(row, NAME, fields.name)
            findings.read(row, PHONE, kept)
            findings.read(row, MAIL, fields.mail)
            findings.read(row, MAIL_LANGUAGE, fields.mail_language)
            findings.read(row, LANGUAGES, accept)
            started = findings.read(row, STARTED_ON, fields.day)
            if findings.is_clean and staff_no and roles:
                forms.append(_form(row, roles, started or today))
        if findings.is_clean and not is_dry_run:
            for form in forms:
                keep_new(work, desk, form, by_id=by_id)
    return ImportReport(
        rows=len(rows),
        problems=findings.sorted(),
        added=len(forms) if findings.is_clean else 0,
        is_dry_run=is_dry_run,
    )


def _form(row: Row, roles: frozenset[str], started_on: date) -> PersonForm:
    return PersonForm(
        staff_no=row["staff_no"],
        name=row["name"],
        roles=roles,
        phone=row["phone"],
        mail=row["mail"],
        mail_language=fields.mail_language(row["mail_language"]),
        languages=row["languages"],
        started_on=started_on,
    )


def _roles(cell: str, duty: DutyRules) -> frozenset[str]:
    """Roles by code or by either of their names."""
    named = {name: role for role in ROLES for name in pair(role_key(role))}
    found = set()
    for word in filter(None, _BETWEEN_ROLES.split(cell.strip())):
        role = named.get(word, word.lower())
        if role not in known_roles(duty):
            raise Refusal("people.role_unknown", role=word, known=role_names(duty))
        found.add(role)
    return frozenset(found)
