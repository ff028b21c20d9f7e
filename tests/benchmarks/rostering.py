"""`python -m tests.benchmarks.rostering FOLDER [--seconds N] [--json]`: the published problems.

Each file of the folder goes through the product's own model, optimiser and process; what comes out
is judged by the product's checker, which shares nothing with the model. Exit code 0 when every
draft is sound and costs what the optimiser said, 1 when one does not.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from desk_console.roster.checking import Checker
from desk_console.roster.drafting.drafting import Drafting, Ending
from tests.benchmarks.published import read


@dataclass(frozen=True, slots=True)
class Result:
    """What one problem came to."""

    instance: str
    cost: int | None
    bound: int | None
    seconds: float
    optimal: bool
    """Proved, never supposed."""
    verified: bool
    """The checker found no hard rule broken, and the same cost."""


def solve(path: Path, seconds: float) -> Result:
    """Drafts one file's problem within that time."""
    problem = read(path)
    with Drafting(problem, seconds=seconds) as drafting:
        drafted = drafting.drafted()
    is_verified = False
    if drafted.draft is not None:
        report = Checker(problem).report(drafted.draft)
        is_verified = report.is_sound and report.quality.total == drafted.cost
    return Result(
        instance=path.stem,
        cost=drafted.cost,
        bound=drafted.bound,
        seconds=round(drafted.seconds, 1),
        optimal=drafted.ending is Ending.PROVED,
        verified=is_verified,
    )


def main(arguments: list[str]) -> int:
    """Prints a table, or with `--json` a list."""
    parser = argparse.ArgumentParser(prog="tests.benchmarks.rostering")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    paths = sorted(asked.folder.glob("*.txt"), key=_by_number)
    if not paths:
        print(f"no .txt files in {asked.folder}", file=sys.stderr)
        return 2
    results = []
    if not asked.json:
        print(f"{'instance':<16}{'cost':>8}{'bound':>8}{'seconds':>9}")
    for path in paths:
        results.append(solve(path, asked.seconds))
        if not asked.json:
            print(_line(results[-1]), flush=True)
    if asked.json:
        print(json.dumps([asdict(one) for one in results], indent=2))
    return 0 if all(one.verified for one in results) else 1


def _line(one: Result) -> str:
    cost = "none" if one.cost is None else str(one.cost)
    bound = "none" if one.bound is None else str(one.bound)
    said = ("  optimal" if one.optimal else "") + ("" if one.verified else "  NOT VERIFIED")
    return f"{one.instance:<16}{cost:>8}{bound:>8}{one.seconds:>9.1f}{said}"


def _by_number(path: Path) -> tuple[int, str]:
    numbers = re.findall(r"\d+", path.stem)
    return (int(numbers[-1]) if numbers else 0, path.stem)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
