"""Residents' names and numbers, shown with their middles hidden to whoever has no need of them."""

from desk_console.foundation.text import narrow

_HIDDEN = "*"


def masked_name(name: str) -> str:
    """The family name (or first letter) only: 张**, J***. Empty stays empty."""
    plain = name.strip()
    if not plain:
        return ""
    return plain[0] + _HIDDEN * max(min(len(plain) - 1, 3), 1)


def masked_phone(phone: str) -> str:
    """The first three and last four of a long number: 138****8000; of a short one the last two."""
    digits = "".join(character for character in narrow(phone) if character.isdigit())
    if len(digits) >= 11:
        return digits[:3] + _HIDDEN * (len(digits) - 7) + digits[-4:]
    if len(digits) >= 7:
        return _HIDDEN * (len(digits) - 4) + digits[-4:]
    return _HIDDEN * max(len(digits) - 2, 0) + digits[-2:] if len(digits) > 2 else _HIDDEN * 2


def shown_name(name: str, *, may_read: bool) -> str:
    """The name for a list: whole for those who may read residents' details, else masked."""
    return name if may_read else masked_name(name)


def shown_phone(phone: str, *, may_read: bool) -> str:
    """The number for a list: whole for those who may read residents' details, else masked."""
    return phone if may_read else masked_phone(phone)
