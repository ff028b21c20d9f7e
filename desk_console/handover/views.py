"""What the screens ask about a handover under way: whose turn it is, what is left, the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from desk_console.foundation.catalogue import Message
from desk_console.foundation.refusal import Refusal, Verdict
from desk_console.handover import parties, versions
from desk_console.handover.gathering import gather
from desk_console.handover.lacks import Lack, lack_verdict, minutes_left
from desk_console.handover.lacks import lacks as lacks_of
from desk_console.handover.records import (
    Handover,
    HandoverKind,
    HandoverPoint,
    HandoverSeal,
    HandoverStage,
    HandoverVersion,
    Severity,
    ShiftReport,
    Side,
    Step,
)
from desk_console.handover.sheet import Sheet, Signer
from desk_console.handover.signing import witness_of
from desk_console.matters.records import Matter
from desk_console.people import views as people
from desk_console.rulebook.desk import Desk
from desk_console.shift.records import Tenure


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the handover: done, or what is left of it and whose turn that is."""

    step: Step
    is_done: bool
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a handover stands."""

    handover_id: int
    post_code: str
    kind: HandoverKind
    stage: HandoverStage
    revision: int
    """Of the summary and the remarks."""
    steps: tuple[StepView, ...]
    step: Step
    """The first that is not done; to sign, where all are."""
    turn: Side
    """Whose turn it is there."""
    who: Signer | None
    """Who that is, where it is known."""
    lacks: tuple[Lack, ...]
    """Everything that is left before the next signature."""
    minutes_left: int
    """About how long the rest takes."""
    void: tuple[Message, ...]
    """What has changed since the outgoing signature, which no longer holds then."""
    is_left: bool
    """The outgoing person signed at closing; the incoming one does the rest."""
    is_closed: bool
    """And has left with it: the post is closed, or was opened again since."""

    @property
    def may_be_signed(self) -> bool:
        """Nothing is left but the signature of whose turn it is."""
        return not self.lacks

    def verdict(self) -> Verdict:
        """Why it cannot be signed, with the clause; allows where it can."""
        return lack_verdict(self.lacks)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What was said of a matter at the handover before: to begin with."""

    severity: Severity
    state: str
    next_step: str
    if_then: str
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class Missed:
    """A shift that somebody missed: when it was handed over, and by whom to whom."""

    handover_id: int
    sealed_at: datetime
    outgoing: str
    incoming: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report that nobody in charge has taken note of yet (3.10, 9.16)."""

    id: int
    handover_id: int | None
    post_code: str | None
    since: datetime | None
    reported_at: datetime


def under_way(session: Session, post_code: str) -> int | None:
    """The handover that is under way at a post."""
    row = parties.at_post(session, post_code)
    return row.id if row else None


def standing(
    session: Session, desk: Desk, handover_id: int, *, shown: Sheet | None = None
) -> Standing:
    """How a handover stands: whose turn, which step, what is left, about how long.

    `shown` is its sheet where the caller has it from the same reading.
    """
    row = _row(session, handover_id)
    shown = shown or sheet(session, desk, handover_id)
    void = _void(session, desk, row, shown)
    is_signed = row.stage is HandoverStage.SIGNED and not parties.is_left(row) and not void
    current = gather(session, desk, row) if void else shown
    is_over = row.closed_at is not None
    found = () if is_over or is_signed else lacks_of(current, desk.duty)
    steps = tuple(
        StepView(step, not lacks and (step is not Step.SIGN or is_over), lacks)
        for step in current.steps
        for lacks in [tuple(one for one in found if one.step is step)]
    )
    turn = found[0].side if found else _signer(session, row, current, is_signed=is_signed)
    return Standing(
        handover_id=handover_id,
        post_code=row.post_code,
        kind=row.kind,
        stage=HandoverStage.OPEN if void else row.stage,
        revision=row.revision,
        steps=steps,
        step=found[0].step if found else Step.SIGN,
        turn=turn,
        who=_who(turn, current),
        lacks=found,
        minutes_left=0 if is_over else minutes_left(current, found),
        void=void,
        is_left=parties.is_left(row),
        is_closed=parties.is_closed(session, row),
    )


def sheet(session: Session, desk: Desk, handover_id: int) -> Sheet:
    """What is signed: as things stand while it is open, as it was signed from then on."""
    row = _row(session, handover_id)
    version = session.get(HandoverVersion, row.version_id) if row.version_id else None
    if version is not None and not parties.is_left(row):
        return versions.sheet_of(session, version)
    return gather(session, desk, row)


def reported(session: Session, handover_id: int) -> Sheet | None:
    """What a shift's report tells of: what was signed last, at closing or by both (3.10)."""
    row = _row(session, handover_id)
    version = session.get(HandoverVersion, row.version_id) if row.version_id else None
    return versions.sheet_of(session, version) if version is not None else None


def suggestion(session: Session, handover_id: int, matter_id: int) -> Suggestion | None:
    """What was said of a matter at the last sealed handover; None where it is new."""
    point = session.exec(
        select(HandoverPoint)
        .join(HandoverSeal, col(HandoverSeal.handover_id) == col(HandoverPoint.handover_id))
        .where(HandoverPoint.matter_id == matter_id, HandoverPoint.handover_id != handover_id)
        .order_by(col(HandoverPoint.handover_id).desc())
        .limit(1)
    ).first()
    if point is None:
        return None
    return Suggestion(point.severity, point.state, point.next_step, point.if_then, point.owner_id)


def told_before(session: Session, handover_id: int) -> dict[int, Severity]:
    """How closely each matter was to be watched, as it was told last at a sealed handover."""
    points = session.exec(
        select(HandoverPoint.matter_id, HandoverPoint.severity)
        .join(HandoverSeal, col(HandoverSeal.handover_id) == col(HandoverPoint.handover_id))
        .join(Matter, col(Matter.id) == col(HandoverPoint.matter_id))
        .where(HandoverPoint.handover_id != handover_id, col(Matter.closed_at).is_(None))
        .order_by(col(HandoverPoint.handover_id))
    )
    return {matter_id: Severity(severity) for matter_id, severity in points}


def missed(session: Session, desk: Desk, person_id: int, post_code: str) -> tuple[Missed, ...]:
    """The handovers of a post since somebody last held it, oldest first: who comes back after an
    absence reads these too (9.11, 3.4). None for somebody who never held it.
    """
    last = session.exec(
        select(Tenure.ended_at)
        .where(
            Tenure.person_id == person_id,
            Tenure.post_code == post_code,
            col(Tenure.ended_at).is_not(None),
        )
        .order_by(col(Tenure.id).desc())
        .limit(1)
    ).first()
    if last is None:
        return ()
    rows = session.exec(
        select(HandoverSeal, Handover)
        .join(Handover, col(Handover.id) == col(HandoverSeal.handover_id))
        .where(HandoverSeal.post_code == post_code, col(HandoverSeal.sealed_at) > last)
        .order_by(col(HandoverSeal.id).desc())
        .limit(60)
    ).all()
    names = {one.id: one.name for one in people.people(session, active=None)}
    return tuple(
        Missed(
            row.id or 0,
            sealed.sealed_at,
            names.get(parties.giver_of(row), ""),
            names.get(row.incoming_id or 0, ""),
        )
        for sealed, row in reversed(rows)
    )


def waiting_reports(session: Session, *, limit: int = 20) -> tuple[ReportLine, ...]:
    """What those in charge have not taken note of yet, oldest first (3.10, 9.16)."""
    rows = session.exec(
        select(ShiftReport, Tenure)
        .join(Tenure, col(Tenure.id) == col(ShiftReport.tenure_id), isouter=True)
        .where(col(ShiftReport.acknowledged_at).is_(None))
        .order_by(col(ShiftReport.reported_at))
        .limit(limit)
    )
    return tuple(
        ReportLine(
            report.id or 0,
            report.handover_id,
            tenure.post_code if tenure else None,
            tenure.began_at if tenure else None,
            report.reported_at,
        )
        for report, tenure in rows
    )


def _row(session: Session, handover_id: int) -> Handover:
    row = session.get(Handover, handover_id)
    if row is None:
        raise Refusal("handover.unknown")
    return row


def _void(session: Session, desk: Desk, row: Handover, signed: Sheet) -> tuple[Message, ...]:
    from desk_console.handover.comparing import changes

    if row.stage is not HandoverStage.SIGNED or parties.is_left(row):
        return ()
    now = gather(session, desk, row)
    if now.mark == signed.mark:
        return ()
    version = session.get(HandoverVersion, row.version_id)
    is_older = version is not None and versions.is_of_older_form(version)
    return tuple(changes(signed, now, is_older=is_older))


def _signer(session: Session, row: Handover, sheet: Sheet, *, is_signed: bool) -> Side:
    if parties.is_left(row):
        return Side.INCOMING
    if not is_signed:
        return Side.OUTGOING
    if sheet.wants_witness and witness_of(session, row.version_id) is None:
        return Side.WITNESS
    return Side.INCOMING


def _who(turn: Side, sheet: Sheet) -> Signer | None:
    match turn:
        case Side.OUTGOING:
            return sheet.giver
        case Side.INCOMING:
            return sheet.incoming
        case _:
            return None
