"""What a telephone call or a decision was about, and whether that still is what the case is about."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from lockdesk.records import dataclass
from lockdesk.words import N_


class CallResult(StrEnum):
    """What the person who was called said; never assumed."""

    CONFIRMED = "confirmed"
    DENIED = "denied"
    UNANSWERED = "unanswered"


class StandIn(StrEnum):
    """Who is called where the applicant's own number is missing or wrong."""

    SUPERIOR = "superior"
    PERSONNEL = "personnel"


class SightedDocument(StrEnum):
    """What a person who is present is known by; looked at, never copied."""

    ID_CARD = "id_card"
    STAFF_CARD = "staff_card"
    LICENCE = "licence"
    PASSPORT = "passport"


class BasisPart(StrEnum):
    """What a forger would change after the call."""

    KEY = "key"
    SERIAL = "serial"
    PERSON = "person"
    CONTACT = "contact"


BASIS_WORDS: Mapping[BasisPart, str] = {
    BasisPart.KEY: N_("kunci pada CSR"),
    BasisPart.SERIAL: N_("nomor seri sertifikat lama"),
    BasisPart.PERSON: N_("identitas pemohon"),
    BasisPart.CONTACT: N_("e-mail atau telepon pemohon"),
}


@dataclass(frozen=True, slots=True)
class NamedCsr:
    """A CSR as it is read out in a call: when it came, its file's name ("": pasted into the mail), its last digits."""

    sha256: str
    """Of the DER: another CSR on the same key is another one."""
    key: str
    """SHA-256 of the SubjectPublicKeyInfo."""
    file: str
    received_at: datetime

    @property
    def tail(self) -> str:
        """The last eight hex digits of the key's fingerprint, in two groups."""
        return f"{self.key[-8:-4]} {self.key[-4:]}".upper()


@dataclass(frozen=True, slots=True)
class Basis:
    """The four things that a call or a decision rests on, as the case has them at one moment."""

    key: str
    """SHA-256 of the CSR's SubjectPublicKeyInfo; "" without a CSR."""
    serials: str
    """The certificate serial, every reading of it."""
    person: str
    """The register's entry, else NIP, NIK or name."""
    other_name: str
    """The applicant's name where it is not the register's; "" where it is."""
    contact: str

    def changed_since(self, before: "Basis | None") -> tuple[BasisPart, ...]:
        """Which of the four are others than they were `before`; all where that is not known.

        A name that is put right, so that it is the register's, is no other person.
        """
        if before is None:
            return tuple(BasisPart)
        renamed = self.other_name not in {"", before.other_name}
        changed = {
            BasisPart.KEY: self.key != before.key,
            BasisPart.SERIAL: self.serials != before.serials,
            BasisPart.PERSON: self.person != before.person or renamed,
            BasisPart.CONTACT: self.contact != before.contact,
        }
        return tuple(part for part, is_other in changed.items() if is_other)
