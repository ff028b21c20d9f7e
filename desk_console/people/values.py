"""The frozen values about people that leave this package. They stand without the tables, so that
the first figures are on the screen before those are loaded.
"""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict


class _Value(BaseModel):
    """Frozen; its validation is made when it is first needed."""

    model_config = ConfigDict(frozen=True, defer_build=True)


class PersonView(_Value):
    """A person as the rest of the console sees them."""

    id: int
    staff_no: str
    name: str
    initials: str
    """Every reading of the name in pinyin initials, separated by blanks."""
    phone: str
    """Digits, an extension behind a dash; empty where none is known."""
    mail: str
    mail_language: str
    """`zh` or `en`; empty: the site's."""
    languages: str
    roles: frozenset[str]
    is_active: bool
    started_on: date


class QualificationView(_Value):
    """What a person was trained or certified for. `valid_until` is the last good day."""

    id: int
    person_id: int
    code: str
    title: str
    valid_from: date
    valid_until: date | None

    def is_valid(self, on: date) -> bool:
        """Does it hold on that day?"""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


class PinStanding(_Value):
    """Where a person's PIN stands, for the sign-on and the set-up screen."""

    has_pin: bool
    must_choose: bool
    """The supervisor began a reset: a new PIN is to be chosen at the keyboard."""
    is_disabled: bool
    """Ten wrong ones: the supervisor must act."""
    failures: int


class SignedStatement(_Value):
    """A signature as it is stored, with what it says of itself."""

    id: int
    subject: str
    meaning: str
    person_id: int
    public_key: str
    statement: str
    """The bytes that were signed, as text."""
    signature: str
    at: datetime
