"""Reports to those in charge: a sealed shift (3.10), a post deserted (9.16), a refusal.

Each stands on the screen of those in charge until one of them has taken note, and goes out by mail
to whom the config names.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlmodel import Session, col, select

from desk_console.foundation import outbox
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.handover.records import Handover, ShiftReport
from desk_console.handover.sheet import Sheet
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift.records import Tenure


def report_shift(work: Work, desk: Desk, row: Handover, sheet: Sheet, receipt: str) -> None:
    """Reports a sealed shift (3.10); a step of sealing."""
    work.session.add(ShiftReport(handover_id=row.id, reported_at=work.now))
    for address in desk.mail.shift_report_to:
        outbox.put(
            work,
            desk.source,
            template="handover.shift_report",
            address=address,
            about=f"handover:{row.id}",
            values={
                "site": sheet.site,
                "plan": sheet.plan_zh,
                "day": sheet.day,
                "outgoing": sheet.giver.name,
                "incoming": sheet.incoming.name if sheet.incoming else "",
                "entries": sheet.figures.entries,
                "repairs": sheet.figures.repairs,
                "complaints": sheet.figures.complaints,
                "abnormal": sheet.figures.abnormal,
                "matters": len(sheet.matters),
                "receipt": receipt,
            },
        )


def unreported(session: Session) -> tuple[Tenure, ...]:
    """The stretches in which a post was deserted that nobody in charge was told of yet."""
    told = select(ShiftReport.id).where(col(ShiftReport.tenure_id) == col(Tenure.id)).exists()
    return tuple(
        session.exec(
            select(Tenure).where(text("kind = 'deserted'"), ~told).order_by(col(Tenure.id))
        )
    )


def report_deserted(work: Work, desk: Desk) -> int:
    """Reports every post that was left without a handover (9.16, 9.5); a step of settling."""
    found = unreported(work.session)
    for tenure in found:
        name = _left_by(work.session, tenure)
        work.session.add(ShiftReport(tenure_id=tenure.id, reported_at=work.now))
        work.journal(
            "handover.deserted_reported",
            by=None,
            subject=f"tenure:{tenure.id}",
            clause=desk.duty.cite(Topic.SIGN_OFF) or desk.duty.cite(Topic.STAY_AT_POST),
        )
        for address in desk.mail.shift_report_to:
            outbox.put(
                work,
                desk.source,
                template="handover.deserted",
                address=address,
                about=f"tenure:{tenure.id}",
                values={"site": desk.site.name, "name": name, "since": tenure.began_at},
            )
    return len(found)


def _left_by(session: Session, tenure: Tenure) -> str:
    """Who held the post until then."""
    before = session.exec(
        select(Tenure.person_id)
        .where(Tenure.post_code == tenure.post_code, col(Tenure.id) < tenure.id)
        .order_by(col(Tenure.id).desc())
        .limit(1)
    ).first()
    person = people.person(session, before) if before else None
    return person.name if person else ""


def acknowledge_report(desk: Desk, person: PersonView, report_id: int) -> None:
    """Somebody in charge has taken note of a report (3.10)."""
    with desk.transaction() as work:
        authorised(work.session, person.id, Right.REVIEW, desk.duty)
        report = work.session.exec(
            select(ShiftReport).where(
                ShiftReport.id == report_id, col(ShiftReport.acknowledged_at).is_(None)
            )
        ).first()
        if report is None:
            raise Refusal("handover.report_noted")
        report.acknowledged_at, report.acknowledged_by = work.now, person.id
        work.session.add(report)
        work.journal(
            "handover.report_acknowledged",
            by=person.id,
            subject=f"shift_report:{report_id}",
            clause=desk.duty.cite(Topic.SHIFT_REPORT),
        )
