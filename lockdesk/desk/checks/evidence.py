"""All that the checks may look at: the facts read, and what the desk knows already."""

from dataclasses import field
from datetime import UTC, date, datetime, tzinfo

from lockdesk.demands import Demands
from lockdesk.desk.casebook import KeyUse, MarkUse
from lockdesk.desk.values.authority import CertificateRecord
from lockdesk.desk.values.cases import CallRecord, CaseRow, UsableCertificate
from lockdesk.desk.values.facts import RequestFacts
from lockdesk.desk.values.people import Applicant, RegisterEntry
from lockdesk.records import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """Gathered once, then every check is a pure function of it.

    `register` are the entries found by the applicant's NIP, NIK or e-mail. `old_certificates` are what the
    CA answered for the serial; `ca_asked` is False where nobody could ask (no database, CA out of reach).
    `marks` are earlier cases with the same letter or CSR. `authserv_id` is the name that the office's own
    mail server signs its Authentication-Results with ("": any under `mail_domains`).
    `usable` are the applicant's certificates in force, as far as register and CA know them; `confirming` the calls
    that confirm the request as it is. `known` is False for `lockdesk inspect`, which has no casebook. `zone` is the
    office's: a moment falls on a day of it.
    """

    facts: RequestFacts
    applicant: Applicant
    received_on: date
    received_at: datetime
    mail_domains: tuple[str, ...]
    statement_max_age_days: int
    known: bool = False
    register: tuple[RegisterEntry, ...] = ()
    old_certificates: tuple[CertificateRecord, ...] = ()
    ca_asked: bool = False
    ca_key_records: tuple[CertificateRecord, ...] = ()
    key_uses: tuple[KeyUse, ...] = ()
    other_cases: tuple[CaseRow, ...] = ()
    case_id: int | None = None
    marks: tuple[MarkUse, ...] = ()
    accept_ed25519: bool = False
    authserv_id: str = ""
    mail_max_age_days: int = 7
    demands: Demands = field(default_factory=Demands)
    usable: tuple[UsableCertificate, ...] = ()
    confirming: tuple[CallRecord, ...] = ()
    zone: tzinfo = UTC

    @property
    def register_entry(self) -> RegisterEntry | None:
        """The one entry; two people with one e-mail or number give None."""
        return self.register[0] if len(self.register) == 1 else None
