"""The rule book to be read: clauses as screens and the command line show them."""

from desk_console.rulebook.loader import IDS, load, load_all
from desk_console.rulebook.records import Clause, DutyRules


def clauses(regulation: str | None = None) -> list[Clause]:
    """The clauses of one regulation, or of all in order, each once. KeyError for an unknown id."""
    if regulation is not None:
        return list(load(regulation).clauses)
    return [one for each in load_all().values() if each.alias_of is None for one in each.clauses]


def clauses_at(duty: DutyRules) -> list[tuple[Clause, bool]]:
    """Every clause, those of the regulations that a site runs by first; and whether it is one."""
    bodies = [load(id).alias_of or id for id in (duty.regulation, *duty.also)]
    own = [one for id in dict.fromkeys(bodies) for one in load(id).clauses]
    others = [one for one in clauses() if one.regulation not in bodies]
    return [*((one, True) for one in own), *((one, False) for one in others)]


def clause(id: str) -> Clause | None:
    """The clause that is cited as `id` (`9.17`); None where there is none. Reads one regulation."""
    number = id.partition(".")[0]
    if not number.isascii() or not number.isdecimal() or not 0 < int(number) <= len(IDS):
        return None
    return next((one for one in load(IDS[int(number) - 1]).clauses if one.id == id), None)
