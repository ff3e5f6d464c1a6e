"""Imports sheets into the staff register, and changes it by hand: with source, day and a journal entry."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lockdesk.core.journal import Fact, JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Reader
from lockdesk.desk.register.heads import Heads, find_heads, people_in
from lockdesk.desk.register.planning import SLICE, Follow, ImportPlan, plan, read_people, unfollowed
from lockdesk.desk.values.facts import SheetProblem, SheetTable
from lockdesk.desk.values.register import Origin, RegisterPerson, RegisterView
from lockdesk.errors import Declined
from lockdesk.words import N_, _


@dataclass(frozen=True, slots=True)
class OpenedSheet:
    """A file as it was read. `proposed`: which of its tables is the one with people."""

    name: str
    sha256: str
    tables: tuple[SheetTable, ...]
    proposed: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """On what an import rests."""

    source: str
    as_of: date
    """The day that the sheet itself bears."""
    whole_office: bool = False
    """The officer confirmed that it is the list of everybody in the office."""


class Register:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office, reader: Reader) -> None:
        self._casebook = casebook
        self._office = office
        self._reader = reader

    def open_sheet(self, content: bytes, name: str) -> OpenedSheet:
        """Raises Declined when the file is neither XLSX nor CSV, or holds nobody, and Unreachable when files cannot be
        opened safely."""
        sheet = self._reader.read_sheet(content)
        if sheet.problem is not SheetProblem.NONE:
            message, remedy = _PROBLEMS[sheet.problem]
            raise Declined(_(message).format(name=name), _(remedy), code=f"register.{sheet.problem.value}")
        if not any(len(table.rows) > 1 for table in sheet.tables):
            raise Declined(_("Berkas tidak memuat data."), _("Baris pertama harus berisi judul kolom."))
        return OpenedSheet(name, hashlib.sha256(content).hexdigest(), sheet.tables, people_in(sheet.tables))

    def plan(
        self,
        table: SheetTable,
        heads: Heads,
        mapping: Mapping[str, int],
        terms: Terms,
        follow: Follow = unfollowed,
    ) -> ImportPlan:
        """What an import would do; nothing is written. Raises Declined, and Stopped when `follow` says so."""
        if "name" not in mapping or not {"nip", "nik"} & set(mapping):
            raise Declined(
                _("Kolom nama dan NIP atau NIK belum dipilih."), _("Pilih kolomnya, lalu impor."),
                code="register.mapping",
            )  # fmt: skip
        people, remarks = read_people(table, heads, mapping)
        if not people and not remarks:
            raise Declined(_("Tidak ada baris dengan NIP atau NIK."), _("Periksa pilihan kolom."))
        return plan(people, remarks, self._origin(terms, by=""), self._casebook.register_matching, follow)

    def import_people(
        self,
        people: Sequence[RegisterPerson],
        terms: Terms,
        sha256: str = "",
        follow: Follow = unfollowed,
        actor: str = "",
    ) -> int:
        """Writes people, a slice at a time so that nothing else waits, each slice with its journal entry; returns how
        many. When `follow` stops it, what was written stays: the same sheet finds it unchanged later on."""
        origin = self._origin(terms, actor or self._office.actor())
        facts: dict[str, Fact] = {
            "source": origin.source, "as_of": origin.recorded_on.isoformat(), "whole_office": origin.whole_office,
            "of": len(people), **({"sha256": sha256} if sha256 else {}),
        }  # fmt: skip
        done = 0
        while done < len(people) and follow(done, len(people)):
            part = tuple(people[done : done + SLICE])
            note = JournalNote("register.imported", {"rows": len(part), **facts})
            self._commit(note, c.PutPeople(part, replace(origin, entered_at=self._office.now())), actor=origin.by)
            done += len(part)
        follow(done, len(people))
        return done

    def import_table(self, table: SheetTable, terms: Terms, actor: str = "") -> int:
        """A sheet of our own, whose heads are known and in which everybody stands once."""
        heads = find_heads(table.rows)
        planned = self.plan(table, heads, heads.mapping, terms)
        return self.import_people(planned.people(()), terms, actor=actor)

    def view(self, entry_id: int) -> RegisterView:
        return self._casebook.register_view(entry_id)

    def _origin(self, terms: Terms, by: str) -> Origin:
        """Raises Declined for a date to come, and without a source."""
        if terms.as_of > self._office.today():
            raise Declined(_("Tanggal data berada di masa depan."), _("Periksa tanggal data."))
        if not terms.source.strip():
            raise Declined(_("Sumber data belum diisi."), _("Sebutkan dari mana data ini."))
        return Origin(terms.source.strip(), terms.as_of, self._office.now(), terms.whole_office, by)

    def _commit(self, note: JournalNote, write: c.Write, case_id: int | None = None, actor: str = "") -> int:
        change = c.Change(self._office.now(), actor or self._office.actor(), note, (write,), case_id)
        return self._casebook.commit(change).created_id or 0


_PROBLEMS = {
    SheetProblem.UNREADABLE: (
        N_("Berkas {name} tidak dapat dibaca sebagai XLSX atau CSV."),
        N_("Simpan ulang sebagai XLSX atau CSV (UTF-8)."),
    ),
    SheetProblem.TOO_LARGE: (
        N_("Berkas {name} terlalu besar untuk data kepegawaian."),
        N_("Simpan ulang hanya dengan kolom dan baris yang diperlukan, atau bagi menjadi beberapa berkas."),
    ),
}
