"""The intake tray in the real window, on a real mailbox: by keyboard and by mouse."""

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState
from lockdesk.desk.values.tray import Seems
from lockdesk.errors import Refused
from lockdesk.ui.intake.join_sheet import JoinSheet
from lockdesk.ui.intake.mail_page import MailPage
from lockdesk.ui.intake.mail_panel import MailPanel
from lockdesk.ui.look.theme import FITS
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.status_line import StatusLine
from lockdesk.ui.shell.top_bar import Tab
from lockdesk.ui.widgets.sheet import open_sheets
from lockdesk.words import language
from tests.helpers.desk.counter import form
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.portal import NEW_SERIAL, csr_of, subject, waiting_for_certificate
from tests.helpers.desk.portal_office import PortalOffice, portal_office, serving_ca
from tests.helpers.desk.steps import count, receive, waiting
from tests.helpers.mail.posting import ARRIVED, LATER, use_account
from tests.helpers.papers.arrivals import mail
from tests.helpers.papers.samples import papers, sample
from tests.helpers.window.real_window import PATIENCE_MS, real_window, rest
from tests.servers.mail_house import MailHouse
from tests.servers.small_ca import SmallCa


@pytest.fixture(scope="module")
def house_and_ca() -> Iterator[tuple[MailHouse, SmallCa]]:
    ca = SmallCa("CA kantor")
    house = MailHouse(ca, people=("sekar.contohwati",))
    yield house, ca
    house.close()


@pytest.fixture
def house(house_and_ca: tuple[MailHouse, SmallCa]) -> MailHouse:
    house_and_ca[0].empty()
    return house_and_ca[0]


@pytest.fixture
def office(tmp_path: Path, house: MailHouse, house_and_ca: tuple[MailHouse, SmallCa]) -> Iterator[PortalOffice]:
    with serving_ca(tmp_path / "ca") as ca, portal_office(tmp_path / "kerja", ca, SetClock(LATER)) as made:
        use_account(made.desk, house.smtp_port, house_and_ca[1], house.imap_port)
        yield made


def look(qtbot: QtBot, window: MainWindow) -> None:
    """What the timer does, now."""
    rest(qtbot, window)
    window.mail_work.look()
    rest(qtbot, window)


def tray(qtbot: QtBot, window: MainWindow) -> MailPage:
    window.show_page("mail")
    look(qtbot, window)
    return window.findChildren(MailPage)[0]


def button(page: MailPage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, f"mail-{name}")
    assert found is not None
    return found


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def tab(window: MainWindow) -> str:
    return next(item for item in window.findChildren(Tab) if item.objectName() == "mail").accessibleName()


def test_when_the_mailbox_was_looked_into_is_told_in_the_language_of_now(
    qtbot: QtBot, office: PortalOffice, house: MailHouse
) -> None:
    with real_window(qtbot, office.desk) as window:
        tray(qtbot, window)
        assert "E-mail diperiksa pukul" in said(window.findChildren(StatusLine)[0])
        language.choose("en")
        window.rebuild()
        told = said(window.findChildren(StatusLine)[-1])
        language.choose("id")
        assert "E-mail diperiksa" not in told and "Mail checked" in told


def test_a_subject_is_read_whole_in_large_letters_and_fills_no_window(
    qtbot: QtBot, office: PortalOffice, house: MailHouse
) -> None:
    subject_line = "Permohonan pencabutan dan penerbitan ulang sertifikat elektronik karena lupa passphrase"
    house.deliver(sample("01"), ARRIVED)
    with real_window(qtbot, office.desk, percent=150) as window:
        panel = tray(qtbot, window).panel
        assert panel.mail is not None
        panel.show_mail(replace(panel.mail, subject=subject_line), LATER)
        qtbot.wait(0)
        (shown,) = [part for part in panel.findChildren(QLabel) if part.isVisible() and part.text() == subject_line]
        assert shown.height() >= shown.heightForWidth(shown.width())
        panel.show_mail(replace(panel.mail, subject="Lupa passphrase. " * 400), LATER)
        qtbot.wait(0)
        assert panel._bar.isVisible() and window.height() == 768


def nothing_is_cut(panel: MailPanel) -> None:
    shown = [part for part in panel._bar.findChildren(QPushButton) if part.isVisible()]
    assert not [part.text() for part in shown if part.width() < part.minimumSizeHint().width()]


def fits_the_counter(window: MainWindow) -> None:
    area = window.centralWidget()
    assert isinstance(area, QScrollArea) and area.widget().minimumSizeHint().width() <= 1366


@pytest.mark.parametrize(("percent", "code"), [(100, "id"), (125, "en"), (150, "id"), (150, "en"), (200, "en")])
def test_no_button_of_a_mail_is_narrower_than_its_words(
    qtbot: QtBot, office: PortalOffice, house: MailHouse, percent: int, code: str
) -> None:
    """Whatever a mail seems to be; and where all is to fit the counter's screen, it does."""
    house.deliver(sample("01"), ARRIVED)
    language.choose(code)
    try:
        with real_window(qtbot, office.desk, percent) as window:
            panel = tray(qtbot, window).panel
            first, case = panel.mail, office.desk.reading.row(receive(office.desk, "03"))
            assert first is not None
            for seems in Seems:
                panel.show_mail(replace(first, match=replace(first.match, seems=seems, case=case)), LATER)
                qtbot.waitUntil(partial(nothing_is_cut, panel))
                if percent <= FITS:
                    qtbot.waitUntil(partial(fits_the_counter, window))
    finally:
        language.choose("id")


def test_a_mail_becomes_a_case_with_enter_and_its_case_is_shown(
    qtbot: QtBot, office: PortalOffice, house: MailHouse
) -> None:
    house.deliver(sample("01"), ARRIVED)
    with real_window(qtbot, office.desk) as window:
        page = tray(qtbot, window)
        assert tab(window) == "Surat masuk 1" and "E-mail diperiksa pukul" in said(window.findChildren(StatusLine)[0])
        assert page.panel.mail is not None and page.panel.proposal() == "accept"
        assert page.panel._letter.currentIndex() == 1, "the letter is shown"
        assert not [reason for reason in page.panel.mail.match.reasons if reason.endswith("..")]
        assert count(office.desk) == 0
        page.take_focus()
        with qtbot.waitSignal(window.case_shown, timeout=60_000):
            qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
        rest(qtbot, window)
        assert count(office.desk) == 1 and window.work.held.case.received_at == ARRIVED
        assert len(house.accepted()) == 1 and tab(window) == "Surat masuk"


def test_arrows_choose_and_esc_goes_back_with_nothing_decided(
    qtbot: QtBot, office: PortalOffice, house: MailHouse
) -> None:
    for name in ("01", "02"):
        house.deliver(sample(name), ARRIVED)
    with real_window(qtbot, office.desk) as window:
        page = tray(qtbot, window)
        first = page.panel.mail.id
        page.take_focus()
        qtbot.keyClick(page.list.view, Qt.Key.Key_Down)
        rest(qtbot, window)
        assert page.panel.mail.id != first
        for struck in (page.list.view, page.panel, button(page, "refuse")):  # it is no button's key here
            qtbot.keyClick(struck, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        rest(qtbot, window)
        qtbot.keyClick(page.list.view, Qt.Key.Key_Escape)
        assert window.cases.isVisible() and count(office.desk) == 0 and tab(window) == "Surat masuk 2"


@pytest.mark.parametrize("typed", ["joko", "PERMISALAN joko", "joko.permisalan@", "joko-permisalan"])
def test_a_mail_that_waits_is_found_by_who_sent_it(
    qtbot: QtBot, office: PortalOffice, house: MailHouse, typed: str
) -> None:
    """Whoever comes to the counter asks whether it has arrived: no case has the name yet."""
    for name in ("02", "01", "04"):
        house.deliver(sample(name), ARRIVED)
    with real_window(qtbot, office.desk) as window:
        tray(qtbot, window).list.press("refused")
        rest(qtbot, window)
        window.show_page("cases")
        window.begin("search")
        box = window.focusWidget()
        qtbot.keyClicks(box, typed)
        qtbot.waitUntil(lambda: [item.kind for item in window.commands.commands()] == ["mail"], timeout=PATIENCE_MS)
        assert "Joko Permisalan, S.E. · Surat masuk · " in window.commands.commands()[0].words
        qtbot.keyClick(box, Qt.Key.Key_Return)
        rest(qtbot, window)
        page = window.findChild(MailPage)
        assert page is not None and page.isVisible()
        qtbot.waitUntil(lambda: page.panel.mail is not None, timeout=PATIENCE_MS)
        assert page.panel.mail.sender.name.startswith("Joko") and page.list.view.hasFocus()
        qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: count(office.desk) == 1, timeout=PATIENCE_MS)
        rest(qtbot, window)


def test_an_answer_is_joined_to_the_case_that_waits(qtbot: QtBot, office: PortalOffice, house: MailHouse) -> None:
    desk = office.desk
    case = waiting(desk)
    house.deliver(mail(papers("01"), "Kelengkapan.", Subject=f"Kelengkapan {case.number}").content, ARRIVED)
    with real_window(qtbot, desk) as window:
        page = tray(qtbot, window)
        assert case.number in button(page, "join").text() and page.panel.proposal() == "join"
        with qtbot.waitSignal(window.case_shown, timeout=60_000):
            qtbot.mouseClick(button(page, "join"), Qt.MouseButton.LeftButton)
        rest(qtbot, window)
        assert desk.reading.case(case.id).state is CaseState.UNDER_REVIEW and count(desk) == 1


def test_another_case_is_found_by_its_number(qtbot: QtBot, office: PortalOffice, house: MailHouse) -> None:
    desk = office.desk
    case = waiting(desk)
    house.deliver(sample("02"), ARRIVED)
    with real_window(qtbot, desk) as window:
        page = tray(qtbot, window)
        qtbot.mouseClick(button(page, "join"), Qt.MouseButton.LeftButton)
        sheet = window.findChildren(JoinSheet)[0]
        search = sheet.search
        search.field.setText(case.number)
        qtbot.waitUntil(lambda: search.case_id == case.id, timeout=PATIENCE_MS)
        early = replace(desk.reading.search(case.number)[0], id=case.id + 9, number="LOCK-2026-9999")
        search.show_rows(case.number[:3], [early])
        assert search.case_id == case.id, "the answer to an earlier search comes late"
        search.field.setText("Tidak Ada")
        assert not search.case_id and not sheet.verb.isEnabled(), "nothing is joined to what was sought before"
        qtbot.waitUntil(lambda: "Tidak ada yang cocok" in said(search), timeout=PATIENCE_MS)
        search.field.setText(case.number)
        qtbot.waitUntil(lambda: search.case_id == case.id, timeout=PATIENCE_MS)
        assert "Tidak ada yang cocok" not in said(search)
        qtbot.keyClick(search.field, Qt.Key.Key_Return)
        rest(qtbot, window)
        assert desk.reading.case(case.id).state is CaseState.UNDER_REVIEW and count(desk) == 1


@pytest.mark.parametrize("others", [0, 1])
def test_whoever_decides_with_the_mouse_goes_on_in_the_list(
    qtbot: QtBot, office: PortalOffice, house: MailHouse, others: int
) -> None:
    """Not on what happens to stand next: Enter would lock the window, or begin something else."""
    for name in ("01", "02")[: 1 + others]:
        house.deliver(sample(name), ARRIVED)

    def stands_in_the_list() -> bool:
        focused = window.focusWidget()
        return focused is not None and (focused is page.list or page.list.isAncestorOf(focused))

    with real_window(qtbot, office.desk) as window:
        page = tray(qtbot, window)
        qtbot.mouseClick(button(page, "refuse"), Qt.MouseButton.LeftButton)
        rest(qtbot, window)
        assert stands_in_the_list()
        assert " dipindahkan ke Ditolak." in said(window)
        qtbot.mouseClick(page.list.findChild(QPushButton, "refused"), Qt.MouseButton.LeftButton)
        rest(qtbot, window)
        qtbot.mouseClick(button(page, "undo"), Qt.MouseButton.LeftButton)
        rest(qtbot, window)
        assert " kembali ke Perlu diputuskan." in said(window)
        assert page.panel.mail is None and stands_in_the_list()


def test_what_is_not_for_this_service_is_put_aside_and_brought_back(
    qtbot: QtBot, office: PortalOffice, house: MailHouse
) -> None:
    house.deliver(sample("01"), ARRIVED)
    house.deliver(mail([], "Undangan rapat.", From="Agenda <agenda@contoh.go.id>", Subject="Undangan").content, ARRIVED)
    with real_window(qtbot, office.desk) as window:
        page = tray(qtbot, window)
        assert tab(window) == "Surat masuk 1", "an invitation is no mail to decide on"
        qtbot.mouseClick(button(page, "refuse"), Qt.MouseButton.LeftButton)
        rest(qtbot, window)
        assert tab(window) == "Surat masuk" and page.panel.mail is None
        for name, sender in (("unrelated", "Agenda"), ("refused", "Sekar Contohwati")):
            qtbot.mouseClick(page.list.findChild(QPushButton, name), Qt.MouseButton.LeftButton)
            rest(qtbot, window)
            assert sender in said(page.panel)
        qtbot.mouseClick(button(page, "undo"), Qt.MouseButton.LeftButton)
        rest(qtbot, window)
        assert tab(window) == "Surat masuk 1" and len(house.mailbox("lock")) == house.unread("lock") == 2


def test_a_mailbox_out_of_reach_is_said_quietly(qtbot: QtBot, office: PortalOffice, house: MailHouse) -> None:
    house.stop_mailbox()
    try:
        with real_window(qtbot, office.desk) as window:
            tray(qtbot, window)
            assert "Kotak surat belum terjangkau" in said(window.findChildren(StatusLine)[0])
    finally:
        house.start_mailbox()


def test_older_mail_than_the_limit_is_not_shown_and_the_page_says_so(
    qtbot: QtBot, office: PortalOffice, house: MailHouse, house_and_ca: tuple[MailHouse, SmallCa]
) -> None:
    house.deliver(sample("02"), ARRIVED - timedelta(days=40))
    house.deliver(sample("01"), ARRIVED)
    with real_window(qtbot, office.desk) as window:
        page = tray(qtbot, window)
        assert [mail.sender.mailbox.partition(".")[0] for mail in office.desk.tray.mails()] == ["sekar"]
        assert "E-mail sebelum 24 Oktober 2026 tidak diambil dan tidak ditandai" in said(page)
        assert office.desk.mailing is not None
        office.desk.mailing.save({**office.desk.mailing.values(), "days": "0"})
        look(qtbot, window)
        assert len(office.desk.tray.mails()) == 2 and "tidak diambil" not in said(page)


def deliver_with_another_paper(house: MailHouse) -> tuple[str, str]:
    """A mail with a letter of three pages, a CSR, and "lampiran.pdf" of two; the names of the first two."""
    letter, csr = papers("01")
    files = [(letter[0], repeated(letter[1], 3)), csr, ("lampiran.pdf", repeated(letter[1], 2))]
    house.deliver(mail(files, "Permohonan.", Subject="Permohonan").content, ARRIVED)
    return letter[0], csr[0]


def test_all_pages_of_every_file_are_seen_and_its_role_is_changed_in_one_step(
    qtbot: QtBot, office: PortalOffice, house: MailHouse
) -> None:
    _letter, csr = deliver_with_another_paper(house)
    with real_window(qtbot, office.desk) as window:
        page = tray(qtbot, window)
        first = page.panel.mail.files[0]
        assert (first.role, page.panel.pages.count) == ("statement", 3)
        second = next(item for item in page.panel.mail.files if item.role == "other")
        page.findChildren(QPushButton, f"see-{second.name}")[0].click()
        rest(qtbot, window)
        assert page.panel.pages.count == 2 and page.panel._letter.currentIndex() == 1
        assert not page.findChildren(QPushButton, f"see-{csr}")[0].isVisible(), "a CSR has no pages"
        box = page.findChildren(QComboBox, f"role-{second.name}")[0]
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Up)
        rest(qtbot, window)
        assert not open_sheets(window), "no paper is a CSR: nothing is refused on the way to the letter"
        roles = {item.name: item.role for item in page.panel.mail.files}
        assert roles[second.name] == "statement" and roles[first.name] == "other"
        assert page.panel.proposal() == "accept"


def test_enter_takes_the_proposal_at_the_files_too_with_what_was_chosen_just_before(
    qtbot: QtBot, office: PortalOffice, house: MailHouse
) -> None:
    letter, _csr = deliver_with_another_paper(house)
    with real_window(qtbot, office.desk) as window:
        page = tray(qtbot, window)
        box = page.findChildren(QComboBox, "role-lampiran.pdf")[0]
        box.setFocus()
        box.setCurrentIndex(0)
        box.activated.emit(0)  # Surat, in the list that opens
        with qtbot.waitSignal(window.case_shown, timeout=60_000):
            qtbot.keyClick(box, Qt.Key.Key_Return)
        rest(qtbot, window)
        assert window.work.held is not None
        roles = {ref.name: ref.role for ref in window.work.held.case.documents}
        assert roles["lampiran.pdf"] == "statement" and roles[letter] != "statement"


@pytest.fixture
def role_asked(office: PortalOffice, house: MailHouse, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Two mails wait. The server takes its time over what a file is, until this is set, and then says no."""
    for name in ("01", "02"):
        house.deliver(sample(name), ARRIVED)
    answered = threading.Event()

    def refuse(*_asked: str) -> object:
        answered.wait(PATIENCE_MS / 1000)
        raise Refused("Berkas tidak dapat diambil.", "Coba lagi.")

    monkeypatch.setattr(office.desk.tray, "assign", refuse)
    yield answered
    answered.set()


def go_to_the_other(qtbot: QtBot, page: MailPage) -> None:
    """From the mail whose file was just taken as something else."""
    asked = page.panel.mail
    page.panel.role_chosen.emit(asked.id, asked.files[0].sha256, "other")
    page.take_focus()
    qtbot.keyClick(page.list.view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.panel.mail is not None and page.panel.mail.id != asked.id, timeout=PATIENCE_MS)


def test_a_mail_is_decided_on_while_another_one_s_file_is_asked_for(
    qtbot: QtBot, office: PortalOffice, role_asked: threading.Event
) -> None:
    with real_window(qtbot, office.desk) as window:
        page = tray(qtbot, window)
        go_to_the_other(qtbot, page)
        page.panel.refuse_asked.emit(page.panel.mail.id)
        qtbot.waitUntil(lambda: " dipindahkan ke Ditolak." in said(window), timeout=PATIENCE_MS)
        assert not role_asked.is_set() and office.desk.tray.counts() == 1
        role_asked.set()
        rest(qtbot, window)
        assert "Berkas tidak dapat diambil." in said(open_sheets(window)[-1])


def test_what_went_wrong_with_a_mail_leads_nobody_back_to_it(
    qtbot: QtBot, office: PortalOffice, role_asked: threading.Event
) -> None:
    """Enter would decide on what is shown."""
    with real_window(qtbot, office.desk) as window:
        page = tray(qtbot, window)
        go_to_the_other(qtbot, page)
        seen = page.panel.mail.id
        role_asked.set()
        rest(qtbot, window)
        open_sheets(window)[-1].reject()
        assert page.panel.mail.id == seen and page.work.mail_id == seen


def repeated(pdf: bytes, times: int) -> bytes:
    """The first page of a PDF as often as said."""
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as made:
        for _n in range(times):
            made.pages.append(source.pages[0])
        held = io.BytesIO()
        made.save(held)
        return held.getvalue()


def test_an_answer_about_a_complaint_is_joined_with_enter_and_the_complaint_is_shown(
    qtbot: QtBot, office: PortalOffice, house: MailHouse
) -> None:
    complaint_id = office.desk.complaints.receive(form(contact="warga@contoh.id"))
    number = office.desk.reading.complaint(complaint_id).number
    headers = {"From": "warga@contoh.id", "Subject": f"Re: {number}"}
    house.deliver(mail([], "Ini balasan saya.", **headers).content, ARRIVED)
    with real_window(qtbot, office.desk) as window:
        page = tray(qtbot, window)
        assert f"Balasan atas pengaduan {number}?" in said(page.panel)
        assert button(page, "join").text() == f"Gabungkan ke {number}"
        page.take_focus()
        with qtbot.waitSignal(window.complaint_shown, timeout=PATIENCE_MS):
            qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
        rest(qtbot, window)
        assert "Ini balasan saya." in said(window.services.pages.complaints().panel)
        assert len(house.accepted()) == 1


def test_a_mailed_certificate_is_brought_to_its_case_with_enter(
    qtbot: QtBot, tmp_path: Path, house: MailHouse, house_and_ca: tuple[MailHouse, SmallCa]
) -> None:
    with serving_ca(tmp_path / "ca") as ca, portal_office(tmp_path / "kerja", ca) as made:
        desk = made.desk
        use_account(desk, house.smtp_port, house_and_ca[1], house.imap_port)
        case_id = waiting_for_certificate(desk, ca)
        new = ca.issue(csr_of(desk, case_id), subject(), NEW_SERIAL)
        with real_window(qtbot, desk) as window:
            look(qtbot, window)  # what is sent meanwhile
            house.deliver(mail([("baru.cer", new)], "Terlampir.", Subject="Sertifikat").content, ARRIVED)
            page = tray(qtbot, window)
            assert page.panel.proposal() == "bring"
            assert button(page, "bring").text() == f"Masukkan ke {desk.reading.row(case_id).number}"
            page.take_focus()
            with qtbot.waitSignal(window.case_shown, timeout=PATIENCE_MS):
                qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
            rest(qtbot, window)
            assert window.work.held.case.state in {CaseState.ISSUED, CaseState.NOTIFIED}
