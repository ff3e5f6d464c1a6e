"""The store on a real SQLCipher file: one write, one entry; what must not be possible is not."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from peewee import OperationalError
from sqlcipher3 import dbapi2 as sqlcipher

from lockdesk.core.cases import CaseState, CaseStep
from lockdesk.core.complaints import Channel, ComplaintClass, ComplaintKind, ComplaintState, ComplaintStep
from lockdesk.core.confirmation import Basis
from lockdesk.core.journal import JournalNote
from lockdesk.core.messages import MessageEvent, MessageState
from lockdesk.core.operations import OperationEvent, OperationKind
from lockdesk.core.quarters import Quarter
from lockdesk.desk import changes as c
from lockdesk.desk.values.cases import CaseFilter, IntakeChannel
from lockdesk.desk.values.complaints import ComplaintForm, LimitDays
from lockdesk.desk.values.facts import AttachmentKind
from lockdesk.desk.values.marks import Mark
from lockdesk.desk.values.privacy import Confirmed, Ended, Way
from lockdesk.desk.values.register import Origin, RegisterPerson
from lockdesk.errors import Damaged, Declined
from lockdesk.store import finding, tables
from lockdesk.store.casebook import SqlCasebook
from lockdesk.store.inspection import inspect_journal
from lockdesk.store.prepared import Prepared, first
from lockdesk.store.threads import writing
from lockdesk.vault import Vault
from tests.helpers.desk.office import MONDAY
from tests.helpers.desk.stored_cases import PERSON, new_case
from tests.helpers.desk.vaults import fresh_vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return fresh_vault(tmp_path, "pelatihan")


@pytest.fixture
def casebook(tmp_path: Path, vault: Vault) -> Iterator[SqlCasebook]:
    opened = SqlCasebook(tmp_path / "casebook.db", vault, vault.keys.database)
    yield opened
    opened.close()


def step(casebook: SqlCasebook, case_id: int, taken: CaseStep, expected: CaseState, *writes: c.Write) -> None:
    change = c.Change(MONDAY, "Contoh Petugas", JournalNote("x"), writes, case_id, step=taken, expected=expected)
    casebook.commit(change)


def test_numbers_are_gap_free_even_when_a_change_fails(casebook: SqlCasebook) -> None:
    new_case(casebook)
    write = c.NewCase(IntakeChannel.EMAIL, "training", PERSON, MONDAY, date(2026, 11, 23), True)
    failing = c.Change(
        MONDAY,
        "P",
        JournalNote("x"),
        (write, c.MoveOperation(77, OperationEvent.ANSWER_LOST)),
        step=CaseStep.REGISTER,
    )
    with pytest.raises(Declined):
        casebook.commit(failing)
    second = new_case(casebook)
    assert casebook.row(second).number == "LATIH-LOCK-2026-0002"
    assert casebook.head().count == 2


def test_each_year_begins_again_at_one(casebook: SqlCasebook) -> None:
    new_case(casebook)
    later = new_case(casebook, given_on=date(2027, 1, 4))
    assert casebook.row(later).number == "LATIH-LOCK-2027-0001"


def test_a_write_outside_a_unit_raises(casebook: SqlCasebook) -> None:
    new_case(casebook)
    for thread in (casebook._writer, casebook._reader):
        with pytest.raises(OperationalError, match="readonly"):
            thread.run(lambda: tables.Case.update(state="completed").execute())


def test_what_only_reads_cannot_write(casebook: SqlCasebook) -> None:
    case_id = new_case(casebook)
    with pytest.raises(RuntimeError, match="written"):
        casebook.together(lambda: tables.Case.update(state="completed").execute())
    assert casebook.row(case_id).state is CaseState.RECEIVED


def test_several_reads_see_one_moment(casebook: SqlCasebook) -> None:
    case_id = new_case(casebook)
    started = threading.Event()

    def change() -> None:
        started.set()
        step(casebook, case_id, CaseStep.START_REVIEW, CaseState.RECEIVED)

    other = threading.Thread(target=change)

    def read() -> tuple[CaseState, CaseState]:
        before = casebook.case(case_id).state
        other.start()
        started.wait()
        return before, casebook.together(lambda: casebook.row(case_id).state)

    assert casebook.together(read) == (CaseState.RECEIVED, CaseState.RECEIVED)
    other.join()
    assert casebook.row(case_id).state is CaseState.UNDER_REVIEW


def test_nothing_is_committed_in_the_middle_of_several_reads(casebook: SqlCasebook) -> None:
    with pytest.raises(RuntimeError, match="another unit"):
        casebook.together(lambda: new_case(casebook))
    new_case(casebook)
    assert casebook.head().count == 1


def test_several_threads_commit_and_read_at_once(casebook: SqlCasebook) -> None:
    def work() -> None:
        for _n in range(10):
            case_id = new_case(casebook)
            seen.append((casebook.row(case_id).number, casebook.together(lambda n=case_id: casebook.row(n).number)))  # type: ignore[misc]

    seen: list[tuple[str, str]] = []
    threads = [threading.Thread(target=work) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(read == together for read, together in seen)
    assert len({number for number, _together in seen}) == 40
    assert casebook.head().count == 40 and casebook.verify_journal().whole


def test_a_prepared_row_is_what_its_model_is(casebook: SqlCasebook) -> None:
    case_id = new_case(casebook)
    step(casebook, case_id, CaseStep.START_REVIEW, CaseState.RECEIVED)
    step(casebook, case_id, CaseStep.ASK_APPLICANT, CaseState.UNDER_REVIEW)

    def compare() -> None:
        for table in (tables.Case, tables.Detail, tables.ClockPause, tables.Journal, tables.Person):
            for model in table.select():
                row = first(table.id, model.id)
                columns = {name: field.column_name for name, field in table._meta.fields.items()}
                assert vars(row) == {columns[name]: value for name, value in model.__data__.items()}
                assert row.id == model.id

    casebook._reader.run(compare)


def test_a_prepared_statement_finds_what_its_query_finds(casebook: SqlCasebook) -> None:
    numbers = [new_case(casebook) for _place in range(3)]

    def compare() -> None:
        journal = tables.Journal
        after = Prepared(
            lambda: journal.select(journal.sequence).where(journal.sequence > 0).order_by(journal.sequence).limit(1)
        )
        built = journal.select(journal.sequence).where(journal.sequence > 1).order_by(journal.sequence).limit(2)
        assert after.run(1, 2).fetchall() == list(built.tuples()) == [(2,), (3,)]

    casebook._reader.run(compare)
    assert len(numbers) == 3


def test_a_step_is_taken_once_from_the_state_that_was_seen(casebook: SqlCasebook) -> None:
    case_id = new_case(casebook)
    step(casebook, case_id, CaseStep.START_REVIEW, CaseState.RECEIVED)
    with pytest.raises(Declined) as refused:
        step(casebook, case_id, CaseStep.START_REVIEW, CaseState.RECEIVED)
    assert refused.value.code == "case.changed"
    assert casebook.row(case_id).state is CaseState.UNDER_REVIEW
    assert casebook.head().count == 2


def test_one_case_never_has_two_open_operations(casebook: SqlCasebook) -> None:
    case_id = new_case(casebook)
    intent = c.NewOperation("r1", OperationKind.REVOKE, "training", "4A", "")
    casebook.commit(c.Change(MONDAY, "P", JournalNote("operation.intended"), (intent,), case_id))
    for request_id, kind in (("r2", OperationKind.REVOKE), ("r3", OperationKind.REISSUE)):
        second = c.NewOperation(request_id, kind, "training", "4A", "")
        with pytest.raises(Declined):
            casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (second,), case_id))
    assert len(casebook.case(case_id).operations) == 1


def test_the_clock_pauses_and_runs_with_the_steps(casebook: SqlCasebook) -> None:
    case_id = new_case(casebook)
    step(casebook, case_id, CaseStep.START_REVIEW, CaseState.RECEIVED)
    step(casebook, case_id, CaseStep.ASK_APPLICANT, CaseState.UNDER_REVIEW)
    assert casebook.row(case_id).waiting_since == MONDAY
    assert casebook.counts()["waiting"] == 1
    step(casebook, case_id, CaseStep.APPLICANT_ANSWERED, CaseState.AWAITING_APPLICANT)
    assert casebook.row(case_id).waiting_since is None
    assert [pause.end for pause in casebook.case(case_id).pauses] == [MONDAY]


def test_pages_by_key_give_every_case_once_in_order(casebook: SqlCasebook) -> None:
    ids = {new_case(casebook, replace(PERSON, name=f"Contoh {n}")) for n in range(25)}
    seen: list[int] = []
    key = None
    for _page in range(10):
        found = casebook.page(CaseFilter.ALL, key, 7)
        seen += [row.id for row in found.rows]
        key = found.next_key
        if key is None:
            break
    assert len(seen) == len(set(seen)) == 25 and set(seen) == ids


@pytest.mark.parametrize("text", ["sekar", "Conto", "LATIH-LOCK-2026-0001", "19900215", '"', "sekar* OR", "'; --"])
def test_search_finds_by_the_beginnings_of_words_and_survives_any_text(casebook: SqlCasebook, text: str) -> None:
    case_id = new_case(casebook)
    found = [row.id for row in casebook.search(text, 10)]
    assert found == ([case_id] if any(ch.isalnum() for ch in text) and "OR" not in text else found)


def test_the_file_is_encrypted_and_another_key_does_not_open_it(
    casebook: SqlCasebook, tmp_path: Path, vault: Vault
) -> None:
    new_case(casebook)
    casebook.close()
    raw = (tmp_path / "casebook.db").read_bytes() + (tmp_path / "casebook.db-wal").read_bytes() if (
        tmp_path / "casebook.db-wal").exists() else (tmp_path / "casebook.db").read_bytes()  # fmt: skip
    assert b"Contohwati" not in raw and not raw.startswith(b"SQLite format 3")
    with pytest.raises(sqlite3.DatabaseError):
        plain = sqlite3.connect(tmp_path / "casebook.db")
        try:
            plain.execute("SELECT * FROM sqlite_master")
        finally:
            plain.close()
    with pytest.raises(Damaged):
        SqlCasebook(tmp_path / "casebook.db", vault, b"x" * 32)
    casebook.__init__(tmp_path / "casebook.db", vault, vault.keys.database)  # type: ignore[misc]


def alter(path: Path, vault: Vault, statement: str) -> None:
    """What somebody with the key could do to the file behind the program's back."""
    raw = sqlcipher.connect(str(path))
    raw.execute(f"PRAGMA key = \"x'{vault.keys.database.hex()}'\"")
    raw.execute(statement)
    raw.commit()
    raw.close()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE journal SET body = cast(replace(body, 'email', 'files') as blob) WHERE sequence = 2",
            "chain",
        ),
        ("DELETE FROM journal WHERE sequence = 2", "chain"),
        ("DELETE FROM journal WHERE sequence = (SELECT max(sequence) FROM journal)", "seal"),
        ("UPDATE seal SET signature = zeroblob(64)", "seal"),
        ("DELETE FROM seal", "seal"),
        ("UPDATE journal SET subject = '' WHERE sequence = 2", "chain"),
        ("UPDATE journal SET kind = 'case.viewed' WHERE sequence = 2", "chain"),
        ("UPDATE journal SET actor = 'Petugas Lain' WHERE sequence = 2", "chain"),
        ("UPDATE journal SET at = at + 1 WHERE sequence = 2", "chain"),
    ],
)
def test_an_alteration_with_the_key_is_found(tmp_path: Path, vault: Vault, statement: str, found: str) -> None:
    path = tmp_path / "casebook.db"
    casebook = SqlCasebook(path, vault, vault.keys.database)
    for _n in range(4):
        new_case(casebook)
    assert casebook.verify_journal().whole
    casebook.close()
    alter(path, vault, statement)
    check = inspect_journal(path, vault, vault.keys.database)
    assert not check.whole
    assert (not check.chain.whole) if found == "chain" else (not check.seal_valid)


def test_a_newer_schema_is_refused(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "casebook.db"
    SqlCasebook(path, vault, vault.keys.database).close()
    alter(path, vault, "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    with pytest.raises(Damaged) as refused:
        SqlCasebook(path, vault, vault.keys.database)
    assert refused.value.code == "store.newer_schema"


def test_models_and_migrated_schema_are_the_same(casebook: SqlCasebook) -> None:
    def columns() -> dict[str, set[str]]:
        names = {model._meta.table_name: model for model in tables.MODELS}
        return {name: {row.name for row in tables.database.get_columns(name)} for name in names}

    migrated = casebook._reader.run(columns)
    declared = {
        model._meta.table_name: {field.column_name for field in model._meta.sorted_fields} for model in tables.MODELS
    }
    assert migrated == declared


def test_drafts_are_kept_encrypted_and_leave_no_journal_entry(casebook: SqlCasebook) -> None:
    casebook.keep_draft("complaint", "setengah jadi", MONDAY)
    assert casebook.load_draft("complaint") == "setengah jadi"
    casebook.keep_draft("complaint", "", MONDAY)
    assert casebook.load_draft("complaint") == ""
    assert casebook.head().count == 0


def test_a_manual_closed_day_survives_an_import(casebook: SqlCasebook) -> None:
    def put(write: c.PutClosedDay | c.OpenClosedDay) -> None:
        casebook.commit(c.Change(MONDAY, "P", JournalNote("calendar"), (write,)))

    day = date(2026, 12, 24)
    put(c.PutClosedDay(day, "Cuti bersama", manual=False))
    put(c.OpenClosedDay(day, removed=True))
    put(c.PutClosedDay(day, "Cuti bersama", manual=False))
    put(c.PutClosedDay(day, "Cuti bersama", manual=False, source="skb.csv"))
    assert casebook.closed_days(2026) == ()
    put(c.OpenClosedDay(day, removed=False))
    assert [(row.reason, row.manual) for row in casebook.closed_days(2026)] == [("Cuti bersama", False)]
    put(c.PutClosedDay(day, "Cuti bersama Natal", manual=False, source="skb.csv"))
    put(c.PutClosedDay(day, "Cuti bersama", manual=False))
    assert casebook.closed_days(2026)[0].source == "skb.csv", "the calendar goes behind the decree"
    put(c.PutClosedDay(day, "Libur kantor", manual=True))
    put(c.PutClosedDay(day, "Cuti bersama Natal", manual=False, source="skb.csv"))
    assert casebook.closed_days(2026)[0].reason == "Libur kantor"


def test_a_casebook_of_the_first_schema_learns_its_letters_again(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "casebook.db"
    casebook = SqlCasebook(path, vault, vault.keys.database)
    case_id = new_case(casebook)
    letter = c.StoreDocument("statement", "surat.pdf", AttachmentKind.PDF, 3, "ab" * 32, b"pdf")
    casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (letter,), case_id))
    casebook.close()
    for statement in (
        "DROP TABLE document_mark",
        "DELETE FROM schema_migration WHERE name LIKE '0002%'",
    ):
        alter(path, vault, statement)
    casebook = SqlCasebook(path, vault, vault.keys.database)
    wanted = (Mark("letter", "ab" * 32), Mark("csr", "00" * 32))
    uses = casebook.mark_uses(wanted, None)
    assert [(use.case_id, use.mark.kind) for use in uses] == [(case_id, "letter")]
    assert casebook.mark_uses(wanted, case_id) == () == casebook.mark_uses((), None)
    assert casebook.verify_journal().whole
    casebook.close()


def test_keys_of_the_earlier_schema_are_known_again_each_use_once(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "casebook.db"
    casebook = SqlCasebook(path, vault, vault.keys.database)
    first, second = new_case(casebook), new_case(casebook)
    before = (
        (1, "ab" * 32, "csr", second, "", ""),
        (2, "ab" * 32, "csr", first, "", ""),
        (3, "ab" * 32, "csr", first, "", ""),
        (4, "cd" * 32, "burnt", first, PERSON.nik, ""),
    )
    casebook.close()
    for statement in (
        "DROP TABLE key_used",
        "CREATE TABLE key_used (id INTEGER NOT NULL PRIMARY KEY, key_sha256 TEXT NOT NULL, use TEXT NOT NULL, "
        "case_id INTEGER NOT NULL, nik TEXT NOT NULL, nip TEXT NOT NULL)",
        "CREATE INDEX key_used_key_sha256 ON key_used (key_sha256)",
        *(f"INSERT INTO key_used VALUES {row!r}" for row in before),  # noqa: S608
        "DELETE FROM schema_migration WHERE name LIKE '0003%'",
    ):
        alter(path, vault, statement)
    casebook = SqlCasebook(path, vault, vault.keys.database)
    assert [(use.case_id, use.use) for use in casebook.key_uses("ab" * 32, None)] == [(first, "csr"), (second, "csr")]
    assert [(use.use, use.nik) for use in casebook.key_uses("cd" * 32, first)] == [("burnt", PERSON.nik)]
    assert casebook.key_uses("ef" * 32, None) == ()
    for _again in range(2):
        use = c.AddKeyUse("ef" * 32, "certificate", PERSON.nik, PERSON.nip)
        casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (use,), first))
    assert [use.use for use in casebook.key_uses("ef" * 32, None)] == ["certificate"]
    casebook.close()


def test_messages_carried_by_hand_before_there_was_a_post_are_never_sent(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "casebook.db"
    casebook = SqlCasebook(path, vault, vault.keys.database)
    case_id = new_case(casebook)
    casebook.close()
    for statement in (
        "DROP TABLE mail_content",
        "DROP TABLE outbox",
        "CREATE TABLE outbox (id INTEGER NOT NULL PRIMARY KEY, case_id INTEGER NOT NULL, notice TEXT NOT NULL, "
        "recipient TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL)",
        f"INSERT INTO outbox VALUES (7, {case_id}, 'issued', 'a@b.id', 'Perihal', 'Isi', 'queued', 1)",  # noqa: S608
        'ALTER TABLE "case" DROP COLUMN told_in_person',
        "DELETE FROM schema_migration WHERE name LIKE '0008%'",
    ):
        alter(path, vault, statement)
    casebook = SqlCasebook(path, vault, vault.keys.database)
    (message,) = casebook.case(case_id).messages
    assert (message.id, message.to, message.body, message.state) == (7, "a@b.id", "Isi", MessageState.QUEUED)
    assert (message.mail_id, message.next_at) == ("", None) and casebook.outbox_counts() == {}
    assert not casebook.case(case_id).told_in_person
    casebook.close()


def test_complaints_of_before_are_found_and_keep_their_limit(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "casebook.db"
    casebook = SqlCasebook(path, vault, vault.keys.database)
    limits, number = (
        LimitDays(MONDAY.date(), MONDAY.date(), date(2026, 12, 11)),
        casebook.row(new_case(casebook)).number,
    )
    for confidential in (False, True):
        written = replace(COMPLAINT, confidential=confidential, case_number=number, description="Tri Umpamakan mengadu")
        write = c.NewComplaint(written, MONDAY, limits, MONDAY.date(), True, "P")
        casebook.commit(c.Change(MONDAY, "P", JournalNote("complaint.received"), (write,)))
    casebook.close()
    columns = (
        "verify_on", "respond_on", "next_on", "verified_at", "responded_at", "asked_at", "satisfaction", "matter",
        "case_id",
    )  # fmt: skip
    for statement in (
        "DROP TABLE complaint_file_content",
        "DROP TABLE complaint_file",
        "DROP TABLE complaint_search",
        "DROP INDEX complaint_state_next_on",
        "DROP INDEX complaint_case_id",
        "UPDATE complaint SET name = 'Tri Umpamakan'",
        *(f"ALTER TABLE complaint DROP COLUMN {column}" for column in columns),
        "ALTER TABLE complaint_event DROP COLUMN addressee",
        "CREATE INDEX complaint_state_due_on ON complaint (state, due_on)",
        "DELETE FROM schema_migration WHERE name LIKE '0013%' OR name LIKE '0021%' OR name LIKE '0025%'",
    ):
        alter(path, vault, statement)
    casebook = SqlCasebook(path, vault, vault.keys.database)
    page = casebook.complaint_page("open", None, 9)
    assert [row.name for row in page.rows] == ["Tri Umpamakan", ""] and page.rows[0].next_on == date(2026, 12, 11)
    assert [row.id for row in casebook.search_complaints("mengadu", 9)] == [1], "the other by number alone"
    assert [row.id for row in casebook.search_complaints("ADU", 9)] == [1, 2]
    assert [row.id for row in casebook.search_complaints(COMPLAINT.contact, 9)] == [1]
    assert casebook.complaint(1).verify_on is None and [item.id for item in casebook.case(1).complaints] == [1]
    assert "Umpamakan" not in repr(casebook.complaint(2))
    casebook.close()


def test_what_was_indexed_as_it_was_written_is_found_in_every_spelling(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "casebook.db"
    casebook = SqlCasebook(path, vault, vault.keys.database)
    case_id = new_case(casebook, replace(PERSON, name="Nur’aini Contoh"))
    limits = LimitDays(MONDAY.date(), MONDAY.date(), date(2026, 12, 11))
    complaint = c.NewComplaint(replace(COMPLAINT, name="Nur’aini Contoh"), MONDAY, limits, MONDAY.date(), True, "P")
    source = Origin("BKPSDM", MONDAY.date(), MONDAY)
    person = c.PutPeople((RegisterPerson({"name": "Nur’aini Contoh", "nip": PERSON.nip}),), source)
    for write in (complaint, person):
        casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (write,)))
    casebook.close()
    for statement in (
        *(f"UPDATE {index}_search SET name = 'Nur’aini Contoh'" for index in ("case", "complaint", "register")),  # noqa: S608
        "DELETE FROM schema_migration WHERE name LIKE '0022%'",
    ):
        alter(path, vault, statement)
    casebook = SqlCasebook(path, vault, vault.keys.database)
    for typed in ("nuraini", "Nur'aini", "Nur’aini"):
        assert [row.id for row in casebook.search(typed, 9)] == [case_id], typed
        assert len(casebook.search_complaints(typed, 9)) == 1 == casebook.register_page(typed, None, 9).total, typed
    assert casebook.row(case_id).name == "Nur’aini Contoh", "shown as it is written"
    casebook.close()


def breaking_at(row: int) -> Callable[..., str]:
    """Stands for an update that is ended in the middle."""
    rows = count(1)

    def paired(*_texts: str) -> str:
        if next(rows) == row:
            raise KeyboardInterrupt
        return ""

    return paired


def test_numbers_that_were_indexed_without_their_pairs_are_found_by_every_part(
    tmp_path: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "casebook.db"
    casebook = SqlCasebook(path, vault, vault.keys.database)
    cases = [
        new_case(casebook, replace(PERSON, phone="")),
        new_case(casebook, replace(PERSON, nip="", nik="", phone="0812")),
    ]
    limits = LimitDays(MONDAY.date(), MONDAY.date(), date(2026, 12, 11))
    complaint = c.NewComplaint(replace(COMPLAINT, contact=PERSON.nip), MONDAY, limits, MONDAY.date(), True, "P")
    person = c.PutPeople(
        (RegisterPerson({"name": PERSON.name, "nip": PERSON.nip}),), Origin("BKPSDM", MONDAY.date(), MONDAY)
    )
    for write in (complaint, person):
        casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (write,)))
    casebook.close()
    before = {
        "case": "name, number, agency, nip, nik, phone, email, serial",
        "complaint": "number, name, words, contact",
        "register": "name, nip, nik, agency, email",
    }
    for name, columns in before.items():
        for statement in (
            f"CREATE TABLE kept AS SELECT rowid AS id, {columns} FROM {name}_search",  # noqa: S608
            f"DROP TABLE {name}_search",
            f"CREATE VIRTUAL TABLE {name}_search USING fts5({columns}, tokenize = 'trigram remove_diacritics 1')",
            f"INSERT INTO {name}_search (rowid, {columns}) SELECT id, {columns} FROM kept",  # noqa: S608
            "DROP TABLE kept",
        ):
            alter(path, vault, statement)
    alter(path, vault, "UPDATE case_search SET phone = NULL WHERE rowid = 1")  # as after a case's destruction
    alter(path, vault, "DELETE FROM schema_migration WHERE name LIKE '0025%'")
    with monkeypatch.context() as broken_off:
        broken_off.setattr(finding, "paired", breaking_at(2))
        with pytest.raises(KeyboardInterrupt):
            SqlCasebook(path, vault, vault.keys.database)
    casebook = SqlCasebook(path, vault, vault.keys.database)
    for typed in (PERSON.nip, PERSON.nip[3:], PERSON.nip[2:9]):
        assert [row.id for row in casebook.search(typed, 9)] == cases[:1], typed
        assert len(casebook.search_complaints(typed, 9)) == 1 == casebook.register_page(typed, None, 9).total, typed
    assert [row.id for row in casebook.search(PERSON.name, 9)] == cases[::-1]
    casebook.close()


def test_a_journal_that_is_not_whole_stops_all_writing(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "casebook.db"
    casebook = SqlCasebook(path, vault, vault.keys.database)
    for _n in range(4):
        new_case(casebook)
    casebook.close()
    alter(path, vault, "DELETE FROM journal WHERE sequence = 2")
    casebook = SqlCasebook(path, vault, vault.keys.database)
    assert not casebook.verify_journal().whole and not casebook.journal_whole()
    with pytest.raises(Damaged):
        new_case(casebook)
    casebook.close()


def test_a_mark_that_was_taken_away_alarms(tmp_path: Path, vault: Vault) -> None:
    (tmp_path / "mark.bin").unlink()
    with pytest.raises(Damaged):
        SqlCasebook(tmp_path / "casebook.db", vault, vault.keys.database)


def test_the_history_shows_what_is_chained_not_what_stands_beside_it(casebook: SqlCasebook) -> None:
    case_id = new_case(casebook)

    def forge() -> None:
        with writing():
            tables.Journal.update(actor="Petugas Lain", kind="case.verified").execute()

    casebook._writer.run(forge)
    line = casebook.case(case_id).history[0]
    assert (line.actor, line.kind) == ("Contoh Petugas", "case.received")


def test_no_step_but_its_end_is_taken_while_an_operation_is_open(casebook: SqlCasebook) -> None:
    case_id = new_case(casebook)
    intent = c.NewOperation("r1", OperationKind.REVOKE, "training", "4A", "")
    casebook.commit(c.Change(MONDAY, "P", JournalNote("operation.intended"), (intent,), case_id))
    with pytest.raises(Declined) as told:
        step(casebook, case_id, CaseStep.START_REVIEW, CaseState.RECEIVED)
    assert told.value.code == "operation.open" and "Periksa status ke CA" in told.value.remedy
    assert casebook.row(case_id).state is CaseState.RECEIVED


def test_a_case_that_ended_says_when_and_why(casebook: SqlCasebook) -> None:
    case_id, other = new_case(casebook), new_case(casebook)
    step(casebook, case_id, CaseStep.START_REVIEW, CaseState.RECEIVED)
    closing = c.CloseCase(True, ("CSR tidak sah.", "Surat “lama”."))
    step(casebook, case_id, CaseStep.REJECT, CaseState.UNDER_REVIEW, closing)
    case = casebook.case(case_id)
    assert (case.state, case.closed_at, case.closing_reasons) == (CaseState.REJECTED, MONDAY, closing.reasons)
    assert [row.id for row in casebook.page(CaseFilter.ALL, None, 9).rows] == [other, case_id], "it went to the end"


def test_a_clock_that_stands_still_already_is_not_stopped_twice(casebook: SqlCasebook) -> None:
    case_id = new_case(casebook)
    for at in (MONDAY, MONDAY + timedelta(hours=1)):
        casebook.commit(c.Change(at, "P", JournalNote("x"), (c.StartPause("ca"),), case_id))
    assert [(pause.start, pause.end) for pause in casebook.case(case_id).pauses] == [(MONDAY, None)]


def test_a_clock_that_went_back_is_written_into_the_entry(casebook: SqlCasebook) -> None:
    case_id = new_case(casebook)
    casebook.commit(c.Change(MONDAY - timedelta(hours=2), "P", JournalNote("x"), (), case_id))
    back = [line.facts.get("clock_back_seconds") for line in casebook.case(case_id).history]
    assert back == [7200, None], "the newest entry says so, and nothing else does"


def test_somebody_without_nip_is_known_again_by_the_nik(casebook: SqlCasebook) -> None:
    honorary = replace(PERSON, nip="")
    one, other = new_case(casebook, honorary), new_case(casebook, honorary)
    stranger = new_case(casebook, replace(honorary, nik="3375994303910003"))
    tags = [journal_of(casebook, case_id)["name"] for case_id in (one, other, stranger)]
    assert tags[0] == tags[1] != tags[2]


def journal_of(casebook: SqlCasebook, case_id: int) -> dict[str, str]:
    """The tags by which the first entry of a case names its person."""
    number = casebook.row(case_id).number
    body = casebook._reader.run(lambda: tables.Journal.get(tables.Journal.subject == number).body)
    found: dict[str, str] = json.loads(bytes(body))["tags"]
    return found


def test_what_is_counted_as_it_comes_is_what_there_is(casebook: SqlCasebook) -> None:
    first, second, _third = (new_case(casebook) for _n in range(3))
    for case_id in (first, second):
        step(casebook, case_id, CaseStep.START_REVIEW, CaseState.RECEIVED)
    step(casebook, first, CaseStep.ASK_APPLICANT, CaseState.UNDER_REVIEW)
    step(casebook, second, CaseStep.REJECT, CaseState.UNDER_REVIEW)
    counts = casebook.counts()
    assert {name: counts[name] for name in ("needs_action", "waiting", "all")} == {
        "needs_action": 1, "waiting": 1, "all": 3,
    }  # fmt: skip
    step(casebook, first, CaseStep.APPLICANT_ANSWERED, CaseState.AWAITING_APPLICANT)
    assert (casebook.counts()["needs_action"], casebook.counts()["waiting"]) == (2, 0)
    for chosen in (CaseFilter.NEEDS_ACTION, CaseFilter.WAITING, CaseFilter.ALL):
        assert len(casebook.page(chosen, None, 10).rows) == casebook.counts()[chosen.value]


def test_a_journal_that_is_cut_beside_the_running_program_stops_its_next_write(
    tmp_path: Path, vault: Vault, casebook: SqlCasebook
) -> None:
    new_case(casebook)
    new_case(casebook)
    alter(tmp_path / "casebook.db", vault, "DELETE FROM journal WHERE sequence = 2")
    with pytest.raises(Damaged) as told:
        new_case(casebook)
    assert told.value.code == "journal.broken"
    assert casebook.counts()["all"] == 2


COMPLAINT = ComplaintForm(
    Channel.COUNTER, ComplaintKind.COMPLAINT, ComplaintClass.ORDINARY, "Tri Umpamakan", "0812-0000-0077", False,
    "Pemberitahuan tidak pernah diterima.", "Dikirim ulang",
)  # fmt: skip


LEAK = "Pemohon menyebut passphrase: Rahasia#123."
PROSE: tuple[c.Write, ...] = (
    c.AddDecision("csr.signature", LEAK, "", Basis("", "", "", "", "")),
    c.CloseCase(None, ("Surat tidak lengkap.", LEAK)),
    c.AddComplaintNote("mail", LEAK),
    c.AddComplaintNote("mail", "Diteruskan.", addressee=LEAK),
    *(
        c.SetComplaintForm(replace(COMPLAINT, **{name: LEAK}))  # type: ignore[arg-type]
        for name in ("description", "wanted", "place", "evidence")
    ),
    c.PutClosedDay(MONDAY.date(), LEAK, manual=True),
    c.SetReportPart(Quarter(2026, 4), "assessment", LEAK),
    c.PutPeople((), Origin("BKPSDM", MONDAY.date(), MONDAY, reason=LEAK)),
    c.MergePeople(1, 2, Origin("BKPSDM", MONDAY.date(), MONDAY, reason=LEAK)),
)


@pytest.mark.parametrize("write", PROSE, ids=lambda write: type(write).__name__)
def test_a_passphrase_is_stored_in_nobodys_words(casebook: SqlCasebook, write: c.Write) -> None:
    case_id, entries = new_case(casebook), casebook.head().count
    with pytest.raises(Declined) as refused:
        casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (write,), case_id))
    assert refused.value.code == "reason.passphrase" and casebook.head().count == entries


def complaint_step(casebook: SqlCasebook, number: int, taken: ComplaintStep, seen: ComplaintState | None) -> None:
    writes = (c.AddComplaintNote(taken.value, "Sudah dijelaskan.", True if taken is ComplaintStep.RESOLVE else None),)
    casebook.commit(
        c.Change(
            MONDAY, "P", JournalNote("x"), writes, complaint_id=number, complaint_step=taken, complaint_expected=seen
        )
    )


def test_a_complaint_moves_only_from_the_state_that_was_seen_and_may_come_back(casebook: SqlCasebook) -> None:
    limits = LimitDays(date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 11))
    write = c.NewComplaint(COMPLAINT, MONDAY, limits, date(2026, 11, 23), True, "P")
    number = casebook.commit(c.Change(MONDAY, "P", JournalNote("complaint.received"), (write,))).complaint_id
    assert number is not None
    complaint_step(casebook, number, ComplaintStep.RESPOND, ComplaintState.RECEIVED)
    with pytest.raises(Declined) as told:
        complaint_step(casebook, number, ComplaintStep.ESCALATE, ComplaintState.RECEIVED)
    assert told.value.code == "case.changed" and len(casebook.complaint(number).notes) == 1
    complaint_step(casebook, number, ComplaintStep.RESOLVE, None)
    (row,) = casebook.complaint_page("resolved", None, 9).rows
    assert (row.resolved_at, row.on_time) == (MONDAY, True)
    complaint_step(casebook, number, ComplaintStep.REOPEN, ComplaintState.RESOLVED)
    (row,) = casebook.complaint_page("open", None, 9).rows
    assert (row.resolved_at, row.on_time) == (None, None), "it is as unanswered as before"


@pytest.mark.parametrize(
    ("case_id", "complaint_id", "code"), [(7, None, "case.unknown"), (None, 7, "complaint.unknown")]
)
def test_what_does_not_exist_is_declined_and_leaves_no_entry(
    casebook: SqlCasebook, case_id: int | None, complaint_id: int | None, code: str
) -> None:
    with pytest.raises(Declined) as told:
        casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (), case_id, complaint_id))
    assert told.value.code == code and casebook.head().count == 0


@pytest.mark.parametrize("write", [c.SetTick("call", True), c.AddComplaintNote("respond", "Sudah.")])
def test_a_write_that_belongs_to_nothing_is_stored_nowhere(casebook: SqlCasebook, write: c.Write) -> None:
    with pytest.raises(RuntimeError, match="this write needs a"):
        casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (write,)))
    assert casebook.head().count == 0


def test_a_step_owes_its_word_only_where_the_office_has_a_mail_account(casebook: SqlCasebook) -> None:
    without = new_case(casebook)
    casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (c.SetSetting("mail", '{"address": "a@b.id"}'),)))
    owing = new_case(casebook)
    casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (c.SetSetting("mail", ""),)))
    again = new_case(casebook)
    assert casebook.case(without).messages == casebook.case(again).messages == ()
    (message,) = casebook.case(owing).messages
    assert (message.notice, message.state, message.to) == ("received", MessageState.OWED, "")
    assert casebook.outbox_counts() == {MessageState.OWED: 1}


def test_a_message_is_moved_only_by_its_own_case(casebook: SqlCasebook) -> None:
    casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (c.SetSetting("mail", '{"address": "a@b.id"}'),)))
    owing, other = new_case(casebook), new_case(casebook)
    (message,) = casebook.case(owing).messages
    move = c.MoveMessage(message.id, MessageEvent.TOLD, "di loket")
    with pytest.raises(Declined):
        casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (move,), other))
    casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (move,), owing))
    assert casebook.message(message.id).state is MessageState.TOLD
    with pytest.raises(Declined, match="disampaikan petugas"):
        casebook.commit(c.Change(MONDAY, "P", JournalNote("x"), (move,), owing))
    with pytest.raises(Declined):
        casebook.message_content(message.id)


HEAD = Confirmed("Kepala Rekaan", "197001011995011001", "Kepala Bidang", Way.CODE, "Contoh Petugas")
EVER = MONDAY + timedelta(days=1)


def destroy_all(casebook: SqlCasebook) -> str:
    """What has ended by tomorrow is destroyed today; the number of the minutes."""
    ended = Ended(EVER, EVER, EVER, EVER)
    write = c.DestroyData(casebook.due_for_disposal(ended), ended, HEAD, MONDAY.date(), True)
    return casebook.commit(c.Change(MONDAY, "P", JournalNote("disposal.done"), (write,))).number


def test_of_what_was_destroyed_nothing_is_written_any_more_but_prints(casebook: SqlCasebook) -> None:
    case_id = new_case(casebook)
    step(casebook, case_id, CaseStep.WITHDRAW, CaseState.RECEIVED, c.CloseCase(None))
    written = ComplaintForm(
        Channel.COUNTER, ComplaintKind.COMPLAINT, ComplaintClass.ORDINARY, "Tri Umpamakan", "0812", False, "uraian", ""
    )  # fmt: skip
    new = c.NewComplaint(written, MONDAY, LimitDays(None, None, MONDAY.date()), MONDAY.date(), True, "P")
    complaint_id = casebook.commit(c.Change(MONDAY, "P", JournalNote("complaint.received"), (new,))).complaint_id
    resolved = c.Change(
        MONDAY, "P", JournalNote("x"), complaint_id=complaint_id, complaint_step=ComplaintStep.RESOLVE
    )  # fmt: skip
    casebook.commit(resolved)
    assert destroy_all(casebook) == "LATIH-MUSNAH-2026-0001"
    note = JournalNote("x")
    for change in (
        c.Change(MONDAY, "P", note, (c.SetApplicant(PERSON),), case_id),
        c.Change(MONDAY, "P", note, (), case_id, step=CaseStep.START_REVIEW),
        c.Change(MONDAY, "P", note, (), complaint_id=complaint_id, complaint_step=ComplaintStep.REOPEN),
        c.Change(MONDAY, "P", note, (c.AddComplaintNote("respond", "Tri"),), complaint_id=complaint_id),
    ):
        with pytest.raises(Declined) as refused:
            casebook.commit(change)
        assert refused.value.code == "data.destroyed"
    casebook.commit(c.Change(MONDAY, "P", JournalNote("print.made"), (c.AddPrint("receipt", "A5"),), case_id))
    assert casebook.verify_journal().whole


def test_what_is_no_longer_due_is_not_destroyed(casebook: SqlCasebook) -> None:
    """The proposal was made before somebody complained about the case."""
    case_id = new_case(casebook)
    step(casebook, case_id, CaseStep.WITHDRAW, CaseState.RECEIVED, c.CloseCase(None))
    ended = Ended(EVER, EVER, EVER, EVER)
    items = casebook.due_for_disposal(ended)
    assert [item.id for item in items] == [case_id]
    asked = c.Change(MONDAY, "P", JournalNote("x"), (c.AskForData(None, case_id, MONDAY),), case_id)
    casebook.commit(asked)
    write = c.DestroyData(items, ended, HEAD, MONDAY.date(), True)
    with pytest.raises(Declined) as refused:
        casebook.commit(c.Change(MONDAY, "P", JournalNote("disposal.done"), (write,)))
    assert refused.value.code == "case.changed" and casebook.row(case_id).name == PERSON.name
