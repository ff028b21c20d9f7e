"""Counting the items of the post, and explaining what differs (9.10, 1.13, 2.12).

The expected figure is the item's balance. A count stands while nothing moves; a difference or a
damage stops the handover until the outgoing person has said what, why, where it went and who
follows it up, and what they said is a matter from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import select

from desk_console.foundation.catalogue import Catalogue, message
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.store import Work
from desk_console.foundation.text import accept
from desk_console.handover import parties, rules
from desk_console.handover.found import GOOD, Found
from desk_console.handover.gathered_items import last_found, last_movements
from desk_console.handover.gathering import gather
from desk_console.handover.records import Condition, Handover, HandoverCount
from desk_console.handover.sheet import ItemLine
from desk_console.log.forms import EventForm
from desk_console.matters.acts import OpenMatter, log_step
from desk_console.people import views as people
from desk_console.people.records import PersonView
from desk_console.rulebook.desk import Desk
from desk_console.rulebook.records import Topic
from desk_console.shift.items import MOST, ItemView, to_count


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of an item. `revision` is that of the count it replaces, 0 for a first.
    Without `found` it is as it was found last: what is damaged stays so until it is said good.
    """

    item_id: int
    counted: int
    found: Found | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the outgoing person says to a difference or damage, and who follows it up."""

    what: str
    why: str
    where_gone: str = ""
    follow_up_id: int | None = None


def count(desk: Desk, person: PersonView, handover_id: int, counts: Sequence[Counted]) -> None:
    """Keeps what was counted, one item or many at once: by the incoming person, by the outgoing
    one where they close the post alone. A count that differs from before wants explaining anew.
    """
    with desk.transaction() as work:
        row = parties.editable(work, desk, handover_id)
        _counter(work, desk, row, person)
        expected = {one.id: one for one in to_count(work.session)}
        last = last_found(work.session, row.post_code)
        newest = last_movements(work.session)
        kept = _counts_of(work, row)
        for each in counts:
            item = expected.get(each.item_id)
            if item is None:
                raise Refusal("shift.item_unknown")
            before, moved = kept.get(each.item_id), newest.get(each.item_id, 0)
            was = _was(before, last.get(item.id, GOOD))
            found = each.found or was.among(each.counted)
            rules.damage_verdict(item.name, found, each.counted, desk.duty).or_refuse()
            found = found.among(each.counted)
            kept[each.item_id] = _keep(work, row, person, (each, found), (item, before, moved))
        work.journal(
            "handover.counted",
            by=person.id,
            subject=f"handover:{row.id}",
            clause=desk.duty.cite(Topic.COUNT_ITEMS),
            counts=[_told(kept[each.item_id]) for each in counts],
        )


def _was(before: HandoverCount | None, last: Found) -> Found:
    """How an item was found until now: as it was said in this handover, else at the one before."""
    if before is None:
        return last
    found = Found(before.condition, before.damaged)
    return last if found == last.among(before.counted) else found


def _told(kept: HandoverCount) -> list[object]:
    some = [] if kept.damaged is None else [kept.damaged]
    return [kept.item_id, kept.counted, kept.condition, *some]


def _counter(work: Work, desk: Desk, row: Handover, person: PersonView) -> None:
    if rules.counts_first(row.kind, is_left=parties.is_left(row)):
        parties.outgoing(work, desk, row, person)
    else:
        parties.incoming(work, desk, row, person)


def _counts_of(work: Work, row: Handover) -> dict[int, HandoverCount]:
    query = select(HandoverCount).where(HandoverCount.handover_id == row.id)
    return {one.item_id: one for one in work.session.exec(query)}


def _keep(
    work: Work,
    row: Handover,
    person: PersonView,
    said: tuple[Counted, Found],
    before: tuple[ItemView, HandoverCount | None, int],
) -> HandoverCount:
    """Keeps one count as it was said; `before` are the item, its count so far, and its newest
    movement.
    """
    each, found = said
    item, kept, movement = before
    if not 0 <= each.counted <= MOST:
        raise Refusal("shift.item_number")
    if (kept.revision if kept else 0) != each.revision:
        raise Refusal(
            "handover.stale",
            what=message("handover.stale_count", item=item.name, count=kept.counted if kept else 0),
        )
    now = (item.balance, each.counted, found.condition, found.damaged)
    if kept is None:
        kept = HandoverCount(
            handover_id=row.id or 0,
            item_id=each.item_id,
            expected=item.balance,
            movement_id=movement,
            counted=each.counted,
            condition=found.condition,
            damaged=found.damaged,
            counted_by=person.id,
            counted_at=work.now,
        )
    else:
        if (kept.expected, kept.counted, kept.condition, kept.damaged) != now:
            kept.explained_by = None
        kept.expected, kept.counted, kept.condition, kept.damaged = now
        kept.movement_id, kept.counted_by, kept.counted_at = movement, person.id, work.now
        kept.revision += 1
    work.session.add(kept)
    return kept


def explain(
    desk: Desk, person: PersonView, handover_id: int, item_id: int, said: Explanation
) -> int:
    """The outgoing person's explanation of a difference or damage; it is logged and opens a matter
    for whoever follows it up (9.10, 1.13, 2.12). Returns the matter's id.

    Where the outgoing person has gone home since closing, the incoming one says what they found.
    """
    what, why = accept(said.what, limit=1000, lines=True), accept(said.why, limit=1000, lines=True)
    where_gone = accept(said.where_gone)
    with desk.transaction() as work:
        row = parties.editable(work, desk, handover_id)
        if parties.is_left(row):
            parties.incoming(work, desk, row, person)
        else:
            parties.outgoing(work, desk, row, person)
        line = _line(work, desk, row, item_id)
        follow_up = people.person(work.session, said.follow_up_id) if said.follow_up_id else None
        rules.explanation_verdict(
            line,
            (what, why, where_gone),
            desk.duty,
            has_follow_up=follow_up is not None and follow_up.is_active,
        ).or_refuse()
        kept = work.session.get(HandoverCount, (row.id, item_id))
        if kept is None or follow_up is None:
            raise Refusal("handover.nothing_to_explain", item=line.name)
        kept.what, kept.why, kept.where_gone = what, why, where_gone
        kept.follow_up_id, kept.explained_by = follow_up.id, person.id
        kept.revision += 1
        if kept.matter_id is None:
            kept.matter_id = _open_matter(work, desk, person, line, kept)
        work.session.add(kept)
        work.journal(
            "handover.explained",
            by=person.id,
            subject=f"handover:{row.id}",
            clause=desk.duty.cite(Topic.COUNT_ITEMS),
            item=item_id,
            expected=line.expected,
            counted=line.counted,
            condition=line.condition,
            **({} if line.damaged is None else {"damaged": line.damaged}),
            follow_up=follow_up.id,
            matter=kept.matter_id,
        )
        return kept.matter_id


def _line(work: Work, desk: Desk, row: Handover, item_id: int) -> ItemLine:
    sheet = gather(work.session, desk, row)
    line = next((one for one in sheet.items if one.item_id == item_id), None)
    if line is None:
        raise Refusal("shift.item_unknown")
    return line


def _open_matter(
    work: Work, desk: Desk, person: PersonView, line: ItemLine, kept: HandoverCount
) -> int:
    catalogue = Catalogue(desk.mail.language)
    is_damaged = line.found is not None and line.condition is Condition.DAMAGED
    found = catalogue.text(line.found.words) if line.found and is_damaged else ""
    figures = f" {line.expected} → {kept.counted} {line.unit}" if line.difference else ""

    def told(item: str) -> str:
        named = ("，" if catalogue.language == "zh" else ", ").join(filter(None, (item, found)))
        return catalogue.text("handover.item_differs", item=named, what=kept.what)

    form = EventForm(
        form_id=desk.source.new_id(),
        at=work.now,
        content=told(f"{line.name}{figures}"),
        action="\n".join(one for one in (kept.why, kept.where_gone) if one),
        is_abnormal=True,
    )
    opened = OpenMatter(owner_id=kept.follow_up_id, title=told(line.name)[:60])
    logged = log_step(work, desk, person, form, opened)
    if logged.matter_id is None:
        raise RuntimeError("an explanation opened no matter")
    return logged.matter_id
