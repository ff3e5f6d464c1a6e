"""An office without CSR in the real window: the certificate is found in the portal and the new one proved by it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState
from lockdesk.ui.dialogs.portal import CertificateSheet, HolderSheet, PortalSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.verification.fact_cards import CsrCard, OldCertificateCard
from lockdesk.ui.verification.operations_card import CaAsk
from lockdesk.ui.widgets.days import DayBox
from lockdesk.ui.widgets.facts import FactList
from lockdesk.ui.widgets.questions import ErrorSheet
from tests.helpers.desk.portal_office import PortalOffice
from tests.helpers.desk.without_csr import (
    NEW,
    NEW_KEY,
    holder,
    office_without_csr,
    received,
    request_pem,
    waiting,
    wening,
)
from tests.helpers.window.reading import shown_words
from tests.helpers.window.real_window import real_window, show_case


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PortalOffice]:
    with office_without_csr(tmp_path) as made:
        yield made


@pytest.fixture
def window(qtbot: QtBot, office: PortalOffice) -> Iterator[MainWindow]:
    with real_window(qtbot, office.desk) as opened:
        yield opened


def ask(window: MainWindow, wanted: CaAsk) -> None:
    next(b for b in window.findChildren(QAbstractButton, f"ca-{wanted}") if b.isVisible()).click()


def facts_of(window: MainWindow, card: type[QWidget]) -> str:
    return "\n".join(
        f"{fact.name} {fact.value}"
        for shown in window.findChildren(card)
        for facts in shown.findChildren(FactList)
        for fact in facts.facts
    )


def write_holder(window: MainWindow, number: str) -> HolderSheet:
    ask(window, CaAsk.RECORD_HOLDER)
    sheet = next(found for found in window.findChildren(HolderSheet) if found.isVisible())
    assert "menurut e-mail dinas, NIP, atau NIK" in shown_words(sheet)
    texts = {"Nomor seri menurut portal": "5AFE0001", "Nama pemegang menurut portal": "Wening Contohsari"}
    for edit in (found for found in sheet.findChildren(QLineEdit) if not isinstance(found, DayBox)):
        edit.setText(texts.get(edit.accessibleName(), number if "NIP" in edit.accessibleName() else ""))
    sheet.findChildren(DayBox)[0].set_day(date(2028, 1, 1))
    return sheet


def test_the_certificate_is_found_in_the_portal_and_no_letter_is_blamed(
    qtbot: QtBot, window: MainWindow, office: PortalOffice
) -> None:
    case_id = received(office.desk)
    show_case(qtbot, window, case_id)
    assert "Permohonan tidak disertai CSR." in facts_of(window, CsrCard)
    assert "Cari pemohon di portal" in facts_of(window, OldCertificateCard)
    write_holder(window, "").verb.click()
    qtbot.waitUntil(lambda: any(sheet.isVisible() for sheet in window.findChildren(ErrorSheet)), timeout=15000)
    told = next(sheet for sheet in window.findChildren(ErrorSheet) if sheet.isVisible())
    assert "NIP, NIK, atau e-mailnya harus sama" in shown_words(told)
    told.reject()
    qtbot.waitUntil(lambda: window.background.idle, timeout=15000)
    with qtbot.waitSignal(window.case_shown, timeout=15000):
        write_holder(window, wening(office.desk).text("nip")).verb.click()
    qtbot.waitUntil(lambda: window.background.idle, timeout=15000)
    assert "5A:FE:00:01" in facts_of(window, OldCertificateCard)


def bring(qtbot: QtBot, window: MainWindow, certificate: bytes) -> None:
    ask(window, CaAsk.BRING_NEW)
    sheet = next(found for found in window.findChildren(CertificateSheet) if found.isVisible())
    sheet.findChildren(QPlainTextEdit)[0].setPlainText(certificate.decode())
    sheet.verb.click()


def test_a_name_alone_is_refused_in_words_and_the_holder_s_certificate_is_taken(
    qtbot: QtBot, window: MainWindow, office: PortalOffice, tmp_path: Path
) -> None:
    case_id, who = waiting(office), wening(office.desk)
    show_case(qtbot, window, case_id)
    ask(window, CaAsk.STEPS)
    steps = next(found for found in window.findChildren(PortalSheet) if found.isVisible())
    assert "Tanpa CSR program menerimanya bila NIP, NIK, atau e-mail" in shown_words(steps)
    steps.reject()
    nameless = office.ca.issue(request_pem(NEW_KEY), holder(who, serialNumber="", emailAddress=""), 0x5AFE0007)
    bring(qtbot, window, nameless)
    qtbot.waitUntil(lambda: any(sheet.isVisible() for sheet in window.findChildren(ErrorSheet)), timeout=15000)
    told = next(sheet for sheet in window.findChildren(ErrorSheet) if sheet.isVisible())
    assert "nama saja tidak membuktikan" in shown_words(told)
    told.reject()
    qtbot.waitUntil(lambda: window.background.idle, timeout=15000)
    bring(qtbot, window, office.ca.issue(request_pem(NEW_KEY + 50), holder(who), NEW))
    qtbot.waitUntil(lambda: office.desk.reading.case(case_id).state is CaseState.ISSUED, timeout=15000)
    qtbot.waitUntil(lambda: window.background.idle, timeout=15000)
