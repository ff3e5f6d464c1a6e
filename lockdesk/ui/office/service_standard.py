"""The office's standard of service: all components as published, with what still has to be confirmed."""

import re
from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from lockdesk.core.identity import print_phone
from lockdesk.settings import DeskSettings, StandardComponent
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.cards import Card, Flow, Notice
from lockdesk.ui.widgets.parts import HintButton, column, label, line, rich_label
from lockdesk.words import _

_NUMBER = re.compile(r"(\d{1,2}\.|[a-z]\.|–) ")


class ComponentRow(QFrame):
    """One component: its number, its title, its lines as published."""

    def __init__(self, component: StandardComponent, officer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("row", "true")
        number = label(str(component.number), tone=Tone.QUIET, mono=True)
        number.setFixedWidth(theme.px(26))
        title = label(component.title, bold=True, wrap=True)
        title.setFixedWidth(theme.px(230))
        words = column(spacing=2)
        for text in component.lines:
            words.addWidget(self._line(text.replace("{pejabat_pengaduan}", officer)))
        inner = line((number, title), 10)
        inner.setContentsMargins(theme.px(14), theme.px(9), theme.px(14), theme.px(9))
        for shown in (number, title):
            inner.setAlignment(shown, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(words, 1)
        self.setLayout(inner)
        self.setAccessibleName(f"{component.number}. {component.title}")

    def _line(self, text: str) -> QLabel:
        """One that begins with its number goes on beneath its own words, as on paper."""
        inset, words = theme.px(8 * (len(text) - len(text.lstrip(" ")))), text.strip()
        number = _NUMBER.match(words)
        hanging = theme.advance(number.group()) if number is not None else 0
        indent = f"margin-left: {inset + hanging}px; text-indent: {-hanging}px"
        return rich_label(f'<div style="{indent}">{escape(words)}</div>')


class StandardPage(QWidget):
    """All 14 components, printable."""

    print_asked = Signal()

    def __init__(self, settings: DeskSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        office = settings.office
        flow = Flow(measure=940, centred=True)
        head = label(_("Standar pelayanan"), scale="title", bold=True)
        printer = HintButton(_("Cetak…"), "Ctrl+P", "accent")
        printer.clicked.connect(self.begin_print)
        top = line((head, 1, printer), 12)
        flow.add_layout(top)
        product = next((part.lines[0] for part in office.components if part.number == 5 and part.lines), "")
        flow.add(label(f"{product} · {office.unit}, {office.government}", tone=Tone.QUIET, wrap=True))
        if office.email_to_confirm:
            words = _("Alamat e-mail kantor ({email}) terpotong pada naskah sumber. Pastikan di Pengaturan.")
            flow.add(Notice(words.format(email=office.email), Tone.WARN))
        if not settings.complaints_officer:
            flow.add(Notice(_("Nama dan nomor pejabat pengaduan belum diisi di Pengaturan."), Tone.WARN))
        card = Card(_("Komponen"))
        card.set_note(_("{count} komponen").format(count=len(office.components)))
        named = (settings.complaints_officer, print_phone(settings.complaints_officer_phone))
        officer = " ".join(part for part in named if part)
        for component in office.components:
            card.add_row(ComponentRow(component, officer or "–"))
        flow.add(card)
        outer = column(self)
        outer.addWidget(flow)

    @Slot()
    def begin_print(self) -> None:
        self.print_asked.emit()
