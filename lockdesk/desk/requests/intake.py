"""Receiving a request: read in the sealed child, checked, numbered and stored in one step."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from lockdesk.core.cases import FINAL_STATES, CaseState, CaseStep
from lockdesk.core.findings import Finding
from lockdesk.core.journal import JournalNote, Words
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.checks.all import run_checks
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import MAIL_SUFFIXES, NamedBytes, Reader
from lockdesk.desk.requests.arrivals import (
    Arrival,
    AwaitedCases,
    Question,
    asks_for_something,
    holds_private_key,
    is_only_certificate,
)
from lockdesk.desk.requests.gathering import Gathering, applicant_from
from lockdesk.desk.requests.persons import table_rows
from lockdesk.desk.values.cases import CaseRow, CaseView, IntakeChannel, Received
from lockdesk.desk.values.emergency import EmergencyEntry
from lockdesk.desk.values.facts import Attachment, AttachmentKind, MailFacts, RequestFacts
from lockdesk.desk.values.marks import marks_of
from lockdesk.desk.values.people import APPLICANT_FIELDS, Applicant
from lockdesk.errors import Declined
from lockdesk.pki.subjects import one_line
from lockdesk.words import _, moment_words

MAIL_CAP = 40 * 1024 * 1024
"""Bytes of a raw mail that are kept; above it only the hash and the refusal."""


class Intake:
    """Takes requests in. Called on worker threads."""

    def __init__(
        self, casebook: Casebook, office: Office, reader: Reader, gathering: Gathering, gateway_name: Callable[[], str]
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._reader = reader
        self._gathering = gathering
        self._gateway_name = gateway_name
        self._awaited = AwaitedCases(casebook)

    def look(self, files: Sequence[NamedBytes], channel: IntakeChannel) -> Arrival | Received:
        """What the files seem to be, with the question that the officer is to be asked first; nothing is stored and no
        number given. The case itself of a mail that came before.

        Raises Declined when there is nothing to receive, Unreachable when documents cannot be opened safely.
        """
        if not files:
            raise Declined(_("Tidak ada berkas untuk diterima."), _("Pilih berkas .eml, atau CSR dan PDF."))
        digest = _digest(files)
        seen = self._known(digest)
        if seen is not None:
            return seen
        read = self._reader.read_requests(files)
        if is_only_certificate(read.whole):
            raise Declined(
                _("Ini sertifikat, bukan permohonan. Kasus baru tidak dibuka."),
                _("Buka kasus yang menunggu sertifikat baru, lalu pilih Masukkan sertifikat baru."),
                code="intake.certificate",
            )
        awaited = self._awaited.answered_by(read.whole)
        if awaited:
            question = Question.ANSWER
        elif read.parts:
            question = Question.SEVERAL
        else:
            question = Question.NONE if asks_for_something(read.whole) else Question.NO_REQUEST
        return Arrival(tuple(files), channel, digest, question, read.whole, read.parts, read.names, awaited)

    def take(
        self, arrival: Arrival, apart: bool = False, received_at: datetime | None = None, unsure: bool = False
    ) -> tuple[Received, ...]:
        """Opens the case of what was looked at; `apart`: one for each of the people in it, each with its own papers.
        `received_at`: when it reached the mailbox; now where nobody knows. `unsure`: what it is stays an open question
        of the case.

        The mail's digest goes with the last of them, one of its own with each before: where the program stops between
        them, the mail can be taken again, and who has a case by then gets no second one.
        """
        # the one who sent papers of several people is the applicant of none of them
        whole = arrival.whole
        if len(table_rows(whole.statement)) < 2:  # else one letter names them all, and one of them is chosen
            whole = replace(whole, also_named=arrival.names)
        kept = arrival.parts if apart else (whole,)
        requests = [replace(part, mail=None) for part in kept] if apart else kept
        applicants = [applicant_from(facts) for facts in requests]
        digests = [*(f"{arrival.digest}/{n}" for n in range(1, len(kept))), arrival.digest]
        roles = () if apart else arrival.roles
        received = tuple(
            self._known(digest)
            or self._open_case(arrival.files, facts, applicant, arrival.channel, digest, received_at, roles=roles)
            for facts, applicant, digest in zip(kept, applicants, digests, strict=True)
        )
        for case in received if unsure else ():
            self._leave_open(case.case_id, arrival.words)
        return received

    def _leave_open(self, case_id: int, question: str) -> None:
        note = JournalNote("case.left_open", {"question": Words(question)})
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, case_id=case_id))

    def _known(self, digest: str) -> Received | None:
        """The case that came with this digest before."""
        seen = self._casebook.case_with_mail(digest)
        return None if seen is None else Received(seen, self._casebook.row(seen).number, known=True)

    def receive(self, files: Sequence[NamedBytes], channel: IntakeChannel) -> Received:
        """Takes the files in as one new request, for whoever asks nobody. Raises Declined, as `look` does, and for
        files that are no request."""
        arrival = self.look(files, channel)
        if isinstance(arrival, Received):
            return arrival
        if arrival.question is Question.NO_REQUEST:
            raise Declined(
                _("Berkas ini bukan permohonan: tidak ada surat pernyataan maupun CSR yang terbaca di dalamnya."),
                _("Pilih e-mail permohonan, atau surat pernyataan beserta CSR."),
                code="intake.no_request",
            )
        return self.take(arrival)[0]

    def receive_walk_in(
        self,
        applicant: Applicant,
        files: Sequence[NamedBytes],
        told_in_person: bool = False,
        emergency: EmergencyEntry | None = None,
    ) -> Received:
        """Opens a case for somebody at the counter: what was typed comes before what the letter says. Who cannot open
        the office mailbox is told at the counter. `emergency`: it was taken on a form while there was no power; the
        clock counts from then. Raises Declined for a form that was not printed, or was entered before."""
        if emergency is not None:
            self._require_enterable(emergency)
        facts = self._reader.read_request(files)
        found = applicant_from(facts)
        merged = Applicant(**{name: getattr(applicant, name) or getattr(found, name) for name in APPLICANT_FIELDS})
        digest = _digest(files) if files else ""
        told = (c.SetToldInPerson(True),) if told_in_person else ()
        return self._open_case(files, facts, merged, IntakeChannel.WALK_IN, digest, besides=told, emergency=emergency)

    def _require_enterable(self, entry: EmergencyEntry) -> None:
        local = entry.received_at.astimezone(self._office.zone)
        printed = (item for item in self._casebook.emergency_prints(_year_of(entry.number)))
        made = next((item for item in printed if entry.number in item.forms.numbers), None)
        known = self._casebook.case_of_emergency_form(entry.number)
        if made is None:
            raise Declined(
                _("Formulir {number} tidak pernah dicetak.").format(number=entry.number),
                _("Periksa nomornya pada lembar formulir."),
                code="emergency.unknown",
            )
        if known:
            raise Declined(
                _("Formulir {number} sudah dicatat sebagai kasus {case}.").format(number=entry.number, case=known),
                _("Buka kasus itu."),
                code="emergency.entered",
            )
        if not made.at <= entry.received_at <= self._office.now():
            raise Declined(
                _("Waktu penerimaan {when} tidak mungkin: formulir ini dicetak {printed}.").format(
                    when=moment_words(local, self._office.zone), printed=moment_words(made.at, self._office.zone)
                ),
                _("Periksa tanggal dan jam pada formulir."),
                code="emergency.time",
            )

    def receive_beside(self, case: CaseView, files: Sequence[NamedBytes], facts: RequestFacts) -> Received:
        """Opens a case for another person whom the papers of a stored one name; it came when they came."""
        return self._open_case(files, facts, applicant_from(facts), case.channel, "", case.received_at)

    def _open_case(
        self,
        files: Sequence[NamedBytes],
        facts: RequestFacts,
        applicant: Applicant,
        channel: IntakeChannel,
        digest: str,
        received_at: datetime | None = None,
        besides: tuple[c.Write, ...] = (),
        emergency: EmergencyEntry | None = None,
        roles: tuple[tuple[str, str], ...] = (),
    ) -> Received:
        now = self._office.now()
        received_at = emergency.received_at if emergency is not None else received_at or now
        form = emergency.number if emergency is not None else ""
        evidence = self._gathering.proposed(self._gathering.evidence(facts, applicant, received_at, None))
        applicant = evidence.applicant
        findings = run_checks(evidence)
        previous = _previous(evidence.other_cases)
        new_case = c.NewCase(
            channel=channel,
            gateway=self._gateway_name(),
            applicant=applicant,
            received_at=received_at,
            given_on=self._office.today(),
            practice=self._office.settings.practice,
            mail_sha256=digest,
            previous_id=previous.id if previous else None,
            emergency_form=form,
        )
        note = _note(
            facts, findings, applicant, digest, previous, channel, received_at if received_at != now else None, form
        )
        if roles:
            said = " ".join(f"{role}:{sha256[:16]}" for sha256, role in roles)
            note = replace(note, facts={**note.facts, "roles_chosen": said})
        change = c.Change(
            at=now,
            actor=self._office.actor(),
            note=note,
            step=CaseStep.REGISTER,
            expected=CaseState.DRAFT,
            writes=(new_case, *self._contents(evidence, files, findings, applicant), *besides),
        )
        committed = self._casebook.commit(change)
        assert committed.case_id is not None
        return Received(committed.case_id, committed.number)

    def _contents(
        self,
        evidence: Evidence,
        files: Sequence[NamedBytes],
        findings: tuple[Finding, ...],
        applicant: Applicant,
    ) -> tuple[c.Write, ...]:
        complete = self._office.calendar.next_open(evidence.received_at)
        return (
            c.SetDeadline(complete, self._office.due(complete)),
            *document_writes(evidence.facts, files),
            c.SetFacts(without_bytes(evidence.facts)),
            c.SetFindings(findings),
            *key_writes(evidence.facts, applicant),
            c.AddMarks(marks_of(evidence.facts)),
            *old_certificate_writes(evidence),
        )


def arrived_note(arrived_at: datetime | None) -> dict[str, str]:
    """For the journal: since when the clock counts, where that is not the moment of the entry."""
    return {} if arrived_at is None else {"arrived_at": arrived_at.isoformat()}


def _year_of(form: str) -> int:
    year = form.split("-")[1] if form.count("-") == 2 else ""
    return int(year) if year.isdigit() and len(year) == 4 else 0


def _digest(files: Sequence[NamedBytes]) -> str:
    """The SHA-256 of one file, or of the sorted digests of several."""
    digests = sorted(hashlib.sha256(item.content).hexdigest() for item in files)
    return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _previous(rows: tuple[CaseRow, ...]) -> CaseRow | None:
    """The newest ended case of the person that this one repeats: a rejected or withdrawn one."""
    repeated = {CaseState.REJECTED, CaseState.WITHDRAWN}
    return next((row for row in rows if row.state in repeated and row.state in FINAL_STATES), None)


def _note(
    facts: RequestFacts,
    findings: tuple[Finding, ...],
    applicant: Applicant,
    digest: str,
    previous: CaseRow | None,
    channel: IntakeChannel,
    arrived_at: datetime | None,
    emergency_form: str,
) -> JournalNote:
    failing = sorted({finding.check for finding in findings if finding.verdict == "fail"})
    public = {
        "channel": channel.value,
        "request_sha256": digest,
        "failing": " ".join(failing),
        **arrived_note(arrived_at),
    }
    if emergency_form:
        public["emergency_form"] = emergency_form
    if previous is not None:
        public["repeats"] = previous.number
    if facts.csr.facts is not None:
        public["key_sha256"] = facts.csr.facts.key.sha256
    if facts.statement_file is not None:
        public["statement_sha256"] = facts.statement_file.sha256
    return JournalNote("case.received", public, {"name": applicant.name, "nik": applicant.nik, "nip": applicant.nip})


SECRET_RISKS = {"private_key", "passphrase"}


def holds_secret(facts: RequestFacts) -> bool:
    """Whether the raw mail must not be kept: a part of it must not, or could not be searched."""
    in_text = facts.mail is not None and "passphrase_in_text" in facts.mail.defects
    withheld = any(item.withheld in {"key", "secret", "closed", "locked"} for item in facts.attachments)
    return in_text or withheld or bool(SECRET_RISKS & set(facts.statement.risks)) or holds_private_key(facts)


def document_writes(facts: RequestFacts, files: Sequence[NamedBytes]) -> tuple[c.Write, ...]:
    """The original bytes up to the cap; nothing that holds a secret, the raw mail included."""
    writes: list[c.Write] = []
    secret = holds_secret(facts)
    if facts.mail is not None and files:
        raw = next((item for item in files if item.name.lower().endswith(MAIL_SUFFIXES)), files[0])
        keep = not secret and len(raw.content) <= MAIL_CAP
        writes.append(
            c.StoreDocument(
                "mail",
                one_line(raw.name),
                AttachmentKind.MAIL,
                len(raw.content),
                hashlib.sha256(raw.content).hexdigest(),
                raw.content if keep else None,
            )
        )
    for role, item in _roles(facts):
        writes.append(c.StoreDocument(role, item.name, item.kind, item.size, item.sha256, item.content))
    if facts.csr.der is not None:
        der = facts.csr.der
        writes.append(
            c.StoreDocument("csr_der", "csr.der", AttachmentKind.CSR, len(der), hashlib.sha256(der).hexdigest(), der)
        )
    return tuple(writes)


def _roles(facts: RequestFacts) -> list[tuple[str, Attachment]]:
    chosen = [("statement", facts.statement_file), ("csr", facts.csr_file)]
    named = [(role, item) for role, item in chosen if item is not None]
    return named + [("other", item) for item in facts.others]


def key_writes(facts: RequestFacts, applicant: Applicant) -> tuple[c.Write, ...]:
    """Remembers the CSR's key: burnt when its private half was sent along."""
    if facts.csr.facts is None:
        return ()
    use = "burnt" if holds_private_key(facts) else "csr"
    return (c.AddKeyUse(facts.csr.facts.key.sha256, use, applicant.nik, applicant.nip),)


def old_certificate_writes(evidence: Evidence) -> tuple[c.Write, ...]:
    records = evidence.old_certificates
    known = (c.SetUsable(evidence.usable),)
    return (c.SetOldCertificate(records[0] if records else None), *known) if evidence.ca_asked else known


def without_bytes(facts: RequestFacts) -> RequestFacts:
    """The same facts with the documents' bytes taken out: those live in the blob table.

    Empty bytes stand for "kept there"; None goes on meaning "must not be kept".
    """
    mail: MailFacts | None = facts.mail
    if mail is not None:
        mail = replace(mail, attachments=tuple(_bare(item) for item in mail.attachments))
    return replace(
        facts,
        mail=mail,
        csr=replace(facts.csr, der=None),
        statement_file=None if facts.statement_file is None else _bare(facts.statement_file),
        csr_file=None if facts.csr_file is None else _bare(facts.csr_file),
        others=tuple(_bare(item) for item in facts.others),
    )


def _bare(item: Attachment) -> Attachment:
    return item if item.content is None else replace(item, content=b"")
