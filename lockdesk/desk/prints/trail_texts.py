"""Rekam jejak data pemohon: what was done with a person's data, entry by entry (UU 27/2022, articles 30 to 32)."""

from collections.abc import Iterable, Mapping
from datetime import date

from lockdesk.core.cases import STATE_LABELS
from lockdesk.core.identity import print_nip
from lockdesk.desk.prints.history_words import entry_words, fact_words
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.prints.sheet_texts import handed_over_to, paper_number
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.people import APPLICANT_FIELDS
from lockdesk.desk.values.person_fields import BY_NAME, PERSON_FIELDS, discreet
from lockdesk.desk.values.register import RegisterView
from lockdesk.desk.values.sheets import Footer, Sheet, SheetRow, join_words
from lockdesk.records import dataclass
from lockdesk.words import _, date_words, number_words


@dataclass(frozen=True, slots=True)
class PersonTrail:
    """The case that it was asked for with, and all cases of that person, the oldest first."""

    case: CaseView
    cases: tuple[CaseView, ...]


@dataclass(frozen=True, slots=True)
class EntryTrail:
    """A person of the staff register with what was known before, and all cases of that person, the oldest first."""

    known: RegisterView
    cases: tuple[CaseView, ...]


def trail(parts: SheetParts, person: PersonTrail, footer: Footer) -> Sheet:
    """The applicant's data, every entry of the journal about the person's cases, oldest first, and where the register's
    data come from."""
    case = person.case
    return _sheet(
        parts,
        paper_number(parts, case),
        (
            SheetRow(_("Pemohon"), case.applicant.name or "–", strong=True),
            *_data_rows(parts, {name: getattr(case.applicant, name) for name in APPLICANT_FIELDS}),
            SheetRow(_("Data kepegawaian"), _register_words(case)),
        ),
        person.cases,
        footer,
    )


def person_data(parts: SheetParts, person: EntryTrail, footer: Footer) -> Sheet:
    """The register's fields with their sources and what they were before, then as `trail`."""
    entry = person.known.entry
    rows = [SheetRow(_("Nama"), entry.text("name") or "–", strong=True)]
    for field in PERSON_FIELDS:
        found = entry.fields.get(field.name)
        if found is not None and found.text and field.name != "name":
            source = f"{found.source}, {date_words(found.recorded_on)}"
            rows.append(SheetRow(_(field.label), _shown(parts, field.name, found.text), source, digits=field.mono))
    for past in person.known.past:
        label = _("{field}, sebelumnya").format(field=_(BY_NAME[past.name].label))
        until = _("sampai {moment}").format(moment=parts.short_moment(past.until))
        rows.append(SheetRow(label, _shown(parts, past.name, past.value.text) or "–", until))
    if entry.serials:
        rows.append(SheetRow(_("Nomor seri"), ", ".join(entry.serials), digits=True))
    return _sheet(parts, "", tuple(rows), person.cases, footer)


def _sheet(
    parts: SheetParts, number: str, person: tuple[SheetRow, ...], cases: tuple[CaseView, ...], footer: Footer
) -> Sheet:
    words = _("{cases} kasus, {entries} catatan")
    entries = sum(len(item.history) for item in cases)
    rows = [
        *person,
        SheetRow(_("Jumlah"), words.format(cases=number_words(len(cases)), entries=number_words(entries))),
    ]
    for item in cases:
        rows.append(SheetRow(_("Kasus"), paper_number(parts, item), _(STATE_LABELS[item.state]), strong=True))
        files = join_words([document.name for document in item.documents], ", ")
        if files:
            rows.append(SheetRow(_("Berkas"), files))
        rows += [
            SheetRow(parts.short_moment(line.at), entry_words(line), join_words((line.actor, fact_words(line))))
            for line in reversed(item.history)
        ]
    return Sheet(
        number=number,
        rows=tuple(rows),
        footer=footer,
        notes=(
            _("Lembar ini memuat data dan seluruh pemrosesannya yang tercatat sampai saat dicetak, tanpa biaya."),
            _("Data yang keliru dapat dimintakan perbaikannya kepada petugas."),
        ),
        signatures=(handed_over_to(_("Diterima oleh pemohon,")), parts.officer_signature()),
    )


def _data_rows(parts: SheetParts, texts: Mapping[str, str]) -> Iterable[SheetRow]:
    return (
        SheetRow(_(BY_NAME[name].label), _shown(parts, name, text), digits=BY_NAME[name].mono)
        for name, text in texts.items()
        if text and name != "name"
    )


def _shown(parts: SheetParts, name: str, text: str) -> str:
    """Whole on what is handed to the person; a preview masks it."""
    if not parts.whole:
        return discreet(name, text)
    return print_nip(text) if name == "nip" else text


def _register_words(case: CaseView) -> str:
    """Which fields the register holds, by their sources: what they say stands in no trail."""
    entry = case.register
    if entry is None:
        return "–"
    told: dict[tuple[str, date], list[str]] = {}
    for field in PERSON_FIELDS:
        known = entry.fields.get(field.name)
        if known is not None and known.text:
            told.setdefault((known.source, known.recorded_on), []).append(_(field.label))
    words = _("{fields} (sumber: {source}, {day})")
    return "; ".join(
        words.format(fields=", ".join(labels), source=source, day=date_words(day))
        for (source, day), labels in told.items()
    )
