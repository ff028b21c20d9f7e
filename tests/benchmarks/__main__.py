"""`python -m tests.benchmarks [NAME…]`: measures, and prints a table of ratios.

Names: start, keys, saving, live, matching, matters, units, searching, handing, idle, drafting,
history, lists.
Without a name all of them run, one after the other. Exit code 0 when every ratio keeps within its
limit, 1 when one does not, 2 for an unknown name.
"""

import sys
from importlib import import_module

from tests.benchmarks.table import Ratio, as_text

NAMES = (
    "start",
    "keys",
    "saving",
    "live",
    "matching",
    "matters",
    "units",
    "searching",
    "handing",
    "idle",
    "drafting",
    "history",
    "lists",
)


def main(names: list[str]) -> int:
    """Runs the named benchmarks and prints one table."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"unknown: {' '.join(unknown)}; there are: {' '.join(NAMES)}", file=sys.stderr)
        return 2
    ratios: list[Ratio] = []
    for name in names or NAMES:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        ratios += import_module(f"tests.benchmarks.{name}").measure()
    print(as_text(ratios))
    return 0 if all(one.is_reached for one in ratios) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
