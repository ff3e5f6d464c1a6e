"""Settings: the look, the people, closed days, the office profile, the training CA."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractScrollArea, QComboBox, QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.office.first_day import Preparation
from lockdesk.desk.values.drafts import of_settings
from lockdesk.desk.values.office import OfficersVersion
from lockdesk.desk.values.person_fields import fault_in
from lockdesk.errors import Declined
from lockdesk.settings import DeskSettings, Head, Officer, parse_office
from lockdesk.ui.look.actions import WINDOW_SPEC, WindowAction
from lockdesk.ui.look.preferences import Preferences
from lockdesk.ui.look.theme import PERCENTS, Tone, theme
from lockdesk.ui.office.asking import AskingSection
from lockdesk.ui.office.gateway import GatewaySection, HalfFilled
from lockdesk.ui.office.heads import HeadsCard
from lockdesk.ui.office.mail import MailSection
from lockdesk.ui.office.notice_texts import NoticeTextsSection
from lockdesk.ui.office.officers import OfficersCard, past_officers
from lockdesk.ui.office.own_way import ChangeKeySheet, ChangePassphraseSheet, OwnWaySheet
from lockdesk.ui.office.reader_risk import ReaderRiskCard
from lockdesk.ui.office.recovery import RecoveryCard
from lockdesk.ui.office.rules import RulesSection
from lockdesk.ui.office.trust import TrustSection
from lockdesk.ui.running.after_step import AfterStep
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.cards import Card, FactRow, Flow, Row, WideRow
from lockdesk.ui.widgets.forms import Field, Segments, beside, choice, enter_presses, text_area, text_field
from lockdesk.ui.widgets.kept_texts import KeptTexts
from lockdesk.ui.widgets.parts import HintButton, column, label, line, set_tone
from lockdesk.ui.widgets.past_sheet import PastSheet
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.ui.widgets.tab_order import takes_tab
from lockdesk.words import N_, TONGUES, _, translated

BEHAVIOURS = (
    ("normal", N_("Menjawab segera")),
    ("slow", N_("Lambat")),
    ("refusing", N_("Menolak")),
    ("approval", N_("Menunggu persetujuan")),
    ("die_before", N_("Terputus sebelum bekerja")),
    ("die_after", N_("Terputus setelah bekerja")),
)

_SETTLING_MS = 40


class SettingsPage(QWidget):
    """Each card saves what belongs together."""

    preferences_changed = Signal(object)
    settings_changed = Signal()
    gateway_changed = Signal()
    recovery_asked = Signal()
    key_change_asked = Signal(str, str)
    """The office's passphrase so far, or the recovery code, and the new passphrase."""
    calendar_asked = Signal()
    backups_asked = Signal()
    journal_asked = Signal()
    action_asked = Signal(str)
    """An action of the window."""

    def __init__(
        self, desk: Desk, background: Background, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._background = background
        self._preferences = preferences
        self._settings: DeskSettings = desk.settings()
        zone = desk.office.zone
        self._after_step = AfterStep()
        self._flow = Flow(measure=860, centred=True)
        self._flow.add(label(_("Pengaturan"), scale="title", bold=True))
        self._flow.add(self._look_card())
        for card in (
            self._officers_card,
            self._heads_card,
            self._complaints_card,
            self._calendar_card,
            self._backups_card,
            self._journal_card,
        ):
            self._flow.add(card())
        self._flow.add(self._privacy_card())
        self._flow.add(self._rules_section())
        self.asking = AskingSection(desk.asking, background)
        self.asking.saved.connect(self._read_office_text)
        self.asking.saved.connect(self.gateway_changed)
        self._flow.add(self.asking)
        self._add_connections(zone)
        self._flow.add(NoticeTextsSection(desk.notice_texts, background, desk.office, desk.drafts))
        self._recovery = RecoveryCard(desk.recovery, background) if desk.recovery is not None else None
        if self._recovery is not None:
            self._recovery.new_code_asked.connect(self.recovery_asked)
            self._recovery.passphrase_asked.connect(self._on_passphrase)
            self._recovery.key_asked.connect(self._on_key)
            self._flow.add(self._recovery)
        self._add_reader_risk()
        self.trust = TrustSection(desk.trust_store, background, desk.drafts, zone)
        self.trust.saved.connect(self._on_trust_saved)
        self._flow.add(self.trust)
        self._behaviour: dict[str, QComboBox] = {}
        if self._settings.practice:
            self._flow.add(self._training_card())
            background.run(desk.setup.behaviour, self._on_behaviour_read)
        self._flow.add(self._office_card())
        self._parts = self._preparing()
        self._wanted_part: QWidget = self
        self._part_at = 0
        outer = column(self)
        outer.addWidget(self._flow)
        self._read_office_text()

    def _add_connections(self, zone: ZoneInfo) -> None:
        """To the CA and to the office's mailbox, where the profile has its own."""
        desk, background = self._desk, self._background
        if desk.connecting is not None:
            self.gateway = GatewaySection(desk.connecting, background, desk.drafts, zone)
            self.gateway.saved.connect(self.gateway_changed)
            self.gateway.saved.connect(self.asking.read)
            self.asking.saved.connect(self.gateway.read)
            self._flow.add(self.gateway)
        if desk.mailing is not None:
            self.mail = MailSection(desk.mailing, background, desk.drafts, zone)
            self.mail.saved.connect(self.gateway_changed)
            self._flow.add(self.mail)

    def _preparing(self) -> dict[Preparation, QWidget]:
        parts: dict[Preparation, QWidget] = {
            Preparation.HEAD: self._heads,
            Preparation.COMPLAINTS: self._complaints,
            Preparation.CSR: self.asking,
        }
        if self._desk.connecting is not None:
            parts[Preparation.CA] = self.gateway
        if self._desk.mailing is not None:
            parts[Preparation.MAIL] = self.mail
        return parts

    def _add_reader_risk(self) -> None:
        """Where documents may have to be read without walls."""
        if self._desk.reader_risk.possible:
            position = self._settings.office.supervisor_position
            card = ReaderRiskCard(self._desk.reader_risk, self._background, position)
            card.changed.connect(self.settings_changed)
            self._flow.add(card)

    def show_part(self, what: Preparation) -> None:
        """Scrolls to where something is prepared and puts the keyboard there, once the cards have read their values:
        until then their heights change."""
        self._wanted_part, self._part_at = self._parts[what], -1
        self._go_to_part()

    @Slot()
    def _go_to_part(self) -> None:
        """Again until it stays where it is: an answer may ask for more, and what it fills is laid out later."""
        part, before = self._wanted_part, self._part_at
        self._flow.settle()
        self._part_at = part.pos().y()
        if not self._background.idle or self._part_at != before:
            QTimer.singleShot(_SETTLING_MS, self, self._go_to_part)
            return
        self._flow.verticalScrollBar().setValue(self._part_at - theme.px(12))
        stops = (widget for widget in part.findChildren(QWidget) if takes_tab(widget))
        first = next((stop for stop in stops if not isinstance(stop, QAbstractScrollArea)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def half_filled(self) -> HalfFilled | None:
        """What was written of the CA's settings and not saved, for the page that takes this one's place."""
        return self.gateway.card.half_filled if self._desk.connecting is not None else None

    def fill_again(self, kept: HalfFilled) -> None:
        self.gateway.card.fill_again(kept)

    def read_recovery(self) -> None:
        if self._recovery is not None:
            self._recovery.read()

    def _officers_card(self) -> Card:
        card = OfficersCard(self._settings.officers, self._desk.own_ways is not None, self._keep_texts)
        card.changed.connect(self._on_officers)
        card.past_asked.connect(self._on_officers_past)
        card.own_way_asked.connect(self._on_own_way)
        return card

    def _heads_card(self) -> Card:
        position = self._settings.office.supervisor_position
        card = HeadsCard(self._settings.heads, position, self._desk.own_ways is not None, self._keep_texts)
        card.changed.connect(self._on_heads)
        card.own_way_asked.connect(self._on_own_way)
        self._heads = card
        return card

    def _calendar_card(self) -> Card:
        card = Card(_("Kalender"))
        card.set_note(_("hari tutup, jam khusus, dan jumlah hari kerja"))
        show = HintButton(_("Buka kalender"))
        show.clicked.connect(self.calendar_asked)
        card.add_row(Row((show, 1)))
        return card

    def _backups_card(self) -> Card:
        card = Card(_("Cadangan"))
        card.set_note(_("tempat, jadwal, pemulihan, dan pindah komputer"))
        show = HintButton(_("Buka cadangan"))
        show.clicked.connect(self.backups_asked)
        card.add_row(Row((show, 1)))
        return card

    def _journal_card(self) -> Card:
        card = Card(_("Rekam jejak"))
        card.set_note(_("siapa melakukan apa, kapan; ekspor untuk diperiksa pihak lain"))
        show = HintButton(_("Buka rekam jejak"))
        show.clicked.connect(self.journal_asked)
        card.add_row(Row((show, 1)))
        return card

    def _privacy_card(self) -> Card:
        card = Card(_("Data pribadi"))
        card.set_note(_("masa simpan, permintaan pemilik data, kegagalan pelindungan"))
        for action in (WindowAction.DISPOSAL, WindowAction.DATA_REQUESTS, WindowAction.BREACH):
            spec = WINDOW_SPEC[action]
            show = HintButton(f"{_(spec.words)}…", role="link")
            show.clicked.connect(partial(self._on_action, str(action)))
            card.add_row(Row((show, 1)))
        return card

    def _on_action(self, action: str, _checked: bool = False) -> None:
        self.action_asked.emit(action)

    def _rules_section(self) -> RulesSection:
        self.rules = RulesSection(self._desk, self._background)
        self.rules.saved.connect(self._on_trust_saved)
        return self.rules

    def _look_card(self) -> Card:
        card, chosen = Card(_("Tampilan")), self._preferences
        self._theme = Segments((("light", _("Terang")), ("dark", _("Gelap"))), _("Warna"))
        self._theme.choose(chosen.theme)
        self._percent = Segments([(str(value), f"{value} %") for value in PERCENTS], _("Ukuran teks"))
        self._percent.choose(str(chosen.percent))
        self._language = Segments(
            [(code, tongue.name) for code, tongue in TONGUES.items() if translated(code)], _("Bahasa")
        )
        self._language.choose(chosen.language)
        minutes = [(str(n), _("{n} menit").format(n=n)) for n in (5, 10, 15, 30)]
        self._lock = Segments(minutes, _("Kunci otomatis"))
        self._lock.choose(str(chosen.lock_minutes))
        for name, widget in (
            (_("Warna"), self._theme),
            (_("Ukuran teks"), self._percent),
            (_("Bahasa"), self._language),
            (_("Kunci otomatis"), self._lock),
        ):
            widget.chosen.connect(self._on_look)
            card.add_row(FactRow(name, widget))
        return card

    def _complaints_card(self) -> Card:
        card = Card(_("Pejabat pengaduan"))
        card.set_note(_("dicantumkan pada standar pelayanan dan tanda terima"))
        self._name = text_field(self._settings.complaints_officer)
        self._phone = text_field(self._settings.complaints_officer_phone, mono=True)
        save = HintButton(_("Simpan"))
        save.setAccessibleName(_("Simpan pejabat pengaduan"))
        save.clicked.connect(self._on_complaints_officer)
        enter_presses(save, self._name, self._phone)
        inside = QWidget()
        self._phone_field = Field(_("Nomor HP"), self._phone)
        inside.setLayout(beside(save, Field(_("Nama"), self._name), self._phone_field))
        card.add_row(WideRow(inside, 10))
        self._kept_complaints = KeptTexts(card, of_settings("complaints"), self._background, self._desk.drafts)
        self._complaints = card
        return card

    def _training_card(self) -> Card:
        card = Card(_("Perilaku CA pelatihan"))
        card.set_note(_("untuk berlatih menghadapi gangguan"))
        box = choice([(value, _(text)) for value, text in BEHAVIOURS])
        box.setAccessibleName(_("Perilaku CA pelatihan"))
        box.activated.connect(self._on_behaviour)
        self._behaviour["mode"] = box
        card.add_row(FactRow(_("CA"), box))
        return card

    def _office_card(self) -> Card:
        card = Card(_("Profil kantor"))
        card.set_note(_("identitas, kanal, dan standar pelayanan; aturan bertanggal diubah di Aturan kantor"))
        self._office = text_area("", 18)
        self._office.setProperty("mono", "true")
        self._office.setAccessibleName(_("Profil kantor"))
        self._office_words = label(tone=Tone.QUIET, wrap=True)
        save = HintButton(_("Periksa dan simpan"))
        save.clicked.connect(self._on_office)
        written = QWidget()
        inner = column(written, 0, 8)
        inner.addWidget(self._office)
        row = line((self._office_words, save), 12)
        row.setStretch(0, 1)
        inner.addLayout(row)
        self._text_row = WideRow(written, 10)
        self._kept_office: KeptTexts | None = None
        self._as_text = HintButton(_("Sunting sebagai teks"), role="link")
        self._as_text.clicked.connect(self._on_as_text)
        card.add_row(Row((self._as_text, 1)))
        card.add_row(self._text_row)
        self._text_row.hide()
        return card

    @Slot(str)
    def _on_look(self, _value: str) -> None:
        self._preferences = replace(
            self._preferences,
            theme=self._theme.value,
            percent=int(self._percent.value),
            language=self._language.value,
            lock_minutes=int(self._lock.value),
        )
        self.preferences_changed.emit(self._preferences)

    @Slot(object)
    def _on_officers(self, officers: tuple[Officer, ...]) -> None:
        self._save(replace(self._settings, officers=officers))

    @Slot(object)
    def _on_heads(self, heads: tuple[Head, ...]) -> None:
        self._save(replace(self._settings, heads=heads))

    @Slot(object)
    def _on_own_way(self, person: Officer) -> None:
        own_ways = self._desk.own_ways
        assert own_ways is not None
        ask = lambda: (person.nip in own_ways.people(), own_ways.asks_code(person.nip))  # noqa: E731 - one expression
        self._background.run(ask, partial(self._open_own_way, person))

    def _open_own_way(self, person: Officer, asked: tuple[bool, bool]) -> None:
        own_ways = self._desk.own_ways
        assert own_ways is not None
        sheet = OwnWaySheet(self, person, *asked)
        done = lambda _result: sheet.accept()  # noqa: E731 - closes what asked
        give, end = partial(own_ways.give, person.nip), partial(own_ways.end, person.nip)
        sheet.given.connect(lambda secret, code: self._background.run(partial(give, secret, code), done, sheet.refuse))
        sheet.ended.connect(lambda: self._background.run(end, done, sheet.refuse))
        sheet.open()

    @Slot()
    def _on_passphrase(self) -> None:
        ways, sheet = self._desk.own_ways, ChangePassphraseSheet(self)
        assert ways is not None
        done = lambda _result: sheet.accept()  # noqa: E731 - closes what asked
        sheet.given.connect(
            lambda known, new: self._background.run(partial(ways.change, known, new), done, sheet.refuse)
        )
        sheet.open()

    @Slot()
    def _on_key(self) -> None:
        ways, sheet = self._desk.own_ways, ChangeKeySheet(self)
        assert ways is not None

        def ask(known: str, new: str) -> None:
            def done(_result: None) -> None:
                sheet.accept()
                self.key_change_asked.emit(known, new)

            self._background.run(partial(ways.require_office_secret, known), done, sheet.refuse)

        sheet.given.connect(ask)
        sheet.open()

    @Slot()
    def _on_officers_past(self) -> None:
        self._background.run(self._desk.setup.officers_past, self._on_past)

    def _on_past(self, versions: tuple[OfficersVersion, ...]) -> None:
        PastSheet(self, _("Petugas"), past_officers(versions, self._desk.office.zone)).open()

    @Slot()
    def _on_complaints_officer(self) -> None:
        name, phone = self._name.text().strip(), self._phone.text().strip()
        fault = fault_in("phone", phone)
        self._phone_field.show_fault(fault)
        if fault:
            self._phone.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._save(replace(self._settings, complaints_officer=name, complaints_officer_phone=phone))
        self._after_step.add(self._kept_complaints.drop)

    def _keep_texts(self, sheet: Sheet, name: str) -> None:
        """What is half written in a dialog of the settings is there again when it is opened anew."""
        KeptTexts(sheet, of_settings(name), self._background, self._desk.drafts, self._after_step)

    def _save(self, settings: DeskSettings) -> None:
        """What is refused leaves the settings as they were, and what was written of them is kept."""
        taken = self._after_step.begin()

        def saved(_result: object) -> None:
            self._settings = settings
            taken()
            self.settings_changed.emit()

        self._background.run(partial(self._desk.setup.save, settings), saved)

    def _on_office_saved(self, _result: object) -> None:
        if self._kept_office is not None:
            self._kept_office.drop()
        self.settings_changed.emit()

    @Slot()
    def _read_office_text(self) -> None:
        """The profile's text changed beneath the page."""
        self._background.run(self._desk.setup.office_text, self._on_office_text)

    @Slot()
    def _on_trust_saved(self) -> None:
        self._read_office_text()
        self.settings_changed.emit()

    def _on_office_text(self, text: str) -> None:
        self._office.setPlainText(text)
        if self._kept_office is not None:
            self._kept_office.deleteLater()
        self._kept_office = KeptTexts(self._text_row, of_settings("office"), self._background, self._desk.drafts)

    @Slot()
    def _on_office(self) -> None:
        text = self._office.toPlainText()
        try:
            parse_office(text)
        except Declined as error:
            self._office_words.setText(str(error))
            set_tone(self._office_words, Tone.BAD)
            return
        self._office_words.setText(_("Tersimpan."))
        set_tone(self._office_words, Tone.OK)
        self._background.run(partial(self._desk.setup.save_office, text), self._on_office_saved)

    @Slot()
    def _on_as_text(self) -> None:
        self._text_row.setVisible(self._text_row.isHidden())

    def _on_behaviour_read(self, behaviour: Mapping[str, str]) -> None:
        for name, box in self._behaviour.items():
            box.setCurrentIndex(max(box.findData(behaviour.get(name, "normal")), 0))

    @Slot()
    def _on_behaviour(self) -> None:
        chosen = {name: str(box.currentData()) for name, box in self._behaviour.items()}
        self._background.run(partial(self._desk.setup.set_behaviour, chosen))
