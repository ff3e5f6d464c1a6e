"""The staff register: imported from the personnel office's sheet, never from the request under check."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Reader
from lockdesk.desk.values.facts import SheetProblem
from lockdesk.desk.values.person_fields import BY_NAME, PERSON_FIELDS
from lockdesk.errors import Declined
from lockdesk.pki.values import parse_serial, serial_hex
from lockdesk.words import N_, _


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """The first rows of a sheet and the column proposed for each field (field → column number)."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: Mapping[str, int]


class Register:
    """Imports sheets. Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office, reader: Reader) -> None:
        self._casebook = casebook
        self._office = office
        self._reader = reader

    def preview(self, content: bytes, name: str) -> SheetPreview:
        """Raises Declined when the file is neither XLSX nor CSV, or holds no header row."""
        rows = self._rows(content, name)
        return SheetPreview(rows[0], tuple(rows[1:6]), proposed_mapping(rows[0]))

    def import_sheet(
        self, content: bytes, name: str, mapping: Mapping[str, int], source: str, as_of: date | None = None
    ) -> int:
        """Imports a sheet as `import_rows` does."""
        return self.import_rows(self._rows(content, name), mapping, source.strip() or name, as_of)

    def import_rows(
        self,
        rows: Sequence[Sequence[str]],
        mapping: Mapping[str, int],
        source: str,
        as_of: date | None = None,
        actor: str = "",
    ) -> int:
        """Imports every row that has an NIP or NIK; returns how many. One transaction, one journal entry. The first
        row is the header.

        `as_of` is the date that the sheet itself bears (today when None): a number counts for the call-back
        only when it predates the request. A date to come is Declined.
        """
        today = self._office.today()
        if as_of is not None and as_of > today:
            raise Declined(_("Tanggal data berada di masa depan."), _("Periksa tanggal data."))
        if "name" not in mapping or not {"nip", "nik"} & set(mapping):
            raise Declined(
                _("Kolom nama dan NIP atau NIK belum dipilih."), _("Pilih kolomnya, lalu impor."),
                code="register.mapping",
            )  # fmt: skip
        people = [_person(row, mapping) for row in rows[1:]]
        kept = tuple(person for person in people if person is not None)
        if not kept:
            raise Declined(_("Tidak ada baris dengan NIP atau NIK."), _("Periksa pilihan kolom."))
        write = c.ImportRegister(kept, source, as_of or today)
        note = JournalNote(
            "register.imported",
            {"rows": len(kept), "source": write.source, "as_of": write.recorded_on.isoformat()},
        )
        self._casebook.commit(c.Change(self._office.now(), actor or self._office.actor(), note, (write,)))
        return len(kept)

    def _rows(self, content: bytes, name: str) -> tuple[tuple[str, ...], ...]:
        """Raises Declined, and Unreachable when files cannot be opened safely."""
        sheet = self._reader.read_sheet(content)
        if sheet.problem is not SheetProblem.NONE:
            message, remedy = _PROBLEMS[sheet.problem]
            raise Declined(_(message).format(name=name), _(remedy), code=f"register.{sheet.problem.value}")
        if len(sheet.rows) < 2:
            raise Declined(_("Berkas tidak memuat data."), _("Baris pertama harus berisi judul kolom."))
        return sheet.rows


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


def proposed_mapping(headers: Sequence[str]) -> Mapping[str, int]:
    """Field → column by the header's words."""
    normal = [re.sub(r"[\s_]+", " ", header.casefold()).strip(" .:") for header in headers]
    found: dict[str, int] = {}
    for field in PERSON_FIELDS:
        for index, header in enumerate(normal):
            if header in field.heads and index not in found.values():
                found[field.name] = index
                break
    return found


def _person(row: Sequence[str], mapping: Mapping[str, int]) -> c.RegisterPerson | None:
    cells = {name: BY_NAME[name].clean(row[place]) for name, place in mapping.items() if place < len(row)}
    key = cells.get("nip") or cells.get("nik")
    if not key or not cells.get("name"):
        return None
    serials = {
        serial_hex(max(parse_serial(part)))
        for part in re.split(r"[,;\n]+", cells.pop("serial", ""))
        if parse_serial(part)
    }
    return c.RegisterPerson(key, {name: text for name, text in cells.items() if text}, tuple(serials))
