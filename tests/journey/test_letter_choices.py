"""What the letter leaves open, and what must not be kept of it, on a real desk."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from lockdesk.app import OpenProfile
from lockdesk.core.findings import Verdict
from lockdesk.core.journal import LOOKING
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.arrivals import Arrival
from lockdesk.desk.requests.kept_csr import stored_csr
from lockdesk.desk.requests.scanning import scanned_letter
from lockdesk.desk.requests.steps import open_questions
from lockdesk.desk.values.cases import CaseFilter, CaseView, IntakeChannel, Received
from lockdesk.errors import Hindered, LockdeskError
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.verification.choices import ChoiceRow
from lockdesk.ui.widgets.page_canvas import Layer
from lockdesk.ui.widgets.sheet import Sheet, open_sheets
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.office import SetClock
from tests.helpers.papers.arrivals import ROWS, table_letter
from tests.helpers.papers.photos import photographed
from tests.helpers.papers.samples import papers
from tests.helpers.window.real_window import real_window, rest, show_case

pytestmark = pytest.mark.usefixtures("each_page_read_once")


def received(profile: OpenProfile, last: str = "") -> CaseView:
    files = (
        NamedBytes("foto.jpg", photographed(180, last=last)),
        NamedBytes("sekar.csr", make.pem(make.request())),
    )
    case_id = profile.desk.intake.receive(files, IntakeChannel.FILES).case_id
    return profile.desk.reading.case(case_id)


def test_a_photo_of_a_letter_is_read_like_any_scan(profile: OpenProfile) -> None:
    case = received(profile)
    assert scanned_letter(case) is not None
    assert profile.desk.review.read_scan(case.id)
    after = profile.desk.reading.case(case.id)
    assert after.applicant.name.startswith("Sekar Contohwati")
    verdicts = {item.check: item.verdict for item in after.findings}
    assert verdicts["statement.purpose"] is verdicts["statement.person"] is Verdict.PASS
    assert verdicts["statement.readable"] is Verdict.WARN


def test_a_passphrase_in_a_scan_is_destroyed_as_soon_as_it_is_read(profile: OpenProfile) -> None:
    case = received(profile, "Passphrase lama saya: Batik77merah")
    letter = scanned_letter(case)
    assert letter is not None
    profile.desk.review.read_scan(case.id)
    after = profile.desk.reading.case(case.id)
    assert {item.check: item.verdict for item in after.findings}["mail.secret"] is Verdict.FAIL
    assert not next(item for item in after.documents if item.id == letter.id).stored
    with pytest.raises(LockdeskError):
        profile.desk.reading.document(letter.id)
    assert "Batik" not in repr(after) and after.history[0].facts["destroyed"] == 1
    assert profile.desk.casebook.verify_journal().whole


# ── choosing, on a real desk and in the real window ──
@pytest.fixture
def window(qtbot: QtBot, profile: OpenProfile) -> Iterator[MainWindow]:
    with real_window(qtbot, profile.desk) as opened:
        yield opened


class Officer:
    """What is done with the card *Perlu dipilih*."""

    def __init__(self, qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
        self.qtbot, self.window, self.desk = qtbot, window, desk

    def show(self, case_id: int, started: bool = True) -> None:
        if started:
            self.desk.review.start(case_id)
        show_case(self.qtbot, self.window, case_id)

    def rest(self) -> None:
        rest(self.qtbot, self.window)

    def rows(self) -> list[ChoiceRow]:
        return [row for row in self.window.cases.panel.verification.findChildren(ChoiceRow) if row.isVisible()]

    def number(self, words: str) -> int:
        """The row that begins with these words, from 1."""
        names = [row.button.accessibleName() for row in self.rows()]
        return 1 + next(n for n, name in enumerate(names) if name.startswith(words))

    def press(self, number: int) -> None:
        key, before = Qt.Key(Qt.Key.Key_0.value + number), len(self.case().history)
        self.qtbot.keyClick(self.window.cases.panel.verification, key, Qt.KeyboardModifier.AltModifier)
        self.qtbot.waitUntil(lambda: bool(open_sheets(self.window)) or len(self.case().history) > before, timeout=15000)
        self.rest()

    def sheet(self) -> Sheet:
        self.qtbot.waitUntil(lambda: len(open_sheets(self.window)) == 1)
        return open_sheets(self.window)[0]

    def case(self) -> CaseView:
        """Without the entry of its being looked at, which comes a second after it was shown."""
        case = self.desk.reading.case(self.window.work.case_id)
        return replace(case, history=tuple(line for line in case.history if line.kind not in LOOKING))


@pytest.fixture
def officer(qtbot: QtBot, window: MainWindow, profile: OpenProfile) -> Officer:
    return Officer(qtbot, window, profile.desk)


def verdict(case: CaseView, check: str) -> Verdict:
    return next(item.verdict for item in case.findings if item.check == check)


def taken_as_one(desk: Desk, *files: NamedBytes) -> int:
    arrival = desk.intake.look(files, IntakeChannel.FILES)
    assert isinstance(arrival, Arrival)
    return desk.intake.take(arrival)[0].case_id


def test_one_key_says_whose_letter_it_is(officer: Officer) -> None:
    officer.show(taken_as_one(officer.desk, NamedBytes("surat.pdf", table_letter())))
    assert verdict(officer.case(), "statement.person") is Verdict.WARN
    second = officer.rows()[1]
    assert "baris dalam tabel" in second.button.accessibleDescription()
    officer.qtbot.mouseClick(second.look, Qt.MouseButton.LeftButton)
    marked = officer.window.cases.panel.letter.canvas.boxes(Layer.EVIDENCE)
    places = officer.case().facts.statement.people[1].places
    assert set(marked) == {box for _field, place in places for box in place.boxes}
    officer.press(officer.number("Pemohon: Joko"))
    after = officer.case()
    assert after.applicant.name == "Joko Permisalan" and after.applicant.nip == "198811202014021998"
    assert verdict(after, "statement.person") is Verdict.PASS
    assert after.history[0].kind == "case.person_chosen"


def test_what_is_open_can_be_chosen_before_the_review_begins(officer: Officer) -> None:
    """The finding says so from the start."""
    officer.show(taken_as_one(officer.desk, NamedBytes("surat.pdf", table_letter())), started=False)
    officer.press(officer.number("Pemohon: Joko"))
    after = officer.case()
    assert after.applicant.name == "Joko Permisalan" and verdict(after, "statement.person") is Verdict.PASS


def pictured(pdf: bytes) -> bytes:
    """The same on paper, as a scanner gives it."""
    file = io.BytesIO()
    pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil().convert("L").save(file, "JPEG", quality=85)
    return file.getvalue()


def test_a_scanned_table_becomes_a_case_for_each_of_its_people(officer: Officer, clock: SetClock) -> None:
    desk, csr = officer.desk, NamedBytes("sekar.csr", make.pem(make.request()))
    case_id = taken_as_one(desk, NamedBytes("surat.jpg", pictured(table_letter())), csr)
    assert desk.review.read_scan(case_id)
    came = desk.reading.case(case_id)
    clock.forward(hours=1)
    officer.show(case_id)
    officer.press(officer.number("Semuanya: buat kasus untuk masing-masing dari 3 orang"))
    cases = [desk.reading.case(row.id) for row in desk.reading.page(CaseFilter.ALL, None, 10).rows]
    assert {case.applicant.nip for case in cases} == {row[2] for row in ROWS}
    for case in cases:
        assert (case.received_at, case.due_at) == (came.received_at, came.due_at)
        assert case.facts.statement_file == came.facts.statement_file
        assert verdict(case, "statement.person") is Verdict.PASS
        sekars = case.applicant.nip == ROWS[0][2]
        assert (case.id == case_id, case.facts.csr.facts is not None) == (sekars, sekars), "the CSR names her alone"
    assert desk.casebook.verify_journal().whole


def test_what_was_interrupted_while_they_were_opened_is_not_opened_twice(
    profile: OpenProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = profile.desk
    case_id = taken_as_one(desk, NamedBytes("surat.pdf", table_letter()))
    desk.review.start(case_id)
    real, asked = desk.intake.receive_beside, iter((True, False))

    def once(*request: Any) -> Received:
        if next(asked):
            return real(*request)
        raise Hindered("penuh", "kosongkan", code="disk.full")

    with monkeypatch.context() as broken:
        broken.setattr(desk.intake, "receive_beside", once)
        with pytest.raises(Hindered):
            desk.choosing.each(case_id)
    desk.choosing.each(case_id)
    cases = [desk.reading.case(row.id) for row in desk.reading.page(CaseFilter.ALL, None, 10).rows]
    assert sorted(case.applicant.nip for case in cases) == sorted(row[2] for row in ROWS)


def test_a_chosen_person_can_be_changed_by_two_presses(officer: Officer) -> None:
    officer.show(taken_as_one(officer.desk, NamedBytes("surat.pdf", table_letter())))
    first = officer.case().facts.statement.people[0].fields.name
    officer.press(officer.number("Pemohon: Joko"))
    (change,) = officer.rows()
    assert change.button.accessibleName() == "Ganti pilihan pemohon"
    assert "Joko Permisalan" in change.button.accessibleDescription()
    change.button.click()
    assert officer.case().applicant.name == "Joko Permisalan", "who else there is, and no more"
    officer.press(officer.number(f"Pemohon: {first}"))
    after = officer.case()
    assert after.applicant.name == first and verdict(after, "statement.person") is Verdict.PASS
    assert [item.kind for item in after.history[:2]] == ["case.person_chosen"] * 2
    assert len(officer.rows()) == 1, "and it can be changed again"


def test_one_key_says_which_file_is_the_letter(officer: Officer) -> None:
    letter = papers("01")[0][1]
    other = io.BytesIO()
    page = Canvas(other)
    page.drawString(60, 780, "SURAT KETERANGAN PERJALANAN DINAS")
    page.drawString(60, 760, "Terlampir berkas perjalanan untuk diarsipkan.")
    page.save()
    files = (NamedBytes("perjalanan.pdf", other.getvalue()), NamedBytes("pernyataan.pdf", letter))
    case_id = taken_as_one(officer.desk, *files)
    wrong = next(item for item in officer.desk.reading.case(case_id).documents if item.name == "perjalanan.pdf")
    officer.desk.choosing.letter(case_id, wrong.id)
    officer.show(case_id)
    assert verdict(officer.case(), "statement.purpose") is not Verdict.PASS
    officer.press(officer.number("Surat: pernyataan.pdf"))
    after = officer.case()
    assert verdict(after, "statement.purpose") is Verdict.PASS and after.applicant.name.startswith("Sekar")
    assert {item.name: item.role for item in after.documents if item.name.endswith(".pdf")} == {
        "perjalanan.pdf": "other", "pernyataan.pdf": "statement",
    }  # fmt: skip


def test_one_key_says_which_of_two_csrs_is_meant(officer: Officer) -> None:
    csrs = {"lama.csr": make.request(make.ec_key(11)), "baru.csr": make.request(make.ec_key(12))}
    files = (papers("01")[0], *((name, make.pem(der)) for name, der in csrs.items()))
    case_id = taken_as_one(officer.desk, *(NamedBytes(*file) for file in files))
    officer.show(case_id)
    assert verdict(officer.case(), "csr.single") is Verdict.FAIL
    proposed = officer.case().facts.csr_file
    assert proposed is not None
    for name in (proposed.name, *(name for name in csrs if name != proposed.name)):
        if name != proposed.name:
            officer.rows()[-1].button.click()  # what is chosen is chosen anew by two presses
        officer.press(officer.number(f"CSR: {name}"))
        after = officer.case()
        assert after.facts.csr_file is not None and after.facts.csr_file.name == name
        assert stored_csr(officer.desk.casebook, after) == csrs[name], "and it is what the CA is sent"
        assert verdict(after, "csr.single") is Verdict.WARN, "the applicant is asked about it"
        assert {item.name: item.role for item in after.documents if item.name in csrs} == {
            **dict.fromkeys(csrs, "other"), name: "csr"
        }  # fmt: skip


def test_a_letter_that_passes_can_be_exchanged_too(officer: Officer) -> None:
    letter = papers("01")[0][1]
    files = (NamedBytes("lampiran.pdf", table_letter()), NamedBytes("pernyataan.pdf", letter))
    case_id = officer.desk.intake.receive(files, IntakeChannel.FILES).case_id
    officer.show(case_id)
    first = officer.case().facts.statement_file
    assert first is not None and verdict(officer.case(), "statement.purpose") is Verdict.PASS
    (change,) = [row for row in officer.rows() if row.button.accessibleName() == "Ganti surat atau CSR"]
    assert first.name in change.button.accessibleDescription()
    change.button.click()
    other = "lampiran.pdf" if first.name == "pernyataan.pdf" else "pernyataan.pdf"
    officer.press(officer.number(f"Surat: {other}"))
    after = officer.case().facts.statement_file
    assert after is not None and after.name == other


def test_several_questions_may_be_open_at_once(officer: Officer) -> None:
    case_id = taken_as_one(officer.desk, NamedBytes("surat.pdf", table_letter()))
    for question in ("Untuk siapa?", "CSR siapa?"):
        officer.desk.choosing.left_open(case_id, question)
    officer.show(case_id)
    assert officer.number("Belum yakin") == len(officer.rows())
    officer.desk.choosing.answered(case_id, "Untuk siapa?", "Untuk Joko.")
    assert open_questions(officer.case()) == ("CSR siapa?",)


def doubtful(officer: Officer) -> str:
    """A photo so poor that a digit of it is doubted; its doubted field."""
    for dpi in (100, 90, 80, 110, 120):
        files = (NamedBytes(f"{dpi}.jpg", photographed(dpi)),)
        case_id = taken_as_one(officer.desk, *files)
        officer.desk.review.read_scan(case_id)
        found = [name for name, _text in officer.desk.reading.case(case_id).facts.statement.doubted if name != "nik"]
        if found:
            officer.show(case_id)
            return found[0]
    pytest.fail("no photo is doubted")


def test_a_doubted_value_is_taken_with_one_key(officer: Officer) -> None:
    field = doubtful(officer)
    before = dict(officer.case().facts.statement.doubted)
    row = next(row for row in officer.rows() if row.retype.isVisible())
    assert "mesin" in row.button.accessibleDescription(), "it says what speaks for it"
    officer.press(officer.rows().index(row) + 1)
    after = officer.case()
    assert field not in dict(after.facts.statement.doubted)
    assert getattr(after.facts.statement.fields, field) == before[field]
    assert after.history[0].facts["corrected"] is False


def test_a_doubted_value_is_typed_as_it_stands_in_the_letter(officer: Officer) -> None:
    field = doubtful(officer)
    row = next(row for row in officer.rows() if row.retype.isVisible())
    officer.qtbot.mouseClick(row.retype, Qt.MouseButton.LeftButton)
    officer.sheet()
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit) and focused.selectedText() == focused.text()
    right = {"nip": "199002152019032998", "serial": "4A7F00000000002C", "phone": "081200000042"}.get(
        field, "Dinas Lain"
    )
    officer.qtbot.keyClicks(focused, right)
    officer.qtbot.keyClick(focused, Qt.Key.Key_Return)
    officer.rest()
    after = officer.case()
    assert getattr(after.facts.statement.fields, field) == right
    assert dict(after.facts.statement.evidence)[field] == "officer"
    assert [line.facts["corrected"] for line in after.history if "corrected" in line.facts] == [True]


def test_what_is_left_open_stays_with_its_question_and_its_answer(officer: Officer) -> None:
    officer.show(taken_as_one(officer.desk, NamedBytes("surat.pdf", table_letter())))
    for begin, typed in (
        ("Belum yakin", "Untuk siapa permohonan ini?"),
        ("Catat jawaban", "Kepala Bidang: untuk Joko."),
    ):
        officer.press(officer.number(begin))
        officer.sheet()
        focused = QApplication.focusWidget()
        officer.qtbot.keyClicks(focused, typed)
        officer.qtbot.mouseClick(officer.sheet().verb, Qt.MouseButton.LeftButton)
        officer.rest()
        assert not open_sheets(officer.window)
    after = officer.case()
    assert [item.kind for item in after.history[:2]] == ["case.open_answered", "case.left_open"]
    assert after.history[0].facts["answer"] == "Kepala Bidang: untuk Joko."
    assert after.history[0].facts["question"] == "Untuk siapa permohonan ini?"
    assert verdict(after, "statement.person") is Verdict.WARN, "an answer chooses nothing"
    assert officer.number("Belum yakin") == len(officer.rows()), "and another question may be asked"


def test_nothing_that_is_not_open_can_be_chosen(profile: OpenProfile) -> None:
    desk, case = profile.desk, received(profile)
    desk.review.read_scan(case.id)
    with pytest.raises(LockdeskError):
        desk.choosing.settled(case.id, "email", "x@y.example")
    with pytest.raises(LockdeskError):
        desk.choosing.person(case.id, 9)
    with pytest.raises(LockdeskError):
        desk.choosing.answered(case.id, "tanpa pertanyaan", "ya")
    with pytest.raises(LockdeskError):
        desk.choosing.csr(case.id, next(item.id for item in case.documents if item.role == "csr"))


def test_a_photo_is_shown_as_the_letter_that_it_is(officer: Officer) -> None:
    case = officer.desk.intake.receive((NamedBytes("foto.jpg", photographed(100)),), IntakeChannel.FILES)
    with officer.qtbot.waitSignal(officer.window.page_shown, timeout=15000):
        officer.window.show_case(case.case_id)
    assert officer.window.cases.panel.letter.document
    officer.rest()
