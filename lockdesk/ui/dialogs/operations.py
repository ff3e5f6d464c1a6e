"""The dialogs before something is done at the CA: revoking (retyped digits) and reissuing."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget

from lockdesk.core.identity import print_nip
from lockdesk.core.operations import REASON_NAMES
from lockdesk.desk.values.cases import CaseView, Preflight
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.look.value_words import grouped_hex, holder_number
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.forms import text_field
from lockdesk.ui.widgets.parts import SELECTABLE, glyph, label, line, mono_span, rich_label, set_property
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _

DIGITS = 6


_LINE_ICONS = {Tone.OK: "check", Tone.BAD: "circle-x", Tone.WARN: "circle-alert", Tone.QUIET: "user"}
"""What is told quietly neither proves anything nor holds anything up."""


def last_digits(serial_hex: str) -> str:
    """The last six hex digits of the CA's serial, which the officer retypes."""
    return serial_hex.replace(":", "")[-DIGITS:].upper()


class AlignedLines(QFrame):
    """Pemohon and Pemegang sertifikat lama as two aligned lines."""

    def __init__(self, case: CaseView, preflight: Preflight, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(10))
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(8))
        for column, text in enumerate((_("Nama"), "NIP", _("Penerbit · berlaku sampai")), 1):
            grid.addWidget(label(text, tone=Tone.QUIET, scale="small"), 0, column)
        nip = case.applicant.nip
        self._put(grid, 1, (_("Pemohon"), case.applicant.name, print_nip(nip), "–"))
        holder = preflight.holder
        if holder is not None:
            facts = holder.facts
            number = holder_number(facts.subject)
            until = times.day_words(facts.not_after, year=True)
            issuer = facts.issuer.common_name or facts.issuer.organization
            words = (
                _("Pemegang sertifikat lama"),
                facts.subject.common_name,
                print_nip(number),
                f"{issuer} · {until}",
            )
            self._put(grid, 2, words)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 4)
        grid.setColumnMinimumWidth(0, theme.px(92))

    def _put(self, grid: QGridLayout, row: int, words: tuple[str, ...]) -> None:
        for column, text in enumerate(words):
            tone = Tone.QUIET if column == 0 else None
            shown = label(text or "–", tone=tone, mono=column == 2, wrap=column not in {0, 2})
            shown.setTextInteractionFlags(SELECTABLE)
            grid.addWidget(shown, row, column)


def _ready_lines(preflight: Preflight) -> list[tuple[Tone, str]]:
    """What stands in the way, each on its line; what is in order in one (the holder stands above)."""
    failed = [(Tone.BAD if item.hinders else Tone.WARN, item.words) for item in preflight.items if not item.ok]
    passed = [item for item in preflight.items if item.ok and item.name != "holder"]
    if len(passed) < 2 or any(tone is Tone.BAD for tone, _words in failed):
        return failed + [(Tone.OK, item.words) for item in passed]
    words = _("CA terhubung dan siap menerbitkan ulang dari CSR ini ({n} pemeriksaan)")
    return [*failed, (Tone.OK, words.format(n=len(passed)))]


class RevokeSheet(Sheet):
    """Revoking cannot be undone: the last six digits of the CA's serial are typed again."""

    help_at = help_places.REVOKING

    revocation_asked = Signal(int, str)

    def __init__(
        self, parent: QWidget, case: CaseView, preflight: Preflight, times: OfficeTime, by_hand: bool = False
    ) -> None:
        words = _("Pencabutan tidak dapat dibatalkan. Alasan di CA: {local}.")
        title = _("Cabut sertifikat {name}?").format(name=case.applicant.name)
        super().__init__(parent, title, words.format(local=_(preflight.local)), width=840)
        self.explained.setToolTip(_("Istilah di CA: {reason}").format(reason=REASON_NAMES[preflight.reason]))
        self._case_id = case.id
        self._ready = preflight.ready and preflight.holder is not None
        self._digits = last_digits(preflight.holder.facts.serial_hex) if preflight.holder is not None else ""
        self.body.addWidget(AlignedLines(case, preflight, times))
        self._add_lines(case, preflight, times)
        self._edit = text_field()
        self._add_retyping(preflight)
        self.add_buttons(_("Mulai pencabutan di portal") if by_hand else _("Cabut sertifikat"), "destructive")
        self._edit.textChanged.connect(self._on_text)
        self._on_text("")

    def _add_lines(self, case: CaseView, preflight: Preflight, times: OfficeTime) -> None:
        lines = _ready_lines(preflight)
        if preflight.holder_status:
            lines.append((Tone.QUIET, _("Menurut layanan CA: {status}").format(status=preflight.holder_status)))
        counted = case.confirming_call()
        if counted is not None:
            words = _("Konfirmasi telepon {time} ke nomor kepegawaian").format(time=times.clock(counted.at))
            lines.append((Tone.OK, words))
        for tone, words in lines:
            shown = label(words, tone=Tone.BAD if tone is Tone.BAD else None, wrap=True)
            row = line((glyph(_LINE_ICONS[tone], tone), shown), 8)
            row.setStretch(1, 1)
            self.body.addLayout(row)

    def _add_retyping(self, preflight: Preflight) -> None:
        if preflight.holder is None or not self._ready:
            self.body.addWidget(Notice(_("Pencabutan belum dapat dilakukan karena syarat di atas."), Tone.BAD))
            self._edit.hide()
            return
        whole = preflight.holder.facts.serial_hex
        cut = len(whole) - (DIGITS + DIGITS // 2 - 1)
        ground, ink = theme.tokens.accent_soft, theme.tokens.text
        marked = f'<span style="background:{ground};color:{ink};font-weight:600">{mono_span(whole[cut:])}</span>'
        words = _("Ketik enam digit terakhir nomor seri menurut CA:")
        self.body.addWidget(rich_label(f"{words} {mono_span(whole[:cut])}{marked}"))
        self._edit.setProperty("big", "true")
        self._edit.setFixedWidth(theme.px(170))
        self._edit.setMaxLength(DIGITS * 2)
        self._edit.setAccessibleName(words)
        self._fault = label(tone=Tone.BAD, wrap=True)
        row = line((self._edit, self._fault), 12)
        row.setStretch(1, 1)
        self.body.addLayout(row)

    @property
    def edit(self) -> QLineEdit:
        return self._edit

    def _typed(self) -> str:
        return "".join(ch for ch in self._edit.text().upper() if ch not in " :")

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        typed = self._typed()
        self.verb.setEnabled(self._ready and bool(self._digits) and typed == self._digits)
        if self._ready:
            wrong = not self._digits.startswith(typed)
            told = _("Tidak sama dengan digit yang ditandai. Cocokkan lagi dengan nomor seri di atas.") if wrong else ""
            self._fault.setText(told)
            self._edit.setAccessibleDescription(told)
            set_property(self._edit, "invalid", "true" if wrong else "false")

    def unconfirm(self) -> None:
        self._edit.clear()

    def act(self) -> None:
        self.revocation_asked.emit(self._case_id, self._typed())
        self.accept()


class ReissueSheet(Sheet):
    """Shows for whom and on which key the new certificate is asked for."""

    help_at = help_places.REVOKING

    reissue_asked = Signal(int)

    def __init__(self, parent: QWidget, case: CaseView, ca_name: str, by_hand: bool = False) -> None:
        title = _("Terbitkan sertifikat baru untuk {name}?").format(name=case.applicant.name)
        words = _("Permintaan dikirim satu kali ke {ca} berdasarkan CSR yang sudah diperiksa.")
        if by_hand:
            words = _("Penerbitan diajukan di portal {ca} dengan CSR yang sudah diperiksa ini.")
        if case.facts.csr.facts is None:
            words = _("Penerbitan diajukan di portal {ca} tanpa CSR; kuncinya dibuat di sana.")
        super().__init__(parent, title, words.format(ca=ca_name), width=640)
        self._case_id = case.id
        card = QFrame()
        card.setObjectName("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        grid.setHorizontalSpacing(theme.px(16))
        facts = case.facts.csr.facts
        rows = [
            (_("Pemohon"), case.applicant.name, False),
            ("NIP", print_nip(case.applicant.nip), True),
            (_("Unit kerja"), case.applicant.agency, False),
        ]
        if facts is not None:
            rows += [
                (_("Kunci publik"), facts.key.words, False),
                (_("Sidik jari"), grouped_hex(facts.key.sha256), True),
            ]
        for row, (name, text, mono) in enumerate(rows):
            grid.addWidget(label(name, tone=Tone.QUIET), row, 0)
            grid.addWidget(label(text or "–", mono=mono), row, 1)
        grid.setColumnStretch(1, 1)
        self.body.addWidget(card)
        self.add_buttons(_("Mulai penerbitan di portal") if by_hand else _("Terbitkan ulang"), final=True)

    def unconfirm(self) -> None:
        self.reject()

    def act(self) -> None:
        self.reissue_asked.emit(self._case_id)
        self.accept()
