"""What the gateways to a CA with a REST interface have in common: it can be searched, and asked before it acts."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from lockdesk.desk.ports import Clock
from lockdesk.desk.values.authority import (
    CertificateRecord,
    CertificateStatus,
    CheckItem,
    EnrolmentOrder,
    Issued,
    RevocationOrder,
    SignedStatus,
    Waiting,
)
from lockdesk.errors import LockdeskError, Refused, Unreachable
from lockdesk.gateway.admission import read_acceptable
from lockdesk.gateway.remote import RemoteGateway, reason_name, refused, unread
from lockdesk.gateway.settings import CaSettings
from lockdesk.gateway.web import Answer, Connection, json_in
from lockdesk.pki.subjects import one_line
from lockdesk.pki.values import CertificateFacts
from lockdesk.words import N_, _

NO_RIGHTS = N_("Periksa akun dalam pengaturan CA; hak akses diberikan pengelola CA.")
_MOST_SAID = 64 * 1024
"""Of an answer that is larger no words are shown."""


class RestGateway(RemoteGateway):
    """A certificate is asked after before it is revoked, and a key before it is certified."""

    searches = True

    def __init__(self, settings: CaSettings, connection: Connection, clock: Clock) -> None:
        """Raises Declined when a certificate of the settings cannot be used."""
        super().__init__(settings, connection, clock)
        self._lock = threading.Lock()
        self._enrolling: set[str] = set()

    # ── what each CA does in its own way ──
    def find_by_serial(self, serial: int) -> CertificateRecord | None:
        """The certificate with this serial; None when the CA has none. Raises Unreachable."""
        raise NotImplementedError

    def _records(self) -> Iterable[CertificateRecord]:
        """Every certificate of the CA: its key is compared here. Raises Unreachable."""
        raise NotImplementedError

    def _send_revocation(self, order: RevocationOrder) -> Waiting | bool:
        """True: done now; False: it was revoked before. Raises Refused and Unsettled."""
        raise NotImplementedError

    def _send_enrolment(self, order: EnrolmentOrder, key_sha256: str) -> Issued | Waiting:
        """Raises Refused and Unsettled."""
        raise NotImplementedError

    # ── asking ──
    def find_by_key(self, key_sha256: str) -> tuple[CertificateRecord, ...]:
        """Every certificate on this public key, the newest first. Raises Unreachable."""
        found = [record for record in self._records() if record.facts.key.sha256 == key_sha256.lower()]
        return tuple(sorted(found, key=lambda record: record.facts.not_before, reverse=True))

    def find_by_holder(self, identifiers: frozenset[str]) -> tuple[CertificateRecord, ...]:
        """Every certificate that carries one of the identifiers; only the caller knows whose they are."""
        wanted = [identifier.casefold().encode() for identifier in identifiers]
        return tuple(record for record in self._records() if any(text in record.der.lower() for text in wanted))

    def recall(self, request_id: str, key_sha256: str) -> Issued | Waiting | None:
        """The certificate in force on the order's key; these CAs keep no name of ours for an order."""
        del request_id
        for record in self.find_by_key(key_sha256):
            if record.status is CertificateStatus.GOOD:
                return self._issued(record.der)
        return None

    def signed_status(self, serial: int, certificate: CertificateFacts | None = None) -> tuple[SignedStatus, ...]:
        """From the addresses of the settings, else from those in the CA's own record of the certificate."""
        del certificate
        if self._settings.ocsp_url or self._settings.crl_url:
            return self._status.signed_status(serial)
        record = self.find_by_serial(serial)
        if record is None:
            raise refused(_("Nomor seri tidak dikenal oleh CA."), "ca.unknown_serial")
        return self._status.signed_status(serial, ocsp_urls=record.facts.ocsp_urls, crl_urls=record.facts.crl_urls)

    def check(self) -> tuple[CheckItem, ...]:
        """As of every CA, and whether credentials travel unencrypted."""
        reached, *others = super().check()
        if reached.ok and self._settings.url.startswith("http://"):
            warning = _("Sambungannya tidak terenkripsi (HTTP): pakai hanya di jaringan internal.")
            reached = replace(reached, words=f"{reached.words} {warning}")
        return (reached, *others)

    def preflight(self, csr_der: bytes) -> tuple[CheckItem, ...]:
        """`check`, whether the CSR may be certified, and whether its key is new to the CA."""
        items = super().preflight(csr_der)
        facts, _objection = read_acceptable(csr_der)
        if facts is None or not items[0].ok:
            return items
        try:
            known = bool(self.find_by_key(facts.key.sha256))
        except LockdeskError as error:
            return (*items, CheckItem("csr.key_unused", False, str(error)))
        words = _("Kunci pada CSR sudah pernah disertifikasi.") if known else _("Kunci pada CSR masih baru.")
        return (*items, CheckItem("csr.key_unused", not known, words))

    # ── acting ──
    def revoke(self, order: RevocationOrder) -> Waiting | None:
        """Asks for the status first: one CA silently replaced date and reason when asked twice."""
        self._require_own(order.issuer)
        if self._is_revoked(order):
            return None
        done = self._send_revocation(order)
        if isinstance(done, Waiting):
            return done
        if not done and not self._is_revoked(order):
            raise refused(_("CA menolak pencabutan."), "ca.refused")
        return None

    def _is_revoked(self, order: RevocationOrder) -> bool:
        """Whether it is revoked for the reason asked for; raises Refused for another one or an unknown serial."""
        record = self.find_by_serial(order.serial)
        if record is None:
            raise refused(_("Nomor seri tidak dikenal oleh CA."), "ca.unknown_serial")
        if record.revocation is None:
            return False
        if record.revocation.reason != reason_name(order.reason):
            words = _("Sertifikat sudah dicabut dengan alasan lain: {reason}.")
            raise refused(words.format(reason=record.revocation.reason or "unspecified"), "ca.revoked_otherwise")
        return True

    def enrol(self, order: EnrolmentOrder) -> Issued | Waiting:
        """Asks for a certificate, once: a key that has one gets no second."""
        key_sha256 = self._admit(order)
        with self._alone(key_sha256):
            if self.find_by_key(key_sha256):
                raise _key_used()
            return self._send_enrolment(order, key_sha256)

    @contextmanager
    def _alone(self, key_sha256: str) -> Iterator[None]:
        """Between asking for a key and its enrolment no other order for it gets in; other keys need not wait."""
        with self._lock:
            if key_sha256 in self._enrolling:
                raise _key_used()
            self._enrolling.add(key_sha256)
        try:
            yield
        finally:
            self._enrolling.discard(key_sha256)

    def _issued(self, der: bytes) -> Issued:
        return Issued(der, self._chain)

    # ── reading answers ──
    def _asked(self, answer: Answer) -> Any:
        """The JSON of an answer to a question; raises Unreachable for anything but 200."""
        if answer.status != 200:
            raise self._no_answer(answer)
        value = json_in(answer)
        if value is None:
            raise self._no_answer(answer)
        return value

    def _no_answer(self, answer: Answer) -> Unreachable:
        if answer.status in (401, 403):
            return Unreachable(
                _("CA menolak akun atau sertifikat klien petugas."),
                _(NO_RIGHTS),
                detail=words_of(answer),
                code="ca.unauthorised",
            )
        return unread(words_of(answer))

    def _no(self, answer: Answer) -> Refused:
        """The CA's no to a request that would have changed something."""
        if answer.status in (401, 403):
            message, remedy = _("CA menolak akun atau sertifikat klien petugas."), _(NO_RIGHTS)
            return Refused(message, remedy, detail=words_of(answer), code="ca.unauthorised")
        return refused(_("CA menolak permintaan."), "ca.refused", words_of(answer))


def _key_used() -> Refused:
    return refused(_("Kunci pada CSR sudah pernah disertifikasi."), "ca.key_used")


def words_of(answer: Answer) -> str:
    """The CA's own words, as one line: from the fields that these servers use, else the HTTP status alone."""
    value = json_in(answer) if len(answer.body) <= _MOST_SAID else None
    told = value if isinstance(value, Mapping) else {}
    words = next((told[name] for name in ("error_message", "detail", "info_message", "error") if told.get(name)), "")
    return one_line(f"HTTP {answer.status} {words if isinstance(words, str) else json.dumps(words)}")
