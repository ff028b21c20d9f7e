"""Where the program begins. Without a command it opens the console, and imports only what that
needs.

Anything else on the command line is for `main`, which knows the commands.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from desk_console.foundation.options import Options

_WITH_VALUE = {"--config", "--db", "--lang"}


def main() -> None:
    """Runs the program; ends the process with its exit code."""
    arguments = sys.argv[1:]
    options = plain_options(arguments)
    if options is None:
        from desk_console.cli.main import run

        run(arguments)
    else:
        from desk_console.cli.opening import open_console

        sys.exit(open_console(options))


def plain_options(arguments: list[str]) -> Options | None:
    """The global options, where there is nothing else; None where the command line says more."""
    options, rest = Options(), list(arguments)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name == "--read-only" and not equals:
            options = replace(options, read_only=True)
            continue
        if name not in _WITH_VALUE or not (equals or rest):
            return None
        given = value if equals else rest.pop(0)
        match name:
            case "--config":
                options = replace(options, config=Path(given))
            case "--db":
                options = replace(options, db=Path(given))
            case _ if given in ("zh", "en"):
                options = replace(options, lang="zh" if given == "zh" else "en")
            case _:
                return None
    return options
