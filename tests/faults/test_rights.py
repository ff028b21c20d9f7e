"""Row 5: a file or a folder that may really not be written, as the system itself has it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import desk_console, home, set_up_once, site

__all__ = ["desk_console", "home", "set_up_once", "site"]

ROOT = Path(__file__).parents[2]
AS_ANYBODY = (
    ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"]
    if hasattr(os, "geteuid") and os.geteuid() == 0
    else []
)
"""The superuser may write everywhere: these tests run without that right."""

pytestmark = pytest.mark.skipif(
    os.name != "posix" or bool(AS_ANYBODY and shutil.which("setpriv") is None),
    reason="rights cannot be taken away here",
)


@pytest.fixture(params=["file", "folder", "both"])
def locked(request: pytest.FixtureRequest, site: Path) -> Iterator[Path]:
    """A desk whose file, folder or both may only be read."""
    if request.param != "folder":
        site.chmod(0o400)
    if request.param != "file":
        site.parent.chmod(0o500)
    yield site
    site.parent.chmod(0o700)


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*AS_ANYBODY, sys.executable, "-m", "desk_console", *(str(each) for each in arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_row_5_what_may_not_be_written_can_be_read_and_is_never_called_damaged(
    locked: Path, tmp_path: Path
) -> None:
    before = locked.read_bytes()
    log = command("log", "--json")
    assert (log.returncode, json.loads(log.stdout)) == (0, []), log.stderr
    assert command("verify", locked).returncode == 0
    said = json.loads(command("doctor", "--json").stdout)
    assert {each["name"]: each["level"] for each in said["checks"]}["database"] == "good"
    assert locked.read_bytes() == before


def test_row_5_an_act_there_is_refused_in_words(locked: Path) -> None:
    ran = command("--lang", "en", "doctor", "--reindex")
    assert ran.returncode == 1
    assert "open for reading only" in ran.stderr
    assert "Traceback" not in ran.stderr
