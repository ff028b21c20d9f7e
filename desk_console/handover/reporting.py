"""Reports to those in charge: a sealed shift (3.10), a post deserted (9.16), taken in an emergency,
or left to a stand-in by somebody who did not come back.

Each stands on the screen of those in charge until one of them has taken note, and goes out by mail
to whom the config names.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session, col, select

from desk_console.foundation import outbox
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.handover.glance import report_clause
from desk_console.handover.records import Handover, ShiftReport
from desk_console.handover.sheet import Sheet
from desk_console.people import views as people
from desk_console.people.authority import authorised
from desk_console.people.mailing import readers_at
from desk_console.people.records import PersonView
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift.records import Tenure, TenureKind

_LOOKED_BACK = timedelta(days=7)
"""How long after it a post taken in an emergency is still found to be unreported."""

_WHAT = {
    TenureKind.DESERTED: "deserted",
    TenureKind.EMERGENCY: "taken",
    TenureKind.STAND_IN: "not_back",
}
"""How a report is called, by what the tenure was."""


def report_shift(work: Work, desk: Desk, row: Handover, sheet: Sheet, receipt: str) -> None:
    """Reports a sealed shift (3.10); a step of sealing. Of one that was reported as its post closed
    only who took it over is mailed, and the receipt, which nobody had then.
    """
    taker = sheet.incoming.name if sheet.incoming else ""
    told = select(ShiftReport.id).where(ShiftReport.handover_id == row.id)
    if work.session.exec(told).first() is not None:
        _mail(work, desk, row, sheet, "sealed_later", incoming=taker, receipt=receipt)
        return
    _report(work, desk, row, sheet, "shift_report", incoming=taker, receipt=receipt)


def report_closed(work: Work, desk: Desk, row: Handover, sheet: Sheet) -> None:
    """Reports a shift at whose end the post closes (3.10); a step of closing. It is sealed by
    whoever opens the post again.
    """
    _report(work, desk, row, sheet, "closed_report")


def _report(
    work: Work, desk: Desk, row: Handover, sheet: Sheet, template: str, **more: object
) -> None:
    work.session.add(ShiftReport(handover_id=row.id, reported_at=work.now))
    figures = sheet.figures.model_dump(include={"entries", "repairs", "complaints", "abnormal"})
    _mail(work, desk, row, sheet, template, matters=len(sheet.matters), **figures, **more)


def _mail(
    work: Work, desk: Desk, row: Handover, sheet: Sheet, template: str, **more: object
) -> None:
    for reader in readers_at(work.session, desk, desk.mail.shift_report_to):
        outbox.put(
            work,
            desk.source,
            template=f"handover.{template}",
            address=reader.address,
            language=reader.language,
            about=f"handover:{row.id}",
            values={
                "site": sheet.site,
                "plan": sheet.shift_name,
                "day": sheet.day,
                "outgoing": sheet.giver.name,
                **more,
            },
        )


def unreported(session: Session, desk: Desk, now: datetime) -> tuple[Tenure, ...]:
    """The stretches that those in charge are told of, and were not yet: a post deserted (9.16), one
    taken from its holder in an emergency, a step-out that nobody came back from (6.8, 2.8, 9.5).
    """
    told = select(ShiftReport.id).where(col(ShiftReport.tenure_id) == col(Tenure.id)).exists()
    # Each asks by the index that is made for it: this is looked at every few seconds.
    deserted = select(Tenure).where(text("kind = 'deserted'"), ~told).order_by(col(Tenure.id))
    taken = select(Tenure).where(
        col(Tenure.began_at) >= now - _LOOKED_BACK,
        col(Tenure.kind) == TenureKind.EMERGENCY,
        ~told,
    )
    out = select(Tenure).where(
        col(Tenure.ended_at).is_(None),
        col(Tenure.kind) == TenureKind.STAND_IN,
        col(Tenure.due_at) <= now - timedelta(minutes=desk.duty.relief_call_minutes),
        ~told,
    )
    return (
        *session.exec(deserted),
        *(each for each in session.exec(taken) if _held_before(session, each) is not None),
        *session.exec(out),
    )


def report_irregular(work: Work, desk: Desk) -> int:
    """Reports every post that was not passed on as it should be (9.16, 9.5, 6.8); a step of
    settling.
    """
    found = unreported(work.session, desk, work.now)
    for tenure in found:
        work.session.add(ShiftReport(tenure_id=tenure.id, reported_at=work.now))
        what = _WHAT[tenure.kind]
        work.journal(
            f"handover.{what}_reported",
            by=None,
            subject=f"tenure:{tenure.id}",
            clause=report_clause(tenure.kind, desk.duty),
        )
        for reader in readers_at(work.session, desk, desk.mail.shift_report_to):
            outbox.put(
                work,
                desk.source,
                template=f"handover.{what}",
                address=reader.address,
                language=reader.language,
                about=f"tenure:{tenure.id}",
                values={"site": desk.site.name, **_told(work.session, tenure)},
            )
    return len(found)


def _told(session: Session, tenure: Tenure) -> dict[str, object]:
    """What the mail says of it."""
    holder = _name(session, tenure.person_id)
    match tenure.kind:
        case TenureKind.EMERGENCY:
            before = _name(session, _held_before(session, tenure))
            return {"name": holder, "before": before, "since": tenure.began_at}
        case TenureKind.STAND_IN:
            away = _name(session, tenure.away_person_id)
            return {"name": away, "stand_in": holder, "due": tenure.due_at}
        case _:
            left = _name(session, _held_before(session, tenure))
            return {"name": left, "since": tenure.began_at}


def _held_before(session: Session, tenure: Tenure) -> int | None:
    """Who held the post until then; None where nobody did."""
    return session.exec(
        select(Tenure.person_id)
        .where(Tenure.post_code == tenure.post_code, col(Tenure.id) < tenure.id)
        .order_by(col(Tenure.id).desc())
        .limit(1)
    ).first()


def _answer_for(session: Session, report: ShiftReport) -> tuple[int | None, ...]:
    """Whose doing it was: both sides of a handover; of a post that was not passed on as it should
    be, who took, left or deserted it.
    """
    row = session.get(Handover, report.handover_id) if report.handover_id else None
    if row is not None:
        return row.outgoing_id, row.acting_id, row.incoming_id
    tenure = session.get(Tenure, report.tenure_id) if report.tenure_id else None
    if tenure is None:
        return ()
    match tenure.kind:
        case TenureKind.EMERGENCY:
            return (tenure.person_id,)
        case TenureKind.STAND_IN:
            return (tenure.away_person_id,)
        case _:
            return (_held_before(session, tenure),)


def _name(session: Session, person_id: int | None) -> str:
    person = people.person(session, person_id) if person_id else None
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
        if person.id in _answer_for(work.session, report):
            raise Refusal("handover.own_report", clause=desk.duty.cite(Topic.SHIFT_REPORT))
        report.acknowledged_at, report.acknowledged_by = work.now, person.id
        work.session.add(report)
        work.journal(
            "handover.report_acknowledged",
            by=person.id,
            subject=f"shift_report:{report_id}",
            clause=desk.duty.cite(Topic.SHIFT_REPORT),
        )
