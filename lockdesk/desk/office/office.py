"""The office as the desk needs it: settings in force, the calendar, who acts, the clock."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lockdesk.core.complaints import LIMIT_KEYS, ComplaintClass
from lockdesk.core.identity import know_titles
from lockdesk.core.journal import JournalNote
from lockdesk.core.messages import MessageState
from lockdesk.core.operations import OperationState
from lockdesk.core.roles import Role, may, step_of
from lockdesk.core.service_hours import Calendar, DeadlineRule, Pause, Promise, due_with_pauses
from lockdesk.dated_rules import Rule, RuleVersion, read_rule
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.dated import DatedOffice, calendar_of
from lockdesk.desk.office.gateway_fields import GatewayChoice
from lockdesk.desk.office.stored import choice_of, desk_of
from lockdesk.desk.ports import Clock, Trust
from lockdesk.desk.values.complaints import LimitDays
from lockdesk.desk.values.office import SettingVersion
from lockdesk.errors import Declined
from lockdesk.office_file import OfficeFile, read_office_file
from lockdesk.settings import DeskSettings, OfficeProfile, Officer, usable_office_file
from lockdesk.words import N_, _

SETTING_OFFICE, SETTING_DESK, SETTING_GATEWAY = "office", "desk", "gateway"
SETTING_MAIL = "mail"
SETTING_RECOVERY = "recovery"
"""Whether the recovery code is on paper."""
RULE_PREFIX = "rule."
PROGRAM = "LockDesk"
"""Who acts where nobody asked for it, or is signed in yet: the journal names the program."""
DEFAULT_GATEWAY = "portal"
"""The way BSrE works today: a person acts in its portal, the program proves the result."""


class Office:
    """Settings and calendar, read once and again after every change."""

    def __init__(self, casebook: Casebook, clock: Clock, default_office: Callable[[], str], practice: bool) -> None:
        """`practice` is what the profile is bound to be, never what a setting says."""
        self.casebook = casebook
        self.clock = clock
        self._practice = practice
        self._default_office = default_office
        self.fault: Declined | None = None
        """Why the stored office profile cannot be used; None as long as it can."""
        self.opened_as = ""
        """Whose own passphrase opened the desk (NIP); "" the office's."""
        self.own_ways: frozenset[str] = frozenset()
        """Who has one."""
        self._begun: DatedOffice | None = None
        self._settings: DeskSettings | None = None
        self._calendar: Calendar | None = None

    @property
    def dated(self) -> DatedOffice:
        """The office profile with every version of its rules."""
        if self._begun is None:
            versions = tuple(map(_version, self.casebook.settings_under(RULE_PREFIX)))
            self._begun = DatedOffice(self._file(), versions)
        return self._begun

    def on(self, day: date) -> OfficeProfile:
        """The office profile as it holds on `day`."""
        return self.dated.on(day)

    def at(self, moment: datetime) -> OfficeProfile:
        """The office profile as it holds on the day of a moment."""
        return self.on(moment.astimezone(self.zone).date())

    @property
    def settings(self) -> DeskSettings:
        """As they hold today."""
        office = self.on(self.today())
        if self._settings is None or self._settings.office is not office:
            self._settings = self._read(office)
            know_titles(office.titles)
        return self._settings

    @property
    def calendar(self) -> Calendar:
        if self._calendar is None:
            closed = {row.day: row.reason for row in self.casebook.closed_days(None)}
            self._calendar = calendar_of(self.dated, closed)
        return self._calendar

    def due(self, start: datetime, pauses: Sequence[Pause] = ()) -> datetime:
        """The deadline of a file complete at `start`, by the rule that held then."""
        office = self.at(start)
        promise = Promise(DeadlineRule(office.deadline_rule), office.cut_off)
        return due_with_pauses(start, pauses, self.calendar, promise)

    def complaint_limits(self, complaint_class: ComplaintClass, received_at: datetime) -> LimitDays:
        """The last days for a complaint's steps, by the rule that held when it was received."""
        rule, day = self.at(received_at).limits, received_at.astimezone(self.zone).date()
        days = (rule.verifikasi, rule.tanggapan, getattr(rule, LIMIT_KEYS[complaint_class]))
        return LimitDays(*(self.calendar.working_day_after(day, count) for count in days))

    def closes_on(self, asked_at: datetime) -> date:
        """The last day on which a complainant's answer is waited for."""
        day = asked_at.astimezone(self.zone).date()
        return self.calendar.working_day_after(day, self.at(asked_at).limits.tutup_otomatis)

    @property
    def zone(self) -> ZoneInfo:
        return self.dated.zone

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        return self.now().astimezone(self.zone).date()

    def officer(self) -> Officer:
        """The officer serving today; raises Declined when nobody does."""
        acting = self.acting()
        return acting if self.works and acting.serves_on(self.today()) else self.settings.officer_on(self.today())

    @property
    def role(self) -> Role:
        """Of who is at the desk."""
        heads = {head.nip for head in self.settings.heads if head.serves_on(self.today())}
        return Role.HEAD if self.opened_as in heads else Role.OFFICER

    @property
    def works(self) -> bool:
        """Whether the officer is there, so that what goes on by itself does."""
        return self.role is Role.OFFICER

    def require(self, note: JournalNote) -> None:
        """Raises Declined, and the journal says so, where a step is not for who is at the desk. The practice profile
        knows no roles: everybody has its passphrase."""
        if self._practice or may(self.role, note):
            return
        from lockdesk.desk.changes import Change

        refused = JournalNote("role.refused", {"step": step_of(note), "role": str(self.role)})
        self.casebook.commit(Change(self.now(), self.actor(), refused))
        raise self.not_for_role()

    def not_for_role(self) -> Declined:
        """What who is at the desk is told of a step that is for the other."""
        if self.role is Role.HEAD:
            return Declined(
                _("Langkah ini dikerjakan petugas, tidak oleh Kepala Bidang."),
                _("Kunci jendela (Ctrl+L), lalu petugas masuk dengan frasa sandi kantor."),
                code="role.officer_only",
            )
        return Declined(
            _("Langkah ini hanya oleh Kepala Bidang, atau Plt. atau Plh. yang menggantikannya."),
            _("Kunci jendela (Ctrl+L), lalu Kepala Bidang masuk dengan frasa sandinya sendiri."),
            code="role.head_only",
        )

    def acting(self) -> Officer:
        """Who is at the desk: whose own passphrase opened it, else the officer."""
        return self.settings.acting_on(self.today(), self.opened_as, self.own_ways)

    def actor(self) -> str:
        """The name that the journal records."""
        return self.acting().name

    def admit(self, nip: str) -> None:
        """Whose own passphrase opens the desk from now on, "" the office's. Raises Declined outside of the days of
        the assignment."""
        found = self.settings.named(nip)
        if nip and not any(person.serves_on(self.today()) for person in found):
            raise Declined(
                _("Frasa sandi ini milik orang yang tidak sedang bertugas."),
                _("Buka dengan frasa sandi kantor, atau catat masa tugas yang baru di Pengaturan."),
                code="ways.not_serving",
            )
        self.opened_as = nip

    def hand_over(self, nip: str) -> None:
        """The same at a desk that is at work: the head waits until what was begun has its outcome, which the desk that
        began it records. From then on nothing is begun: a call follows its intent in the journal."""
        before = self.opened_as
        self.admit(nip)
        if self.role is Role.HEAD and self._call_under_way():
            self.opened_as = before
            raise Declined(
                _("Program sedang menghubungi CA atau mengirim pesan."),
                _("Tunggu sebentar, lalu masuk lagi."),
                code="ways.under_way",
            )

    def _call_under_way(self) -> bool:
        calling = any(found.state is OperationState.INTENDED for found in self.casebook.open_operations())
        return calling or bool(self.casebook.messages_in({MessageState.SENDING, MessageState.HANDED}))

    @property
    def somebody_else_serves(self) -> bool:
        """Whether somebody with an own passphrase is on duty today: then it must be asked who is there."""
        return any(
            officer.nip in self.own_ways and officer.serves_on(self.today()) for officer in self.settings.officers
        )

    def require_another(self, nip: str, email: str) -> None:
        """Nobody decides on a request of their own. Raises Declined where the applicant is who acts today."""
        acting = self.acting()
        if acting.is_applicant(nip, email):
            raise Declined(
                _("Pemohon adalah petugas yang sedang bertugas, {name}.").format(name=acting.name),
                _("Catat petugas pengganti dengan surat tugas di Pengaturan; kasus ini diputuskan olehnya."),
                code="case.own_request",
            )

    def gateway_choice(self) -> GatewayChoice:
        """The gateway that a working profile uses, as last set."""
        chosen = choice_of(self.casebook.setting(SETTING_GATEWAY) or "")
        return chosen or GatewayChoice(DEFAULT_GATEWAY, {})

    def posts(self) -> bool:
        """Whether the office has a mail account, from which messages are sent."""
        return bool(self.casebook.setting(SETTING_MAIL))

    def post_simulated_since(self) -> datetime | None:
        """In practice: from when on there is simulated post; None while there is none."""
        since = self.casebook.setting(SETTING_MAIL) if self._practice else ""
        return datetime.fromisoformat(since) if since else None

    def trust(self) -> Trust:
        """Whose signatures on letters count now."""
        office = self.settings.office
        return Trust(office.trust_anchors, office.revocation_lists, self.now())

    def forget(self) -> None:
        """Reads everything anew at the next use."""
        self._settings = None
        self._calendar = None
        self._begun = None

    def office_text(self) -> str:
        return self.casebook.setting(SETTING_OFFICE) or self._default_office()

    def _file(self) -> OfficeFile:
        """What an earlier version took and this one refuses must not lock the office out: then the shipped profile
        holds until the settings are put right."""
        self.fault = None
        try:
            return usable_office_file(self.office_text())
        except Declined as error:
            self.fault = error
            return read_office_file(self._default_office())

    def _read(self, office: OfficeProfile) -> DeskSettings:
        stored = desk_of(self.casebook.setting(SETTING_DESK) or "")
        return DeskSettings(
            office=office,
            officers=stored.officers,
            heads=stored.heads,
            complaints_officer=stored.complaints_officer,
            complaints_officer_phone=stored.complaints_officer_phone,
            practice=self._practice,
            training_behaviour=stored.training_behaviour,
        )


def _version(stored: SettingVersion) -> RuleVersion:
    rule = Rule(stored.name.removeprefix(RULE_PREFIX))
    since, value = read_rule(rule, stored.value)
    return RuleVersion(rule, since, value, stored.recorded_at, stored.actor)


CLOSED_WORDS = {
    "weekend": N_("bukan hari kerja"),
    "outside_hours": N_("di luar jam layanan"),
    "break": N_("istirahat"),
    "open": N_("dihitung"),
}


def closed_reason(reason: str) -> str:
    """The words for a skipped interval: a holiday's own name, or the kind of time."""
    return _(CLOSED_WORDS.get(reason, reason))
