"""Who of the staff is reached by mail."""

from __future__ import annotations

from sqlmodel import Session

from desk_console.foundation.addresses import address_verdict
from desk_console.people import views


def mail_addresses(session: Session, role: str) -> tuple[str, ...]:
    """The addresses of those who work here in a role; what is no address is nobody's."""
    return tuple(
        one.mail
        for one in views.people(session)
        if role in one.roles and one.mail and address_verdict(one.mail).is_allowed
    )
