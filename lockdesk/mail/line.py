"""A connection to a mail server: TLS that is always verified, one deadline for the whole, and what a fault means."""

import contextlib
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator

from lockdesk.core.messages import why_refused
from lockdesk.desk.values.mail import MailAccount
from lockdesk.errors import Declined, LockdeskError, Refused, Unreachable
from lockdesk.tls import verifying_context
from lockdesk.words import N_, _

MOST_WORDS = 500
"""Letters of a server's answer that are kept."""
_OTHER_CA = (
    "mail.tls.other_ca",
    N_("Sertifikat server e-mail {host} diterbitkan oleh CA yang tidak dipercaya."),
    N_("Periksa nama server, atau pilih berkas CA kantor dalam pengaturan e-mail."),
)
_OTHER_HOST = (
    "mail.tls.other_host",
    N_("Sertifikat server e-mail dibuat untuk nama lain, bukan {host}."),
    N_("Periksa nama server dalam pengaturan e-mail."),
)
_TLS_CAUSES = {
    9: (
        "mail.tls.not_yet_valid",
        N_("Sertifikat server e-mail {host} belum berlaku."),
        N_("Periksa jam komputer ini."),
    ),
    10: (
        "mail.tls.expired",
        N_("Sertifikat server e-mail {host} habis masa berlakunya."),
        N_("Periksa jam komputer ini, lalu hubungi pengelola server e-mail."),
    ),
    **dict.fromkeys((2, 18, 19, 20, 21), _OTHER_CA),
    **dict.fromkeys((62, 64), _OTHER_HOST),
}
"""By OpenSSL's X509_V_ERR_… numbers: code, message and remedy."""
_TLS_OTHER = (
    "mail.tls.refused",
    N_("Sertifikat server e-mail {host} tidak dapat dipercaya."),
    N_("Hubungi pengelola server e-mail."),
)
_CAUSES = {
    ssl.SSLError: (
        "mail.tls.none",
        N_("Server e-mail {host} tidak menjawab dengan TLS."),
        N_("Periksa porta dan cara enkripsinya (STARTTLS atau TLS) dalam pengaturan e-mail."),
    ),
    socket.gaierror: (
        "mail.name",
        N_("Nama server e-mail {host} tidak ditemukan."),
        N_("Periksa ejaan nama server dan jaringan."),
    ),
    ConnectionRefusedError: (
        "mail.refused_connection",
        N_("Server e-mail {host} menolak sambungan."),
        N_("Periksa nama server dan porta dalam pengaturan e-mail."),
    ),
}
_CUT = (
    "mail.cut",
    N_("Sambungan ke server e-mail {host} terputus."),
    N_("Periksa jaringan, lalu coba lagi."),
)


class Lines:
    """The connections on their way. Thread-safe; after `close` there are none any more."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._own = threading.local()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closed = False

    @contextlib.contextmanager
    def within(self, host: str) -> Iterator[None]:
        """Everything that this thread sends and reads inside ends when the time is over, whatever drips.

        Raises Unreachable and Refused for what a mail library raises inside.
        """
        self._own.kept, self._own.until = [], time.monotonic() + self.seconds
        mine: list[socket.socket] = self._own.kept
        timer = threading.Timer(self.seconds, self._cut, (mine,))
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, smtplib.SMTPException) as error:
            raise self._meant(error, host) from error
        finally:
            timer.cancel()
            timer.join()
            self._drop(mine)

    def keep(self, connected: socket.socket) -> socket.socket:
        """A second handle on the same connection: whatever TLS makes of the first, this one can end it."""
        handle = connected.dup()
        with self._lock:
            self._own.kept.append(handle)
            self._open.add(handle)
            if self._closed:
                _shut(handle)
        return connected

    def close(self) -> None:
        with self._lock:
            self._closed = True
        self._cut(self._open)

    def _cut(self, handles: "set[socket.socket] | list[socket.socket]") -> None:
        with self._lock:
            for handle in handles:
                _shut(handle)

    def _drop(self, handles: list[socket.socket]) -> None:
        with self._lock:
            for handle in handles:
                self._open.discard(handle)
                handle.close()

    def _meant(self, error: Exception, host: str) -> LockdeskError:
        if self._closed:
            return Unreachable(
                _("Program sedang ditutup."), _("Pesan dikirim saat program dibuka lagi."), code="desk.closed"
            )
        if isinstance(error, TimeoutError) or time.monotonic() >= self._own.until:
            return Unreachable(
                _("Server e-mail {host} tidak menjawab dalam {n} detik.").format(host=host, n=round(self.seconds)),
                _("Periksa jaringan, nama server, dan porta, lalu coba lagi."),
                code="mail.timeout",
            )
        return meant(error, host)


def _shut(handle: socket.socket) -> None:
    with contextlib.suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)


def meant(error: Exception, host: str) -> LockdeskError:
    """The cause and the remedy of what a mail library raised; nothing was handed over."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return login_refused(host, answer_words(error.smtp_code, error.smtp_error))
    if isinstance(error, smtplib.SMTPResponseException):
        return judged(error.smtp_code, error.smtp_error)
    if isinstance(error, ssl.SSLCertVerificationError):
        cause, detail = _TLS_CAUSES.get(error.verify_code, _TLS_OTHER), error.verify_message
    else:
        cause = next((known for kind, known in _CAUSES.items() if isinstance(error, kind)), _CUT)
        detail = type(error).__name__
    code, message, remedy = cause
    return Unreachable(_(message).format(host=host), _(remedy), detail=detail, code=code)


def login_refused(host: str, words: str) -> Refused:
    return Refused(
        _("Server e-mail {host} menolak nama pengguna atau kata sandi.").format(host=host),
        _("Perbaiki nama pengguna dan kata sandi (atau token) dalam pengaturan e-mail."),
        detail=words,
        code="mail.login",
    )


def judged(code: int, answer: bytes | str) -> LockdeskError:
    """What an SMTP answer that is no success means for the message: 5xx is for good, all else may be tried again."""
    words = answer_words(code, answer)
    if 500 <= code < 600:
        cause, remedy = why_refused(words)
        return Refused(_(cause), _(remedy), detail=words, code="mail.refused")
    return Unreachable(
        _("Server e-mail belum menerima pesan."),
        _("Pesan dicoba lagi oleh program."),
        detail=words,
        code="mail.deferred",
    )


def answer_words(code: int, answer: bytes | str) -> str:
    """A server's answer on one line."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    printable = "".join(ch if ch.isprintable() else " " for ch in text)
    return " ".join(f"{code} {printable}".split())[:MOST_WORDS]


def tls_context(account: MailAccount) -> ssl.SSLContext:
    """Trusts the office's CA file alone where there is one. Raises Declined."""
    unreadable = Declined(
        _("Berkas CA untuk server e-mail tidak dapat dibaca."),
        _("Pilih berkas PEM dari pengelola server e-mail."),
        code="mail.ca_unreadable",
    )
    return verifying_context(account.ca_pem, unreadable)
