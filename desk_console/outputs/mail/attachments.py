"""What can be attached to a mail, by the name that the outbox keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk_console.foundation.outbox import OutgoingMail
    from desk_console.rulebook.desk import Desk


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    """With its ending; Chinese is fine."""
    kind: str
    """`text/calendar`."""
    content: bytes


Attacher = Callable[["Desk", "OutgoingMail"], Sequence[Attachment]]
"""Makes what is attached to a mail, from what the mail is about."""


def _calendar(desk: Desk, mail: OutgoingMail) -> Sequence[Attachment]:
    from desk_console.outputs.calendar import mail_calendar

    name, content = mail_calendar(desk, mail)
    return (Attachment(name, "text/calendar", content),)


ATTACHERS: dict[str, Attacher] = {"calendar": _calendar}
"""`calendar`: the duties of the person whose id is `person` among the mail's values."""
