"""Three themes: light, dark, high contrast. Calm, and every text at least 4.5 to 1 on what lies
under it, also where a terminal has 256 colours, as over most SSH lines: a ground that is nearly
grey becomes one of its greys there, any other the next of six steps of blue or green.

Stylesheets name tokens only. In ASCII mode nothing is drawn with signs whose width differs between
terminals: frames are `+-|` and scroll bars are plain cells.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.theme import Theme

LIGHT, DARK, CONTRAST = "desk-light", "desk-dark", "desk-contrast"
THEMES = (LIGHT, DARK, CONTRAST)
"""Names, in the order in which a key goes through them. Labels: `theme_label`."""


def _tokens(
    *,
    text: str,
    muted: str,
    disabled: str,
    warning: str,
    error: str,
    success: str,
    key: str,
    head: str,
    focused: str,
    cursor: tuple[str, str],
) -> dict[str, str]:
    """Textual's derived tokens that carry text or lie under it, set by hand: derived ones miss the
    contrast.
    """
    return {
        "text": text,
        "text-muted": muted,
        "text-disabled": disabled,
        "text-warning": warning,
        "text-error": error,
        "text-success": success,
        "text-primary": key,
        "text-secondary": key,
        "text-accent": key,
        "primary-muted": head,
        "accent-muted": focused,
        "footer-key-foreground": key,
        "block-cursor-background": cursor[0],
        "block-cursor-foreground": cursor[1],
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": cursor[0] + "40",
        "block-cursor-blurred-foreground": text,
        "input-cursor-background": text,
        "input-selection-background": cursor[0] + "60",
    }


_MADE = (
    Theme(
        name=LIGHT,
        dark=False,
        primary="#1F5F8B",
        secondary="#4A6572",
        accent="#1F5F8B",
        warning="#7A4B00",
        error="#A31621",
        success="#1E6B3A",
        foreground="#1B2228",
        background="#F5F5F2",
        surface="#ECECE8",
        panel="#DFE3E3",
        variables=_tokens(
            text="#1B2228",
            muted="#4C575E",
            disabled="#566066",
            warning="#6E4300",
            error="#9B1420",
            success="#1A5F33",
            key="#134B73",
            head="#CAD7DD",
            focused="#B4D2E0",
            cursor=("#1F5F8B", "#FFFFFF"),
        ),
    ),
    Theme(
        name=DARK,
        dark=True,
        primary="#5FA3CF",
        secondary="#7F95A3",
        accent="#5FA3CF",
        warning="#E0A84A",
        error="#F07A7A",
        success="#74C08A",
        foreground="#DDE2E5",
        background="#16191B",
        surface="#1D2225",
        panel="#262B2F",
        variables=_tokens(
            text="#DDE2E5",
            muted="#A3AFB6",
            disabled="#8F9CA4",
            warning="#E8B65E",
            error="#F58C8C",
            success="#86CC9A",
            key="#8CC4E8",
            head="#2D363B",
            focused="#384146",
            cursor=("#2D6690", "#FFFFFF"),
        ),
    ),
    Theme(
        name=CONTRAST,
        dark=True,
        primary="#00AFFF",
        secondary="#FFFFFF",
        accent="#FFFF00",
        warning="#FFD700",
        error="#FF8F8F",
        success="#7CFF7C",
        foreground="#FFFFFF",
        background="#000000",
        surface="#000000",
        panel="#1C1C1C",
        variables=_tokens(
            text="#FFFFFF",
            muted="#E0E0E0",
            disabled="#C8C8C8",
            warning="#FFD700",
            error="#FF9C9C",
            success="#8CFF8C",
            key="#FFFF00",
            head="#002333",
            focused="#00344C",
            cursor=("#FFFF00", "#000000"),
        )
        | {"block-cursor-blurred-background": "#3A3A00"},
    ),
)


def register(app: App[Any], theme: str = LIGHT) -> None:
    """Make the themes known to the app and put one on."""
    for made in _MADE:
        app.register_theme(made)
    app.theme = theme if theme in THEMES else LIGHT


def next_theme(theme: str) -> str:
    """The theme after this one, round the end."""
    return THEMES[(THEMES.index(theme) + 1) % len(THEMES)] if theme in THEMES else LIGHT


def theme_label(theme: str) -> str:
    """The catalogue key of a theme's name."""
    return f"tui.kit.theme_{theme.removeprefix('desk-')}"


class _PlainBars(ScrollBarRender):
    """A scroll bar of whole cells only."""

    VERTICAL_BARS = [" "] * len(ScrollBarRender.VERTICAL_BARS)
    HORIZONTAL_BARS = [" "] * len(ScrollBarRender.HORIZONTAL_BARS)


def use_ascii(app: App[Any], on: bool = True) -> None:
    """Draw frames and bars with ASCII signs only (for terminals that show box drawing two cells
    wide)."""
    app.set_class(on, "-ascii")
    ScrollBar.renderer = _PlainBars if on else ScrollBarRender
