"""What officers write lies beside the journal's chain: readable and checked while it is there, destroyed with the data,
and the chain stays whole."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.journal import JournalNote, Words
from lockdesk.desk import changes as c
from lockdesk.desk.prints.history_words import fact_words, facts_told
from lockdesk.desk.values.journal import JournalFilter
from lockdesk.desk.values.privacy import DESTROYED
from lockdesk.errors import Damaged
from lockdesk.store import tables as t
from tests.helpers.desk.counter import form
from tests.helpers.desk.disposing import HEAD
from tests.helpers.desk.exported import verifier
from tests.helpers.desk.journal import entries
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.raw_pages import raw_text
from tests.helpers.desk.steps import completed, receive

REASON = "Pemohon bernama Sekar sedang cuti melahirkan"


def reasons(profile: OpenProfile, kind: str) -> list[str]:
    page = profile.casebook.journal_page(JournalFilter(kinds=frozenset({kind})), None, 100)
    return [str(row.line.facts["reason"]) for row in page.rows]


def written(profile: OpenProfile) -> int:
    """A closed case, a resolved complaint and a person out of service, each with a reason in the journal."""
    desk = profile.desk
    case_id = completed(desk)
    desk.review.unmask_nik(case_id, REASON)
    complaint = desk.complaints.receive(form())
    desk.complaints.correct(complaint, form(), REASON)
    desk.complaints.resolve(complaint, "Selesai sudah.")
    entry = desk.casebook.register_page("Sekar", None, 5).rows[0].id
    desk.register.retire(entry, REASON)
    return case_id


def test_a_reason_is_read_in_the_journal_and_goes_with_the_data(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = written(profile)
    kinds = ("case.nik_unmasked", "complaint.corrected", "register.retired")
    assert [reasons(profile, kind) for kind in kinds] == [[REASON]] * 3
    assert all(REASON not in json.dumps(entry) for entry in entries(profile)), "it is not in the chain"
    line = next(item for item in desk.reading.case(case_id).history if item.kind == "case.nik_unmasked")
    assert REASON in fact_words(line) and profile.casebook.verify_journal().whole
    clock.forward(days=5 * 366)
    done = desk.disposals.destroy(desk.disposals.propose(), HEAD)
    assert (len(done.cases), len(done.complaints), done.people) == (1, 1, 1)
    assert [reasons(profile, kind) for kind in kinds] == [[DESTROYED]] * 3
    assert profile.casebook.verify_journal().whole
    text = raw_text(Path(t.database.database), profile.vault.keys.database)
    assert REASON.encode() not in text and b"cuti melahirkan" not in text
    line = next(item for item in desk.reading.case(case_id).history if item.kind == "case.nik_unmasked")
    assert dict(facts_told(line))["alasan"] == "(data dimusnahkan)"


def test_a_person_of_the_register_is_not_told_as_a_print(profile: OpenProfile) -> None:
    written(profile)
    page = profile.casebook.journal_page(JournalFilter(kinds=frozenset({"register.retired"})), None, 1)
    told = dict(facts_told(page.rows[0].line))
    assert "nomor dalam data kepegawaian" in told and "catatan cetakan" not in told


def test_what_officers_ask_for_is_told_by_the_journal_page(profile: OpenProfile) -> None:
    """What an applicant answered is told by the case alone."""
    desk = profile.desk
    case_id = receive(desk, "02")
    desk.review.start(case_id)
    desk.choosing.left_open(case_id, "Apakah serialnya benar?")
    desk.choosing.answered(case_id, "Apakah serialnya benar?", "Benar, kata pemohon")
    desk.review.ask_applicant(case_id, "CSR\nCSR dengan kunci baru")
    lines = desk.reading.case(case_id).history
    told = {text for line in lines for _label, text in facts_told(line)}
    assert {"Apakah serialnya benar?", "CSR\nCSR dengan kunci baru"} <= told
    assert all("kunci baru" not in json.dumps(entry) for entry in entries(profile))


def test_the_export_carries_the_texts_and_says_which_are_gone(
    profile: OpenProfile, clock: SetClock, tmp_path: Path
) -> None:
    written(profile)
    desk, export = profile.desk, tmp_path / "ekspor.jsonl"
    desk.journal.export(export)
    before = verifier.check_export(export)
    assert before[3] >= 3 and before[4] == 0 and REASON in export.read_text()
    clock.forward(days=5 * 366)
    desk.disposals.destroy(desk.disposals.propose(), HEAD)
    after = tmp_path / "sesudah.jsonl"
    desk.journal.export(after)
    checked = verifier.check_export(after)
    assert checked[4] >= 3 and REASON not in after.read_text()
    assert after.read_text().count("null") == checked[4]


def _without_text(line: str) -> str:
    value = json.loads(line)
    del value["texts"]
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.replace(REASON, "Pemohon bernama Sekar sedang di kantor"),
        _without_text,
        lambda line: _with_text(line, None),
        lambda line: _with_text(line, ["00" * 32, REASON]),
        lambda line: _with_text(line, REASON),
    ],
)
def test_a_text_that_is_changed_or_taken_away_in_an_export_is_found(
    profile: OpenProfile, tmp_path: Path, change: Callable[[str], str]
) -> None:
    written(profile)
    export = tmp_path / "ekspor.jsonl"
    profile.desk.journal.export(export)
    lines = export.read_text().splitlines()
    place = next(place for place, line in enumerate(lines) if REASON in line)
    lines[place] = change(lines[place])
    export.write_text("\n".join(lines) + "\n")
    with pytest.raises(verifier.NotWhole, match="Teks pada catatan nomor"):
        verifier.check_export(export)


def _with_text(line: str, text: object) -> str:
    value = json.loads(line)
    return json.dumps(value | {"texts": {"reason": text}}, sort_keys=True, separators=(",", ":"))


TAMPERED: dict[str, Callable[[], object]] = {
    "another text": lambda: t.JournalText.update(text="lain").where(t.JournalText.name == "reason").execute(),
    "another key": lambda: t.JournalText.update(key=b"k" * 32).where(t.JournalText.name == "reason").execute(),
    "gone": lambda: t.JournalText.delete().where(t.JournalText.name == "reason").execute(),
    "one more": lambda: t.JournalText.create(sequence=1, name="reason", text="lain", key=b"k" * 32),
    "no text": lambda: t.database.execute_sql("UPDATE journal_text SET text = x'00'"),
}


def aside(profile: OpenProfile, write: Callable[[], object]) -> None:
    """By whoever has the key."""

    def work() -> None:
        write()

    profile.casebook._outside_records(work)


@pytest.mark.parametrize("how", TAMPERED)
def test_a_text_that_is_changed_beside_the_chain_is_found(profile: OpenProfile, how: str) -> None:
    profile.desk.setup.add_closed_day(date(2026, 12, 1), "Rapat kerja")
    profile.desk.register.retire(profile.desk.casebook.register_page("Sekar", None, 5).rows[0].id, REASON)
    assert profile.casebook.verify_journal().whole
    aside(profile, TAMPERED[how])
    try:
        assert not profile.casebook.verify_journal().whole
    except Damaged as error:
        assert (error.code, how) == ("journal.broken", "no text")


def test_a_disposal_cannot_be_made_up_for_a_text_of_later(profile: OpenProfile) -> None:
    """What is gone must have been there when the disposal was written down."""
    desk = profile.desk
    note = JournalNote("desk.opened", {"reason": Words("Teks")})
    head = profile.casebook.commit(c.Change(desk.clock.now(), "P", note)).head
    aside(profile, t.JournalText.delete().execute)
    check = profile.casebook.verify_journal()
    assert check.chain.broken_at == head.count and not check.whole


def test_what_was_written_of_two_entries_goes_with_the_one_that_is_left(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    kept = desk.register.put(None, {"name": "Kembar Satu", "nip": "198803032012011003"}, "surat", REASON)
    merged = desk.register.put(None, {"name": "Kembar Dua", "nik": "3375990303880001"}, "surat", REASON)
    desk.register.merge(kept, merged, REASON)
    desk.register.retire(kept, REASON)
    clock.forward(days=3 * 366)
    desk.disposals.destroy(desk.disposals.propose(), HEAD)
    assert reasons(profile, "register.added") == [DESTROYED] * 2 and reasons(profile, "register.merged") == [DESTROYED]
    assert profile.casebook.verify_journal().whole
