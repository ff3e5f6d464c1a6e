"""The system's keyring, with a time-out and an allow-list of back ends: it may wait for a person, drop what it is
given, or be somebody's plain-text file. No other back end that lies about on the machine is even loaded."""

import base64
import json
import queue
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from lockdesk.beside import NoAnswer, apart
from lockdesk.errors import Unreachable
from lockdesk.words import _

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "LockDesk"
KEYRING_SECONDS = 10.0
KEY_MISSING = "vault.key_missing"
"""The code of Unreachable for a keyring that is open and has no such entry."""
ALLOWED_KEYRINGS = (
    "keyring.backends.SecretService.Keyring",
    "keyring.backends.libsecret.Keyring",
    "keyring.backends.kwallet.DBusKeyring",
    "keyring.backends.Windows.WinVaultKeyring",
    "keyring.backends.macOS.Keyring",
)
"""The first that the system has is used, where nobody said which."""
_T = TypeVar("_T")
_TERM = "keyring"
"""What an administrator looks for."""


def keyring_name() -> str:
    """The allowed keyring back end in use on this machine; "" when there is none."""
    try:
        kind = type(_with_deadline(_backend))
    except Exception:
        return ""
    name = f"{kind.__module__}.{kind.__qualname__}"
    return name if name in ALLOWED_KEYRINGS else ""


def _backend() -> "KeyringBackend":
    """What the person's own settings of the library name, else the first of the allowed ones. Left to itself the
    library loads whatever is installed, which takes as long as all else of opening a profile."""
    from keyring import core

    if core._keyring_backend is None:
        core.set_keyring(core.load_env() or core.load_config() or _first_allowed())
    return core.get_keyring()


def _first_allowed() -> "KeyringBackend":
    from keyring import core

    for name in ALLOWED_KEYRINGS:
        with suppress(Exception):  # of another system, or what it needs is not here
            return core.load_keyring(name)
    return core.load_keyring("keyring.backends.fail.Keyring")


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
            _("Penyimpan kata sandi komputer tidak menjawab."), open_it_or(), _TERM, "vault.keyring_silent"
        ) from None
    if not done:
        assert isinstance(value, Exception)
        raise value
    return value  # type: ignore[return-value]


def open_it_or() -> str:
    """What the officer does about a keyring that is closed."""
    return _("Buka kunci penyimpan kata sandi komputer, lalu coba lagi.")


def store(identifier: str, content: bytes) -> None:
    """Keeps at most some hundred bytes. Raises Unreachable where they could not be read back."""
    import keyring

    if not keyring_name():
        raise Unreachable(
            _("Penyimpan kata sandi komputer tidak tersedia."),
            _("Pasang penyimpan kata sandi komputer atau pakai frasa sandi."),
            _TERM,
            "vault.no_keyring",
        )
    text = base64.b64encode(content).decode()
    _begun.pop(identifier, None)  # what was there before
    _guarded(lambda: keyring.set_password(SERVICE, identifier, text))
    # The null back end drops writes silently: only what can be read back counts as stored.
    if _load(identifier) != content:
        raise Unreachable(
            _("Penyimpan kata sandi komputer tidak menyimpan kunci."),
            _("Pakai frasa sandi."),
            _TERM,
            "vault.keyring_drops",
        )


def load_ahead(*identifiers: str) -> None:
    """Begins what `load` is asked for next, by the one opening that asks for the first of them first."""
    answers = apart("keyring-ahead", partial(_answers, identifiers))
    _begun.update(dict.fromkeys(identifiers, answers))


def forget_ahead() -> None:
    """The opening is over, however it ended: what was asked for ahead of it is out of date for the next one."""
    _begun.clear()


def load(identifier: str) -> bytes:
    """Raises Unreachable: KEY_MISSING where the keyring is open and has nothing, another code where it is not."""
    begun = _begun.pop(identifier, None)
    if begun is None:
        _begun.clear()  # of an opening that is over
        return _load(identifier)
    answer = _answer(begun, identifier)
    if isinstance(answer, str):
        return bytes.fromhex(answer)
    if answer is not None:
        raise Unreachable(*answer)
    return _load(identifier)


_Answers = dict[str, str | list[str]]
"""What was kept (in hexadecimal), or what Unreachable is made of; not there: nobody asked for it."""
_begun: "dict[str, Future[bytes]]" = {}
"""The same, as JSON, for each that was asked for ahead."""


def _answer(begun: "Future[bytes]", identifier: str) -> str | list[str] | None:
    try:
        answers: _Answers = json.loads(begun.result())
    except NoAnswer:
        return None
    return answers.get(identifier)


def _answers(identifiers: Iterable[str]) -> bytes:
    """Up to the first that there is none for: a keyring that is closed is not asked again, nor a person for it."""
    found: _Answers = {}
    for identifier in identifiers:
        try:
            found[identifier] = _load(identifier).hex()
        except Unreachable as error:
            found[identifier] = [error.message, error.remedy, error.detail, error.code]
            break
    return json.dumps(found).encode()


def _load(identifier: str) -> bytes:
    import keyring

    there = keyring_name()
    text = _guarded(lambda: keyring.get_password(SERVICE, identifier)) if there else None
    if not text:
        raise Unreachable(
            _("Kunci profil tidak ada di penyimpan kata sandi komputer."),
            _("Masuk sebagai pengguna yang membuat profil ini, atau buka dengan frasa sandi atau kode pemulihan."),
            _TERM,
            KEY_MISSING if there else "vault.no_keyring",
        )
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""  # not ours: opens nothing


def forget(identifier: str) -> None:
    """Takes an entry out where there is one; one that cannot be taken out now stays."""
    import keyring

    _begun.pop(identifier, None)
    with suppress(Unreachable):
        _guarded(lambda: keyring.delete_password(SERVICE, identifier))


def _guarded(job: Callable[[], _T]) -> _T:
    # WinVault and the Secret Service raise errors of their own libraries beside KeyringError.
    try:
        return _with_deadline(job)
    except Unreachable:
        raise
    except Exception as error:
        raise Unreachable(
            _("Penyimpan kata sandi komputer terkunci atau tidak tersedia."),
            open_it_or(),
            f"{_TERM} {type(error).__name__}",
            "vault.keyring_locked",
        ) from error
