"""Periksa cetakan: whether a print is one of ours, and which part of what stands on it was changed.

What a print says of itself is held against the journal: the number it is about, the entry it left, and how that entry's
digest begins; a signed code also says its kind and its time. Where two of the first three belong to one print, the
third was changed. A code that our key signed and that the journal does not have means that older data was put in its
place.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol
from zoneinfo import ZoneInfo

from lockdesk.core.journal import Fact, JournalNote, short_head
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Signer
from lockdesk.desk.prints.codes import PrintedCode, read_code
from lockdesk.desk.prints.recovery import RECOVERY_KIND
from lockdesk.desk.values.sheets import CODE_PART_LABELS, CheckedPrint, CodePart, Compared, PrintEntry
from lockdesk.errors import Declined
from lockdesk.records import dataclass
from lockdesk.words import N_, _, moment_words, number_words

Vouches = Callable[[int, bytes, bytes], bool]
"""Whether the key that we had when an entry was written made a signature over a statement."""


class KnownPrints(Protocol):
    """The prints that the journal has."""

    def print_entry(self, sequence: int) -> PrintEntry | None: ...

    def prints_like(self, digits: str) -> tuple[PrintEntry, ...]: ...

    def length(self) -> int:
        """How many entries the journal has."""
        ...


@dataclass(frozen=True, slots=True)
class _OfCasebook:
    casebook: Casebook

    def print_entry(self, sequence: int) -> PrintEntry | None:
        return self.casebook.print_entry(sequence)

    def prints_like(self, digits: str) -> tuple[PrintEntry, ...]:
        return self.casebook.prints_like(digits)

    def length(self) -> int:
        return self.casebook.head().count


class PrintCheck:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office, signer: Signer) -> None:
        self._casebook = casebook
        self._office = office
        self._signer = signer

    def check(self, code: str, digits: str = "") -> CheckedPrint:
        """Which print it is, what does not agree with it, and what stands on it beside what is stored; that it was
        asked is journalled, with the case whose applicant is named. Raises Declined for what is no code, or that of a
        preview."""
        read = printed_code(code, digits)
        checked = check_code(read, _OfCasebook(self._casebook), self._signer.vouches)
        facts: dict[str, Fact] = {
            "entry": read.entry,
            "changed": " ".join(checked.changed),
            "known": checked.entry is not None,
            "put_back": checked.put_back,
        }
        note = JournalNote("print.checked", facts)
        case_id = checked.entry.case_id if checked.entry is not None else None
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, case_id=case_id))
        return replace(checked, beside=compared(read, checked.entry, self._office.zone))


def printed_code(code: str, digits: str = "") -> PrintedCode:
    """The code of a print. Raises Declined for what is no code, or that of a preview."""
    read = read_code(code, digits)
    if read.entry == 0:
        raise Declined(
            _("Ini kode pratinjau, bukan cetakan."),
            _("Yang diserahkan kepada pemohon selalu dicetak; minta aslinya."),
            code="print.preview",
        )
    return read


def check_code(read: PrintedCode, prints: KnownPrints, vouches: Vouches) -> CheckedPrint:
    """Holds a code against the prints that the journal has."""
    made = prints.print_entry(read.entry)
    changed = read.changed_from(made) if made is not None else tuple(CodePart)
    if read.claim is not None:
        if not vouches(read.entry, read.claim.statement(), read.signature):
            return _unsigned(read, prints, made, changed or (CodePart.SIGNATURE,), signed=False)
        # A typed line beside the code is not signed: it may be wrong where the code is not.
        wrong = changed if set(changed) <= {CodePart.DIGITS} and _code_begins(read, made) else ()
        return CheckedPrint(made, wrong, True) if not changed or wrong else CheckedPrint(None, (), True)
    return _unsigned(read, prints, made, changed)


def _code_begins(read: PrintedCode, made: PrintEntry | None) -> bool:
    return made is not None and made.digest.upper() == read.digits[0]


def _unsigned(
    read: PrintedCode,
    prints: KnownPrints,
    made: PrintEntry | None,
    changed: tuple[CodePart, ...],
    signed: bool | None = None,
) -> CheckedPrint:
    """What only the journal can tell: two of number, entry and digest must belong to one print."""
    if not changed:
        return CheckedPrint(made, (), signed)
    others = [item for item in prints.prints_like(read.most_digits) if _is(read, item)]
    if len(others) == 1:
        return CheckedPrint(others[0], read.changed_from(others[0]) or (CodePart.SIGNATURE,), signed)
    if made is not None and not {CodePart.NUMBER, CodePart.DIGITS} <= set(changed):
        return CheckedPrint(made, changed, signed)
    ahead = read.entry > prints.length()
    return CheckedPrint(None, (CodePart.ENTRY,) if ahead else (), signed)


def _is(read: PrintedCode, item: PrintEntry) -> bool:
    return read.names(item.number) and read.begins(item.digest)


# ── what stands on the print, beside what is stored ──
_DIGIT_BY_DIGIT = frozenset({CodePart.NUMBER, CodePart.DIGITS})
_RECOVERY_TITLE = N_("Kode pemulihan")


def compared(read: PrintedCode, made: PrintEntry | None, zone: ZoneInfo) -> tuple[Compared, ...]:
    """Value by value, in the order in which a print shows them."""
    said, stored = _said(read, zone), _stored(made, zone) if made is not None else {}
    changed = read.changed_from(made) if made is not None else ()
    rows = [
        Compared(_(label), said.get(part, ""), stored.get(part, ""), part in changed, part in _DIGIT_BY_DIGIT)
        for part, label in CODE_PART_LABELS.items()
        if said.get(part) or stored.get(part)
    ]
    if made is not None:
        rows += [
            Compared(_(label), "", text)
            for label, text in ((N_("Petugas"), made.officer), (N_("Pemohon"), made.person))
            if text
        ]
    return tuple(rows)


def _said(read: PrintedCode, zone: ZoneInfo) -> dict[CodePart, str]:
    said = {
        CodePart.NUMBER: read.number,
        CodePart.ENTRY: number_words(read.entry),
        CodePart.DIGITS: short_head(read.most_digits.lower()).strip(),
    }
    if read.claim is not None:
        said |= {
            CodePart.KIND: title_of(read.claim.kind),
            CodePart.TIME: moment_words(read.claim.at, zone, weekday=False),
        }
    return said


def _stored(made: PrintEntry, zone: ZoneInfo) -> dict[CodePart, str]:
    return {
        CodePart.KIND: title_of(made.kind),
        CodePart.NUMBER: made.number,
        CodePart.TIME: moment_words(made.made_at, zone, weekday=False),
        CodePart.ENTRY: number_words(made.sequence),
        CodePart.DIGITS: short_head(made.digest),
    }


def title_of(kind: str) -> str:
    """What a kind of print is called."""
    from lockdesk.desk.prints.documents import DOCUMENTS  # the texts of all prints: only where a title is wanted

    if kind in DOCUMENTS:
        return _(DOCUMENTS[kind].title)
    return _(_RECOVERY_TITLE) if kind == RECOVERY_KIND else kind


# ── the verdict in words ──
VERDICTS = {
    "genuine": N_("Asli"),
    "changed": N_("Diubah"),
    "put_back": N_("Asli, tetapi rekam jejak dikembalikan"),
    "unknown": N_("Tidak dikenal"),
}


def verdict(checked: CheckedPrint) -> str:
    """One of VERDICTS."""
    if checked.put_back:
        return "put_back"
    if checked.entry is None:
        return "unknown"
    return "genuine" if checked.genuine else "changed"


_CHANGED = {
    CodePart.NUMBER: N_("Nomor pada kode diubah: catatan itu milik cetakan {number}."),
    CodePart.ENTRY: N_("Nomor catatan pada kode diubah: cetakan ini tercatat pada nomor {entry}."),
    CodePart.DIGITS: N_("Sidik catatan tidak sama dengan sidik cetakan itu."),
    CodePart.KIND: N_("Jenis cetakan pada kode diubah: yang tercatat {title}."),
    CodePart.TIME: N_("Waktu cetak pada kode diubah."),
    CodePart.SIGNATURE: N_("Tanda tangan pada kode bukan dari kunci profil ini."),
}
_NOWHERE = N_("Lebih dari satu bagian kode tidak cocok. Periksa sekali lagi dari kertas sebelum menganggapnya palsu.")
_AHEAD = N_(
    "Rekam jejak belum sampai ke nomor catatan itu: cetakan ini palsu, atau data pernah dikembalikan ke keadaan lama. "
    "Hubungi Kepala Bidang."
)
_PUT_BACK = N_(
    "Kode ini ditandatangani kunci profil ini, tetapi catatannya tidak ada di rekam jejak: data pernah dikembalikan ke "
    "keadaan lama. Hubungi Kepala Bidang."
)
_FORGED = N_("Tanda tangan pada kode bukan dari kunci profil ini.")


def reasons(checked: CheckedPrint) -> tuple[str, ...]:
    """Why it is not simply genuine; nothing where it is."""
    made = checked.entry
    if made is None:
        if checked.put_back:
            return (_(_PUT_BACK),)
        forged = (_(_FORGED),) if checked.signed is False else ()
        # A code that our key did not sign proves nothing about the journal.
        more = _AHEAD if CodePart.ENTRY in checked.changed and not forged else _NOWHERE
        return (*forged, _(more))
    return tuple(
        _(_CHANGED[part]).format(
            number=made.number or _("kantor"), entry=number_words(made.sequence), title=title_of(made.kind)
        )
        for part in checked.changed
    )
