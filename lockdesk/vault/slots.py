"""Ways into a profile: each slot wraps the same root key under a key of its own (AES-256-GCM)."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from concurrent.futures import Future
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from lockdesk.beside import beside

PRACTICE_PASSPHRASE = "pelatihan"
"""Published on purpose: the practice profile holds invented people only."""
ARGON2_LANES, ARGON2_PASSES, ARGON2_KIB = 4, 3, 64 * 1024
_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's digits: no I, L, O or U, which are misread on paper."""
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, "–": None, " ": None})
_RANDOM, _CHECK = 30, 2
"""Digits of a recovery code: 150 random bits, and ten that find a slip of the pen."""
PERSON = "person"
"""In a slot, whose own way it is (NIP): what was wrapped for one opens under no other's name."""
Slot = Mapping[str, str]


class SlotKind(StrEnum):
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


def wrap(root: bytes, key: bytes, profile: str, person: str = "") -> dict[str, str]:
    """The root key under a 32-byte key; belongs to this profile's file only, and to this person in it."""
    nonce = os.urandom(12)
    return {"nonce": nonce.hex(), "wrapped": AESGCM(key).encrypt(nonce, root, _context(profile, person)).hex()}


def unwrap(slot: Slot, key: bytes, profile: str) -> bytes | None:
    """The root key; None with another key. Raises ValueError for a slot that is none."""
    nonce, wrapped = (_hex(slot, name) for name in ("nonce", "wrapped"))
    try:
        return AESGCM(key).decrypt(nonce, wrapped, _context(profile, slot.get(PERSON, "")))
    except InvalidTag:
        return None


def _context(profile: str, person: str) -> bytes:
    if not profile:
        return b"lockdesk root 1"
    return f"lockdesk root 2|{profile}{'|' + person if person else ''}".encode()


def secret_slot(kind: SlotKind, root: bytes, secret: str, profile: str, person: str = "") -> dict[str, str]:
    """A slot that opens with what a person types; `person`: whose own it is, "" the office's."""
    salt = os.urandom(16)
    wrapped = wrap(root, _stretch(kind, secret, salt), profile, person)
    return {"kind": kind.value, "salt": salt.hex(), **({PERSON: person} if person else {}), **wrapped}


def open_secret_slot(slot: Slot, secret: str, profile: str) -> bytes | None:
    """The root key, None for another secret. Takes a second (Argon2id). Raises ValueError for a damaged slot."""
    kind, salt = SlotKind(slot["kind"]), _hex(slot, "salt")
    begun = _begun.pop((kind, secret, salt), None)
    return unwrap(slot, _stretch(kind, secret, salt) if begun is None else begun.result(), profile)


def stretch_ahead(slot: Slot, secret: str) -> None:
    """Begins on a thread what `open_secret_slot` takes longest with; it then waits for the rest alone. Raises
    ValueError for a damaged slot."""
    kind, salt = SlotKind(slot["kind"]), _hex(slot, "salt")
    _begun[kind, secret, salt] = beside("stretch-ahead", lambda: _stretch(kind, secret, salt))


_begun: "dict[tuple[SlotKind, str, bytes], Future[bytes]]" = {}
"""Stretched or being stretched for the one who opens next."""


def _hex(slot: Slot, name: str) -> bytes:
    try:
        return bytes.fromhex(slot[name])
    except KeyError as error:
        raise ValueError(name) from error


def _stretch(kind: SlotKind, secret: str, salt: bytes) -> bytes:
    typed = _plain(secret) if kind is SlotKind.RECOVERY else secret
    stretch = Argon2id(salt=salt, length=32, iterations=ARGON2_PASSES, lanes=ARGON2_LANES, memory_cost=ARGON2_KIB)
    return stretch.derive(typed.encode())


def is_passphrase_of(record: str | None, secret: str) -> bool:
    """Whether `secret` is the one that a record "salt:digest" of the first version, in the database, was made from."""
    salt, _colon, known = (record or "").partition(":")
    if not known:
        return False
    return hmac.compare_digest(_stretch(SlotKind.PASSPHRASE, secret, bytes.fromhex(salt)).hex(), known)


# ── the recovery code ──
def new_recovery_code() -> str:
    """Eight groups of four, to be printed and kept in a safe."""
    digits = "".join(secrets.choice(_BASE32) for _n in range(_RANDOM))
    whole = digits + _check(digits)
    return "-".join(whole[n : n + 4] for n in range(0, len(whole), 4))


def is_recovery_code(text: str) -> bool:
    """Whether this is a code as printed, however it is grouped and in whatever case; not whether it opens anything."""
    plain = _plain(text)
    return len(plain) == _RANDOM + _CHECK and _check(plain[:_RANDOM]) == plain[_RANDOM:]


def _plain(text: str) -> str:
    return text.upper().translate(_MISREAD)


def _check(digits: str) -> str:
    value = int.from_bytes(hashlib.sha256(digits.encode()).digest()[:2], "big") >> 6
    return _BASE32[value >> 5] + _BASE32[value & 31]
