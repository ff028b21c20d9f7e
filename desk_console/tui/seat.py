"""Who sits at this console: the people signed on here, and the one who is writing.

Signing on at a console is its own thing beside attendance: a restart asks for a PIN again, though
the person never left the post.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk_console.people.records import PersonView


@dataclass(slots=True)
class Seat:
    """The people of one console. `writer` is one of `people`, or None where nobody is signed on."""

    people: tuple[PersonView, ...] = ()
    writer: PersonView | None = None
    is_locked: bool = False

    def take(self, person: PersonView) -> None:
        """The person signed on here, or came back to the keyboard: writes from now on."""
        others = tuple(one for one in self.people if one.id != person.id)
        self.people = (*others, person)
        self.writer = person

    def leave(self, person_id: int) -> None:
        """The person signed off. Whoever signed on last before goes on writing."""
        self.people = tuple(one for one in self.people if one.id != person_id)
        if self.writer is None or self.writer.id == person_id:
            self.writer = self.people[-1] if self.people else None
