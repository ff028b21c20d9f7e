"""The gates for text: one where people's words come in, one where they go to a screen.

What passes `accept` is stored exactly as it will be shown, so what is seen is what is signed.
`visible` guards the way out, for rows that came from elsewhere (an import, an older file,
somebody's SQL tool).
"""

import re
import unicodedata

from desk_console.foundation.refusal import Refusal

SHORT_LIMIT = 200
"""Characters in a field of one line (a name, a place, a number)."""

LONG_LIMIT = 4000
"""Characters in a field of several lines (what was said, what was done)."""

_DIRECTION_MARKS = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufff9-\ufffb\u2028\u2029"
    f"{_DIRECTION_MARKS}\U000e0000-\U000e007f]"
)
_ESCAPE_SEQUENCE = re.compile(
    "\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?"  # a window title and its like
    "|(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"  # colours, cursor movements
    "|\x1b[@-_]?"
)
_STACKED_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff\ufe20-\ufe2f]{4,}"
)


def accept(text: str, *, limit: int = SHORT_LIMIT, lines: bool = False) -> str:
    """The text as it may be stored: composed (NFC), trimmed, without what a terminal would obey.

    Escape sequences and control characters are dropped; `lines` keeps line breaks, else they become
    spaces. Refuses text longer than `limit` characters, and marks stacked on one letter.
    """
    if len(text) > limit * 4:
        raise Refusal("foundation.text_too_long", limit=limit, length=len(text))
    plain = _ESCAPE_SEQUENCE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = _UNSHOWABLE.sub("", plain)
    if not lines:
        plain = plain.replace("\n", " ").replace("\t", " ")
    plain = unicodedata.normalize("NFC", plain).strip()
    if len(plain) > limit:
        raise Refusal("foundation.text_too_long", limit=limit, length=len(plain))
    if _STACKED_MARKS.search(unicodedata.normalize("NFD", plain)):
        raise Refusal("foundation.text_stacked_marks")
    return plain


def visible(text: str) -> str:
    """The text as it may be shown: whatever a terminal would obey is replaced by a sign. Never
    fails.
    """
    return _UNSHOWABLE.sub(_stand_in_sign, text)


def _stand_in_sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def narrow(text: str) -> str:
    """Full-width digits, letters, colons, slashes and spaces as their plain forms (an input
    method's).
    """
    return unicodedata.normalize("NFKC", text).strip()
