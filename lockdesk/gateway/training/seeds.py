"""The old certificates that the training CA has from its first day on."""

import base64
import json
from datetime import datetime
from pathlib import Path

from lockdesk.records import dataclass


@dataclass(frozen=True, slots=True)
class SeedCertificate:
    """One old certificate of a person in the samples.

    `serial_number` is the NIP or NIK (2.5.4.5); `spki` the DER SubjectPublicKeyInfo whose private half
    nobody has; the times are aware.
    """

    name: str
    organization: str
    email: str
    serial_number: str
    serial: int
    spki: bytes
    not_before: datetime
    not_after: datetime


def load_seeds(path: Path) -> tuple[SeedCertificate, ...]:
    """The seeds in `path` (JSON, made by resources/samples/make_samples.py)."""
    rows = json.loads(path.read_text(encoding="utf-8"))["certificates"]
    return tuple(
        SeedCertificate(
            name=row["name"],
            organization=row["organization"],
            email=row["email"],
            serial_number=row["serial_number"],
            serial=int(row["serial"], 16),
            spki=base64.b64decode(row["spki"]),
            not_before=datetime.fromisoformat(row["not_before"]),
            not_after=datetime.fromisoformat(row["not_after"]),
        )
        for row in rows
    )
