"""Gathers the evidence for the checks: what the register, the casebook and the CA know of a request."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from lockdesk.core.identity import digits, normal_phone
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Gateway
from lockdesk.desk.values.authority import CertificateRecord
from lockdesk.desk.values.facts import RequestFacts
from lockdesk.desk.values.marks import marks_of
from lockdesk.desk.values.people import Applicant
from lockdesk.errors import LockdeskError
from lockdesk.pki.values import parse_serial


def applicant_from(facts: RequestFacts) -> Applicant:
    """The applicant as the letter names him or her. Only while no letter was read the case goes by its sender, or by
    its CSR: what they say confirms a letter, it never fills it up."""
    fields, unread = facts.statement.fields, not facts.statement.has_text
    sender = facts.mail.sender if facts.mail and unread else None
    csr = facts.csr.facts if unread else None
    return Applicant(
        name=" ".join((fields.name or (sender.name if sender else "")).split())
        or (csr.subject.common_name if csr else ""),
        nik=digits(fields.nik),
        nip=digits(fields.nip),
        position=fields.position,
        agency=fields.agency,
        email=(fields.email or (sender.mailbox if sender else "")).casefold(),
        phone=normal_phone(fields.phone) or fields.phone,
        serial=fields.serial,
    )


class Gathering:
    """Asks everybody who may know something; a CA out of reach is noted, not raised."""

    def __init__(self, casebook: Casebook, office: Office, gateway: Callable[[], Gateway]) -> None:
        self._casebook = casebook
        self._office = office
        self._gateway = gateway

    def evidence(
        self, facts: RequestFacts, applicant: Applicant, received_at: datetime, case_id: int | None
    ) -> Evidence:
        """Everything known about a request that was received at `received_at`."""
        known = replace(
            self.of_person(facts, applicant, received_at),
            other_cases=self._casebook.cases_of_person(applicant.nik, applicant.nip),
            case_id=case_id,
            marks=self._casebook.mark_uses(marks_of(facts), case_id),
        )
        key = facts.csr.facts.key.sha256 if facts.csr.facts else ""
        if key:
            known = replace(known, key_uses=self._casebook.key_uses(key, case_id))
        try:
            gateway = self._gateway()
            by_key = gateway.find_by_key(key) if key and gateway.searches else ()
            records = self.old_certificates(applicant.serial, case_id)
        except LockdeskError:
            return known
        asked = gateway.searches or bool(records)
        return replace(known, ca_asked=asked, old_certificates=records, ca_key_records=by_key)

    def of_person(self, facts: RequestFacts, applicant: Applicant, received_at: datetime) -> Evidence:
        """The request and what the register knows of the person: enough to compare a certificate's holder."""
        office = self._office.settings.office
        return Evidence(
            facts=facts,
            applicant=applicant,
            received_on=received_at.astimezone(office.zone).date(),
            received_at=received_at,
            mail_domains=office.mail_domains,
            statement_max_age_days=office.statement_max_age_days,
            known=True,
            register=self._casebook.register_find(applicant.nik, applicant.nip, applicant.email),
            accept_ed25519=office.accept_ed25519,
            authserv_id=office.authserv_id,
            mail_max_age_days=office.mail_max_age_days,
        )

    def old_certificates(self, serial: str, case_id: int | None) -> tuple[CertificateRecord, ...]:
        """What the CA has under any reading of the written serial, or what the officer brought where it cannot
        be searched. May raise Unreachable."""
        readings = sorted(parse_serial(serial))
        if self._gateway().searches:
            found = (self._gateway().find_by_serial(number) for number in readings)
            return tuple(record for record in found if record is not None)
        brought = self._casebook.case(case_id).old_certificate if case_id is not None else None
        return (brought,) if brought is not None and brought.facts.serial in readings else ()
