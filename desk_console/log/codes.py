"""The codes of the log's records: kinds, ways, categories, and what is added beside an entry."""

from enum import StrEnum


class EntryKind(StrEnum):
    """What sort of line it is."""

    CALL = "call"
    VISIT = "visit"
    MESSAGE = "message"
    PATROL = "patrol"
    EVENT = "event"
    HAND_OUT = "hand_out"
    CUSTODY = "custody"
    """Something left at the desk to be collected (7.8)."""


class Channel(StrEnum):
    """By which way it came in, or went out."""

    CALL = "call"
    VISIT = "visit"
    LETTER = "letter"
    TEXT = "text"
    WECHAT = "wechat"
    MAIL = "mail"
    PATROL = "patrol"
    DESK = "desk"
    SHEET = "sheet"
    """On paper, taken along: a work order."""


class Category(StrEnum):
    """What it was about."""

    ENQUIRY = "enquiry"
    REPAIR = "repair"
    COMPLAINT = "complaint"
    HELP = "help"
    ERRAND = "errand"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    OTHER = "other"


class AdditionKind(StrEnum):
    """What was added to an entry after it was written."""

    CORRECTION = "correction"
    ACTION = "action"
    RESULT = "result"
    VISITOR_OUT = "visitor_out"
    COLLECTED = "collected"
    RECHECK = "recheck"


class ReplyKind(StrEnum):
    """What came back from a department (4.8)."""

    ACKNOWLEDGED = "acknowledged"
    RESULT = "result"
