"""The departments that the desk tells (6.3): who they are and how they are reached."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from desk_console.foundation.refusal import Refusal
from desk_console.log.forms import Form, Number, Short
from desk_console.log.records import Department
from desk_console.people.records import PersonView
from desk_console.people.rules import Right, may
from desk_console.rulebook.desk import Desk


class DepartmentForm(Form):
    """A department as it is entered: a short code, its name in both languages, how to reach it."""

    code: Short
    zh: Short
    en: Short = ""
    phone: Number = ""
    mail: Short = ""


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """A department as screens show it."""

    id: int
    code: str
    zh: str
    en: str
    phone: str
    mail: str
    is_active: bool


def add_department(desk: Desk, person: PersonView, form: DepartmentForm) -> int:
    """Adds a department; returns its id. Refuses whoever may not set up, and a code in use."""
    may(person, Right.SET_UP, desk.duty).or_refuse()
    code = _checked(form)
    with desk.transaction() as work:
        taken = work.session.exec(select(Department.id).where(Department.code == code)).first()
        if taken is not None:
            raise Refusal("log.department_code_taken", field="code", code=code)
        row = Department(
            code=code, zh=form.zh, en=form.en or form.zh, phone=form.phone, mail=form.mail
        )
        work.session.add(row)
        work.session.flush()
        work.journal(
            "log.department_added", by=person.id, subject=f"department:{row.id}", code=code
        )
        return row.id or 0


def change_department(
    desk: Desk,
    person: PersonView,
    department_id: int,
    form: DepartmentForm,
    *,
    is_active: bool = True,
) -> None:
    """Changes a department's names and numbers, or takes it out of use. Its code stays."""
    may(person, Right.SET_UP, desk.duty).or_refuse()
    _checked(form)
    with desk.transaction() as work:
        row = work.session.get(Department, department_id)
        if row is None:
            raise Refusal("log.no_department")
        row.zh, row.en, row.phone, row.mail = form.zh, form.en or form.zh, form.phone, form.mail
        row.is_active = is_active
        work.session.add(row)
        work.journal(
            "log.department_changed",
            by=person.id,
            subject=f"department:{row.id}",
            zh=row.zh,
            en=row.en,
            is_active=is_active,
        )


def departments(session: Session, *, active: bool = True) -> tuple[DepartmentView, ...]:
    """All departments, those in use unless `active` is false, in the order they were added."""
    query = select(Department).order_by(col(Department.id))
    if active:
        query = query.where(col(Department.is_active).is_(True))
    return tuple(
        DepartmentView(
            each.id or 0, each.code, each.zh, each.en, each.phone, each.mail, each.is_active
        )
        for each in session.exec(query)
    )


def department_in_use(session: Session, department_id: int) -> Department:
    """The department to be told. Refuses one that is unknown or out of use."""
    found = session.get(Department, department_id)
    if found is None or not found.is_active:
        raise Refusal("log.no_department", field="notices")
    return found


def _checked(form: DepartmentForm) -> str:
    if not form.zh:
        raise Refusal("log.missing_name", field="zh")
    code = form.code.strip().lower()
    if not code:
        raise Refusal("log.missing_code", field="code")
    return code
