"""The items of the post: keys, radios, leaflets; what there is of each, and every change of it.

An item's balance is what its last movement says. It never falls below nought, and every movement
that is not a count says what it came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, field_validator
from sqlalchemy import func
from sqlmodel import Session, col, select

from desk_console.foundation.catalogue import message
from desk_console.foundation.csv_in import Column, Findings, ImportReport, Row, read_rows
from desk_console.foundation.refusal import ALLOWED, Refusal, Verdict, refuse
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept, narrow
from desk_console.people.authority import authorised
from desk_console.people.pinyin import initials
from desk_console.people.rules import Right
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import DutyRules, Topic
from desk_console.shift.records import Item, ItemMovement

MOST = 1_000_000
"""More than this of one thing is a slip of the keyboard."""


class ItemForm(BaseModel):
    """What is entered about an item. `opening` is how many there are when it is added."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    group: str = ""
    unit: str = ""
    opening: int = 0

    @field_validator("code", "name")
    @classmethod
    def _wanted(cls, value: str) -> str:
        kept = accept(value)
        if not kept:
            raise Refusal("shift.item_incomplete")
        return kept

    @field_validator("group", "unit")
    @classmethod
    def _optional(cls, value: str) -> str:
        return accept(value)

    @field_validator("opening")
    @classmethod
    def _countable(cls, value: int) -> int:
        if not 0 <= value <= MOST:
            raise Refusal("shift.item_number")
        return value


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item with what there is of it now."""

    id: int
    code: str
    name: str
    group: str
    unit: str
    balance: int
    is_active: bool


def stock_verdict(balance: int, change: int, name: str, duty: DutyRules) -> Verdict:
    """May the balance change by that much? Hand-outs draw down what is there, no more (5.3)."""
    if balance + change < 0:
        return refuse(duty.cite(Topic.HAND_OUT), "shift.item_short", item=name, balance=balance)
    return ALLOWED


def whole_number(typed: str) -> int:
    """A number as typed, full-width digits too. Refuses what is none."""
    plain = narrow(typed)
    if not plain.isdecimal() or int(plain) > MOST:
        raise Refusal("shift.item_number")
    return int(plain)


def add_item(desk: Desk, by_id: int, form: ItemForm) -> int:
    """Adds an item with what there is of it; returns its id. For whoever sets up the site."""
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        return _add(work, form, by_id)


def change_item(desk: Desk, by_id: int, item_id: int, form: ItemForm, *, is_active: bool) -> None:
    """Changes an item's name, place and unit, or takes it out of use; its movements stay, and the
    next handover counts it once more.
    """
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        item = _item(work.session, item_id)
        if item.code != form.code and _by_code(work.session, form.code):
            raise Refusal("shift.item_twice", code=form.code)
        before = {"code": item.code, "name": item.name, "is_active": item.is_active}
        _describe(item, form)
        item.is_active = is_active
        work.session.add(item)
        work.journal(
            "shift.item_changed",
            by=by_id,
            subject=f"item:{item_id}",
            before=before,
            after={"code": item.code, "name": item.name, "is_active": is_active},
        )


def hand_out(work: Work, desk: Desk, item_id: int, quantity: int, *, subject: str, by: int) -> int:
    """Draws down an item by `quantity`; a step of the act that logs it. Returns what is left
    (5.3).
    """
    if quantity < 1:
        raise Refusal("shift.item_number")
    return _move(work, desk.duty, item_id, -quantity, cause="hand_out", subject=subject, by=by)


def bring_in(
    desk: Desk, by_id: int, item_id: int, quantity: int, *, is_return: bool, subject: str = ""
) -> int:
    """Adds what was delivered or given back; returns what there is now."""
    if quantity < 1:
        raise Refusal("shift.item_number")
    cause = "return" if is_return else "receipt"
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.LOG, desk.duty)
        left = _move(work, desk.duty, item_id, quantity, cause=cause, subject=subject, by=by_id)
        work.journal(
            f"shift.item_{cause}", by=by_id, subject=f"item:{item_id}", quantity=quantity, left=left
        )
        return left


def count_in(work: Work, item_id: int, counted: int, *, subject: str, by: int) -> None:
    """What was counted becomes the balance (9.10, 1.13, 2.12); a step of a handover. No movement
    where it is the balance already.
    """
    item = _item(work.session, item_id)
    now = balance(work.session, item_id)
    if counted != now:
        work.session.add(
            ItemMovement(
                item_id=item.id or 0,
                at=work.now,
                change=counted - now,
                balance=counted,
                cause="count",
                subject=subject,
                person_id=by,
            )
        )


def balance(session: Session, item_id: int) -> int:
    """What there is of an item: what its last movement says."""
    last = session.exec(
        select(ItemMovement.balance)
        .where(ItemMovement.item_id == item_id)
        .order_by(col(ItemMovement.id).desc())
        .limit(1)
    ).first()
    return last or 0


def write_off(work: Work, item_id: int, *, subject: str, by: int) -> None:
    """An item taken out of use was counted once more: what there is of it is written off; a step of
    a handover.
    """
    left = balance(work.session, item_id)
    if left:
        work.session.add(
            ItemMovement(
                item_id=item_id,
                at=work.now,
                change=-left,
                balance=0,
                cause="retired",
                subject=subject,
                person_id=by,
            )
        )


def quantity_words(session: Session, item_id: int, quantity: int) -> str:
    """So many of an item, as it is written down: its name, the number, what it is counted in."""
    item = _item(session, item_id)
    return f"{item.name} {quantity}{item.unit}"


def to_count(session: Session) -> tuple[ItemView, ...]:
    """What a handover counts: every item in use, and once more each that was taken out of use and
    is not written off; else what is missing could be retired away (9.10, 1.13, 2.12).
    """
    return tuple(one for one in items(session, active=False) if one.is_active or one.balance)


def items(session: Session, *, active: bool = True) -> tuple[ItemView, ...]:
    """The items of the post with their balances, by place and code."""
    newest = select(func.max(ItemMovement.id)).group_by(col(ItemMovement.item_id)).scalar_subquery()
    query = (
        select(Item, ItemMovement.balance)
        .outerjoin(
            ItemMovement,
            (col(ItemMovement.item_id) == col(Item.id)) & col(ItemMovement.id).in_(newest),
        )
        .order_by(col(Item.group), col(Item.code))
    )
    if active:
        query = query.where(col(Item.is_active))
    return tuple(
        ItemView(
            id=item.id or 0,
            code=item.code,
            name=item.name,
            group=item.group,
            unit=item.unit,
            balance=left or 0,
            is_active=item.is_active,
        )
        for item, left in session.exec(query)
    )


_COLUMNS = (
    Column("code", ("编号", "代码"), is_required=True),
    Column("name", ("名称", "物品"), is_required=True),
    Column("group", ("位置", "分组")),
    Column("unit", ("单位",)),
    Column("opening", ("数量", "应有", "count", "quantity")),
)


def import_items(desk: Desk, by_id: int, path: Path, *, is_dry_run: bool = False) -> ImportReport:
    """Adds the items of a CSV file: code, name, place, unit, number. All of them or none."""
    findings = Findings()
    rows = read_rows(path, _COLUMNS, findings)
    with desk.transaction() as work:
        authorised(work.session, by_id, Right.SET_UP, desk.duty)
        known = set(work.session.exec(select(Item.code)))
        forms = [form for row in rows if (form := _read(row, known, findings))]
        if findings.is_clean and not is_dry_run:
            for form in forms:
                _add(work, form, by_id)
    return ImportReport(
        rows=len(rows),
        problems=findings.sorted(),
        added=len(forms) if findings.is_clean else 0,
        is_dry_run=is_dry_run,
    )


def _read(row: Row, known: set[str], findings: Findings) -> ItemForm | None:
    code = row["code"]
    if code in known:
        findings.add(row.line, _COLUMNS[0].title, message("shift.item_twice", code=code))
    known.add(code)
    opening = findings.read(row, _COLUMNS[4], lambda cell: whole_number(cell or "0"))
    if not (code and row["name"]):
        return None  # what is empty was told as the row was read
    try:
        return ItemForm(
            code=code,
            name=row["name"],
            group=row["group"],
            unit=row["unit"],
            opening=opening or 0,
        )
    except Refusal as refusal:
        findings.add(row.line, "", refusal.message)
        return None


def _add(work: Work, form: ItemForm, by_id: int) -> int:
    if _by_code(work.session, form.code):
        raise Refusal("shift.item_twice", code=form.code)
    item = Item(code=form.code, name="")
    _describe(item, form)
    work.session.add(item)
    work.session.flush()
    work.session.add(
        ItemMovement(
            item_id=item.id or 0,
            at=work.now,
            change=form.opening,
            balance=form.opening,
            cause="opening",
            person_id=by_id,
        )
    )
    work.journal(
        "shift.item_added",
        by=by_id,
        subject=f"item:{item.id}",
        code=item.code,
        name=item.name,
        opening=form.opening,
    )
    return item.id or 0


def _describe(item: Item, form: ItemForm) -> None:
    item.code, item.name = form.code, form.name
    item.initials = initials(form.name)
    item.group, item.unit = form.group, form.unit


def _move(
    work: Work, duty: DutyRules, item_id: int, change: int, *, cause: str, subject: str, by: int
) -> int:
    item = _item(work.session, item_id)
    now = balance(work.session, item_id)
    stock_verdict(now, change, item.name, duty).or_refuse()
    work.session.add(
        ItemMovement(
            item_id=item.id or 0,
            at=work.now,
            change=change,
            balance=now + change,
            cause=cause,
            subject=subject,
            person_id=by,
        )
    )
    return now + change


def _item(session: Session, item_id: int) -> Item:
    item = session.get(Item, item_id)
    if item is None:
        raise Refusal("shift.item_unknown")
    return item


def _by_code(session: Session, code: str) -> Item | None:
    return session.exec(select(Item).where(Item.code == code)).first()
