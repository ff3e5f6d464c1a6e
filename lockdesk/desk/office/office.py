"""The office as the desk needs it: settings in force, the calendar, who acts, the clock."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lockdesk.core.service_hours import Calendar, DeadlineRule, Promise
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.gateway_fields import GatewayChoice
from lockdesk.desk.office.stored import choice_of, desk_of
from lockdesk.desk.ports import Clock, Trust
from lockdesk.errors import Declined
from lockdesk.settings import DeskSettings, OfficeProfile, Officer, parse_office
from lockdesk.words import N_, _

SETTING_OFFICE, SETTING_DESK, SETTING_GATEWAY = "office", "desk", "gateway"
SETTING_MAIL, SETTING_NOTICES = "mail", "notices"
PROGRAM = "LockDesk"
"""Who acts where nobody asked for it, or is signed in yet: the journal names the program."""
DEFAULT_GATEWAY, DEFAULT_NAMED = "portal", N_("portal {ca}")
"""The way BSrE works today: a person acts in its portal, the program proves the result."""


class Office:
    """Settings and calendar, read once and again after every change."""

    def __init__(self, casebook: Casebook, clock: Clock, default_office: Callable[[], str], practice: bool) -> None:
        """`practice` is what the profile is bound to be, never what a setting says."""
        self.casebook = casebook
        self.clock = clock
        self._practice = practice
        self._default_office = default_office
        self._settings: DeskSettings | None = None
        self.fault: Declined | None = None
        """Why the stored office profile cannot be used; None as long as it can."""
        self._calendar: Calendar | None = None

    @property
    def settings(self) -> DeskSettings:
        if self._settings is None:
            self._settings = self._read()
        return self._settings

    @property
    def calendar(self) -> Calendar:
        if self._calendar is None:
            office = self.settings.office
            closed = {row.day: row.reason for row in self.casebook.closed_days(None)}
            self._calendar = Calendar(office.zone, office.weekly, closed)
        return self._calendar

    @property
    def promise(self) -> Promise:
        office = self.settings.office
        return Promise(DeadlineRule(office.deadline_rule), office.cut_off)

    @property
    def zone(self) -> ZoneInfo:
        return self.settings.office.zone

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        return self.now().astimezone(self.zone).date()

    def officer(self) -> Officer:
        """The officer serving today; raises Declined when nobody does."""
        return self.settings.officer_on(self.today())

    def actor(self) -> str:
        """The name that the journal records."""
        return self.settings.acting_on(self.today()).name

    def gateway_choice(self) -> GatewayChoice:
        """The gateway that a working profile uses, as last set."""
        chosen = choice_of(self.casebook.setting(SETTING_GATEWAY) or "")
        return chosen or GatewayChoice(DEFAULT_GATEWAY, {})

    def posts(self) -> bool:
        """Whether the office has a mail account, from which messages are sent."""
        return bool(self.casebook.setting(SETTING_MAIL))

    def trust(self) -> Trust:
        """Whose signatures on letters count now."""
        office = self.settings.office
        return Trust(office.trust_anchors, office.revocation_lists, self.now())

    def forget(self) -> None:
        """Reads everything anew at the next use."""
        self._settings = None
        self._calendar = None

    def office_text(self) -> str:
        return self.casebook.setting(SETTING_OFFICE) or self._default_office()

    def _office(self) -> OfficeProfile:
        """What an earlier version took and this one refuses must not lock the office out: then the shipped profile
        holds until the settings are put right."""
        self.fault = None
        try:
            return parse_office(self.office_text())
        except Declined as error:
            self.fault = error
            return parse_office(self._default_office())

    def _read(self) -> DeskSettings:
        stored = desk_of(self.casebook.setting(SETTING_DESK) or "")
        return DeskSettings(
            office=self._office(),
            officers=stored.officers,
            complaints_officer=stored.complaints_officer,
            complaints_officer_phone=stored.complaints_officer_phone,
            practice=self._practice,
            training_behaviour=stored.training_behaviour,
        )


CLOSED_WORDS = {
    "weekend": N_("bukan hari kerja"),
    "outside_hours": N_("di luar jam layanan"),
    "break": N_("istirahat"),
    "open": N_("dihitung"),
}


def closed_reason(reason: str) -> str:
    """The words for a skipped interval: a holiday's own name, or the kind of time."""
    return _(CLOSED_WORDS.get(reason, reason))
