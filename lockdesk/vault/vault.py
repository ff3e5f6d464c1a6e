"""A profile's vault: made, opened, and what it does for the journal and for the credentials of a gateway."""

import json
import os
import secrets
import threading
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lockdesk.core.journal import GENESIS, JournalHead
from lockdesk.core.profile import Mode, ProfileIdentity, mixed_profile
from lockdesk.errors import Damaged, Declined, LockdeskError, Unreachable
from lockdesk.unlocking import FILE
from lockdesk.vault import keyrings
from lockdesk.vault.files import replace_file
from lockdesk.vault.keys import derive_keys
from lockdesk.vault.marks import Marks, mark_name
from lockdesk.vault.slot_file import SlotFile, damaged_slots, read_slots
from lockdesk.vault.slots import (
    PERSON,
    Slot,
    SlotKind,
    is_recovery_code,
    new_recovery_code,
    open_secret_slot,
    secret_slot,
    unwrap,
    wrap,
)
from lockdesk.words import _


class OpenedBy(StrEnum):
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


class Vault:
    """A profile's keys, opened. Safe from any thread."""

    def __init__(
        self,
        folder: Path,
        root: bytes,
        identity: ProfileIdentity | None = None,
        opened_by: OpenedBy = OpenedBy.PASSPHRASE,
        identifier: str = "",
        keyring_closed: bool = False,
    ) -> None:
        """`identifier` names the profile in the system's keyring; "" where none keeps it. While it is closed, what is
        asked of it raises Unreachable, and the mark stands in the folder alone."""
        self.folder = folder
        self.root = root
        self.identifier = identifier
        self._writing = threading.Lock()
        self.identity = identity
        self.opened_by = opened_by
        self.keys = derive_keys(root)
        self.keyring_closed = keyring_closed
        self._marks = Marks(folder, self.keys.mark, "" if keyring_closed else identifier)
        self.opened_as = ""
        """Whose own passphrase opened it (NIP); "" the office's, the keyring or the recovery code."""
        self.renewed: tuple[str, ...] = ()
        """What was taken away from outside and made anew while opening ("keyring", "mark"): to be journalled."""

    @property
    def kept_in(self) -> str:
        """ "keyring" or "passphrase"."""
        return "keyring" if self.identifier else "passphrase"

    # ── ways in ──
    def opens(self, secret: str) -> bool:
        """Whether a passphrase or recovery code opens this profile; then `opened_as` says whose it is. Takes a second,
        or one for every person with a passphrase of their own; raises Damaged."""
        found = self.whose(secret)
        if found is not None:
            self.opened_as = found
        return found is not None

    def whose(self, passphrase: str) -> str | None:
        found = _typed(read_slots(self.folder), passphrase)
        return None if found is None else found[1]

    def is_code(self, secret: str) -> bool:
        return is_recovery_code(secret) and self.whose(secret) is not None

    def people(self) -> tuple[str, ...]:
        """Who has a passphrase of their own (NIP). Raises Damaged."""
        return tuple(slot[PERSON] for slot in read_slots(self.folder).slots if slot.get(PERSON))

    def keep_own(self, person: str, passphrase: str) -> None:
        """Makes (or makes anew) a person's own way in. Raises Declined where it is somebody's already, Damaged and
        OSError."""
        self._require_free(passphrase, person)
        self._put_slot(secret_slot(SlotKind.PASSPHRASE, self.root, passphrase, self._profile(), person))

    def _require_free(self, passphrase: str, person: str) -> None:
        """Whose a passphrase is says who acts: no two people have the same."""
        if self.whose(passphrase) not in {None, person}:
            raise Declined(
                _("Frasa sandi itu sudah dipakai."), _("Pilih frasa sandi yang lain."), code="vault.passphrase_taken"
            )

    def take_own(self, person: str) -> None:
        """Ends a person's own way in. Raises Damaged and OSError."""
        with self._writing:
            read_slots(self.folder).without(SlotKind.PASSPHRASE, person).write(self.folder, self.keys.identity)

    @property
    def has_passphrase(self) -> bool:
        return read_slots(self.folder).slot(SlotKind.PASSPHRASE) is not None

    def keep_passphrase(self, passphrase: str) -> None:
        """Makes (or makes anew) the office's way in by passphrase. Raises Declined where it is somebody's own, Damaged
        and OSError."""
        self._require_free(passphrase, "")
        self._put_slot(secret_slot(SlotKind.PASSPHRASE, self.root, passphrase, self._profile()))

    def make_recovery_code(self) -> str:
        """A new recovery code; an earlier one opens nothing any more. Raises Damaged and OSError."""
        code = new_recovery_code()
        self._put_slot(secret_slot(SlotKind.RECOVERY, self.root, code, self._profile()))
        return code

    def _profile(self) -> str:
        return self.identity.profile if self.identity is not None else ""

    # ── what goes into a backup ──
    def carried(self) -> str:
        """The file with the ways in, as a backup carries it: it opens nothing by itself. Raises OSError."""
        return (self.folder / FILE).read_text(encoding="utf-8")

    @property
    def opens_elsewhere(self) -> bool:
        """Whether a passphrase or a recovery code opens it, and not this machine's keyring alone. Raises Damaged."""
        return any(slot["kind"] != SlotKind.KEYRING for slot in read_slots(self.folder).slots)

    def _put_slot(self, slot: Slot) -> None:
        with self._writing:
            read_slots(self.folder).with_slot(SlotKind(slot["kind"]), slot).write(self.folder, self.keys.identity)

    def bind(self, identity: ProfileIdentity, secret: str | None) -> None:
        """Brings a file of the first version up to date: every slot anew, and what the profile is. `secret` is what
        opened it; None where the keyring did."""
        made = SlotFile(identity, "", ())
        if secret is not None:
            made = made.with_slot(
                SlotKind.PASSPHRASE, secret_slot(SlotKind.PASSPHRASE, self.root, secret, identity.profile)
            )
        else:
            self.identifier, slot = new_keyring_slot(self.root, identity.profile)
            self._marks = Marks(self.folder, self.keys.mark, self.identifier)
            self._marks.echo(self.mark_in_file())
            made = made.with_slot(SlotKind.KEYRING, slot)
        self.identity = identity
        with self._writing:
            made.write(self.folder, self.keys.identity)

    # ── credentials of the gateway ──
    def keep_secret(self, name: str, value: str) -> None:
        """Keeps a credential: in the system's keyring, or sealed in a file where a passphrase keeps the profile.

        Raises Unreachable when the keyring does not take it.
        """
        if self.identifier:
            keyrings.store(f"{self.identifier}/{name}", value.encode())
            return
        self.keep_filed(self._secrets() | {name: value})

    def keep_filed(self, kept: Mapping[str, str]) -> None:
        """Puts credentials into the file, in place of what it holds. Raises OSError."""
        nonce = os.urandom(12)
        body = AESGCM(self.keys.secrets).encrypt(nonce, json.dumps(dict(kept)).encode(), b"secrets")
        replace_file(self.folder / "secrets.bin", nonce + body)

    def secret(self, name: str) -> str:
        """A kept credential; "" when there is none. Raises Unreachable (keyring) and Damaged."""
        if not self.identifier:
            return self._secrets().get(name, "")
        try:
            return keyrings.load(f"{self.identifier}/{name}").decode()
        except Unreachable as error:
            if error.code == keyrings.KEY_MISSING:
                return ""
            raise

    def opens_secrets(self, path: Path) -> bool:
        """Whether a file with credentials was sealed by this profile."""
        try:
            raw = path.read_bytes()
            AESGCM(self.keys.secrets).decrypt(raw[:12], raw[12:], b"secrets")
        except (InvalidTag, ValueError, OSError):
            return False
        return True

    def _secrets(self) -> dict[str, str]:
        path = self.folder / "secrets.bin"
        if not path.exists():
            return {}
        try:
            raw = path.read_bytes()
            kept = json.loads(AESGCM(self.keys.secrets).decrypt(raw[:12], raw[12:], b"secrets"))
        except (InvalidTag, ValueError, OSError) as error:
            raise Damaged(
                _("Berkas kredensial CA rusak."), _("Isi kembali kredensial di Pengaturan."), code="vault.secrets"
            ) from error
        return {str(key): str(value) for key, value in kept.items()}

    # ── the seal ──
    def seal(self, head: JournalHead) -> bytes:
        """The Ed25519 signature over a journal head."""
        return self.sign(head.sealed_bytes())

    def seal_is_valid(self, head: JournalHead, signature: bytes) -> bool:
        return self.signed(head.sealed_bytes(), signature)

    def sign(self, statement: bytes) -> bytes:
        """The Ed25519 signature over a statement, which begins with what it is."""
        return self.keys.seal.sign(statement)

    def signed(self, statement: bytes, signature: bytes) -> bool:
        return verifies(self.public_key(), statement, signature)

    def vouches(self, entry: int, statement: bytes, signature: bytes) -> bool:
        """Whether this profile's key made the signature, or the key that it had when `entry` was written: what was
        signed by an earlier key counts up to the entry at which the data key was changed. Raises Damaged."""
        if self.signed(statement, signature):
            return True
        file = read_slots(self.folder)
        if not file.seals or not file.is_sealed(self.keys.identity):
            return False
        return any(entry <= seal.until and verifies(seal.public_key, statement, signature) for seal in file.seals)

    def public_key(self) -> bytes:
        """What others check seals and signatures with: 32 bytes, no secret."""
        return self.keys.seal.public_key().public_bytes_raw()

    def public_key_pem(self) -> bytes:
        """The same as other programs read it (SubjectPublicKeyInfo, RFC 8410)."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # late: no start needs it

        return self.keys.seal.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    # ── the mark: only a head *behind* it alarms ──
    def mark(self) -> JournalHead:
        """The newest head recorded in the folder or in the keyring.

        Raises Damaged when a mark was altered or taken away. Whoever holds the recovery code, the head of section,
        has judged that: then what is left counts, and stands in both places again. Raises Unreachable and OSError.
        """
        found, lost = self._marks.read(excused=self.opened_by is OpenedBy.RECOVERY)
        if lost:
            self._marks.write(found)
            self._marks.echo(found)
            self.renewed = (*self.renewed, "mark")
        return found

    def mark_in_file(self) -> JournalHead:
        """What the file alone says. Raises Damaged."""
        return Marks(self.folder, self.keys.mark, "").read()[0]

    def advance(self, head: JournalHead) -> None:
        """Records a newer head beside the database, durably. Raises OSError where the file cannot be written."""
        self._marks.write(head)

    def echo(self, head: JournalHead) -> None:
        """Records it in the keyring too, where one keeps the profile. Raises Unreachable."""
        self._marks.echo(head)


def ask_keyring_ahead(folder: Path) -> None:
    """Begins what takes longest with opening a profile that the keyring opens; nothing with another one, and nothing
    where the opening itself will tell what is wrong."""
    try:
        slot = read_slots(folder).slot(SlotKind.KEYRING)
    except LockdeskError:
        return
    if slot is not None:
        keyrings.load_ahead(slot["identifier"], mark_name(slot["identifier"]))


def profile_mode(folder: Path) -> Mode | None:
    """What an existing profile's open file says that it is: good for choosing what to ask, never for trusting.

    None in a file of the first version. Raises Damaged.
    """
    identity = read_slots(folder).identity
    return None if identity is None else identity.mode


def profile_id(folder: Path) -> str:
    """The same of its id: "" in a file of the first version. Raises Damaged."""
    return read_slots(folder).profile


def earlier_keys(folder: Path) -> tuple[bytes, ...]:
    """The same of the public keys that sealed it before its data key was changed. Raises Damaged."""
    return tuple(seal.public_key for seal in read_slots(folder).seals)


def create_vault(
    folder: Path, passphrase: str | None, identity: ProfileIdentity | None = None, keyring: bool = False
) -> Vault:
    """Makes a new profile's keys, opened by `passphrase`, and with `keyring` (or None) by the system's keyring besides.

    Raises Unreachable when the keyring cannot be used or does not give back what was stored.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    identity = identity or ProfileIdentity.of(secrets.token_hex(16), Mode.WORK)
    root, identifier = os.urandom(32), ""
    made = SlotFile(identity, "", ())
    keyring = keyring or passphrase is None
    if keyring:
        identifier, slot = new_keyring_slot(root, identity.profile)
        made = made.with_slot(SlotKind.KEYRING, slot)
    if passphrase is not None:
        slot = secret_slot(SlotKind.PASSPHRASE, root, passphrase, identity.profile)
        made = made.with_slot(SlotKind.PASSPHRASE, slot)
    opened_by = OpenedBy.KEYRING if keyring else OpenedBy.PASSPHRASE
    vault = Vault(folder, root, identity, opened_by, identifier)
    # Both marks are there from the first day, so that their absence means that somebody took them away.
    vault.advance(JournalHead(0, GENESIS))
    vault.echo(JournalHead(0, GENESIS))
    made.write(folder, vault.keys.identity)
    return vault


def new_keyring_slot(root: bytes, profile: str) -> tuple[str, dict[str, str]]:
    key, identifier = os.urandom(32), secrets.token_hex(8)
    keyrings.store(identifier, key)
    return identifier, {"kind": SlotKind.KEYRING.value, "identifier": identifier, **wrap(root, key, profile)}


def open_vault(folder: Path, secret: str | None = None, looking: bool = False) -> Vault:
    """Opens a profile's keys: with what was typed (a passphrase or the recovery code), else from the keyring. Makes
    anew what the keyring lost, unless it is only `looking`.

    Raises Declined ("vault.passphrase_needed", "vault.wrong_passphrase"), Unreachable (keyring), Damaged: also when
    what the profile is was changed from outside.
    """
    file = read_slots(folder)
    slot = file.slot(SlotKind.KEYRING)
    if secret is not None:
        return _open_typed(folder, file, secret, looking)
    if slot is None:
        raise Declined(_("Frasa sandi diperlukan untuk membuka data."), code="vault.passphrase_needed")
    root = by_keyring(file, slot)
    _require_seal(file, root)
    return Vault(folder, root, file.identity, OpenedBy.KEYRING, slot["identifier"])


def by_keyring(file: SlotFile, slot: Slot) -> bytes:
    key = keyrings.load(slot["identifier"])
    root = key if file.identity is None else unwrap(slot, key, file.profile) if len(key) == 32 else None
    if root is None:
        raise Unreachable(
            _("Kunci di penyimpan kata sandi komputer bukan kunci profil ini."),
            _("Buka dengan frasa sandi atau kode pemulihan."),
            code=keyrings.KEY_MISSING,
        )
    return root


def _open_typed(folder: Path, file: SlotFile, secret: str, looking: bool) -> Vault:
    found = _typed(file, secret)
    if found is None:
        raise Declined(
            _("Frasa sandi salah."), _("Periksa ejaan dan huruf besar, lalu coba lagi."), code="vault.wrong_passphrase"
        )
    root, person = found
    _require_seal(file, root)
    opened_by = OpenedBy.RECOVERY if is_recovery_code(secret) and not looking else OpenedBy.PASSPHRASE
    vault = _opened(folder, file, root, opened_by, looking)
    vault.opened_as = person
    return vault


def _opened(folder: Path, file: SlotFile, root: bytes, opened_by: OpenedBy, looking: bool) -> Vault:
    slot = file.slot(SlotKind.KEYRING)
    if slot is None:
        return Vault(folder, root, file.identity, opened_by)
    try:
        by_keyring(file, slot)
    except Unreachable as error:
        if looking or error.code != keyrings.KEY_MISSING:
            return Vault(folder, root, file.identity, opened_by, slot["identifier"], keyring_closed=True)
        return _with_new_keyring(folder, file, root, opened_by)
    return Vault(folder, root, file.identity, opened_by, slot["identifier"])


def _with_new_keyring(folder: Path, file: SlotFile, root: bytes, opened_by: OpenedBy) -> Vault:
    """The keyring lost its part, with the mark in it: it gets a new one, which begins with what the file says."""
    alone = Vault(folder, root, file.identity, opened_by)
    mark = alone.mark()
    try:
        identifier, slot = new_keyring_slot(root, file.profile)
        vault = Vault(folder, root, file.identity, opened_by, identifier)
        vault.echo(mark)
    except Unreachable:
        return alone
    file.with_slot(SlotKind.KEYRING, slot).write(folder, vault.keys.identity)
    vault.renewed = ("keyring", *alone.renewed)
    return vault


def _typed(file: SlotFile, secret: str) -> tuple[bytes, str] | None:
    """The root key by what a person typed, and whose own it is; None when it opens nothing. Raises Damaged."""
    kind = SlotKind.RECOVERY if is_recovery_code(secret) else SlotKind.PASSPHRASE
    for slot in file.slots:
        if slot["kind"] != kind:
            continue
        try:
            root = open_secret_slot(slot, secret, file.profile)
        except ValueError as error:
            raise damaged_slots(str(error)) from error
        if root is not None:
            return root, slot.get(PERSON, "")
    return None


def verifies(public_key: bytes, statement: bytes, signature: bytes) -> bool:
    """Whether a key (32 bytes) made a signature."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, statement)
    except InvalidSignature:
        return False
    return True


# ── the file ──
def _require_seal(file: SlotFile, root: bytes) -> None:
    """Raises Damaged when what the profile is, or its part in the keyring, was changed from outside."""
    if file.identity is not None and not file.is_sealed(derive_keys(root).identity):
        raise mixed_profile()
