"""What is built once, and stands before anything else."""

from __future__ import annotations

import subprocess
import sys

ALL_ROOMS = """
import pkgutil
from importlib import import_module
from sqlmodel import SQLModel
import desk_console
from desk_console.wiring import declare_tables

declare_tables()
declared = set(SQLModel.metadata.tables)
for room in pkgutil.walk_packages(desk_console.__path__, "desk_console."):
    if not room.name.endswith("__main__"):
        import_module(room.name)
print(sorted(set(SQLModel.metadata.tables) - declared))
"""


def test_no_table_is_declared_after_the_first_question() -> None:
    """One that is, in another thread, took the ground from under a question that was being asked:
    the program ended in the middle of a sign-on.
    """
    found = subprocess.run(
        [sys.executable, "-c", ALL_ROOMS], capture_output=True, text=True, check=False
    )

    assert (found.stdout.strip(), found.returncode) == ("[]", 0), found.stderr
