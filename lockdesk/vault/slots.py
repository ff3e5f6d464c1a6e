"""Ways into a profile: each slot wraps the same root key under a key of its own (AES-256-GCM)."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lockdesk import unlocking

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
    wrapped = wrap(root, _stretched(kind, secret, salt), profile, person)
    return {"kind": kind.value, "salt": salt.hex(), **({PERSON: person} if person else {}), **wrapped}


def open_secret_slot(slot: Slot, secret: str, profile: str) -> bytes | None:
    """The root key, None for another secret. Takes a second (Argon2id). Raises ValueError for a damaged slot."""
    kind, salt = SlotKind(slot["kind"]), _hex(slot, "salt")
    return unwrap(slot, _stretched(kind, secret, salt), profile)


def _hex(slot: Slot, name: str) -> bytes:
    try:
        return bytes.fromhex(slot[name])
    except KeyError as error:
        raise ValueError(name) from error


def _stretched(kind: SlotKind, secret: str, salt: bytes) -> bytes:
    return unlocking.stretched(_plain(secret) if kind is SlotKind.RECOVERY else secret, salt)


def is_passphrase_of(record: str | None, secret: str) -> bool:
    """Whether `secret` is the one that a record "salt:digest" of the first version, in the database, was made from."""
    salt, _colon, known = (record or "").partition(":")
    if not known:
        return False
    return hmac.compare_digest(_stretched(SlotKind.PASSPHRASE, secret, bytes.fromhex(salt)).hex(), known)


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
