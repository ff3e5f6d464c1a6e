"""The officer's review: decisions, calls, corrections, and how a request is accepted or turned away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from lockdesk.core.cases import CHOOSABLE_ROUTES, CaseState, CaseStep, Route, rule_for, steps_from
from lockdesk.core.findings import Finding, Verdict
from lockdesk.core.journal import Fact, JournalNote, Words
from lockdesk.core.messages import UNSENT, MessageEvent
from lockdesk.core.operations import OperationKind
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.checks.all import findings_after_calls, run_checks
from lockdesk.desk.checks.comparison import compare_identity
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import NamedBytes, Reader, unheard
from lockdesk.desk.reasons import required
from lockdesk.desk.requests.arrivals import holds_private_key
from lockdesk.desk.requests.calls import CallFault, as_named, call_fault, call_note, call_record, stand_in_words
from lockdesk.desk.requests.gathering import Gathering
from lockdesk.desk.requests.intake import (
    SECRET_RISKS,
    arrived_note,
    document_writes,
    key_writes,
    old_certificate_writes,
    without_bytes,
)
from lockdesk.desk.requests.kept_csr import key_of
from lockdesk.desk.requests.notices import owed
from lockdesk.desk.requests.reopening import barred, recalled, require_recheckable
from lockdesk.desk.requests.scanning import (
    ReportCase,
    ScanReview,
    as_read,
    more_of_a_letter,
    other_papers,
    says_so,
    scanned_letter,
    with_letter,
)
from lockdesk.desk.requests.steps import (
    ADDABLE,
    CHECKABLE,
    NO_RESET_OF_LEAKED,
    REVIEWING,
    awaits_call,
    blockers,
    denied,
    is_hard_stop,
    last_refusal,
    leak_suspected,
    parts_words,
    until_read,
)
from lockdesk.desk.values.cases import CallForm, CaseView, ComparisonRow, DocumentRef
from lockdesk.desk.values.facts import RequestFacts, StatementFacts
from lockdesk.desk.values.marks import marks_of, message_marks
from lockdesk.desk.values.people import APPLICANT_FIELDS, Applicant
from lockdesk.desk.values.person_fields import BY_NAME
from lockdesk.errors import Declined
from lockdesk.words import _


class Review:
    """Every method re-reads the case, so it acts on what is, not on what was on the glass."""

    def __init__(self, casebook: Casebook, office: Office, reader: Reader, gathering: Gathering) -> None:
        self._casebook = casebook
        self._office = office
        self._reader = reader
        self._gathering = gathering
        self._seen: set[int] = set()
        self._being_read: set[int] = set()
        """Cases whose letter OCR is reading: nothing can be decided about them."""

    @staticmethod
    def scanned_letter(case: CaseView) -> DocumentRef | None:
        """The letter that `read_scan` would read; pure."""
        return scanned_letter(case)

    @staticmethod
    def comparison(case: CaseView) -> tuple[ComparisonRow, ...]:
        """The identity comparison of a case; pure."""
        return compare_identity(case)

    # ── plain records ──
    def viewed(self, case_id: int) -> None:
        """Journals a view, once per case and session."""
        if case_id not in self._seen:
            self._seen.add(case_id)
            self._record(case_id, JournalNote("case.viewed"))

    def export_document(self, case_id: int, document_id: int) -> bytes:
        """A stored document's bytes for saving outside; the journal keeps that."""
        content = self._casebook.document(document_id)
        self._record(case_id, JournalNote("document.exported", {"document": document_id, "bytes": len(content)}))
        return content

    def unmask_nik(self, case_id: int, reason: str) -> str:
        """The whole NIK; the journal keeps that and why it was shown."""
        case = self._casebook.case(case_id)
        self._record(case_id, JournalNote("case.nik_unmasked", {"reason": required(reason)}))
        return case.applicant.nik

    def number_shown(self, case_id: int) -> None:
        """The register's telephone number is shown whole to be called: the journal keeps that."""
        self._record(case_id, JournalNote("case.number_shown"))

    def open_for(self, case_id: int, states: frozenset[CaseState]) -> CaseView:
        """The case, while it may still be changed; what was accepted is changed by *Periksa ulang* only."""
        self._require_read(case_id)
        case = self._casebook.case(case_id)
        if case.state not in states:
            raise Declined(
                _("Kasus ini tidak sedang diperiksa."),
                _("Buka kembali pemeriksaan dengan Periksa ulang bila masih diperbolehkan."),
                detail=case.state.value,
                code="case.not_reviewing",
            )
        return case

    def decide(self, case_id: int, check: str, reason: str) -> None:
        """Goes on in spite of a finding. Raises Declined for a hard stop or when there is none such."""
        case = self.open_for(case_id, REVIEWING)
        self._require_another(case)
        finding = self._finding(case, check)
        if is_hard_stop(finding):
            raise Declined(
                _("Temuan ini tidak dapat dikesampingkan."),
                _("Nyatakan tidak sesuai atau minta kelengkapan."),
                code="finding.hard_stop",
            )
        if awaits_call(finding):
            raise Declined(
                _("Temuan ini hanya hilang bila pemohon membenarkannya lewat telepon."), finding.remedy,
                code="finding.by_call",
            )  # fmt: skip
        text = required(reason)
        note = JournalNote("finding.decided", {"check": check, "verdict": finding.verdict.value, "reason": text})
        self._record(case_id, note, c.AddDecision(check, text, finding.kept.evidence, case.basis))

    @staticmethod
    def _finding(case: CaseView, check: str) -> Finding:
        for finding in case.findings:
            if finding.check == check and finding.verdict is not Verdict.PASS:
                return finding
        raise Declined(_("Temuan ini sudah tidak ada."), _("Muat ulang kasus."), code="finding.gone")

    def record_call(self, case_id: int, form: CallForm) -> None:
        """A call counts when it was outgoing, to a register number that predates the request, and confirmed it; for
        what the request is about now. One that denied it stops the case: no further call is recorded."""
        case = self.open_for(case_id, REVIEWING)
        if denied(case):
            raise Declined(
                _("Permohonan ini sudah disangkal lewat telepon."), _("Nyatakan tidak sesuai."), code="case.denied"
            )
        changed = case.basis.changed_since(form.basis) if form.basis is not None else ()
        if changed:
            words = _("Selama panggilan ini berubah: {parts}. Panggilan tidak dicatat.")
            raise Declined(
                words.format(parts=parts_words(changed)),
                _("Periksa kasusnya sekali lagi, lalu telepon pemohon."),
                code="call.outdated",
            )
        other = self._casebook.register_view(form.through_id).entry if form.through_id else None
        if form.through is not None and other is not None:
            form = replace(form, reached=stand_in_words(other))
        in_person = self._office.settings.office.in_person
        counts = call_fault(case, form, self._office.zone, other, in_person) is CallFault.NONE
        named = as_named(case, form) if counts else case.applicant
        about = replace(case, applicant=named)
        call = call_record(about, form, counts, self._office.now())
        about = replace(about, calls=(*case.calls, call))
        if named == case.applicant:
            known = self._gathering.of_person(about.facts, named, about.received_at, about)
            checked: tuple[c.Write, ...] = (c.SetFindings(findings_after_calls(case.findings, known)),)
        else:
            checked = (c.SetApplicant(named), c.SetOldCertificate(None), *_findings(self._gathering.of_case(about)))
        self._record(case_id, call_note(call), c.AddCall(call), *checked)

    def tick(self, case_id: int, item: str, ticked: bool) -> None:
        """The officer's own judgement on a checklist line, kept beside the machine's."""
        case = self.open_for(case_id, CHECKABLE)
        if item not in {line.identifier for line in self._office.at(case.received_at).checklist}:
            raise Declined(_("Butir ini tidak ada dalam daftar periksa."), code="checklist.unknown")
        note = JournalNote("case.ticked", {"item": item, "ticked": ticked})
        self._record(case_id, note, c.SetTick(item, ticked))

    def set_compromised(self, case_id: int, value: bool, reason: str) -> None:
        """Someone else may know the passphrase: the CA is told keyCompromise. A certificate that was to stay is
        revoked then."""
        case = self.open_for(case_id, REVIEWING)
        facts: dict[str, Fact] = {"compromised": value, "reason": required(reason)}
        rerouted: tuple[c.Write, ...] = ()
        if value and case.route is Route.VERIFIER_RESET:
            rerouted = self._rerouted(case, Route.REVOKE_AND_REISSUE)
            facts["route"] = Route.REVOKE_AND_REISSUE.value
        self._record(case_id, JournalNote("case.compromise", facts), c.SetCompromised(value), *rerouted)

    def set_told_in_person(self, case_id: int, value: bool, reason: str) -> None:
        """The applicant cannot open the office mailbox (or can again): what there is to say is said at the counter,
        against a signature. What was not sent yet goes the new way."""
        waiting = [item for item in self._casebook.case(case_id).messages if item.state in UNSENT and item.mail_id]
        anew = tuple(
            write for item in waiting for write in (c.MoveMessage(item.id, MessageEvent.WITHDRAWN), owed(item))
        )
        note = JournalNote("case.told_in_person", {"told_in_person": value, "reason": required(reason)})
        self._record(case_id, note, c.SetToldInPerson(value), *anew)

    def set_route(self, case_id: int, route: Route, reason: str) -> None:
        """Ubah cara penanganan, while nothing has been done. What is demanded of the request follows the route, so
        everything is checked again. Raises Declined for a reset where somebody else may know the passphrase."""
        case = self.open_for(case_id, frozenset({CaseState.UNDER_REVIEW}))
        if route not in CHOOSABLE_ROUTES:
            raise Declined(_("Pakai Selesaikan tanpa pencabutan untuk cara ini."), code="case.route")
        if route is Route.VERIFIER_RESET and leak_suspected(case):
            raise Declined(_(NO_RESET_OF_LEAKED), _("Pilih pencabutan dan penerbitan ulang."), code="case.route_leaked")
        note = JournalNote("case.route", {"route": route.value, "reason": required(reason)})
        self._record(case_id, note, *self._rerouted(case, route))

    def _rerouted(self, case: CaseView, route: Route) -> tuple[c.Write, ...]:
        return (c.SetRoute(route), *self._checked(replace(case, route=route)))

    def correct(self, case_id: int, applicant: Applicant, reason: str) -> None:
        """Corrects the applicant's data; everything is checked again on the corrected data.

        Another person, certificate or contact voids calls and decisions: they were about something else. After
        revocation the applicant stays who the revocation was for.
        """
        case = self.open_for(case_id, frozenset({CaseState.UNDER_REVIEW}))
        cleaned = Applicant(**{name: BY_NAME[name].clean(getattr(applicant, name)) for name in APPLICANT_FIELDS})
        changed = [n for n in APPLICANT_FIELDS if getattr(cleaned, n) != getattr(case.applicant, n)]
        if not changed:
            return
        evidence = self._gathering.evidence(case.facts, cleaned, case.received_at, case.id)
        facts = {"fields": " ".join(changed), "reason": required(reason), **_voids(case, evidence)}
        note = JournalNote("case.corrected", facts, {name: getattr(cleaned, name) for name in changed})
        checked = _findings(evidence)
        outdated: list[c.Write] = []
        if "serial" in changed:
            outdated.append(c.SetOldCertificate(None))  # what is known of the new serial is checked below
        self._record(case_id, note, c.SetApplicant(cleaned), *outdated, *checked)

    def recheck_findings(self, case_id: int) -> None:
        """Runs all checks again, for example after the register was imported."""
        case = self.open_for(case_id, CHECKABLE)
        self._record(case_id, JournalNote("case.checked"), *self._proposed(case))

    def read_scan(self, case_id: int, report: ReportCase | None = None) -> bool:
        """Reads the scanned letter of a case by OCR and checks everything again on what was read.

        Takes seconds: for a background thread, after the case was stored. After every page `report` gets the case as
        far as it is known by then, only to be looked at; what is stored changes once, when the whole letter is read.
        Until then nothing of the case can be decided. Only empty fields of the applicant are filled. False when
        there is no scan to read, when nothing was found, or when the letter was replaced meanwhile. Raises
        Unreachable when documents cannot be opened safely.
        """
        case = self._casebook.case(case_id)
        document = scanned_letter(case)
        if document is None:
            return False
        self._being_read.add(case_id)
        try:
            follow = unheard if report is None else ScanReview(case, self._gathering, report).page_read
            read = self._reader.read_scan(self._casebook.document(document.id), follow)
            return read.ocr and self._keep_read(case_id, document, read, self._better(case, read))
        finally:
            self._being_read.discard(case_id)

    def _better(self, case: CaseView, read: StatementFacts) -> tuple[DocumentRef, StatementFacts] | None:
        """Another paper of the request that is the letter, where the one proposed first is none."""
        if says_so(read):
            return None
        for item in other_papers(case):
            candidate = self._reader.read_scan(self._casebook.document(item.id))
            if more_of_a_letter(candidate, read):
                return item, candidate
        return None

    def _keep_read(
        self,
        case_id: int,
        document: DocumentRef,
        read: StatementFacts,
        better: tuple[DocumentRef, StatementFacts] | None,
    ) -> bool:
        case = self._casebook.case(case_id)
        if scanned_letter(case) != document:
            return False
        roles: tuple[c.Write, ...] = ()
        if better is not None:
            case, roles = (
                _with_other_letter(case, *better),
                (c.SetRole(better[0].id, "statement"), c.SetRole(document.id, "other")),
            )
            read = better[1]
        facts, applicant = as_read(case, read)
        found = [name for name, _place in read.places]
        evidence = self._gathering.proposed(self._gathering.evidence(facts, applicant, case.received_at, case.id))
        told: dict[str, Fact] = {"scan_sha256": document.sha256, "fields": " ".join(found), **_voids(case, evidence)}
        if SECRET_RISKS & set(read.risks):  # neither the paper nor the mail that it came in is kept
            held = [item for item in case.documents if item.role in {"statement", "mail"} and item.stored]
            roles += tuple(c.DestroyContent(item.id) for item in held)
            told["destroyed"] = len(held)
        writes = (*roles, c.SetFacts(without_bytes(facts)), c.SetApplicant(evidence.applicant), *_findings(evidence))
        self._record(case_id, JournalNote("case.checked", told), *writes)
        return True

    def _require_read(self, case_id: int) -> None:
        """Raises Declined while OCR reads the letter: what is known by then is no basis for anything."""
        if case_id in self._being_read:
            raise Declined(_("Surat kasus ini masih dibaca."), until_read(), code="case.being_read")

    def _checked(self, case: CaseView) -> tuple[c.Write, ...]:
        return _findings(self._gathering.of_case(case))

    def _proposed(self, case: CaseView) -> tuple[c.Write, ...]:
        """The same, with the certificate that can only be meant where none was named."""
        known = self._gathering.proposed(self._gathering.of_case(case))
        return (c.SetApplicant(known.applicant), *_findings(known))

    # ── steps ──
    def start(self, case_id: int) -> None:
        case = self._casebook.case(case_id)
        self._step(case, CaseStep.START_REVIEW, {}, *self._proposed(case))

    def ask_applicant(self, case_id: int, words: str) -> None:
        """Asks for what is missing, each line of it in words for the applicant; the clock pauses until the answer."""
        case = self._casebook.case(case_id)
        if case.state is CaseState.REVOKED and not last_refusal(case, OperationKind.REISSUE):
            raise Declined(_("CA belum menolak CSR ini."), _("Minta penerbitan ulang dahulu."), code="csr.not_refused")
        lines = (" ".join(line.split()) for line in words.splitlines())
        asked = "\n".join(dict.fromkeys(filter(None, lines)))
        required(asked)
        step = CaseStep.ASK_APPLICANT if CaseStep.ASK_APPLICANT in steps_from(case.state) else CaseStep.CSR_REFUSED
        self._step(case, step, {"asked": Words(asked)})

    def answer(self, case_id: int, files: Sequence[NamedBytes], arrived_at: datetime | None = None) -> None:
        """Takes in what the applicant sent later; a new CSR or letter is a new version, checked again. The clock goes
        on from when it reached the mailbox, however long it lay there; from now where it came another way."""
        case = self._casebook.case(case_id)
        new = self._reader.read_request(files)
        told, writes = self._taken_in(case, files, new, case.facts.completed_by(new))
        step = CaseStep.NEW_CSR if case.state is CaseState.AWAITING_NEW_CSR else CaseStep.APPLICANT_ANSWERED
        self._step(
            case,
            step,
            {**told, **arrived_note(arrived_at)},
            *writes,
            self.new_deadline(case, arrived_at),
            answered_at=arrived_at,
        )

    def add_files(self, case_id: int, files: Sequence[NamedBytes], original_seen: bool = False) -> None:
        """Takes in what is scanned or photographed at the counter for a case that is being checked: what is missing is
        filled by it, and everything else lies beside, so that no photo takes a letter's place. `original_seen`: the
        officer looked at the paper itself. Raises Declined for a mail, whose sender is judged where it is received."""
        case = self.open_for(case_id, ADDABLE)
        new = self._reader.read_request(files)
        if new.mail is not None:
            raise Declined(
                _("E-mail tidak ditambahkan ke kasus dengan cara ini."),
                _("Terima e-mailnya dari Surat masuk, atau jatuhkan di jendela."),
                code="case.added_mail",
            )
        added = case.facts.lacking(new)
        told, writes = self._taken_in(case, files, added, case.facts.filled_by(added))
        self._record(case_id, JournalNote("case.files_added", {**told, "original_seen": original_seen}), *writes)

    def _taken_in(
        self, case: CaseView, files: Sequence[NamedBytes], new: RequestFacts, facts: RequestFacts
    ) -> tuple[dict[str, Fact], tuple[c.Write, ...]]:
        """What the journal says of files that come to a case, and what is written of them; `facts` with them. A key
        whose private half comes along is burnt, also where its CSR came before."""
        evidence = self._gathering.evidence(facts, case.applicant, case.received_at, case.id)
        burnt: tuple[c.Write, ...] = ()
        if holds_private_key(new):
            with_key = [replace(new, csr=known.csr) for known in (case.facts, facts)]
            burnt = tuple(dict.fromkeys(write for item in with_key for write in key_writes(item, case.applicant)))
        writes = (
            *document_writes(new, files),
            c.SetFacts(without_bytes(facts)),
            *(burnt or key_writes(new, case.applicant)),
            c.AddMarks(marks_of(new)),
            *_findings(evidence),
        )
        return {"files": len(files), **_voids(case, evidence)}, writes

    def keep_with(self, case_id: int, files: Sequence[NamedBytes]) -> None:
        """Keeps what came with a case that asked for nothing: nothing in it takes another document's place."""
        case = self._casebook.case(case_id)
        new = self._reader.read_request(files)
        beside = [
            replace(write, role="other") if isinstance(write, c.StoreDocument) and write.role != "mail" else write
            for write in document_writes(new, files)
        ]
        burnt = key_writes(new, case.applicant) if holds_private_key(new) else ()
        answered = c.AddMarks(message_marks((new.mail.message_id,) if new.mail is not None else ()))
        self._record(case.id, JournalNote("case.mail_kept", {"files": len(files)}), *beside, *burnt, answered)

    def new_deadline(self, case: CaseView, answered_at: datetime | None = None) -> c.SetDeadline:
        """The deadline once the waiting is over: it moves by the open time that the waiting took."""
        ended = answered_at or self._office.now()
        pauses = tuple(replace(pause, end=pause.end or max(pause.start, ended)) for pause in case.pauses)
        start = case.complete_at or case.received_at
        due = self._office.due(start, pauses)
        return c.SetDeadline(start, due)

    def accept(self, case_id: int) -> None:
        """Nyatakan sesuai. Raises Declined with the first thing that still stands in the way.

        Everything is checked once more: the register, the CA and other cases may have changed since.
        """
        case = self.open_for(case_id, REVIEWING)
        self._require_another(case)
        checked = self._checked(case)
        fresh = next(write.findings for write in checked if isinstance(write, c.SetFindings))
        held = blockers(replace(case, findings=fresh))
        if held:
            if fresh != case.findings:
                self._record(case_id, JournalNote("case.checked"), *checked)
            raise Declined(held[0], _("Selesaikan terlebih dahulu."), detail="\n".join(held), code="case.held")
        step = CaseStep.ACCEPT_NEW_CSR if case.state is CaseState.REVIEWING_NEW_CSR else CaseStep.ACCEPT
        self._step(case, step, {"key_sha256": key_of(case)}, *checked)

    def reopen(self, case_id: int, reason: str) -> None:
        """Buka kembali: the case ended by mistake. What was to be told of its end is taken back; the deadline stays,
        but for what was waited for until then. Raises Declined once the applicant was told."""
        case = self._casebook.case(case_id)
        if why := barred(case):
            raise Declined(why, code="case.told")
        if case.state is not CaseState.WITHDRAWN:  # it was a colleague who decided
            self._require_another(case)
        writes = (*recalled(case), c.ReopenCase(), *self._checked(case), self.new_deadline(case))
        self._step(case, CaseStep.REOPEN, {"reason": required(reason)}, *writes)

    def recheck(self, case_id: int, reason: str) -> None:
        """Periksa kembali: takes back that a request, or a new CSR after revocation, was accepted."""
        case = self._casebook.case(case_id)
        if case.state is CaseState.REVOKED:
            require_recheckable(case)
            self._step(case, CaseStep.RECHECK, {"reason": required(reason)})
            return
        writes = (*self._checked(case), self.new_deadline(case))
        self._step(case, CaseStep.RECHECK, {"reason": required(reason)}, *writes)

    def reject(self, case_id: int, reasons: tuple[str, ...]) -> None:
        """Nyatakan tidak sesuai: the reasons are what the rejection letter prints."""
        kept = tuple(required(reason) for reason in reasons if reason.strip())
        if not kept:
            required("")
        self._close(case_id, CaseStep.REJECT, kept)

    def resolve_otherwise(self, case_id: int, route: Route, note: str) -> None:
        """Self-service reset, or not a lost passphrase at all."""
        self._close(case_id, CaseStep.RESOLVE_OTHERWISE, (required(note),), c.SetRoute(route))

    def withdraw(self, case_id: int, reason: str) -> None:
        self._close(case_id, CaseStep.WITHDRAW, (required(reason),))

    def _close(self, case_id: int, step: CaseStep, reasons: tuple[str, ...], *writes: c.Write) -> None:
        case = self._casebook.case(case_id)
        if step is not CaseStep.WITHDRAW:
            self._require_another(case)
        now = self._office.now()
        on_time = None if step is CaseStep.WITHDRAW or case.due_at is None else now <= case.due_at
        why = Words("\n".join(reasons))
        facts: dict[str, Fact] = {"reasons": len(reasons), "on_time": bool(on_time), "reason": why}
        self._step(case, step, facts, *writes, c.CloseCase(on_time, reasons))

    def _require_another(self, case: CaseView) -> None:
        self._office.require_another(case.applicant.nip, case.applicant.email)

    # ── how it is written ──
    def _record(self, case_id: int, note: JournalNote, *writes: c.Write) -> None:
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, writes, case_id=case_id))

    def _step(
        self,
        case: CaseView,
        step: CaseStep,
        facts: dict[str, Fact],
        *writes: c.Write,
        answered_at: datetime | None = None,
    ) -> None:
        self._require_read(case.id)
        rule = rule_for(case.state, step)
        self._casebook.commit(
            c.Change(
                at=self._office.now(),
                actor=self._office.actor(),
                note=JournalNote(rule.journal, facts),
                writes=writes,
                case_id=case.id,
                step=step,
                expected=case.state,
                answered_at=answered_at,
            )
        )


def _with_other_letter(case: CaseView, document: DocumentRef, read: StatementFacts) -> CaseView:
    file = next((item for item in case.facts.others if item.sha256 == document.sha256), None)
    return case if file is None else replace(case, facts=with_letter(case.facts, file, read))


def _findings(evidence: Evidence) -> tuple[c.Write, ...]:
    return (c.SetFindings(run_checks(evidence)), *old_certificate_writes(evidence))


def _voids(case: CaseView, evidence: Evidence) -> dict[str, Fact]:
    """What the change makes another thing than calls and decisions so far were about, for the journal."""
    after = replace(case, facts=evidence.facts, applicant=evidence.applicant, register=evidence.register_entry)
    parts = after.basis.changed_since(case.basis) if case.calls or case.decisions else ()
    return {"voids": " ".join(parts)} if parts else {}
