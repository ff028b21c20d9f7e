"""The records of people: who they are, what they may do, the keys with which they sign.

A private key is never at rest unwrapped; the check of a PIN is that it unwraps the key.
"""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator, model_validator
from sqlmodel import Field, SQLModel

from desk_console.foundation.catalogue import Language
from desk_console.foundation.columns import seal, utc_field
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import accept
from desk_console.people import fields, phones
from desk_console.people.values import PersonView as PersonView
from desk_console.people.values import PinStanding as PinStanding
from desk_console.people.values import QualificationView as QualificationView
from desk_console.people.values import SignedStatement as SignedStatement


class Person(SQLModel, table=True):
    """Someone who works here. Nobody is removed: who leaves is no longer active."""

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    staff_no: str = Field(unique=True)
    name: str
    initials: str = Field(index=True)
    """Every reading of the name in pinyin initials, separated by blanks: `zcj scj`."""
    phone: str = ""
    """Digits, an extension behind a dash; empty where none is known."""
    mail: str = ""
    mail_language: str = ""
    """`zh` or `en`, in which mail is written; empty: the site's."""
    languages: str = ""
    """Languages and dialects, as people write them (5.9)."""
    is_active: bool = True
    started_on: date
    created_at: datetime = utc_field()


class PersonRole(SQLModel, table=True):
    """A role that a person has; roles come from the regulations."""

    __tablename__ = "person_role"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    role: str = Field(primary_key=True)


class Qualification(SQLModel, table=True):
    """What a person was trained or certified for, and from when until when (7.2, 4.4)."""

    __tablename__ = "qualification"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    code: str
    """`post` qualifies for the desk, `onboarding` completes the first week; others are a site's
    own.
    """
    title: str
    valid_from: date
    valid_until: date | None = None


class SigningKey(SQLModel, table=True):
    """A person's pair of keys. A new PIN makes a new pair; the old one goes on verifying."""

    __tablename__ = "signing_key"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    public_key: str = Field(unique=True)
    wrapped: str
    """The private key in a secret box, hexadecimal."""
    salt: str
    passes: int
    """argon2id's t."""
    memory_kib: int
    enrolled_at: datetime = utc_field()
    retired_at: datetime | None = utc_field(optional=True)


seal("signing_key", keys=("id", "public_key"), changeable=("retired_at",))


class PinTry(SQLModel, table=True):
    """How often a person's PIN was given wrong in a row, written down before each check."""

    __tablename__ = "pin_try"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    failures: int = 0
    is_disabled: bool = False
    """Ten wrong ones: the supervisor must act."""
    must_choose: bool = False
    """The supervisor began a reset: the person chooses a new PIN at the keyboard."""


class Signature(SQLModel, table=True):
    """A signature under a statement, kept in the bytes in which it was signed."""

    __tablename__ = "signature"

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(index=True)
    meaning: str
    person_id: int = Field(foreign_key="person.id")
    public_key: str
    statement: str
    """Canonical JSON: app, subject, digest of the content, meaning, role, person, public key, at.
    """
    signature: str
    at: datetime = utc_field()


seal("signature")


class PersonForm(BaseModel):
    """What is entered about a person. Refuses what cannot be stored; gives what will be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    staff_no: str
    name: str
    roles: frozenset[str]
    phone: str = ""
    mail: str = ""
    mail_language: Language | Literal[""] = ""
    languages: str = ""
    started_on: date

    @field_validator("staff_no")
    @classmethod
    def _staff_no(cls, value: str) -> str:
        return fields.staff_no(value)

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        return fields.name(value)

    @field_validator("phone")
    @classmethod
    def _phone(cls, value: str) -> str:
        return phones.kept(value)

    @field_validator("mail")
    @classmethod
    def _mail(cls, value: str) -> str:
        return fields.mail(value)

    @field_validator("languages")
    @classmethod
    def _languages(cls, value: str) -> str:
        return accept(value)


class QualificationForm(BaseModel):
    """What is entered about a training or certificate."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    title: str = ""
    valid_from: date
    valid_until: date | None = None

    @field_validator("code")
    @classmethod
    def _code(cls, value: str) -> str:
        return fields.code(value)

    @field_validator("title")
    @classmethod
    def _title(cls, value: str) -> str:
        return accept(value)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "QualificationForm":
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise Refusal("people.qualification_ends_early")
        return self
