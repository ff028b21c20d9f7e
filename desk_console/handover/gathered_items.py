"""The items on a sheet: what there should be of each, what was counted, what was said to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sqlalchemy import func
from sqlmodel import Session, col, select

from desk_console.handover import rules
from desk_console.handover.found import Found
from desk_console.handover.records import Condition, Handover, HandoverCount, HandoverSeal
from desk_console.handover.sheet import ItemLine, Signer
from desk_console.matters.records import Matter
from desk_console.rulebook.desk import Desk
from desk_console.shift import items
from desk_console.shift.items import ItemView
from desk_console.shift.records import ItemMovement


class Names(Protocol):
    """Gives the staff as they stand on a sheet."""

    def maybe(self, person_id: int | None) -> Signer | None:
        """Somebody, where anybody is named."""


def item_lines(
    session: Session, desk: Desk, row: Handover, names: Names, *, counter_id: int | None
) -> tuple[ItemLine, ...]:
    """Every item of the post with its balance; a count stands only while nothing has moved since,
    and only where `counter_id` made it.

    The items of a site with several posts are counted at the first of them.
    """
    if desk.duty.posts()[0].code != row.post_code:
        return ()
    counts = {
        one.item_id: one
        for one in session.exec(select(HandoverCount).where(HandoverCount.handover_id == row.id))
        if one.counted_by == counter_id
    }
    newest = last_movements(session)
    known = known_damages(session, row.post_code)
    last = last_found(session, row.post_code)
    return tuple(
        _line(
            item,
            counts.get(item.id),
            newest.get(item.id, 0),
            (known.get(item.id), last.get(item.id)),
            names.maybe,
        )
        for item in items.to_count(session)
    )


def last_movements(session: Session) -> dict[int, int]:
    """The newest movement of each item."""
    rows = session.exec(
        select(ItemMovement.item_id, func.max(ItemMovement.id)).group_by(col(ItemMovement.item_id))
    )
    return {item_id: newest or 0 for item_id, newest in rows}


def last_found(session: Session, post_code: str) -> dict[int, Found]:
    """How each item was found at the last handover of a post."""
    rows = session.exec(
        select(HandoverCount.item_id, HandoverCount.condition, HandoverCount.damaged).where(
            HandoverCount.handover_id == _last_sealed(session, post_code)
        )
    )
    return {item_id: Found(Condition(condition), damaged) for item_id, condition, damaged in rows}


def _last_sealed(session: Session, post_code: str) -> int | None:
    return session.exec(
        select(HandoverSeal.handover_id)
        .where(HandoverSeal.post_code == post_code)
        .order_by(col(HandoverSeal.id).desc())
        .limit(1)
    ).first()


def known_damages(session: Session, post_code: str) -> dict[int, int]:
    """Items found damaged at the last handover whose matter is still open, with that matter."""
    last = _last_sealed(session, post_code)
    if last is None:
        return {}
    rows = session.exec(
        select(HandoverCount.item_id, HandoverCount.matter_id)
        .join(Matter, col(Matter.id) == col(HandoverCount.matter_id))
        .where(
            HandoverCount.handover_id == last,
            HandoverCount.condition == Condition.DAMAGED,
            col(Matter.closed_at).is_(None),
        )
    )
    return {item_id: matter_id for item_id, matter_id in rows if matter_id is not None}


def _line(
    item: ItemView,
    count: HandoverCount | None,
    newest: int,
    before: tuple[int | None, Found | None],
    named: Callable[[int | None], Signer | None],
) -> ItemLine:
    known, was = before
    if count is None or count.movement_id != newest:
        return ItemLine(
            item_id=item.id,
            code=item.code,
            name=item.name,
            group=item.group,
            unit=item.unit,
            expected=item.balance,
            counted=None,
            condition=None,
            was=was.condition if was else None,
            was_damaged=was.damaged if was else None,
            is_retired=not item.is_active,
            revision=count.revision if count else 0,
        )
    found = Found(count.condition, count.damaged)
    is_known = rules.damage_is_known(found, count.counted, before=was if known else None)
    return ItemLine(
        item_id=item.id,
        code=item.code,
        name=item.name,
        group=item.group,
        unit=item.unit,
        expected=item.balance,
        counted=count.counted,
        condition=count.condition,
        damaged=count.damaged,
        was=was.condition if was else None,
        was_damaged=was.damaged if was else None,
        is_retired=not item.is_active,
        what=count.what,
        why=count.why,
        where_gone=count.where_gone,
        follow_up=named(count.follow_up_id),
        is_explained=count.explained_by is not None,
        revision=count.revision,
        matter_id=count.matter_id or (known if is_known else None),
        is_known=is_known,
    )
