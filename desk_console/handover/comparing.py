"""What has changed between two states of a handover, in words."""

from __future__ import annotations

from desk_console.foundation.catalogue import Message, message
from desk_console.handover.found import GOOD
from desk_console.handover.sheet import Sheet

_SAID = ("summary", "to_note", "instructions", "remarks", "reason")


def changes(before: Sheet, after: Sheet, *, is_older: bool = False) -> list[Message]:
    """What differs, as people would say it; never empty where the two differ. `is_older`: the
    first was signed before the program was brought up to date, and has less on it.
    """
    found = [*_entries(before, after), *_matters(before, after), *_items(before, after)]
    if any(getattr(before, name) != getattr(after, name) for name in _SAID):
        found.append(message("handover.change_words"))
    for name in ("tidy", "area", "releases", "incoming"):
        if getattr(before, name) != getattr(after, name):
            found.append(message(f"handover.change_{name}"))
    if is_older:
        found.append(message("handover.change_older"))
    if not found and before.mark != after.mark:
        found.append(message("handover.change_other"))
    return found


def differences(before: Sheet, after: Sheet) -> list[Message]:
    """What one handover has that the one before it had not: of items, matters and conditions."""
    was = {one.matter_id for one in before.matters}
    now = {one.matter_id for one in after.matters}
    found = [
        message("handover.differs_new", title=one.name)
        for one in after.matters
        if one.matter_id not in was
    ]
    found += [
        message("handover.differs_settled", title=one.name)
        for one in before.matters
        if one.matter_id not in now
    ]
    counted = {one.item_id: one for one in before.items}
    for line in after.items:
        last = counted.get(line.item_id)
        if last is None:
            found.append(message("handover.differs_item_new", item=line.name))
        elif (last.counted, last.found) != (line.counted, line.found):
            found.append(
                message(
                    "handover.differs_item",
                    item=line.name,
                    before=last.counted,
                    after=line.counted,
                    condition=(line.found or GOOD).words,
                )
            )
    return found


def _entries(before: Sheet, after: Sheet) -> list[Message]:
    was = {one.entry_id: one for one in before.entries}
    new = [one for one in after.entries if one.entry_id not in was]
    beside = [
        one
        for one in after.entries
        if one.entry_id in was and one.beside != was[one.entry_id].beside
    ]
    found = [message("handover.change_entries", count=len(new))] if new else []
    return [*found, *([message("handover.change_beside", count=len(beside))] if beside else [])]


def _matters(before: Sheet, after: Sheet) -> list[Message]:
    was = {one.matter_id: one for one in before.matters}
    now = {one.matter_id: one for one in after.matters}
    found = []
    for matter_id, point in now.items():
        if matter_id not in was:
            found.append(message("handover.change_matter_new", title=point.name))
        elif point != was[matter_id]:
            found.append(message("handover.change_matter", title=point.name))
    closed = [point for matter_id, point in was.items() if matter_id not in now]
    return found + [message("handover.change_matter_gone", title=one.name) for one in closed]


def _items(before: Sheet, after: Sheet) -> list[Message]:
    was = {one.item_id: one for one in before.items}
    differing = [one.name for one in after.items if was.pop(one.item_id, None) != one]
    differing += [one.name for one in was.values()]
    return [message("handover.change_items", items=differing)] if differing else []
