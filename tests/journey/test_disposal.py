"""Personal data whose time is over: proposed, confirmed by the head, destroyed for good; the journal stays whole."""

import importlib
import json
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from sqlcipher3 import dbapi2 as sqlcipher

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.journal import JournalNote
from lockdesk.core.quarters import Quarter
from lockdesk.dated_rules import Rule
from lockdesk.desk import changes as c
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.steps import CaseAction, availability
from lockdesk.desk.values.backups import BackupPlan, Occasion
from lockdesk.desk.values.drafts import (
    NEW_COMPLAINT,
    NEW_PERSON,
    WALK_IN,
    answer_to,
    of_case,
    of_complaint,
    of_person,
    of_settings,
)
from lockdesk.desk.values.mail import MailPlace
from lockdesk.desk.values.people import Applicant
from lockdesk.desk.values.privacy import DESTROYED, Confirmation, DataKind, Way
from lockdesk.desk.values.reports import BookFilter, BookKind
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.desk.values.tray import KnownMail, MailState
from lockdesk.errors import Declined
from lockdesk.office_file import RetentionTable
from lockdesk.store import tables as t
from lockdesk.store.casebook import SqlCasebook
from lockdesk.store.finding import paired
from lockdesk.ui.intake.sheets import WalkInDraft, WalkInSheet
from lockdesk.ui.office.disposal import DisposalSheet
from lockdesk.ui.prints.print_sheet import PrintSheet
from lockdesk.ui.register.people import People
from lockdesk.ui.widgets.cards import Card
from lockdesk.ui.widgets.sheet import open_sheets
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.disposing import HEAD, end
from tests.helpers.desk.journal import entries
from tests.helpers.desk.keyrings import using
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.desk.raw_pages import raw_text
from tests.helpers.desk.steps import completed, receive
from tests.helpers.desk.stored_cases import new_case
from tests.helpers.window.real_window import real_window, rest, show_case

TRI = ("Umpamakan", "0812-0000-0077", "tidak pernah diterima", "catatan-tri.png")
PNG = b"\x89PNG\r\n\x1a\n" + b"bukti milik Umpamakan"


def lived(desk: Desk) -> tuple[int, int]:
    """A completed case with its prints, and a resolved complaint with evidence; neither is due yet."""
    case_id = completed(desk)
    desk.prints.make("completion", case_id, PaperSize.A4)
    desk.prints.make("data_trail", case_id, PaperSize.A4)
    complaint_id = desk.complaints.receive(form())
    desk.complaints.add_files(complaint_id, (NamedBytes("catatan-tri.png", PNG),))
    desk.prints.make("complaint_receipt", complaint_id, PaperSize.A5)
    desk.complaints.respond(complaint_id, "Kepada Tri Umpamakan sudah dikirim ulang.")
    desk.complaints.resolve(complaint_id, "Selesai untuk Tri Umpamakan.")
    desk.prints.make("register_book", BookFilter(BookKind.CASES, 2026), PaperSize.A4)
    desk.drafts.keep(of_case(case_id, "withdraw"), "Sekar Contohwati pindah ke")
    desk.drafts.keep(answer_to(complaint_id), "Kepada Tri Umpamakan disampaikan bahwa")
    desk.drafts.keep(of_complaint(complaint_id, "reopen"), "Umpamakan datang lagi: tidak pernah diterima")
    return case_id, complaint_id


def found_in(profile: OpenProfile, words: tuple[str, ...]) -> list[str]:
    """Which of these words can be read in the database's files by whoever has its key."""
    text = raw_text(Path(t.database.database), profile.vault.keys.database).lower()
    return [word for word in words if word.lower().encode() in text]


def test_nothing_of_a_person_is_left_in_the_file_and_everything_is_still_counted(
    profile: OpenProfile, clock: SetClock
) -> None:
    desk = profile.desk
    case_id, complaint_id = lived(desk)
    number, complained = desk.casebook.row(case_id).number, desk.reading.complaint(complaint_id).number
    before = desk.reading.case(case_id)
    person = before.applicant
    pairs = " ".join(map(paired, (person.nip, person.nik))).split()
    sekar = ("Sekar", "Contohwati", person.nip, person.nik, person.email, person.phone, *pairs)
    assert all(sekar) and len(pairs) == 4 and found_in(profile, sekar) == list(sekar)
    assert found_in(profile, TRI[:3]) == list(TRI[:3])
    clock.forward(days=5 * 366)
    running = receive(desk, "02")
    desk.prints.make("register_book", BookFilter(BookKind.CASES, 2031), PaperSize.A4)
    desk.prints.make("day", 0, PaperSize.A4)
    proposal = desk.disposals.propose()
    assert {item.number for item in proposal.items} == {number, complained} and not proposal.more
    done = desk.disposals.destroy(proposal, HEAD)
    assert (done.cases, done.complaints, done.way) == ((number,), (complained,), Way.PASSPHRASE)
    assert done.swept_at is not None and desk.disposals.propose().items == ()
    assert found_in(profile, TRI) == []
    assert found_in(profile, sekar), "who serves still stands in the register"
    _forget_register(profile)
    assert found_in(profile, sekar) == []
    assert profile.casebook.verify_journal().whole

    after = desk.reading.case(case_id)
    assert (after.number, after.state, after.closed_at) == (before.number, before.state, before.closed_at)
    assert after.applicant.name == DESTROYED and not any(item.stored for item in after.documents)
    assert [item.sha256 for item in after.documents] == [item.sha256 for item in before.documents]
    assert desk.reading.complaint(complaint_id).form.description == DESTROYED
    assert not desk.earlier_prints.of_case(case_id) and not desk.earlier_prints.of_complaint(complaint_id)
    kept = [item.kind for item in desk.earlier_prints.of_office()]
    assert kept == ["day", "register_book"], "the book of the year is gone, what names nobody of them stays"
    book = desk.books.read(BookFilter(BookKind.CASES, 2026))
    assert [row[2] for row in book.rows] == [DESTROYED]
    report = desk.evaluation.report(Quarter(2026, 4))
    assert report.now.figures["completed"].members == (case_id,)
    year = number.split("-")[2]
    assert desk.reading.search(f"{year} zz") == () == desk.reading.search_complaints(f"{year} zz")
    assert desk.reading.search("Sekar") == () and desk.reading.search(number)[0].name == DESTROYED
    assert desk.reading.row(running).name != DESTROYED


def test_of_a_destroyed_case_nothing_is_asked_any_more(qtbot: QtBot, profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = completed(desk)
    running = receive(desk, "02")
    clock.forward(days=5 * 366)
    desk.disposals.destroy(desk.disposals.propose(), HEAD)
    with real_window(qtbot, desk) as window:
        for shown, asked in ((case_id, False), (running, True), (case_id, False)):
            show_case(qtbot, window, shown)
            cards = window.cases.panel.verification.findChildren(Card)
            titles = {card.accessibleName() for card in cards if card.isVisible()}
            assert ({"Temuan", "CSR", "Daftar periksa"} <= titles) is asked, titles
            assert ("Operasi ke CA" in titles) is not asked


def _forget_register(profile: OpenProfile) -> None:
    """The register's entry of somebody who serves is not due; without it, what is found comes from elsewhere."""

    def forget() -> None:
        for table in (t.RegisterPast, t.RegisterRow, t.RegisterSearch):
            table.delete().execute()
        t.RegisterSearch.optimize()

    profile.casebook._outside_records(forget)
    assert profile.casebook.sweep()


def due(desk: Desk) -> set[str]:
    return {item.number for item in desk.disposals.propose().items}


def test_nothing_is_due_before_its_years_nor_while_something_is_open(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = completed(desk)
    number = desk.casebook.row(case_id).number
    clock.at = datetime(2031, 11, 23, 1, tzinfo=UTC)
    assert due(desk) == set(), "five years to the day"
    clock.forward(days=1)
    assert due(desk) == {number}
    complaint_id = desk.complaints.receive(form(case_number=number))
    assert due(desk) == set(), "somebody complains about it"
    desk.complaints.resolve(complaint_id, "Selesai.")
    desk.data_requests.ask_by_case(case_id)
    assert due(desk) == set(), "its applicant asked for the data"
    desk.data_requests.answer(desk.data_requests.open()[0])
    assert due(desk) == {number}
    desk.rules.save(Rule.RETENTION, date(2031, 11, 24), RetentionTable(10, 10, 10, perlu_konfirmasi=False))
    assert due(desk) == set(), "the office keeps longer"


def test_refused_mail_that_still_lies_in_the_mailbox_is_told_and_left_there(
    profile: OpenProfile, clock: SetClock
) -> None:
    """The program has only digests of it, and the mailbox is not the program's alone."""
    at = clock.now()
    mails = [
        KnownMail(MailPlace("INBOX", 1, number), f"{number:064x}", f"{number:064x}", at, state)
        for number, state in enumerate((MailState.REFUSED, MailState.REFUSED, MailState.WAITING))
    ]
    profile.casebook.keep_mail(mails)
    assert profile.desk.disposals.propose().refused_mails == 0
    clock.forward(days=366 + 1)
    assert profile.desk.disposals.propose().refused_mails == 2
    profile.casebook.forget_mail([mails[0].place])
    assert profile.desk.disposals.propose().refused_mails == 1


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (replace(HEAD, secret="bukan itu"), "disposal.secret"),
        (replace(HEAD, nip="198501012010011001"), "disposal.own"),
        (replace(HEAD, nip="1970"), "disposal.head"),
        (replace(HEAD, name=" "), "disposal.head"),
    ],
)
def test_nobody_but_the_head_confirms(profile: OpenProfile, clock: SetClock, told: Confirmation, code: str) -> None:
    desk = profile.desk
    case_id = completed(desk)
    clock.forward(days=5 * 366)
    proposal = desk.disposals.propose()
    with pytest.raises(Declined) as refused:
        desk.disposals.destroy(proposal, told)
    assert refused.value.code == code
    assert desk.reading.case(case_id).applicant.name != DESTROYED
    kinds = [entry["kind"] for entry in entries(profile)]
    assert "disposal.done" not in kinds and ("disposal.refused" in kinds) == (code == "disposal.secret")


def test_the_code_from_the_safe_confirms_where_there_is_one(tmp_path: Path, clock: SetClock) -> None:
    with using(NoKeyring()):
        start = ProfileStart(tmp_path / "kerja", False, "frasa sandi kantor", office_settings(False))
        with OpenProfile(start, clock) as opened:
            desk, number = opened.desk, opened.casebook.row(new_case(opened.casebook)).number
            end(opened, 1)
            clock.forward(days=5 * 366)
            assert desk.disposals.propose().ways == (Way.PASSPHRASE,), "no code is on paper yet"
            recovery = desk.recovery
            assert recovery is not None
            made = recovery.make()
            recovery.confirm(made, made.code[-4:])
            proposal = desk.disposals.propose()
            assert proposal.ways == (Way.CODE,)
            with pytest.raises(Declined) as refused:
                desk.disposals.destroy(proposal, replace(HEAD, secret="frasa sandi kantor"))
            assert refused.value.code == "disposal.secret", "the officer knows the passphrase"
            done = desk.disposals.destroy(proposal, replace(HEAD, secret=made.code.lower()))
            assert (done.way, done.cases) == (Way.CODE, (number,))
            assert made.code.replace("-", "") not in json.dumps(entries(opened)).replace("-", "")


def test_the_key_of_a_person_goes_with_the_last_case_and_the_tags_with_it(
    profile: OpenProfile, clock: SetClock
) -> None:
    """Who knows the name can no longer say whether the journal means it."""
    desk = profile.desk
    first, second = new_case(profile.casebook), new_case(profile.casebook)
    end(profile, first)

    def keys() -> int:
        return profile.casebook._read(lambda: t.Person.select().count())

    (entry,) = (item for item in entries(profile) if item["kind"] == "case.received" and item["subject"].endswith("1"))
    assert entry["tags"]["name"] and keys() == 1
    clock.forward(days=5 * 366)
    desk.disposals.destroy(desk.disposals.propose(), HEAD)
    assert keys() == 1, "the other case still has the person"
    end(profile, second)
    desk.disposals.destroy(desk.disposals.propose(), HEAD)
    assert keys() == 0 and entry in entries(profile) and profile.casebook.verify_journal().whole


def test_what_was_destroyed_takes_no_step_and_its_key_is_still_refused(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = completed(desk)
    (key,) = profile.casebook._read(lambda: {row.key_sha256 for row in t.KeyUsed.select()})
    complaint_id = desk.complaints.receive(form())
    desk.complaints.resolve(complaint_id, "Selesai.")
    clock.forward(days=5 * 366)
    desk.disposals.destroy(desk.disposals.propose(), HEAD)
    note = JournalNote("case.told_in_person")
    steps = (
        lambda: desk.complaints.reopen(complaint_id, "Belum selesai."),
        lambda: desk.casebook.commit(c.Change(clock.at, "Petugas", note, (c.SetToldInPerson(True),), case_id)),
    )
    for step in steps:
        with pytest.raises(Declined) as refused:
            step()
        assert refused.value.code == "data.destroyed"
    uses = desk.casebook.key_uses(key, None)
    assert uses and {(use.case_id, use.nik, use.nip) for use in uses} == {(case_id, "", "")}
    assert desk.prints.make("receipt", case_id, PaperSize.A5).pdf, "what is left can be printed"


def test_the_minutes_list_numbers_and_name_nobody_but_the_officials(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id, complaint_id = lived(desk)
    person = desk.reading.case(case_id).applicant
    numbers = desk.casebook.row(case_id).number, desk.reading.complaint(complaint_id).number
    clock.forward(days=5 * 366)
    done = desk.disposals.destroy(desk.disposals.propose(), HEAD)
    printed = desk.prints.make("disposal", done, PaperSize.A4)
    words = text_of(printed.pdf)
    for said in (*numbers, done.number, HEAD.name, "19700101 199501 1 001", "Cadangan yang dibuat sebelum"):
        assert said in words
    assert not any(text in words for text in (person.name, person.nip, person.email, "Umpamakan"))
    assert desk.earlier_prints.of_office(done.number), "shown again later"
    told = next(entry for entry in entries(profile) if entry["kind"] == "disposal.done")
    assert told["subject"] == done.number and told["facts"]["confirmed_by"].startswith(HEAD.name)


def test_a_file_that_is_read_meanwhile_is_cleaned_at_the_next_start(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = completed(desk)
    name = desk.reading.case(case_id).applicant.name
    _forget_register(profile)
    clock.forward(days=5 * 366)
    reading = sqlcipher.connect(t.database.database, isolation_level=None)
    reading.execute(f"PRAGMA key = \"x'{profile.vault.keys.database.hex()}'\"")
    reading.execute("BEGIN")
    reading.execute("SELECT COUNT(*) FROM journal").fetchone()
    done = desk.disposals.destroy(desk.disposals.propose(), HEAD)
    minutes = text_of(desk.prints.make("disposal", done, PaperSize.A4).pdf)
    assert done.swept_at is None and "belum dibersihkan" in minutes
    assert found_in(profile, (name,)) == [name]
    reading.execute("COMMIT")
    reading.close()
    assert desk.finish_disposals() and desk.casebook.disposal(done.number).swept_at is not None
    assert found_in(profile, (name,)) == []


def test_two_who_clean_at_once_do_it_once(
    profile: OpenProfile, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day's first look and a disposal that was just confirmed."""
    desk = profile.desk
    completed(desk)
    clock.forward(days=5 * 366)
    real, both = type(profile.casebook).sweep, threading.Barrier(2)

    def sweep(book: SqlCasebook) -> bool:
        with suppress(threading.BrokenBarrierError):
            both.wait(1)  # the other one is at it too, or waits for this one
        return real(book)

    monkeypatch.setattr(SqlCasebook, "sweep", lambda _book: False)
    desk.disposals.destroy(desk.disposals.propose(), HEAD)
    monkeypatch.setattr(SqlCasebook, "sweep", sweep)
    with ThreadPoolExecutor(2) as threads:
        assert all(threads.map(lambda _n: desk.finish_disposals(), range(2)))
    assert [entry["kind"] for entry in entries(profile)].count("disposal.swept") == 1


def test_a_backup_made_afterwards_holds_nothing_and_one_from_before_still_does(
    profile: OpenProfile, clock: SetClock, tmp_path: Path
) -> None:
    desk = profile.desk
    completed(desk)
    clock.forward(days=5 * 366)
    (tmp_path / "usb").mkdir()
    desk.disposals.destroy(desk.disposals.propose(), HEAD)
    desk.backups.save(BackupPlan(str(tmp_path / "usb")))
    made = desk.backups.make(Occasion.ASKED, lambda _percent: None)
    assert made.entries, "read back: every document that is kept has its digest"


def test_who_left_the_service_goes_too(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    entry = desk.reading.register_page("Sekar").rows[0]
    desk.register.retire(entry.id, "Pensiun", True)
    desk.drafts.keep(of_person(entry.id, "edit"), f"Nomor yang benar {entry.text('nip')}")
    clock.forward(days=2 * 366)
    proposal = desk.disposals.propose()
    assert [item.kind for item in proposal.items] == [DataKind.PERSON]
    done = desk.disposals.destroy(proposal, HEAD)
    assert done.people == 1 and desk.reading.register_page("Sekar").rows == ()
    assert found_in(profile, (entry.text("nip"), entry.text("email"))) == []


def test_why_two_entries_are_one_person_goes_with_either(qtbot: QtBot, profile: OpenProfile, clock: SetClock) -> None:
    """What an auditor finds in the file after the one whom the half-written reason is about was destroyed."""
    desk = profile.desk
    first, second, *others = desk.reading.register_page("").rows
    with real_window(qtbot, desk) as window:
        for kept, merged, reason in ((first, second, "Umpama kedua"), (first, others[0], "Umpama lain")):
            People(desk, window.background, window.times, window).merge(kept, merged)
            (sheet,) = open_sheets(window)
            sheet.findChildren(QLineEdit)[0].setText(f"{reason} menikah, namanya berganti")
            sheet.reject()
            rest(qtbot, window)
    assert found_in(profile, ("Umpama kedua", "Umpama lain")) == ["Umpama kedua", "Umpama lain"]
    desk.register.retire(second.id, "Pensiun", True)
    clock.forward(days=2 * 366)
    desk.disposals.destroy(desk.disposals.propose(), HEAD)
    assert found_in(profile, ("Umpama kedua", "Umpama lain")) == ["Umpama lain"]


def begin_forms(desk: Desk) -> None:
    """Of a visitor, of who complains and of somebody new: begun, never saved, and known to no book."""
    desk.drafts.keep(WALK_IN, WalkInDraft(Applicant(name="Umpama Pengunjung", nip="198812122015011009")).text)
    desk.drafts.keep(NEW_COMPLAINT, "Umpama Pengadu, 0812-0000-0078")
    desk.drafts.keep(NEW_PERSON, "Umpama Pegawai")


def test_half_written_settings_go_by_their_age(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    desk.drafts.keep(of_settings("officer"), "Wahyu Umpamakan, 198812122015011009")
    clock.forward(days=366)
    desk.drafts.keep(of_settings("complaints"), "Umpama Pejabat")
    proposal = desk.disposals.propose()
    assert [item.kind for item in proposal.items] == [DataKind.DRAFT]
    done = desk.disposals.destroy(proposal, HEAD)
    assert found_in(profile, ("Wahyu Umpamakan", "198812122015011009", "Umpama Pejabat")) == ["Umpama Pejabat"]
    told = " ".join(text_of(desk.prints.make("disposal", done, PaperSize.A4).pdf).split())
    assert "1 isian yang tidak disimpan" in told and "dan pengaturan yang dimulai" in told


def test_forms_that_nobody_saved_go_by_their_age(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    others = ("list.cases", "report-2026-4", of_case(1, "withdraw"))
    for form_name in others:
        desk.drafts.keep(form_name, "tetap")
    begin_forms(desk)
    clock.forward(days=365)
    assert desk.disposals.propose().items == (), "a year to the day"
    clock.forward(days=1)
    desk.drafts.keep(NEW_COMPLAINT, "Tri Umpamakan, lagi")
    proposal = desk.disposals.propose()
    assert [item.kind for item in proposal.items] == [DataKind.DRAFT] * 2, "what was written yesterday is none of them"
    assert found_in(profile, ("Umpama Pengunjung", "Umpama Pegawai")) == ["Umpama Pengunjung", "Umpama Pegawai"]
    done = desk.disposals.destroy(proposal, HEAD)
    assert (done.drafts, done.people, done.cases) == (2, 0, ())
    assert found_in(profile, ("Umpama Pengunjung", "198812122015011009", "Umpama Pegawai")) == []
    assert desk.drafts.load(NEW_COMPLAINT) == "Tri Umpamakan, lagi"
    assert [desk.drafts.load(form_name) for form_name in others] == ["tetap"] * 3
    minutes = desk.prints.make("disposal", done, PaperSize.A4)
    told = " ".join(text_of(minutes.pdf).split())
    assert "2 isian yang tidak disimpan" in told and "1. Isian pemohon di loket" in told
    assert "Isi surat, lampiran" not in told and "Kunci sidik" not in told, "nothing of that was destroyed"


def test_a_form_that_is_written_in_again_is_not_destroyed(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    begin_forms(desk)
    clock.forward(days=2 * 366)
    proposal = desk.disposals.propose()
    desk.drafts.keep(WALK_IN, "Umpama Pengunjung datang lagi")
    with pytest.raises(Declined):
        desk.disposals.destroy(proposal, HEAD)
    assert desk.drafts.load(WALK_IN) and desk.drafts.load(NEW_PERSON)


def test_the_head_sees_how_many_forms_go_and_the_next_visitor_finds_an_empty_one(
    qtbot: QtBot, profile: OpenProfile, clock: SetClock
) -> None:
    desk = profile.desk
    begin_forms(desk)
    clock.forward(days=2 * 366)
    with real_window(qtbot, desk) as window:
        window.begin("disposal")
        rest(qtbot, window)
        sheet = window.findChildren(DisposalSheet)[-1]
        told = [label.text() for label in sheet.findChildren(QLabel)]
        assert "3 isian yang tidak disimpan lebih dari 1 tahun" in told
        (goes,) = [words for words in told if words.startswith("Dimusnahkan:")]
        assert "dimulai dan tidak pernah disimpan" in goes and "lampiran" not in goes
        sheet.reject()
        desk.disposals.destroy(desk.disposals.propose(), HEAD)
        window.begin("disposal")
        rest(qtbot, window)
        sheet = window.findChildren(DisposalSheet)[-1]
        assert any("3 isian yang tidak disimpan; dikonfirmasi" in label.text() for label in sheet.findChildren(QLabel))
        sheet.reject()
        window.begin("walk_in")
        rest(qtbot, window)
        written = window.findChildren(WalkInSheet)[-1].written
        assert (written.applicant, written.paths) == (Applicant(), ())


def test_what_fits_whole_is_seen_whole(qtbot: QtBot, profile: OpenProfile) -> None:
    """Nothing is due: so few lines need no scrolling."""
    with real_window(qtbot, profile.desk) as window:
        window.begin("disposal")
        rest(qtbot, window)
        sheet = window.findChildren(DisposalSheet)[-1]
        last = next(label for label in sheet.findChildren(QLabel) if label.text() == "Tidak ada yang jatuh tempo.")
        qtbot.waitUntil(lambda: last.visibleRegion().boundingRect() == last.rect())
        sheet.reject()


def test_forms_of_an_earlier_version_grow_old_from_now_on() -> None:
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.execute("CREATE TABLE draft (id INTEGER PRIMARY KEY, form TEXT, text TEXT)")
    database.execute("CREATE TABLE disposal (id INTEGER PRIMARY KEY)")
    database.execute("INSERT INTO draft (form, text) VALUES ('walk_in', 'Umpama')")
    before = datetime.now(UTC)
    migration = importlib.import_module("lockdesk.store.migrations.0023_age_of_drafts")
    migration.up(None, SimpleNamespace(execute_sql=database.execute))
    ((kept,),) = database.execute("SELECT kept_at FROM draft").fetchall()
    database.close()
    assert before <= datetime.fromtimestamp(kept / 1_000_000, UTC) <= datetime.now(UTC)


def test_who_asked_for_the_own_data_by_the_register_holds_the_cases_too(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    completed(desk)
    clock.forward(days=5 * 366)
    desk.data_requests.ask(desk.reading.register_page("Sekar").rows[0].id)
    assert due(desk) == set()


def test_in_the_window_the_verb_waits_for_the_head_and_the_minutes_follow(
    qtbot: QtBot, profile: OpenProfile, clock: SetClock
) -> None:
    desk = profile.desk
    case_id = completed(desk)
    clock.forward(days=5 * 366)
    with real_window(qtbot, desk) as window:

        def opened() -> DisposalSheet:
            window.begin("disposal")
            rest(qtbot, window)
            return next(sheet for sheet in window.findChildren(DisposalSheet) if sheet.isVisible())

        sheet = opened()
        words = " ".join(label.text() for label in sheet.findChildren(QLabel))
        assert desk.casebook.row(case_id).number in words and "belum dikonfirmasi" in words
        sheet.head.name.setText(HEAD.name)
        sheet.head.nip.setText(HEAD.nip)
        assert not sheet.verb.isEnabled(), "the secret is still missing"
        sheet.head.secret.setText("salah")
        sheet.act()
        rest(qtbot, window)
        assert not sheet.left and sheet.head.secret.text() == "" and not sheet.verb.isEnabled()
        sheet.head.secret.setText("pelatihan")
        sheet.act()
        rest(qtbot, window)
        rest(qtbot, window)
        minutes = next(item for item in window.findChildren(PrintSheet) if item.isVisible())
        assert "Berita acara pemusnahan" in minutes.accessibleName()
        minutes.reject()
        assert desk.casebook.row(case_id).name == DESTROYED
        show_case(qtbot, window, case_id)
        told = " ".join(label.text() for label in window.cases.panel.findChildren(QLabel))
        assert "sudah dimusnahkan" in told and "Minta pemohon mengirim" not in told
        assert availability(desk.reading.case(case_id)).enabled == {CaseAction.PRINT, CaseAction.SHOW_STANDING}
        again = opened()
        assert not again.verb.isEnabled() and "Tidak ada yang jatuh tempo." in [
            label.text() for label in again.findChildren(QLabel)
        ]
        again.reject()
