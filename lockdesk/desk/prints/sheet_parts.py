"""Parts that every print shares: letterhead, signature blocks, the complaint channels."""

from datetime import datetime
from zoneinfo import ZoneInfo

from lockdesk.core.identity import mask_nik, print_nip, print_phone
from lockdesk.desk.values.facts import PagePixels
from lockdesk.desk.values.people import Applicant
from lockdesk.desk.values.sheets import Letterhead, Signature, join_words
from lockdesk.records import dataclass
from lockdesk.settings import DeskSettings, Officer
from lockdesk.words import _, clock_words, date_words, moment_words


def flagged(value: str, to_confirm: bool) -> str:
    """What was cut off or doubtful in its source is never printed as a fact."""
    return f"{value} {_('(belum dikonfirmasi)')}" if value and to_confirm else value


@dataclass(frozen=True, slots=True)
class SheetParts:
    """The office, the officer and the moment of one print."""

    settings: DeskSettings
    officer: Officer
    at: datetime
    arms: PagePixels | None = None
    whole: bool = False
    """Whether it is printed, and recorded: a preview shows a person's numbers masked."""

    @property
    def zone(self) -> ZoneInfo:
        return self.settings.office.zone

    def letterhead(self) -> Letterhead:
        office = self.settings.office
        contact = join_words(
            (
                office.address,
                _("Telepon {numbers}").format(numbers=", ".join(office.phones)) if office.phones else "",
                office.website.removeprefix("http://").removeprefix("https://"),
                self.office_email(),
            )
        )
        return Letterhead(office.government.upper(), office.unit.upper(), contact, self.arms)

    def office_email(self) -> str:
        """As the standard of service has it, flagged until somebody has confirmed it."""
        return flagged(self.settings.office.email, self.settings.office.email_to_confirm)

    def printed(self) -> str:
        """When and by whom a sheet is printed; what carries no signature of the officer names him here."""
        nip = f"NIP {print_nip(self.officer.nip)}".replace(" ", "\N{NO-BREAK SPACE}") if self.officer.nip else ""
        officer = join_words((self.officer.name, nip), ", ")
        return _("Dicetak {when} oleh {officer}.").format(when=self.moment(self.at), officer=officer)

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

    def head_signature(self, *above: str) -> Signature:
        """Of the head of section who serves today, with the prefix of who stands in; lines to be filled by hand where
        nobody is named."""
        head = self.settings.head_on(self.at.astimezone(self.zone).date())
        if head is None:
            return Signature((*above, self.settings.office.supervisor_position + ","), "", "NIP")
        return Signature((*above, f"{head.title},"), head.name, f"NIP {print_nip(head.nip)}")

    def complaint_channels(self) -> str:
        """One sentence of channels: telephone, e-mail, site, …, complaints officer."""
        settings = self.settings
        named = [f"{item.label} {flagged(item.value, item.to_confirm)}" for item in settings.office.contacts]
        if settings.complaints_officer:
            words = f"{_('pejabat pengaduan')} {settings.complaints_officer}"
            named.append(join_words((words, print_phone(settings.complaints_officer_phone)), " "))
        named.append("SP4N-LAPOR!")
        return ", ".join(named)

    @staticmethod
    def numbers(applicant: Applicant) -> str:
        """ "19900215 201903 2 999 / 3375••••••••9901"."""
        nip = print_nip(applicant.nip) if applicant.nip else "–"
        nik = mask_nik(applicant.nik) if applicant.nik else "–"
        return f"{nip} / {nik}"
