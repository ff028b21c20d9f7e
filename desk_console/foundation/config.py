"""The config: what a site states once, each key with its bounds and its default.

How it is read, and how what is wrong is said, is in `config_file`.
"""

from __future__ import annotations

from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from desk_console.foundation.addresses import address_verdict

PREFIX = "DESK_CONSOLE_"
"""Environment variables that begin so state the key that follows."""


class _Section(BaseModel):
    # A section that is a default is constructed, not validated: its own validation is never made.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class SiteConfig(_Section):
    """The site."""

    name: str = Field(default="", max_length=200)
    """The name of the service centre, as it stands on every sheet."""
    zone: str = "Asia/Shanghai"
    """The time zone, by its IANA name."""

    @field_validator("zone")
    @classmethod
    def _is_known(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, OSError, ValueError):
            raise PydanticCustomError("zone_unknown", "no such time zone") from None
        return zone


class FilesConfig(_Section):
    """Where files are kept."""

    database: str = ""
    """The database file; empty: in the user's data folder. Never on a network share."""
    backups: str = ""
    """The folder of the backups; empty: `backups` beside the database."""


class PinConfig(_Section):
    """PINs and what one check of them costs."""

    length: int = Field(default=8, ge=6, le=64)
    """Least characters of a PIN; 6 or 7 only where the site accepts the risk."""
    passes: int = Field(default=3, ge=1, le=20)
    """argon2id's passes."""
    memory_mib: int = Field(default=128, ge=64, le=1024)
    """argon2id's memory, MiB."""


class LockConfig(_Section):
    """The lock of the screen."""

    idle_minutes: int = Field(default=5, ge=0, le=240)
    """Minutes without a key after which the screen locks; 0: never by itself."""


class MailConfig(_Section):
    """Mail: by which server it leaves. Nothing is sent without a host."""

    host: str = ""
    """The mail server; empty: no mail leaves this console."""
    port: int = Field(default=587, ge=1, le=65535)
    """The server's port: 587 with starttls, 465 with tls, 25 inside a house."""
    security: Literal["none", "starttls", "tls"] = "starttls"
    """How the way to the server is kept from others."""
    user: str = ""
    """The account on the server; empty: it asks for none."""
    password_file: str = ""
    """The file that holds the account's password; DESK_CONSOLE_MAIL_PASSWORD goes before it."""
    sender: str = Field(default="", validate_default=True)
    """The address that mail comes from."""
    timeout_seconds: int = Field(default=20, ge=1, le=300)
    """How long the server may keep us waiting at each step."""
    shift_report_to: tuple[str, ...] = ()
    """Who gets the report of each shift (3.10)."""

    @field_validator("sender", "shift_report_to")
    @classmethod
    def _are_addresses(cls, given: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for one in (given,) if isinstance(given, str) else given:
            if one and not address_verdict(one).is_allowed:
                raise PydanticCustomError("no_address", "no mail address", {"address": one})
        return given

    @field_validator("sender")
    @classmethod
    def _has_sender(cls, sender: str, known: ValidationInfo) -> str:
        if known.data.get("host") and not sender:
            raise PydanticCustomError("no_sender", "mail needs a sender")
        return sender


class SheetsConfig(_Section):
    """Sheets to print."""

    font: str = ""
    """A font file with Chinese for the PDF; empty: one is looked for."""
    viewer: str = ""
    """The command that shows a sheet once it is made; empty: it is only put in its folder."""


class RetentionConfig(_Section):
    """How long things are kept."""

    backups: int = Field(default=14, ge=2, le=1000)
    """How many backups are kept; the oldest goes first."""


class Config(_Section):
    """All that a site states."""

    language: Literal["zh", "en"] = "zh"
    """The language in which the console opens, and of mail to whoever has none on file."""
    theme: Literal["light", "dark", "contrast"] = "light"
    """The look."""
    ascii_borders: bool = False
    """Borders of - | + for terminals that draw box characters two cells wide."""
    phrases: bool = True
    """Whether the forms offer phrases by category (5.8)."""
    console: str = Field(default="", max_length=40)
    """What this seat is called in the journal; empty: the computer's name."""
    regulation: str = "property-24h"
    """The id of the regulation that the site runs by."""
    also: tuple[str, ...] = ()
    """Further regulations whose steps are added."""
    site: SiteConfig = SiteConfig.model_construct()
    files: FilesConfig = FilesConfig.model_construct()
    duty: dict[str, Any] = Field(default_factory=dict)
    """Parameters of the regulation that are different here."""
    pin: PinConfig = PinConfig.model_construct()
    lock: LockConfig = LockConfig.model_construct()
    mail: MailConfig = MailConfig.model_construct()
    sheets: SheetsConfig = SheetsConfig.model_construct()
    retention: RetentionConfig = RetentionConfig.model_construct()
    keys: dict[str, str] = Field(default_factory=dict)
    """Actions put on other keys: action id to key."""
