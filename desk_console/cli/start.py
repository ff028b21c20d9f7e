"""Where the program begins. Without a command it opens the console, and imports only what that
needs.

Anything else on the command line is for `main`, which knows the commands.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from desk_console.foundation.options import Options

if TYPE_CHECKING:
    from desk_console.rulebook.desk import Desk

_WITH_VALUE = {"--config", "--db", "--lang"}


def main() -> None:
    """Runs the program; ends the process with its exit code."""
    arguments = sys.argv[1:]
    options = plain_options(arguments)
    if options is None:
        from desk_console.cli.main import run

        run(arguments)
    else:
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


def open_console(options: Options) -> int:
    """Opens the screens on this terminal; returns the exit code. Asks the set-up first where there
    is no config yet.
    """
    from desk_console.tui.terminal.environment import missing, prepare

    prepare()
    from desk_console.foundation.catalogue import Catalogue
    from desk_console.foundation.paths import log_path
    from desk_console.foundation.peek import peek

    glance = peek(options)
    lacking = missing()
    if lacking is not None:
        print(Catalogue(glance.language).text(lacking), file=sys.stderr)
        return 1
    if not glance.has_config:
        from desk_console.cli.first_run import ask_and_set_up

        if not ask_and_set_up(options):
            return 1
        glance = peek(options)
    from desk_console.tui.app import run
    from desk_console.tui.opening import Opening

    desks: list[Desk] = []

    def opened() -> Desk:
        # Loaded here as well: the first look is taken as soon as the desk is open.
        for needed in ("live_picture", "live_rows"):
            import_module(f"desk_console.tui.screens.{needed}")
        from desk_console.wiring import open_desk

        desks.append(open_desk(options))
        return desks[-1]

    code = run(
        Opening(
            open=opened,
            language=glance.language,
            theme=glance.theme,
            keys=glance.keys,
            is_demo=options.demo,
            is_ascii=glance.ascii_borders,
            log_file=log_path(),
        )
    )
    for desk in desks:
        desk.store.close()
    return code
