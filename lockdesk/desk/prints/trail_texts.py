"""Rekam jejak data pemohon: what was done with a person's data, entry by entry (UU 27/2022, articles 30 to 32)."""

from dataclasses import dataclass
from datetime import date

from lockdesk.core.cases import STATE_LABELS
from lockdesk.desk.prints.history_words import entry_words, fact_words
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.prints.sheet_texts import handed_over_to, paper_number
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.person_fields import PERSON_FIELDS
from lockdesk.desk.values.sheets import Footer, Sheet, SheetRow, join_words
from lockdesk.words import _, date_words, number_words


@dataclass(frozen=True, slots=True)
class PersonTrail:
    """The case that it was asked for with, and all cases of that person, the oldest first."""

    case: CaseView
    cases: tuple[CaseView, ...]


def trail(parts: SheetParts, person: PersonTrail, footer: Footer) -> Sheet:
    """Every entry of the journal about the person's cases, oldest first, and where the register's data come from."""
    case = person.case
    entries = sum(len(item.history) for item in person.cases)
    rows = [
        SheetRow(_("Pemohon"), case.applicant.name or "–", strong=True),
        SheetRow("NIP / NIK", parts.numbers(case.applicant), digits=True),
        SheetRow(_("Data kepegawaian"), _register_words(case)),
        SheetRow(
            _("Jumlah"),
            _("{cases} kasus, {entries} catatan").format(
                cases=number_words(len(person.cases)), entries=number_words(entries)
            ),
        ),
    ]
    for item in person.cases:
        state = _(STATE_LABELS[item.state])
        rows.append(SheetRow(_("Kasus"), paper_number(parts, item), state, strong=True))
        rows += [
            SheetRow(parts.short_moment(line.at), entry_words(line), join_words((line.actor, fact_words(line))))
            for line in reversed(item.history)
        ]
    return Sheet(
        number=paper_number(parts, case),
        rows=tuple(rows),
        footer=footer,
        notes=(
            _("Lembar ini memuat seluruh pemrosesan data pribadi yang tercatat sampai saat dicetak, tanpa biaya."),
            _("Data yang keliru dapat dimintakan perbaikannya kepada petugas."),
        ),
        signatures=(handed_over_to(_("Diterima oleh pemohon,")), parts.officer_signature()),
    )


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
