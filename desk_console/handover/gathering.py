"""Gathering a handover: its sheet as things stand now, from everything that was entered.

The sheet holds nothing that time alone changes, so that what one person signed is still the same
when the other signs it a minute later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from desk_console.foundation.canonical import sha256
from desk_console.handover import rules
from desk_console.handover.faces import Faces, everybody
from desk_console.handover.gathered_items import item_lines
from desk_console.handover.gathered_matters import matters_of
from desk_console.handover.gathered_record import entry_refs, figures
from desk_console.handover.records import (
    Handover,
    HandoverArea,
    HandoverKind,
    HandoverRefusal,
    HandoverRelease,
    HandoverStage,
    HandoverVersion,
    Step,
)
from desk_console.handover.sheet import (
    AreaLine,
    Arrival,
    Part,
    RefusalLine,
    ReleaseLine,
    Sheet,
    TidyLine,
)
from desk_console.log.rules import is_night
from desk_console.people.records import Signature
from desk_console.people.signatures import role_of
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import checks
from desk_console.shift.presence import present
from desk_console.shift.records import Attendance, CheckKind, Shift, Tenure, TenureKind


def gather_first_part(session: Session, desk: Desk, row: Handover) -> Sheet:
    """What the outgoing person signed at closing, as it would be gathered now."""
    as_before = Handover(**row.model_dump())
    as_before.stage, as_before.version_id = HandoverStage.OPEN, None
    as_before.through_entry_id = None
    return gather(session, desk, as_before)


def gather(session: Session, desk: Desk, row: Handover) -> Sheet:
    """The sheet of a handover that is under way, as things stand."""
    faces = everybody(session)
    shift = shift_of(session, row)
    first = _who_and_when(session, desk, row, shift, faces)
    counter_id = row.outgoing_id if rules.is_first_part(first) else row.incoming_id
    tidy = _tidy(session, row)
    counted = item_lines(session, desk, row, faces, counter_id=counter_id)
    area = _area(session, row)
    steps = rules.steps_for(
        row.kind,
        desk.duty,
        has_tidy=bool(tidy),
        has_items=bool(counted),
        has_area=bool(area),
    )
    entries = entry_refs(session, desk, row, faces)
    since = _counted_since(session, row, shift)
    return first.model_copy(
        update={
            "steps": steps,
            "tidy": tidy if Step.TIDY in steps else (),
            "items": counted if Step.ITEMS in steps else (),
            "area": area if Step.AREA in steps else (),
            "entries": entries,
            "figures": figures(session, desk, row, shift, entries, since=since),
            "matters": matters_of(session, desk, row, faces),
            "releases": _releases(session, row, faces),
            "refusals": _refusals(session, row, faces),
        }
    )


def _who_and_when(
    session: Session, desk: Desk, row: Handover, shift: Shift | None, faces: Faces
) -> Sheet:
    """The head of the sheet, and what both said: nothing yet of what is counted, read and told."""
    plan = desk.duty.shift(shift.plan_code) if shift else None
    incoming = _attendance(session, row, row.incoming_id)
    left = _left(session, row)
    return Sheet(
        handover_id=row.id or 0,
        kind=row.kind,
        post_code=row.post_code,
        site=desk.site.name,
        regulation=desk.duty.regulation,
        also=desk.duty.also,
        plan_code=shift.plan_code if shift else "",
        plan_zh=plan.zh if plan else "",
        plan_en=plan.en if plan else "",
        is_night=plan is not None and is_night(plan),
        day=shift.day if shift else None,
        shift_from=began_at(session, row, shift),
        shift_due=shift.due_at if shift else None,
        unchecked=_unchecked(session, desk, shift),
        opened_at=row.opened_at,
        opened_by=faces.signer(row.opened_by),
        reason=row.reason,
        outgoing=faces.signer(row.outgoing_id, _role(_attendance(session, row, row.outgoing_id))),
        acting=faces.in_charge(row.acting_id, desk.duty) if row.acting_id else None,
        incoming=faces.signer(row.incoming_id, _role(incoming)) if row.incoming_id else None,
        arrival=_arrival(session, desk, incoming),
        after_entry_id=row.after_entry_id,
        summary=row.summary,
        to_note=row.to_note,
        instructions=row.instructions,
        remarks=row.remarks,
        left=left,
        wants_witness=desk.duty.handover_witness and left is None,
    )


def shift_of(session: Session, row: Handover) -> Shift | None:
    """The shift that is handed over."""
    return session.get(Shift, row.shift_id) if row.shift_id else None


def began_at(session: Session, row: Handover, shift: Shift | None) -> datetime | None:
    """Since when the outgoing person has had what is handed over: since the shift began, or since
    they took the post in the middle of it.
    """
    if shift is None:
        return None
    held = session.exec(
        select(Tenure.began_at)
        .where(Tenure.shift_id == shift.id, Tenure.person_id == row.outgoing_id)
        .where(col(Tenure.kind) != TenureKind.STAND_IN)
        .order_by(col(Tenure.id))
        .limit(1)
    ).first()
    return max(filter(None, (shift.opened_at, held, _last_end(session, row, sealed=True))))


def _counted_since(session: Session, row: Handover, shift: Shift | None) -> datetime:
    """Since when the figures count what was closed: whoever did it, and however the post passed
    from one to the other since the last record.
    """
    began = shift.opened_at if shift else row.opened_at
    return _last_end(session, row, sealed=True) or began


def _last_end(session: Session, row: Handover, *, sealed: bool = False) -> datetime | None:
    """When the handover before this one ended in the same shift, or only one that was sealed."""
    ended = select(func.max(Handover.closed_at)).where(
        Handover.shift_id == row.shift_id,
        col(Handover.id) < (row.id or 0),
        col(Handover.closed_at).is_not(None),
    )
    if sealed:
        ended = ended.where(Handover.stage == HandoverStage.SEALED)
    return session.exec(ended).first()


def _attendance(session: Session, row: Handover, person_id: int | None) -> Attendance | None:
    if person_id is None:
        return None
    found = present(session, person_id)
    return found if found is not None and found.post_code == row.post_code else None


def _role(attendance: Attendance | None) -> str:
    return attendance.role if attendance else ""


def _arrival(session: Session, desk: Desk, attendance: Attendance | None) -> Arrival | None:
    if attendance is None:
        return None
    fit = desk.duty.cite(Topic.FIT_FOR_DUTY)
    answers = checks.lines(session, CheckKind.START, attendance_id=attendance.id) if fit else ()
    asked = [line.is_ok for line in answers if line.clause == fit]
    return Arrival(
        arrived_at=attendance.arrived_at,
        expected_at=attendance.expected_at,
        late_minutes=attendance.late_minutes,
        is_fit=asked[0] if asked else (True if fit else None),
    )


def _left(session: Session, row: Handover) -> Part | None:
    """What the outgoing person signed at closing, where the other comes later."""
    is_left = row.kind is HandoverKind.APART and row.stage is HandoverStage.SIGNED
    version = session.get(HandoverVersion, row.version_id) if is_left and row.version_id else None
    if version is None:
        return None
    return Part(
        version_id=version.id or 0,
        digest=sha256(version.content.encode()),
        signed_at=version.made_at,
    )


def _unchecked(session: Session, desk: Desk, shift: Shift | None) -> int:
    """How many opening checks of a shift that has not started are unanswered (7.9)."""
    if shift is None or shift.started_at is not None or not desk.duty.opening_checks:
        return 0
    asked = checks.lines(session, CheckKind.OPENING, shift_id=shift.id)
    return sum(line.is_ok is None for line in asked)


def _tidy(session: Session, row: Handover) -> tuple[TidyLine, ...]:
    """Each handover has its own tidying: what was answered for one before it in the same shift
    counts no more (9.14).
    """
    since = _last_end(session, row)
    lines = checks.lines(session, CheckKind.TIDY, shift_id=row.shift_id, since=since)
    return tuple(
        TidyLine(
            item_id=line.item_id,
            zh=line.zh,
            en=line.en,
            clause=line.clause,
            is_ok=line.is_ok,
            note=line.note,
        )
        for line in lines
    )


def _area(session: Session, row: Handover) -> tuple[AreaLine, ...]:
    answered = {
        one.item_id: one
        for one in session.exec(select(HandoverArea).where(HandoverArea.handover_id == row.id))
        if one.checked_by == row.incoming_id
    }
    return tuple(
        AreaLine(
            item_id=line.item_id,
            zh=line.zh,
            en=line.en,
            clause=line.clause,
            is_ok=found.is_ok if found else None,
            note=found.note if found else "",
            explanation=found.explanation if found else "",
            is_explained=bool(found and found.explained_by),
            revision=found.revision if found else 0,
        )
        for line in checks.lines(session, CheckKind.AREA)
        for found in [answered.get(line.item_id)]
    )


def _releases(session: Session, row: Handover, faces: Faces) -> tuple[ReleaseLine, ...]:
    rows: Sequence[tuple[HandoverRelease, Signature]] = session.exec(
        select(HandoverRelease, Signature)
        .join(Signature, col(Signature.id) == col(HandoverRelease.signature_id))
        .where(HandoverRelease.handover_id == row.id)
        .order_by(col(HandoverRelease.id))
    ).all()
    return tuple(
        ReleaseLine(
            matter_id=one.matter_id,
            importance=one.importance,
            supervisor=faces.signer(one.person_id, role_of(signature.statement)),
            new_owner=faces.signer(one.new_owner_id),
            reason=one.reason,
            at=one.at,
            signature_id=one.signature_id,
        )
        for one, signature in rows
    )


def _refusals(session: Session, row: Handover, faces: Faces) -> tuple[RefusalLine, ...]:
    rows = session.exec(
        select(HandoverRefusal)
        .where(HandoverRefusal.handover_id == row.id)
        .order_by(col(HandoverRefusal.id))
    )
    return tuple(
        RefusalLine(person=faces.signer(one.person_id), reason=one.reason, at=one.at)
        for one in rows
    )
