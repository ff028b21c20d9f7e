"""The forms of matters: work order (维修工作单), complaint record (投诉记录表), next-day follow-up
(次日跟进单). What is not known yet is blank, for the technician's pen.
"""

from __future__ import annotations

from sqlmodel import Session

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.refusal import Refusal
from desk_console.log.records import Channel
from desk_console.matters import papers, views
from desk_console.outputs.sheets.model import (
    Fields,
    Given,
    Label,
    Prose,
    Sheet,
    Signatures,
    Signed,
    given,
    joined,
    label,
    label_of,
    stamp,
)
from desk_console.rulebook.desk import Desk


def work_order(session: Session, desk: Desk, words: Catalogue, number: str) -> Sheet:
    """The work order as it stands: to take along, and to keep once it is signed for (6.4, 6.6)."""
    order = papers.work_order(session, matter_of(session, number))
    blocks = (
        Fields(
            (
                given("caller", order.caller),
                given("unit", order.unit),
                given("phone", order.phone),
                given("reported_at", stamp(order.reported_at, words)),
                given("channel", _channel(order.channel, words)),
                _field("urgency", words.text(f"matters.urgency_{order.urgency}")),
                _field("place", order.place, wide=True),
            )
        ),
        Prose(label("fault"), order.fault, lines=2),
        Fields(
            (
                _field("appointment", stamp(order.appointment, words)),
                given("dispatched_at", stamp(order.dispatched_at, words)),
                _field("due", stamp(order.due, words)),
                _field("department", words.either(*order.department) if order.department else ""),
                _field("assignee", order.assignee),
                given("taken_by", order.taken_by),
                given("accepted_at", stamp(order.accepted_at, words)),
                given("on_site_at", stamp(order.on_site_at, words)),
                given("finished_at", stamp(order.finished_at, words)),
            )
        ),
        Prose(_named("work_done"), order.work_done, lines=4),
        Fields(
            (
                _field("materials", order.materials, wide=True),
                _field("fee", _yuan(order.fee)),
                _field("chargeable", _code("chargeable", order.chargeable, words)),
                given("stage", words.text(f"matters.stage_{order.stage}")),
                _field("not_done_reason", order.not_done_reason, wide=True),
                given("follow_up_at", stamp(order.follow_up_at, words)),
                _field("follow_result", order.follow_up_result),
                _field("satisfaction", _code("satisfaction", order.satisfaction, words)),
            )
        ),
        Signatures((Signed(label("technician")), Signed(_named("signed_by"), order.signed_by))),
    )
    return _sheet(desk, words, "work_order", order.number, blocks)


def complaint(session: Session, desk: Desk, words: Catalogue, number: str) -> Sheet:
    """The complaint record as it stands (4.11, 7.11, 5.5)."""
    one = papers.complaint(session, matter_of(session, number))
    other = one.other_party
    other_words = () if other is None else (
        Fields(
            (
                _field("party_name", other.name),
                _field("party_unit", other.unit),
                _field("party_phone", other.phone),
            )
        ),
        Prose(_named("party_words"), other.words),
    )  # fmt: skip
    blocks = (
        Fields(
            (
                given("time", stamp(one.at, words)),
                given("source", _channel(one.source, words)),
                given("taken_by", one.taken_by),
                given("name", one.name),
                given("unit", one.unit),
                given("phone", one.phone),
                _field("type", _code("type", one.kind, words)),
                _field("grade", _code("grade", one.grade or "", words)),
                _field("department", words.either(*one.department) if one.department else ""),
            )
        ),
        Prose(label("account"), one.account, lines=3),
        Prose(_named("demand"), one.demand),
        Prose(_named("evidence"), one.evidence, lines=1),
        *other_words,
        Prose(_named("findings"), one.findings, lines=3),
        Prose(_named("proposal"), one.proposal),
        Prose(_named("approval"), _approval(one, words)),
        Prose(_named("result"), joined((one.result, one.answered), "\n")),
        Fields(
            (
                given("replied_at", stamp(one.replied_at, words)),
                given("follow_up_at", stamp(one.follow_up_at, words)),
                _field("satisfaction", _code("satisfaction", one.satisfaction, words)),
                _field("follow_result", one.follow_up_result, wide=True),
            )
        ),
        Prose(_named("corrective"), one.corrective),
        Signatures((Signed(label("handled_by")), Signed(label("checked_by")))),
    )
    return _sheet(desk, words, "complaint", one.number, blocks)


def next_day(session: Session, desk: Desk, words: Catalogue, number: str) -> Sheet:
    """What a night's repair leaves to the next day (6.6, 6.7)."""
    one = papers.next_day(session, matter_of(session, number))
    blocks = (
        Fields(
            (
                given("source_entry", f"#{one.source_entry}" if one.source_entry else ""),
                given("unit", one.unit),
                given("caller", one.caller),
            )
        ),
        Prose(label("fault"), one.title),
        Prose(_named("not_done_reason"), one.not_done_reason),
        Prose(_named("interim"), one.interim),
        Fields(
            (
                _field("told_resident", one.told_by),
                _field("told_at", stamp(one.told_at, words)),
                given("order_no", one.number),
                given("next_owner", one.owner),
                _field("due", stamp(one.due, words)),
            )
        ),
        Prose(_named("result"), one.result, lines=3),
        Signatures((Signed(label("on_duty")), Signed(label("next_owner")))),
    )
    return _sheet(desk, words, "next_day", one.number, blocks)


def matter_of(session: Session, number: str) -> int:
    """The matter by its form's number, or by its own. Refuses what is neither."""
    found = views.by_number(session, number)
    if found is None and number.isascii() and number.isdigit():
        found = int(number)
    if found is None:
        raise Refusal("matters.unknown")
    return found


def _sheet(
    desk: Desk,
    words: Catalogue,
    form: str,
    number: str,
    blocks: tuple[Fields | Prose | Signatures, ...],
) -> Sheet:
    title = label(form)
    return Sheet(
        title=title,
        site=desk.site.name,
        file=joined((title.first(words.language), number), "-"),
        blocks=blocks,
        number=number,
        has_personal_data=True,
    )


def _approval(one: papers.Complaint, words: Catalogue) -> str:
    return joined((one.approval, joined((one.approved_by, stamp(one.approved_at, words)))), "\n")


def _named(name: str) -> Label:
    return label_of(f"matters.field_{name}")


def _field(name: str, value: str, *, wide: bool = False) -> Given:
    return Given(_named(name), value, wide)


def _channel(channel: Channel | None, words: Catalogue) -> str:
    return words.text(f"log.channel_{channel}") if channel else ""


def _code(field: str, code: str, words: Catalogue) -> str:
    return words.text(f"matters.{field}_{code}") if code else ""


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen // 100}.{fen % 100:02}"
