"""Complaints at the counter and elsewhere: received, answered, escalated, resolved; never deleted."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from lockdesk.core.complaints import (
    ANSWERS,
    ComplaintState,
    ComplaintStep,
    Satisfaction,
    complaint_rule,
)
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.core.numbering import Series, numbers_sought
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.complaints.evidence import EvidenceFiles
from lockdesk.desk.office.mail_fields import address_in
from lockdesk.desk.office.office import PROGRAM, Office
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.reasons import required
from lockdesk.desk.values.cases import CaseRow
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintView
from lockdesk.desk.values.mail import ByMail
from lockdesk.errors import Declined
from lockdesk.words import _, date_words, in_indonesian


def _owed(form: ComplaintForm, notice: str) -> tuple[c.Write, ...]:
    """The word that is owed, where there is an e-mail address to send it to."""
    return (c.OweMessage(notice),) if address_in(form.contact) else ()


def _mailed(mail: ByMail | None) -> tuple[c.Write, ...]:
    """The mail is taken along, and what is sent from now on answers it."""
    return () if mail is None else (c.TakeMail(mail.identity), c.SetComplaintThread(mail.thread))


class Complaints:
    """The complaint log. Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office, files: EvidenceFiles) -> None:
        self._casebook = casebook
        self._office = office
        self._files = files

    # ── what is written down ──
    def receive(self, form: ComplaintForm, files: Sequence[NamedBytes] = (), mail: ByMail | None = None) -> int:
        """Records a complaint with its evidence and gives it a number; returns its id. One that came by mail was
        received when it reached the mailbox, and takes the mail along. Raises Declined for an empty one, one about a
        case that there is not, and for evidence that is too large."""
        form = self._checked(form)
        evidence = self._files.read(files)
        now, settings = self._office.now(), self._office.settings
        received_at = mail.arrived_at if mail is not None else now
        write = c.NewComplaint(
            form=form,
            received_at=received_at,
            limits=self._office.complaint_limits(form.complaint_class, received_at),
            given_on=self._office.today(),
            practice=settings.practice,
            officer=self._office.actor(),
        )
        facts: dict[str, Fact] = {
            "channel": form.channel.value,
            "kind": form.kind.value,
            "confidential": form.confidential,
            **self._files.facts(evidence),
        }
        note = JournalNote("complaint.received", facts)
        writes = (write, *evidence, *_mailed(mail), *_owed(form, "complaint_received"))
        committed = self._casebook.commit(c.Change(now, self._office.actor(), note, writes))
        assert committed.complaint_id is not None
        return committed.complaint_id

    def related(self, written: str) -> CaseRow | None:
        """The case that a number names, however it is written; None where there is none."""
        found = {row.number: row for row in self._casebook.search(written, 5)}
        return next((found[number] for number in numbers_sought(written, Series.CASE) if number in found), None)

    def _checked(self, form: ComplaintForm) -> ComplaintForm:
        """The form with the case's number as it stands on the glass, however it was written."""
        if len(form.description.split()) < 2:
            raise Declined(
                _("Uraian pengaduan belum diisi."), _("Tulis apa yang terjadi menurut pengadu."),
                code="complaint.description",
            )  # fmt: skip
        if not form.name.strip() and not form.confidential:
            raise Declined(
                _("Nama pengadu belum diisi."),
                _("Isi nama, atau pilih identitas dirahasiakan bila pengadu memintanya."),
                code="complaint.name",
            )
        written = form.case_number.strip()
        found = self.related(written)
        if written and found is None:
            raise Declined(
                _("Kasus {number} tidak ada.").format(number=written),
                _("Periksa nomor kasus terkait, atau kosongkan bila tidak diketahui."),
                code="complaint.case",
            )
        return replace(form, case_number=found.number if found is not None else "")

    def correct(self, complaint_id: int, form: ComplaintForm, reason: str) -> None:
        """Corrects the record; the journal keeps that it was corrected, and why unless that could name a confidential
        complainant. Another class means other limits."""
        reason, before = required(reason), self._casebook.complaint_form(complaint_id)
        form = self._checked(form)
        secret = form.confidential or before.confidential
        facts: dict[str, Fact] = {"letters": len(reason)} if secret else {"reason": reason}
        writes: list[c.Write] = [c.SetComplaintForm(form), c.AddComplaintNote("corrected", reason)]
        if form.complaint_class is not before.complaint_class:
            received_at = self._casebook.complaint(complaint_id).received_at
            writes.append(c.SetComplaintLimits(self._office.complaint_limits(form.complaint_class, received_at)))
        self._record(complaint_id, JournalNote("complaint.corrected", facts), *writes)

    def add_files(self, complaint_id: int, files: Sequence[NamedBytes]) -> None:
        """Evidence that was handed in later. Raises Declined for what is too large."""
        evidence = self._files.read(files)
        held = self._casebook.complaint(complaint_id).files
        self._files.require_room(len(held) + len(evidence))
        self._record(complaint_id, JournalNote("complaint.evidence_added", self._files.facts(evidence)), *evidence)

    def export_file(self, complaint_id: int, file_id: int) -> bytes:
        """A file's bytes for saving outside; the journal keeps that."""
        content = self._casebook.evidence_file(file_id)
        self._record(complaint_id, JournalNote("document.exported", {"document": file_id, "bytes": len(content)}))
        return content

    def identity(self, complaint_id: int) -> ComplaintForm:
        """Who a confidential complainant is, and all that was written down; the journal keeps that it was shown."""
        form = self._casebook.complaint_form(complaint_id)
        if form.confidential:
            self._record(complaint_id, JournalNote("complaint.identity_shown"))
        return form

    # ── what is done about it ──
    def verify(self, complaint_id: int) -> None:
        """It is complete and ours to handle."""
        self._take(complaint_id, ComplaintStep.VERIFY, "Pengaduan lengkap dan menjadi urusan layanan ini.")

    def respond(self, complaint_id: int, text: str) -> None:
        self._take(complaint_id, ComplaintStep.RESPOND, text)

    def ask(self, complaint_id: int, text: str) -> None:
        """A reply that the complainant has to answer: left unanswered, it ends the complaint."""
        self._take(complaint_id, ComplaintStep.ASK, text)

    def keep_reply(self, complaint_id: int, words: str, files: Sequence[NamedBytes], mail: ByMail) -> None:
        """A mail of the complainant's, kept as evidence: the answer that a reply waits for, else one more word. Raises
        Declined for what is too large."""
        complaint, evidence = self._casebook.complaint(complaint_id), self._files.read(files)
        self._files.require_room(len(complaint.files) + len(evidence))
        kept = (*evidence, *_mailed(mail))
        facts: dict[str, Fact] = {"arrived_at": mail.arrived_at.isoformat(), **self._files.facts(evidence)}
        if complaint.state is ComplaintState.AWAITING_COMPLAINANT:
            self._commit_step(complaint, ComplaintStep.COMPLAINANT_REPLIES, words, None, kept=kept, facts=facts)
        else:
            note = JournalNote("complaint.mail_kept", {"letters": len(words), **facts})
            self._record(complaint_id, note, c.AddComplaintNote("mail", required(words)), *kept)

    def complainant_replies(self, complaint_id: int, text: str) -> None:
        self._take(complaint_id, ComplaintStep.COMPLAINANT_REPLIES, text)

    def escalate(self, complaint_id: int, text: str, addressee: str = "") -> None:
        """Teruskan ke pejabat: component 6 b.3. `addressee`: to whom; without it, to the complaints officer."""
        self._take(complaint_id, ComplaintStep.ESCALATE, text, addressee)

    def take_back(self, complaint_id: int, text: str) -> None:
        """Batal diteruskan: before the official has answered. `text`: why."""
        self._take(complaint_id, ComplaintStep.TAKE_BACK, text)

    def official_responds(self, complaint_id: int, text: str) -> None:
        self._take(complaint_id, ComplaintStep.OFFICIAL_RESPONDS, text)

    def resolve(self, complaint_id: int, text: str) -> None:
        self._take(complaint_id, ComplaintStep.RESOLVE, text)

    def reopen(self, complaint_id: int, text: str) -> None:
        self._take(complaint_id, ComplaintStep.REOPEN, text)

    def record_satisfaction(self, complaint_id: int, satisfaction: Satisfaction) -> None:
        """What the person who complained says of the resolution. Raises Declined before there is one."""
        if self._casebook.complaint(complaint_id).state is not ComplaintState.RESOLVED:
            raise Declined(_("Pengaduan ini belum selesai."), code="complaint.unresolved")
        note = JournalNote("complaint.satisfaction", {"satisfaction": satisfaction.value})
        self._record(complaint_id, note, c.SetSatisfaction(satisfaction))

    def close_unanswered(self) -> tuple[str, ...]:
        """Ends complaints whose complainants have left a reply unanswered for as long as the office waits; their
        numbers. Taken by the program, and taken back by Buka kembali."""
        closed = []
        for complaint_id in self._casebook.awaiting_complainant():
            complaint = self._casebook.complaint(complaint_id)
            if complaint.asked_at is not None and self._office.closes_on(complaint.asked_at) < self._office.today():
                with suppress(Declined):  # it moved on meanwhile: then there is nothing to close
                    self._close(complaint, complaint.asked_at)
                    closed.append(complaint.number)
        return tuple(closed)

    def _close(self, complaint: ComplaintView, asked_at: datetime) -> None:
        """Whether it was in time is told by the reply: what came after it was not the office's."""
        asked, waited = asked_at.astimezone(self._office.zone).date(), self._office.closes_on(asked_at)
        days = self._office.at(asked_at).limits.tutup_otomatis
        with in_indonesian():
            text = _(
                "Ditutup otomatis: tanggapan tanggal {asked} tidak dibalas pengadu sampai {waited} ({n} hari kerja)."
            ).format(asked=date_words(asked), waited=date_words(waited), n=days)
        self._commit_step(complaint, ComplaintStep.CLOSE_UNANSWERED, text, asked <= complaint.due_on, actor=PROGRAM)

    def _take(self, complaint_id: int, step: ComplaintStep, text: str, addressee: str = "") -> None:
        complaint = self._casebook.complaint(complaint_id)
        following, _kind = complaint_rule(complaint.state, step)
        on_time = self._office.today() <= complaint.due_on if following is ComplaintState.RESOLVED else None
        self._commit_step(complaint, step, text, on_time, addressee)

    def _commit_step(
        self,
        complaint: ComplaintView,
        step: ComplaintStep,
        text: str,
        on_time: bool | None,
        addressee: str = "",
        actor: str = "",
        kept: tuple[c.Write, ...] = (),
        facts: Mapping[str, Fact] = MappingProxyType({}),
    ) -> None:
        _following, kind = complaint_rule(complaint.state, step)
        note = c.AddComplaintNote(step.value, required(text), on_time, addressee.strip())
        told = step in ANSWERS or step is ComplaintStep.CLOSE_UNANSWERED
        owed = _owed(self._casebook.complaint_form(complaint.id), "complaint_answered") if told else ()
        said: dict[str, Fact] = {"letters": len(text)}
        if step is ComplaintStep.CLOSE_UNANSWERED:
            said = {"reason": text}  # the program's own words: they name nobody
        self._casebook.commit(
            c.Change(
                at=self._office.now(),
                actor=actor or self._office.actor(),
                note=JournalNote(kind, {**said, **facts}),
                writes=(note, *owed, *kept),
                complaint_id=complaint.id,
                complaint_step=step,
                complaint_expected=complaint.state,
            )
        )

    def _record(self, complaint_id: int, note: JournalNote, *writes: c.Write) -> None:
        change = c.Change(self._office.now(), self._office.actor(), note, writes, complaint_id=complaint_id)
        self._casebook.commit(change)
