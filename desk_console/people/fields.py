"""The fields of a person, as they are typed: each refuses what cannot be stored, and gives what
will be.
"""

import re
from datetime import date
from typing import Literal

from desk_console.foundation.addresses import address_verdict, plain_address
from desk_console.foundation.catalogue import Language
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import accept, narrow

NAME_LIMIT = 60
STAFF_NO_LIMIT = 20
CODE_LIMIT = 40

_MAIL_LANGUAGES: dict[str, Language] = {
    "zh": "zh",
    "中文": "zh",
    "chinese": "zh",
    "en": "en",
    "英文": "en",
    "english": "en",
}

_STAFF_NO = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/-]*")
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})"
)


def staff_no(text: str) -> str:
    """A staff number: letters, digits, dashes; full-width ones made plain. Must not be empty."""
    plain = accept(narrow(text), limit=STAFF_NO_LIMIT)
    if not plain:
        raise Refusal("people.staff_no_empty")
    if not _STAFF_NO.fullmatch(plain):
        raise Refusal("people.staff_no_unreadable")
    return plain


def name(text: str) -> str:
    """A name, exactly as it will be shown. Must not be empty."""
    plain = accept(text, limit=NAME_LIMIT)
    if not plain:
        raise Refusal("people.name_empty")
    return plain


def mail(text: str) -> str:
    """A mail address, or nothing."""
    plain = plain_address(text)
    if plain and not address_verdict(plain).is_allowed:
        raise Refusal("people.mail_unreadable", mail=plain)
    return plain


def mail_language(text: str) -> Language | Literal[""]:
    """The language of mail, by its code or its name; nothing is the site's."""
    plain = accept(narrow(text), limit=CODE_LIMIT).casefold()
    if not plain:
        return ""
    if plain not in _MAIL_LANGUAGES:
        raise Refusal("people.mail_language_unknown", typed=plain)
    return _MAIL_LANGUAGES[plain]


def code(text: str) -> str:
    """A code: small letters, digits, dashes."""
    plain = accept(narrow(text), limit=CODE_LIMIT).lower()
    if not _CODE.fullmatch(plain):
        raise Refusal("people.code_unreadable", code=plain)
    return plain


def day(text: str) -> date | None:
    """A date as people write it: 2026-03-02, 2026/3/2, 2026年3月2日, 20260302. Empty is None."""
    plain = narrow(text)
    if not plain:
        return None
    found = _DATE.fullmatch(plain)
    try:
        if found:
            year, month, number = (int(part) for part in found.groups() if part)
            return date(year, month, number)
    except ValueError:
        pass
    raise Refusal("people.day_unreadable", day=accept(plain[:40]))
