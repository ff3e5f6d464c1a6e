"""The casebook on SQLCipher: opens, migrates, and runs every call on the thread that owns the connection."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lockdesk.core.journal import LOOKING, ChainReport, JournalHead, JournalNote, walk_chain
from lockdesk.core.messages import MessageState
from lockdesk.core.quarters import Bounds, Quarter
from lockdesk.desk.casebook import JournalCheck, KeyUse, MarkUse
from lockdesk.desk.ports import Sealer
from lockdesk.desk.values.cases import (
    Board,
    CaseFilter,
    CaseRow,
    CaseView,
    ListPage,
    Message,
    OperationView,
    WorkingDay,
)
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintPage, ComplaintRow, ComplaintView
from lockdesk.desk.values.emergency import EmergencyPrint
from lockdesk.desk.values.journal import JournalFilter, JournalPage
from lockdesk.desk.values.listing import EVER, PLAIN, Key, ListView, Span
from lockdesk.desk.values.mail import MailPlace
from lockdesk.desk.values.marks import Mark
from lockdesk.desk.values.office import ClosedDay, SettingVersion
from lockdesk.desk.values.people import RegisterEntry
from lockdesk.desk.values.privacy import DataRequest, Disposal, DueItem, Ended
from lockdesk.desk.values.register import RegisterPage, RegisterView
from lockdesk.desk.values.reports import BookCall, BookCase, CaseFact, ComplaintFact
from lockdesk.desk.values.sheets import EarlierPrint, PrintEntry
from lockdesk.desk.values.tray import KnownMail
from lockdesk.errors import Damaged
from lockdesk.store import (
    case_list,
    complaint_reads,
    disposal,
    documents,
    journal_reads,
    mailbox,
    outbox,
    prints,
    reads,
    register,
    reports,
    rewriting,
)
from lockdesk.store import tables as t
from lockdesk.store.home import is_empty, staying
from lockdesk.store.marker import Marker
from lockdesk.store.threads import DatabaseThread, all_apart, broken_journal, emptied, home, writing
from lockdesk.words import _

if TYPE_CHECKING:
    from lockdesk.desk.changes import Change, Committed

T = TypeVar("T")
PRAGMAS = {
    "cipher_log_level": "NONE",
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
}
_UNIT_SECONDS = 0.15
"""A step takes some hundredths, and its last part, the disk's, is never broken off."""
MIGRATIONS = Path(__file__).parent / "migrations"


class SqlCasebook:
    """Implements desk.casebook.Casebook. One per process: the database object is the process's own."""

    def __init__(
        self, path: Path, vault: Sealer, key: bytes, before_migrating: Callable[[], None] = lambda: None
    ) -> None:
        """Opens (or makes) the database. `before_migrating` is called where an older one is about to be changed; what
        it raises leaves the database as it is.

        Raises Damaged with a wrong key, a newer schema, or a journal that was cut or lies behind the vault's mark;
        and, with nothing written, where the database of a vault that has a mark is gone or empty.
        """
        if is_empty(path) and vault.mark().count:
            raise emptied()
        self._vault = vault
        self._whole = True
        self._walkers: list[DatabaseThread] = []
        self._require: Callable[[JournalNote], None] = lambda _note: None
        t.database.init(str(path), passphrase=f"x'{key.hex()}'", pragmas=PRAGMAS)
        with ExitStack() as opened:
            self._writer = DatabaseThread("writer")
            opened.callback(self._writer.close)
            self._writer.run(partial(_migrate, before_migrating))
            self._reader = DatabaseThread("reader")
            opened.callback(self._reader.close)
            marked = vault.mark()
            if not self._read(partial(journal_reads.end_is_whole, t.database.execute_sql, vault, marked)):
                raise broken_journal(ended) if (ended := self.head().count) else emptied()
            self._marker = Marker(vault, marked)
            opened.pop_all()

    def close(self) -> None:
        """Records the head in the vault and closes both connections. What is being written has a moment to end; a long
        unit or reading is broken off."""
        try:
            self._marker.close()
        finally:
            self._reader.close()
            self._writer.close(_UNIT_SECONDS)

    def leave(self) -> None:
        self._writer.leave()

    def keep_to(self, require: Callable[[JournalNote], None]) -> None:
        """From now on nothing is written that `require` declines."""
        self._require = require

    # ── writing ──
    def commit(self, change: "Change") -> "Committed":
        from lockdesk.desk.reasons import hold_no_passphrase
        from lockdesk.store.unit import commit
        from lockdesk.store.writes import HANDLERS

        if not self._whole:
            raise broken_journal(self.head().count)
        self._require(change.note)
        hold_no_passphrase(*change.writes)
        committed = self._writer.run(lambda: commit(change, self._vault.seal, HANDLERS))
        self._marker.committed(committed.head, at_once=change.note.kind not in LOOKING)
        return committed

    def mark_behind(self) -> int:
        return self._marker.behind()

    def keep_draft(self, form: str, text: str, at: datetime) -> None:
        def write() -> None:
            if text:
                t.Draft.insert(form=form, text=text, kept_at=at).on_conflict_replace().execute()
            else:
                t.Draft.delete().where(t.Draft.form == form).execute()

        self._outside_records(write)

    def keep_mail(self, mails: Sequence[KnownMail]) -> None:
        self._outside_records(partial(mailbox.keep_mail, mails))

    def forget_mail(self, places: Sequence[MailPlace]) -> None:
        self._outside_records(partial(mailbox.forget_mail, places))

    def count_answers(self, day: date, scores: Sequence[int]) -> None:
        self._outside_records(partial(reports.count_answers, day, scores))

    def _outside_records(self, write: Callable[[], None]) -> None:
        """What is no record leaves no journal entry."""

        def work() -> None:
            with writing():
                write()

        self._writer.run(work)

    # ── reading ──
    def known_mail(self, identity: str = "") -> tuple[KnownMail, ...]:
        return self._read(lambda: mailbox.known_mail(identity))

    def together(self, read: Callable[[], T]) -> T:
        # On the thread that writes: it still has the pages decrypted that the other one, whose pages are stale after
        # every commit, would have to fetch and decrypt anew.
        return read() if self._writer.entered else self._writer.run(lambda: _in_one_unit(read))

    def _read(self, read: Callable[[], T]) -> T:
        """Beside what is being written, unless this thread is inside `together`."""
        return read() if self._writer.entered else self._reader.run(read)

    def load_draft(self, form: str) -> str:
        def work() -> str:
            found = t.Draft.get_or_none(t.Draft.form == form)
            return "" if found is None else str(found.text)

        return self._read(work)

    def page(
        self,
        case_filter: CaseFilter,
        after: Key | None,
        limit: int,
        day: WorkingDay | None = None,
        view: ListView = PLAIN,
        received: Span = EVER,
    ) -> ListPage:
        return self._read(lambda: case_list.page(case_filter, after, limit, day, view, received))

    def completed_without(self, kind: str, since: datetime) -> tuple[CaseRow, ...]:
        return self._read(lambda: case_list.completed_without(kind, since))

    def board(self, day: WorkingDay) -> Board:
        return self._read(lambda: case_list.board(day))

    def search(self, text: str, limit: int) -> tuple[CaseRow, ...]:
        return self._read(lambda: reads.search(text, limit))

    def row(self, case_id: int) -> CaseRow:
        return self._read(lambda: reads.row(case_id))

    def counts(self) -> Mapping[str, int]:
        return self._read(reads.counts)

    def case(self, case_id: int) -> CaseView:
        return self._read(lambda: reads.case(case_id))

    def document(self, document_id: int) -> bytes:
        return self._read(lambda: documents.document(t.database.execute_sql, document_id))

    def case_with_mail(self, sha256: str) -> int | None:
        return self._read(lambda: reads.case_with_mail(sha256))

    def mails_of_cases(self, digests: Sequence[str]) -> frozenset[str]:
        return self._read(lambda: reads.mails_of_cases(digests))

    def cases_of_person(self, nik: str, nip: str) -> tuple[CaseRow, ...]:
        return self._read(lambda: reads.cases_of_person(nik, nip))

    def key_uses(self, key_sha256: str, except_case: int | None) -> tuple[KeyUse, ...]:
        return self._read(lambda: reads.key_uses(key_sha256, except_case))

    def mark_uses(self, marks: Sequence[Mark], except_case: int | None) -> tuple[MarkUse, ...]:
        return self._read(lambda: reads.mark_uses(marks, except_case))

    def has_operations(self) -> bool:
        """Whether anything was ever sent to a CA."""
        return self._read(lambda: t.Operation.select().exists())

    def open_operations(self) -> tuple[OperationView, ...]:
        return self._read(reads.open_operations)

    def message(self, message_id: int) -> Message:
        return self._read(lambda: outbox.message(message_id))

    def messages_in(self, states: Collection[MessageState]) -> tuple[Message, ...]:
        return self._read(lambda: outbox.messages_in(states))

    def message_named(self, mail_id: str) -> Message | None:
        return self._read(lambda: outbox.message_named(mail_id))

    def message_content(self, message_id: int) -> bytes:
        return self._read(lambda: outbox.content_of(message_id))

    def outbox_counts(self) -> Mapping[MessageState, int]:
        return self._read(outbox.outbox_counts)

    def complaint_page(
        self, which: str, after: Key | None, limit: int, view: ListView = PLAIN, received: Span = EVER
    ) -> ComplaintPage:
        return self._read(lambda: complaint_reads.complaint_page(which, after, limit, view, received))

    def complaint(self, complaint_id: int) -> ComplaintView:
        return self._read(lambda: complaint_reads.complaint(complaint_id))

    def complaint_form(self, complaint_id: int) -> ComplaintForm:
        return self._read(lambda: complaint_reads.complaint_form(complaint_id))

    def complaint_thread(self, complaint_id: int) -> tuple[str, ...]:
        return self._read(lambda: complaint_reads.complaint_thread(complaint_id))

    def complaint_of_mail(self, mail_id: str) -> int:
        return self._read(lambda: complaint_reads.complaint_of_mail(mail_id))

    def search_complaints(self, text: str, limit: int) -> tuple[ComplaintRow, ...]:
        return self._read(lambda: complaint_reads.search_complaints(text, limit))

    def awaiting_complainant(self) -> tuple[int, ...]:
        return self._read(complaint_reads.awaiting_complainant)

    def evidence_file(self, file_id: int) -> bytes:
        return self._read(lambda: complaint_reads.evidence_file(file_id))

    def rows_of(self, ids: Sequence[int]) -> tuple[CaseRow, ...]:
        return self._read(lambda: reads.rows_of(ids))

    def complaint_rows(self, ids: Sequence[int]) -> tuple[ComplaintRow, ...]:
        return self._read(lambda: complaint_reads.complaint_rows(ids))

    def quarter_cases(self, bounds: Bounds) -> tuple[CaseFact, ...]:
        return self._read(lambda: reports.quarter_cases(bounds))

    def quarter_complaints(self, bounds: Bounds) -> tuple[ComplaintFact, ...]:
        return self._read(lambda: reports.quarter_complaints(bounds))

    def book_cases(self, bounds: Bounds) -> tuple[BookCase, ...]:
        return self._read(lambda: reports.book_cases(bounds))

    def book_calls(self, bounds: Bounds) -> tuple[BookCall, ...]:
        return self._read(lambda: reports.book_calls(bounds))

    def book_complaints(self, bounds: Bounds) -> tuple[ComplaintView, ...]:
        return self._read(lambda: reports.book_complaints(bounds))

    def first_year(self) -> int | None:
        return self._read(reports.first_year)

    def report_parts(self, quarter: Quarter) -> Mapping[str, str]:
        return self._read(lambda: reports.report_parts(quarter))

    def survey_counts(self, first: date, last: date) -> Mapping[tuple[int, int], int]:
        return self._read(lambda: reports.survey_counts(first, last))

    def register_page(self, text: str, after: tuple[str, int] | None, limit: int) -> RegisterPage:
        return self._read(lambda: register.register_page(text, after, limit))

    def register_matching(
        self, nips: Sequence[str], niks: Sequence[str], namesakes: Sequence[str]
    ) -> tuple[RegisterEntry, ...]:
        return self._read(lambda: register.register_matching(nips, niks, namesakes))

    def register_view(self, entry_id: int) -> RegisterView:
        return self._read(lambda: register.register_view(entry_id))

    def register_find(self, nik: str, nip: str, email: str) -> tuple[RegisterEntry, ...]:
        return self._read(lambda: register.register_find(nik, nip, email))

    def evidence(self, operation_id: int) -> Sequence[tuple[str, bytes]]:
        return self._read(lambda: reads.evidence(operation_id))

    def emergency_prints(self, year: int) -> tuple[EmergencyPrint, ...]:
        return self._read(lambda: prints.emergency_prints(year))

    def case_of_emergency_form(self, number: str) -> str:
        return self._read(lambda: reads.case_of_emergency_form(number))

    def prints_of(self, number: str) -> tuple[EarlierPrint, ...]:
        return self._read(lambda: prints.prints_of(number))

    def print_entry(self, sequence: int) -> PrintEntry | None:
        return self._read(lambda: prints.print_entry(t.database.execute_sql, sequence))

    def prints_like(self, digits: str) -> tuple[PrintEntry, ...]:
        return self._read(lambda: prints.prints_like(t.database.execute_sql, digits))

    def print_content(self, print_id: int) -> bytes:
        return self._read(lambda: prints.print_content(print_id))

    def setting(self, name: str) -> str | None:
        def work() -> str | None:
            found = t.Setting.select().where(t.Setting.name == name).order_by(t.Setting.id.desc()).first()
            return None if found is None else str(found.value)

        return self._read(work)

    def settings_under(self, prefix: str) -> tuple[SettingVersion, ...]:
        def work() -> tuple[SettingVersion, ...]:
            query = t.Setting.select().where(t.Setting.name.startswith(prefix)).order_by(t.Setting.id)
            return tuple(SettingVersion(row.name, row.value, row.since, row.actor) for row in query)

        return self._read(work)

    def closed_days(self, year: int | None) -> tuple[ClosedDay, ...]:
        def work() -> tuple[ClosedDay, ...]:
            query = t.ClosedDayRow.select().where(~t.ClosedDayRow.removed).order_by(t.ClosedDayRow.day)
            if year is not None:
                query = query.where(t.ClosedDayRow.day.between(date(year, 1, 1), date(year, 12, 31)))
            return tuple(ClosedDay(row.day, row.reason, row.manual, row.source) for row in query)

        return self._read(work)

    # ── personal data ──
    def due_for_disposal(self, ended: Ended) -> tuple[DueItem, ...]:
        return self._read(lambda: disposal.due(ended))

    def disposal(self, number: str) -> Disposal:
        return self._read(lambda: disposal.disposal(number))

    def disposals(self) -> tuple[Disposal, ...]:
        return self._read(disposal.disposals)

    def sweep(self) -> bool:
        return self._writer.run(self._write_anew)

    def _write_anew(self) -> bool:
        opened = home()
        opened.require()
        path = Path(t.database.database).resolve()  # a link leads to the file that holds what was destroyed
        take_place = partial(rewriting.take_place, path, opened.require_file)
        try:
            rewriting.write(path, lambda: self._writer.leaving)
            with staying:
                return all_apart((self._writer, *self._walkers, self._reader), take_place)
        finally:
            with suppress(OSError):  # a file that a virus scanner holds goes with the next one
                rewriting.discard(path)

    def open_data_requests(self) -> tuple[DataRequest, ...]:
        return self._read(disposal.open_data_requests)

    # ── the journal ──
    def head(self) -> JournalHead:
        return self._read(journal_reads.read_head)

    def last_moment(self) -> datetime | None:
        return self._read(journal_reads.last_moment)

    def verify_journal(self, progress: Callable[[int], None] | None = None) -> JournalCheck:
        """Walks the whole chain; compares it with the seal and with the vault's mark.

        On a connection of its own: nobody's reading waits for it, nor are the pages that others read forgotten. What
        `progress` raises ends it. A journal that is not whole, or cannot be read, stops all writing.
        """
        try:
            with self._walking() as walker:
                found = journal_reads.check(
                    lambda after: walker.run(partial(journal_reads.entries, t.database.execute_sql, after)),
                    lambda chain: walker.run(partial(self._sealed, chain)),
                    self._vault.mark(),
                    progress,
                )
        except Damaged:
            self._whole = False
            raise
        self._whole = found.whole
        return found

    @contextmanager
    def _walking(self) -> Iterator[DatabaseThread]:
        """A thread that stands back, like the other two, while the database's file is exchanged."""
        with staying:
            self._walkers.append(walker := DatabaseThread("walk"))
        try:
            yield walker
        finally:
            with staying:
                self._walkers.remove(walker)
            walker.close()

    def journal_page(self, wanted: JournalFilter, before: int | None, limit: int) -> JournalPage:
        return self._read(lambda: journal_reads.page(wanted, before, limit))

    def export_journal(
        self, public_key: bytes, write: Callable[[bytes], object], progress: Callable[[int], None] | None = None
    ) -> JournalHead:
        def step(after: int) -> journal_reads.ExportStep:
            with t.database.atomic():
                return journal_reads.export_step(t.database.execute_sql, after)

        return journal_reads.export(lambda after: self._read(partial(step, after)), public_key, write, progress)

    def _sealed(self, chain: ChainReport) -> bool:
        """Whether the chain's end is sealed; entries written since it was walked are walked too."""
        execute = t.database.execute_sql
        with t.database.atomic():  # one moment: a step committed between the two reads would look like a broken seal
            while later := journal_reads.entries(execute, chain.count):
                chain = walk_chain(later, chain)
                if not chain.whole:
                    return False
            return journal_reads.seal_holds(execute, self._vault, chain)

    def journal_whole(self) -> bool:
        """What the last walk said; True until there was one."""
        return self._whole


def _in_one_unit(read: Callable[[], T]) -> T:
    """What `read` gives; raises, and nothing is changed, should it write."""
    with writing():
        connection = t.database.connection()
        before = connection.total_changes
        found = read()
        if connection.total_changes != before:
            raise RuntimeError("what only reads has written")
        return found


def _migrate(before: Callable[[], None]) -> None:
    """Brings the schema up to date; runs on the writer thread before anything is read."""
    known = {path.stem for path in MIGRATIONS.glob("[0-9]*.py")}
    applied = _applied()
    if applied == known:
        return
    newer = applied - known
    if newer:
        raise Damaged(
            _("Basis data ini dibuat oleh versi program yang lebih baru."),
            _("Pasang versi program yang terbaru."),
            detail=", ".join(sorted(newer)),
            code="store.newer_schema",
        )
    if applied:
        before()
    from playhouse.migrations import Runner

    t.database.pragma("query_only", 0)
    try:
        Runner(t.database, str(MIGRATIONS)).up()
    finally:
        t.database.pragma("query_only", 1)


def _applied() -> set[str]:
    """Names of the migrations that this file has seen; none for a new one."""
    if "schema_migration" not in t.database.get_tables():
        return set()
    return {str(row[0]) for row in t.database.execute_sql("SELECT name FROM schema_migration").fetchall()}
