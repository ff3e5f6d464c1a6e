"""Prints that were made before: shown again as they were handed out, printed again as a duplicate (PP 71/2019 art. 26).

A duplicate has a journal entry of its own and carries its number; the QR stays that of the print itself.
"""

import hashlib
from dataclasses import replace

from lockdesk.core.journal import Fact, JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Paper
from lockdesk.desk.prints.codes import OFFICE_NUMBER
from lockdesk.desk.prints.documents import DOCUMENTS, Subject
from lockdesk.desk.prints.making import PrintSubject, file_name_of
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.values.sheets import EarlierPrint, Printed
from lockdesk.errors import Declined
from lockdesk.words import _, in_indonesian, number_words


class EarlierPrints:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office, paper: Paper) -> None:
        self._casebook = casebook
        self._office = office
        self._paper = paper

    def of_case(self, case_id: int) -> tuple[EarlierPrint, ...]:
        """Newest first."""
        return self._casebook.prints_of(self._casebook.row(case_id).number)

    def of_complaint(self, complaint_id: int) -> tuple[EarlierPrint, ...]:
        """Newest first. A complainant who asked for confidentiality later than a print was made stands on it by name:
        such prints are not offered any more."""
        complaint = self._casebook.complaint(complaint_id)
        found = self._casebook.prints_of(complaint.number)
        if not complaint.form.confidential:
            return found
        corrected = max((line.sequence for line in complaint.history if line.kind == "complaint.corrected"), default=0)
        return tuple(item for item in found if item.sequence > corrected)

    def of_office(self, number: str = OFFICE_NUMBER) -> tuple[EarlierPrint, ...]:
        """Those about no case and no complaint, newest first; `number`: a report's, otherwise the office's own."""
        return self._casebook.prints_of("" if number == OFFICE_NUMBER else number)

    def show(self, subject_id: PrintSubject, earlier: EarlierPrint) -> bytes:
        """The PDF as it was handed out; that it was looked at is journalled. Raises Declined for one that there is
        not, Damaged for one whose bytes are not those that the journal digested."""
        pdf = self._content(subject_id, earlier)
        self._commit(subject_id, earlier, JournalNote("print.viewed", {"entry": earlier.sequence}))
        return pdf

    def duplicate(self, subject_id: PrintSubject, earlier: EarlierPrint) -> Printed:
        """The same pages once more, marked as a duplicate and journalled. Raises as `show`."""
        pdf = self._content(subject_id, earlier)
        facts: dict[str, Fact] = {"print": earlier.kind, "size": earlier.size.value, "of": earlier.sequence}
        note = JournalNote("print.copied", facts)
        made = self._commit(subject_id, earlier, note, c.AddPrint(earlier.kind, earlier.size.value, earlier.number))
        head = made.head
        parts = SheetParts(self._office.settings, self._office.officer(), self._office.now())
        with in_indonesian():
            words = _("dicetak lagi {when} oleh {officer}; catatan {entry}, sidik catatan {head}").format(
                when=parts.moment(parts.at), officer=parts.officer.name, entry=number_words(head.count), head=head.short
            )
            marked = self._paper.duplicate(pdf, words)
        assert made.created_id is not None
        digest = hashlib.sha256(marked).hexdigest()
        finished = JournalNote("print.finished", {"entry": head.count, "sha256": digest})
        self._commit(subject_id, earlier, finished, c.SetPrintDigest(made.created_id, digest))
        name = file_name_of(earlier.kind, earlier.number, earlier.size, "salinan")
        case_id, complaint_id = _ids(subject_id, earlier)
        return Printed(
            earlier.kind, earlier.number, name, marked, head.count, head.digest.hex(), made.created_id, earlier.size,
            case_id, complaint_id,
        )  # fmt: skip

    def _content(self, subject_id: PrintSubject, earlier: EarlierPrint) -> bytes:
        """Only what stands in the subject's own list now: the ids come from a window that may be out of date."""
        case_id, complaint_id = _ids(subject_id, earlier)
        if case_id is not None:
            offered = self.of_case(case_id)
        elif complaint_id is not None:
            offered = self.of_complaint(complaint_id)
        else:
            offered = self.of_office(earlier.number or OFFICE_NUMBER)
        if earlier not in offered:
            raise Declined(_("Cetakan ini tidak tersimpan."), _("Buat cetakan baru."), code="print.unknown")
        return self._casebook.print_content(earlier.print_id)

    def _commit(
        self, subject_id: PrintSubject, earlier: EarlierPrint, note: JournalNote, *writes: c.Write
    ) -> c.Committed:
        case_id, complaint_id = _ids(subject_id, earlier)
        change = c.Change(self._office.now(), self._office.actor(), note, writes)
        return self._casebook.commit(replace(change, case_id=case_id, complaint_id=complaint_id))


def _ids(subject_id: PrintSubject, earlier: EarlierPrint) -> tuple[int | None, int | None]:
    """The case's and the complaint's id."""
    subject = DOCUMENTS[earlier.kind].subject
    if not isinstance(subject_id, int):
        return None, None
    if subject is Subject.COMPLAINT:
        return None, subject_id
    return (subject_id, None) if subject in {Subject.CASE, Subject.PERSON} else (None, None)
