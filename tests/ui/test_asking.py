"""What the office asks of applicants: asked at the first start, reminded of, changed in the settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from lockdesk.demands import CSR_QUESTION, Demand
from lockdesk.desk.office.asking import answered
from lockdesk.settings import parse_office
from lockdesk.ui.look.appearance import apply_appearance
from lockdesk.ui.office.asking import AskingSection
from lockdesk.ui.office.gateway import CSR_ALL_THE_SAME, GatewaySection
from lockdesk.ui.shell.application import MainWindow, Preferences
from lockdesk.ui.shell.first_start import FirstStart, FirstStartWizard
from lockdesk.ui.shell.status_line import StatusLine
from tests.helpers.desk.portal_office import PortalOffice
from tests.helpers.window.filling import choose, press, segments
from tests.helpers.window.reading import shown_words
from tests.helpers.window.real_window import settings_page
from tests.ui.conftest import StrayWindows


@pytest.fixture
def window(qtbot: QtBot, office: PortalOffice) -> Iterator[MainWindow]:
    with settings_page(qtbot, office.desk) as opened:
        yield opened


@pytest.mark.parametrize(
    ("words", "demand", "to_confirm"),
    [("Ya", Demand.DEMANDED, False), ("Tidak", Demand.NOT_ASKED, False), ("Belum tahu", Demand.DEMANDED, True)],
)
def test_the_first_start_asks_who_makes_the_csr(
    qtbot: QtBot, strays: StrayWindows, tmp_path: Path, words: str, demand: Demand, to_confirm: bool
) -> None:
    strays.allowed = (FirstStartWizard,)
    wizard = FirstStartWizard(tmp_path)
    qtbot.addWidget(wizard)
    wizard.show()
    assert "Apakah pemohon membuat CSR sendiri?" in shown_words(wizard)
    press(segments(wizard, CSR_QUESTION), words)
    assert ("sampai dipastikan" in shown_words(wizard)) is to_confirm
    wizard._name.setText("Contoh Petugas")
    with qtbot.waitSignal(wizard.finished) as told:
        next(button for button in wizard.findChildren(QAbstractButton) if button.text() == "Mulai").click()
    assert told.args is not None
    value = told.args[0]
    assert isinstance(value, FirstStart)
    office = parse_office(answered(value.office_file.read_text(encoding="utf-8"), value.csr_answer))
    assert (office.demands.csr, office.csr_to_confirm) == (demand, to_confirm)


def test_the_first_start_says_what_it_lacks_beside_its_button(
    qtbot: QtBot, strays: StrayWindows, tmp_path: Path
) -> None:
    strays.allowed = (FirstStartWizard,)
    wizard = FirstStartWizard(tmp_path)
    qtbot.addWidget(wizard)
    wizard.show()
    begin = next(button for button in wizard.findChildren(QAbstractButton) if button.text() == "Mulai")
    for edit, wrong, said in (
        (wizard._name, "", "Tulis nama petugas untuk memulai."),
        (wizard._nip, "12", "Perbaiki NIP petugas untuk memulai."),
        (wizard._phone, "12", "Perbaiki nomor HP pejabat pengaduan untuk memulai."),
        (wizard._folder, "", "Pilih folder data untuk memulai."),
    ):
        wizard._name.setText("Contoh Petugas")
        before = edit.text()
        edit.setText(wrong)
        assert not begin.isEnabled() and begin.accessibleDescription() == said and said in shown_words(wizard)
        edit.setText(before)
    assert begin.isEnabled() and begin.accessibleDescription() == ""


def test_in_large_letters_the_first_start_shows_the_whole_data_folder(qtbot: QtBot, strays: StrayWindows) -> None:
    strays.allowed = (FirstStartWizard,)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_appearance(app, Preferences(percent=150))
    wizard = FirstStartWizard(Path("/home/petugas/.local/share/lockdesk/data"))
    qtbot.addWidget(wizard)
    wizard.show()
    folder = wizard._folder
    assert folder.fontMetrics().horizontalAdvance(folder.text()) < folder.width() - 24


def test_who_does_not_know_is_reminded_until_it_is_answered(
    qtbot: QtBot, window: MainWindow, office: PortalOffice
) -> None:
    (section,), (status,) = window.findChildren(AskingSection), window.findChildren(StatusLine)
    assert "Belum dipastikan apakah pemohon membuat CSR sendiri" in shown_words(section)
    assert "CSR belum dipastikan" in shown_words(status)
    press(segments(section, CSR_QUESTION), "Tidak")
    qtbot.waitUntil(lambda: "Belum dipastikan" not in shown_words(section), timeout=10000)
    qtbot.waitUntil(lambda: "CSR belum dipastikan" not in shown_words(status), timeout=10000)
    assert office.desk.settings().office.demands.csr is Demand.NOT_ASKED
    assert segments(section, "CSR").value == Demand.NOT_ASKED, "the portal takes it so"
    assert CSR_ALL_THE_SAME not in shown_words(section)


def test_every_demand_can_be_changed_and_is_journalled(qtbot: QtBot, window: MainWindow, office: PortalOffice) -> None:
    (section,) = window.findChildren(AskingSection)
    before = office.desk.reading.status().journal_count
    press(segments(section, "Nomor surat"), "Diwajibkan")
    qtbot.waitUntil(lambda: office.desk.settings().office.demands.letter_number is Demand.DEMANDED, timeout=10000)
    qtbot.waitUntil(lambda: window.background.idle, timeout=10000)
    assert office.desk.reading.status().journal_count == before + 1
    assert office.desk.settings().office.csr_to_confirm, "that was not the question"


def test_another_gateway_says_that_it_wants_a_csr_all_the_same(
    qtbot: QtBot, window: MainWindow, office: PortalOffice
) -> None:
    (section,), (gateway,) = window.findChildren(AskingSection), window.findChildren(GatewaySection)
    choose(gateway.card, "ejbca")
    assert CSR_ALL_THE_SAME not in shown_words(gateway.card)
    press(segments(section, CSR_QUESTION), "Tidak")
    qtbot.waitUntil(lambda: not office.desk.settings().office.csr_to_confirm, timeout=10000)
    qtbot.waitUntil(lambda: window.background.idle, timeout=10000)
    assert CSR_ALL_THE_SAME not in shown_words(gateway.card), "the portal is chosen"
    for other in ("ejbca", "cmp", "django_ca"):
        choose(gateway.card, other)
        assert CSR_ALL_THE_SAME in shown_words(gateway.card)
    choose(gateway.card, "portal")
    assert CSR_ALL_THE_SAME not in shown_words(gateway.card)
