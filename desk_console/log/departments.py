"""The departments that the desk tells (6.3), and what they say to it (4.8).

A department taken out of use keeps what it was told: its open notices may still be answered, but
nothing new goes there.
"""

from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session, col, select

from desk_console.foundation import outbox
from desk_console.foundation.canonical import words_digest
from desk_console.foundation.catalogue import Language
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import LONG_LIMIT, accept
from desk_console.log.forms import Form, NoticeForm, Number, Short
from desk_console.log.presence import present_writer
from desk_console.log.records import (
    Channel,
    Department,
    Entry,
    Notice,
    NoticeReply,
    ReplyKind,
)
from desk_console.people.authority import authorised
from desk_console.people.mailing import language_for
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.topics import Topic

_SALT_BYTES = 16


class DepartmentForm(Form):
    """A department as it is entered: a short code, its name in both languages, how to reach it."""

    code: Short
    zh: Short
    en: Short = ""
    phone: Number = ""
    mail: Short = ""
    mail_language: Language | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """A department as screens show it."""

    id: int
    code: str
    zh: str
    en: str
    phone: str
    mail: str
    mail_language: str
    is_active: bool


def add_department(desk: Desk, person: PersonView, form: DepartmentForm) -> int:
    """Adds a department; returns its id. Refuses whoever may not set up, and a code in use."""
    code = _checked(form)
    with desk.transaction() as work:
        authorised(work.session, person.id, Right.SET_UP, desk.duty)
        taken = work.session.exec(select(Department.id).where(Department.code == code)).first()
        if taken is not None:
            raise Refusal("log.department_code_taken", field="code", code=code)
        row = Department(
            code=code,
            zh=form.zh,
            en=form.en or form.zh,
            phone=form.phone,
            mail=form.mail,
            mail_language=form.mail_language,
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
) -> None:
    """Changes a department's names and numbers. Its code stays; see `matters.notified` for taking
    it out of use.
    """
    _checked(form)
    with desk.transaction() as work:
        row = _department(work, desk, person, department_id)
        row.zh, row.en, row.phone, row.mail = form.zh, form.en or form.zh, form.phone, form.mail
        row.mail_language = form.mail_language
        work.session.add(row)
        work.journal(
            "log.department_changed",
            by=person.id,
            subject=f"department:{row.id}",
            zh=row.zh,
            en=row.en,
            is_active=row.is_active,
        )


def put_in_use(
    work: Work, desk: Desk, person: PersonView, department_id: int, *, is_active: bool
) -> None:
    """Takes a department out of use or back into it; a step of a larger act."""
    row = _department(work, desk, person, department_id)
    row.is_active = is_active
    work.session.add(row)
    work.journal(
        "log.department_in_use",
        by=person.id,
        subject=f"department:{row.id}",
        code=row.code,
        is_active=is_active,
    )


def _department(work: Work, desk: Desk, person: PersonView, department_id: int) -> Department:
    authorised(work.session, person.id, Right.SET_UP, desk.duty)
    row = work.session.get(Department, department_id)
    if row is None:
        raise Refusal("log.no_department")
    return row


def departments(session: Session, *, active: bool = True) -> tuple[DepartmentView, ...]:
    """All departments, those in use unless `active` is false, in the order they were added."""
    query = select(Department).order_by(col(Department.id))
    if active:
        query = query.where(col(Department.is_active).is_(True))
    return tuple(
        DepartmentView(
            each.id or 0,
            each.code,
            each.zh,
            each.en,
            each.phone,
            each.mail,
            each.mail_language,
            each.is_active,
        )
        for each in session.exec(query)
    )


def department_in_use(session: Session, department_id: int) -> Department:
    """The department to be told. Refuses one that is unknown or out of use."""
    found = session.get(Department, department_id)
    if found is None or not found.is_active:
        raise Refusal("log.no_department", field="notices")
    return found


def tell(work: Work, desk: Desk, entry: Entry, by: int, notice: NoticeForm) -> Notice:
    """Puts down that a department was told of an entry: whom, how, when (6.3); a step of an act.

    Where it is told by mail and has an address, the mail leaves with the act. It carries the place
    and the words, never a resident's name or number.
    """
    department = department_in_use(work.session, notice.department_id)
    row = work.make(
        Notice,
        entry_id=entry.id or 0,
        department_id=notice.department_id,
        how=notice.how,
        told=notice.told,
        at=min(notice.at or work.now, work.now),
        person_id=by,
    )
    if notice.how is Channel.MAIL and department.mail:
        outbox.put(
            work,
            desk.source,
            template="log.notice",
            address=department.mail,
            language=language_for(desk, department.mail_language),
            about=f"notice:{row.id}",
            values={
                "site": desk.site.name,
                "entry": entry.id,
                "unit": entry.unit_text,
                "content": entry.content,
            },
        )
    return row


def reply(
    desk: Desk,
    person: PersonView,
    notice_id: int,
    kind: ReplyKind,
    *,
    who: str = "",
    words: str = "",
) -> int:
    """Puts down what a department said to a notice: that it took it up, or what came of it (4.8).

    Refuses a second acknowledgement, and a result without words. Returns the reply's id.
    """
    answerer, said = accept(who), accept(words, limit=LONG_LIMIT, lines=True)
    clause = desk.duty.cite(Topic.NOTIFY_DEPARTMENT)
    with desk.transaction() as work:
        present_writer(work.session, person, desk.duty)
        notice = work.session.get(Notice, notice_id)
        if notice is None:
            raise Refusal("log.no_notice")
        if kind is ReplyKind.RESULT and not said:
            raise Refusal("log.missing_words", clause=clause, field="words")
        if kind is ReplyKind.ACKNOWLEDGED and _is_acknowledged(work.session, notice_id):
            raise Refusal("log.acknowledged_already", clause=clause)
        salt = desk.source.random_bytes(_SALT_BYTES).hex()
        row = NoticeReply(
            notice_id=notice_id,
            kind=kind,
            who=answerer,
            words=said,
            at=work.now,
            person_id=person.id,
            salt=salt,
        )
        work.session.add(row)
        work.session.flush()
        work.journal(
            f"log.notice_{kind.value}",
            by=person.id,
            subject=f"notice:{notice_id}",
            clause=clause,
            reply=row.id,
            digest=words_digest(salt, {"who": answerer, "words": said}),
        )
        return row.id or 0


def _is_acknowledged(session: Session, notice_id: int) -> bool:
    query = select(NoticeReply.id).where(
        NoticeReply.notice_id == notice_id, NoticeReply.kind == ReplyKind.ACKNOWLEDGED
    )
    return session.exec(query).first() is not None


def _checked(form: DepartmentForm) -> str:
    if not form.zh:
        raise Refusal("log.missing_title", field="zh")
    code = form.code.strip().lower()
    if not code:
        raise Refusal("log.missing_code", field="code")
    return code
