"""Imports sheets into the staff register, and changes it by hand: with source, day and a journal entry."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from lockdesk.core.journal import Fact, JournalNote, Words
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.checks.holders import is_proved_of, known_person, stated_fields
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Gateway, NamedBytes, Reader
from lockdesk.desk.reasons import required
from lockdesk.desk.register.heads import Heads, find_heads, people_in
from lockdesk.desk.register.planning import SLICE, Follow, ImportPlan, plan, read_people, serials_in, unfollowed
from lockdesk.desk.values.facts import SheetProblem, SheetTable
from lockdesk.desk.values.people import Applicant, RegisterEntry
from lockdesk.desk.values.person_fields import BY_NAME, fault_in, nik_fault, nip_fault
from lockdesk.desk.values.register import Origin, RegisterPerson, RegisterView
from lockdesk.errors import Declined
from lockdesk.pki.certificates import issued_by, parse_certificate
from lockdesk.pki.values import SubjectFacts
from lockdesk.records import dataclass
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


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody whom a certificate names and the register does not know."""

    id: int
    """Its place among the strangers."""
    fields: Mapping[str, str]
    """What the certificate says, by the names of PERSON_FIELDS."""
    source: str


@dataclass(frozen=True, slots=True)
class CertificatesTaken:
    """How many serial numbers now stand with their people, whose nobody knows, and how many another CA has signed."""

    known: int
    strangers: tuple[Stranger, ...]
    of_others: int


class Register:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office, reader: Reader, gateway: Callable[[], Gateway]) -> None:
        self._casebook = casebook
        self._office = office
        self._reader = reader
        self._gateway = gateway

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
        people, remarks = read_people(table, heads, mapping, follow)
        if not people and not remarks:
            raise Declined(_("Tidak ada baris dengan NIP atau NIK."), _("Periksa pilihan kolom."))
        made = plan(people, remarks, self._origin(terms, by=""), self._casebook.register_matching, follow)
        return replace(made, known=self._casebook.register_page("", None, 1).total)

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

    def import_certificates(self, files: Sequence[NamedBytes]) -> CertificatesTaken:
        """Adds the serial numbers of certificates to the people whom they name by NIP, NIK or office e-mail. Only
        what the CA of this profile has signed is believed. Raises Declined where a file holds none of them, and what
        the CA's connection raises."""
        issuer = self._gateway().issuer_chain()[0]
        ders = self._reader.read_certificates(files)
        issued = [parse_certificate(der) for der in ders if issued_by(der, issuer)]
        if not issued:
            raise Declined(
                _("Tidak ada sertifikat dari CA ini di dalam berkas."),
                _("Pilih berkas sertifikat (.cer, .crt, .pem, .p7b) yang diterbitkan CA yang tersambung."),
                code="register.no_certificate",
            )
        owners = [(facts, self._owner(facts.subject)) for facts in issued]
        known = [(facts, owner) for facts, owner in owners if owner is not None]
        new = tuple(
            RegisterPerson({}, (facts.serial_hex,), owner.id)
            for facts, owner in known
            if facts.serial_hex not in owner.serials
        )
        source = f"sertifikat dari {parse_certificate(issuer).subject.common_name}"
        if new:
            origin = self._origin(Terms(source, self._office.today()), self._office.actor())
            facts_kept: dict[str, Fact] = {"rows": len(new), "of": len(ders), "source": source}
            self._commit(JournalNote("register.certificates_imported", facts_kept), c.PutPeople(new, origin))
        unknown = (
            stated_fields(facts.subject) | {"serial": facts.serial_hex} for facts, owner in owners if owner is None
        )
        strangers = tuple(Stranger(place, fields, source) for place, fields in enumerate(unknown))
        return CertificatesTaken(len(known), strangers, len(ders) - len(issued))

    def _owner(self, subject: SubjectFacts) -> RegisterEntry | None:
        """The one person in service whom a certificate names, and nothing in it contradicts."""
        stated = stated_fields(subject)
        found = self._casebook.register_find(stated["nik"], stated["nip"], stated["email"])
        proved = [entry for entry in found if is_proved_of(subject, known_person(Applicant(), entry))]
        return proved[0] if len(proved) == 1 else None

    # ── by hand ──
    def view(self, entry_id: int) -> RegisterView:
        return self._casebook.register_view(entry_id)

    def put(
        self, entry_id: int | None, fields: Mapping[str, str], source: str, reason: str, case_id: int | None = None
    ) -> int:
        """Adds a person (`entry_id` None), or changes the fields given; returns the entry's id. The source is never the
        request under check. Raises Declined."""
        clean = {name: BY_NAME[name].clean(text) for name, text in fields.items()}
        before = self.view(entry_id).entry if entry_id is not None else None
        self._refuse_faults(clean, before)
        serials = serials_in(clean.pop("serial", ""))
        changed = {name: text for name, text in clean.items() if text != (before.text(name) if before else "")}
        origin = self._by_hand(source, reason)
        facts: dict[str, Fact] = {
            "source": Words(origin.source), "reason": Words(origin.reason), "fields": " ".join(sorted(changed)),
        }  # fmt: skip
        kind = "register.changed" if before else "register.added"
        write = c.PutPeople((RegisterPerson(changed, serials, entry_id),), origin)
        return self._commit(JournalNote(kind, self._about(entry_id, facts)), write, case_id)

    def retire(self, entry_id: int, reason: str, retired: bool = True) -> None:
        """The person is no longer in service (a request finds him or her no more), or is again. Raises Declined."""
        kind = "register.retired" if retired else "register.reinstated"
        note = JournalNote(kind, self._about(entry_id, {"reason": required(reason)}))
        self._commit(note, c.RetirePerson(entry_id, retired))

    def merge(self, kept_id: int, merged_id: int, reason: str) -> None:
        """Two entries are one person: what the kept one says holds, what it lacks comes from the other one. Raises
        Declined."""
        origin = self._by_hand("gabungan dua data", reason)
        facts: dict[str, Fact] = {"merged": merged_id, "reason": Words(origin.reason)}
        note = JournalNote("register.merged", self._about(kept_id, facts))
        self._commit(note, c.MergePeople(kept_id, merged_id, origin))

    def _refuse_faults(self, fields: Mapping[str, str], before: RegisterEntry | None) -> None:
        """Raises Declined for what nobody can be called or numbered, and for a number that is somebody else's."""
        texts = {name: fields.get(name, before.text(name) if before else "") for name in BY_NAME}
        if not texts["name"] or not (texts["nip"] or texts["nik"]):
            raise Declined(_("Nama dan NIP atau NIK belum diisi."), _("Lengkapi, lalu simpan."))
        faults = (nip_fault(texts["nip"]) if texts["nip"] else "", nik_fault(texts["nik"]) if texts["nik"] else "",
                  *(fault_in(name, fields.get(name, "")) for name in BY_NAME))  # fmt: skip
        for fault in filter(None, faults):
            raise Declined(fault, _("Perbaiki, lalu simpan."), code="register.fault")
        nips, niks = ([texts[name]] if texts[name] else [] for name in ("nip", "nik"))
        own = before.id if before is not None else None
        others = [other for other in self._casebook.register_matching(nips, niks, ()) if other.id != own]
        if others:
            raise Declined(
                _("NIP atau NIK ini sudah ada dalam data kepegawaian: {name}.").format(name=others[0].text("name")),
                _("Ubah data yang sudah ada, atau gabungkan keduanya."),
                code="register.known",
            )

    def _by_hand(self, source: str, reason: str) -> Origin:
        origin = self._origin(Terms(source, self._office.today()), self._office.actor())
        return replace(origin, reason=required(reason))

    @staticmethod
    def _about(entry_id: int | None, facts: Mapping[str, Fact]) -> dict[str, Fact]:
        return {**({"entry": entry_id} if entry_id is not None else {}), **facts}

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
