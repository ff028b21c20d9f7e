"""Finding a font with Chinese for PDF sheets: the config's, an installed package's, the system's.

A font that cannot print a sheet is as good as none: one without the signs, and one of many
weights in one file (a variable font), which would come out hair-thin.
"""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "noto_cjk_sans_otc"
"""The fonts that come with `pip install 'desk-console[fonts]'`."""

SAMPLE = "物业值班交接记录簿，：【】"
"""A font without these is no font for a sheet."""

_KNOWN = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "SourceHanSansCN-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "msyh.ttc",
    "Deng.ttf",
    "simhei.ttf",
    "simsun.ttc",
    "Hiragino Sans GB.ttc",
    "STHeiti Light.ttc",
    "Arial Unicode.ttf",
)
_FOLDERS = {
    "Linux": ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts"),
    "Darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "Windows": (r"%WINDIR%\Fonts", r"%LOCALAPPDATA%\Microsoft\Windows\Fonts"),
}


@dataclass(frozen=True, slots=True)
class Font:
    """A font that prints Chinese: its file, and which of the fonts in it."""

    path: Path
    number: int = 0


def find_font(wanted: Path | None) -> Font | None:
    """The config's font, else the first that is found. None where nothing prints Chinese.

    A font named in the config that does not do is not replaced by another: None, so that it is
    noticed.
    """
    if wanted is not None:
        return usable(wanted)
    return _found()


@cache
def _found() -> Font | None:
    return next((font for path in _candidates() if (font := usable(path))), None)


def _candidates() -> Iterator[Path]:
    package = find_spec(PACKAGE)
    if package is not None and package.origin:
        yield from sorted(Path(package.origin).parent.glob("*.ttc"))
    folders = _FOLDERS.get(platform.system(), _FOLDERS["Linux"])
    there = [Path(os.path.expandvars(each)).expanduser() for each in folders]
    by_name = {path.name: path for folder in there for path in _files(folder)}
    yield from (by_name[name] for name in _KNOWN if name in by_name)
    yield from _of_fontconfig()


def _files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        for name in names:
            if name.lower().endswith((".ttc", ".ttf", ".otf")):
                yield Path(base, name)


def _of_fontconfig() -> Iterator[Path]:
    command = ["fc-list", ":lang=zh-cn", "file"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return
    for line in sorted(said.stdout.splitlines()):
        yield Path(line.rstrip(": "))


def usable(path: Path) -> Font | None:
    """The font of a file that prints Chinese, the mainland's signs where it has several."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    try:
        if path.suffix.lower() == ".ttc":
            with TTCollection(path, lazy=True) as collection:
                numbered = list(enumerate(collection.fonts))
                good = [(number, font) for number, font in numbered if _prints(font)]
                mainland = [number for number, font in good if _is_mainland(font)]
                chosen = [*mainland, *(number for number, _ in good)]
                return Font(path, chosen[0]) if chosen else None
        with TTFont(path, lazy=True) as font:
            return Font(path) if _prints(font) else None
    except (OSError, TTLibError, KeyError, ValueError):
        return None


def _prints(font: object) -> bool:
    if "fvar" in font:  # type: ignore[operator] # fontTools has no types
        return False
    signs = font.getBestCmap() or {}  # type: ignore[attr-defined] # see above
    return all(ord(sign) in signs for sign in SAMPLE)


def _is_mainland(font: object) -> bool:
    name = font["name"].getDebugName(1) or ""  # type: ignore[index] # see above
    return name.endswith((" SC", " CN", " GB")) or "SC " in name
