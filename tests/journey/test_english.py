"""English is whole: what the window shows is in English, but for what the office and the papers say."""

import errno
import re
import tomllib
from collections.abc import Iterator
from itertools import chain

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.app import DEFAULT_OFFICE, OpenProfile
from lockdesk.core.quarters import Quarter
from lockdesk.desk.checks.all import rejection_reasons, what_is_missing
from lockdesk.desk.checks.catalogue import title_of
from lockdesk.desk.office.decree import national_days
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.resource import resource
from lockdesk.ui.look.actions import WindowAction as W
from lockdesk.ui.verification.operations_card import operation_facts
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.sheet import open_sheets
from lockdesk.words import _, again, language, system_words
from tests.helpers.desk.steps import completed, receive
from tests.helpers.window.real_window import PATIENCE_MS, real_window

INDONESIAN = re.compile(
    r"\b(yang|tidak|dengan|sudah|belum|dari|untuk|pada|dan|atau|oleh|bila|surat|pemohon|petugas|sertifikat|hari|dapat"
    r"|kasus|permohonan|lebih|harus|akan|ini|itu|tanggal|berkas|kunci|halaman|pesan|tw)\b",
    re.IGNORECASE,
)
DOTTED_TIME = re.compile(r"(?<![\d.])[0-2]?\d\.[0-5]\d(?![\d.])(?! ?(?:MB|KB|%))")
PAGES = (W.COMPLAINTS, W.REGISTER, W.REPORTS, W.SETTINGS, W.CALENDAR, W.BACKUPS, W.JOURNAL)
DIALOGS = (W.NEW_COMPLAINT, W.WALK_IN, W.CLOSE_DAY, W.PRINT_EMERGENCY, W.CHECK_PRINT, W.DISPOSAL, W.BREACH, W.KEYS)
STEPS = (
    CaseAction.RECORD_CALL, CaseAction.REJECT, CaseAction.ASK_APPLICANT, CaseAction.CORRECT, CaseAction.PRINT,
    CaseAction.WITHDRAW, CaseAction.RESOLVE_OTHERWISE, CaseAction.SET_ROUTE, CaseAction.SET_COMPROMISED,
)  # fmt: skip


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    language.choose("en")
    yield
    language.choose("id")


def texts_of(widget: QWidget) -> Iterator[str]:
    yield from (widget.accessibleName(), widget.toolTip())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))


def leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from chain.from_iterable(map(leaves, value.values()))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(leaves, value))
    elif isinstance(value, str):
        yield value


def said_by_others(profile: OpenProfile, case_ids: list[int]) -> list[str]:
    """What is Indonesian whoever looks: the office profile, holidays, letters to applicants, the papers, what is
    proposed for them."""
    office = tomllib.loads(resource(DEFAULT_OFFICE).read_text(encoding="utf-8"))
    notices = tomllib.loads(resource("templates/notices.toml").read_text(encoding="utf-8"))
    own = [*leaves(office), *leaves(notices), *national_days(2026).values(), *national_days(2027).values()]
    proposed = profile.desk.evaluation.report(Quarter(2026, 4)).parts
    own += chain.from_iterable(text.splitlines() for text in proposed.values())
    for case_id in case_ids:
        case = profile.desk.reading.case(case_id)
        own += [ref.name for ref in case.documents] + [message.subject for message in case.messages]
        own += [*rejection_reasons(case.findings), *what_is_missing(case.findings)]
        own += [value for value in case.facts.statement.text.splitlines() if value.strip()]
    own += [officer.name for officer in profile.desk.settings().officers]
    return sorted({text.strip() for text in own if INDONESIAN.search(text)}, key=len, reverse=True)


def test_what_the_window_shows_is_english(qtbot: QtBot, profile: OpenProfile) -> None:
    desk = profile.desk
    case_ids = [receive(desk, name) for name in ("01", "05", "06", "07", "09", "13", "15", "17")]
    desk.review.start(case_ids[0])
    seen: dict[str, str] = {}
    dotted: dict[str, str] = {}

    def look(where: str) -> None:
        qtbot.waitUntil(lambda: window.background.idle, timeout=PATIENCE_MS)
        for widget in window.findChildren(QWidget):
            if widget.isVisible():
                dotted.update((text, where) for text in texts_of(widget) if DOTTED_TIME.search(text))
                seen.update((text, where) for text in texts_of(widget) if INDONESIAN.search(text) and text not in seen)

    def leave() -> None:
        for sheet in reversed(open_sheets(window)):
            sheet.reject()
        qtbot.waitUntil(lambda: window.background.idle, timeout=PATIENCE_MS)

    with real_window(qtbot, desk) as window:
        for case_id in case_ids:
            window.show_case(case_id)
            look(f"case {case_id}")
        window.show_case(case_ids[0])
        qtbot.waitUntil(lambda: window.background.idle, timeout=PATIENCE_MS)
        for step in STEPS:
            window.begin(f"case.{step}")
            look(str(step))
            leave()
        for name in chain(PAGES, DIALOGS):
            window.begin(str(name))
            look(str(name))
            leave()
    others = said_by_others(profile, case_ids)

    def left_of(text: str) -> str:
        """Without what others say: quoted, elided, in a letter to the applicant, or a placeholder's name."""
        text = re.sub(r"“[^”]*”|\{\w+\}", "", text)
        if text.endswith("…") and any(words.startswith(text[:-1]) for words in others):
            return ""
        for words in others:
            text = text.replace(words, "")
        return "" if "Yth. " in text else text

    assert [f"{where}: {text}" for text, where in seen.items() if INDONESIAN.search(left_of(text))] == []
    assert [f"{where}: {text}" for text, where in dotted.items() if DOTTED_TIME.search(left_of(text))] == []


def test_what_was_kept_in_words_is_told_in_the_language_of_now(profile: OpenProfile) -> None:
    case = profile.desk.reading.case(completed(profile.desk))
    kept = [operation.words for operation in case.operations]
    assert "CA menjawab selesai." in kept, "evidence is kept in one language, whichever is used"
    told = [fact.value for operation in case.operations for fact in operation_facts(operation, "")]
    assert "The CA answered that it is done." in told and not set(kept) & set(told)


@pytest.mark.parametrize("name", ["05", "09"])
@pytest.mark.parametrize(("found", "shown"), [("en", "id"), ("id", "en")])
def test_findings_are_told_in_the_language_of_now(profile: OpenProfile, found: str, shown: str, name: str) -> None:
    desk = profile.desk
    language.choose(found)
    case_id = receive(desk, name)
    desk.review.start(case_id)
    language.choose(shown)
    before = desk.reading.case(case_id).findings
    desk.review.recheck_findings(case_id)
    assert any(finding.remedy for finding in before)
    for kept, fresh in zip(before, desk.reading.case(case_id).findings, strict=True):
        told = kept.now
        assert (title_of(told), told.remedy) == (title_of(fresh), fresh.remedy), kept.check
        assert told.kept.evidence == kept.kept.evidence, "what is decided upon stays what it was"
        assert told.evidence == fresh.evidence, kept.check


def test_a_row_of_the_program_s_own_words_is_told_in_the_language_of_now() -> None:
    language.choose("en")
    assert again("Ditemukan: berkas tersemat, tautan luar.") == "Found: embedded file, external link."
    assert again("isi e-mail, catatan.txt: memuat passphrase; isinya tidak disimpan.") == (
        "e-mail body, catatan.txt: holds a passphrase; its content is not stored."
    )


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (
            "a.pdf sebenarnya e-mail. b.pdf sebenarnya kunci privat. c.pdf sebenarnya program.",
            "The content of a.pdf is: e-mail. The content of b.pdf is: private key. The content of c.pdf is: program.",
        ),
        (
            "a.eml, menurut isinya dari sekar@contoh.id. b.eml, menurut isinya dari –.",
            "a.eml, from sekar@contoh.id by its content. b.eml, from – by its content.",
        ),
        ("surat dr. Contoh.pdf sebenarnya e-mail.", "The content of surat dr. Contoh.pdf is: e-mail."),
        (
            "Ditemukan: formulir XFA dinamis, yang tidak dapat ditampilkan, tautan luar.",
            "Found: dynamic XFA form, which cannot be shown, external link.",
        ),
    ],
)
def test_sentences_in_a_row_are_each_told_and_none_is_taken_for_what_fills_another(kept: str, told: str) -> None:
    language.choose("en")
    assert again(kept) == told
    language.choose("id")
    if "XFA" not in kept:  # words of an earlier version: they are written no more
        assert again(told) == kept


def test_what_was_kept_in_english_is_told_in_indonesian_and_foreign_words_stay() -> None:
    language.choose("id")
    assert again("The CA answered that it is done.") == "CA menjawab selesai."
    assert again("CA menjawab selesai. Hubungi CA.") == "CA menjawab selesai. Hubungi CA."
    assert again("550 5.1.1 no such user. Really.") == "550 5.1.1 no such user. Really."
    assert again("The mail server surat.contoh.id refused the connection. Check the network, then try again.\n111") == (
        "Server e-mail surat.contoh.id menolak sambungan. Periksa jaringan, lalu coba lagi.\n111"
    ), "what fills a gap stays"
    language.choose("en")
    told = "Folder ini tidak dapat dipakai: disk penuh."
    assert again(told) == "This folder cannot be used: disk penuh."
    both = "CA belum mencatat pencabutan. Pencabutan dapat diminta lagi. 451 later."
    assert again(both) == f"{_('CA belum mencatat pencabutan. Pencabutan dapat diminta lagi.')} 451 later."
    assert again("") == ""


@pytest.mark.parametrize("number", [errno.EIO, errno.ENAMETOOLONG, errno.EXDEV, 0])
def test_what_the_system_refuses_is_told_in_no_words_of_its_own(number: int) -> None:
    language.choose("id")
    told = system_words(OSError(number, "Invalid cross-device link") if number else OSError("Invalid link"))
    assert told and "link" not in told and "OSError" not in told


def test_what_the_program_itself_fills_in_is_told_in_the_language_of_now(profile: OpenProfile) -> None:
    language.choose("id")
    findings = {finding.check: finding for finding in profile.desk.reading.case(receive(profile.desk, "14")).findings}
    language.choose("en")
    purpose = findings["statement.purpose"].now.evidence
    assert purpose == "The letter states “LUPA PASSPHRASE”, but also the renewal of an expired certificate."
    differing = again("Jabatan di surat berbeda dengan data kepegawaian")
    assert differing == "Position in the letter differs from the staff register"


def test_a_reason_that_was_proposed_and_taken_is_told_in_the_language_of_now(
    qtbot: QtBot, profile: OpenProfile
) -> None:
    desk = profile.desk
    language.choose("id")
    case_id = receive(desk, "03")
    desk.review.read_scan(case_id)
    desk.review.start(case_id)
    desk.review.decide(case_id, "statement.readable", _("Sudah dicocokkan dengan gambar surat."))
    language.choose("en")
    with real_window(qtbot, desk) as window:
        window.show_case(case_id)
        qtbot.waitUntil(lambda: window.background.idle, timeout=PATIENCE_MS)
        said = [widget.accessibleName() for widget in window.findChildren(QWidget) if widget.isVisible()]
    assert any("Compared with the picture of the letter." in text for text in said)


def test_why_a_case_was_rejected_is_english(qtbot: QtBot, profile: OpenProfile) -> None:
    """What the findings proposed; the letter to the applicant stays as it is."""
    desk = profile.desk
    case_id = receive(desk, "06")
    desk.review.start(case_id)
    desk.review.reject(case_id, rejection_reasons(desk.reading.case(case_id).findings))
    with real_window(qtbot, desk) as window:
        with qtbot.waitSignal(window.case_shown, timeout=PATIENCE_MS):
            window.show_case(case_id)
        qtbot.waitUntil(lambda: window.background.idle, timeout=PATIENCE_MS)
        notices = [found for found in window.findChildren(Notice) if found.isVisible()]
        told = [text for notice in notices for label in notice.findChildren(QLabel) for text in texts_of(label)]
    assert any(text.startswith("The CSR signature is invalid. Create the CSR again") for text in told)
