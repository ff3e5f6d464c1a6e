"""Evidence for the checks, made by hand: a clean request of one known person, changed where a test says."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.checks.all import run_checks
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.requests.gathering import applicant_from
from lockdesk.desk.values.facts import (
    Address,
    MailFacts,
    RequestFacts,
    StatementFacts,
    StatementFields,
    StatementProblem,
)
from lockdesk.desk.values.people import RegisterEntry, SourcedText
from lockdesk.pki.csr import read_csr
from tests.helpers.authority import pki_material as make

DOMAIN = "pekalongankota.go.id"
OWN = f"sekar@contoh.{DOMAIN}"
AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
FIELDS = StatementFields(
    name="Sekar Contohwati",
    nik="3375995502900001",
    nip="199002152019032999",
    email=OWN,
    letter_date="23 November 2026",
)
TEXT = "Surat pernyataan. Saya lupa passphrase sertifikat elektronik dan memohon pencabutan. " * 3


def mail(sender: str = OWN, **changes: Any) -> MailFacts:
    return replace(MailFacts(Address("Sekar Contohwati", sender), date=AT), **changes)


def person(**changes: str) -> RegisterEntry:
    texts = {"name": FIELDS.name, "nik": FIELDS.nik, "nip": FIELDS.nip, "email": OWN, **changes}
    return RegisterEntry(1, {key: SourcedText(text, "uji", date(2026, 1, 1)) for key, text in texts.items()})


def statement(**changes: Any) -> StatementFacts:
    return replace(StatementFacts(StatementProblem.NONE, 1, TEXT, FIELDS), **changes)


def evidence(csr: bytes = b"", **changes: Any) -> Evidence:
    """`facts` may be changed through the names of RequestFacts, everything else through Evidence's."""
    reading = changes.pop("csr_reading", None) or read_csr(csr or make.request())
    inner = {name: changes.pop(name) for name in RequestFacts.__slots__ if name in changes}
    facts = RequestFacts(mail(), statement(), reading, csr_count=1)
    facts = replace(facts, **inner)
    base = Evidence(facts, applicant_from(facts), AT.date(), AT, (DOMAIN,), 14)
    return replace(base, **{"register": (person(),), **changes})


def found(given: Evidence, check: str) -> Finding:
    return next(item for item in run_checks(given) if item.check == check)


def verdict(given: Evidence, check: str) -> Verdict:
    return found(given, check).verdict
