"""What the handover's screen shows, fetched in one reading: how it stands, its sheet, its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desk_console.foundation.reading import greatest
from desk_console.handover import views
from desk_console.handover.records import Severity
from desk_console.handover.sheet import EntryRef, Sheet
from desk_console.handover.takers import Taker, takers
from desk_console.log.views import EntryStory, entry_story
from desk_console.matters.story import MatterStory, matter_story
from desk_console.rulebook.desk import Desk

Known = dict[int, tuple[int, EntryStory]]
"""Entries already read from the file, with how many lines stand beside each."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One look at a handover."""

    standing: views.Standing
    sheet: Sheet
    stories: tuple[EntryStory, ...]
    """The entries of the record, oldest first."""
    missed: tuple[views.Missed, ...]
    told_before: Mapping[int, Severity]
    """How closely each matter was to be watched, as it was told last."""
    takers: tuple[Taker, ...] = ()
    """Who is there to take over, where nobody has come to it yet."""
    known: Known = field(default_factory=dict, repr=False)
    as_of: tuple[int, datetime] | None = None
    """The newest act it shows, and its minute: until another, nothing on it can be different."""


@dataclass(frozen=True, slots=True)
class MatterLook:
    """What a dialog about one matter shows."""

    story: MatterStory
    suggestion: views.Suggestion | None


def look(desk: Desk, handover_id: int, before: Picture | None) -> Picture:
    """A handover as it stands; Refusal where there is none. `before` spares what was read for it,
    and is the answer itself where nobody did anything since.
    """
    with desk.reading() as session:
        newest = greatest(session, "select max(seq) as greatest from journal")
        as_of = (newest, desk.now().replace(second=0, microsecond=0))
        if before is not None and before.as_of == as_of:
            return before
        known = before.known if before is not None else {}
        sheet = views.sheet(session, desk, handover_id)
        standing = views.standing(session, desk, handover_id, shown=sheet)
        kept: Known = {}
        for ref in sheet.entries:
            read = known.get(ref.entry_id)
            is_same = read is not None and read[0] == _beside(ref)
            story = read[1] if read and is_same else entry_story(session, ref.entry_id)
            kept[ref.entry_id] = (_beside(ref), story)
        taker = sheet.incoming
        told = views.told_before(session, handover_id)
        missed = views.missed(session, desk, taker.id, sheet.post_code) if taker else ()
        coming = () if taker else takers(session, desk, handover_id)
    stories = tuple(kept[ref.entry_id][1] for ref in sheet.entries)
    return Picture(standing, sheet, stories, missed, told, coming, kept, as_of)


def look_at_matter(desk: Desk, handover_id: int, matter_id: int) -> MatterLook:
    """A matter's story, and what was said of it at the handover before."""
    with desk.reading() as session:
        story = matter_story(session, desk, matter_id, desk.now())
        return MatterLook(story, views.suggestion(session, handover_id, matter_id))


def _beside(ref: EntryRef) -> int:
    return len(ref.beside)
