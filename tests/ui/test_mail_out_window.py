"""Mail out in the real window: what is due goes by itself, what is unsettled is decided, the texts are the office's."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState
from lockdesk.core.messages import MessageState
from lockdesk.desk.desk import Desk
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.drafts import of_case, of_complaint
from lockdesk.desk.values.sheets import JobState, JobStatus, PaperSize
from lockdesk.errors import Hindered, Unreachable
from lockdesk.ui.cases.posting import Posting
from lockdesk.ui.day.unsettled_mail import UnsettledMailSheet
from lockdesk.ui.dialogs.notice import KeptSheet, NoticeSheet, WaitingSheet
from lockdesk.ui.office.notice_texts import NoticeTextsSection
from lockdesk.ui.prints.print_sheet import PrintSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.status_line import StatusLine
from lockdesk.ui.verification.operations_card import CaAsk
from lockdesk.ui.widgets.messages import MessagesCard, UnsettledSheet
from lockdesk.ui.widgets.parts import ElidedLabel
from lockdesk.ui.widgets.past_sheet import PastSheet
from lockdesk.ui.widgets.questions import ErrorSheet, ReasonSheet
from lockdesk.ui.widgets.sheet import Sheet, open_sheets
from tests.helpers.desk.counter import form
from tests.helpers.desk.portal import ask_for_another_csr, waiting_for_certificate
from tests.helpers.desk.portal_office import PortalOffice, issued, portal_office, serving_ca
from tests.helpers.desk.steps import receive
from tests.helpers.mail.posting import body, last_message, mails, remove_account, serving_post, use_account
from tests.helpers.window.real_window import real_window, rest, settings_page, show_case
from tests.servers.small_ca import SmallCa
from tests.servers.smtp import SmtpServer

SEKAR = "sekar.contohwati@contoh.pekalongankota.go.id"


def confirm_notice(qtbot: QtBot, window: MainWindow, case_id: int, prints: bool = True, completes: bool = True) -> None:
    """One confirmation: the case is completed as soon as the message has gone, and its slip printed."""
    show_case(qtbot, window, case_id)
    window.cases.handling.begin(str(CaseAction.NOTIFY))
    rest(qtbot, window)
    (sheet,) = open_sheets(window)
    assert isinstance(sheet, NoticeSheet)
    for name, wanted in {"completes": completes, "prints": prints}.items():
        box = sheet.findChild(QCheckBox, name)
        assert isinstance(box, QCheckBox)
        box.setChecked(wanted)
    sheet.act()
    rest(qtbot, window)


class Printer:
    """Stands in for the print system: what it was given."""

    def __init__(self) -> None:
        self.there: tuple[str, ...] = ("Loket",)
        self.refuses = False
        self.given: list[str] = []

    def serve(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(desk.queueing, "_queue", self)

    def printers(self) -> tuple[str, ...]:
        return self.there

    def send(self, _pdf: bytes, _printer: str, title: str, _size: PaperSize, _copies: int) -> str:
        if self.refuses:
            raise Unreachable("Antrean menolak cetakan.")
        self.given.append(title)
        return "1"

    def status(self, _job: str, _printer: str) -> JobStatus:
        return JobStatus(JobState.PRINTED)


@pytest.fixture
def post() -> Iterator[tuple[SmtpServer, SmallCa]]:
    with serving_post() as made:
        yield made


@pytest.fixture
def office(tmp_path: Path, post: tuple[SmtpServer, SmallCa]) -> Iterator[PortalOffice]:
    with serving_ca(tmp_path / "ca") as ca, portal_office(tmp_path / "kerja", ca) as made:
        use_account(made.desk, post[0].port, post[1])
        yield made


def send(qtbot: QtBot, window: MainWindow) -> None:
    """What the timer does, now."""
    window.findChildren(Posting)[0].send()
    rest(qtbot, window)


def foot(window: MainWindow) -> str:
    labels = window.findChildren(StatusLine)[0].findChildren(QLabel)
    shown = [label for label in labels if not label.isHidden()]
    return "\n".join(label.whole if isinstance(label, ElidedLabel) else label.text() for label in shown)


def press(qtbot: QtBot, window: MainWindow, words: str) -> None:
    card = next(card for card in window.findChildren(MessagesCard) if card.isVisible())
    next(b for b in card.findChildren(QAbstractButton) if b.text() == words and not b.isHidden()).click()
    rest(qtbot, window)


def test_what_waits_is_said_quietly_and_goes_by_itself(
    qtbot: QtBot, office: PortalOffice, post: tuple[SmtpServer, SmallCa]
) -> None:
    server, desk = post[0], office.desk
    case_id = receive(desk, "01")
    with real_window(qtbot, desk) as window:
        server.answers = {"GREETING": "421 4.3.2 sebentar"}
        show_case(qtbot, window, case_id)
        send(qtbot, window)
        assert "1 pesan menunggu dikirim" in foot(window)
        card = window.findChildren(MessagesCard)[0]
        assert any("dicoba lagi" in label.text() for label in card.findChildren(QLabel))
        server.answers = {}
        press(qtbot, window, "Kirim lagi")
        send(qtbot, window)
        assert "pesan" not in foot(window) and len(server.accepted) == 1
        assert last_message(desk, case_id).state is MessageState.SENT


def test_an_unsettled_message_is_decided_with_a_reason(
    qtbot: QtBot, office: PortalOffice, post: tuple[SmtpServer, SmallCa]
) -> None:
    server, desk = post[0], office.desk
    case_id = receive(desk, "01")
    server.answers = {"END": ""}
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        send(qtbot, window)
        assert "1 pesan belum pasti terkirim" in foot(window)
        press(qtbot, window, "Putuskan…")
        sheet = window.findChildren(UnsettledSheet)[0]
        assert not sheet.verb.isEnabled()
        sheet._answer.choose("did_not_go")
        sheet._reason.setPlainText("Pengelola server: tidak pernah diterima.")
        sheet.verb.click()
        rest(qtbot, window)
        assert last_message(desk, case_id).state is MessageState.FAILED
        server.answers = {}
        press(qtbot, window, "Kirim lagi")
        send(qtbot, window)
        assert last_message(desk, case_id).state is MessageState.SENT


def step_words(window: MainWindow) -> str:
    primary = window.cases.panel.bar.primary
    assert primary is not None and primary.isEnabled()
    return primary.text()


def open_waiting(qtbot: QtBot, window: MainWindow) -> WaitingSheet:
    window.cases.handling.begin(str(CaseAction.NOTIFY))
    rest(qtbot, window)
    found = open_sheets(window)[-1]
    assert isinstance(found, WaitingSheet), "not the dialog that puts it into the outbox once more"
    return found


@pytest.mark.parametrize("completes", [True, False])
def test_a_confirmed_notice_that_waits_says_so_and_is_sent_when_asked_for(
    qtbot: QtBot, office: PortalOffice, post: tuple[SmtpServer, SmallCa], completes: bool
) -> None:
    server, desk, case_id = post[0], office.desk, issued(office)
    server.answers = {"GREETING": "421 4.3.2 sebentar"}
    with real_window(qtbot, desk) as window:
        send(qtbot, window)
        show_case(qtbot, window, case_id)
        assert step_words(window) == "Kirim pemberitahuan…", "nobody has confirmed it yet"
        confirm_notice(qtbot, window, case_id, completes=completes)
        assert step_words(window) == "Pemberitahuan menunggu…"
        send(qtbot, window)
        sheet = open_waiting(qtbot, window)
        said = "\n".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())
        assert "Sudah dikonfirmasi" in said and "421 4.3.2 sebentar" in said and "Dicoba lagi" in said
        before = desk.reading.case(case_id).messages
        sheet.verb.click()
        rest(qtbot, window)
        (told,) = (item for item in window.findChildren(ErrorSheet) if item.isVisible())
        assert "421 4.3.2 sebentar" in told.error.told, "who asked is answered"
        told.reject()
        assert len(desk.reading.case(case_id).messages) == len(before)
        server.answers = {}
        open_waiting(qtbot, window).verb.click()
        rest(qtbot, window)
        assert desk.reading.case(case_id).state is (CaseState.COMPLETED if completes else CaseState.NOTIFIED)
        assert "Sertifikat baru diterbitkan" in mails(server, SEKAR)[-1]["Subject"]


def test_who_comes_to_the_counter_while_the_notice_waits_is_told_there(
    qtbot: QtBot, office: PortalOffice, post: tuple[SmtpServer, SmallCa]
) -> None:
    server, desk, case_id = post[0], office.desk, issued(office)
    server.answers = {"GREETING": "421 4.3.2 sebentar"}
    with real_window(qtbot, desk) as window:
        confirm_notice(qtbot, window, case_id)
        send(qtbot, window)
        sheet = open_waiting(qtbot, window)
        next(b for b in sheet.findChildren(QAbstractButton) if b.text() == "Sudah disampaikan langsung…").click()
        rest(qtbot, window)
        notice = open_sheets(window)[-1]
        assert isinstance(notice, NoticeSheet)
        notice._how.setPlainText("Disampaikan langsung di loket, hari ini.")
        notice.act()
        rest(qtbot, window)
        assert desk.reading.case(case_id).state is CaseState.COMPLETED
        server.answers = {}
        send(qtbot, window)
        assert not [mail for mail in mails(server, SEKAR) if "diterbitkan" in mail["Subject"]]


def open_kept(qtbot: QtBot, window: MainWindow) -> KeptSheet:
    window.cases.handling.begin(str(CaseAction.NOTIFY))
    rest(qtbot, window)
    found = open_sheets(window)[-1]
    assert isinstance(found, KeptSheet)
    return found


def said_in(sheet: Sheet) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())


def test_without_a_mail_account_a_notice_is_kept_once_and_nothing_is_said_to_go_by_itself(
    qtbot: QtBot, office: PortalOffice
) -> None:
    desk = office.desk
    remove_account(desk)
    case_id = issued(office)
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        window.cases.handling.begin(str(CaseAction.NOTIFY))
        rest(qtbot, window)
        notice = open_sheets(window)[-1]
        assert isinstance(notice, NoticeSheet) and notice.verb.text() == "Simpan untuk dibawa"
        assert "tidak terkirim dengan sendirinya" in said_in(notice)
        notice.act()
        rest(qtbot, window)
        assert step_words(window) == "Pemberitahuan menunggu…"
        waiting = open_kept(qtbot, window)
        said = said_in(waiting)
        assert "tidak terkirim dengan sendirinya" in said and "dan dikirim dengan sendirinya" not in said
        assert waiting.verb.text() == "Ekspor…"
        next(b for b in waiting.findChildren(QAbstractButton) if b.text() == "Catat pemberitahuan…").click()
        rest(qtbot, window)
        told = open_sheets(window)[-1]
        assert isinstance(told, NoticeSheet) and not told._way.isVisible(), "it is kept already: only told is left"
        told._how.setPlainText("Dikirim dari kotak surat kantor, hari ini.")
        told.act()
        rest(qtbot, window)
        case = desk.reading.case(case_id)
        assert case.state is CaseState.COMPLETED
        assert [item.state for item in case.messages if item.notice == "issued"] == [MessageState.TOLD]


def test_a_kept_notice_is_saved_as_a_file_from_its_dialog(
    qtbot: QtBot, office: PortalOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office.desk
    remove_account(desk)
    case_id = issued(office)
    kept = replace(desk.notices.draft(case_id), subject="Hanya yang ini")
    desk.notices.deliver(case_id, kept)
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        asked = list[tuple[str, bytes]]()
        monkeypatch.setattr(window.services.printing, "save", lambda name, fetch, *_rest: asked.append((name, fetch())))
        open_kept(qtbot, window).verb.click()
        ((name, mail),) = asked
    assert name == "pemberitahuan.eml" and kept.to.encode() in mail and b"Subject: Hanya yang ini" in mail


def open_instructions(qtbot: QtBot, window: MainWindow) -> Sheet:
    """What opens with *Susun pesan petunjuk…*, from the steps at the portal."""
    window.cases.handling.answer(str(CaAsk.STEPS))
    (steps,) = open_sheets(window)
    next(b for b in steps.findChildren(QAbstractButton) if b.text() == "Susun pesan petunjuk…").click()
    rest(qtbot, window)
    return open_sheets(window)[-1]


def pressed(qtbot: QtBot, window: MainWindow, sheet: Sheet, words: str) -> Sheet:
    """What opens with a button of a dialog."""
    next(b for b in sheet.findChildren(QAbstractButton) if b.text() == words).click()
    rest(qtbot, window)
    return open_sheets(window)[-1]


def test_a_kept_instruction_says_what_is_true_of_it_and_is_put_right(qtbot: QtBot, office: PortalOffice) -> None:
    desk = office.desk
    remove_account(desk)
    case_id = waiting_for_certificate(desk, office.ca)
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        first = open_instructions(qtbot, window)
        assert isinstance(first, NoticeSheet)
        first._body.setPlainText("Ada salah ketik.")
        first.act()
        rest(qtbot, window)
        card = next(card for card in window.findChildren(MessagesCard) if card.isVisible())
        facts = "\n".join(label.whole for label in card.findChildren(ElidedLabel))
        assert "disimpan untuk dibawa" in facts and "menunggu dikirim" not in facts
        kept = open_instructions(qtbot, window)
        assert isinstance(kept, KeptSheet)
        assert "menunggu dikirim" not in kept.windowTitle() + said_in(kept)
        assert "atat" not in said_in(kept), "nothing ends with it: there is nothing to record"
        second = pressed(qtbot, window, kept, "Ubah…")
        assert isinstance(second, NoticeSheet) and second.verb.text() == "Simpan untuk dibawa"
        assert second._body.toPlainText() == "Ada salah ketik.", "its own words are put right"
        second._body.setPlainText("Sudah benar.")
        second.act()
        rest(qtbot, window)
        here = [(item.state, item.body) for item in desk.reading.case(case_id).messages]
        assert here == [(MessageState.WITHDRAWN, "Ada salah ketik."), (MessageState.QUEUED, "Sudah benar.")]
        ask_for_another_csr(desk, case_id)
        window.work.read()
        rest(qtbot, window)
        third = open_instructions(qtbot, window)
        assert isinstance(third, NoticeSheet), "what is kept is about the CSR before"
        assert third._body.toPlainText() == desk.notices.draft(case_id).body
        third.reject()
        rest(qtbot, window)


def test_who_posts_what_was_exported_to_be_carried_is_told_of_it_first(
    qtbot: QtBot, office: PortalOffice, post: tuple[SmtpServer, SmallCa]
) -> None:
    desk = office.desk
    remove_account(desk)
    case_id = issued(office)
    desk.notices.deliver(case_id, desk.notices.draft(case_id))
    desk.notices.export(last_message(desk, case_id).id)
    use_account(desk, post[0].port, post[1])
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        window.cases.handling.begin(str(CaseAction.NOTIFY))
        rest(qtbot, window)
        (sheet,) = open_sheets(window)
        assert isinstance(sheet, NoticeSheet) and "sudah diekspor untuk dibawa" in said_in(sheet)
        sheet._way.choose("told")
        sheet._on_way("told")
        assert "sudah diekspor" not in said_in(sheet), "nothing goes that way"
        sheet.reject()
        rest(qtbot, window)


class Killed(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("handed", [True, False])
def test_a_message_that_was_on_its_way_when_its_account_was_removed_is_not_called_kept(
    qtbot: QtBot, office: PortalOffice, monkeypatch: pytest.MonkeyPatch, handed: bool
) -> None:
    desk, case_id = office.desk, issued(office)

    def killed(_post: object, _content: bytes, _to: object, handing: Callable[[], None]) -> str:
        if handed:
            handing()
        raise Killed

    desk.notices.deliver(case_id, desk.notices.draft(case_id))
    monkeypatch.setattr(type(desk.post), "send", killed)
    with pytest.raises(Killed):
        desk.outbox.send_now(last_message(desk, case_id).id)
    remove_account(desk)
    desk = office.again()
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        window.cases.handling.begin(str(CaseAction.NOTIFY))
        rest(qtbot, window)
        if handed:
            deciding = open_sheets(window)[-1]
            assert isinstance(deciding, UnsettledSheet), "nobody knows whether it went: that is decided first"
            deciding._answer.choose("did_not_go")
            deciding._reason.setPlainText("Pemohon tidak menerimanya.")
            deciding.act()
            rest(qtbot, window)
            window.cases.handling.begin(str(CaseAction.NOTIFY))
            rest(qtbot, window)
        notice = open_sheets(window)[-1]
        assert isinstance(notice, NoticeSheet) and notice.verb.text() == "Simpan untuk dibawa"
        notice.act()
        rest(qtbot, window)
        here = [item.state for item in desk.reading.case(case_id).messages if item.notice == "issued"]
        assert here == [MessageState.WITHDRAWN, MessageState.QUEUED]


@pytest.mark.parametrize("prints", [True, False])
def test_a_slip_is_printed_although_the_window_was_closed_when_its_case_was_completed(
    qtbot: QtBot,
    office: PortalOffice,
    post: tuple[SmtpServer, SmallCa],
    monkeypatch: pytest.MonkeyPatch,
    prints: bool,
) -> None:
    server, printer, case_id = post[0], Printer(), issued(office)
    server.answers = {"GREETING": "421 4.3.2 sebentar"}
    with real_window(qtbot, office.desk) as window:
        send(qtbot, window)
        confirm_notice(qtbot, window, case_id, prints)
        assert office.desk.reading.case(case_id).state is CaseState.ISSUED
    server.answers = {}
    desk = office.again()
    for message in desk.casebook.messages_in({MessageState.FAILED}):
        desk.outbox.again(message.id)
    assert desk.send_mail() and desk.reading.case(case_id).state is CaseState.COMPLETED
    for _start in range(2):
        desk = office.again()
        printer.serve(desk, monkeypatch)
        with real_window(qtbot, desk) as window:
            qtbot.waitUntil(lambda: window.cases._handling is not None)
            rest(qtbot, window)
            window.work.changed.emit()
            rest(qtbot, window)
    assert len(printer.given) == prints, "once, and only where it was wanted"
    assert all(desk.reading.row(case_id).number in title for title in printer.given)


def test_a_slip_that_no_printer_took_is_due_until_it_is_printed(
    qtbot: QtBot, office: PortalOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer, case_id, said = Printer(), issued(office), list[str]()
    printer.there = ()
    printer.serve(office.desk, monkeypatch)
    with real_window(qtbot, office.desk) as window:
        window.services.printing.said.connect(said.append)
        confirm_notice(qtbot, window, case_id)
        send(qtbot, window)
        window.work.changed.emit()
        rest(qtbot, window)
    desk = office.again()
    assert desk.reading.case(case_id).state is CaseState.COMPLETED
    (told,) = [words for words in said if "belum dicetak" in words]  # not said anew at every step
    assert desk.reading.row(case_id).number in told, "whoever reads it has another case open by then"
    assert [row.id for row in desk.slips_due()] == [case_id]
    printer.there = ("Loket",)
    printer.serve(desk, monkeypatch)
    desk.queueing.send(desk.prints.make("completion", case_id, PaperSize.A4), "Loket")
    assert desk.slips_due() == ()


def test_a_slip_that_the_print_queue_refused_is_due_again(
    qtbot: QtBot, office: PortalOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer, case_id = Printer(), issued(office)
    printer.refuses = True
    printer.serve(office.desk, monkeypatch)
    with real_window(qtbot, office.desk) as window:
        confirm_notice(qtbot, window, case_id)
        send(qtbot, window)
        assert office.desk.earlier_prints.of_case(case_id), "it was made, and handed to nobody"
        assert [row.id for row in office.desk.slips_due()] == [case_id]
    desk = office.again()
    printer.refuses = False
    printer.serve(desk, monkeypatch)
    with real_window(qtbot, desk) as window:
        qtbot.waitUntil(lambda: window.cases._handling is not None)
        rest(qtbot, window)
    assert len(printer.given) == 1 and desk.slips_due() == ()


def test_a_slip_that_was_saved_as_a_file_is_not_due_any_more(
    qtbot: QtBot, office: PortalOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, printer, case_id = office.desk, Printer(), issued(office)
    printer.there = ()
    printer.serve(desk, monkeypatch)
    with real_window(qtbot, desk) as window:
        confirm_notice(qtbot, window, case_id)
        send(qtbot, window)
        assert [row.id for row in desk.slips_due()] == [case_id]
        window.services.printing.print_case(desk.reading.case(case_id))
        rest(qtbot, window)
        (sheet,) = window.findChildren(PrintSheet)
        assert sheet.wanted.kind == "completion"
        target = tmp_path / "bukti.pdf"
        monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(target)))
        next(b for b in sheet.findChildren(QAbstractButton) if "PDF" in b.text()).click()
        rest(qtbot, window)
        assert target.read_bytes().startswith(b"%PDF") and desk.slips_due() == ()


def settling(qtbot: QtBot, window: MainWindow) -> UnsettledSheet:
    press(qtbot, window, "Putuskan…")
    found = open_sheets(window)[-1]
    assert isinstance(found, UnsettledSheet)
    return found


def test_why_a_message_is_settled_is_there_again_and_whether_it_went_is_not(
    qtbot: QtBot, office: PortalOffice, post: tuple[SmtpServer, SmallCa]
) -> None:
    server, desk = post[0], office.desk
    case_id = receive(desk, "01")
    server.answers = {"END": ""}
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        send(qtbot, window)
        sheet = settling(qtbot, window)
        sheet._answer.choose("went")
        sheet._reason.setPlainText("Pengelola server ditelepon")
        sheet.reject()
        rest(qtbot, window)
        sheet = settling(qtbot, window)
        assert sheet._reason.toPlainText() == "Pengelola server ditelepon"
        assert sheet._answer.value == "" and not sheet.verb.isEnabled()
        next(b for b in sheet.findChildren(QAbstractButton) if b.text() == "Cari tembusannya").click()
        rest(qtbot, window)
        for told in open_sheets(window):
            told.reject()
        sheet = settling(qtbot, window)
        assert sheet._reason.toPlainText() == "Pengelola server ditelepon", "looking for it decides nothing"
        sheet._answer.choose("did_not_go")
        sheet._reason.appendPlainText("Tidak pernah diterima.")
        sheet.verb.click()
        rest(qtbot, window)
        assert last_message(desk, case_id).state is MessageState.FAILED
        assert desk.drafts.load(of_case(case_id, f"message:{last_message(desk, case_id).id}:settle")) == ""


def slow_search(monkeypatch: pytest.MonkeyPatch, office: PortalOffice) -> threading.Event:
    """The mailbox answers no search before it is set, and then holds no copy."""
    gate = threading.Event()

    def look(*_values: object) -> bool:
        gate.wait(20)
        return False

    monkeypatch.setattr(type(office.desk.outbox), "look", look)
    return gate


def search_and_decide(qtbot: QtBot, window: MainWindow) -> None:
    """The search for the copy is still on its way when the officer decides."""
    press(qtbot, window, "Putuskan…")
    next(b for b in open_sheets(window)[-1].findChildren(QAbstractButton) if b.text() == "Cari tembusannya").click()
    card = next(card for card in window.findChildren(MessagesCard) if card.isVisible())
    next(b for b in card.findChildren(QAbstractButton) if b.text() == "Putuskan…" and not b.isHidden()).click()
    sheet = open_sheets(window)[-1]
    assert isinstance(sheet, UnsettledSheet)
    sheet._answer.choose("did_not_go")
    sheet._reason.setPlainText("Pengelola server: tidak pernah diterima.")
    sheet.verb.click()


def test_a_decision_that_comes_into_a_search_is_declined_aloud_and_its_reason_stays(
    qtbot: QtBot, office: PortalOffice, post: tuple[SmtpServer, SmallCa], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office.desk
    case_id = receive(desk, "01")
    post[0].answers = {"END": ""}
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        send(qtbot, window)
        gate = slow_search(monkeypatch, office)
        search_and_decide(qtbot, window)
        qtbot.waitUntil(lambda: bool(open_sheets(window)))
        (told,) = open_sheets(window)
        assert isinstance(told, ErrorSheet) and "tidak dikerjakan" in told.error.message
        told.reject()
        gate.set()
        rest(qtbot, window)
        for sheet in open_sheets(window):
            sheet.reject()  # what the search found
        sheet = settling(qtbot, window)
        assert sheet._reason.toPlainText() == "Pengelola server: tidak pernah diterima."
        next(b for b in sheet.findChildren(QAbstractButton) if b.text() == "Tidak terkirim").click()
        sheet.verb.click()
        rest(qtbot, window)
        assert last_message(desk, case_id).state is MessageState.FAILED
        assert desk.drafts.load(of_case(case_id, f"message:{last_message(desk, case_id).id}:settle")) == ""


def test_a_decision_about_a_complaint_that_fails_during_a_search_leaves_its_reason(
    qtbot: QtBot, office: PortalOffice, post: tuple[SmtpServer, SmallCa], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, deciding = office.desk, threading.Event()

    def full(*_values: object) -> None:
        deciding.wait(20)
        raise Hindered("Disk penuh.")

    monkeypatch.setattr(type(desk.outbox), "did_not_go", full)
    complaint = desk.complaints.receive(form(contact="tri@contoh.pekalongankota.go.id"))
    post[0].answers = {"END": ""}
    with real_window(qtbot, desk) as window:
        send(qtbot, window)
        with qtbot.waitSignal(window.complaint_shown):
            window.show_complaint(complaint)
        rest(qtbot, window)
        gate = slow_search(monkeypatch, office)
        search_and_decide(qtbot, window)
        with qtbot.waitSignal(window.complaint_work.changed):
            gate.set()  # the search ends first
        deciding.set()
        rest(qtbot, window)
        (told,) = open_sheets(window)
        assert isinstance(told, ErrorSheet) and told.error.message == "Disk penuh."
        told.reject()
        assert settling(qtbot, window)._reason.toPlainText() == "Pengelola server: tidak pernah diterima."


def test_what_is_told_at_the_counter_is_recorded(qtbot: QtBot, office: PortalOffice) -> None:
    desk = office.desk
    case_id = receive(desk, "01")
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        window.begin("case.set_told_in_person")
        sheet = window.findChildren(ReasonSheet)[0]
        sheet._area.setPlainText("Kotak suratnya terkunci.")
        sheet.verb.click()
        rest(qtbot, window)
        send(qtbot, window)
        assert last_message(desk, case_id).state is MessageState.COUNTER
        press(qtbot, window, "Sampaikan…")
        told = [item for item in window.findChildren(ReasonSheet) if item is not sheet][-1]
        told._area.setPlainText("Dibacakan di loket, ditandatangani.")
        told.reject()
        rest(qtbot, window)
        press(qtbot, window, "Sampaikan…")
        told = next(item for item in open_sheets(window) if isinstance(item, ReasonSheet))
        assert told._area.toPlainText() == "Dibacakan di loket, ditandatangani.", "what was left half written"
        told.verb.click()
        rest(qtbot, window)
        assert last_message(desk, case_id).state is MessageState.TOLD


def test_the_office_changes_a_text_sees_how_it_reads_and_goes_back(
    qtbot: QtBot, office: PortalOffice, post: tuple[SmtpServer, SmallCa]
) -> None:
    desk = office.desk
    with settings_page(qtbot, desk) as window:
        section = window.findChildren(NoticeTextsSection)[0]
        shipped = section.text.toPlainText()
        section.text.setPlainText("Halo {nama}, {nomer}")
        assert not section._save.isEnabled() and "{nomer}" in section._words.text()
        section.text.setPlainText("Salam {nama}, nomor {nomor}.")
        assert "Salam Sekar Contohwati, nomor LOCK-2026-0042." in section._preview.text()
        section._save.click()
        rest(qtbot, window)
        receive(desk, "01")
        send(qtbot, window)
        (mail,) = mails(post[0], post[0].accepted[0].recipients[0])
        assert body(mail).startswith("Salam Sekar Contohwati")
        section._reset.click()
        rest(qtbot, window)
        assert section.text.toPlainText() == shipped and section._reset.isHidden()
        section._past.click()
        rest(qtbot, window)
        (sheet,) = window.findChildren(PastSheet)
        words = "\n".join(label.text() for label in sheet.findChildren(QLabel))
        assert "Salam {nama}, nomor {nomor}." in words and "sejak awal" in words and "Contoh Petugas" in words


def test_an_unsettled_answer_to_a_complaint_is_decided_beside_it(
    qtbot: QtBot, office: PortalOffice, post: tuple[SmtpServer, SmallCa]
) -> None:
    server, desk = post[0], office.desk
    complaint = desk.complaints.receive(form(contact="tri@contoh.pekalongankota.go.id"))
    server.answers = {"END": ""}
    with real_window(qtbot, desk) as window:
        send(qtbot, window)
        with qtbot.waitSignal(window.complaint_shown):
            window.show_complaint(complaint)
        rest(qtbot, window)
        press(qtbot, window, "Putuskan…")
        sheet = window.findChildren(UnsettledSheet)[0]
        sheet._reason.setPlainText("Pengadu membenarkan.")
        sheet.reject()
        rest(qtbot, window)
        sheet = settling(qtbot, window)
        assert sheet._reason.toPlainText() == "Pengadu membenarkan."
        next(b for b in sheet.findChildren(QAbstractButton) if b.text() == "Sudah terkirim").click()
        sheet.verb.click()
        rest(qtbot, window)
        (message,) = desk.reading.complaint(complaint).messages
        assert desk.drafts.load(of_complaint(complaint, f"message:{message.id}:settle")) == ""
        assert [item.state for item in desk.reading.complaint(complaint).messages] == [MessageState.SENT]
        assert b"Pengaduan" in desk.notices.export(desk.reading.complaint(complaint).messages[0].id)
        assert "pesan" not in foot(window)


def test_unsettled_messages_stand_on_the_board_and_open_what_they_are_about(
    qtbot: QtBot, office: PortalOffice, post: tuple[SmtpServer, SmallCa]
) -> None:
    server, desk = post[0], office.desk
    case_id = receive(desk, "01")
    desk.complaints.receive(form(contact="tri@contoh.pekalongankota.go.id", confidential=True))
    server.answers = {"END": ""}
    with real_window(qtbot, desk) as window:
        send(qtbot, window)
        send(qtbot, window)
        figure = window.cases.board.findChild(QPushButton, "board-unsettled_mail")
        assert figure is not None and figure.isVisible() and figure.text() == "2 pesan belum pasti"
        figure.click()
        rest(qtbot, window)
        sheet = window.findChildren(UnsettledMailSheet)[0]
        lines = [sheet.view.model().index(place, 0).data() for place in range(2)]
        assert "sekar.contohwati@" in lines[0] and "tri@" not in lines[1], (
            "a confidential complainant's address is on no list"
        )
        sheet.view.setCurrentIndex(sheet.view.model().index(1, 0))
        with qtbot.waitSignal(window.complaint_shown):
            sheet.verb.click()
        window.begin("unsettled_mail")
        rest(qtbot, window)
        again = next(item for item in window.findChildren(UnsettledMailSheet) if item.isVisible())
        qtbot.keyClick(again.view, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.work.held is not None and window.work.held.case.id == case_id)
