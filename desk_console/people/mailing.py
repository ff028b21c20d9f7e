"""Who of the staff is reached by mail, and in which language mail is written to whom.

Mail is in the language of who reads it where that is on file, else in the site's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from desk_console.foundation.addresses import address_verdict, plain_address
from desk_console.foundation.catalogue import LANGUAGES, Language
from desk_console.people import views
from desk_console.rulebook.desk import Desk


@dataclass(frozen=True, slots=True)
class Reader:
    """An address, and the language in which mail to it is written."""

    address: str
    language: Language


def language_for(desk: Desk, own: str) -> Language:
    """The language on file of a person or a department, else the site's."""
    return next((one for one in LANGUAGES if one == own), desk.mail.language)


def readers_as(session: Session, desk: Desk, role: str) -> tuple[Reader, ...]:
    """Those who work here in a role and have an address; what is no address is nobody's."""
    return tuple(
        Reader(one.mail, language_for(desk, one.mail_language))
        for one in views.people(session)
        if role in one.roles and one.mail and address_verdict(one.mail).is_allowed
    )


def readers_at(session: Session, desk: Desk, addresses: Iterable[str]) -> tuple[Reader, ...]:
    """Addresses that the config names: whose one is known is written to in their own language."""
    known = {one.mail.casefold(): one.mail_language for one in views.people(session) if one.mail}
    return tuple(
        Reader(one, language_for(desk, known.get(plain_address(one).casefold(), "")))
        for one in addresses
    )
