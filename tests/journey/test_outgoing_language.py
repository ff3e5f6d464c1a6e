"""What goes out and what is kept is whole in Indonesian, whatever language the window speaks (UU 24/2009)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile, ProfileStart, shipped_mails
from lockdesk.core.quarters import Quarter
from lockdesk.desk.checks.all import rejection_reasons, what_is_missing
from lockdesk.desk.checks.catalogue import title_of
from lockdesk.desk.desk import Desk
from lockdesk.desk.office.notice_texts import NOTICE_LABELS
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.prints.documents import DOCUMENTS, Subject, available_prints, office_prints
from lockdesk.desk.prints.making import PrintSubject
from lockdesk.desk.requests.arrivals import Arrival
from lockdesk.desk.requests.standing import standing
from lockdesk.desk.requests.steps import CaseAction, undecided
from lockdesk.desk.tray.complaining import complaint_in
from lockdesk.desk.values.cases import CaseFilter, CaseView, HistoryLine, IntakeChannel
from lockdesk.desk.values.complaints import ComplaintView
from lockdesk.desk.values.emergency import EmergencyOrder
from lockdesk.desk.values.listing import ListChoice
from lockdesk.desk.values.privacy import Breach, Disposal, Way
from lockdesk.desk.values.reports import BookFilter, BookFormat, BookKind
from lockdesk.desk.values.reports import Subject as Listed
from lockdesk.ui.dialogs.reasons import usual_reasons
from lockdesk.ui.dialogs.review import AskApplicantSheet, RejectSheet
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.words import SOURCE, _, language
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.keyrings import using
from tests.helpers.desk.office import MONDAY, SetClock, office_settings
from tests.helpers.desk.steps import receive, revoke, verify
from tests.helpers.papers.samples import sample

SIGNS = re.compile(
    r"LD1-[\w-]+|\b[0-9a-fA-F]{4}(?: [0-9a-fA-F]{4}){3}\b|\b[0-9A-Fa-f]{8,}\b|[0-9A-F]{2}(?:: ?[0-9A-F]{2})+"
)
"""Digests, codes and serial numbers: another profile has other ones."""


@pytest.fixture(autouse=True)
def back_to_indonesian() -> Iterator[None]:
    yield
    language.choose(SOURCE)


class Told:
    """All that a whole office's day says to others and keeps, by where it stands."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.texts: dict[str, str] = {}
        self.kinds: set[str] = set()

    def put(self, where: str, text: str) -> None:
        self.texts[where] = SIGNS.sub("#", text)

    def journal(self, history: tuple[HistoryLine, ...]) -> None:
        """What the journal keeps in words."""
        for line in history:
            for name, text in line.facts.items():
                if name != "sha256":  # digits of it may look like a telephone number, and be concealed
                    self.put(f"entry {line.sequence} {line.kind}.{name}", str(text))

    def print(self, kind: str, about: PrintSubject, where: str = "") -> None:
        """The first time on every paper that the document is for, and as it is shown before."""
        papers = DOCUMENTS[kind].papers
        if kind not in self.kinds:
            self.put(f"{kind} {where} preview", text_of(self.desk.prints.preview(kind, about, papers[0])))
        for size in papers[:1] if kind in self.kinds else papers:
            self.put(f"{kind} {where} {size}", text_of(self.desk.prints.make(kind, about, size).pdf))
        self.kinds.add(kind)

    def case(self, where: str, case_id: int) -> CaseView:
        """The case as it stands: its prints, its messages, every notice that could be owed, its journal."""
        desk = self.desk
        desk.send_mail()
        case = desk.reading.case(case_id)
        for spec in available_prints(case):
            self.print(spec.kind, case_id, where)
        for notice in NOTICE_LABELS:
            if not notice.startswith("complaint_"):
                letter = desk.notices.letter(case, notice, desk.clock.now())
                self.put(f"{where} notice {notice}", f"{letter.subject}\n{letter.body}")
        case = desk.reading.case(case_id)
        self.put(f"{where} standing", standing(case, desk.office.zone))
        self.put(f"{where} reasons", "\n".join(case.closing_reasons))
        self.put(f"{where} files", "\n".join(document.name for document in case.documents))
        for message in case.messages:
            self.put(f"{where} message {message.id}", f"{message.subject}\n{message.body}")
        self.journal(case.history)
        return case

    def complaint(self, where: str, complaint_id: int) -> ComplaintView:
        desk = self.desk
        desk.send_mail()
        complaint = desk.reading.complaint(complaint_id)
        for spec in available_prints(complaint):
            self.print(spec.kind, complaint_id, where)
        complaint = desk.reading.complaint(complaint_id)
        for message in complaint.messages:
            self.put(f"{where} message {message.id}", f"{message.subject}\n{message.body}")
        for number, note in enumerate(complaint.notes if not complaint.form.confidential else ()):
            self.put(f"{where} note {number}", note.text)  # shown of a confidential one in the window's language
        self.journal(complaint.history)
        return complaint


def whole_case(told: Told) -> None:
    """From the mail to the proof, each state with what is told in it."""
    desk, case_id = told.desk, receive(told.desk, "01")
    told.case("received", case_id)
    verify(desk, case_id)
    told.case("verified", case_id)
    revoke(desk, case_id)
    told.case("revoked", case_id)
    desk.operations.reissue(case_id)
    told.case("issued", case_id)
    desk.notices.complete(case_id)
    told.case("completed", case_id)
    kept = desk.earlier_prints.of_case(case_id)[0]
    copy = desk.earlier_prints.duplicate(case_id, kept)
    told.put("duplicate", f"{copy.file_name} {text_of(copy.pdf)}")


def turned_away(told: Told) -> None:
    """Rejected, asked and withdrawn with what the dialogs propose."""
    desk = told.desk
    for name in ("05", "06", "13"):
        case_id = receive(desk, name)
        desk.review.start(case_id)
        asked = what_is_missing(desk.reading.case(case_id).findings)
        assert asked
        desk.review.ask_applicant(case_id, "\n".join(asked))
        told.case(f"{name} asked", case_id)
        rejected = receive(desk, "08" if name == "05" else "09" if name == "06" else "17")
        desk.review.start(rejected)
        reasons = rejection_reasons(desk.reading.case(rejected).findings) or ("Tidak sesuai.",)
        desk.review.reject(rejected, reasons)
        told.case(f"{name} rejected", rejected)
        desk.notices.handed_over(rejected, "Contoh Penerima", date(2026, 11, 23))
        for number, message in enumerate(desk.reading.case(rejected).messages):
            told.put(f"{name} handed over {number}", message.body)
    withdrawn = receive(desk, "02")
    desk.review.start(withdrawn)
    desk.review.withdraw(withdrawn, usual_reasons(CaseAction.WITHDRAW)[0])
    told.case("withdrawn", withdrawn)
    unsure = desk.intake.look((NamedBytes("14.eml", sample("14")),), IntakeChannel.EMAIL)
    assert isinstance(unsure, Arrival)
    told.case("unsure", desk.intake.take(unsure, unsure=True)[0].case_id)


def complained(told: Told, clock: SetClock) -> None:
    """Received, taken on, answered, passed on, answered by the official; one is never answered by who complained."""
    complaints = told.desk.complaints
    for confidential in (False, True):
        number = complaints.receive(form(contact="tri@contoh.go.id", confidential=confidential))
        where = f"complaint {confidential}"
        told.complaint(f"{where} received", number)
        complaints.verify(number)
        complaints.respond(number, "Tri Umpamakan dihubungi lewat 0812-0000-0077.")
        told.complaint(f"{where} answered", number)
        complaints.escalate(number, "Perlu keputusan pejabat.")
        told.complaint(f"{where} passed on", number)
        complaints.official_responds(number, "Disetujui.")
        complaints.resolve(number, "Pemberitahuan dikirim ulang.")
        told.complaint(f"{where} resolved", number)
    left = complaints.receive(form(contact="tri@contoh.go.id"))
    complaints.verify(left)
    complaints.ask(left, "Mohon sebutkan nomor permohonannya.")
    clock.forward(days=60)
    assert complaints.close_unanswered()
    told.complaint("left unanswered", left)
    told.put("no sender", complaint_in(None).name)


def of_the_office(told: Told) -> None:
    """What is about no case and no complaint."""
    desk = told.desk
    for spec in office_prints():
        told.print(spec.kind, 0)
    quarter = Quarter(2026, 4)
    for part, text in desk.evaluation.report(quarter).parts.items():
        told.put(f"report part {part}", text)
    told.print("quarterly_report", quarter)
    for kind in BookKind:
        told.print("register_book", BookFilter(kind, 2026), kind)
        told.put(f"book {kind}", desk.books.export(BookFilter(kind, 2026), BookFormat.CSV).decode("utf-8-sig"))
    told.put("summary", desk.evaluation.summary(quarter))
    lists = ((Listed.CASE, CaseFilter.ALL), (Listed.COMPLAINT, "open"), (Listed.COMPLAINT, "resolved"))
    for subject, within in lists:
        content = desk.lists.export(subject, ListChoice(within), BookFormat.CSV)
        told.put(f"list {subject} {within}", content.decode("utf-8-sig"))
    told.print("day", 0)
    told.print("handover", 0)
    told.print("emergency_form", EmergencyOrder(2))
    done = Disposal(
        "MUSNAH-2026-0001", MONDAY, "Contoh Kepala", "197001011995011001", "Kepala", Way.CODE, "Contoh Petugas",
        ("LOCK-2026-0001",), (), 1, 2, MONDAY + timedelta(minutes=1),
    )  # fmt: skip

    def disposal(number: str) -> Disposal:
        return replace(done, number=number)

    desk.casebook.disposal = disposal  # type: ignore[method-assign]
    told.print("disposal", done)
    breach = Breach("BOCOR-2026-0001", MONDAY, "Nama dan NIP.", "Laptop hilang.", "Akun dikunci.", "Petugas.")
    told.print("breach", breach)
    told.print("person_data", desk.reading.register_page("Sekar").rows[0].id)


def unlike(text: str, other: str) -> list[str]:
    """Where two texts differ, word by word."""
    words, others = text.split(), other.split()
    parts = SequenceMatcher(None, words, others, autojunk=False).get_opcodes()
    return [f"{' '.join(words[a:b])} → {' '.join(others[c:d])}" for tag, a, b, c, d in parts if tag != "equal"]


def told_with(folder: Path, code: str) -> Told:
    """A fresh office's day with the window in that language."""
    clock = SetClock()
    start = ProfileStart(folder / code, practice=True, settings=office_settings(), post=shipped_mails()[:2])
    language.choose(code)
    with OpenProfile(start, clock) as opened:
        told = Told(opened.desk)
        whole_case(told)
        turned_away(told)
        complained(told, clock)
        of_the_office(told)
    language.choose(SOURCE)
    return told


def test_the_windows_language_changes_no_word_that_goes_out_or_is_kept(tmp_path: Path) -> None:
    indonesian, english = (told_with(tmp_path, code) for code in (SOURCE, "en"))
    assert indonesian.kinds == english.kinds == set(DOCUMENTS), "every print"
    assert {DOCUMENTS[kind].subject for kind in english.kinds} == set(Subject)
    assert english.texts.keys() == indonesian.texts.keys()
    assert {
        where: unlike(text, english.texts[where])
        for where, text in indonesian.texts.items()
        if text != english.texts[where]
    } == {}


def test_the_dialogs_show_the_officers_language_and_write_indonesian(qtbot: QtBot, profile: OpenProfile) -> None:
    desk, parent = profile.desk, QWidget()
    qtbot.addWidget(parent)
    language.choose("en")
    case = desk.reading.case(receive(desk, "05"))
    finding = next(item for item in case.findings if item.check == "csr.subject")
    assert title_of(finding).startswith("The name") and finding.remedy.startswith("Create a CSR")
    assert "applicant: Maria" in finding.evidence and "pemohon: Maria" in finding.kept.evidence
    (reason,) = RejectSheet(parent, case).reasons
    assert reason.endswith("Buat CSR atas nama pemohon sendiri, lalu kirim ulang.")
    asking = AskApplicantSheet(parent, case, desk.settings().office.checklist)
    assert "Buat CSR" in asking.findChild(QPlainTextEdit).toPlainText()
    for action in (CaseAction.DECIDE_WARNING, CaseAction.WITHDRAW, CaseAction.REOPEN, CaseAction.RECHECK):
        sheet = ReasonSheet(parent, case.id, "", "", "", "", usual=usual_reasons(action))
        for text in usual_reasons(action):
            offered = next(item for item in sheet.findChildren(QPushButton) if item.text() == _(text) != text)
            offered.click()
            assert sheet.findChild(QPlainTextEdit).toPlainText() == text, "what is kept is seen, and can be edited"


def test_a_decision_holds_whatever_the_window_speaks_next(profile: OpenProfile) -> None:
    """What was decided about is told by its evidence, which is kept in Indonesian."""
    desk = profile.desk
    language.choose("en")
    case_id = receive(desk, "03")
    desk.review.start(case_id)
    open_ones = undecided(desk.reading.case(case_id))
    assert open_ones
    for finding in open_ones:
        desk.review.decide(case_id, finding.check, "Sudah dicocokkan dengan gambar surat.")
    for code in (SOURCE, "en"):
        language.choose(code)
        desk.review.recheck_findings(case_id)
        assert not undecided(desk.reading.case(case_id))


def test_the_sheet_for_the_safe_is_indonesian(tmp_path: Path) -> None:
    start = ProfileStart(tmp_path / "kerja", False, "frasa sandi kantor", office_settings(False))
    with using(NoKeyring()), OpenProfile(start, SetClock()) as opened:
        recovery, sheets = opened.desk.recovery, []
        assert recovery is not None
        for code in (SOURCE, "en"):
            language.choose(code)
            made = recovery.make()
            words = text_of(made.printed.pdf).replace("\ufffe", "-")  # a hyphen at a line's end
            words = re.sub(r"(?:[A-Z0-9]{4}-\s?)+[A-Z0-9]{4}", "#", words)
            sheets.append(set(re.sub(r"[A-Z0-9]{4}-[A-Z0-9-]*|\d+", "#", SIGNS.sub("#", words)).split()))
    assert sheets[0] == sheets[1]
