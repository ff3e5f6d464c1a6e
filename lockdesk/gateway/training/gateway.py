"""The training CA behind the desk's Gateway port.

It refuses to be taken for real: everything it issues carries PELATIHAN, and `training` is True.
"""

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp

from lockdesk.core.operations import REASON_NAMES
from lockdesk.desk.ports import Clock
from lockdesk.desk.values.authority import (
    CertificateRecord,
    CertificateStatus,
    CheckItem,
    EnrolmentOrder,
    Issued,
    RevocationOrder,
    SignedStatus,
    StatusKind,
    Waiting,
)
from lockdesk.errors import Declined, LockdeskError, Refused
from lockdesk.gateway.admission import read_acceptable
from lockdesk.gateway.training.authority import VALIDITY, Revocation, Subject, fresh_serial
from lockdesk.gateway.training.behaviour import Behaviour, BehaviourSource, Line
from lockdesk.gateway.training.books import Books, Entry
from lockdesk.gateway.training.seeds import SeedCertificate
from lockdesk.pki.certificates import parse_certificate
from lockdesk.pki.der import request_key
from lockdesk.pki.keys import guarded, key_facts
from lockdesk.pki.subjects import subject_facts
from lockdesk.pki.values import CertificateFacts, RevocationEntry
from lockdesk.words import _

_CRL_AGE = timedelta(hours=12)


class TrainingGateway:
    """A complete small CA for practice. Thread-safe: one lock around its books."""

    identifier = "training"
    training = True
    searches = True
    by_hand = False

    def __init__(self, books: Books, clock: Clock, line: Line) -> None:
        self._books = books
        self._clock = clock
        self._line = line
        self._lock = threading.RLock()

    @classmethod
    def open(
        cls,
        path: Path,
        key: bytes,
        clock: Clock,
        seed: Sequence[SeedCertificate] = (),
        behaviour: BehaviourSource = Behaviour,
    ) -> "TrainingGateway":
        """Opens the CA in the file `path` with the 32-byte `key`; makes it, and the seeded certificates, at
        the first start. Raises Damaged and Unreachable (see Ledger)."""
        gateway = cls(Books(path, key), clock, Line(behaviour))
        try:
            gateway._sow(seed)
        except BaseException:
            gateway.close()  # else nobody could open the file again
            raise
        return gateway

    @property
    def label(self) -> str:
        """What the status bar calls it."""
        return _("CA Pelatihan LockDesk")

    def close(self) -> None:
        """Ends waiting calls and gives the file back."""
        self._line.cut()
        with self._lock:
            self._books.close()

    def interrupt(self) -> None:
        """Ends calls that wait on a slow line: they raise Unreachable, nothing has happened."""
        self._line.cut()

    def resume(self) -> None:
        """Lets calls through again after `interrupt`."""
        self._line.mend()

    # ── what changes nothing ─────────────────────────────────────────────────────────────────

    def check(self) -> tuple[CheckItem, ...]:
        """Reachability and the root's validity. Changes nothing, raises nothing."""
        try:
            self._line.reach()
        except LockdeskError as error:
            return (CheckItem("ca.reachable", False, error.message),)
        root, now = parse_certificate(self._books.authority.der), self._clock.now()
        valid = root.not_before <= now <= root.not_after
        validity = _("Sertifikat CA berlaku.") if valid else _("Sertifikat CA tidak berlaku pada waktu ini.")
        return (
            CheckItem("ca.reachable", True, _("CA pelatihan dapat dihubungi.")),
            CheckItem("ca.certificate", valid, validity),
            CheckItem("ca.authorised", True, _("Petugas berwenang mencabut dan menerbitkan.")),
        )

    def preflight(self, csr_der: bytes) -> tuple[CheckItem, ...]:
        """Whether a reissue on this CSR can be asked for now. Changes nothing, raises nothing."""
        items = self.check()
        if not items[0].ok:
            return items
        behaviour = self._line.source()
        facts, objection = read_acceptable(csr_der)
        known = facts is not None and bool(self._serials_of(facts.key.sha256))
        return (
            *items,
            CheckItem("ca.profile", True, _("Profil sertifikat tanda tangan dokumen tersedia.")),
            CheckItem("ca.accepting", not behaviour.refuse, behaviour.refusal or _("CA menerima permintaan.")),
            CheckItem("csr.acceptable", not objection, objection or _("CSR dapat diterima CA.")),
            CheckItem(
                "csr.key_unused",
                not known,
                _("Kunci pada CSR sudah pernah disertifikasi.") if known else _("Kunci pada CSR masih baru."),
            ),
        )

    def find_by_serial(self, serial: int) -> CertificateRecord | None:
        self._line.reach()
        with self._lock:
            entry = self._books.entries.get(serial)
        return self._record(entry) if entry else None

    def find_by_key(self, key_sha256: str) -> tuple[CertificateRecord, ...]:
        self._line.reach()
        with self._lock:
            entries = [self._books.entries[serial] for serial in self._serials_of(key_sha256)]
        return tuple(self._record(entry) for entry in entries)

    def find_by_holder(self, identifiers: frozenset[str]) -> tuple[CertificateRecord, ...]:
        self._line.reach()
        wanted = [identifier.casefold().encode() for identifier in identifiers]
        with self._lock:  # the bytes are searched, so that only what may be meant is read
            entries = [e for e in self._books.entries.values() if any(text in e.der.lower() for text in wanted)]
        return tuple(self._record(entry) for entry in entries)

    def recall(self, request_id: str, key_sha256: str) -> Issued | Waiting | None:
        """What the request got, or any certificate on its key; a refusal is nothing."""
        self._line.reach()
        with self._lock:
            answer = guarded(lambda: self._answer_for(request_id), None)
            serials = self._serials_of(key_sha256)
            if answer is None and serials:
                return Issued(self._books.entries[serials[0]].der, (self._books.authority.der,))
            return answer

    def issuer_chain(self) -> tuple[bytes, ...]:
        with self._lock:
            return (self._books.authority.der,)

    def holder_status(self, nik: str) -> str:
        del nik
        return ""

    def crl(self) -> bytes:
        """The current CRL; signed anew after every revocation, every twelve hours and at the first question."""
        self._line.reach()
        with self._lock:
            stored, now = self._books.crl, self._clock.now()
            revocations = self._books.revocations()
            known = stored is not None and stored.der and stored.entries == len(revocations)
            if stored is not None and known and timedelta(0) <= now - stored.at < _CRL_AGE:
                return stored.der
            return self._sign_crl(revocations, now)

    def signed_status(self, serial: int, certificate: CertificateFacts | None = None) -> tuple[SignedStatus, ...]:
        del serial, certificate  # the list speaks of all of them
        return (SignedStatus(StatusKind.CRL, self.crl()),)

    def ocsp(self, request_der: bytes) -> bytes:
        """The answer to an OCSP request (RFC 6960). Never raises for what the request holds."""
        self._line.reach()
        request = guarded(lambda: ocsp.load_der_ocsp_request(request_der), None)
        statuses = ocsp.OCSPResponseStatus
        if request is None:
            return _no_answer(statuses.MALFORMED_REQUEST)
        with self._lock:
            authority = self._books.authority
            if not guarded(lambda: authority.answers_for(request), False):
                return _no_answer(statuses.UNAUTHORIZED)
            entry = self._books.entries.get(request.serial_number)
            revocation = entry.revocation if entry else None
            return authority.status_answer(request, entry is not None, revocation, self._clock.now())

    # ── what changes something ───────────────────────────────────────────────────────────────

    def revoke(self, order: RevocationOrder) -> None:
        """Revokes durably; again for the same reason is no error. Raises Refused otherwise."""
        behaviour = self._line.reach(changes=True)
        with self._lock:
            entry = self._books.entries.get(order.serial)
            if entry is None or not self._is_own(order.issuer):
                raise _refused(_("Nomor seri tidak dikenal oleh CA pelatihan."), "ca.unknown_serial")
            if entry.revocation is None:
                self._books.add_revocation(Revocation(order.serial, order.reason, self._clock.now()))
            elif entry.revocation.reason is not order.reason:
                raise _refused(
                    _("Sertifikat sudah dicabut dengan alasan lain: {reason}.").format(
                        reason=REASON_NAMES[entry.revocation.reason]
                    ),
                    "ca.revoked_otherwise",
                )
        self._line.answer(behaviour)

    def enrol(self, order: EnrolmentOrder) -> Issued | Waiting:
        """One certificate per request id: a repeated one gets the same answer. Raises Refused."""
        behaviour = self._line.reach(changes=True)
        with self._lock:
            answer = self._answer_for(order.request_id)
            if answer is None:
                key_sha256 = self._admit(order.csr_der)
                if behaviour.approval:
                    self._books.add_pending(order, key_sha256)
                    answer = _waiting(order.request_id)
                else:
                    answer = self._certify(order, key_sha256)
        self._line.answer(behaviour)
        return answer

    def poll(self, reference: str) -> Issued | Waiting:
        """Asks after an enrolment. Raises Refused when it was turned down or is not known."""
        self._line.reach()
        with self._lock:
            answer = self._answer_for(reference)
        if answer is None:
            raise _refused(_("Permintaan ini tidak dikenal oleh CA pelatihan."), "ca.unknown_request")
        return answer

    # ── the CA's own desk, for practice ──────────────────────────────────────────────────────

    def waiting(self) -> tuple[str, ...]:
        """The references that wait for approval."""
        with self._lock:
            return tuple(key for key, held in self._books.pending.items() if not held.refusal)

    def approve(self, reference: str) -> None:
        """Approves a waiting enrolment; raises Declined when there is none."""
        with self._lock:
            held = self._books.pending.get(reference)
            if held is None or held.refusal:
                raise Declined(_("Tidak ada permintaan yang menunggu persetujuan."), code="ca.not_waiting")
            self._certify(held.order, held.key_sha256)

    def decline(self, reference: str, words: str) -> None:
        """Turns a waiting enrolment down; raises Declined when there is none."""
        with self._lock:
            if reference not in self._books.pending:
                raise Declined(_("Tidak ada permintaan yang menunggu persetujuan."), code="ca.not_waiting")
            self._books.add_refusal(reference, words or _("Tidak disetujui."))

    def issue_practice_certificate(
        self,
        name: str,
        organization: str,
        serial: int,
        *,
        email: str = "",
        serial_number: str = "",
        valid_from: datetime | None = None,
    ) -> CertificateRecord:
        """An old certificate for somebody outside the samples, on a key that nobody has.

        The same call again returns it. Raises Declined when the serial is taken by somebody else or is not a
        possible one (positive, at most 20 bytes).
        """
        start = valid_from or self._clock.now() - timedelta(days=365)
        subject = Subject(name, organization, email, serial_number)
        with self._lock:
            known = self._books.entries.get(serial)
            if known is not None and parse_certificate(known.der).subject.common_name == name:
                return self._record(known)
            if known is not None or not 0 < serial < 1 << 159:
                raise Declined(
                    _("Nomor seri ini sudah milik orang lain atau tidak mungkin."),
                    _("Periksa kembali nomor seri pada surat pernyataan."),
                    code="ca.serial_taken",
                )
            public = ec.generate_private_key(ec.SECP256R1()).public_key()
            spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            self._add(subject, spki, serial, start, start + VALIDITY)
            return self._record(self._books.entries[serial])

    # ── inside ───────────────────────────────────────────────────────────────────────────────

    def _sow(self, seeds: Sequence[SeedCertificate]) -> None:
        """Issues what is still missing, so that a first start that was cut off is continued."""
        with self._lock:
            self._books.authority  # noqa: B018 - made here, at the first start
            for seed in seeds:
                if seed.serial not in self._books.entries:
                    subject = Subject(seed.name, seed.organization, seed.email, seed.serial_number)
                    self._add(subject, seed.spki, seed.serial, seed.not_before, seed.not_after)

    def _add(self, subject: Subject, spki: bytes, serial: int, *life: datetime, request_id: str = "") -> None:
        der = self._books.authority.issue(subject, spki, serial, *life)
        self._books.add_certificate(serial, key_facts(spki).sha256, der, request_id)

    def _admit(self, csr_der: bytes) -> str:
        """The hash of the key to be certified; raises Refused when it may not be."""
        facts, objection = read_acceptable(csr_der)
        if objection or facts is None:
            raise _refused(objection, "ca.csr_refused")
        waiting = {held.key_sha256 for held in self._books.pending.values() if not held.refusal}
        if facts.key.sha256 in waiting or self._serials_of(facts.key.sha256):
            raise _refused(_("Kunci pada CSR sudah pernah disertifikasi."), "ca.key_used")
        return facts.key.sha256

    def _certify(self, order: EnrolmentOrder, key_sha256: str) -> Issued:
        subject = Subject(order.common_name, order.organization, order.email, order.serial_number)
        start = self._clock.now().replace(microsecond=0)
        end = start + VALIDITY - timedelta(seconds=1)
        spki = request_key(order.csr_der)
        self._add(subject, spki, fresh_serial(), start, end, request_id=order.request_id)
        entry = self._books.entries[self._books.by_request[order.request_id]]
        assert entry.key_sha256 == key_sha256
        return Issued(entry.der, (self._books.authority.der,))

    def _answer_for(self, request_id: str) -> Issued | Waiting | None:
        """What a request id got before; raises Refused when it was turned down."""
        serial = self._books.by_request.get(request_id)
        if serial is not None:
            return Issued(self._books.entries[serial].der, (self._books.authority.der,))
        held = self._books.pending.get(request_id)
        if held is not None and held.refusal:
            raise _refused(_("Penerbitan tidak disetujui oleh CA pelatihan."), "ca.declined", held.refusal)
        return _waiting(request_id) if held is not None else None

    def _sign_crl(self, revocations: Sequence[Revocation], now: datetime) -> bytes:
        number = self._books.crl.number + 1 if self._books.crl else 1
        der = self._books.authority.crl(revocations, number, now)
        self._books.add_crl(number, now, der, len(revocations))
        return der

    def _serials_of(self, key_sha256: str) -> list[int]:
        return list(self._books.by_key.get(key_sha256.lower(), ()))

    def _is_own(self, issuer: str) -> bool:
        root = subject_facts(self._books.authority.certificate.subject)
        return issuer in ("", root.text, root.common_name)

    def _record(self, entry: Entry) -> CertificateRecord:
        facts, revocation = parse_certificate(entry.der), entry.revocation
        if revocation is not None:
            reason = None if revocation.reason == 0 else REASON_NAMES[revocation.reason]
            entered = RevocationEntry(entry.serial, revocation.at, reason)
            return CertificateRecord(facts, entry.der, CertificateStatus.REVOKED, entered)
        expired = self._clock.now() > facts.not_after
        status = CertificateStatus.EXPIRED if expired else CertificateStatus.GOOD
        return CertificateRecord(facts, entry.der, status)


def _no_answer(status: ocsp.OCSPResponseStatus) -> bytes:
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER)


def _waiting(reference: str) -> Waiting:
    return Waiting(reference, _("Menunggu persetujuan petugas CA pelatihan."))


def _refused(message: str, code: str, detail: str = "") -> Refused:
    return Refused(message, _("Periksa data permintaan, lalu ajukan kembali."), detail=detail, code=code)
