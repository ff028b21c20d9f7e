"""The patrol record (巡查记录表): the points of a round, what was found and put right, looked at
again (9.3, 1.5).
"""

from __future__ import annotations

from sqlmodel import Session

from desk_console.foundation.catalogue import Catalogue
from desk_console.foundation.refusal import Refusal
from desk_console.log.records import AdditionKind, EntryKind
from desk_console.log.views import EntryStory, entry_story
from desk_console.matters.views import of_entries
from desk_console.outputs.sheets.model import (
    Fields,
    Grid,
    Prose,
    Sheet,
    Signatures,
    Signed,
    column,
    given,
    joined,
    label,
    stamp,
)
from desk_console.rulebook.desk import Desk


def patrol_record(session: Session, desk: Desk, words: Catalogue, number: str) -> Sheet:
    """One round, by the number of its entry. Refuses an entry that is none."""
    if not (number.isascii() and number.isdigit()):
        raise Refusal("outputs.sheets.no_patrol")
    story = entry_story(session, int(number))
    if story.line.kind is not EntryKind.PATROL:
        raise Refusal("outputs.sheets.no_patrol")
    matter = of_entries(session, [story.line.id], desk.now()).get(story.line.id)
    order = (matter.number or f"#{matter.id}") if matter else ""
    title = label("patrol")
    line = story.line
    return Sheet(
        title=title,
        site=desk.site.name,
        file=f"{title.first(words.language)}-{number}",
        number=number,
        blocks=(
            Fields(
                (
                    given("time", stamp(line.at, words)),
                    given("route", str(line.particulars.get("route", ""))),
                    given("patroller", line.person_name),
                )
            ),
            _points(story, words, order),
            Prose(label("finding"), joined((line.content, line.action, line.result), "\n")),
            Prose(label("recheck"), _rechecks(story, words), lines=1),
            Signatures((Signed(label("patroller")), Signed(label("checked_by")))),
        ),
        has_personal_data=bool(line.caller or line.unit or line.phone),
    )


def _points(story: EntryStory, words: Catalogue, order: str) -> Grid:
    points = story.line.particulars.get("points", ())
    return Grid(
        columns=(
            column("serial", 6, centred=True),
            column("point", 22),
            column("found", 10, centred=True),
            column("finding", 28),
            column("measure", 24),
            column("order_no", 10, centred=True),
        ),
        rows=tuple(
            (
                str(place),
                str(one["point"]),
                words.text(f"outputs.sheets.{'in_order' if one['is_ok'] else 'not_in_order'}"),
                str(one["finding"]),
                str(one["correction"]),
                "" if one["is_ok"] else order,
            )
            for place, one in enumerate(points, start=1)
        ),
    )


def _rechecks(story: EntryStory, words: Catalogue) -> str:
    return "\n".join(
        joined((words.moment(each.at), each.person_name, each.words))
        for each in story.additions
        if each.kind is AdditionKind.RECHECK
    )
