"""Engines for the tests: what a statement is compiled to is kept for all files of a worker, and
nothing waits for the disk.

Each test has files of its own, and SQLAlchemy would compile each statement anew for each of them.
What is on the disk after a power cut is proved by the tests under faults, in processes of their
own, which have the engines of the product.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from desk_console.foundation import sqlite

Maker = Callable[..., Engine]


@cache
def _first() -> Engine:
    """An engine on no file, whose dialect and compiled statements all others take over."""
    engine = create_engine("sqlite://", module=sqlite.driver(), query_cache_size=4000)
    engine.connect().close()
    return engine


def make_quick(make: Maker) -> Maker:
    """Engines as the product makes them, but quick."""

    def quick(path: Path, *, writing: bool, is_unfinished: bool = True) -> Engine:
        engine = make(path, writing=writing, is_unfinished=True)
        engine.dialect = _first().dialect
        engine._compiled_cache = _first()._compiled_cache
        return engine

    return quick


def install(patch: pytest.MonkeyPatch) -> None:
    """All engines of this process are quick from now on."""
    patch.setattr(sqlite, "make_engine", make_quick(sqlite.make_engine))
