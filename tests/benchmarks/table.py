"""One line of the table of ratios, and how the table is printed."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure against its baseline. Both are medians (or what `figure` says) of the same run."""

    figure: str
    measured: float
    baseline: float
    against: str
    unit: str
    limit: float
    """The most that the ratio may be."""

    @property
    def ratio(self) -> float:
        """How many times the baseline."""
        return self.measured / self.baseline

    @property
    def is_reached(self) -> bool:
        """Whether the ratio keeps within its limit."""
        return self.ratio <= self.limit


def as_text(ratios: Sequence[Ratio]) -> str:
    """The table, in columns."""
    head = ("figure", "ratio", "limit", "", "measured", "baseline", "unit", "against")
    rows = [
        (
            one.figure,
            f"{one.ratio:.2f}",
            f"{one.limit:g}",
            "ok" if one.is_reached else "OVER",
            f"{one.measured:.2f}",
            f"{one.baseline:.2f}",
            one.unit,
            one.against,
        )
        for one in ratios
    ]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (head, *rows)
    )
