"""Mail addresses: how they are typed, and which can be ones."""

import re

from desk_console.foundation.refusal import ALLOWED, Verdict, refuse
from desk_console.foundation.text import accept, narrow

_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
_MOST_OF_ADDRESS = 254
_MOST_OF_MAILBOX = 64


def plain_address(typed: str) -> str:
    """A mail address as it is kept: full-width signs as plain ones, nothing around it."""
    return accept(narrow(typed))


def address_verdict(address: str) -> Verdict:
    """Can mail go there? One mailbox at one host, in plain letters; a host of one word is fine in
    a house of its own.
    """
    mailbox = address.partition("@")[0]
    is_one = (
        len(address) <= _MOST_OF_ADDRESS
        and len(mailbox) <= _MOST_OF_MAILBOX
        and _ADDRESS.fullmatch(address) is not None
    )
    return ALLOWED if is_one else refuse(None, "foundation.mail_address", address=address)
