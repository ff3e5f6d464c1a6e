"""Whose electronic signatures on letters count, and whose mail server's word: parts of the office profile."""

import re
from datetime import datetime
from typing import Any

import tomlkit

from lockdesk.desk.office.office import Office
from lockdesk.desk.office.setup import Setup
from lockdesk.errors import Declined, LockdeskError
from lockdesk.pki.certificates import parse_certificate
from lockdesk.pki.pem import as_pem, pem_blocks
from lockdesk.pki.revocation import list_facts
from lockdesk.records import dataclass
from lockdesk.words import _

TABLE, ANCHORS, LISTS = "tanda_tangan", "jangkar", "daftar_pencabutan"
_SERVER = re.compile(r"[A-Za-z0-9.-]{0,200}")


@dataclass(frozen=True, slots=True)
class TrustItem:
    """A trust anchor, or a revocation list of one; `identifier` is the SHA-256 of its DER."""

    identifier: str
    is_list: bool
    name: str
    valid_until: datetime


class TrustStore:
    """Changes the office profile's text and leaves its comments; every change is a journalled new version.

    Called on worker threads.
    """

    def __init__(self, office: Office, setup: Setup) -> None:
        self._office = office
        self._setup = setup

    def items(self) -> tuple[TrustItem, ...]:
        """The anchors, then the lists, in the order of the profile."""
        office = self._office.settings.office
        return (*map(_anchor, office.trust_anchors), *map(_list, office.revocation_lists))

    def add(self, content: bytes) -> int:
        """Adds every CA certificate and CRL of a file; how many were new. Raises Declined when there is none, or
        when a certificate is not a CA's."""
        anchors, lists = self._in(content)
        office = self._office.settings.office
        new_anchors = [der for der in anchors if der not in office.trust_anchors]
        issuers = {_list(der).name for der in lists}
        # A newer list replaces the older one of the same CA.
        kept = [der for der in office.revocation_lists if _list(der).name not in issuers]
        self._write([*office.trust_anchors, *new_anchors], [*kept, *lists])
        return len(new_anchors) + len(lists)

    @staticmethod
    def _in(content: bytes) -> tuple[list[bytes], list[bytes]]:
        anchors, lists = pem_blocks(content, "CERTIFICATE"), pem_blocks(content, "X509 CRL")
        if not anchors and not lists:
            anchors, lists = _guess(content)
        if not anchors and not lists:
            raise Declined(
                _("Berkas ini tidak memuat sertifikat CA atau CRL."), _("Pilih berkas dari penyelenggara sertifikasi.")
            )
        for der in anchors:
            facts = parse_certificate(der)
            if not facts.is_ca:
                raise Declined(
                    _("{name} bukan sertifikat CA.").format(name=facts.subject.common_name or facts.subject.text),
                    _("Pilih sertifikat CA, bukan sertifikat penanda tangan."),
                    code="trust.not_ca",
                )
        for der in lists:
            list_facts(der)
        return anchors, lists

    def remove(self, identifier: str) -> None:
        office = self._office.settings.office
        self._write(
            [der for der in office.trust_anchors if _anchor(der).identifier != identifier],
            [der for der in office.revocation_lists if _list(der).identifier != identifier],
        )

    def _write(self, anchors: list[bytes], lists: list[bytes]) -> None:
        text = tomlkit.parse(self._office.office_text())
        table: Any = text.setdefault(TABLE, tomlkit.table())
        table[ANCHORS] = _texts([as_pem(der, "CERTIFICATE") for der in anchors])
        table[LISTS] = _texts([as_pem(der, "X509 CRL") for der in lists])
        self._setup.save_office(tomlkit.dumps(text))

    # ── the office's own mail server ──
    def mail_server(self) -> str:
        """The exact authserv-id that is believed (RFC 8601); "" for any name under the office's mail domains."""
        return self._office.settings.office.authserv_id

    def set_mail_server(self, name: str) -> None:
        """Raises Declined for what is no server's name."""
        wanted = name.strip()
        if not _SERVER.fullmatch(wanted):
            raise Declined(_("Nama server “{name}” tidak sah.").format(name=wanted), _("Contoh: mx.kota.go.id"))
        text: Any = tomlkit.parse(self._office.office_text())
        text["kantor"]["server_autentikasi"] = wanted
        self._setup.save_office(tomlkit.dumps(text))


def _texts(pems: list[bytes]) -> Any:
    array = tomlkit.array()
    for pem in pems:
        array.append(tomlkit.string(pem.decode("ascii"), multiline=True))
    return array.multiline(True)


def _anchor(der: bytes) -> TrustItem:
    facts = parse_certificate(der)
    return TrustItem(facts.sha256, False, facts.subject.common_name or facts.subject.text, facts.not_after)


def _list(der: bytes) -> TrustItem:
    facts = list_facts(der)
    return TrustItem(facts.sha256, True, facts.issuer, facts.next_update)


def _guess(content: bytes) -> tuple[list[bytes], list[bytes]]:
    """DER says nothing of its kind."""
    try:
        parse_certificate(content)
    except LockdeskError:
        try:
            list_facts(content)
        except LockdeskError:
            return [], []
        return [], [content]
    return [content], []
