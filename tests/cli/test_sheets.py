"""`sheet` and what `doctor` says of fonts: exit codes and files are an interface."""

import json
from pathlib import Path

import pytest

from desk_console.outputs.sheets import fonts
from desk_console.outputs.sheets.making import MAKERS
from tests.cli.conftest import PIN, Runner

SIGNED = ("--as", "1001", "--pin-stdin")


def test_the_help_names_every_sheet(desk_console: Runner) -> None:
    told = " ".join(desk_console("sheet", "--help").out.split())
    assert " | ".join(MAKERS) in told


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_a_sheet_is_made_in_the_format_of_its_name(
    desk_console: Runner, site: Path, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"log.{ending}"
    ran = desk_console("sheet", "log", "--day", "2026-03-02", "--out", out, *SIGNED, typed=PIN)
    assert ran.code == 0, ran.err
    assert str(out) in ran.out
    begins = b"%PDF-" if ending == "pdf" else b"<!DOCTYPE html>"
    assert out.read_bytes().lstrip().startswith(begins)


def test_a_sheet_without_a_place_goes_to_the_folder_of_sheets(
    desk_console: Runner, site: Path
) -> None:
    assert desk_console("sheet", "night", *SIGNED, typed=PIN).code == 0
    [made] = (site.parent / "sheets").iterdir()
    assert made.name.startswith("夜间值班记录表-")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("menu",), 2),
        (("log", "--format", "docx"), 2),
        (("log", "17"), 2),
        (("log", "--day", "yesterday"), 2),
        (("log", "--as", "1001", "--pin-stdin"), 1),
    ],
)
def test_what_cannot_be_made_says_so(
    desk_console: Runner, site: Path, arguments: tuple[str, ...], code: int
) -> None:
    given = arguments if "--as" in arguments else (*arguments, *SIGNED)
    ran = desk_console("sheet", *given, typed="00000000" if code == 1 else PIN)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err


def test_row_24_doctor_says_whether_there_is_a_font(
    desk_console: Runner, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check() -> dict[str, str]:
        checks = json.loads(desk_console("doctor", "--json").out)["checks"]
        return next(each for each in checks if each["name"] == "fonts")

    assert check()["level"] == "good"
    monkeypatch.setattr(fonts, "_found", lambda: None)
    assert check()["level"] == "warning"
    assert "fonts-noto-cjk" in check()["words"]
