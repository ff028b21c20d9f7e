"""What is written down of a crash."""

from __future__ import annotations

from pathlib import Path

from textual.worker import WorkerFailed

from desk_console.tui.crash import write_down


def _failed() -> None:
    raise KeyError("周敏 13800138000")


def test_a_failure_in_a_worker_is_written_down_with_its_place_and_nobodys_words(
    tmp_path: Path,
) -> None:
    file = tmp_path / "desk.log"
    try:
        _failed()
    except KeyError as error:
        write_down(WorkerFailed(error), file)
    written = file.read_text(encoding="utf-8")
    assert "builtins.KeyError" in written
    assert "_failed" in written
    assert "周敏" not in written and "13800138000" not in written
