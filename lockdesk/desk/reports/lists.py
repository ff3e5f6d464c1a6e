"""The lists as files, as they are shown: their rows and order, in Indonesian, nothing that a list does not say.

An export leaves its own journal entry, with how many rows left and the file's digest.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from lockdesk.core.cases import STATE_LABELS
from lockdesk.core.complaints import CHANNEL_LABELS, COMPLAINT_STATE_LABELS
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.core.operations import OPERATION_LABELS
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.reports.words import moment_in_cell, promise_words
from lockdesk.desk.values.cases import CaseRow
from lockdesk.desk.values.complaints import ComplaintRow
from lockdesk.desk.values.listing import Key, ListChoice
from lockdesk.desk.values.reports import Book, BookColumn, BookFormat, Subject
from lockdesk.words import _, in_indonesian

_ROWS_AT_ONCE = 2_000
Page = Callable[..., Any]
"""Given a filter, the key after which the page begins, how many rows, a view."""


class Lists:
    """Hands the lists out. Called on worker threads."""

    def __init__(
        self,
        casebook: Casebook,
        office: Office,
        cases: Page,
        complaints: Page,
        export: Callable[[Book, BookFormat], bytes],
    ) -> None:
        self._casebook, self._office, self._export = casebook, office, export
        self._pages = {Subject.CASE: cases, Subject.COMPLAINT: complaints}

    def export(self, subject: Subject, choice: ListChoice, form: BookFormat) -> bytes:
        """Every row of the list, not only those read so far."""
        rows = self._rows(subject, choice)
        makers: dict[Subject, Callable[[Iterator[Any]], Book]] = {
            Subject.CASE: self._cases,
            Subject.COMPLAINT: self._complaints,
        }
        with in_indonesian():
            book = makers[subject](rows)
            content = self._export(book, form)
        view = choice.view
        facts: dict[str, Fact] = {
            "list": subject.value,
            "filter": choice.within,
            "narrowed": bool(view.origin or view.state),
            "from": view.first.isoformat() if view.first is not None else "",
            "until": view.last.isoformat() if view.last is not None else "",
            "rows": len(book.rows),
            "format": form.value,
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        note = JournalNote("list.exported", facts)
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note))
        return content

    def _rows(self, subject: Subject, choice: ListChoice) -> Iterator[Any]:
        key: Key | None = None
        while True:
            page = self._pages[subject](choice.within, key, _ROWS_AT_ONCE, choice.view)
            yield from page.rows
            key = page.next_key
            if key is None:
                return

    def _cases(self, rows: Iterator[CaseRow]) -> Book:
        columns = (
            BookColumn(_("Nomor"), 2.0),
            BookColumn(_("Nama"), 2.0),
            BookColumn(_("Unit kerja"), 2.2),
            BookColumn(_("Status"), 1.4),
            BookColumn(_("Hasil di CA"), 1.4),
            BookColumn(_("Diterima"), 1.3),
            BookColumn(_("Batas waktu"), 1.3),
            BookColumn(_("Menunggu sejak"), 1.3),
            BookColumn(_("Berakhir"), 1.3),
            BookColumn(_("Ketepatan"), 1.0),
        )
        texts = tuple(
            (
                row.number,
                row.name,
                row.agency,
                _(STATE_LABELS[row.state]),
                _(OPERATION_LABELS[row.operation]) if row.operation is not None else "",
                self._at(row.received_at),
                self._at(row.due_at),
                self._at(row.waiting_since),
                self._at(row.closed_at),
                promise_words(row.on_time),
            )
            for row in rows
        )
        return Book(_("Daftar kasus"), "", columns, texts)

    def _complaints(self, rows: Iterator[ComplaintRow]) -> Book:
        columns = (
            BookColumn(_("Nomor"), 2.0),
            BookColumn(_("Pengadu"), 2.0),
            BookColumn(_("Kanal"), 1.3),
            BookColumn(_("Status"), 1.6),
            BookColumn(_("Diterima"), 1.3),
            BookColumn(_("Batas berikutnya"), 1.2),
            BookColumn(_("Selesai"), 1.3),
            BookColumn(_("Ketepatan"), 1.0),
        )
        texts = tuple(
            (
                row.number,
                _("dirahasiakan") if row.confidential else row.name,
                _(CHANNEL_LABELS[row.channel]),
                _(COMPLAINT_STATE_LABELS[row.state]),
                self._at(row.received_at),
                f"{row.next_on:%d-%m-%Y}" if row.resolved_at is None else "",
                self._at(row.resolved_at),
                promise_words(row.on_time),
            )
            for row in rows
        )
        return Book(_("Daftar pengaduan"), "", columns, texts)

    def _at(self, at: datetime | None) -> str:
        return moment_in_cell(at, self._office.zone)
