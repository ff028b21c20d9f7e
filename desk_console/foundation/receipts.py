"""Receipts: the short code that people keep of a sealed record, to prove later what was there.

The first 80 bits of the record's hash, in 32 signs of which none is taken for another: there is no
I, L, O or U. `verify` reads receipts by code of its own.
"""

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 80
_GROUP = 4


def receipt_code(digest: str) -> str:
    """The receipt of a hash (hexadecimal), as people read and type it: `ABCD-EFGH-JKMN-PQRS`."""
    number = int(digest[: _BITS // 4], 16)
    signs = "".join(_SIGNS[number >> shift & 31] for shift in range(_BITS - 5, -1, -5))
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))
