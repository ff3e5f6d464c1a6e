"""Shortening that never hides where look-alikes hide, and tool tips that never interpret mark-up."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

ELLIPSIS = "…"


def elide_end(text: str, metrics: QFontMetrics, width: int) -> str:
    """A name or an agency: cut at the end."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0))


def elide_mailbox(address: str, metrics: QFontMetrics, width: int) -> str:
    """An e-mail address: cut in its local part only; the domain always stays whole."""
    local, at, domain = address.rpartition("@")
    if not at or metrics.horizontalAdvance(address) <= width:
        return address
    for kept in range(len(local) - 1, 0, -1):
        shorter = f"{local[:kept]}{ELLIPSIS}@{domain}"
        if metrics.horizontalAdvance(shorter) <= width:
            return shorter
    return f"{ELLIPSIS}@{domain}"


def tool_tip(text: str) -> str:
    """Text from outside as a tool tip: shown as it is, wrapped, never read as mark-up."""
    from html import escape  # late: its table of entities is not needed by a start

    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>" if text else ""


LONG_WORD = re.compile(r"\S{22,}")
_HYPHENED = re.compile(r"(?<=\be-)(?=mail)", re.IGNORECASE)
"""A hyphen after one letter: no line ends there."""
_SIGNS = re.compile(r"(?<=[@=./:_-])(?=[^\s\u200b])")


def _with_breaks(word: re.Match[str]) -> str:
    return _SIGNS.sub("\u200b", word.group())


def breakable(text: str, everywhere: bool = False) -> str:
    """Long words (addresses, names in certificates) may be wrapped after their signs, "e-mail" not at all; nothing is
    hidden."""
    whole = hyphened(text)
    return _SIGNS.sub("\u200b", whole) if everywhere else LONG_WORD.sub(_with_breaks, whole)


def hyphened(text: str) -> str:
    """ "e-mail" may not be wrapped; everything else as it is."""
    return _HYPHENED.sub("\u2060", text)


def unbroken(text: str) -> str:
    """The text as it was before `breakable`, for the clipboard."""
    return text.replace("\u200b", "").replace("\u2060", "")


def pieces(text: str) -> list[str]:
    """What cannot be wrapped any further."""
    return text.replace("\u200b", " ").split()
