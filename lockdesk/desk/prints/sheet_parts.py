"""Parts that every print shares: letterhead, signature blocks, the complaint channels."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lockdesk.core.identity import mask_nik, print_nip
from lockdesk.desk.values.people import Applicant
from lockdesk.desk.values.sheets import Letterhead, Signature, join_words
from lockdesk.settings import DeskSettings, Officer
from lockdesk.words import _, clock_words, date_words, moment_words


@dataclass(frozen=True, slots=True)
class SheetParts:
    """The office, the officer and the moment of one print."""

    settings: DeskSettings
    officer: Officer
    at: datetime

    @property
    def zone(self) -> ZoneInfo:
        return self.settings.office.zone

    def letterhead(self) -> Letterhead:
        office = self.settings.office
        contact = join_words(
            (
                office.address,
                _("Telepon") + " " + ", ".join(office.phones),
                office.website.removeprefix("http://").removeprefix("https://"),
            )
        )
        return Letterhead(office.government.upper(), office.unit.upper(), contact, office.arms)

    def moment(self, at: datetime) -> str:
        return moment_words(at, self.zone)

    def short_moment(self, at: datetime) -> str:
        """ "23 November 2026 08.05", for tables."""
        return f"{date_words(at.astimezone(self.zone).date())} {clock_words(at, self.zone)}"

    def officer_signature(self) -> Signature:
        """Place and date; position; space; name underlined; NIP."""
        day = date_words(self.at.astimezone(self.zone).date())
        above = (f"{self.settings.office.place}, {day}", (self.officer.position or _("Petugas")) + ",")
        under = f"NIP {print_nip(self.officer.nip)}" if self.officer.nip else ""
        return Signature(above, self.officer.name, under)

    def complaint_channels(self) -> str:
        """One sentence of channels: telephone, e-mail, site, …, complaints officer."""
        settings = self.settings
        named = [f"{item.label} {item.value}" for item in settings.office.contacts]
        if settings.complaints_officer:
            words = f"{_('pejabat pengaduan')} {settings.complaints_officer}"
            named.append(join_words((words, settings.complaints_officer_phone), " "))
        named.append("SP4N-LAPOR!")
        return ", ".join(named)

    @staticmethod
    def numbers(applicant: Applicant) -> str:
        """ "19900215 201903 2 999 / 3375••••••••9901"."""
        nip = print_nip(applicant.nip) if applicant.nip else "–"
        nik = mask_nik(applicant.nik) if applicant.nik else "–"
        return f"{nip} / {nik}"
