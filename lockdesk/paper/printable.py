"""Texts from outside on paper: what no face has is replaced where everybody sees it, and the sheet says so.

A letter, a mail or a complainant may bring any character of Unicode; reportlab would leave what its face lacks
blank without a word, and a control character can break it. A record must stay printable whatever it holds.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from lockdesk.desk.values.sheets import Sheet
from lockdesk.paper.fonts import repertoire
from lockdesk.words import _, number_words

SUBSTITUTE = "\N{REPLACEMENT CHARACTER}"


def printable_sheet(sheet: Sheet) -> Sheet:
    """The sheet with printable texts only, and a note that says how many characters were replaced."""
    replaced = 0

    def fitted(text: str) -> str:
        nonlocal replaced
        shown = printable(text)
        replaced += shown.count(SUBSTITUTE) - text.count(SUBSTITUTE)
        return shown

    fitting: Sheet = _mapped(sheet, fitted)
    if not replaced:
        return fitting
    words = _("{n} aksara tidak ada dalam huruf cetak dan diganti tanda {sign}; teks aslinya tersimpan di LockDesk.")
    note = words.format(n=number_words(replaced), sign=SUBSTITUTE)
    return replace(fitting, notes=(*fitting.notes, note))


def printable(text: str) -> str:
    """`text` in the characters of the faces; its only control characters are line breaks.

    What is never seen (joiners, marks of direction, variation selectors) is left out; every other character that no
    face has becomes SUBSTITUTE.
    """
    lines = unicodedata.normalize("NFC", text.replace("\t", " ")).splitlines()
    return "\n".join("".join(map(_shown, line)) for line in lines)


def _shown(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Cf" or unicodedata.name(char, "").startswith("VARIATION SELECTOR"):
        return ""
    if ord(char) in repertoire():
        return char
    return " " if kind == "Zs" else SUBSTITUTE


def _mapped(value: Any, fit: Callable[[str], str]) -> Any:
    """`value` with `fit` applied to every text in it; enumerations are no texts."""
    if type(value) is str:
        return fit(value)
    if isinstance(value, tuple):
        return tuple(_mapped(item, fit) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _mapped(getattr(value, field.name), fit) for field in fields(value)})
    return value
