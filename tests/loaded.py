"""Everything of the program, loaded once: what `tests.ready` forks its processes from."""

import gc
import pkgutil
from importlib import import_module

from desk_console.tui.terminal.environment import prepare

prepare()

import desk_console  # noqa: E402 # after what Textual reads when it is loaded

for _module in pkgutil.walk_packages(desk_console.__path__, "desk_console."):
    if not _module.name.endswith("__main__"):
        import_module(_module.name)
gc.freeze()
