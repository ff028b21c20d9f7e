"""Sealing: what the last signature brings about, as one step of its transaction (9.13, 9.16).

The old shift closes and the new holder's tenure begins at the same instant; every open matter has
its owner; counted figures become the balances; the journal's row gives the receipt.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlmodel import select

from desk_console.foundation.receipts import receipt_code
from desk_console.foundation.store import Work
from desk_console.handover import parties, versions
from desk_console.handover.findable import HANDOVERS
from desk_console.handover.records import (
    Handover,
    HandoverCount,
    HandoverKind,
    HandoverSeal,
    HandoverStage,
    HandoverVersion,
)
from desk_console.handover.reporting import report_shift
from desk_console.handover.sheet import Sheet
from desk_console.log import drafts
from desk_console.matters.acts import hand_on
from desk_console.people import views as people
from desk_console.people.records import PersonView, Signature
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift import items, tenures
from desk_console.shift.departures import hand_over
from desk_console.shift.presence import close, present

_LAST_ROW = text("select max(seq) from journal")


def seal_handover(
    work: Work,
    desk: Desk,
    row: Handover,
    version: HandoverVersion,
    sheet: Sheet,
    taker: PersonView,
) -> tuple[str, int | None]:
    """Closes the handover for good; gives the receipt and the shift that runs from now on."""
    shift_id = _pass_post(work, desk, row, taker)
    _count_in(work, row, sheet, taker)
    _hand_matters_on(work, desk, sheet, taker)
    receipt = _seal(work, desk, row, version, sheet, taker)
    report_shift(work, desk, row, sheet, receipt)
    return receipt, shift_id


def _pass_post(work: Work, desk: Desk, row: Handover, taker: PersonView) -> int | None:
    if parties.is_left(row):
        running = tenures.running_shift(work.session, row.post_code)
        return running.id if running else None
    giver = people.person(work.session, row.outgoing_id)
    if giver is None:
        raise LookupError(f"handover {row.id} names nobody")
    shift = hand_over(work, desk, giver, taker)
    if row.kind is HandoverKind.ACTING and (gone := present(work.session, giver.id)):
        close(work, gone, early=0, reason=row.reason)
    return shift.id


def _count_in(work: Work, row: Handover, sheet: Sheet, taker: PersonView) -> None:
    subject = f"handover:{row.id}"
    for line in sheet.items:
        if line.is_known and (count := work.session.get(HandoverCount, (row.id, line.item_id))):
            count.matter_id = line.matter_id  # the next handover knows of it as well
            work.session.add(count)
        if line.counted is not None and line.difference:
            items.count_in(work, line.item_id, line.counted, subject=subject, by=taker.id)
        if line.is_retired:
            work.session.flush()
            items.write_off(work, line.item_id, subject=subject, by=taker.id)


def _hand_matters_on(work: Work, desk: Desk, sheet: Sheet, taker: PersonView) -> None:
    for point in sheet.matters:
        owner_id = sheet.taker_of(point).id
        hand_on(work, desk, taker, point.matter_id, owner_id, next_step=point.next_step[:200])


def _seal(
    work: Work,
    desk: Desk,
    row: Handover,
    version: HandoverVersion,
    sheet: Sheet,
    taker: PersonView,
) -> str:
    signatures = work.session.exec(
        select(Signature.id).where(Signature.subject == f"handover_version:{version.id}")
    ).all()
    digest = work.journal(
        "handover.sealed",
        by=taker.id,
        subject=f"handover_seal:{row.id}",
        clause=desk.duty.cite(Topic.SIGN_BOTH),
        handover=row.id,
        version=version.id,
        content=versions.digest_of(version),
        signatures=sorted(one or 0 for one in signatures),
        through_entry=sheet.through_entry_id,
        post=row.post_code,
    )
    receipt = receipt_code(digest)
    work.session.add(
        HandoverSeal(
            handover_id=row.id or 0,
            version_id=version.id or 0,
            post_code=row.post_code,
            through_entry_id=sheet.through_entry_id,
            journal_seq=work.session.connection().execute(_LAST_ROW).scalar_one(),
            receipt=receipt,
            sealed_at=work.now,
        )
    )
    row.stage, row.version_id, row.closed_at = HandoverStage.SEALED, version.id, work.now
    work.session.add(row)
    work.session.flush()
    drafts.drop(work, f"handover:{row.id}:")
    HANDOVERS.index(work.session, row.id or 0)
    return receipt
