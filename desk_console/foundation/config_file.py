"""Reading the config: a TOML file that people can read and edit.

The environment (DESK_CONSOLE_SITE__NAME …) goes before the file, the file before the default. What
is wrong is said with the file, the key and the line; nothing is guessed.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from desk_console.foundation.catalogue import Message, message
from desk_console.foundation.config import PREFIX, Config
from desk_console.foundation.config_lines import line_of
from desk_console.foundation.refusal import Refusal
from desk_console.foundation.text import visible


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A config with the text that it came from, so that a later fault can still name the line."""

    config: Config
    path: Path
    text: str

    def refusal(self, path: tuple[str | int, ...], problem: Message) -> Refusal:
        """The refusal that names file, key and line of what was found wrong there; where there is
        no file yet, what is wrong alone.
        """
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
    return checked(document, path, text)


def checked(document: Mapping[str, Any], path: Path, text: str = "") -> ConfigFile:
    """The config of a document, or of answers that are to become one (no text then). Refuses as
    `load_config` does.
    """
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
    if not text:
        return Refusal(problem.key, clause=None, **problem.values)
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
