"""The keys of a profile: the data key, the journal's seal, and where both are kept.

The working profile's root key lives in the system's keyring (32 random bytes); where there is none, a
passphrase wraps it (Argon2id, then AES-256-GCM) in `vault.json` beside the database. The practice profile
always uses the wrapped form, with its published passphrase. A key never lies in a file unwrapped.
"""

import base64
import contextlib
import hmac
import json
import os
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lockdesk.core.journal import GENESIS, JournalHead
from lockdesk.errors import Damaged, Declined, Unreachable
from lockdesk.words import _

PRACTICE_PASSPHRASE = "pelatihan"
"""Published on purpose: the practice profile holds invented people only."""
SERVICE = "LockDesk"
KEYRING_SECONDS = 10.0
ARGON2_LANES, ARGON2_PASSES, ARGON2_KIB = 4, 3, 64 * 1024
ALLOWED_KEYRINGS = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.macOS.Keyring",
)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys derived from a profile's root key, one per purpose (HKDF-SHA256)."""

    database: bytes
    training_ca: bytes
    seal: Ed25519PrivateKey
    mark: bytes
    secrets: bytes


def derive_keys(root: bytes) -> Keys:
    """Every key of a profile from its 32-byte root key."""

    def purpose(name: str) -> bytes:
        return HKDF(SHA256(), 32, None, f"lockdesk {name} 1".encode()).derive(root)

    return Keys(
        purpose("database"),
        purpose("training ca"),
        Ed25519PrivateKey.from_private_bytes(purpose("seal")),
        purpose("mark"),
        purpose("secrets"),
    )


def keyring_name() -> str:
    """The allowed keyring back end in use on this machine; "" when there is none."""
    try:
        import keyring

        backend = _with_deadline(keyring.get_keyring)
    except Exception:
        return ""
    found = _allowed_backends(backend)
    return found[0] if found else ""


def _allowed_backends(backend: object) -> list[str]:
    members = getattr(backend, "backends", None) or [backend]
    names = [f"{type(item).__module__}.{type(item).__qualname__}" for item in members]
    return [name for name in names if name in ALLOWED_KEYRINGS]


def _with_deadline(job: Callable[[], _T]) -> _T:
    """Runs a keyring call on a thread of its own: some back ends wait for a prompt for ever."""
    answers: queue.Queue[tuple[bool, object]] = queue.Queue()

    def work() -> None:
        try:
            answers.put((True, job()))
        except Exception as error:
            answers.put((False, error))

    threading.Thread(target=work, name="keyring", daemon=True).start()
    try:
        done, value = answers.get(timeout=KEYRING_SECONDS)
    except queue.Empty:
        raise Unreachable(
            _("Gantungan kunci sistem tidak menjawab."),
            _("Buka kunci gantungan kunci sistem, lalu coba lagi."),
            code="vault.keyring_silent",
        ) from None
    if not done:
        assert isinstance(value, Exception)
        raise value
    return value  # type: ignore[return-value]


class Vault:
    """A profile's keys, opened. Also keeps the lagging high-water mark of the journal."""

    def __init__(self, folder: Path, root: bytes, identifier: str = "") -> None:
        """`identifier` names the profile in the system's keyring; "" where a passphrase keeps it."""
        self._folder = folder
        self._identifier = identifier
        self.keys = derive_keys(root)

    @property
    def kept_in(self) -> str:
        """ "keyring" or "passphrase"."""
        return "keyring" if self._identifier else "passphrase"

    # ── credentials of the gateway ──
    def keep_secret(self, name: str, value: str) -> None:
        """Keeps a credential: in the system's keyring, or sealed in a file where a passphrase keeps the profile.

        Raises Unreachable when the keyring does not take it.
        """
        if self._identifier:
            _store_in_keyring(f"{self._identifier}/{name}", value.encode())
            return
        kept = self._secrets() | {name: value}
        nonce = os.urandom(12)
        body = AESGCM(self.keys.secrets).encrypt(nonce, json.dumps(kept).encode(), b"secrets")
        _replace(self._folder / "secrets.bin", nonce + body)

    def secret(self, name: str) -> str:
        """A kept credential; "" when there is none. Raises Unreachable (keyring) and Damaged."""
        if not self._identifier:
            return self._secrets().get(name, "")
        try:
            return _load_from_keyring(f"{self._identifier}/{name}").decode()
        except Unreachable as error:
            if error.code == "vault.key_missing":
                return ""
            raise

    def _secrets(self) -> dict[str, str]:
        path = self._folder / "secrets.bin"
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
        return self.keys.seal.sign(head.sealed_bytes())

    def seal_is_valid(self, head: JournalHead, signature: bytes) -> bool:
        try:
            self.keys.seal.public_key().verify(signature, head.sealed_bytes())
        except InvalidSignature:
            return False
        return True

    # ── the mark: only a head *behind* it alarms ──
    def mark(self) -> JournalHead:
        """The newest head the vault has recorded; an empty one for a new profile.

        Where the keyring keeps the key it keeps the mark too: a folder that was put back whole, mark and all, is
        found. Raises Damaged when the mark was altered or taken away.
        """
        try:
            raw = (self._folder / "mark.bin").read_bytes()
            body = AESGCM(self.keys.mark).decrypt(raw[:12], raw[12:], b"mark")
        except (InvalidTag, ValueError, OSError) as error:
            raise Damaged(
                _("Tanda batas rekam jejak berubah di luar program."),
                _("Hubungi Kepala Bidang; jangan melanjutkan pencatatan sebelum diperiksa."),
                code="vault.mark_damaged",
            ) from error
        filed = _head_of(body)
        kept = self._kept_mark()
        return kept if kept is not None and kept.count > filed.count else filed

    def _kept_mark(self) -> JournalHead | None:
        if not self._identifier:
            return None
        try:
            return _head_of(_load_from_keyring(f"{self._identifier}/mark"))
        except Unreachable:
            return None  # the file speaks alone, as it does without a keyring

    def advance(self, head: JournalHead) -> None:
        """Records a newer head; written beside and renamed, so that a crash leaves the old one."""
        nonce, body = os.urandom(12), head.count.to_bytes(8, "big") + head.digest
        _replace(self._folder / "mark.bin", nonce + AESGCM(self.keys.mark).encrypt(nonce, body, b"mark"))
        if self._identifier:
            with contextlib.suppress(Unreachable):  # a keyring that was locked meanwhile gets the next one
                _store_in_keyring(f"{self._identifier}/mark", body)


def _head_of(body: bytes) -> JournalHead:
    return JournalHead(int.from_bytes(body[:8], "big"), body[8:])


def profile_exists(folder: Path) -> bool:
    return (folder / "vault.json").exists()


def create_vault(folder: Path, passphrase: str | None) -> Vault:
    """Makes a new profile's keys: wrapped by `passphrase`, or in the system's keyring when None.

    Raises Unreachable when the keyring cannot be used or does not give back what was stored.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    root = os.urandom(32)
    if passphrase is not None:
        slot = {"kept_in": "passphrase", **_wrap(root, passphrase)}
    else:
        identifier = base64.b32encode(os.urandom(10)).decode().lower()
        _store_in_keyring(identifier, root)
        slot = {"kept_in": "keyring", "identifier": identifier}
    vault = Vault(folder, root, slot.get("identifier", ""))
    # The mark is there from the first day, so that its absence means that somebody took it away.
    vault.advance(JournalHead(0, GENESIS))
    _replace(folder / "vault.json", json.dumps(slot).encode())
    return vault


def open_vault(folder: Path, passphrase: str | None = None) -> Vault:
    """Opens a profile's keys.

    Raises Declined ("vault.passphrase_needed", "vault.wrong_passphrase"), Unreachable (keyring), Damaged.
    """
    slot = _read_slot(folder)
    if slot["kept_in"] == "keyring":
        return Vault(folder, _load_from_keyring(slot["identifier"]), slot["identifier"])
    if passphrase is None:
        raise Declined(_("Frasa sandi diperlukan untuk membuka data."), code="vault.passphrase_needed")
    return Vault(folder, _unwrap(slot, passphrase))


def _read_slot(folder: Path) -> dict[str, str]:
    try:
        slot = json.loads((folder / "vault.json").read_bytes())
        if not isinstance(slot, dict) or slot.get("kept_in") not in {"keyring", "passphrase"}:
            raise ValueError("kept_in")
    except (OSError, ValueError) as error:
        raise Damaged(
            _("Berkas kunci profil tidak dapat dibaca."),
            _("Pulihkan dari cadangan."),
            detail=str(error),
            code="vault.slot_damaged",
        ) from error
    return {name: str(value) for name, value in slot.items()}


def _stretch(passphrase: str, salt: bytes) -> bytes:
    return Argon2id(salt=salt, length=32, iterations=ARGON2_PASSES, lanes=ARGON2_LANES, memory_cost=ARGON2_KIB).derive(
        passphrase.encode()
    )


def passphrase_record(passphrase: str) -> str:
    """What is kept, inside the encrypted database, to recognise a passphrase again."""
    salt = os.urandom(16)
    return f"{salt.hex()}:{_stretch(passphrase, salt).hex()}"


def passphrase_matches(record: str | None, passphrase: str) -> bool:
    """Whether `passphrase` is the one that `passphrase_record` was made from; False without a record."""
    salt, _colon, known = (record or "").partition(":")
    if not known:
        return False
    return hmac.compare_digest(_stretch(passphrase, bytes.fromhex(salt)).hex(), known)


def _wrap(root: bytes, passphrase: str) -> dict[str, str]:
    salt, nonce = os.urandom(16), os.urandom(12)
    wrapped = AESGCM(_stretch(passphrase, salt)).encrypt(nonce, root, b"lockdesk root 1")
    return {"salt": salt.hex(), "nonce": nonce.hex(), "wrapped": wrapped.hex()}


def _unwrap(slot: dict[str, str], passphrase: str) -> bytes:
    try:
        salt, nonce, wrapped = (bytes.fromhex(slot[name]) for name in ("salt", "nonce", "wrapped"))
        return AESGCM(_stretch(passphrase, salt)).decrypt(nonce, wrapped, b"lockdesk root 1")
    except InvalidTag:
        raise Declined(
            _("Frasa sandi salah."), _("Periksa ejaan dan huruf besar, lalu coba lagi."),
            code="vault.wrong_passphrase",
        ) from None  # fmt: skip
    except (KeyError, ValueError) as error:
        raise Damaged(_("Berkas kunci profil rusak."), _("Pulihkan dari cadangan.")) from error


def _store_in_keyring(identifier: str, root: bytes) -> None:
    import keyring

    if not keyring_name():
        raise Unreachable(
            _("Gantungan kunci sistem tidak tersedia."),
            _("Pasang gantungan kunci sistem atau pakai frasa sandi."),
            code="vault.no_keyring",
        )
    text = base64.b64encode(root).decode()
    _with_deadline(lambda: keyring.set_password(SERVICE, identifier, text))
    # The null back end drops writes silently: only what can be read back counts as stored.
    if _load_from_keyring(identifier) != root:
        raise Unreachable(
            _("Gantungan kunci sistem tidak menyimpan kunci."),
            _("Pakai frasa sandi."),
            code="vault.keyring_drops",
        )


def _load_from_keyring(identifier: str) -> bytes:
    import keyring
    import keyring.errors

    try:
        text = _with_deadline(lambda: keyring.get_password(SERVICE, identifier))
    except keyring.errors.KeyringError as error:
        raise Unreachable(
            _("Gantungan kunci sistem terkunci atau tidak tersedia."),
            _("Buka kunci gantungan kunci sistem, lalu coba lagi."),
            detail=type(error).__name__,
            code="vault.keyring_locked",
        ) from error
    if not text:
        raise Unreachable(
            _("Kunci profil tidak ada di gantungan kunci sistem."),
            _("Masuk sebagai pengguna yang membuat profil ini, atau pulihkan dari cadangan."),
            code="vault.key_missing",
        )
    return base64.b64decode(text)


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
