"""What is printed on terminals and into files that know fewer signs than the program uses."""

import codecs
import io
from typing import TextIO

_SIGNS = {"✓": "v", "✗": "x", "–": "-", "—": "-", "→": "->", "•": "*", "“": '"', "”": '"', "…": "...", "×": "x"}
_NAME = "lockdesk.plain"


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Signs that stand for others in plain text; "?" for the rest."""
    assert isinstance(error, UnicodeEncodeError)
    unknown = error.object[error.start : error.end]
    return "".join(_SIGNS.get(sign, "?") for sign in unknown), error.end


codecs.register_error(_NAME, _plain)


def make_plain(*streams: TextIO | None) -> None:
    """Lets the streams print everything, in their own encoding. A windowed program has none."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_NAME)


def speaks_unicode(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "") in ("utf8", "utf8sig", "utf16")
