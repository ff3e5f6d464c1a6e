"""Formulir darurat: what the counter writes down while there is no power, and what the applicant takes home."""

from dataclasses import replace

from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.prints.sheet_texts import NEVER_TELL, SERVICE
from lockdesk.desk.values.emergency import EmergencyForms
from lockdesk.desk.values.person_fields import REQUEST_FIELDS
from lockdesk.desk.values.sheets import Footer, Section, Sheet, SheetRow, Signature
from lockdesk.words import _

_SHORT, _LONG = "………………", "……………………………………………………"


def emergency_forms(_parts: SheetParts, forms: EmergencyForms, footer: Footer) -> Sheet:
    """A page for each form."""
    first, *others = (_form(number, footer) for number in forms.numbers)
    return replace(first, following=tuple(others))


def _form(number: str, footer: Footer) -> Sheet:
    when = _("tanggal {line} pukul {line}").format(line=_SHORT)
    asked = (_(field.label) for field in REQUEST_FIELDS if field.name != "key_fingerprint")
    return Sheet(
        number=number,
        title=_("Formulir darurat permohonan"),
        rows=(
            SheetRow(_("Layanan"), _(SERVICE)),
            SheetRow(_("Diterima"), when),
            *(SheetRow(words, blank=1) for words in asked),
            SheetRow(_("Berkas yang diserahkan"), blank=1),
            SheetRow(_("Diberi tahu lewat"), blank=1),
            SheetRow(_("Keterangan"), blank=1),
            SheetRow(_("Tanda tangan pemohon"), blank=1),
        ),
        footer=footer,
        sections=(
            Section(
                _("Tanda terima sementara {number}, untuk pemohon").format(number=number),
                (
                    _("Permohonan {name} diterima {when}.").format(name=_LONG, when=when),
                    _(
                        "Nomor kasus diberikan begitu permohonan ini dicatat; batas waktunya tetap dihitung sejak saat "
                        "penerimaan di atas. Tanyakan dengan nomor formulir ini."
                    ),
                ),
                cut=True,
            ),
        ),
        warning=_(NEVER_TELL),
        signatures=(Signature((_("Petugas,"),), ""),),
    )
