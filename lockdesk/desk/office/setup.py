"""Settings and the calendar: what the office changes by itself, every change journalled."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from lockdesk.core.journal import Fact, JournalNote
from lockdesk.core.roles import RETENTION_CONFIRMED
from lockdesk.dated_rules import KINDS
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.decree import Decree, is_leave, knows_leave, national_days
from lockdesk.desk.office.office import PROGRAM, SETTING_DESK, SETTING_MAIL, SETTING_OFFICE, Office
from lockdesk.desk.office.rule_writes import confirms, rule_writes
from lockdesk.desk.office.stored import desk_of, desk_text
from lockdesk.desk.values.cases import CaseFilter, CaseView
from lockdesk.desk.values.complaints import ComplaintView, LimitDays
from lockdesk.desk.values.office import ClosedDay, OfficersVersion
from lockdesk.errors import Declined
from lockdesk.office_file import read_office_file
from lockdesk.settings import DeskSettings, Officer, parse_office
from lockdesk.words import _


class Setup:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office) -> None:
        self._casebook = casebook
        self._office = office

    def save(self, settings: DeskSettings, actor: str = "") -> None:
        """Stores officers, complaints officer and behaviour; old prints keep old names.

        Raises Declined for new dates of service that run backwards, or by which nobody serves today.
        """
        before = self._office.settings
        if (settings.officers, settings.heads) != (before.officers, before.heads):
            self._require_served(settings)
        self._put(SETTING_DESK, desk_text(settings), actor)

    def _require_served(self, settings: DeskSettings) -> None:
        for officer in (*settings.officers, *settings.heads):
            if officer.until is not None and officer.until < officer.since:
                raise Declined(
                    _("Masa tugas {name} berakhir sebelum dimulai.").format(name=officer.name),
                    _("Perbaiki tanggal bertugas."),
                    code="settings.officer_dates",
                )
            if bool(officer.letter_number) is not bool(officer.letter_date):
                raise Declined(
                    _("Surat tugas {name} belum lengkap.").format(name=officer.name),
                    _("Isi nomor dan tanggal surat tugas."),
                    code="settings.officer_letter",
                )
        settings.officer_on(self._office.today())
        self._require_heads(settings)

    def _require_heads(self, settings: DeskSettings) -> None:
        known = {head.nip for head in self._office.settings.heads}
        for head in settings.heads:
            if head.nip in self._office.own_ways - known:  # else a substitute's would be the head's without the code
                raise Declined(
                    _("{name} sudah mempunyai frasa sandi perorangan.").format(name=head.name),
                    _("Cabut frasa sandi itu, simpan sebagai kepala, lalu buat lagi dengan kode pemulihan."),
                    code="settings.head_own_way",
                )
            if any(officer.nip == head.nip and _together(officer, head) for officer in settings.officers):
                raise Declined(
                    _("{name} tidak dapat menjadi petugas dan kepala pada hari yang sama.").format(name=head.name),
                    _("Akhiri masa tugas sebagai petugas, atau catat kepala yang lain."),
                    code="settings.head_officer",
                )

    def officers_past(self) -> tuple[OfficersVersion, ...]:
        """Every list of officers that ever held, the one recorded last first."""
        found: list[OfficersVersion] = []
        for stored in self._casebook.settings_under(SETTING_DESK):
            officers = desk_of(stored.value).officers
            if not found or found[-1].officers != officers:
                found.append(OfficersVersion(officers, stored.recorded_at, stored.actor))
        return tuple(reversed(found))

    def office_text(self) -> str:
        return self._office.office_text()

    def save_office(self, text: str, actor: str = "") -> None:
        """Stores a new office profile; what is dated in it holds from today on. Raises Declined when it cannot be
        read."""
        parse_office(text)
        office = self._office
        dated: list[c.Write] = []
        if office.settings.officers:  # a profile that is being set up has no past
            before, after = office.dated.base, read_office_file(text)
            for rule, kind in KINDS.items():
                if kind.of(before) != kind.of(after):
                    if confirms(rule, kind.of(after)):
                        office.require(JournalNote(RETENTION_CONFIRMED))
                    dated += rule_writes(office, rule, office.today(), kind.of(after))
        self._put(SETTING_OFFICE, text, actor, *dated)
        if dated:
            self.move_deadlines()

    def _put(self, name: str, value: str, actor: str, *others: c.Write) -> None:
        note = JournalNote("setting.changed", {"name": name})
        writes = (c.SetSetting(name, value), *others)
        self._casebook.commit(c.Change(self._office.now(), actor or self._office.actor(), note, writes))
        self._office.forget()

    def simulate_post(self, actor: str) -> None:
        """Practice: from now on mails arrive, and messages go, in a mailbox that is simulated."""
        self._put(SETTING_MAIL, self._office.now().isoformat(), actor)

    # ── closed days ──
    def closed_days(self, year: int) -> tuple[ClosedDay, ...]:
        return self._casebook.closed_days(year)

    def add_closed_day(self, day: date, reason: str) -> None:
        self._day(c.PutClosedDay(day, reason, manual=True), "calendar.closed")

    def remove_closed_day(self, day: date) -> None:
        self._day(c.OpenClosedDay(day, removed=True), "calendar.opened")

    def restore_closed_day(self, day: date) -> None:
        """Takes a removal back: the day is closed again, for the reason and from the source that it had."""
        self._day(c.OpenClosedDay(day, removed=False), "calendar.closed")

    def _day(self, write: c.PutClosedDay | c.OpenClosedDay, kind: str) -> None:
        facts: dict[str, Fact] = {"day": write.day.isoformat()}
        if isinstance(write, c.PutClosedDay):
            facts["reason"] = write.reason
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), JournalNote(kind, facts), (write,)))
        self._office.forget()
        self.move_deadlines()

    def import_decree(self, decree: Decree) -> None:
        """Puts in the days of a joint decree; what the officer has put in or taken out stays."""
        note = JournalNote("calendar.imported", {"days": len(decree.days), "source": decree.name})
        writes = tuple(c.PutClosedDay(day, reason, manual=False, source=decree.name) for day, reason in decree.days)
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, writes))
        self._office.forget()
        self.move_deadlines()

    def move_deadlines(self) -> None:
        """A changed calendar moves the deadlines of open cases only; what has ended stays as it was."""
        self._move_complaint_limits()
        for case_filter in (CaseFilter.NEEDS_ACTION, CaseFilter.WAITING):
            key = None
            moved: list[tuple[CaseView, datetime]] = []
            while True:
                page = self._casebook.page(case_filter, key, 200)
                moved += [found for row in page.rows if (found := self._moved(row.id)) is not None]
                key = page.next_key
                if key is None:
                    break
            # Written after reading: a moved deadline changes the order that the pages follow.
            for case, due in moved:
                note = JournalNote("case.deadline_moved", {"due": due.isoformat()})
                write = c.SetDeadline(case.complete_at, due)
                self._casebook.commit(
                    c.Change(self._office.now(), self._office.actor(), note, (write,), case_id=case.id)
                )

    def _move_complaint_limits(self) -> None:
        moved: list[tuple[ComplaintView, LimitDays]] = []
        key = None
        while True:
            page = self._casebook.complaint_page("open", key, 200)
            for row in page.rows:
                complaint = self._casebook.complaint(row.id)
                limits = self._office.complaint_limits(complaint.form.complaint_class, complaint.received_at)
                if complaint.verify_on is None:
                    limits = LimitDays(None, None, limits.due_on)
                if limits != LimitDays(complaint.verify_on, complaint.respond_on, complaint.due_on):
                    moved.append((complaint, limits))
            key = page.next_key
            if key is None:
                break
        for complaint, limits in moved:
            note = JournalNote("complaint.limits_moved", {"due": limits.due_on.isoformat()})
            change = c.Change(self._office.now(), self._office.actor(), note, (c.SetComplaintLimits(limits),))
            self._casebook.commit(replace(change, complaint_id=complaint.id))

    def _moved(self, case_id: int) -> tuple[CaseView, datetime] | None:
        case = self._casebook.case(case_id)
        start = case.complete_at or case.received_at
        pauses = tuple(pause for pause in case.pauses if pause.end is not None)
        due = self._office.due(start, pauses)
        return None if due == case.due_at else (case, due)

    def keep_calendar(self, actor: str = PROGRAM) -> None:
        """Imports the holidays of this year and the next, each when it comes: deadlines reach into the next one.

        A year whose joint leave is known is left alone, and so is every day that an officer has put in or taken out.
        """
        if not self._office.works:
            return
        year = self._office.today().year
        missing = [wanted for wanted in (year, year + 1) if self._brings_more(wanted)]
        for wanted in missing:
            self.import_holidays(wanted, actor)
        if missing:
            self.move_deadlines()

    def _brings_more(self, year: int) -> bool:
        """Nothing was imported yet, or a newer calendar of the program knows the joint leave by now."""
        days = self._casebook.closed_days(year)
        if all(closed.manual or closed.source for closed in days):
            return not any(closed.source for closed in days)
        return not knows_leave(days) and any(is_leave(reason) for reason in national_days(year).values())

    def import_holidays(self, year: int, actor: str) -> None:
        """Adds the national holidays and joint leave of a year; manual rows stay as they are."""
        writes = tuple(c.PutClosedDay(day, name, manual=False) for day, name in sorted(national_days(year).items()))
        note = JournalNote("calendar.imported", {"year": year, "days": len(writes)})
        self._casebook.commit(c.Change(self._office.now(), actor, note, writes))
        self._office.forget()

    # ── the training CA's behaviour ──
    def behaviour(self) -> Mapping[str, str]:
        return self._office.settings.training_behaviour

    def set_behaviour(self, behaviour: Mapping[str, str]) -> None:
        self.save(replace(self._office.settings, training_behaviour=dict(behaviour)))


def _together(one: Officer, other: Officer) -> bool:
    """Whether both serve on a common day."""
    first = max(one.since, other.since)
    return one.serves_on(first) and other.serves_on(first)
