"""Complaints at the counter and elsewhere: received, answered, escalated, resolved; never deleted."""

from dataclasses import replace
from datetime import date, datetime

from lockdesk.core.complaints import (
    LIMIT_KEYS,
    ComplaintState,
    ComplaintStep,
    complaint_rule,
)
from lockdesk.core.journal import JournalNote
from lockdesk.core.numbering import case_numbers_in
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.mail_fields import is_address
from lockdesk.desk.office.office import Office
from lockdesk.desk.reasons import required
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintView
from lockdesk.errors import Declined
from lockdesk.words import _

_ANSWERS = frozenset({ComplaintStep.RESPOND, ComplaintStep.OFFICIAL_RESPONDS, ComplaintStep.RESOLVE})
"""Steps of which the person who complained is told, with their text."""


def _owed(form: ComplaintForm, notice: str) -> tuple[c.Write, ...]:
    """The word that is owed, where there is an e-mail address to send it to."""
    return (c.OweMessage(notice),) if is_address(form.contact.strip()) else ()


class Complaints:
    """The complaint log."""

    def __init__(self, casebook: Casebook, office: Office) -> None:
        self._casebook = casebook
        self._office = office

    def receive(self, form: ComplaintForm, received_at: datetime | None = None, mail: str = "") -> int:
        """Records a complaint and gives it a number; returns its id. One that came by mail was received when it
        reached the mailbox, and takes the mail (its identity in the tray) along. Raises Declined for an empty one, and
        for one about a case that there is not."""
        form = self._checked(form)
        now, settings = self._office.now(), self._office.settings
        taken = (c.TakeMail(mail),) if mail else ()
        write = c.NewComplaint(
            form=form,
            received_at=received_at or now,
            due_on=self._due_on(form, received_at or now),
            given_on=self._office.today(),
            practice=settings.practice,
            officer=self._office.actor(),
        )
        note = JournalNote(
            "complaint.received",
            {"channel": form.channel.value, "kind": form.kind.value, "confidential": form.confidential},
        )
        committed = self._casebook.commit(
            c.Change(now, self._office.actor(), note, (write, *taken, *_owed(form, "complaint_received")))
        )
        assert committed.complaint_id is not None
        return committed.complaint_id

    def _due_on(self, form: ComplaintForm, received_at: datetime) -> date:
        days = getattr(self._office.at(received_at).limits, LIMIT_KEYS[form.complaint_class])
        return self._office.calendar.working_day_after(received_at.astimezone(self._office.zone).date(), days)

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
        number = next(iter(case_numbers_in(written)), written)
        if number and all(row.number != number for row in self._casebook.search(number, 5)):
            raise Declined(
                _("Kasus {number} tidak ada.").format(number=number),
                _("Periksa nomor kasus terkait, atau kosongkan bila tidak diketahui."),
                code="complaint.case",
            )
        return replace(form, case_number=number)

    def respond(self, complaint_id: int, text: str) -> None:
        self._take(complaint_id, ComplaintStep.RESPOND, text)

    def escalate(self, complaint_id: int, text: str) -> None:
        """Teruskan ke pejabat: component 6 b.3."""
        self._take(complaint_id, ComplaintStep.ESCALATE, text)

    def official_responds(self, complaint_id: int, text: str) -> None:
        self._take(complaint_id, ComplaintStep.OFFICIAL_RESPONDS, text)

    def resolve(self, complaint_id: int, text: str) -> None:
        self._take(complaint_id, ComplaintStep.RESOLVE, text)

    def reopen(self, complaint_id: int, text: str) -> None:
        self._take(complaint_id, ComplaintStep.REOPEN, text)

    def _take(self, complaint_id: int, step: ComplaintStep, text: str) -> None:
        complaint: ComplaintView = self._casebook.complaint(complaint_id)
        following, kind = complaint_rule(complaint.state, step)
        on_time: bool | None = None
        if following is ComplaintState.RESOLVED:
            on_time = self._office.today() <= complaint.due_on
        note = c.AddComplaintNote(step.value, required(text), on_time)
        told = _owed(complaint.form, "complaint_answered") if step in _ANSWERS else ()
        self._casebook.commit(
            c.Change(
                at=self._office.now(),
                actor=self._office.actor(),
                note=JournalNote(kind, {"letters": len(text)}),
                writes=(note, *told),
                complaint_id=complaint_id,
                complaint_step=step,
                complaint_expected=complaint.state,
            )
        )

    def correct(self, complaint_id: int, form: ComplaintForm, reason: str) -> None:
        """Corrects the record; the journal keeps that it was corrected and why."""
        form = self._checked(form)
        note = JournalNote("complaint.corrected", {"reason": required(reason)})
        self._casebook.commit(
            c.Change(
                self._office.now(),
                self._office.actor(),
                note,
                (c.SetComplaintForm(form), c.AddComplaintNote("corrected", reason)),
                complaint_id=complaint_id,
            )
        )
