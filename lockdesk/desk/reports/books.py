"""The register books (buku register) of cases and of complaints: filtered, shown, printed and exported.

An export leaves its own journal entry (UU 27/2022 art. 31). No book holds a whole NIK, and none says who a confidential
complainant is.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, tzinfo

from lockdesk.core.cases import STATE_LABELS, CaseState
from lockdesk.core.complaints import (
    CHANNEL_LABELS,
    CLASS_LABELS,
    COMPLAINT_STATE_LABELS,
    KIND_LABELS,
    SATISFACTION_LABELS,
    ComplaintState,
)
from lockdesk.core.identity import mask_nik, print_nip
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.core.quarters import Bounds, Quarter, bounds
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.reports.definitions import INTAKE_LABELS, ROUTES_IN_BOOK
from lockdesk.desk.reports.figures import net_time, open_time
from lockdesk.desk.reports.words import moment_in_cell, promise_words
from lockdesk.desk.requests.calls import STAND_INS
from lockdesk.desk.values.complaints import ComplaintView
from lockdesk.desk.values.reports import Book, BookCase, BookClosing, BookColumn, BookFilter, BookFormat, BookKind
from lockdesk.words import MONTHS, N_, _, date_words, duration_words, in_indonesian, number_words

_C, _S = CaseState, ComplaintState
BOOK_STATES: dict[BookKind, dict[str, tuple[str, frozenset[str]]]] = {
    BookKind.CASES: {
        "running": (
            N_("Masih berjalan"),
            frozenset(CaseState) - {_C.COMPLETED, _C.RESOLVED_OTHERWISE, _C.REJECTED, _C.WITHDRAWN},
        ),
        "completed": (N_("Selesai"), frozenset({_C.COMPLETED, _C.RESOLVED_OTHERWISE})),
        "rejected": (N_("Ditolak"), frozenset({_C.REJECTED})),
        "withdrawn": (N_("Ditarik kembali"), frozenset({_C.WITHDRAWN})),
    },
    BookKind.COMPLAINTS: {
        "open": (N_("Belum selesai"), frozenset(ComplaintState) - {_S.RESOLVED}),
        "resolved": (N_("Selesai"), frozenset({_S.RESOLVED})),
    },
    BookKind.SAMPLES: {role.value: (words, frozenset({role})) for role, words in STAND_INS.items()},
}
"""What a book can be narrowed to: its words, and the states that belong to it."""
_WHOLE_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
TITLES = {
    BookKind.CASES: N_("Permohonan"),
    BookKind.COMPLAINTS: N_("Pengaduan"),
    BookKind.SAMPLES: N_("Uji petik konfirmasi telepon"),
}


def period(chosen: BookFilter) -> tuple[date, date]:
    """The first and the last day of what a filter takes."""
    if chosen.quarter:
        quarter = Quarter(chosen.year, chosen.quarter)
        return quarter.first, quarter.last
    first = date(chosen.year, chosen.month or 1, 1)
    following = date(chosen.year + chosen.month // 12, chosen.month % 12 + 1, 1) if chosen.month else None
    return first, date.fromordinal((following or date(chosen.year + 1, 1, 1)).toordinal() - 1)


def period_words(chosen: BookFilter) -> str:
    """ "TW IV 2026", "November 2026" or "2026", and which state where not all."""
    words = f"{_(MONTHS[chosen.month - 1])} {chosen.year}" if chosen.month else str(chosen.year)
    words = Quarter(chosen.year, chosen.quarter).words if chosen.quarter else words
    return f"{words}, {_(BOOK_STATES[chosen.kind][chosen.state][0]).lower()}" if chosen.state else words


def closing_words(closing: BookClosing, zone: tzinfo) -> str:
    """When a year's book was closed, with what, and what goes on."""
    words = _("Buku {year} ditutup {day}: {rows} catatan, nomor terakhir {last}.")
    text = words.format(
        year=closing.year, day=date_words(closing.at.astimezone(zone).date()), rows=number_words(closing.rows),
        last=closing.last or "–",
    )  # fmt: skip
    going = _("{open} masih berjalan dan tetap bernomor sama.").format(open=number_words(closing.open))
    return f"{text} {going}" if closing.open else text


class Books:
    """Reads the books and hands them out. Called on worker threads."""

    def __init__(
        self,
        casebook: Casebook,
        office: Office,
        export: Callable[[Book, BookFormat], bytes],
        closing_of: Callable[[int, BookKind], BookClosing | None],
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._export = export
        self._closing_of = closing_of

    def read(self, chosen: BookFilter) -> Book:
        """The book as it is shown: cases by their reception, complaints and calls by their date."""
        span = bounds(*period(chosen), self._office.calendar)
        makers = {
            BookKind.CASES: self._cases,
            BookKind.COMPLAINTS: self._complaints,
            BookKind.SAMPLES: self._samples,
        }
        part = chosen.quarter or chosen.month or chosen.state
        closing = None if part else self._closing_of(chosen.year, chosen.kind)
        return replace(
            makers[chosen.kind](chosen, span), closed=closing_words(closing, self._office.zone) if closing else ""
        )

    def export(self, chosen: BookFilter, form: BookFormat) -> bytes:
        """The book as a file; the journal says what left, how many rows, and the file's digest."""
        with in_indonesian():
            book = self.read(chosen)
            content = self._export(book, form)
        facts: dict[str, Fact] = {
            "book": chosen.kind.value,
            "period": "-".join(str(part) for part in (chosen.year, chosen.quarter, chosen.month)),
            "state": chosen.state,
            "rows": len(book.rows),
            "format": form.value,
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        note = JournalNote("book.exported", facts)
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note))
        return content

    def _kept(self, chosen: BookFilter, state: str) -> bool:
        return not chosen.state or state in BOOK_STATES[chosen.kind][chosen.state][1]

    def _cases(self, chosen: BookFilter, span: Bounds) -> Book:
        found = [item for item in self._casebook.book_cases(span) if self._kept(chosen, item.fact.state)]
        columns = (
            BookColumn(_("Nomor"), 2.0),
            BookColumn(_("Diterima"), 1.3),
            BookColumn(_("Nama"), 1.45),
            BookColumn("NIP", 2.05),
            BookColumn("NIK", 1.45),
            BookColumn(_("Unit kerja"), 1.6),
            BookColumn(_("Kanal"), 0.65),
            BookColumn(_("Cara penanganan"), 1.15),
            BookColumn(_("Status"), 0.9),
            BookColumn(_("Berakhir"), 1.3),
            BookColumn(_("Lama layanan"), 0.9),
            BookColumn(_("Batas waktu"), 0.9),
        )
        facts = [item.fact for item in found]
        now = self._office.now()
        clock = open_time(facts, now, self._office.calendar)

        def row(item: BookCase) -> tuple[str, ...]:
            fact = item.fact
            lasted = duration_words(net_time(fact, now, clock)) if fact.closed_at is not None else ""
            due = self._at(fact.due_at) if fact.closed_at is None else ""
            return (
                fact.number,
                self._at(fact.received_at),
                item.name,
                print_nip(item.nip),
                mask_nik(item.nik),
                fact.agency,
                _(INTAKE_LABELS[fact.channel]),
                _(ROUTES_IN_BOOK[fact.route]),
                _(STATE_LABELS[fact.state]),
                self._at(fact.closed_at),
                lasted,
                promise_words(fact.on_time, due),
            )

        ids = tuple(fact.id for fact in facts)
        return Book(_(TITLES[chosen.kind]), period_words(chosen), columns, tuple(map(row, found)), ids)

    def _complaints(self, chosen: BookFilter, span: Bounds) -> Book:
        found = [item for item in self._casebook.book_complaints(span) if self._kept(chosen, item.state)]
        columns = (
            BookColumn(_("Nomor"), 1.4),
            BookColumn(_("Diterima"), 1.2),
            BookColumn(_("Pengadu"), 1.5),
            BookColumn(_("Kanal"), 1.0),
            BookColumn(_("Jenis"), 1.5),
            BookColumn(_("Uraian"), 3.2),
            BookColumn(_("Kasus terkait"), 1.4),
            BookColumn(_("Status"), 1.2),
            BookColumn(_("Batas"), 1.1),
            BookColumn(_("Selesai"), 1.2),
            BookColumn(_("Kepuasan"), 1.0),
        )
        ids = tuple(item.id for item in found)
        rows = tuple(map(self._complaint, found))
        return Book(_(TITLES[chosen.kind]), period_words(chosen), columns, rows, ids)

    def _samples(self, chosen: BookFilter, span: Bounds) -> Book:
        found = [item for item in self._casebook.book_calls(span) if self._kept(chosen, str(item.call.through))]
        columns = (
            BookColumn(_("Nomor"), 1.8),
            BookColumn(_("Ditelepon"), 1.2),
            BookColumn(_("Pemohon"), 1.5),
            BookColumn(_("Unit kerja"), 1.5),
            BookColumn(_("Dikonfirmasi oleh"), 2.0),
            BookColumn(_("Sebagai"), 1.2),
            BookColumn(_("Nomor telepon"), 1.4),
            BookColumn(_("Alasan"), 2.6),
            BookColumn(_("Petugas"), 1.3),
        )
        rows = tuple(
            (
                item.number,
                self._at(item.call.at),
                item.name,
                item.agency,
                item.call.reached,
                _(STAND_INS[item.call.through]) if item.call.through is not None else "",
                item.call.number,
                item.call.note,
                item.call.officer,
            )
            for item in found
        )
        ids = tuple(item.case_id for item in found)
        return Book(_(TITLES[chosen.kind]), period_words(chosen), columns, rows, ids)

    def _complaint(self, item: ComplaintView) -> tuple[str, ...]:
        """The case that a confidential complaint is about, and what it tells, would say whose it is."""
        form, hidden = item.form, _("dirahasiakan")
        secret = form.confidential
        return (
            item.number,
            self._at(item.received_at),
            hidden if secret else form.name,
            _(CHANNEL_LABELS[form.channel]),
            f"{_(KIND_LABELS[form.kind])}, {_(CLASS_LABELS[form.complaint_class]).lower()}",
            hidden if secret else _WHOLE_NIK.sub(lambda found: mask_nik(found[0]), form.description),
            hidden if secret else form.case_number,
            _(COMPLAINT_STATE_LABELS[item.state]),
            f"{item.due_on:%d-%m-%Y}",
            self._at(item.resolved_at),
            _(SATISFACTION_LABELS[item.satisfaction]) if item.resolved_at is not None else "",
        )

    def _at(self, at: datetime | None) -> str:
        return moment_in_cell(at, self._office.zone)
