"""EJBCA's REST interface as its published API describes it, over mutual TLS, with a CA that really signs.

Paths, fields, HTTP statuses, the base64 inside base64 of searches, the milliseconds and the approvals are
EJBCA's; what stands behind them is small.
"""

import base64
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from lockdesk.gateway.ejbca import EjbcaSettings
from tests.servers.small_ca import PASSPHRASE, SmallCa
from tests.servers.web import LoopbackServer, Question, Reply, server_context, status_server

BASE = "/ejbca/ejbca-rest-api/"
AUTHORITY, CERTIFICATE_PROFILE, END_ENTITY_PROFILE = "CA Uji", "PENANDATANGAN", "PEGAWAI"
REASONS = {
    "UNSPECIFIED": x509.ReasonFlags.unspecified,
    "KEY_COMPROMISE": x509.ReasonFlags.key_compromise,
    "SUPERSEDED": x509.ReasonFlags.superseded,
    "CESSATION_OF_OPERATION": x509.ReasonFlags.cessation_of_operation,
}
NUMBERS = {"keyCompromise": 1, "superseded": 4, "cessationOfOperation": 5, "unspecified": 0}


class EjbcaServer:
    """`approval` makes orders wait; `before` and `after` may replace an answer, before or after it takes effect."""

    def __init__(self) -> None:
        self.ca = SmallCa("CA Uji EJBCA")
        self.management = SmallCa("CA Pengelola")
        self.approval = False
        self.before: Callable[[Question], Reply | None] = lambda question: None
        self.after: Callable[[Question], Reply | None] = lambda question: None
        self.users: dict[int, str] = {}
        self.waiting: dict[int, tuple[dict[str, Any], str]] = {}
        self._client = self.management.client_pkcs12()
        self._status = status_server(self.ca)
        self._rest = LoopbackServer(self._answer, server_context(self.management, self.management.certificate))
        self.url = self._rest.url + BASE

    def settings(self, **changes: Any) -> EjbcaSettings:
        usual = {
            "url": self.url,
            "chain_pem": self.ca.pem,
            "tls_pem": self.management.pem,
            "pkcs12": self._client,
            "passphrase": PASSPHRASE,
            "authority": AUTHORITY,
            "certificate_profile": CERTIFICATE_PROFILE,
            "end_entity_profile": END_ENTITY_PROFILE,
        }
        return EjbcaSettings(**(usual | changes))

    @property
    def questions(self) -> list[Question]:
        return self._rest.questions

    def asked(self, words: str) -> int:
        """How many requests had `words` in their path."""
        return sum(words in question.path for question in self._rest.questions)

    def decide(self, number: int, state: str) -> None:
        """What an approver does: "approved" or "rejected"."""
        self.waiting[number] = (self.waiting[number][0], state)

    def stop(self) -> None:
        self._rest.stop()
        self._status.stop()

    # ── the interface ──
    def _answer(self, question: Question) -> Reply:
        if instead := self.before(question):
            return instead
        reply = self._route(question)
        return self.after(question) or reply

    def _route(self, question: Question) -> Reply:
        place = urlsplit(question.path)
        path = place.path.removeprefix(BASE)
        body = json.loads(question.body) if question.body else {}
        routes: list[tuple[str, str, Callable[..., Reply]]] = [
            ("GET", r"v1/ca", self._authorities),
            ("GET", r"v1/ca/([^/]+)/certificate/download", self._download),
            ("POST", r"v1/certificate/pkcs10enroll", lambda: self._enrol(body)),
            ("POST", r"v1/certificate/(\d+)/finalize", lambda number: self._finalize(int(number), body)),
            ("POST", r"v2/certificate/search", lambda: self._search(body)),
            (
                "PUT",
                r"v1/certificate/([^/]+)/([0-9A-Fa-f]+)/revoke",
                lambda issuer, serial: self._revoke(issuer, serial, parse_qs(place.query)["reason"][0]),
            ),
        ]
        for method, pattern, call in routes:
            found = re.fullmatch(pattern, path)
            if method == question.method and found:
                return call(*map(unquote, found.groups()))
        return _error(404, "not found")

    def _authorities(self) -> Reply:
        entry = {"id": 1, "name": AUTHORITY, "subject_dn": self.ca.certificate.subject.rfc4514_string()}
        return _json(200, {"certificate_authorities": [entry]})

    def _download(self, name: str) -> Reply:
        if name != self.ca.certificate.subject.rfc4514_string():
            return _error(404, f"CA with DN: {name} does not exist.")
        return Reply(200, self.ca.pem, {"Content-Type": "application/octet-stream"})

    def _enrol(self, body: dict[str, Any]) -> Reply:
        if (body["certificate_profile_name"], body["end_entity_profile_name"]) != (
            CERTIFICATE_PROFILE,
            END_ENTITY_PROFILE,
        ):
            return _error(400, "End entity profile or certificate profile does not exist")
        if body["certificate_authority_name"] != AUTHORITY:
            return _error(400, "CA with name does not exist")
        if self.approval:
            number = 1000 + len(self.waiting)
            self.waiting[number] = (body, "waiting")
            return _json(202, {"status_code": 202, "info_message": f"Request with Id '{number}' waits for approval"})
        return self._certify(body)

    def _certify(self, body: dict[str, Any]) -> Reply:
        certificate = self.ca.issue_signing(x509.load_pem_x509_csr(body["certificate_request"].encode()))
        self.users[certificate.serial_number] = body["username"]
        der = base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
        serial = f"{certificate.serial_number:X}"
        return _json(201, {"certificate": der, "serial_number": serial, "response_format": "DER"})

    def _finalize(self, number: int, body: dict[str, Any]) -> Reply:
        order, state = self.waiting.get(number, ({}, ""))
        if state == "waiting":
            return _json(202, {"status_code": 202, "info_message": f"Request with Id '{number}' is still waiting"})
        if state != "approved":
            return _error(400, f"Request with Id '{number}' has been {state}")
        if body["password"] != order["password"]:
            return _error(403, "wrong password")
        if order["username"] in self.users.values():
            return _error(400, f"Enrollment with Id '{number}' has already been finalized")
        return self._certify(order)

    def _revoke(self, issuer: str, serial_hex: str, reason: str) -> Reply:
        serial = int(serial_hex, 16)
        if issuer != self.ca.certificate.subject.rfc4514_string() or serial not in self.ca.issued:
            return _error(404, "certificate not found")
        if serial in self.ca.revoked:
            return _error(409, f"Certificate with serial number {serial_hex} has previously been revoked.")
        self.ca.revoke(serial, REASONS[reason])
        told = {"issuer_dn": issuer, "serial_number": serial_hex, "revocation_reason": reason, "revoked": True}
        return _json(200, told | {"message": "Successfully revoked"})

    def _search(self, body: dict[str, Any]) -> Reply:
        wanted = {item["property"]: item["value"] for item in body["criteria"]}
        if wanted["CA"] != AUTHORITY:
            return _error(400, "CA is unknown")
        found = [entry for entry in map(self._entry, self.ca.issued.values()) if _matches(entry, wanted.get("QUERY"))]
        size, page = body["pagination"]["page_size"], body["pagination"]["current_page"]
        summary = {"page_size": size, "current_page": page}
        return _json(200, {"certificates": found[(page - 1) * size : page * size], "pagination_summary": summary})

    def _entry(self, certificate: x509.Certificate) -> dict[str, Any]:
        at, reason = self.ca.revoked.get(certificate.serial_number, (None, None))
        once = base64.b64encode(certificate.public_bytes(Encoding.DER))
        return {
            "serialNumber": f"{certificate.serial_number:X}",
            "subjectDN": certificate.subject.rfc4514_string(),
            "username": self.users.get(certificate.serial_number, ""),
            "status": 40 if at else 20,
            "revocationDate": int(at.timestamp() * 1000) if at else -1,
            "revocationReason": NUMBERS[reason.value] if reason else -1,
            "expireDate": int(certificate.not_valid_after_utc.timestamp() * 1000),
            "base64Cert": base64.b64encode(once).decode(),
        }


def _matches(entry: dict[str, Any], query: str | None) -> bool:
    return query is None or query in (entry["serialNumber"], entry["subjectDN"], entry["username"])


def _json(status: int, value: dict[str, Any]) -> Reply:
    return Reply(status, json.dumps(value).encode(), {"Content-Type": "application/json"})


def _error(status: int, words: str) -> Reply:
    return _json(status, {"error_code": status, "error_message": words})
