"""What the officer does about a case: checklist, calls, documents, operations, messages, history."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.findings import Verdict
from lockdesk.core.operations import OPERATION_LABELS, OperationKind, OperationState
from lockdesk.desk.facts import AttachmentKind
from lockdesk.desk.steps import REVIEWING
from lockdesk.desk.views import CaseView, DocumentRef, HistoryLine, MessageState, OperationView
from lockdesk.settings import ChecklistItem
from lockdesk.ui.cards import Card, Row
from lockdesk.ui.cases.words import OPERATION_TONES
from lockdesk.ui.forms import CheckLine
from lockdesk.ui.parts import SELECTABLE, Chip, ElidedLabel, HintButton, column, glyph, label
from lockdesk.ui.theme import Tone
from lockdesk.ui.times import OfficeTime
from lockdesk.ui.verification.fact_cards import grouped_hex, size_words
from lockdesk.ui.verification.history_words import fact_words, kind_words
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
OPERATION_KINDS = {OperationKind.REVOKE: N_("Pencabutan"), OperationKind.REISSUE: N_("Penerbitan ulang")}
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

    def show_case(self, case: CaseView, writable: bool) -> None:
        self.clear()
        self._boxes.clear()
        state = {tick.item: tick.ticked for tick in case.checklist}
        verdicts = {finding.check: finding.verdict for finding in case.findings}
        for item in self._items:
            box = CheckLine(item.identifier, item.words)
            box.box.setChecked(state.get(item.identifier, False))
            box.box.setEnabled(writable)
            box.clicked.connect(self.ticked)
            self._boxes[item.identifier] = box
            spoken = [verdicts[check] for check in item.checks if check in verdicts]
            self.add_row(Row((box, _verdict_mark(spoken)), 0))
        done = sum(1 for box in self._boxes.values() if box.ticked)
        self.set_note(_("{done} dari {all}").format(done=done, all=len(self._boxes)))


def _verdict_mark(verdicts: Sequence[Verdict]) -> QWidget:
    if not verdicts:
        return label("")
    if any(verdict is Verdict.FAIL for verdict in verdicts):
        return label(_("tidak sesuai"), tone=Tone.BAD, scale="small")
    if any(verdict is not Verdict.PASS for verdict in verdicts):
        return label(_("perlu dilihat"), tone=Tone.WARN, scale="small")
    return label(_("sesuai"), tone=Tone.QUIET, scale="small")


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
        for call in case.calls:
            way = _("Keluar ke") if call.outgoing else _("Masuk dari")
            words = f"{way} {call.number} · {call.reached} · {self._times.moment(call.at, now)}"
            mark = glyph("phone", Tone.OK if call.counts else Tone.QUIET)
            text = words if call.counts else f"{words} · {_('tidak dihitung')}"
            self.add_row(Row((mark, label(f"{text}\n{call.note}" if call.note else text, wrap=True)), 1))
        if not case.calls:
            phone = case.register.text("phone") if case.register is not None else ""
            known = _("Nomor pada data kepegawaian: {phone}").format(phone=phone)
            self.add_words(known if phone else _("Data kepegawaian belum memuat nomor telepon pemohon."))


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


class OperationsCard(Card):
    """What was asked of the CA and what is known of it."""

    settle_asked = Signal()
    approval_asked = Signal()
    refusal_asked = Signal()

    def __init__(self, times: OfficeTime, training: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(_("Operasi ke CA"), parent)
        self._times = times
        self._training = training

    def show_case(self, case: CaseView, now: datetime) -> None:
        self.clear()
        self.setVisible(bool(case.operations))
        for operation in reversed(case.operations):
            self._add(operation, now)

    def _add(self, operation: OperationView, now: datetime) -> None:
        tone = OPERATION_TONES.get(operation.state)
        if tone is None:
            tone = Tone.OK if operation.state is OperationState.PROVED else Tone.QUIET
        when = label(self._times.moment(operation.changed_at, now), tone=Tone.QUIET, scale="small")
        chip = Chip(_(OPERATION_LABELS[operation.state]), tone)
        self.add_row(Row((label(_(OPERATION_KINDS[operation.kind]), bold=True), when, 1, chip)))
        if operation.words:
            self.add_words(operation.words)
        if operation.state is OperationState.UNSETTLED:
            words = _("Jangan diulang. Tanyakan dahulu kepada CA apakah permintaan sudah dilaksanakan.")
            button = HintButton(_("Periksa status ke CA"), role="accent")
            button.clicked.connect(self._on_settle)
            self.add_offer(glyph("circle-alert", Tone.BAD), words, button)

        if operation.state is OperationState.AWAITING:
            self._add_waiting()

    def _add_waiting(self) -> None:
        """Waiting for an approval: at work one asks again later, in practice one may play the CA."""
        ask = HintButton(_("Periksa status ke CA"), role="accent")
        ask.clicked.connect(self._on_settle)
        self.add_offer(glyph("clock", Tone.WARN), _("Permintaan menunggu persetujuan CA."), ask)
        if not self._training:
            return
        approve = HintButton(_("Setujui di CA pelatihan"))
        approve.clicked.connect(self._on_approve)
        refuse = HintButton(_("Tolak di CA pelatihan…"))
        refuse.clicked.connect(self._on_refuse)
        self.add_offer(glyph("user"), _("Pelatihan: jawab sebagai CA."), refuse, approve)

    @Slot()
    def _on_approve(self) -> None:
        self.approval_asked.emit()

    @Slot()
    def _on_refuse(self) -> None:
        self.refusal_asked.emit()

    @Slot()
    def _on_settle(self) -> None:
        self.settle_asked.emit()


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
    words.addWidget(label(kind_words(entry.kind), wrap=True))
    facts = label(f"{entry.actor} · {fact_words(entry)}", tone=Tone.QUIET, scale="small", wrap=True)
    facts.setTextInteractionFlags(SELECTABLE)
    words.addWidget(facts)
    box.setLayout(words)
    when = label(times.moment(entry.at, now), tone=Tone.QUIET, scale="small")
    when.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
    return Row((box, when), 0)
