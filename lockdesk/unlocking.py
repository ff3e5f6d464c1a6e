"""A passphrase stretched to a key (Argon2id, RFC 9106): what takes longest of a start.

A start begins it before the program is loaded, so this module loads next to nothing.
"""

import json
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from lockdesk.beside import beside

FILE, DATABASE = "vault.json", "casebook.db"
"""The ways into a profile, and what its keys open."""
PRACTICE_PASSPHRASE = "pelatihan"
"""Published on purpose: the practice profile holds invented people only."""
ARGON2_LANES, ARGON2_PASSES, ARGON2_KIB = 4, 3, 64 * 1024


def profile_exists(folder: Path) -> bool:
    """Whether one lies there, if only what its keys open: without them it is told of, and none is begun over it."""
    return any((folder / name).exists() for name in (FILE, DATABASE))


def begin_unlocking(folder: Path) -> None:
    """Begins what takes longest with opening a practice profile, whose passphrase is published; nothing with another
    one, and nothing where the opening itself will tell what is wrong."""
    try:
        raw = json.loads((folder / FILE).read_bytes())
        ways = raw["slots"] if raw["mode"] == "practice" else []
        salts = [bytes.fromhex(slot["salt"]) for slot in ways if slot["kind"] == "passphrase"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for salt in salts:
        _begun[PRACTICE_PASSPHRASE, salt] = beside("stretch-ahead", partial(stretch, PRACTICE_PASSPHRASE, salt))


def stretched(secret: str, salt: bytes) -> bytes:
    """What `stretch` gives, once without its time where that was begun before."""
    begun = _begun.pop((secret, salt), None)
    return stretch(secret, salt) if begun is None else begun.result()


def stretch(secret: str, salt: bytes) -> bytes:
    """32 bytes. Takes a second."""
    derivation = Argon2id(salt=salt, length=32, iterations=ARGON2_PASSES, lanes=ARGON2_LANES, memory_cost=ARGON2_KIB)
    return derivation.derive(secret.encode())


_begun: "dict[tuple[str, bytes], Future[bytes]]" = {}
"""Stretched or being stretched for the one who opens next."""
