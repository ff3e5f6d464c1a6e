"""Brings the English catalogue up to date: python resources/translations/update.py [FILE.po …]

Drops what no code marks any more, lists what has no English text yet, and writes lockdesk.po (sorted) and lockdesk.mo.
Texts are also taken from the files given (another branch's catalogue, or a page of new texts).
"""

import ast
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "resources" / "translations" / "en" / "LC_MESSAGES" / "lockdesk.po"


def marked(package: Path) -> Iterator[str]:
    """Every text that the code marks with `_` or `N_`."""
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "N_"}:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def read_po(path: Path) -> dict[str, str]:
    """msgid → msgstr; the header stands under ""."""
    texts: dict[str, str] = {}
    entry, part = {"msgid": "", "msgstr": ""}, ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), 'msgid ""']:
        word, quoted, rest = line.partition('"')
        if not quoted or line.startswith(("#", "<", "=", ">")):
            continue
        if word.strip():
            if word.strip() == "msgid" and part:
                texts.setdefault(entry["msgid"], entry["msgstr"])
                entry = {"msgid": "", "msgstr": ""}
            part = word.strip()
        entry[part] += ast.literal_eval(f'"{rest}')
    return texts


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\x04", "\\x04")
    lines = escaped.split("\n")
    if len(lines) == 1:
        return f'"{escaped}"'
    parts = [f'"{line}\\n"' for line in lines[:-1]] + ([f'"{lines[-1]}"'] if lines[-1] else [])
    return "\n".join(['""', *parts])


def po_text(texts: dict[str, str]) -> str:
    """One entry after the other in the order of the Indonesian texts, so that two branches rarely collide."""
    entries = [f"msgid {quoted(key)}\nmsgstr {quoted(texts[key])}\n" for key in sorted(texts)]
    return "# English catalogue of LockDesk: the editable source of lockdesk.mo.\n" + "\n".join(entries)


def mo_bytes(texts: dict[str, str]) -> bytes:
    """The binary form that gettext reads: two tables of (length, offset), sorted by key."""
    pairs = sorted((key.encode(), text.encode()) for key, text in texts.items())
    at = 7 * 4 + 2 * 8 * len(pairs)
    tables: list[bytes] = []
    body = b""
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), at + len(body)))
            body += pair[column] + b"\0"
    head = struct.pack("<IIIIIII", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, at)
    return head + b"".join(tables) + body


def main() -> int:
    """Exit 1 while a text has no translation."""
    known = read_po(CATALOGUE)
    for name in sys.argv[1:]:
        known |= {key: text for key, text in read_po(Path(name)).items() if key and text}
    wanted = set(marked(ROOT / "lockdesk"))
    texts = {key: text for key, text in known.items() if not key or (key in wanted and text)}
    missing = sorted(wanted - set(texts))
    for key in missing:
        print(f"msgid {quoted(key)}\nmsgstr {quoted('')}\n")
    CATALOGUE.write_text(po_text(texts), encoding="utf-8")
    CATALOGUE.with_suffix(".mo").write_bytes(mo_bytes(texts))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
