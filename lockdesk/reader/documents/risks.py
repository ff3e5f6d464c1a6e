"""Active content in a PDF, by stable names. Runs in the cage."""

import re
from io import BytesIO
from typing import Any

import pikepdf

from lockdesk.core.secrets import holds_passphrase
from lockdesk.reader.files.kinds import PASSPHRASE_IN_LETTER
from lockdesk.records import dataclass

_MOST_OBJECTS = 20_000
_DEEPEST = 8
_UNSEEN = "unreadable_structure"
"""What could not be looked at may hold anything."""
_RISKS = {
    "/JavaScript": "javascript",
    "/JS": "javascript",
    "/Launch": "launch",
    "/EmbeddedFile": "embedded_file",
    "/EmbeddedFiles": "embedded_file",
    "/Filespec": "embedded_file",
    "/AA": "open_action",
    "/SubmitForm": "launch",
    "/ImportData": "launch",
    "/GoToR": "launch",
    "/GoToE": "launch",
    "/RichMedia": "embedded_file",
    "/Collection": "portfolio",
}
_SAYING = frozenset({"/V", "/Contents", "/Title", "/Subject", "/Keywords"})
"""Words that need not stand on any page: a form field's value, a note, the file's own description."""
_HARMLESS_LINKS = ("mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Scan:
    """What the risk scan found."""

    risks: tuple[str, ...]
    signature_fields: int


def scan_risks(content: bytes) -> Scan:
    """Active content anywhere in the file, object streams included."""
    risks: set[str] = set()
    signatures = 0
    try:
        with pikepdf.open(BytesIO(content)) as document:
            for number, item in enumerate(document.objects):
                if number >= _MOST_OBJECTS:
                    risks.add(_UNSEEN)
                    break
                signatures += _look_into(item, risks)
    except (pikepdf.PdfError, ValueError, RuntimeError, MemoryError):
        risks.add(_UNSEEN)
    return Scan(tuple(sorted(risks)), signatures)


def _look_into(item: Any, risks: set[str], depth: int = 0) -> int:
    """Adds what one object and all that stands inside it hold to `risks`; counts signature fields."""
    if depth > _DEEPEST:
        risks.add(_UNSEEN)
        return 0
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return _look_at(item, risks, depth)
    if isinstance(item, pikepdf.Array):
        inside = (part for part in item if isinstance(part, pikepdf.Dictionary | pikepdf.Array))
        return sum(_look_into(part, risks, depth + 1) for part in inside if not part.is_indirect)
    return 0


def _look_at(item: Any, risks: set[str], depth: int) -> int:
    signatures = 0
    for name, value in item.items():
        if name in _RISKS:
            risks.add(_RISKS[name])
        if name in ("/S", "/Type", "/Subtype") and isinstance(value, pikepdf.Name) and str(value) in _RISKS:
            risks.add(_RISKS[str(value)])
        if name == "/URI" and not str(value).strip().lower().startswith(_HARMLESS_LINKS):
            risks.add("uri")
        if name == "/OpenAction":
            risks.update(_on_opening(value))
        if name in _SAYING and isinstance(value, pikepdf.String) and _gives_away(item, str(value)):
            risks.add(PASSPHRASE_IN_LETTER)
        if name == "/FT" and value == pikepdf.Name.Sig:
            signatures += 1
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            signatures += _look_into(value, risks, depth + 1)
    return signatures


def _gives_away(field: Any, value: str) -> bool:
    """Whether words in a form field or a note give a passphrase away: a field's name and tooltip are its label."""
    labels = (re.sub(r"[\W\d_]+|(?<=[a-z])(?=[A-Z])", " ", str(field.get(key, ""))) for key in ("/T", "/TU"))
    return holds_passphrase(value) or any(holds_passphrase(f"{label}: {value}") for label in labels)


def _on_opening(action: Any) -> set[str]:
    """Going to a page, as LibreOffice and fpdf have it, is none; a viewer's command is named apart."""
    kind = str(action.get("/S", "")) if isinstance(action, pikepdf.Dictionary) else "/GoTo"
    if kind == "/GoTo" and not (isinstance(action, pikepdf.Dictionary) and "/Next" in action):
        return set()
    return {"viewer_command"} if kind == "/Named" else {"open_action"}
