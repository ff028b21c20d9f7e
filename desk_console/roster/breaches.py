"""What can be wrong with a roster: a rule, whom and when it is about, and the figures. No words.

The regulation's clause is found by the rule's topics, so that a site is quoted its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desk_console.roster.problem import Place
from desk_console.rulebook.topics import Topic


class Rule(StrEnum):
    """A rule that a roster can break. The text of each is `roster.breach_<rule>`."""

    # About a shift.
    GAP = "gap"
    """Nobody is on a shift that wants somebody (2.1, 6.1, 1.1)."""
    SHORT = "short"
    """Fewer people than the shift wants (1.3)."""
    CROWDED = "crowded"
    """More people than there is room for."""
    UNCOVERED = "uncovered"
    """No shift runs at some minutes, though somebody is to be there at all of them (6.1)."""
    WITHIN = "within"
    """A turn within a shift is held by somebody who is not on that shift (6.2)."""
    # About one person on one date.
    NO_SHIFT = "no_shift"
    """There is no such shift on that date (9.2)."""
    NO_MEMBER = "no_member"
    """The person is not among those who may be rostered."""
    ROLE = "role"
    """The person's roles do not take that shift (6.2, 1.1)."""
    UNQUALIFIED = "unqualified"
    """No valid qualification on that date (7.2)."""
    ALONE = "alone"
    """A new person without anybody beside them (4.4)."""
    UNREACHABLE = "unreachable"
    """No telephone number (2.3)."""
    LEAVE = "leave"
    """On leave (9.8, 2.6)."""
    GONE = "gone"
    """Not here yet, or no longer."""
    PINNED = "pinned"
    """What was fixed has been changed."""
    # About one person over several dates.
    OVERLAP = "overlap"
    """Two duties at once."""
    TWICE_A_DAY = "twice_a_day"
    """Two duties that begin on one date."""
    REST = "rest"
    """Too little time between two duties."""
    SUCCESSION = "succession"
    """A duty that may not follow the one of the day before."""
    LONGEST_RUN = "longest_run"
    SHORTEST_RUN = "shortest_run"
    SHORTEST_BREAK = "shortest_break"
    MOST_WEEKENDS = "most_weekends"
    MOST_MINUTES = "most_minutes"
    LEAST_MINUTES = "least_minutes"
    MOST_SHIFTS = "most_shifts"
    """Too many duties of one kind."""
    # Working-time law: warnings.
    LAW_WEEK = "law_week"
    LAW_REST_DAY = "law_rest_day"
    LAW_OVERTIME = "law_overtime"


WARNINGS = frozenset({Rule.LAW_WEEK, Rule.LAW_REST_DAY, Rule.LAW_OVERTIME})
"""What is shown, and stops nobody."""

TOPICS: Mapping[Rule, tuple[Topic, ...]] = {
    Rule.GAP: (Topic.ROSTER_COVERED, Topic.ROUND_THE_CLOCK, Topic.POSTS, Topic.DUTY_HOURS),
    Rule.SHORT: (Topic.HEAD_COUNT, Topic.POSTS, Topic.ROSTER_COVERED),
    Rule.CROWDED: (Topic.HEAD_COUNT, Topic.POSTS),
    Rule.UNCOVERED: (Topic.ROUND_THE_CLOCK, Topic.ROSTER_COVERED),
    Rule.WITHIN: (Topic.SHIFT_ROLE,),
    Rule.NO_SHIFT: (Topic.DUTY_HOURS,),
    Rule.ROLE: (Topic.SHIFT_ROLE, Topic.POSTS),
    Rule.UNQUALIFIED: (Topic.QUALIFICATION,),
    Rule.ALONE: (Topic.ONBOARDING,),
    Rule.UNREACHABLE: (Topic.REACHABLE,),
    Rule.LEAVE: (Topic.LEAVE,),
}
"""The subjects that the regulations rule on; the first that a site has a clause for is cited."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule broken: by whom, when, where, and by how much."""

    rule: Rule
    days: tuple[date, ...] = ()
    """The dates that it is about, in order."""
    person: int | None = None
    place: Place | None = None
    found: int = 0
    """The figure as it is: people, days, weekends, minutes."""
    limit: int = 0
    """The figure that the rule allows or wants."""

    @property
    def is_warning(self) -> bool:
        """Whether it is shown only, and stops nobody."""
        return self.rule in WARNINGS

    def clause(self, cites: Mapping[Topic, str]) -> str | None:
        """The clause that it breaks, out of a site's (`duty.cites`); None where none rules it."""
        return next((cites[topic] for topic in TOPICS.get(self.rule, ()) if topic in cites), None)
