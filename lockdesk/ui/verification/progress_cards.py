"""What the officer does about a case: checklist, calls, documents, operations, messages, history."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.findings import VERDICT_ORDER, Verdict
from lockdesk.desk.facts import AttachmentKind
from lockdesk.desk.steps import REVIEWING
from lockdesk.desk.views import CallRecord, CaseView, DocumentRef, HistoryLine, MessageState
from lockdesk.settings import ChecklistItem
from lockdesk.ui.cards import Card, Row
from lockdesk.ui.elide import tool_tip
from lockdesk.ui.forms import CheckLine
from lockdesk.ui.parts import SELECTABLE, Chip, ElidedLabel, HintButton, column, glyph, label, line
from lockdesk.ui.theme import Tone
from lockdesk.ui.times import OfficeTime
from lockdesk.ui.verification.fact_cards import grouped_hex, size_words
from lockdesk.ui.verification.history_words import entry_words, fact_words
from lockdesk.words import N_, _, number_words

ROLE_LABELS = {
    "mail": N_("e-mail"),
    "statement": N_("surat pernyataan"),
    "csr": "CSR",
    "csr_der": "CSR (DER)",
    "certificate": N_("sertifikat"),
    "print": N_("cetakan"),
    "other": N_("lampiran lain"),
}
MESSAGE_STATES = {
    MessageState.DRAFT: N_("konsep"),
    MessageState.QUEUED: N_("menunggu dikirim"),
    MessageState.SIMULATED: N_("simulasi"),
    MessageState.EXPORTED: N_("diekspor"),
    MessageState.TOLD: N_("disampaikan petugas"),
}


class ChecklistCard(Card):
    """The office's own document checklist: ticked by the officer, helped by the findings."""

    ticked = Signal(str, bool)

    def __init__(self, items: Sequence[ChecklistItem], parent: QWidget | None = None) -> None:
        super().__init__(_("Daftar periksa"), parent)
        self._items = items
        self._boxes: dict[str, CheckLine] = {}

    def show_case(self, case: CaseView, writable: bool, times: OfficeTime, now: datetime) -> None:
        """A line each: the officer's tick, when and by whom, and beside it what the system found."""
        self.clear()
        self._boxes.clear()
        state = {tick.item: tick for tick in case.checklist}
        verdicts = {finding.check: finding.verdict for finding in case.findings}
        for item in self._items:
            tick = state.get(item.identifier)
            box = CheckLine(item.identifier, item.words)
            box.box.setChecked(tick is not None and tick.ticked)
            box.box.setEnabled(writable)
            box.clicked.connect(self.ticked)
            if tick is not None and tick.ticked:
                words = _("Dicentang {officer}, {time}").format(officer=tick.officer, time=times.moment(tick.at, now))
                box.setToolTip(tool_tip(words))
                box.box.setAccessibleDescription(words)
            self._boxes[item.identifier] = box
            spoken = [verdicts[check] for check in item.checks if check in verdicts]
            self.add_row(Row((box, _verdict_mark(spoken)), 0))
        done = sum(1 for box in self._boxes.values() if box.ticked)
        self.set_note(_("petugas {done} dari {all} · kanan: hasil sistem").format(done=done, all=len(self._boxes)))


def _verdict_mark(verdicts: Sequence[Verdict]) -> QWidget:
    """What the system says of a line, as a glyph and words; nothing where no check speaks of it."""
    if not verdicts:
        return label(_("tidak diperiksa sistem"), tone=Tone.QUIET, scale="small")
    worst = min(verdicts, key=VERDICT_ORDER.index)
    words, tone, name = _MACHINE_WORDS[worst]
    box = QWidget()
    box.setLayout(line((glyph(name, tone, 14), label(_(words), tone=tone, scale="small")), 5))
    return box


_MACHINE_WORDS = {
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
        self.clear()
        self._record.setVisible(case.state in REVIEWING)
        counted = any(call.counts for call in case.calls)
        self.set_note(_("sudah dilakukan") if counted else _("belum dilakukan"), Tone.OK if counted else Tone.WARN)
        for call in (call for call in case.calls if call.outgoing):
            self._add(call, now)
        incoming = [call for call in case.calls if not call.outgoing]
        if incoming:
            self.add_words(_("Panggilan masuk: dicatat tersendiri, tidak memenuhi konfirmasi."))
        for call in incoming:
            self._add(call, now)
        if not any(call.outgoing for call in case.calls):
            phone = case.register.text("phone") if case.register is not None else ""
            known = _("Nomor pada data kepegawaian: {phone}").format(phone=phone)
            self.add_words(known if phone else _("Data kepegawaian belum memuat nomor telepon pemohon."))

    def _add(self, call: CallRecord, now: datetime) -> None:
        """One call: its way by arrow and word, whether it counts by a chip."""
        tone = Tone.OK if call.counts else Tone.QUIET
        mark = glyph("phone-outgoing" if call.outgoing else "phone-incoming", tone)
        way = _("Keluar ke {number}") if call.outgoing else _("Masuk dari {number}")
        first = way.format(number=call.number or _("nomor tidak diketahui"))
        words = f"{first} · {call.reached}\n{self._times.moment(call.at, now)} · {call.officer}".rstrip(" ·")
        chip = Chip(_("dihitung") if call.counts else _("tidak dihitung"), tone)
        text = label(f"{words}\n{call.note}" if call.note else words, tone=None if call.outgoing else tone, wrap=True)
        text.setTextInteractionFlags(SELECTABLE)
        self.add_row(Row((mark, text, chip), 1))


class DocumentsCard(Card):
    """The stored documents; a letter opens at the right."""

    document_chosen = Signal(int)
    export_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Dokumen"), parent)

    def show_case(self, case: CaseView) -> None:
        self.clear()
        self.set_note(number_words(len(case.documents)) if case.documents else "")
        for document in case.documents:
            self.add_row(self._row(document))
        if not case.documents:
            self.add_words(_("Kasus ini belum mempunyai dokumen."))

    def _row(self, document: DocumentRef) -> Row:
        kind = _(ROLE_LABELS.get(document.role, document.role))
        words = f"{kind} · {size_words(document.size)}"
        name = ElidedLabel(document.name)
        if not document.stored:
            refused = label(_("{words} · tidak disimpan").format(words=words), tone=Tone.BAD, scale="small")
            return Row((glyph("circle-x", Tone.BAD), name, refused), 1)
        mark = glyph("file-text" if document.kind is AttachmentKind.PDF else "file-key")
        facts = ElidedLabel(words)
        facts.setProperty("tone", str(Tone.QUIET))
        facts.setProperty("scale", "small")
        facts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name.setToolTip(f"SHA-256 {grouped_hex(document.sha256, 64)}")
        verb = _("Lihat") if document.kind is AttachmentKind.PDF else _("Simpan…")
        button = HintButton(verb, role="link")
        button.setAccessibleName(f"{verb} {document.name}")
        button.setObjectName(str(document.id))
        pdf = document.kind is AttachmentKind.PDF
        button.clicked.connect(self._on_view if pdf else self._on_export)
        return Row((mark, name, facts, button), 1)

    @Slot()
    def _on_view(self) -> None:
        self.document_chosen.emit(int(self.sender().objectName()))

    @Slot()
    def _on_export(self) -> None:
        self.export_asked.emit(int(self.sender().objectName()))


class MessagesCard(Card):
    """The messages to the applicant."""

    export_asked = Signal(int)

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(_("Pemberitahuan"), parent)
        self._times = times

    def show_case(self, case: CaseView, now: datetime) -> None:
        self.clear()
        self.setVisible(bool(case.messages))
        for message in case.messages:
            state = _(MESSAGE_STATES[message.state])
            words = f"{self._times.moment(message.at, now)} · {state}"
            button = HintButton(_("Ekspor…"), role="link")
            button.setAccessibleName(_("Ekspor pemberitahuan {subject}").format(subject=message.subject))
            button.setObjectName(str(message.id))
            button.clicked.connect(self._on_export)
            shown = label(words, tone=Tone.QUIET, scale="small")
            self.add_row(Row((glyph("mail"), ElidedLabel(message.subject), shown, button), 1))

    @Slot()
    def _on_export(self) -> None:
        self.export_asked.emit(int(self.sender().objectName()))


class HistoryCard(Card):
    """Riwayat: the journal's entries about this case, newest first, folded to the last few."""

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(_("Riwayat"), parent)
        self._times = times
        self._history: tuple[HistoryLine, ...] = ()
        self._toggle = HintButton(_("Semua"), role="link")
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._on_toggled)
        self.add_to_head(self._toggle)
        self._now: datetime | None = None

    def show_history(self, history: tuple[HistoryLine, ...], now: datetime) -> None:
        self._history, self._now = history, now
        self._toggle.setVisible(len(history) > 6)
        self._toggle.setChecked(False)
        self._fill(6)

    def _fill(self, count: int) -> None:
        self.clear()
        if self._now is None:
            return
        for entry in reversed(self._history[-count:]):
            self.add_row(history_row(entry, self._times, self._now))
        self.set_note(_("{count} catatan").format(count=number_words(len(self._history))))

    @Slot(bool)
    def _on_toggled(self, every: bool) -> None:
        self._fill(len(self._history) if every else 6)


def history_row(entry: HistoryLine, times: OfficeTime, now: datetime) -> Row:
    """One journal entry: what, when, who, with its number."""
    words = column(spacing=0)
    box = QWidget()
    words.addWidget(label(entry_words(entry), wrap=True))
    facts = label(f"{entry.actor} · {fact_words(entry)}", tone=Tone.QUIET, scale="small", wrap=True)
    facts.setTextInteractionFlags(SELECTABLE)
    words.addWidget(facts)
    box.setLayout(words)
    when = label(times.moment(entry.at, now), tone=Tone.QUIET, scale="small")
    when.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
    return Row((box, when), 0)
