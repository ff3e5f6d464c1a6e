"""Access tokens for XOAUTH2, asked for with a refresh token (RFC 6749 section 6) over TLS that is always verified."""

import hashlib
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
from pydantic import BaseModel, Field, ValidationError

from lockdesk.desk.values.mail import Auth, MailAccount
from lockdesk.errors import LockdeskError, Refused, Unreachable
from lockdesk.mail.line import tls_context
from lockdesk.words import _

_SECONDS = 30.0
_EARLY = 60.0
"""A token is not used in its last minute."""
_MOST_BYTES = 64 * 1024


class _Answer(BaseModel):
    access_token: str = Field(min_length=1)
    expires_in: int = 300
    refresh_token: str = ""


def unkept(_old: str, _new: str) -> None:
    """For whoever keeps no tokens."""


class Tokens:
    """The tokens of one profile, for its post and its mailbox alike. Thread-safe."""

    def __init__(self, renewed: Callable[[str, str], None] = unkept) -> None:
        """`renewed` is told of a refresh token and the one that replaces it, before the new access token is used."""
        self._renewed = renewed
        self._lock = threading.Lock()
        self._held: dict[str, tuple[str, float]] = {}
        self._newer: dict[str, str] = {}

    def of(self, account: MailAccount, secret: str) -> str:
        """What signs in: the secret itself, or the access token that it stands for. Raises Unreachable and Refused."""
        if not _refreshes(account):
            return secret
        with self._lock:
            while secret in self._newer:
                secret = self._newer[secret]
            token, until = self._held.get(_key(account, secret), ("", 0.0))
            return token if time.monotonic() < until else self._fresh(account, secret)

    def _fresh(self, account: MailAccount, secret: str) -> str:
        answer = _asked(account, secret)
        if answer.refresh_token and answer.refresh_token != secret:
            old, secret = secret, answer.refresh_token
            self._newer[old] = secret  # first: where it cannot be kept, this program at least goes on with it
            self._renewed(old, secret)
        self._held[_key(account, secret)] = answer.access_token, time.monotonic() + answer.expires_in - _EARLY
        return answer.access_token

    def refused(self, account: MailAccount, error: LockdeskError) -> LockdeskError:
        """What a refused sign-in means for a token: the next try asks for another one, or the officer must."""
        if error.code != "mail.login" or account.auth is not Auth.XOAUTH2:
            return error
        with self._lock:
            self._held.clear()
        remedy = (
            _("Program meminta token baru pada percobaan berikutnya; bila tetap ditolak, isi refresh token baru.")
            if _refreshes(account)
            else _("Isi token baru, atau isi alamat token dan refresh token agar program memperbaruinya sendiri.")
        )
        words = _("Server e-mail menolak token: masa berlakunya habis atau sudah ditarik.")
        return Refused(words, remedy, detail=error.detail, code=error.code)


def _refreshes(account: MailAccount) -> bool:
    return account.auth is Auth.XOAUTH2 and bool(account.token_url)


def _key(account: MailAccount, secret: str) -> str:
    return hashlib.sha256(f"{account.token_url}\0{account.client_id}\0{secret}".encode()).hexdigest()


def _asked(account: MailAccount, secret: str) -> _Answer:
    form = {"grant_type": "refresh_token", "refresh_token": secret, "client_id": account.client_id}
    if account.client_secret:
        form["client_secret"] = account.client_secret
    host = urlsplit(account.token_url).hostname or account.token_url
    try:
        with (
            httpx.Client(verify=tls_context(account), timeout=_SECONDS, trust_env=False) as client,
            client.stream("POST", account.token_url, data=form) as reply,
        ):
            body = b""
            for part in reply.iter_bytes():
                body += part
                if len(body) > _MOST_BYTES:
                    raise _out_of_reach(host, _("jawaban terlalu besar"))
    except httpx.HTTPError as error:
        raise _out_of_reach(host, f"{type(error).__name__}: {error}") from error
    if reply.status_code in {400, 401}:
        raise Refused(
            _("Refresh token ditolak oleh {host}: masa berlakunya habis atau sudah ditarik.").format(host=host),
            _("Minta refresh token baru dari pengelola e-mail, lalu isi dalam pengaturan e-mail."),
            detail=body[:500].decode("utf-8", "replace"),
            code="mail.token",
        )
    try:
        return _Answer.model_validate_json(body if reply.status_code == 200 else b"")
    except ValidationError as error:
        raise _out_of_reach(host, str(reply.status_code)) from error


def _out_of_reach(host: str, detail: str) -> Unreachable:
    return Unreachable(
        _("Token e-mail belum dapat diperbarui di {host}.").format(host=host),
        _("Periksa jaringan dan alamat token dalam pengaturan e-mail; program mencoba lagi."),
        detail=detail,
        code="mail.token_unreachable",
    )
