"""Who sits at this console: the people signed on here, and the one who is writing.

Signing on at a console is its own thing beside attendance: a restart asks for a PIN again, though
the person never left the post.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from desk_console.people.records import PersonView


@dataclass(slots=True)
class Seat:
    """The people of one console. `writer` is one of `people`, or None where nobody is signed on."""

    people: tuple[PersonView, ...] = ()
    writer: PersonView | None = None
    is_locked: bool = False
    proved_at: dict[int, datetime] = field(default_factory=dict)
    """When each of them gave their PIN here last."""
    proved_last: int | None = None
    """Who gave a PIN at this keyboard last, also one who signed off since."""
    at_handover: set[tuple[int, int]] = field(default_factory=set)
    """Who took part here in which handover, known to be who they are."""

    def take(self, person: PersonView, *, at: datetime | None = None) -> None:
        """The person signed on here, or came back to the keyboard: writes from now on. `at` is when
        they gave their PIN for it.
        """
        if at is not None:
            self.proved_at[person.id], self.proved_last = at, person.id
        others = tuple(one for one in self.people if one.id != person.id)
        self.people = (*others, person)
        self.writer = person

    def takes_part(self, handover_id: int, person: PersonView, *, since: datetime) -> bool:
        """Whether this console knows who acts: they gave their PIN here since the handover began,
        or were the last to give one at this keyboard.
        """
        if (handover_id, person.id) in self.at_handover:
            return True
        proved_at = self.proved_at.get(person.id)
        is_last = self.proved_last == person.id
        return is_last or (proved_at is not None and proved_at >= since)

    def comes_to(self, handover_id: int, person: PersonView) -> None:
        """They act in that handover here, and write from now on."""
        self.at_handover.add((handover_id, person.id))
        if self.writer is None or self.writer.id != person.id:
            self.take(person)

    def leave(self, person_id: int) -> None:
        """The person signed off. Whoever signed on last before goes on writing."""
        self.people = tuple(one for one in self.people if one.id != person_id)
        self.proved_at.pop(person_id, None)
        self.at_handover = {one for one in self.at_handover if one[1] != person_id}
        if self.writer is None or self.writer.id == person_id:
            self.writer = self.people[-1] if self.people else None
