"""Signing: the outgoing person first, a witness where the site wants one, the incoming one last.

All sign the same content, each with a fresh PIN. The last signature, the closing of the old shift,
the new tenure, the new owners, the journal and the seal are one transaction (9.13, 9.16).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from desk_console.foundation.catalogue import Message, pair
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.handover import parties, rules, versions
from desk_console.handover.comparing import changes
from desk_console.handover.gathering import gather
from desk_console.handover.lacks import lack_verdict, lacks
from desk_console.handover.opening import holder_is_gone, void
from desk_console.handover.records import (
    Handover,
    HandoverKind,
    HandoverSeal,
    HandoverStage,
    HandoverVersion,
)
from desk_console.handover.sealing import seal_handover
from desk_console.handover.sheet import Sheet
from desk_console.handover.takers import takes_over
from desk_console.handover.weighing import may_be_side
from desk_console.people.authority import authorised
from desk_console.people.pins import Proof
from desk_console.people.records import Signature
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature came to."""

    signature_id: int
    version_id: int
    receipt: str | None
    """Where it was the last one: the code that both keep."""
    shift_id: int | None = None
    """The shift that runs from now on."""


class _Changed(Exception):
    """What was signed first is no longer what there is."""

    def __init__(self, what: list[Message]) -> None:
        super().__init__("changed")
        self.what = what


def sign_outgoing(desk: Desk, proof: Proof, handover_id: int, *, shown: str) -> Signed:
    """The outgoing signature (9.13), by the outgoing person or the supervisor who acts for them.

    `shown` is the mark of the sheet that was shown. Refuses while anything is left, and where the
    sheet has changed since it was shown.
    """
    with desk.transaction() as work:
        row = parties.under_way(work, desk, handover_id)
        if again := _signed_before(work.session, row, proof, shown):
            return again
        row = parties.editable(work, desk, handover_id)
        parties.outgoing(work, desk, row, proof.person)
        if row.kind is HandoverKind.ACTING:
            authorised(work.session, proof.person.id, Right.RELEASE, desk.duty)
            holder_is_gone(work, desk, row.outgoing_id)
        may_be_side(work.session, desk, proof.person.id, row.post_code, at=work.now)
        sheet = _ready(work, desk, row, shown)
        version = versions.keep(work, desk.source, row, sheet)
        row.stage, row.version_id = HandoverStage.SIGNED, version.id
        if row.kind is HandoverKind.APART:
            row.through_entry_id = sheet.through_entry_id
        work.session.add(row)
        meaning, role = rules.giving_meaning(sheet), sheet.giver.role
        signature_id = _sign(work, desk, proof, version, row, meaning, role)
        return Signed(signature_id, version.id or 0, None)


def sign_witness(desk: Desk, proof: Proof, handover_id: int, *, shown: str) -> Signed:
    """The witness's signature, between the two others, where the site wants it."""
    with desk.transaction() as work:
        row = parties.under_way(work, desk, handover_id)
        if not desk.duty.handover_witness:
            raise Refusal("handover.no_witness")
        authorised(work.session, proof.person.id, Right.LOG, desk.duty)
        version, sheet = _first_signed(work, desk, row)
        rules.witness_verdict(sheet, proof.person.id).or_refuse()
        if sheet.mark != shown:
            raise Refusal("handover.changed", what=[])
        role = next(iter(sorted(proof.person.roles)), "")
        signature_id = _sign(work, desk, proof, version, row, "witness", role)
        return Signed(signature_id, version.id or 0, None)


def sign_incoming(desk: Desk, proof: Proof, handover_id: int, *, shown: str) -> Signed:
    """The incoming signature: the post, its matters and its items pass with it, and the record is
    sealed (9.13, 9.16). Gives the receipt.

    Refuses while anything is left. Where something has changed since the outgoing signature, that
    one is void from now on, and the refusal says what changed.
    """
    try:
        with desk.transaction() as work:
            return _sign_last(work, desk, proof, handover_id, shown)
    except _Changed as changed:
        with desk.transaction() as work:
            row = parties.under_way(work, desk, handover_id)
            void(work, row, "changed")
        raise Refusal(
            "handover.changed", clause=desk.duty.cite(Topic.SIGN_BOTH), what=changed.what
        ) from None


def witness_of(session: Session, version_id: int | None) -> int | None:
    """Who has witnessed a version."""
    words = " / ".join(pair("handover.meaning_witness"))
    return session.exec(
        select(Signature.person_id).where(
            Signature.subject == f"handover_version:{version_id}", Signature.meaning == words
        )
    ).first()


def _sign_last(work: Work, desk: Desk, proof: Proof, handover_id: int, shown: str) -> Signed:
    row = work.session.get(Handover, handover_id)
    if row is not None and (again := _sealed_before(work.session, row, proof)):
        return again
    row = parties.under_way(work, desk, handover_id)
    taker = parties.incoming(work, desk, row, proof.person)
    if parties.is_left(row):
        sheet = _ready(work, desk, row, shown)
        version = versions.keep(work, desk.source, row, sheet)
    else:
        takes_over(work.session, desk, row, taker, at=work.now)
        version, sheet = _first_signed(work, desk, row)
        now = gather(work.session, desk, row)
        if now.mark != sheet.mark:
            raise _Changed(changes(sheet, now, is_older=versions.is_of_older_form(version)))
        _is_whole(desk, now, shown)
        if desk.duty.handover_witness and witness_of(work.session, version.id) is None:
            raise Refusal("handover.witness_wanted", clause=desk.duty.cite(Topic.SIGN_BOTH))
    role = sheet.incoming.role if sheet.incoming else ""
    signature_id = _sign(work, desk, proof, version, row, rules.taking_meaning(sheet), role)
    receipt, shift_id = seal_handover(work, desk, row, version, sheet, proof.person)
    return Signed(signature_id, version.id or 0, receipt, shift_id)


def _ready(work: Work, desk: Desk, row: Handover, shown: str) -> Sheet:
    """The sheet, where nothing is left to do and it is what was shown."""
    sheet = gather(work.session, desk, row)
    _is_whole(desk, sheet, shown)
    return sheet


def _is_whole(desk: Desk, sheet: Sheet, shown: str) -> None:
    """Refuses a sheet on which anything is left, and one that is not what was shown."""
    lack_verdict(lacks(sheet, desk.duty)).or_refuse()
    if sheet.mark != shown:
        raise Refusal("handover.changed", clause=desk.duty.cite(Topic.SIGN_BOTH), what=[])


def _first_signed(work: Work, desk: Desk, row: Handover) -> tuple[HandoverVersion, Sheet]:
    version = work.session.get(HandoverVersion, row.version_id) if row.version_id else None
    if row.stage is not HandoverStage.SIGNED or version is None or parties.is_left(row):
        raise Refusal("handover.outgoing_first", clause=desk.duty.cite(Topic.SIGN_BOTH))
    return version, versions.sheet_of(work.session, version)


def _sign(
    work: Work,
    desk: Desk,
    proof: Proof,
    version: HandoverVersion,
    row: Handover,
    meaning: str,
    role: str,
) -> int:
    signature_id = proof.sign(
        work,
        subject=f"handover_version:{version.id}",
        meaning=" / ".join(pair(f"handover.meaning_{meaning}")),
        role=role,
        content=versions.content_of(version),
    )
    work.journal(
        "handover.signed",
        by=proof.person.id,
        subject=f"handover:{row.id}",
        clause=desk.duty.cite(Topic.SIGN_BOTH),
        side=meaning.removesuffix(rules.UNCOUNTED),
        version=version.id,
        content=versions.digest_of(version),
        signature=signature_id,
    )
    return signature_id


def _signed_before(session: Session, row: Handover, proof: Proof, shown: str) -> Signed | None:
    """The signature that this person gave before, where the plug was pulled before they saw it."""
    if row.stage is not HandoverStage.SIGNED or proof.person.id != parties.giver_of(row):
        return None
    version = session.get(HandoverVersion, row.version_id)
    if version is None or versions.sheet_of(session, version).mark != shown:
        return None
    return Signed(_signature(session, row.version_id, proof), version.id or 0, None)


def _sealed_before(session: Session, row: Handover, proof: Proof) -> Signed | None:
    if row.stage is not HandoverStage.SEALED or row.incoming_id != proof.person.id:
        return None
    sealed = session.exec(select(HandoverSeal).where(HandoverSeal.handover_id == row.id)).one()
    signature_id = _signature(session, sealed.version_id, proof)
    return Signed(signature_id, sealed.version_id, sealed.receipt)


def _signature(session: Session, version_id: int | None, proof: Proof) -> int:
    found = session.exec(
        select(Signature.id)
        .where(
            Signature.subject == f"handover_version:{version_id}",
            Signature.person_id == proof.person.id,
        )
        .order_by(col(Signature.id).desc())
    ).first()
    return found or 0
