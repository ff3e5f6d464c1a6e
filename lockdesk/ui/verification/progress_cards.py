"""What the officer does about a case: checklist, calls, documents, operations, messages, history."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.confirmation import CallResult
from lockdesk.core.findings import VERDICT_ORDER, Verdict
from lockdesk.core.identity import print_phone
from lockdesk.desk.prints.history_words import fact_words, happened, with_prints
from lockdesk.desk.requests.calls import DOCUMENTS, STAND_INS
from lockdesk.desk.requests.steps import denied, parts_words, reviewing, voided
from lockdesk.desk.values.cases import CallRecord, CaseView, DocumentRef, HistoryLine
from lockdesk.desk.values.facts import AttachmentKind
from lockdesk.settings import ChecklistItem
from lockdesk.ui.look.theme import SMALL, Tone
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.look.value_words import csr_words, grouped_hex
from lockdesk.ui.widgets.cards import Card, Row, Rows
from lockdesk.ui.widgets.facts import Fact, Words
from lockdesk.ui.widgets.forms import CheckLine
from lockdesk.ui.widgets.messages import FileRow
from lockdesk.ui.widgets.parts import HintButton, draw, glyph, label, line, set_tip, set_tone
from lockdesk.words import N_, _, number_words, size_words

ROLE_LABELS = {
    "mail": N_("e-mail"),
    "statement": N_("surat pernyataan"),
    "csr": "CSR",
    "csr_der": "CSR (DER)",
    "certificate": N_("sertifikat"),
    "print": N_("cetakan"),
    "other": N_("lampiran lain"),
}


class ChecklistCard(Card):
    """The office's own document checklist: ticked by the officer, helped by the findings."""

    ticked = Signal(str, bool)

    def __init__(self, items: Sequence[ChecklistItem], parent: QWidget | None = None) -> None:
        super().__init__(_("Daftar periksa"), parent)
        self._items: Sequence[ChecklistItem] = ()
        self._rows_of: dict[str, ChecklistRow] = {}
        self._offer(items)

    def _offer(self, items: Sequence[ChecklistItem]) -> None:
        """Rows for a checklist; those of the usual one are there before the first case is."""
        if items == self._items:
            return
        self.clear()
        self._items = items
        self._rows_of = {item.identifier: ChecklistRow(item) for item in items}
        for row in self._rows_of.values():
            row.line.clicked.connect(self.ticked)
            self.add_row(row)

    def show_case(self, case: CaseView, writable: bool, times: OfficeTime, now: datetime) -> None:
        """The officer's ticks, when and by whom, and beside them what the system found."""
        self._offer(case.asked or self._items)
        ticks = {tick.item: tick for tick in case.checklist if tick.ticked}
        verdicts = {finding.check: finding.verdict for finding in case.findings if not finding.absent}
        for item in self._items:
            row, tick = self._rows_of[item.identifier], ticks.get(item.identifier)
            words = ""
            if tick is not None:
                when = times.moment(tick.at, now)
                words = _("Dicentang {officer}, {time}").format(officer=tick.officer, time=when)
            row.show_tick(tick is not None, writable, words)
            row.show_verdicts([verdicts[check] for check in item.checks if check in verdicts])
        done = sum(1 for item in self._items if item.identifier in ticks)
        self.set_note(_("petugas {done} dari {all} · kanan: hasil sistem").format(done=done, all=len(self._items)))


class ChecklistRow(Row):
    """One item: the officer's box at the left, the system's word at the right."""

    def __init__(self, item: ChecklistItem, parent: QWidget | None = None) -> None:
        self.line = CheckLine(item.identifier, item.words)
        self._mark, self._said = glyph("check", size=14), label(scale="small")
        spoken = QWidget()
        spoken.setLayout(line((self._mark, self._said), 5))
        super().__init__((self.line, spoken), 0, parent)

    def show_tick(self, ticked: bool, writable: bool, words: str) -> None:
        """`words` tell by whom and when it was ticked."""
        self.line.box.setChecked(ticked)
        self.line.box.setEnabled(writable)
        set_tip(self.line, words)
        self.line.box.setAccessibleDescription(words)

    def show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """What the system says of the item, as a glyph and words; words alone where no check speaks of it."""
        words, tone, name = _MACHINE_WORDS[min(verdicts, key=VERDICT_ORDER.index) if verdicts else None]
        self._mark.setVisible(bool(name))
        if name:
            draw(self._mark, name, tone)
        self._said.setText(_(words))
        set_tone(self._said, tone)


_MACHINE_WORDS: dict[Verdict | None, tuple[str, Tone, str]] = {
    None: (N_("tidak diperiksa sistem"), Tone.QUIET, ""),
    Verdict.FAIL: (N_("tidak sesuai"), Tone.BAD, "circle-x"),
    Verdict.WARN: (N_("perlu dilihat"), Tone.WARN, "circle-alert"),
    Verdict.UNKNOWN: (N_("belum dapat dipastikan"), Tone.WARN, "circle-question-mark"),
    Verdict.PASS: (N_("sesuai"), Tone.QUIET, "check"),
}


class CallsCard(Card):
    """The telephone calls, and whether one of them counts."""

    record_asked = Signal()

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(_("Konfirmasi telepon"), parent)
        self._times = times
        self._record = HintButton(_("Catat…"), role="link")
        self._record.setAccessibleName(_("Catat konfirmasi telepon"))
        self._record.clicked.connect(self.record_asked)
        self.add_to_head(self._record)

    def show_case(self, case: CaseView, now: datetime) -> None:
        self._record.setVisible(reviewing(case))
        self.set_note(*_call_note(case))
        self.show_facts(tuple(self._call_facts(case, now)))

    def _call_facts(self, case: CaseView, now: datetime) -> Iterator[Fact]:
        if voided(case):
            words = _("Berubah sejak dikonfirmasi: {parts}. Telepon sekali lagi.")
            yield Fact("", words.format(parts=parts_words(voided(case))), Tone.QUIET)
        outgoing = [call for call in case.calls if call.outgoing]
        present = [call for call in case.calls if call.sighted is not None]
        incoming = [call for call in case.calls if not call.outgoing and call.sighted is None]
        yield from (self._call_fact(case, call, now) for call in present)
        yield from (self._call_fact(case, call, now) for call in outgoing)
        if incoming:
            words = _("Panggilan masuk: dicatat tersendiri, tidak memenuhi konfirmasi.")
            yield Fact("", words, Tone.QUIET)
        yield from (self._call_fact(case, call, now) for call in incoming)
        if not outgoing and not present:
            phone = case.register.text("phone") if case.register is not None else ""
            known = _("Nomor pada data kepegawaian: {phone}").format(phone=print_phone(phone))
            yield Fact("", known if phone else _("Data kepegawaian belum memuat nomor telepon pemohon."), Tone.QUIET)

    def _call_fact(self, case: CaseView, call: CallRecord, now: datetime) -> Fact:
        """One call: its way by arrow and word, what was said and whether that counts by a chip."""
        outdated = call.counts and bool(case.basis.changed_since(call.basis))
        tone, said = _call_chip(call, outdated)
        way = _("Keluar ke {number}") if call.outgoing else _("Masuk dari {number}")
        first = way.format(number=print_phone(call.number) or _("nomor tidak diketahui"))
        if call.sighted is not None:
            first = _("Hadir, dikenali dari {document}").format(document=_(DOCUMENTS[call.sighted]))
        words = f"{first} · {call.reached}\n{self._times.moment(call.at, now)} · {call.officer}".rstrip(" ·")
        icon = "phone-outgoing" if call.outgoing else "phone-incoming"
        icon = "user" if call.sighted is not None else icon
        quiet = Tone.QUIET if outdated or not (call.outgoing or call.sighted) else None
        note = "\n".join(filter(None, (words, *self._named(call), call.note)))
        return Fact("", note, quiet, mark=(icon, tone), chip=(_(said), tone))

    def _named(self, call: CallRecord) -> Iterator[str]:
        """Who spoke for the applicant, and what the person recognised or named."""
        if call.through is not None:
            yield _("Melalui {role}; untuk uji petik.").format(role=_(STAND_INS[call.through]))
        if call.csr is not None:
            yield _("CSR dibenarkan: {csr}").format(csr=csr_words(call.csr, self._times.zone))
        if call.certificate:
            yield _("Sertifikat yang disebut: {serial}").format(serial=call.certificate)


def _call_note(case: CaseView) -> tuple[str, Tone]:
    if denied(case):
        return _("disangkal"), Tone.BAD
    if case.confirming_call() is not None:
        return _("sudah dilakukan"), Tone.OK
    return (_("perlu diulang") if voided(case) else _("belum dilakukan")), Tone.WARN


def _call_chip(call: CallRecord, outdated: bool) -> tuple[Tone, str]:
    if call.result is CallResult.DENIED:
        return Tone.BAD, N_("menyangkal")
    if call.result is CallResult.UNANSWERED:
        return Tone.QUIET, N_("tidak diangkat")
    if outdated:
        return Tone.WARN, N_("tidak berlaku lagi")
    return (Tone.OK, N_("dihitung")) if call.counts else (Tone.QUIET, N_("tidak dihitung"))


class DocumentsCard(Card):
    """The stored documents; a letter opens at the right."""

    document_chosen = Signal(int)
    export_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Dokumen"), parent)
        self._files = Rows(self._new_row)
        self.add_row(self._files)
        self._letters: frozenset[int] = frozenset()

    def show_case(self, case: CaseView) -> None:
        self.set_note(number_words(len(case.documents)) if case.documents else "")
        self._letters = frozenset(ref.id for ref in case.documents if ref.kind is AttachmentKind.PDF)
        for row, document in zip(self._files.show_count(len(case.documents)), case.documents, strict=True):
            _show_document(row, document)
        none = Fact("", _("Kasus ini belum mempunyai dokumen."), Tone.QUIET)
        self.show_facts(() if case.documents else (none,))

    def _new_row(self) -> FileRow:
        row = FileRow()
        row.asked.connect(self._on_asked)
        return row

    @Slot(int)
    def _on_asked(self, document: int) -> None:
        (self.document_chosen if document in self._letters else self.export_asked).emit(document)


def _show_document(row: FileRow, document: DocumentRef) -> None:
    pdf = document.kind is AttachmentKind.PDF
    kind = _(ROLE_LABELS.get(document.role, document.role))
    words = f"{kind} · {size_words(document.size)}"
    if not document.stored:
        refused = _("{words} · tidak disimpan").format(words=words)
        row.show_file("circle-x", document.name, refused, Tone.BAD)
        row.offer(0, "", "")
        return
    tip = f"SHA-256 {grouped_hex(document.sha256, 64)}"
    row.show_file("file-text" if pdf else "file-key", document.name, words, tip=tip)
    verb = _("Lihat") if pdf else _("Simpan…")
    row.offer(document.id, verb, f"{verb} {document.name}")


SHOWN = 6
"""Lines of a history before it is unfolded."""


class HistoryCard(Card):
    """Riwayat: the journal's entries about this case, newest first, folded to the last few. What became of a print
    stands with the print."""

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(_("Riwayat"), parent)
        self._times = times
        self._history: tuple[tuple[HistoryLine, HistoryLine], ...] = ()
        """Each entry, and the newest one about the same print (itself where there is none)."""
        self._entries = 0
        self._toggle = HintButton(_("Semua"), role="link")
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._on_toggled)
        self.add_to_head(self._toggle)
        self._now: datetime | None = None

    def show_history(self, history: tuple[HistoryLine, ...], now: datetime) -> None:
        """`history` with the newest entry first."""
        self._history, self._entries, self._now = with_prints(history), len(history), now
        self._toggle.setVisible(len(self._history) > SHOWN)
        self._toggle.setChecked(False)
        self._fill(SHOWN)

    def _fill(self, count: int) -> None:
        if self._now is None:
            return
        self.show_facts([self._entry(*line, self._now) for line in self._history[:count]])
        self.set_note(_("{count} catatan").format(count=number_words(self._entries)))

    def _entry(self, entry: HistoryLine, last: HistoryLine, now: datetime) -> Fact:
        """What, when, who, with its number."""
        said = Words(f"{entry.actor} · {fact_words(entry)}", Tone.QUIET, SMALL)
        return Fact("", happened(entry, last), below=said, note=self._times.moment(entry.at, now))

    @Slot(bool)
    def _on_toggled(self, every: bool) -> None:
        self._fill(len(self._history) if every else SHOWN)
