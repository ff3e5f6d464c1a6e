"""The disk fails at every write of a whole journey, once each: nothing is lost, doubled or left for good."""

import resource
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.cases import CaseState
from lockdesk.core.confirmation import CallResult
from lockdesk.core.journal import JournalHead
from lockdesk.desk.changes import Change, Committed
from lockdesk.desk.desk import Desk
from lockdesk.desk.requests.steps import undecided
from lockdesk.desk.values.cases import CallForm, CaseFilter, CaseView
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Hindered, LockdeskError, Unreachable
from lockdesk.gateway.training.ledger import Ledger
from lockdesk.store import tables, unit
from lockdesk.store import threads as store_threads
from lockdesk.store.casebook import SqlCasebook
from tests.helpers.desk.counter import form
from tests.helpers.desk.full_disk import full
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.steps import receive, revoke

MOST_ACTIONS = 250


@contextmanager
def read_only() -> Iterator[None]:
    """What SQLite says on a read-only disk: its own error, at the first statement that writes."""
    begin, end = store_threads.writing.__enter__, store_threads.writing.__exit__

    def begin_reading(entered: Any) -> None:
        begin(entered)
        tables.database.execute_sql("PRAGMA query_only = 1")

    def end_reading(entered: Any, *failure: Any) -> None:
        tables.database.execute_sql("PRAGMA query_only = 0")
        end(entered, *failure)

    store_threads.writing.__enter__, store_threads.writing.__exit__ = begin_reading, end_reading  # type: ignore
    try:
        yield
    finally:
        store_threads.writing.__enter__, store_threads.writing.__exit__ = begin, end  # type: ignore


@contextmanager
def no_page_left() -> Iterator[None]:
    """The database cannot grow: SQLITE_FULL at the end of the unit, after all its writes."""
    append = unit._append

    def growing(shared: unit.Unit, seal: unit.Seal) -> JournalHead:
        head = append(shared, seal)
        tables.database.execute_sql("PRAGMA max_page_count = 1")  # as many as there are
        try:
            tables.database.execute_sql("INSERT INTO draft (form, text) VALUES ('x', zeroblob(400000))")
        finally:
            tables.database.execute_sql("PRAGMA max_page_count = 1000000")
        return head

    unit._append = growing  # type: ignore[assignment]
    try:
        yield
    finally:
        unit._append = append


def no_byte_more() -> AbstractContextManager[None]:
    return full(Path())


class Failing:
    """Has every write fail the first time that it is tried, in the store and in the CA's ledger: the first entry of
    a kind, the second one, and so on."""

    def __init__(self, patch: pytest.MonkeyPatch, trouble: Any) -> None:
        self.done: Counter[str] = Counter()
        self.failed: set[tuple[str, int]] = set()
        commit, append = SqlCasebook.commit, Ledger.append

        def failing_commit(book: SqlCasebook, change: Change) -> Committed:
            with self._turn(change.note.kind, trouble):
                return commit(book, change)

        def failing_append(ledger: Ledger, content: bytes) -> None:
            with self._turn("ledger", no_byte_more):
                append(ledger, content)

        patch.setattr(SqlCasebook, "commit", failing_commit)
        patch.setattr(Ledger, "append", failing_append)

    @contextmanager
    def _turn(self, kind: str, trouble: Any) -> Iterator[None]:
        turn = (kind, self.done[kind])
        with nullcontext() if turn in self.failed else trouble():
            self.failed.add(turn)
            yield
        self.done[kind] += 1


class Officer:
    """Does what comes next, and after an error does it again."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.errors: list[LockdeskError] = []
        self.printed = self.complaint = 0

    def work(self) -> None:
        for _action in range(MOST_ACTIONS):
            try:
                if not self._act():
                    return
            except LockdeskError as error:
                self.errors.append(error)
        raise AssertionError([error.code for error in self.errors])

    def _act(self) -> bool:
        desk, rows = self.desk, self.desk.reading.page(CaseFilter.ALL, None, 10).rows
        if not rows:
            receive(desk, "16")
            return True
        case = desk.reading.case(rows[0].id)
        if case.open_operation() is not None:
            desk.operations.settle(case.id)
        elif case.state is CaseState.RECEIVED:
            desk.review.start(case.id)
        elif case.state is CaseState.UNDER_REVIEW:
            self._verify(case)
        elif case.state is CaseState.VERIFIED:
            revoke(desk, case.id)
        elif case.state is CaseState.REVOKED:
            desk.operations.reissue(case.id)
        elif case.state is CaseState.ISSUED:
            desk.notices.deliver(case.id, desk.notices.draft(case.id))
        elif case.state is CaseState.NOTIFIED:
            desk.notices.complete(case.id)
        elif not self.printed:
            self.printed = desk.prints.make("completion", case.id, PaperSize.A5).sequence
        elif not self.complaint:
            self.complaint = desk.complaints.receive(form(case_number=case.number))
        else:
            return False
        return True

    def _verify(self, case: CaseView) -> None:
        waiting = undecided(case)
        assert case.register is not None
        if not case.calls:
            self.desk.review.record_call(
                case.id, CallForm(True, case.register.text("phone"), "pemohon", "", CallResult.CONFIRMED)
            )
        elif waiting:
            self.desk.review.decide(case.id, waiting[0].check, "Dibenarkan saat konfirmasi telepon.")
        else:
            self.desk.review.accept(case.id)


@pytest.mark.parametrize("trouble", [read_only, no_page_left, no_byte_more], ids=lambda trouble: trouble.__name__)
def test_every_write_of_a_journey_fails_once_and_nothing_is_lost(
    profile: OpenProfile, monkeypatch: pytest.MonkeyPatch, trouble: Any
) -> None:
    desk = profile.desk
    officer = Officer(desk)
    begun = desk.casebook.head().count
    with monkeypatch.context() as patch:
        failing = Failing(patch, trouble)
        officer.work()
    written = desk.casebook.head().count - begun
    assert written == sum(count for kind, count in failing.done.items() if kind != "ledger") >= 15
    assert failing.failed >= {(kind, turn) for kind, count in failing.done.items() for turn in range(count)}
    for error in officer.errors:
        assert error.message and error.remedy, error.code
        assert isinstance(error, Hindered | Unreachable) or error.code.startswith(("operation.", "proof.")), error.code
    (row,) = desk.reading.page(CaseFilter.ALL, None, 10).rows
    case = desk.reading.case(row.id)
    assert (case.state, case.number) == (CaseState.COMPLETED, "LATIH-LOCK-2026-0001")
    assert desk.reading.complaint(officer.complaint).number == "LATIH-ADU-2026-0001"
    facts = case.facts.csr.facts
    assert facts is not None and len(desk.gateway.find_by_key(facts.key.sha256)) == 1
    assert case.old_certificate is not None and case.old_certificate.revocation is not None
    assert not desk.casebook.open_operations()
    assert desk.casebook.verify_journal().whole
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 0


def test_a_start_on_a_full_disk_names_the_room(tmp_path: Path, made_profile: Path) -> None:
    """SQLite calls it a failing disk when the memory that readers share does not fit."""
    folder = Path(shutil.copytree(made_profile, tmp_path / "penuh"))
    before = (folder / "casebook.db").read_bytes()
    with full(folder), pytest.raises(Hindered) as told:
        OpenProfile(ProfileStart(folder), SetClock())
    assert "ruang" in f"{told.value.message} {told.value.remedy}".lower()
    assert (folder / "casebook.db").read_bytes() == before
    OpenProfile(ProfileStart(folder), SetClock()).close()
