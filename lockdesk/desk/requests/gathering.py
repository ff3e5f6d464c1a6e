"""Gathers the evidence for the checks: what the register, the casebook and the CA know of a request."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from lockdesk.core.cases import Route
from lockdesk.demands import in_force
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.holders import is_proved_of, known_person, names_another
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Gateway, works_by_hand
from lockdesk.desk.values.authority import CertificateRecord, CertificateStatus
from lockdesk.desk.values.cases import CaseView, UsableCertificate
from lockdesk.desk.values.facts import RequestFacts
from lockdesk.desk.values.marks import marks_of
from lockdesk.desk.values.people import APPLICANT_FIELDS, Applicant, RegisterEntry
from lockdesk.desk.values.person_fields import BY_NAME
from lockdesk.errors import LockdeskError
from lockdesk.pki.values import parse_serial


def applicant_from(facts: RequestFacts) -> Applicant:
    """The applicant as the letter names him or her. Only while no letter was read the case goes by its sender, or by
    its CSR: what they say confirms a letter, it never fills it up."""
    fields, unread = facts.statement.fields, not facts.statement.has_text
    sender = facts.mail.sender if facts.mail and unread else None
    csr = facts.csr.facts if unread else None
    said = {name: getattr(fields, name) for name in APPLICANT_FIELDS}
    said["name"] = said["name"] or (sender.name.strip() if sender else "") or (csr.subject.common_name if csr else "")
    said["email"] = said["email"] or (sender.mailbox if sender else "")
    return Applicant(**{name: BY_NAME[name].clean(text) for name, text in said.items()})


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
        case = None if case_id is None else self._casebook.case(case_id)
        return self._all(facts, applicant, received_at, case)

    def of_case(self, case: CaseView) -> Evidence:
        """Everything known about a case as it is given, stored or not."""
        return self._all(case.facts, case.applicant, case.received_at, case)

    def proposed(self, known: Evidence) -> Evidence:
        """Where nobody named a serial, with the only certificate of the applicant that can be meant. A serial that
        the letter leaves in doubt is no empty one."""
        named = known.applicant.serial or "serial" in dict(known.facts.statement.doubted)
        if named or len(known.usable) != 1:
            return known
        applicant = replace(known.applicant, serial=known.usable[0].serial)
        return self.evidence(known.facts, applicant, known.received_at, known.case_id)

    def _all(self, facts: RequestFacts, applicant: Applicant, received_at: datetime, case: CaseView | None) -> Evidence:
        case_id = None if case is None else case.id
        known = replace(
            self.of_person(facts, applicant, received_at, case),
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
            records = self.old_certificates(applicant.serial, case)
            usable = _in_force(gateway, known) if gateway.searches else known.usable
        except LockdeskError:
            return known
        asked = gateway.searches or bool(records)
        return replace(known, ca_asked=asked, old_certificates=records, ca_key_records=by_key, usable=usable)

    def of_person(
        self, facts: RequestFacts, applicant: Applicant, received_at: datetime, case: CaseView | None = None
    ) -> Evidence:
        """The request, what the register knows of the person and what was said in calls; the CA is not asked."""
        office = self._office.at(received_at)
        stays = case is not None and case.route is Route.VERIFIER_RESET
        register = self._casebook.register_find(applicant.nik, applicant.nip, applicant.email)
        known = Evidence(
            facts=facts,
            applicant=applicant,
            received_on=received_at.astimezone(office.zone).date(),
            received_at=received_at,
            mail_domains=office.mail_domains,
            statement_max_age_days=office.statement_max_age_days,
            known=True,
            register=register,
            accept_ed25519=office.accept_ed25519,
            authserv_id=office.authserv_id,
            mail_max_age_days=office.mail_max_age_days,
            demands=in_force(office.demands, works_by_hand(self._gateway), stays),
            zone=office.zone,
        )
        entry = known.register_entry
        if case is None:
            return replace(known, usable=_listed(entry, ()))
        about = replace(case, facts=facts, applicant=applicant, register=entry)
        same = about.basis.person == case.basis.person  # another person's certificates are none of this one's
        usable = _listed(entry, case.usable if same else ())
        return replace(known, usable=usable, confirming=about.confirming_calls())

    def old_certificates(self, serial: str, case: CaseView | None) -> tuple[CertificateRecord, ...]:
        """What the CA has under any reading of the written serial, or what the officer brought where it cannot
        be searched. May raise Unreachable."""
        readings = sorted(parse_serial(serial))
        if self._gateway().searches:
            found = (self._gateway().find_by_serial(number) for number in readings)
            return tuple(record for record in found if record is not None)
        brought = case.old_certificate if case is not None else None
        return (brought,) if brought is not None and brought.facts.serial in readings else ()


def _listed(entry: RegisterEntry | None, known: Sequence[UsableCertificate]) -> tuple[UsableCertificate, ...]:
    """What the CA or its portal said of the applicant's certificates before, and those that the register lists
    besides; a CA that is out of reach takes nothing back."""
    read = [item for item in known if item.source != "register"]
    serials = entry.serials if entry is not None else ()
    more = [UsableCertificate(serial, "register") for serial in serials if serial not in {x.serial for x in read}]
    return (*read, *more)


def _in_force(gateway: Gateway, known: Evidence) -> tuple[UsableCertificate, ...]:
    """The applicant's certificates that the CA has in force: by the register's serials, by NIP, NIK and e-mail."""
    person = known_person(known.applicant, known.register_entry)
    by_holder = gateway.find_by_holder(frozenset(person[name] for name in ("nik", "nip", "email")) - {""})
    own = [record for record in by_holder if is_proved_of(record.facts.subject, person)]
    listed = (gateway.find_by_serial(int(item.serial.replace(":", ""), 16)) for item in known.usable)
    records = {record.facts.serial: record for record in (*own, *listed) if record is not None}
    return tuple(
        UsableCertificate(record.facts.serial_hex, "ca", record.facts.not_after)
        for record in records.values()
        if record.status is CertificateStatus.GOOD and not names_another(record.facts.subject, person)
    )
