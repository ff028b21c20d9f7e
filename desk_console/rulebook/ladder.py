"""The ladder of a regulation: which roles what cannot be settled goes up to, one at a time.

A rung is the place of a role on the ladder, 0 the lowest. Clauses 9.6, 2.11, 1.7, 1.11.
"""

from collections.abc import Collection

from desk_console.rulebook.records import DutyRules

_RUN_THE_SITE = frozenset({"director", "manager", "department-head"})
"""Who runs a site stands at the top, also where its ladder gives the top another title."""


def rungs(duty: DutyRules) -> tuple[str, ...]:
    """The roles of the ladder, lowest first."""
    return duty.escalation


def top_rung(duty: DutyRules) -> int:
    """The rung from which nothing goes further up."""
    return max(len(duty.escalation) - 1, 0)


def next_rung(rung: int, duty: DutyRules) -> int | None:
    """The rung above; None at the top. Nothing skips a rung on its way (9.6)."""
    return rung + 1 if rung < top_rung(duty) else None


def rung_of(roles: Collection[str], duty: DutyRules) -> int:
    """Where somebody with these roles stands: their highest rung; at the foot where they have
    none.
    """
    places = [place for place, role in enumerate(duty.escalation) if role in roles]
    if _RUN_THE_SITE.intersection(roles):
        places.append(top_rung(duty))
    return max(places, default=0)


def stands_as(roles: Collection[str], duty: DutyRules) -> str:
    """The role of theirs by which somebody stands on their rung: what their signature names."""
    rung = rung_of(roles, duty)
    if duty.escalation and duty.escalation[rung] in roles:
        return duty.escalation[rung]
    return next(iter(sorted(_RUN_THE_SITE.intersection(roles)) or sorted(roles)), "")


def deciding_rung(duty: DutyRules) -> int:
    """The lowest rung whose people decide alone what needs a decision from above (1.11, 1.7)."""
    if duty.decided_by in duty.escalation:
        return duty.escalation.index(duty.decided_by)
    return top_rung(duty)
