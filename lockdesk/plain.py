"""What is printed on terminals and into files that know fewer signs than the program uses."""

import codecs
import io
import sys
from typing import TextIO

_SIGNS = {"✓": "v", "✗": "x", "–": "-", "—": "-", "→": "->", "•": "*", "“": '"', "”": '"', "…": "...", "×": "x"}
_NAME = "lockdesk.plain"


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Signs that stand for others in plain text; "?" for the rest."""
    assert isinstance(error, UnicodeEncodeError)
    unknown = error.object[error.start : error.end]
    return "".join(_SIGNS.get(sign, "?") for sign in unknown), error.end


codecs.register_error(_NAME, _plain)


def make_plain(*streams: TextIO | None, windows: bool = sys.platform == "win32") -> None:
    """Lets the streams print everything: in their own encoding, on Windows in UTF-8, whose code page for files and
    pipes knows few signs. A windowed program has none."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if windows else None, errors=_NAME)


def speaks_unicode(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "") in ("utf8", "utf8sig", "utf16")
