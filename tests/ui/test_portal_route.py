"""The portal route in the window, on a fake desk: steps to copy from, the holder, the certificate that is brought."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState
from lockdesk.core.findings import Finding, Verdict
from lockdesk.core.operations import OperationKind, OperationState
from lockdesk.desk.operations.handwork import HolderForm
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.ui.dialogs.guide_list import CopyButton
from lockdesk.ui.dialogs.portal import CertificateSheet, HolderSheet, PortalSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.verification.operations_card import CaAsk
from lockdesk.ui.widgets.days import DayBox
from lockdesk.ui.widgets.forms import Field
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.ui.widgets.sheet import Sheet
from tests.helpers.window import people
from tests.helpers.window.reading import words_in
from tests.ui.fake_desk import UNDECIDED, FakeDesk

S = TypeVar("S", bound=Sheet)
ShowCase = Callable[[MainWindow, int], None]
CASE = 1


@pytest.fixture
def desk() -> FakeDesk:
    made = FakeDesk()
    made.state.by_hand = True
    return made


def waiting(desk: FakeDesk, kind: OperationKind) -> None:
    operation = replace(people.unsettled(CASE), kind=kind, state=OperationState.AWAITING, gateway="portal")
    state = CaseState.VERIFIED if kind is OperationKind.REVOKE else CaseState.REVOKED
    desk.state.change(CASE, state=state, operations=(operation,))


def sheet(window: MainWindow, kind: type[S]) -> S:
    return next(found for found in window.findChildren(kind) if found.isVisible())


def press(qtbot: QtBot, widget: QWidget, words: str) -> None:
    button = next(b for b in widget.findChildren(QAbstractButton) if b.text() == words and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def press_ask(qtbot: QtBot, window: MainWindow, ask: CaAsk) -> None:
    button = next(b for b in window.findChildren(QAbstractButton, f"ca-{ask}") if b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def primary(window: MainWindow) -> str:
    button = window.cases.panel.bar.primary
    assert button is not None
    return button.text()


def test_the_steps_show_what_is_to_be_copied(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    waiting(desk, OperationKind.REVOKE)
    show_case(window, CASE)
    press_ask(qtbot, window, CaAsk.STEPS)
    steps = sheet(window, PortalSheet)
    operation = desk.state.cases[CASE].operations[-1]
    shown = words_in(steps)
    assert "Dilakukan oleh pemohon" in shown and operation.serial in shown and "superseded" in shown
    copies = {button.accessibleName(): button for button in steps.findChildren(CopyButton)}
    qtbot.mouseClick(copies["Salin Nomor seri"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == operation.serial
    assert copies["Salin Nomor seri"].text() == "Tersalin"


def test_the_nik_is_copied_only_after_a_reason(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.state.actor = "officer"
    waiting(desk, OperationKind.REVOKE)
    show_case(window, CASE)
    QGuiApplication.clipboard().setText("sebelumnya")
    press_ask(qtbot, window, CaAsk.STEPS)
    steps, nik = sheet(window, PortalSheet), desk.state.cases[CASE].applicant.nik
    assert nik not in words_in(steps)
    press(qtbot, steps, "Salin…")
    asked = sheet(window, ReasonSheet)
    assert not asked.verb.isEnabled() and not desk.state.called("unmask_nik")
    asked.findChildren(QPlainTextEdit)[0].setPlainText("Mencari pemohon di portal")
    qtbot.mouseClick(asked.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == nik)
    assert nik in words_in(steps) and desk.state.called("unmask_nik")[0][2] == "Mencari pemohon di portal"
    qtbot.waitUntil(lambda: window.background.idle)


def test_the_csr_is_saved_as_a_file(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    waiting(desk, OperationKind.REISSUE)
    show_case(window, CASE)
    target = tmp_path / "permohonan.csr"

    def choose(dialog: QFileDialog) -> None:
        dialog.fileSelected.emit(str(target))

    monkeypatch.setattr(QFileDialog, "open", choose)
    press_ask(qtbot, window, CaAsk.STEPS)
    press(qtbot, sheet(window, PortalSheet), "Simpan berkas…")
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: window.background.idle)
    assert target.read_bytes().startswith(b"-----BEGIN CERTIFICATE REQUEST-----")


def test_the_holder_is_recorded_as_typed_and_no_day_is_proposed(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.state.change(UNDECIDED, old_certificate=None)
    show_case(window, UNDECIDED)
    press_ask(qtbot, window, CaAsk.RECORD_HOLDER)
    asked = sheet(window, HolderSheet)
    serial, name, number, email = [edit for edit in asked.findChildren(QLineEdit) if not isinstance(edit, DayBox)]
    assert not any(edit.text() for edit in (serial, name, number, email))
    qtbot.keyClicks(serial, "4A:7F:00:2B")
    qtbot.keyClicks(name, "Sekar Contohwati")
    day = asked.findChildren(DayBox)[0]
    assert day.text() == "" and not asked.verb.isEnabled()
    qtbot.keyClicks(day, "1/10/28")
    assert asked.verb.isEnabled()
    qtbot.mouseClick(asked.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(desk.state.called("record_holder")) and window.background.idle)
    wanted = HolderForm("4A:7F:00:2B", "Sekar Contohwati", "", "", date(2028, 10, 1))
    assert desk.state.called("record_holder") == [("record_holder", UNDECIDED, wanted)]


def test_enter_asks_whose_the_old_certificate_is_before_anybody_decides_that_it_is_unknown(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    unknown = Finding("certificate.identified", Verdict.UNKNOWN, "CA belum dapat ditanya tentang nomor seri ini.")
    desk.state.change(UNDECIDED, old_certificate=None, findings=(unknown,))
    show_case(window, UNDECIDED)
    window.cases.take_focus()
    assert primary(window) == "Catat pemegang…"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    sheet(window, HolderSheet).reject()
    press(qtbot, window, "Putuskan…")
    assert sheet(window, ReasonSheet), "where the portal does not show it"
    sheet(window, ReasonSheet).reject()
    warns = replace(unknown, check="csr.subject", verdict=Verdict.WARN)
    desk.state.change(UNDECIDED, findings=(warns, unknown))
    show_case(window, UNDECIDED)
    assert primary(window) == "Putuskan peringatan"


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_the_new_certificate_is_brought(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, tmp_path: Path, way: str
) -> None:
    waiting(desk, OperationKind.REISSUE)
    show_case(window, CASE)
    assert primary(window) == "Masukkan sertifikat baru…"
    window.begin(f"case.{CaseAction.SETTLE}")
    asked = sheet(window, CertificateSheet)
    assert not asked.verb.isEnabled()
    text = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
    if way == "paste":
        asked.findChildren(QPlainTextEdit)[0].setPlainText("catatan saja")
        assert not asked.verb.isEnabled()
        asked.findChildren(QPlainTextEdit)[0].setPlainText(text)
    else:
        path, data = tmp_path / "baru.cer", QMimeData()
        path.write_text(text)
        data.setUrls([QUrl.fromLocalFile(str(path))])
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        asked.dropEvent(QDropEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, left, none))
        assert "baru.cer" in words_in(asked)
    qtbot.mouseClick(asked.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(desk.state.called("bring_certificate")) and window.background.idle)
    ((_name, case_id, files),) = desk.state.called("bring_certificate")
    assert case_id == CASE and [item.content.decode() for item in files] == [text]


def test_the_primary_button_says_what_comes_next(window: MainWindow, show_case: ShowCase, desk: FakeDesk) -> None:
    waiting(desk, OperationKind.REVOKE)
    show_case(window, CASE)
    assert primary(window) == "Periksa status ke BSrE"


def test_what_esign_said_stands_with_the_operation(window: MainWindow, show_case: ShowCase, desk: FakeDesk) -> None:
    proved = replace(
        people.unsettled(CASE), state=OperationState.PROVED, holder_before="ISSUE: sertifikat terbit dan berlaku",
        holder_after="REVOKE: sertifikat dicabut",
    )  # fmt: skip
    desk.state.change(CASE, state=CaseState.REVOKED, operations=(proved,))
    show_case(window, CASE)
    shown = words_in(window.cases.panel.verification)
    assert "Status sebelumnya" in shown and "ISSUE: sertifikat" in shown and "REVOKE: sertifikat dicabut" in shown


def test_asking_again_by_itself_is_stopped_by_a_button(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    waiting(desk, OperationKind.REVOKE)
    show_case(window, CASE)
    press_ask(qtbot, window, CaAsk.STOP_ASKING)
    qtbot.waitUntil(lambda: window.background.idle)
    assert desk.state.called("stop")


def test_what_a_person_brings_is_not_asked_for(window: MainWindow, show_case: ShowCase, desk: FakeDesk) -> None:
    waiting(desk, OperationKind.REISSUE)
    show_case(window, CASE)
    assert "Ditanyakan lagi" not in words_in(window.cases.panel.verification)


def test_the_holder_form_fits_large_letters(
    qtbot: QtBot, open_window: Callable[..., MainWindow], show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.state.change(UNDECIDED, old_certificate=None)
    window = open_window(percent=150)
    show_case(window, UNDECIDED)
    press_ask(qtbot, window, CaAsk.RECORD_HOLDER)
    fields = sheet(window, HolderSheet).findChildren(Field)
    assert fields and all(field.height() >= field.minimumSizeHint().height() for field in fields)


def test_what_was_begun_just_now_is_told_so(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    waiting(desk, OperationKind.REVOKE)
    (operation,) = desk.state.cases[CASE].operations
    desk.state.change(CASE, operations=(replace(operation, started_at=desk.clock.now()),))
    show_case(window, CASE)
    press_ask(qtbot, window, CaAsk.STEPS)
    told = words_in(sheet(window, PortalSheet))
    assert "baru saja" in told and "0 menit" not in told


def private_key(style: str) -> str:
    """A key as it reaches the counter: PEM, what a mail program or a person made of it, or its body alone."""
    made = ec.derive_private_key(5, ec.SECP256R1())
    der = made.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    body = base64.encodebytes(der).decode()
    whole = f"-----BEGIN PRIVATE KEY-----\n{body}-----END PRIVATE KEY-----"
    return {
        "plain": whole,
        "dashes": whole.replace("-----", "–––––"),
        "small": whole.replace("BEGIN PRIVATE KEY", "begin private key"),
        "spaced": whole.replace("-----BEGIN", "----- BEGIN").replace("PRIVATE KEY", "PRIVATE\u00a0KEY"),
        "cut": whole.replace("PRIVATE KEY-----", "PRIVATE KEY", 1),
        "putty": f"PuTTY-User-Key-File-3: ecdsa-sha2-nistp256\nPrivate-Lines: 1\n{body}",
        "bare": body,
    }[style]


@pytest.mark.parametrize("style", ["plain", "dashes", "small", "spaced", "cut", "putty", "bare"])
def test_a_pasted_certificate_is_there_again_and_a_private_key_goes_nowhere(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, style: str
) -> None:
    waiting(desk, OperationKind.REISSUE)
    show_case(window, CASE)
    pasted = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"

    def opened() -> QPlainTextEdit:
        window.begin(f"case.{CaseAction.SETTLE}")
        qtbot.waitUntil(lambda: window.background.idle)
        return sheet(window, CertificateSheet).findChildren(QPlainTextEdit)[0]

    def leave() -> None:
        sheet(window, CertificateSheet).reject()
        qtbot.waitUntil(lambda: window.background.idle)

    opened().setPlainText(pasted)
    leave()
    area = opened()
    assert area.toPlainText() == pasted
    key = private_key(style)
    area.setPlainText(f"{pasted}\n{key}")
    sheet(window, CertificateSheet).verb.click()
    assert "kunci privat" in area.accessibleDescription() and not desk.state.called("bring_certificate")
    leave()
    assert not [kept for kept in desk.drafts.kept.values() if key.splitlines()[1] in kept]
