"""Opening the console on this terminal: the terminal first, then the screens, the desk behind them.

It imports only what the first screen needs; the rest is loaded once that screen stands.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk_console.foundation.options import Options
    from desk_console.rulebook.desk import Desk


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
        for needed in ("live_picture", "live_head", "live_rows"):
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
