"""A CA that speaks CMP. It cannot be searched: what became of an order is asked by its transactionID, which is
derived from the request id that the case keeps."""

import contextlib
import hashlib
import re
from dataclasses import field

from lockdesk.desk.ports import Clock
from lockdesk.desk.values.authority import (
    CertificateRecord,
    CheckItem,
    EnrolmentOrder,
    Issued,
    RevocationOrder,
    StatusKind,
    Waiting,
)
from lockdesk.errors import LockdeskError, Unreachable, Unsettled
from lockdesk.gateway.cmp import messages
from lockdesk.gateway.cmp.messages import Names, Reply, Signer, Verdict, read
from lockdesk.gateway.cmp.transaction import Counterpart, Transaction
from lockdesk.gateway.remote import RemoteGateway, reason_name, refused, require_agreement, unread
from lockdesk.gateway.settings import Adapter, CaSettings, certificates_in
from lockdesk.gateway.web import Answer, lost
from lockdesk.pki.certificates import load_certificate, parse_certificate
from lockdesk.pki.keys import guarded
from lockdesk.pki.revocation import read_crl, read_ocsp
from lockdesk.pki.values import RevocationEntry
from lockdesk.records import dataclass
from lockdesk.words import _

_REFERENCE = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{64})\.([0-9a-f]*)")
_POLLS_AT_ONCE = 5
"""How often a CA that says "ask again now" is asked in one go."""
_GRANTED, _WAITING = (0, 1), 3
_CERT_REVOKED, _IN_USE, _FAILED = 10, 21, 25
"""PKIFailureInfo bits (RFC 4210 appendix F): certRevoked, transactionIdInUse, systemFailure."""
_UNWELCOME = frozenset({1, 6, 20, 23})
"""badMessageCheck, wrongAuthority, signerNotTrusted, notAuthorized: the CA does not want our signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CmpSettings(CaSettings):
    """`url` is the whole address that messages are posted to. The PKCS#12 signs them."""

    pkcs12: bytes = field(repr=False)
    passphrase: str = field(repr=False)
    signers_pem: bytes = b""
    """Certificates that may sign the CA's answers besides the CA's own."""


class CmpGateway(RemoteGateway):
    """Implements desk.ports.Gateway."""

    identifier = "cmp"
    searches = False

    def __init__(self, settings: CmpSettings, clock: Clock) -> None:
        """Raises Declined when a certificate of the settings cannot be used."""
        super().__init__(settings, settings.connection(), clock)
        self._signer = Signer.open(settings.pkcs12, settings.passphrase)
        self._counterpart = Counterpart(self._chain, certificates_in(settings.signers_pem), clock)

    # ── asking ──
    def _transaction(self, names: Names) -> Transaction:
        connection, calls = self._settings.connection(), self._web.calls
        return Transaction(connection, calls, self._signer, self._counterpart, self._clock, names)

    def _greet(self) -> Answer:
        with self._transaction(Names.fresh(Names.fresh(b"").nonce)) as transaction:
            return transaction.post(messages.general_message(), changes=False)

    def _told(self, greeting: Answer) -> tuple[CheckItem, ...]:
        reply = read(greeting.body) if greeting.status == 200 else None
        if reply is None:
            return (CheckItem("ca.cmp", False, _("Server ini tidak menjawab dengan CMP. Periksa alamat server CA.")),)
        signed = self._counterpart.has_signed(reply)
        own = _("Jawaban CMP ditandatangani CA ini.")
        foreign = _(
            "Jawaban CMP tidak ditandatangani CA ini. Periksa alamat server dan sertifikat CA dalam pengaturan."
        )
        authorised = reply.verdict is None or not reply.verdict.faults & _UNWELCOME
        unwelcome = _("Sertifikat klien tidak diterima CA. Minta pengelola CA mendaftarkannya.")
        words = _("Sertifikat klien diterima CA.") if authorised else unwelcome
        if authorised and reply.kind == "error":
            # Not every CA answers general messages, and its reasons say little: no ground to stop.
            words = _("CA baru menilai sertifikat klien pada permintaan pertama.")
        return (
            CheckItem("ca.certificate", signed, own if signed else foreign),
            CheckItem("ca.authorised", authorised, words),
        )

    def find_by_serial(self, serial: int) -> CertificateRecord | None:
        """Raises Unreachable: CMP has no search."""
        del serial
        raise _no_search()

    def find_by_key(self, key_sha256: str) -> tuple[CertificateRecord, ...]:
        """Raises Unreachable: CMP has no search."""
        del key_sha256
        raise _no_search()

    def find_by_holder(self, identifiers: frozenset[str]) -> tuple[CertificateRecord, ...]:
        """Raises Unreachable: CMP has no search."""
        del identifiers
        raise _no_search()

    # ── revocation ──
    def revoke(self, order: RevocationOrder) -> Waiting | None:
        """Asks for the signed status first, where there is one."""
        self._require_own(order.issuer)
        entry = self._revocation_of(order.serial)
        if entry is not None:
            if entry.reason == reason_name(order.reason):
                return None
            words = _("Sertifikat sudah dicabut dengan alasan lain: {reason}.")
            raise refused(words.format(reason=entry.reason or "unspecified"), "ca.revoked_otherwise")
        issuer = load_certificate(self._chain[0]).subject
        with self._transaction(_names(order.request_id)) as transaction:
            body = messages.revocation_request(issuer, order.serial, order.reason)
            reply = transaction.send(body, "rp", changes=True)
        verdict = reply.verdict
        if verdict is not None and verdict.status == _WAITING:
            return Waiting("", _("CA menunggu persetujuan untuk mencabut."))
        if verdict is None or not (verdict.status in _GRANTED or _CERT_REVOKED in verdict.faults):
            raise _turned_down(verdict)
        return None

    def _revocation_of(self, serial: int) -> RevocationEntry | None:
        """From the signed status; None also when that cannot be had now: the CA answers by itself then."""
        at = self._clock.now()
        with contextlib.suppress(LockdeskError):
            status = self.signed_status(serial)[0]
            if status.kind is StatusKind.OCSP:
                return read_ocsp(status.der, serial, self._chain[0], at).entry
            return read_crl(status.der, self._chain[0], at).entry_for(serial)
        return None

    # ── enrolment ──
    def enrol(self, order: EnrolmentOrder) -> Issued | Waiting:
        """The CA takes the subject from the CSR, so one that contradicts the verified case is refused here."""
        key_sha256 = self._admit(order)
        require_agreement(order)
        with self._transaction(_names(order.request_id)) as transaction:
            reply = transaction.send(messages.p10cr(order.csr_der), "cp", changes=True)
            if _is_waiting(reply):
                reference = _reference(order.request_id, key_sha256, transaction.last_nonce)
                with contextlib.suppress(Unreachable):
                    return self._ask(transaction, reference, key_sha256)
                return _waiting(reference)
            return self._take(transaction, reply, key_sha256)

    def poll(self, reference: str) -> Issued | Waiting:
        """Asks after a request that waits. Raises Refused when it was turned down or is not known."""
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise refused(_("Permintaan ini tidak dikenal oleh CA."), "ca.unknown_request")
        transaction_id, key_sha256, nonce = found.groups()
        names = Names.fresh(bytes.fromhex(transaction_id), bytes.fromhex(nonce))
        with self._transaction(names) as transaction:
            return self._ask(transaction, reference, key_sha256)

    def recall(self, request_id: str, key_sha256: str) -> Issued | Waiting | None:
        """Asks by the order's transactionID. Raises Unreachable when the CA no longer knows it: that a request
        was never carried out cannot be told in CMP."""
        try:
            return self.poll(_reference(request_id, key_sha256, b""))
        except Unsettled as error:
            raise unread(error.detail) from error
        except LockdeskError as error:
            raise Unreachable(
                _("CA tidak dapat menjelaskan nasib permintaan ini."),
                _("Tanyakan kepada CA, lalu masukkan sertifikatnya bila sudah terbit."),
                detail=error.detail,
                code="ca.cannot_tell",
            ) from error

    def _ask(self, transaction: Transaction, reference: str, key_sha256: str) -> Issued | Waiting:
        """Polls on while the CA says so. Raises Unreachable when the answer is lost: asking changes nothing."""
        for _turn in range(_POLLS_AT_ONCE):
            reply = transaction.send(messages.poll_request(), "pollRep", "cp", changes=False)
            if reply.kind != "pollRep":
                return self._take(transaction, reply, key_sha256)
            if reply.check_after > 0:
                break
        found = _REFERENCE.fullmatch(reference)
        assert found is not None
        return _waiting(f"{found[1]}.{key_sha256}.{transaction.last_nonce.hex()}")

    def _take(self, transaction: Transaction, reply: Reply, key_sha256: str) -> Issued:
        """Confirms the certificate, or declines one that is not on the applicant's key or not this CA's."""
        verdict = reply.verdict
        if reply.kind != "cp" or verdict is None or verdict.status not in _GRANTED:
            raise _turned_down(verdict)
        facts = guarded(lambda: parse_certificate(reply.certificate), None)
        if facts is None:
            raise lost("no certificate in the answer")
        right = facts.key.sha256 == key_sha256 and facts.issuer == self._issuer.subject
        body = messages.confirmation(reply.certificate, reply.cert_req_id, accepted=right)
        confirmed = None
        # A certificate in hand is proved by itself and by the CA's list, whether its confirmation arrived or not.
        with contextlib.suppress(LockdeskError):
            confirmed = transaction.send(body, "pkiconf", changes=True)
        if right and confirmed is not None and confirmed.kind == "error":
            raise _turned_down(confirmed.verdict)
        if not right:
            raise refused(_("Sertifikat dari CA bukan untuk kunci pada CSR dan ditolak."), "ca.other_key")
        return Issued(reply.certificate, self._chain)


def _names(request_id: str) -> Names:
    return Names.fresh(_transaction_id(request_id))


def _transaction_id(request_id: str) -> bytes:
    """128 bits, as RFC 9483 section 3.1 wants them."""
    return hashlib.sha256(request_id.encode()).digest()[:16]


def _reference(request_id: str, key_sha256: str, nonce: bytes) -> str:
    return f"{_transaction_id(request_id).hex()}.{key_sha256}.{nonce.hex()}"


def _is_waiting(reply: Reply) -> bool:
    return reply.kind == "cp" and reply.verdict is not None and reply.verdict.status == _WAITING


def _waiting(reference: str) -> Waiting:
    return Waiting(reference, _("CA menunggu persetujuan."))


def _turned_down(verdict: Verdict | None) -> LockdeskError:
    """The CA's no; where it may have acted all the same, Unsettled."""
    words, faults = (verdict.words, verdict.faults) if verdict is not None else ("", frozenset[int]())
    if faults & {_IN_USE, _FAILED}:
        return lost(words)
    return refused(_("CA menolak permintaan."), "ca.refused", words)


def _no_search() -> Unreachable:
    return Unreachable(
        _("CA ini tidak dapat ditanyai tentang sertifikat."),
        _("Masukkan sertifikat yang diperoleh dari CA."),
        code="ca.no_search",
    )


ADAPTER = Adapter(CmpSettings, CmpGateway)
