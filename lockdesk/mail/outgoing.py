"""SMTP (RFC 5321) with TLS and AUTH: one message, one transaction, and a sure line between *not sent* and *unknown*."""

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence

from lockdesk.desk.values.mail import Auth, MailAccount, Security
from lockdesk.errors import Declined, LockdeskError, Refused, Unreachable, Unsettled
from lockdesk.mail.line import Lines, answer_words, judged
from lockdesk.mail.tokens import Tokens
from lockdesk.words import _

_START, _GO_AHEAD, _DONE = 220, 354, 250
_END = b".\r\n"
_DOTS = re.compile(rb"(?m)^\.")
_MECHANISMS = {Auth.PASSWORD: ("PLAIN", "LOGIN"), Auth.XOAUTH2: ("XOAUTH2",)}


class _Session(smtplib.SMTP):
    """An SMTP connection whose socket the lines can end."""

    def __init__(self, account: MailAccount, context: ssl.SSLContext, lines: Lines) -> None:
        self._lines, self._context = lines, context
        self._wrapped = account.security is Security.TLS
        # The name of this machine is nobody's concern; asking for it may also wait for a name server.
        super().__init__(account.smtp_host, account.smtp_port, account.domain, lines.seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connected = self._lines.keep(socket.create_connection((host, port), timeout))
        return self._context.wrap_socket(connected, server_hostname=host) if self._wrapped else connected


class Outgoing:
    """The office's SMTP server. Thread-safe."""

    def __init__(
        self, account: MailAccount, secret: str, tokens: Tokens, context: ssl.SSLContext, lines: Lines
    ) -> None:
        self._account, self._secret, self._tokens = account, secret, tokens
        self._context, self._lines = context, lines

    @contextlib.contextmanager
    def session(self) -> Iterator[smtplib.SMTP]:
        """A connection that is encrypted and signed in."""
        secret = self._tokens.of(self._account, self._secret)
        try:
            with self._session(secret) as smtp:
                yield smtp
        except Refused as error:
            named = self._tokens.refused(self._account, error)
            if named is error:
                raise
            raise named from error

    @contextlib.contextmanager
    def _session(self, secret: str) -> Iterator[smtplib.SMTP]:
        account = self._account
        with self._lines.within(account.smtp_host):
            smtp = _Session(account, self._context, self._lines)
            try:
                if account.security is Security.STARTTLS:
                    self._start_tls(smtp)
                self._sign_in(smtp, secret)
                yield smtp
            finally:
                smtp.close()

    def _start_tls(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if not smtp.has_extn("starttls"):
            raise Unreachable(
                _("Server e-mail {host} tidak menawarkan STARTTLS.").format(host=self._account.smtp_host),
                _("Periksa porta dan cara enkripsinya; tanpa enkripsi tidak ada yang dikirim."),
                code="mail.no_starttls",
            )
        smtp.starttls(context=self._context)

    def _sign_in(self, smtp: smtplib.SMTP, secret: str) -> None:
        account = self._account
        smtp.ehlo_or_helo_if_needed()
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        known = [name for name in _MECHANISMS[account.auth] if name in offered]
        if not known:
            raise Unreachable(
                _("Server e-mail {host} tidak menawarkan cara masuk yang dikenal.").format(
                    host=self._account.smtp_host
                ),
                _("Periksa porta dan pilihan kata sandi atau token dalam pengaturan e-mail."),
                detail=" ".join(offered),
                code="mail.no_auth",
            )
        if not secret.isascii() or not account.user.isascii():
            raise Declined(
                _("Nama pengguna atau kata sandi e-mail memuat huruf di luar ASCII."),
                _("Pakai kata sandi aplikasi dari pengelola server e-mail."),
                code="mail.secret",
            )
        smtp.user, smtp.password = account.user, secret

        def token(challenge: bytes | None = None) -> str:
            """XOAUTH2: the token at once; a challenge is the server's refusal, which wants an empty answer."""
            return "" if challenge else f"user={account.user}\x01auth=Bearer {secret}\x01\x01"

        answers = {"PLAIN": smtp.auth_plain, "LOGIN": smtp.auth_login, "XOAUTH2": token}
        smtp.auth(known[0], answers[known[0]])  # one try: several would lock an account the sooner

    def send(self, mail: bytes, recipients: Sequence[str], handing: Callable[[], None]) -> str:
        """Sends the very bytes of `mail` (lines ended by CRLF) to all recipients or to none; gives the server's words.

        `handing` is called before the end of the message is sent: until then nothing can have been accepted.
        Raises Unreachable (not sent, may be tried again), Refused (the server says never), Unsettled (the end was
        sent, no answer came).
        """
        handed = False
        try:
            with self.session() as smtp:
                _expect(smtp.mail(self._account.address), _DONE)
                for recipient in recipients:
                    _expect(smtp.rcpt(recipient), _DONE)
                _expect(smtp.docmd("DATA"), _GO_AHEAD)
                smtp.send(_DOTS.sub(b"..", mail))
                handing()
                handed = True
                smtp.send(_END)
                code, answer = smtp.getreply()
                if not 200 <= code < 600:
                    raise Unreachable(_("Jawaban server e-mail tidak dapat dibaca."), code="mail.answer")
                handed = False
                if code != _DONE:
                    raise judged(code, answer)
                with contextlib.suppress(OSError, smtplib.SMTPException):
                    smtp.quit()
                return answer_words(code, answer)
        except LockdeskError as error:
            if handed:
                raise lost(error) from error
            raise


def _expect(reply: tuple[int, bytes], wanted: int) -> None:
    code, answer = reply
    if code != wanted:
        raise judged(code, answer)


def lost(cause: LockdeskError) -> Unsettled:
    """The message was handed over whole and no answer came: it may have been accepted."""
    return Unsettled(
        _("Pesan sudah diserahkan, tetapi jawaban server e-mail tidak diterima."),
        _("Cari tembusannya di kotak surat kantor, atau putuskan sendiri; program tidak mengirimnya lagi."),
        detail=cause.message,
        code="mail.answer_lost",
    )
