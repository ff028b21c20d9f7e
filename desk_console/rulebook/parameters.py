"""The parameters of a site's rules: how several regulations combine, and what is wrong with one.

A fault names the place of the parameter, so that whoever read the config can name file and line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from desk_console.foundation.catalogue import Message, message
from desk_console.rulebook.records import DutyRules

JOINED = frozenset(
    {"opening_checks", "start_checks", "tidy_checks", "area_checks", "recurring_tasks"}
)
"""Lists of which every regulation's lines count: each prompt is some clause's own."""

PARAMETERS = tuple(
    name for name in DutyRules.model_fields if name not in {"regulation", "also", "cites"}
)
"""The names of all parameters: what a site may override."""

SHOWN_LIMIT = 60
"""Characters of a wrong value that a fault repeats."""

Path = tuple[str | int, ...]

_WORDINGS = {
    "missing": "fault_missing",
    "int_type": "fault_want_number",
    "bool_type": "fault_want_yes_no",
    "tuple_type": "fault_want_list",
    "string_type": "fault_want_text",
    "string_too_short": "fault_empty",
    "string_pattern_mismatch": "fault_want_code",
    "time_of_day": "fault_want_time",
    "model_type": "fault_want_table",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a parameter, and where: keys and places in lists, counted from 0."""

    path: Path
    message: Message

    @classmethod
    def at(cls, path: Path, name: str, /, **values: object) -> Fault:
        """A fault worded by `rulebook.<name>`."""
        return cls(path, message(f"rulebook.{name}", **values))

    @property
    def key(self) -> str:
        """The place as people count: `("shifts", 2, "end")` is `shifts[3].end`."""
        parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in self.path]
        return "".join(parts).lstrip(".")


class FaultyRules(Exception):
    """The rules cannot be made: `faults` say what is wrong where, all of it at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """`faults` has one at least."""
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{one.key}: {one.message.key}" for one in self.faults))


def combined(layers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Several tables as one: each key from the first that has it, joined lists from all of them.

    Joined lists keep the order of the layers, and the first line of each code.
    """
    outcome: dict[str, Any] = {}
    for layer in layers:
        for key, value in layer.items():
            if key not in outcome:
                outcome[key] = value
            elif key in JOINED:
                there = {line["code"] for line in outcome[key]}
                outcome[key] = [*outcome[key], *(one for one in value if one["code"] not in there)]
    return outcome


def override_faults(overrides: Mapping[str, object]) -> tuple[Fault, ...]:
    """Overrides of what is no parameter."""
    return tuple(_unknown_key((key,), PARAMETERS) for key in overrides if key not in PARAMETERS)


def parameter_faults(error: ValidationError) -> tuple[Fault, ...]:
    """What pydantic found wrong with the parameters, in our own words."""
    return tuple(
        _fault(tuple(one["loc"]), one["type"], one.get("ctx", {}), _shown(one["input"]))
        for one in error.errors()
    )


def _shown(given: object) -> str:
    """A wrong value as it stands in the file, cut where it is long."""
    words = str(given).lower() if isinstance(given, bool) else str(given)
    return words if len(words) <= SHOWN_LIMIT else f"{words[:SHOWN_LIMIT]}…"


def _fault(path: Path, kind: str, facts: Mapping[str, Any], given: str) -> Fault:
    match kind:
        case "extra_forbidden":
            return _unknown_key(path, ())
        case "enum":
            return Fault.at(path, "fault_want_one_of", value=given, known=facts["expected"])
        case "greater_than_equal":
            return Fault.at(path, "fault_at_least", value=given, limit=facts["ge"])
        case "less_than_equal":
            return Fault.at(path, "fault_at_most", value=given, limit=facts["le"])
        case "string_too_long":
            return Fault.at(path, "fault_too_long", limit=facts["max_length"])
        case _:
            return Fault.at(path, _WORDINGS.get(kind, "fault_wrong_value"), value=given)


def _unknown_key(path: Path, known: Sequence[str]) -> Fault:
    near = get_close_matches(str(path[-1]), known, n=1)
    if near:
        return Fault.at(path, "fault_unknown_key_near", value=path[-1], near=near[0])
    return Fault.at(path, "fault_unknown_key", value=path[-1])
