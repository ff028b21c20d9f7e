"""A queued mail put in words: subject, body, and what is attached to it."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from typing import TYPE_CHECKING

from desk_console.foundation.catalogue import Catalogue, Language
from desk_console.foundation.outbox import OutgoingMail, values_of, words_key
from desk_console.foundation.text import visible
from desk_console.outputs.mail.attachments import ATTACHERS

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk


def words_of(mail: OutgoingMail, desk: Desk) -> tuple[str, str]:
    """The subject and the body of a mail, in its own language and the site's time."""
    language: Language = "en" if mail.language == "en" else "zh"
    catalogue = Catalogue(language, desk.zone)
    given = values_of(mail.given)
    subject, body = (
        catalogue.text(words_key(mail.template, part), **given) for part in ("subject", "body")
    )
    return " ".join(visible(subject).split()), visible(body)


def letter(desk: Desk, mail: OutgoingMail) -> EmailMessage:
    """The mail as it goes out. Its Message-ID follows from its uid: sent again, it is the same.

    KeyError where a template or an attachment is unknown: a defect, not the reader's fault.
    """
    subject, body = words_of(mail, desk)
    sender = desk.mail.sender
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = Address(display_name=visible(desk.site.name), addr_spec=sender)
    message["To"] = Address(addr_spec=mail.address)
    message["Date"] = mail.created_at.astimezone(desk.zone)
    message["Message-ID"] = f"<{mail.uid}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body.rstrip() + "\n", cte="base64" if not body.isascii() else None)
    if mail.attach:
        for each in ATTACHERS[mail.attach](desk, mail):
            main, _, sub = each.kind.partition("/")
            message.add_attachment(
                each.content,
                maintype=main,
                subtype=sub,
                filename=each.name,
                params={"charset": "utf-8"} if main == "text" else None,
            )
    return message
