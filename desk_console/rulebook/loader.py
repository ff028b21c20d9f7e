"""Reads the nine regulations, and makes of them the rules that one site runs by.

Only what is asked for is read: a site's rules need the heads of its own regulations' files, never
the clauses, which stand after them and are read when somebody opens the rule book.
"""

import tomllib
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from desk_console.rulebook.parameters import (
    Fault,
    FaultyRules,
    combined,
    override_faults,
    parameter_faults,
)
from desk_console.rulebook.records import Clause, DutyRules, Regulation

IDS = (
    "store-weekly",
    "company-24h",
    "cs-monthly",
    "cs-department",
    "cs-staff",
    "property-24h",
    "courier",
    "property-24h-classic",
    "management-office",
)
"""Every regulation, in the order of their numbers: the first one's clauses are 1.1, 1.2, …"""

NOTHING: Mapping[str, object] = MappingProxyType({})

_FOLDER = Path(__file__).with_name("regulations")
_FIRST_CLAUSE = "\n[[clause]]"


def site_rules(
    base: str, also: Sequence[str] = (), overrides: Mapping[str, object] = NOTHING
) -> DutyRules:
    """The rules of a site that runs by `base`, combined with others, with its own on top.

    What `base` states comes first, then what the others state and it does not, then the console's
    defaults for these kinds of regulation, then its general ones; `overrides` (any parameter, by
    its name in `DutyRules`) replace the outcome. Checklists and recurring tasks are joined, line by
    line, unless overridden. Raises FaultyRules for an unknown regulation or a wrong override;
    whether the plan holds together is for `rules.plan_faults` to say.
    """
    _known_or_raise(base, also)
    chosen = tuple(dict.fromkeys([base, *also]))
    faults = override_faults(overrides)
    if faults:
        raise FaultyRules(faults)
    heads = [_head(id) for id in dict.fromkeys(_body(id) for id in chosen)]
    parameters = combined(
        [*(head.get("duty", {}) for head in heads), *(head.get("console", {}) for head in heads)]
    )
    cites = dict(ChainMap(*(head["cites"] for head in heads)))
    try:
        return DutyRules.model_validate(
            {
                **parameters,
                **overrides,
                "regulation": base,
                "also": chosen[1:],
                "cites": cites,
            }
        )
    except ValidationError as error:
        raise FaultyRules(parameter_faults(error)) from error


@cache
def load(id: str) -> Regulation:
    """One regulation, whole. An alias has its own names and the body of the one it stands for.

    Raises KeyError for an id that is none of `IDS`.
    """
    if id not in IDS:
        raise KeyError(id)
    own = _whole(id)
    body = _whole(own.get("alias_of", id))
    fields = {
        key: value
        for key, value in {**body, **own}.items()
        if key not in {"duty", "console", "clause"}
    }
    clauses = tuple(Clause(regulation=body["id"], **clause) for clause in body["clause"])
    return Regulation(duty=site_rules(id), clauses=clauses, **fields)


@cache
def load_all() -> Mapping[str, Regulation]:
    """All nine regulations by their ids, in the order of their numbers."""
    return MappingProxyType({id: load(id) for id in IDS})


def _known_or_raise(base: str, also: Iterable[str]) -> None:
    places: list[tuple[tuple[str | int, ...], str]] = [(("regulation",), base)]
    places += [(("also", place), id) for place, id in enumerate(also)]
    faults = tuple(
        Fault.at(path, "fault_unknown_regulation", value=id, known=IDS)
        for path, id in places
        if id not in IDS
    )
    if faults:
        raise FaultyRules(faults)


def _body(id: str) -> str:
    """The regulation whose text is read for this one: itself, or the one it stands for."""
    stands_for: str = _head(id).get("alias_of", id)
    return stands_for


@cache
def _head(id: str) -> dict[str, Any]:
    """A regulation without its clauses: a third of the time that the whole file takes."""
    return tomllib.loads(_text(id).partition(_FIRST_CLAUSE)[0])


def _whole(id: str) -> dict[str, Any]:
    return tomllib.loads(_text(id))


def _text(id: str) -> str:
    return (_FOLDER / f"{id}.toml").read_text(encoding="utf-8")
