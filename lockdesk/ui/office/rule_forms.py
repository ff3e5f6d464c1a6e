"""The forms of the dated rules: each is filled with a value, and gives one or says at the field what is impossible."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import time
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageWriter, QPixmap
from PySide6.QtWidgets import QLabel, QSpinBox, QWidget

from lockdesk.dated_rules import Rule
from lockdesk.desk.reasons import REASON_WORDS
from lockdesk.desk.values.facts import PagePixels
from lockdesk.office_file import (
    MOST_ARMS,
    MOST_YEARS,
    REVOCATION_CODES,
    AgesTable,
    ArmsTable,
    ChecklistTable,
    DeadlineTable,
    HoursTable,
    LimitsTable,
    ReasonsTable,
    RetentionTable,
    SpecialHoursTable,
    TitlesTable,
    apart,
    clock,
)
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.office.rule_words import DEADLINE_WORDS
from lockdesk.ui.office.week_form import WeekForm
from lockdesk.ui.widgets.days import date_field, day_of, days_are_whole
from lockdesk.ui.widgets.file_dialogs import Place, open_dialog
from lockdesk.ui.widgets.forms import CheckLine, Field, NumberBox, choice, text_area, text_field
from lockdesk.ui.widgets.parts import HintButton, clear, column, label, line
from lockdesk.words import N_, _, date_words, language

ARMS_PIXELS = 512
"""Wide; on paper the arms are 12 mm."""


class RuleForm(QWidget):
    """A form on one rule's value."""

    def fill(self, value: Any) -> None:
        raise NotImplementedError

    def value(self) -> Any | None:
        """What the fields say; None where something is impossible, which the field tells."""
        raise NotImplementedError


class HoursForm(RuleForm):
    """The office's week."""

    def __init__(self) -> None:
        super().__init__()
        self.week = WeekForm()
        column(self).addWidget(self.week)

    def fill(self, value: HoursTable) -> None:
        self.week.fill(asdict(value))

    def value(self) -> HoursTable | None:
        found = self.week.value()
        return None if found is None else HoursTable(**found)


class SpecialHoursForm(RuleForm):
    """Ranges of dates with hours of their own: those that there are, and a new one beneath."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[SpecialHoursTable] = []
        inner = column(self, 0, 8)
        self._rows = column(spacing=4)
        inner.addLayout(self._rows)
        self.first, self.last, self.reason = date_field(), date_field(), text_field()
        self._last_field, self._reason_field = Field(_("Sampai"), self.last), Field(_("Sebab"), self.reason)
        row = line((Field(_("Dari"), self.first), self._last_field, self._reason_field), 12)
        row.setStretch(2, 1)
        inner.addLayout(row)
        self.week = WeekForm()
        inner.addWidget(self.week)
        self.add = HintButton(_("Tambahkan ke daftar"))
        self.add.clicked.connect(self._on_add)
        inner.addLayout(line((1, self.add)))

    def fill(self, value: tuple[SpecialHoursTable, ...]) -> None:
        self._kept = sorted(value, key=lambda table: table.first)
        clear(self._rows)
        for place, table in enumerate(self._kept):
            words = f"{table.sebab}: {date_words(table.first)} – {date_words(table.last)}"
            out = HintButton(_("Hapus"), role="link")
            out.setObjectName(str(place))
            out.setAccessibleName(_("Hapus {day}").format(day=table.sebab))
            out.clicked.connect(self._on_out)
            row = line((label(words, wrap=True), out), 8)
            row.setStretch(0, 1)
            self._rows.addLayout(row)
        if not self._kept:
            self._rows.addWidget(label(_("Belum ada jam khusus."), tone=Tone.QUIET))

    def value(self) -> tuple[SpecialHoursTable, ...] | None:
        """A range that was typed and not yet added counts."""
        if self.reason.text().strip() and not self._take():
            return None
        return tuple(self._kept)

    def _take(self) -> bool:
        if not days_are_whole(self):
            return False
        first, last, reason = day_of(self.first), day_of(self.last), self.reason.text().strip()
        self._reason_field.show_fault("" if reason else _("Isi sebabnya, misalnya Ramadan."))
        fault = _("Tanggal akhir mendahului tanggal awal.") if last < first else ""
        week = self.week.value(may_be_empty=True)
        if week is not None and reason and not fault:
            new = SpecialHoursTable(**week, dari=first.isoformat(), sampai=last.isoformat(), sebab=reason)
            try:
                apart([*self._kept, new])
            except ValueError as error:
                fault = f"{str(error)[:1].upper()}{str(error)[1:]}."
            else:
                self.reason.clear()
                self.fill((*self._kept, new))
                self._last_field.show_fault("")
                return True
        self._last_field.show_fault(fault)
        return False

    @Slot()
    def _on_add(self) -> None:
        self._take()

    @Slot()
    def _on_out(self) -> None:
        place = int(self.sender().objectName())
        self.fill(tuple(table for number, table in enumerate(self._kept) if number != place))


class DeadlineForm(RuleForm):
    """Rule A, B or C."""

    def __init__(self) -> None:
        super().__init__()
        self.rule = choice([(key, f"{key}: {_(words)}") for key, words in DEADLINE_WORDS])
        self.cut_off = text_field(mono=True)
        self.cut_off.setFixedWidth(theme.px(86))
        self._cut_off = Field(_("Batas pukul (aturan C)"), self.cut_off)
        inner = column(self, 0, 8)
        inner.addWidget(Field(_("Aturan"), self.rule))
        inner.addWidget(self._cut_off)

    def fill(self, value: DeadlineTable) -> None:
        self.rule.setCurrentIndex(self.rule.findData(value.batas_waktu))
        self.cut_off.setText(value.batas_pukul.replace(":", language.tongue.clock))

    def value(self) -> DeadlineTable | None:
        text = self.cut_off.text().strip()
        try:
            at: time = clock(text)
        except ValueError as error:
            self._cut_off.show_fault(f"{str(error)[:1].upper()}{str(error)[1:]}.")
            return None
        self._cut_off.show_fault("")
        return DeadlineTable(str(self.rule.currentData()), f"{at:%H:%M}")


class NumbersForm(RuleForm):
    """Whole numbers, each within what is possible."""

    def __init__(self, table: type[Any], names: Mapping[str, str], unit: str, most: int) -> None:
        super().__init__()
        self._table = table
        self.boxes: dict[str, QSpinBox] = {}
        self.inner = column(self, 0, 8)
        for key, words in names.items():
            box = NumberBox()
            box.setRange(1, most)
            box.setSuffix(f" {_(unit)}")
            box.setFixedWidth(theme.px(150))
            self.boxes[key] = box
            self.inner.addWidget(Field(_(words), box))

    def fill(self, value: Any) -> None:
        for key, box in self.boxes.items():
            box.setValue(getattr(value, key))

    def value(self) -> Any:
        return self._table(**{key: box.value() for key, box in self.boxes.items()})


class RetentionForm(NumbersForm):
    """The years, and whether the office has decided on them."""

    def __init__(self) -> None:
        names = {
            "kasus": N_("Kasus, sejak ditutup"),
            "pengaduan": N_("Pengaduan, sejak selesai"),
            "kepegawaian": N_("Data kepegawaian, sejak tidak lagi bertugas"),
            "surat_ditolak": N_("E-mail yang ditolak, sejak tiba; isian yang tidak disimpan, sejak ditulis"),
        }
        super().__init__(RetentionTable, names, N_("jumlah\x04tahun"), MOST_YEARS)
        self.confirmed = CheckLine(
            "confirmed", _("Sudah ditetapkan kantor menurut jadwal retensi arsip; dikonfirmasi Kepala Bidang")
        )
        self.inner.addWidget(self.confirmed)

    def fill(self, value: RetentionTable) -> None:
        super().fill(value)
        self.confirmed.box.setChecked(not value.perlu_konfirmasi)

    def value(self) -> RetentionTable:
        found: RetentionTable = super().value()
        return replace(found, perlu_konfirmasi=not self.confirmed.ticked)


class ReasonsForm(RuleForm):
    """What the CA is told; a passphrase that somebody else may know is always keyCompromise."""

    def __init__(self) -> None:
        super().__init__()
        options = [(code, _(REASON_WORDS[code])) for code in REVOCATION_CODES]
        self.forgotten, self.only = choice(options), choice(options)
        self.words = text_field()
        self._words = Field(_("Sebutan di kantor"), self.words)
        inner = column(self, 0, 8)
        inner.addWidget(Field(_("Lupa passphrase, lalu diterbitkan ulang"), self.forgotten))
        inner.addWidget(Field(_("Pencabutan tanpa penggantian"), self.only))
        inner.addWidget(self._words)
        words = _("Bila passphrase mungkin diketahui orang lain, alasannya selalu kemungkinan bocor (keyCompromise).")
        inner.addWidget(label(words, tone=Tone.QUIET, scale="small", wrap=True))

    def fill(self, value: ReasonsTable) -> None:
        self.forgotten.setCurrentIndex(self.forgotten.findData(value.lupa_passphrase))
        self.only.setCurrentIndex(self.only.findData(value.tanpa_penggantian))
        self.words.setText(value.sebutan)

    def value(self) -> ReasonsTable | None:
        words = self.words.text().strip()
        self._words.show_fault("" if words else _("Isi sebutannya, misalnya lupa passphrase."))
        if not words:
            return None
        return ReasonsTable(str(self.forgotten.currentData()), str(self.only.currentData()), words)


class ChecklistForm(RuleForm):
    """The words of each item, and what an applicant is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[ChecklistTable, ...] = ()
        self.edits: dict[str, tuple[Any, Any]] = {}
        self._inner = column(self, 0, 10)

    def fill(self, value: tuple[ChecklistTable, ...]) -> None:
        clear(self._inner)
        self._items = value
        self._fields: dict[str, Field] = {}
        for place, item in enumerate(value, 1):
            words, asked = text_field(item.isi), text_area(item.permintaan, 3)
            self.edits[item.id] = (words, asked)
            self._fields[item.id] = Field(_("Butir {n}").format(n=place), words)
            self._inner.addWidget(self._fields[item.id])
            self._inner.addWidget(Field(_("Yang diminta dari pemohon"), asked))

    def value(self) -> tuple[ChecklistTable, ...] | None:
        found = []
        for item in self._items:
            words, asked = (self.edits[item.id][0].text().strip(), self.edits[item.id][1].toPlainText().strip())
            self._fields[item.id].show_fault("" if words else _("Isi bunyi butir ini."))
            found.append(replace(item, isi=words, permintaan=asked))
        return tuple(found) if all(item.isi for item in found) else None


class TitlesForm(RuleForm):
    """One title a line."""

    def __init__(self) -> None:
        super().__init__()
        self.text = text_area("", 6)
        words = _("Satu gelar per baris, misalnya K.R.T. Gelar yang umum sudah dikenal.")
        column(self).addWidget(Field(_("Gelar tambahan"), self.text, words))

    def fill(self, value: TitlesTable) -> None:
        self.text.setPlainText("\n".join(value.awalan))

    def value(self) -> TitlesTable:
        lines = (text.strip() for text in self.text.toPlainText().splitlines())
        return TitlesTable(tuple(dict.fromkeys(text for text in lines if text)))


class ArmsForm(RuleForm):
    """A picture file; its bytes are opened in the sealed child, and what is kept is drawn anew from the pixels."""

    picture_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._picture = ""
        self.preview = QLabel()
        self.preview.setFixedSize(theme.px(120), theme.px(138))
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setObjectName("card")
        browse, none = HintButton(_("Pilih gambar…")), HintButton(_("Tanpa lambang"), role="link")
        browse.clicked.connect(self._on_browse)
        none.clicked.connect(self._on_none)
        self._fault = label(tone=Tone.QUIET, scale="small", wrap=True)
        inner = column(self, 0, 8)
        inner.addWidget(self.preview)
        inner.addLayout(line((browse, none, 1), 8))
        inner.addWidget(self._fault)
        self.tell("")

    def tell(self, fault: str) -> None:
        self._fault.setText(fault or _("PNG atau JPG, paling besar 2 MB."))
        self._fault.setProperty("tone", str(Tone.BAD if fault else Tone.QUIET))
        self._fault.style().polish(self._fault)

    def fill(self, value: ArmsTable) -> None:
        self._picture = value.gambar
        shown = QPixmap()
        if self._picture:
            shown.loadFromData(base64.b64decode(self._picture))
        if shown.isNull():
            self.preview.setText(_("Belum ada"))
        else:
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.preview.setPixmap(shown.scaled(self.preview.size(), keep, smooth))
        self.preview.setAccessibleName(_("Lambang daerah") if self._picture else _("Belum ada lambang"))

    def show_pixels(self, pixels: PagePixels | None) -> None:
        """What the sealed child made of the file."""
        content = png_of(pixels) if pixels is not None else b""
        if not content or len(content) > MOST_ARMS:
            self.tell(_("Gambar tidak dapat dipakai. Pilih berkas PNG atau JPG lain."))
            return
        self.tell("")
        self.fill(ArmsTable(base64.b64encode(content).decode("ascii")))

    def value(self) -> ArmsTable:
        return ArmsTable(self._picture)

    @Slot()
    def _on_none(self) -> None:
        self.fill(ArmsTable())

    @Slot()
    def _on_browse(self) -> None:
        dialog = open_dialog(self, _("Lambang daerah"), Place.OFFICE, "PNG, JPG (*.png *.jpg *.jpeg)")
        dialog.fileSelected.connect(self.picture_chosen)
        dialog.open()


def png_of(pixels: PagePixels) -> bytes:
    """A picture of our own, small enough for every print."""
    whole = QImage(pixels.pixels, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(whole)
    return bytes(buffer.data().data())


FORMS: dict[Rule, Callable[[], RuleForm]] = {
    Rule.HOURS: HoursForm,
    Rule.SPECIAL_HOURS: SpecialHoursForm,
    Rule.DEADLINE: DeadlineForm,
    Rule.LIMITS: lambda: NumbersForm(
        LimitsTable,
        {
            "verifikasi": N_("Verifikasi"),
            "tanggapan": N_("Tanggapan pertama"),
            "informasi": N_("Penyelesaian: informasi atau aspirasi"),
            "biasa": N_("Penyelesaian: tidak berkadar pengawasan"),
            "pengawasan": N_("Penyelesaian: berkadar pengawasan"),
            "tutup_otomatis": N_("Ditutup bila tanggapan tidak dibalas"),
        },
        N_("hari kerja"),
        250,
    ),
    Rule.REASONS: ReasonsForm,
    Rule.CHECKLIST: ChecklistForm,
    Rule.TITLES: TitlesForm,
    Rule.ARMS: ArmsForm,
    Rule.AGES: lambda: NumbersForm(
        AgesTable,
        {
            "umur_surat_maksimum_hari": N_("Surat paling tua saat diterima"),
            "umur_email_maksimum_hari": N_("E-mail paling tua saat diterima"),
        },
        N_("hari"),
        3650,
    ),
    Rule.RETENTION: RetentionForm,
}
