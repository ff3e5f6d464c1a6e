"""Pemberitahuan kegagalan pelindungan data pribadi (UU 27/2022 art. 46), to the people concerned and the authority."""

from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.values.privacy import BREACH_PARTS, Breach
from lockdesk.desk.values.sheets import Footer, Section, Sheet, SheetRow
from lockdesk.words import _


def breach_notice(parts: SheetParts, breach: Breach, footer: Footer) -> Sheet:
    """Its mandatory parts, and until when it is to be given."""
    return Sheet(
        number=breach.number,
        rows=(
            SheetRow(_("Diketahui"), parts.moment(breach.known_at), strong=True),
            SheetRow(_("Diberitahukan paling lambat"), parts.moment(breach.due_at), _("3 × 24 jam sejak diketahui")),
            SheetRow(_("Kepada"), _("Subjek data pribadi dan lembaga pelindungan data pribadi")),
        ),
        footer=footer,
        sections=tuple(Section(_(part.words), (getattr(breach, part.name),)) for part in BREACH_PARTS),
        signatures=(
            parts.head_signature(_("Mengetahui,")),
            parts.officer_signature(),
        ),
    )
