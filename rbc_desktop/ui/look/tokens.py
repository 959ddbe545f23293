"""Colours of the windows: light, dark and high-contrast tokens, and the palette that carries them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, as sRGB hex.

    Each of `TEXTS` on each of `GROUNDS`, and `on_accent` on `accent`, keep 4.5 to 1 at least (WCAG 2.2, AA).
    """

    name: str
    window: str
    base: str
    alternate: str
    raised: str
    hover: str
    border: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    accent_soft: str
    canvas: str
    warning: str
    error: str
    success: str
    warning_soft: str
    error_soft: str


LIGHT = Tokens(
    name="light", window="#F3F4F6", base="#FFFFFF", alternate="#F8F9FA", raised="#FFFFFF", hover="#E5E8EC",
    border="#D3D8DE", text="#1A1F26", muted="#55606D", disabled="#A3ABB5", accent="#0B6A94", on_accent="#FFFFFF",
    accent_soft="#D6EAF3", canvas="#DFE2E6", warning="#8A5A00", error="#B3261E", success="#1B6E3C",
    warning_soft="#FFF3D6", error_soft="#FCE4E2",
)  # fmt: skip

DARK = Tokens(
    name="dark", window="#1D2024", base="#16181B", alternate="#1B1E22", raised="#262A2F", hover="#2E333A",
    border="#3A4048", text="#E7EAEE", muted="#A2ACB8", disabled="#626B76", accent="#4DB4DB", on_accent="#06212D",
    accent_soft="#173D4D", canvas="#101214", warning="#F2BE5C", error="#F2867E", success="#6CCB8E",
    warning_soft="#3A2F17", error_soft="#42201E",
)  # fmt: skip

CONTRAST = Tokens(
    name="contrast", window="#000000", base="#000000", alternate="#0B0B0B", raised="#000000", hover="#262626",
    border="#FFFFFF", text="#FFFFFF", muted="#EDEDED", disabled="#A8A8A8", accent="#3FE9FF", on_accent="#000000",
    accent_soft="#00334F", canvas="#000000", warning="#FFD83D", error="#FFA9A3", success="#7DF5A2",
    warning_soft="#2E2600", error_soft="#400D0A",
)  # fmt: skip
"""White on black, every text at 7 to 1 or more (WCAG 2.2, AAA), every border as strong as text."""

TEXTS = ("text", "muted", "accent", "warning", "error", "success")
GROUNDS = (
    "window", "base", "alternate", "raised", "hover", "accent_soft", "warning_soft", "error_soft", "canvas",
)  # fmt: skip
"""Tokens that are written with, and those that are written on: each may meet each."""


def tokens_for(scheme: Qt.ColorScheme, *, high_contrast: bool = False) -> Tokens:
    """The tokens of a system colour scheme; unknown counts as light.

    Args:
        scheme: of the system.
        high_contrast: the user has asked the system for more contrast.
    """
    if high_contrast:
        return CONTRAST
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def palette_for(tokens: Tokens) -> QPalette:
    """The Qt palette that carries the tokens."""
    role = QPalette.ColorRole
    palette = QPalette()
    for target, value in {
        role.Window: tokens.window, role.WindowText: tokens.text, role.Base: tokens.base,
        role.AlternateBase: tokens.alternate, role.Text: tokens.text, role.Button: tokens.raised,
        role.ButtonText: tokens.text, role.BrightText: tokens.error, role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent, role.ToolTipBase: tokens.raised, role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.muted, role.Link: tokens.accent, role.LinkVisited: tokens.accent,
        role.Accent: tokens.accent, role.Light: tokens.raised, role.Midlight: tokens.hover, role.Mid: tokens.border,
        role.Dark: tokens.canvas, role.Shadow: tokens.border,
    }.items():  # fmt: skip
        palette.setColor(target, QColor(value))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(tokens.disabled))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(tokens.border))
    return palette
