"""The subjects of the set-up: each knows its rows, its form and its acts, and no widget."""

SUBJECT_CODES = (
    "people",
    "residents",
    "departments",
    "items",
    "checks",
    "tasks",
    "routes",
    "phrases",
    "rules",
)
"""The subjects in the order of the set-up's screen, where each has its digit."""
