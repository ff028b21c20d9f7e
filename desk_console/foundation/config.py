"""The config: what a site states once, in a TOML file that people can read and edit.

The environment (DESK_CONSOLE_SITE__NAME …) goes before the file, the file before the default. What
is wrong is said with the file, the key and the line; nothing is guessed.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from desk_console.foundation.addresses import address_verdict
from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.config_lines import line_of
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import visible

PREFIX = "DESK_CONSOLE_"
"""Environment variables that begin so state the key that follows."""


class _Section(BaseModel):
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
    """The language in which the console opens."""
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
    site: SiteConfig = SiteConfig()
    files: FilesConfig = FilesConfig()
    duty: dict[str, Any] = Field(default_factory=dict)
    """Parameters of the regulation that are different here."""
    pin: PinConfig = PinConfig()
    lock: LockConfig = LockConfig()
    mail: MailConfig = MailConfig()
    sheets: SheetsConfig = SheetsConfig()
    retention: RetentionConfig = RetentionConfig()
    keys: dict[str, str] = Field(default_factory=dict)
    """Actions put on other keys: action id to key."""


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A config with the text that it came from, so that a later fault can still name the line."""

    config: Config
    path: Path
    text: str

    def refusal(self, path: tuple[str | int, ...], problem: Message) -> Refusal:
        """The refusal that names file, key and line of what was found wrong there."""
        return _refusal(self.path, self.text, path, problem)


def configured(**document: Any) -> Config:
    """The config that a file's document and the environment come to.

    Raises ValidationError. What reads the environment is loaded only where something stands there.
    """
    stated = (name[len(PREFIX) :] for name in os.environ if name.upper().startswith(PREFIX))
    if not any(name.partition("__")[0].lower() in Config.model_fields for name in stated):
        return Config(**document)
    from desk_console.foundation.config_environment import with_environment

    return with_environment(document)


def load_config(path: Path) -> ConfigFile:
    """The config of a file; defaults where it does not exist.

    Refuses an empty file, one that is not UTF-8 (a byte-order mark is accepted) or not TOML, an
    unknown key, a wrong type, a value out of bounds.
    """
    text = _text(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = (
            int(found) if (found := _number_after(str(error), "line ")) else len(text.split("\n"))
        )
        raise Refusal(
            "foundation.config_not_toml", file=str(path), line=line, words=visible(str(error))
        ) from error
    try:
        config = configured(**document)
    except ValidationError as error:
        first = error.errors()[0]
        raise _refusal(path, text, _key_path(first), _problem(first)) from error
    return ConfigFile(config, path, text)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ""
    except IsADirectoryError:
        raise Refusal("foundation.config_is_folder", file=str(path)) from None
    except PermissionError:
        raise Refusal("foundation.config_unreadable", file=str(path)) from None
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Refusal("foundation.config_empty", file=str(path))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refusal("foundation.config_not_utf8", file=str(path), line=line) from None


def _refusal(path: Path, text: str, where: tuple[str | int, ...], problem: Message) -> Refusal:
    key = ".".join(str(part) for part in where)
    variable = PREFIX + "__".join(str(part) for part in where[:2]).upper()
    if variable in os.environ:
        return Refusal("foundation.config_variable", variable=variable, problem=problem)
    return Refusal(
        "foundation.config_wrong",
        file=str(path),
        line=line_of(text, where),
        name=visible(key),
        problem=problem,
    )


def _key_path(error: ErrorDetails) -> tuple[str | int, ...]:
    return tuple(part for part in error["loc"] if part != "[key]")


def _problem(error: ErrorDetails) -> Message:
    kind, context = error["type"], error.get("ctx", {})
    value = visible(str(error.get("input")))[:60]
    match kind:
        case "extra_forbidden":
            return _unknown(_key_path(error))
        case "literal_error":
            return message(
                "foundation.config_choice",
                value=value,
                choices=tuple(re.findall(r"'([^']*)'", context["expected"])),
            )
        case "greater_than_equal" | "less_than_equal":
            bound = context.get("ge", context.get("le"))
            side = "least" if "ge" in context else "most"
            return message(f"foundation.config_at_{side}", value=value, bound=bound)
        case "string_too_long":
            return message("foundation.config_at_most", value=value, bound=context["max_length"])
        case "zone_unknown":
            return message("foundation.config_zone", value=value)
        case "no_address":
            return message("foundation.mail_address", address=visible(context["address"]))
        case "no_sender":
            return message("foundation.config_no_sender")
    for ending, wanted in (
        ("int", "number"),
        ("bool", "bool"),
        ("string", "text"),
        ("tuple", "list"),
        ("dict", "table"),
        ("model", "table"),
    ):
        if kind.startswith(ending):
            return message(f"foundation.config_type_{wanted}", value=value)
    return message("foundation.config_value", value=value)


def _unknown(where: tuple[str | int, ...]) -> Message:
    known = _names(Config, where[:-1])
    close = difflib.get_close_matches(str(where[-1]), known, n=1)
    if close:
        return message("foundation.config_unknown_close", close=close[0])
    return message("foundation.config_unknown", known=tuple(known))


def _names(model: type[BaseModel], where: tuple[str | int, ...]) -> list[str]:
    for part in where:
        inner = model.model_fields[str(part)].annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            model = inner
    return list(model.model_fields)


def _number_after(words: str, mark: str) -> str:
    digits = words.partition(mark)[2]
    return digits[: len(digits) - len(digits.lstrip("0123456789"))]
