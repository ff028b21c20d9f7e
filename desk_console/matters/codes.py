"""The codes of matters."""

from enum import StrEnum


class Importance(StrEnum):
    """How much hangs on it. Important ones block a handover (9.17); major ones go to the director
    (9.6).
    """

    NORMAL = "normal"
    IMPORTANT = "important"
    MAJOR = "major"
