"""Personal data whose time is over: proposed, confirmed by the head, destroyed for good; the journal stays whole."""

from pathlib import Path

from lockdesk.app import OpenProfile
from lockdesk.core.quarters import Quarter
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.privacy import DESTROYED, Confirmation, Way
from lockdesk.desk.values.reports import BookFilter, BookKind
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.store import tables as t
from tests.helpers.desk.counter import form
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.raw_pages import raw_text
from tests.helpers.desk.steps import completed, receive

HEAD = Confirmation("Kepala Rekaan", "197001011995011001", "Kepala Bidang Aplikasi dan Persandian", "pelatihan")
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
    sekar = ("Sekar", "Contohwati", person.nip, person.nik, person.email, person.phone)
    assert all(sekar) and found_in(profile, sekar) == list(sekar)
    assert found_in(profile, TRI[:3]) == list(TRI[:3])
    clock.forward(days=5 * 366)
    running = receive(desk, "02")
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
    book = desk.books.read(BookFilter(BookKind.CASES, 2026))
    assert [row[2] for row in book.rows] == [DESTROYED]
    report = desk.evaluation.report(Quarter(2026, 4))
    assert report.now.figures["completed"].members == (case_id,)
    assert desk.reading.search("Sekar") == () and desk.reading.search(number)[0].name == DESTROYED
    assert desk.reading.row(running).name != DESTROYED


def _forget_register(profile: OpenProfile) -> None:
    """The register's entry of somebody who serves is not due; without it, what is found comes from elsewhere."""

    def forget() -> None:
        for table in (t.RegisterPast, t.RegisterRow, t.RegisterSearch):
            table.delete().execute()
        t.RegisterSearch.optimize()

    profile.casebook._outside_records(forget)
    assert profile.casebook.sweep()
