"""The sample site after four days: lived once for all workers, and copied for whoever asks."""

from __future__ import annotations

import fcntl
import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from desk_console.sample.build import build

PRESENT = datetime(2026, 11, 24, 9, 50, tzinfo=ZoneInfo("Asia/Shanghai"))
SECRET = b"secret"


def copy_lived(base: Path, folder: Path) -> Path:
    """Its file, in a folder of the test's own. `base` is the same for all workers."""
    made = base / "lived"
    with (base / "lived.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            under_way = base / "lived-under-way"
            under_way.mkdir()
            build(under_way / "desk.db", at=PRESENT, secret=SECRET, days=4)
            under_way.rename(made)
    shutil.copytree(made, folder)
    return folder / "desk.db"
