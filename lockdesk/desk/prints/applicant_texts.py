"""What is given to applicants: how to apply, the letter to be signed, the sheet on which whoever is told signs."""

from dataclasses import replace
from itertools import groupby

from lockdesk.core.cases import Route
from lockdesk.core.identity import print_nip
from lockdesk.demands import Demand
from lockdesk.desk.prints.sheet_parts import SheetParts, flagged
from lockdesk.desk.prints.sheet_texts import NEVER_TELL, SERVICE, handed_over_to, head_rows, paper_number
from lockdesk.desk.requests.standing import standing
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.person_fields import BY_NAME
from lockdesk.desk.values.sheets import Footer, Sheet, SheetRow, Signature
from lockdesk.settings import OfficeProfile
from lockdesk.words import DAYS, N_, _, time_words, zone_words

_DOTS = "……………………………"
_SHOWN_DIGITS = 16
"""Of the key's SHA-256 fingerprint, its last ones: what a letter names it by."""
_ITEM_OF_DEMAND = {"statement": "letter", "csr": "csr", "certificate": "serial"}
"""Lines of the checklist that an office may not ask for, by what the profile calls it."""

_FORGOTTEN = (
    N_("Saya pemilik sertifikat elektronik dengan nomor seri tersebut di atas."),
    N_("Saya lupa passphrase sertifikat elektronik tersebut, dan tidak ada orang lain yang mengetahuinya."),
    N_("Saya memohon pencabutan sertifikat elektronik tersebut dengan alasan lupa passphrase."),
)
_COMPROMISED = (
    N_("Saya pemilik sertifikat elektronik dengan nomor seri tersebut di atas."),
    N_("Passphrase sertifikat elektronik tersebut mungkin diketahui orang lain."),
    N_("Saya memohon pencabutan sertifikat elektronik tersebut karena kunci privatnya tidak aman lagi."),
)
_RESET = N_("Saya memohon reset passphrase sertifikat elektronik tersebut; sertifikatnya tetap berlaku.")
_REISSUE = N_("Saya memohon penerbitan ulang sertifikat elektronik, dengan CSR terlampir bila diminta.")
_TRUE = N_("Pernyataan ini saya buat dengan sebenarnya.")
_ACCEPTED = N_("Saya menerima segala akibat pencabutan tersebut, dan pernyataan ini saya buat dengan sebenarnya.")
_PERSON = ("name", "nip", "nik", "position", "agency", "email", "phone")


def statement(parts: SheetParts, case: CaseView | None, footer: Footer) -> Sheet:
    """The letter of somebody at the counter: filled in from the register and the CSR, never from a mail or letter under
    check, a dotted line wherever those say nothing. The NIK is always written by the applicant's own hand."""
    letter = _COMPROMISED if case is not None and case.compromised else _FORGOTTEN
    stays = case is not None and case.route is Route.VERIFIER_RESET
    said = (*letter[:2], _RESET, _TRUE) if stays else (*letter, _REISSUE, _ACCEPTED)
    name, nip = (_known(case, field) for field in ("name", "nip"))
    rows = [
        *([SheetRow(_("Nomor kasus"), paper_number(parts, case))] if case is not None else []),
        *_letter_rows(parts.settings.office, case),
    ]
    return Sheet(
        number="",
        title=_("Surat pernyataan dan permohonan pencabutan sertifikat elektronik") if letter is _COMPROMISED else "",
        rows=tuple(rows),
        # The officer is no party to this letter: whoever reads it must not take his NIP for the applicant's.
        footer=replace(footer, printed=_("Formulir dicetak {when}.").format(when=parts.moment(parts.at))),
        paragraphs=(
            _("Dengan ini saya menyatakan:"),
            *(f"  {n}. {_(words)}" for n, words in enumerate(said, 1)),
        ),
        warning=_(NEVER_TELL),
        signatures=(
            Signature((_("Mengetahui,"), _("atasan langsung,")), "", "NIP"),
            Signature((f"{_DOTS}, {_DOTS}", _("Yang menyatakan,")), name, f"NIP {print_nip(nip)}" if nip else "NIP"),
        ),
    )


def _known(case: CaseView | None, name: str) -> str:
    return case.register.text(name) if case is not None and case.register is not None else ""


def _letter_rows(office: OfficeProfile, case: CaseView | None) -> list[SheetRow]:
    demands = office.demands
    rows = [_to_fill(_("Nomor surat"))] if demands.letter_number is not Demand.NOT_ASKED else []
    for name in _PERSON:
        if name != "nik":
            known = _known(case, name)
            rows.append(_to_fill(_(BY_NAME[name].label), BY_NAME[name].shown(known) if known else ""))
        elif demands.nik is not Demand.NOT_ASKED:
            rows.append(_to_fill("NIK"))
    if demands.serial is not Demand.NOT_ASKED:
        rows.append(_to_fill(_("Nomor seri sertifikat"), _serial(case), digits=True))
    if demands.fingerprint is not Demand.NOT_ASKED:
        csr = case.facts.csr.facts if case is not None else None
        rows.append(
            _to_fill(_("Sidik jari kunci CSR"), f"… {csr.key.sha256[-_SHOWN_DIGITS:]}" if csr else "", digits=True)
        )
    return rows


def _to_fill(label: str, text: str = "", digits: bool = False) -> SheetRow:
    return SheetRow(label, text, digits=digits, blank=0 if text else 1)


def _serial(case: CaseView | None) -> str:
    """The one certificate that the CA or the register knows of the person; of several none is chosen for him."""
    if case is None:
        return ""
    if case.old_certificate is not None:
        return case.old_certificate.facts.serial_hex
    known = case.register.serials if case.register is not None else ()
    return known[0] if len(known) == 1 else ""


def notice_receipt(parts: SheetParts, case: CaseView, footer: Footer) -> Sheet:
    """What was said at the counter, to be signed by whoever was told."""
    asked = next((str(line.facts["asked"]) for line in case.history if "asked" in line.facts), "")
    waiting = any(pause.end is None for pause in case.pauses)
    return Sheet(
        number=paper_number(parts, case),
        rows=(
            *head_rows(parts, case),
            SheetRow(_("Yang disampaikan"), standing(case, parts.zone)),
            *([SheetRow(_("Kelengkapan"), asked)] if asked and waiting else []),
            SheetRow(_("Disampaikan kepada"), blank=1),
            SheetRow(_("Jabatan atau hubungan"), blank=1),
            SheetRow(_("Biaya"), _("Gratis")),
        ),
        footer=footer,
        warning=_(NEVER_TELL),
        signatures=(handed_over_to(_("Yang diberi tahu,")), parts.officer_signature()),
    )


def how_to_apply(parts: SheetParts, _subject: None, footer: Footer) -> Sheet:
    """What to send, where to, when, what follows; all of it the office profile's."""
    office = parts.settings.office
    asked = [
        flagged(item.asked or item.words, item.identifier == "csr" and office.csr_to_confirm)
        for item in office.checklist
        if _is_asked(office, item.identifier)
    ]
    domains = ", ".join(office.mail_domains)
    return Sheet(
        number="",
        rows=(
            SheetRow(_("Layanan"), _(SERVICE)),
            SheetRow(_("Kirim e-mail ke"), parts.office_email() or "–", strong=True),
            SheetRow(_("Dari"), _("kotak surat dinas pemohon ({domains})").format(domains=domains)),
        ),
        footer=footer,
        paragraphs=(
            f"# {_('Yang diperlukan')}",
            *(f"{n}. {words}" for n, words in enumerate(asked, 1)),
            f"# {_('Jam layanan')}",
            *hours_lines(office, parts),
            f"# {_('Waktu dan biaya')}",
            _("Batas waktu dihitung satu hari kerja sejak berkas lengkap. Biaya: gratis."),
        ),
        warning=_(NEVER_TELL),
    )


def _is_asked(office: OfficeProfile, identifier: str) -> bool:
    name = _ITEM_OF_DEMAND.get(identifier)
    return name is None or getattr(office.demands, name) is not Demand.NOT_ASKED


def hours_lines(office: OfficeProfile, parts: SheetParts) -> tuple[str, ...]:
    """ "Senin–Kamis 08.00–12.00 dan 13.00–15.45 WIB": days beside each other with the same hours in one line."""
    zone = zone_words(parts.at, parts.zone)
    lines = []
    for spans, group in groupby(range(len(DAYS)), lambda day: office.weekly.get(day, ())):
        days = list(group)
        if spans:
            names = _(DAYS[days[0]]) + (f"–{_(DAYS[days[-1]])}" if len(days) > 1 else "")
            hours = f" {_('dan')} ".join(f"{time_words(first)}–{time_words(last)}" for first, last in spans)
            lines.append(f"{names} {hours} {zone}")
    return tuple(lines)
