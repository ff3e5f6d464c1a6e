"""`vault.json`: the ways into a profile, and what the profile is, sealed under its own key."""

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lockdesk.core.profile import ProfileIdentity
from lockdesk.errors import Damaged, LockdeskError
from lockdesk.records import dataclass
from lockdesk.unlocking import FILE
from lockdesk.vault.files import replace_file
from lockdesk.vault.slots import PERSON, Slot, SlotKind
from lockdesk.words import _

_VERSION = 3
"""The second has no earlier seals, and is written where there are none."""


@dataclass(frozen=True, slots=True)
class EarlierSeal:
    """The public half of a key that sealed the journal up to an entry, before the data key was changed."""

    public_key: bytes
    until: int


@dataclass(frozen=True, slots=True)
class SlotFile:
    """`vault.json`. `identity` is None in a file of the first version, which bound nothing."""

    identity: ProfileIdentity | None
    sealed: str
    slots: tuple[Slot, ...]
    seals: tuple[EarlierSeal, ...] = ()

    @property
    def profile(self) -> str:
        return self.identity.profile if self.identity is not None else ""

    def slot(self, kind: SlotKind) -> Slot | None:
        return next((slot for slot in self.slots if slot["kind"] == kind and not slot.get(PERSON)), None)

    def with_slot(self, kind: SlotKind, slot: Slot) -> "SlotFile":
        return replace(self, slots=(*self.without(kind, slot.get(PERSON, "")).slots, slot))

    def without(self, kind: SlotKind, person: str) -> "SlotFile":
        kept = (item for item in self.slots if (item["kind"], item.get(PERSON, "")) != (kind, person))
        return replace(self, slots=tuple(kept))

    def sealed_bytes(self) -> bytes:
        """What the seal covers: what the profile is, and which keyring entry belongs to it. Without the latter a
        folder that was put back would only have to lose its keyring slot, and the mark kept there with it."""
        assert self.identity is not None
        keyring = self.slot(SlotKind.KEYRING)
        facts = {**self.identity.facts(), "keyring": keyring["identifier"] if keyring is not None else ""}
        if self.seals:  # a file without them is as it always was
            facts["seals"] = json.dumps(self._seal_facts())
        return json.dumps(facts, sort_keys=True).encode()

    def write(self, folder: Path, key: bytes) -> None:
        """Sealed under the profile's identity key."""
        assert self.identity is not None
        nonce = os.urandom(12)
        sealed = (nonce + AESGCM(key).encrypt(nonce, self.sealed_bytes(), b"identity")).hex()
        content = {"version": _VERSION if self.seals else _VERSION - 1, **self.identity.facts(), "sealed": sealed}
        slots = [dict(slot) for slot in self.slots]
        replace_file(folder / FILE, json.dumps({**content, "seals": self._seal_facts(), "slots": slots}).encode())

    def _seal_facts(self) -> list[dict[str, str | int]]:
        return [{"public_key": seal.public_key.hex(), "until": seal.until} for seal in self.seals]

    def is_sealed(self, key: bytes) -> bool:
        """Whether what the profile is, and its part in the keyring, is as it was sealed."""
        try:
            raw = bytes.fromhex(self.sealed)
            return AESGCM(key).decrypt(raw[:12], raw[12:], b"identity") == self.sealed_bytes()
        except (InvalidTag, ValueError):
            return False


def read_slots(folder: Path) -> SlotFile:
    """The file of the profile in `folder`. Raises Damaged."""
    try:
        raw = json.loads((folder / FILE).read_bytes())
        return _first_version(raw) if "kept_in" in raw else _of_raw(raw)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged_slots(str(error)) from error


def _of_raw(raw: Mapping[str, Any]) -> SlotFile:
    if raw["version"] > _VERSION:
        raise LockdeskError(_("Profil ini dibuat oleh versi program yang lebih baru."),
                            _("Pasang versi program yang terbaru."), code="vault.newer")  # fmt: skip
    identity = ProfileIdentity.from_facts({name: raw[name] for name in ("profile", "mode", "gateway")})
    slots = tuple({str(name): str(value) for name, value in slot.items()} for slot in raw["slots"])
    seals = tuple(EarlierSeal(bytes.fromhex(seal["public_key"]), int(seal["until"])) for seal in raw.get("seals", []))
    found = tuple({**slot, "kind": SlotKind(slot["kind"])} for slot in slots)
    if any(slot["kind"] == SlotKind.KEYRING and "identifier" not in slot for slot in found):
        raise KeyError("identifier")
    return SlotFile(identity, str(raw["sealed"]), found, seals)


def _first_version(raw: Mapping[str, Any]) -> SlotFile:
    """One slot, bound to nothing; the keyring held the root key itself."""
    kind = SlotKind(raw["kept_in"])
    return SlotFile(None, "", ({**{str(name): str(value) for name, value in raw.items()}, "kind": kind},))


def damaged_slots(detail: str) -> Damaged:
    return Damaged(
        _("Berkas kunci profil tidak dapat dibaca."),
        _("Kembalikan berkas vault.json dari salinan folder data ini, lalu buka lagi."),
        detail=detail,
        code="vault.slot_damaged",
    )
