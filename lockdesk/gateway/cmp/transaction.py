"""One CMP transaction over one connection: servers tie the two together (RFC 9811)."""

from functools import partial
from types import TracebackType

from cryptography import x509
from cryptography.x509.oid import ObjectIdentifier

from lockdesk.desk.ports import Clock
from lockdesk.errors import LockdeskError
from lockdesk.gateway.calls import Calls
from lockdesk.gateway.cmp.line import Line
from lockdesk.gateway.cmp.messages import Names, Reply, Signer, read
from lockdesk.gateway.remote import refused, unread
from lockdesk.gateway.web import Answer, Connection, lost
from lockdesk.pki.keys import guarded
from lockdesk.words import _

_AUTHORITIES = frozenset({ObjectIdentifier("1.3.6.1.5.5.7.3.27"), ObjectIdentifier("1.3.6.1.5.5.7.3.28")})
"""id-kp-cmcCA and id-kp-cmcRA: who may speak for a CA (RFC 9480 section 2.2)."""


class Counterpart:
    """Whose signature makes an answer the CA's: the CA's own certificates, those that it certified to speak for
    it, and those of the settings. Anybody else with a certificate of the CA could otherwise answer for it."""

    def __init__(self, chain: tuple[bytes, ...], named: tuple[bytes, ...], clock: Clock) -> None:
        self._chain = [x509.load_der_x509_certificate(der) for der in chain]
        self._named = [x509.load_der_x509_certificate(der) for der in named]
        self._clock = clock

    @property
    def name(self) -> x509.Name:
        """To whom messages are addressed."""
        return self._chain[0].subject

    def has_signed(self, reply: Reply) -> bool:
        sent = [guarded(partial(x509.load_der_x509_certificate, der), None) for der in reply.certificates]
        speakers = [item for item in sent if item is not None and guarded(partial(self._speaks, item), False)]
        return any(reply.is_signed_by(item) for item in (*self._chain, *self._named, *speakers))

    def _speaks(self, certificate: x509.Certificate) -> bool:
        issuer = next(item for item in self._chain if item.subject == certificate.issuer)
        certificate.verify_directly_issued_by(issuer)
        usages = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        in_force = certificate.not_valid_before_utc <= self._clock.now() <= certificate.not_valid_after_utc
        return in_force and any(usage in _AUTHORITIES for usage in usages)


class Transaction:
    """Messages and answers of one transactionID, each checked against the other."""

    def __init__(
        self,
        connection: Connection,
        calls: Calls,
        signer: Signer,
        counterpart: Counterpart,
        clock: Clock,
        names: Names,
    ) -> None:
        """`names` are the first message's."""
        self._line = Line(connection, calls)
        self._signer = signer
        self._counterpart = counterpart
        self._clock = clock
        self._names = names

    def __enter__(self) -> "Transaction":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()

    @property
    def last_nonce(self) -> bytes:
        """The senderNonce of the last answer, which the next message repeats; b"" when it is not known."""
        return self._names.answered

    def post(self, body: bytes, *, changes: bool) -> Answer:
        """Sends one message; the answer is not read."""
        message = self._signer.message(self._counterpart.name, body, self._clock.now(), self._names)
        return self._line.post(message, changes=changes)

    def send(self, body: bytes, *kinds: str, changes: bool) -> Reply:
        """The answer of one of `kinds`, or an "error", signed by the CA and about this message.

        Anything else says nothing about what happened: Unsettled when the message `changes` something, else
        Unreachable. Raises Refused when the server does not take the message at all.
        """
        answer = self.post(body, changes=changes)
        if changes and 400 <= answer.status < 500:
            raise refused(_("Server CA tidak menerima pesan CMP."), "ca.refused", f"HTTP {answer.status}")
        reply = read(answer.body) if answer.status == 200 else None
        if reply is None:
            raise _nothing_said(f"HTTP {answer.status}, no CMP message", changes)
        if reply.transaction != self._names.transaction or reply.recip_nonce != self._names.nonce:
            raise _nothing_said("an answer to another message", changes)
        if not self._counterpart.has_signed(reply):
            raise _nothing_said(f"an answer ({reply.kind}) that the CA did not sign", changes)
        if reply.kind not in (*kinds, "error"):
            raise _nothing_said(f"an unexpected answer ({reply.kind})", changes)
        self._names = Names.fresh(self._names.transaction, reply.sender_nonce)
        return reply


def _nothing_said(detail: str, changes: bool) -> LockdeskError:
    return lost(detail) if changes else unread(detail)
