"""Receipts as `verify` reads them: what code is kept of a hash, and what was typed for it.

A part of `verify`: how the code is made is stated here a second time, on purpose.
"""

from __future__ import annotations

import re

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""The signs of a receipt: none is taken for another."""

_HASH = re.compile("[0-9a-f]{64}")
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def receipt(digest: str) -> str:
    """The code that people keep of a hash: its first 80 bits, without the hyphens. None is kept of
    what is no hash: empty.
    """
    if not _HASH.fullmatch(digest):
        return ""
    bits = bin(int(digest[:20], 16))[2:].zfill(80)
    return "".join(SIGNS[int(bits[at : at + 5], 2)] for at in range(0, 80, 5))


def written(code: str) -> str:
    """The code as a seal holds it: by fours."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def bare(code: str) -> str:
    """A receipt as it was typed: without hyphens, with the signs that are easily misread."""
    return "".join(sign for sign in code.upper() if sign.isalnum()).translate(_MISREAD)


def is_receipt(code: str) -> bool:
    """Whether it is written as a receipt is, whatever it is of."""
    signs = bare(code)
    return len(signs) == 16 and all(sign in SIGNS for sign in signs)
