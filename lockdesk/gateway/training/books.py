"""What the training CA knows, rebuilt from its ledger at every start."""

import base64
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from lockdesk.core.operations import RevocationReason
from lockdesk.desk.values.authority import EnrolmentOrder
from lockdesk.gateway.training.authority import Authority, Revocation
from lockdesk.gateway.training.ledger import Ledger
from lockdesk.records import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One issued certificate. `request_id` is "" for seeds and practice certificates."""

    serial: int
    key_sha256: str
    der: bytes
    request_id: str
    revocation: Revocation | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """An enrolment that waits for approval; `refusal` holds the words when it was turned down."""

    order: EnrolmentOrder
    key_sha256: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class StoredCrl:
    """The CRL last signed, with so many entries. `der` is kept while the program runs: in the ledger the lists, each
    as long as all revocations before it, would outgrow everything else. Ledgers of earlier versions hold them."""

    number: int
    at: datetime
    der: bytes = b""
    entries: int = 0


class Books:
    """The CA's memory: every change is one durable record first, then the picture in memory.

    Not thread-safe: the gateway holds one lock around it.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._ledger = Ledger(path, key)
        self.entries: dict[int, Entry] = {}
        self.by_key: dict[str, list[int]] = {}
        self.by_request: dict[str, int] = {}
        self.pending: dict[str, Pending] = {}
        self.crl: StoredCrl | None = None
        self._root: Authority | None = None
        for record in self._ledger.records:
            self._apply(json.loads(record))
        self._ledger.records[:] = [b""] * len(self._ledger.records)  # only their number is needed from here on

    @property
    def authority(self) -> Authority:
        """The root; made at the first call of a new ledger."""
        if self._root is None:
            made = Authority.create()
            self._write({"kind": "root", "key": _text(made.key_der()), "der": _text(made.der)})
        assert self._root is not None
        return self._root

    def add_certificate(self, serial: int, key_sha256: str, der: bytes, request_id: str = "") -> None:
        self._write(
            {
                "kind": "issued",
                "serial": f"{serial:x}",
                "key_sha256": key_sha256,
                "der": _text(der),
                "request_id": request_id,
            }
        )

    def add_revocation(self, revocation: Revocation) -> None:
        self._write(
            {
                "kind": "revoked",
                "serial": f"{revocation.serial:x}",
                "reason": int(revocation.reason),
                "at": revocation.at.isoformat(),
            }
        )

    def add_pending(self, order: EnrolmentOrder, key_sha256: str) -> None:
        self._write(
            {
                "kind": "pending",
                "request_id": order.request_id,
                "csr": _text(order.csr_der),
                "common_name": order.common_name,
                "organization": order.organization,
                "email": order.email,
                "serial_number": order.serial_number,
                "key_sha256": key_sha256,
            }
        )

    def add_refusal(self, request_id: str, words: str) -> None:
        self._write({"kind": "declined", "request_id": request_id, "words": words})

    def add_crl(self, number: int, at: datetime, der: bytes, entries: int) -> None:
        self._write({"kind": "crl", "number": number, "at": at.isoformat()})
        self.crl = StoredCrl(number, at, der, entries)

    def revocations(self) -> list[Revocation]:
        """All of them, in the order they happened."""
        found = [entry.revocation for entry in self.entries.values() if entry.revocation is not None]
        return sorted(found, key=lambda item: item.at)

    def close(self) -> None:
        self._ledger.close()

    def _write(self, record: dict[str, Any]) -> None:
        self._ledger.append(json.dumps(record, ensure_ascii=False).encode())
        self._ledger.records[-1] = b""
        self._apply(record)

    def _apply(self, record: dict[str, Any]) -> None:
        getattr(self, f"_apply_{record['kind']}")(record)

    def _apply_root(self, record: dict[str, Any]) -> None:
        self._root = Authority(_bytes(record["key"]), _bytes(record["der"]))

    def _apply_issued(self, record: dict[str, Any]) -> None:
        serial, request_id = int(record["serial"], 16), record["request_id"]
        self.entries[serial] = Entry(serial, record["key_sha256"], _bytes(record["der"]), request_id)
        self.by_key.setdefault(record["key_sha256"], []).append(serial)
        if request_id:
            self.by_request[request_id] = serial
            self.pending.pop(request_id, None)

    def _apply_revoked(self, record: dict[str, Any]) -> None:
        serial = int(record["serial"], 16)
        at = datetime.fromisoformat(record["at"])
        revocation = Revocation(serial, RevocationReason(record["reason"]), at)
        self.entries[serial] = replace(self.entries[serial], revocation=revocation)

    def _apply_pending(self, record: dict[str, Any]) -> None:
        order = EnrolmentOrder(
            record["request_id"],
            _bytes(record["csr"]),
            record["common_name"],
            record["organization"],
            record["email"],
            record["serial_number"],
        )
        self.pending[order.request_id] = Pending(order, record["key_sha256"])

    def _apply_declined(self, record: dict[str, Any]) -> None:
        held = self.pending[record["request_id"]]
        self.pending[record["request_id"]] = replace(held, refusal=record["words"])

    def _apply_crl(self, record: dict[str, Any]) -> None:
        self.crl = StoredCrl(record["number"], datetime.fromisoformat(record["at"]))


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
