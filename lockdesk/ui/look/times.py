"""Moments and spans as the officer reads them, in the office's zone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from lockdesk.core.service_hours import Calendar
from lockdesk.records import dataclass
from lockdesk.ui.look.theme import Tone
from lockdesk.words import DAYS, _, clock_words, date_words, duration_words, number_words


class Here:
    """Where the office is: its days are meant wherever none is named, whatever zone this computer is set to."""

    zone: ZoneInfo | None = None
    """None: the computer's own, until an office is chosen."""

    def today(self) -> date:
        return datetime.now(self.zone).date()


here = Here()
"""Of this process, which shows one office."""


@dataclass(frozen=True, slots=True)
class OfficeTime:
    """The office's calendar, for words only; deadlines are reckoned by the desk."""

    calendar: Calendar

    @property
    def zone(self) -> ZoneInfo:
        return self.calendar.zone

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def clock(self, at: datetime) -> str:
        """ "15.45"."""
        return clock_words(at, self.zone)

    def day_words(self, at: datetime, year: bool = False) -> str:
        """ "20 November"."""
        return date_words(self.day(at), year=year)

    def moment(self, at: datetime, now: datetime) -> str:
        """ "10.12" today, else "20 November 10.12"."""
        return self.clock(at) if self.day(at) == self.day(now) else f"{self.day_words(at)} {self.clock(at)}"

    def left(self, due: datetime, now: datetime) -> tuple[str, Tone]:
        """How long until a deadline, and how urgent that is."""
        if due < now:
            return self._late(due, now), Tone.BAD
        days = (self.day(due) - self.day(now)).days
        if days == 0:
            minutes = int((due - now).total_seconds() // 60)
            words = _("{span} lagi").format(span=duration_words(minutes))
            return (words if minutes else _("kurang dari 1 menit lagi")), Tone.WARN
        if days == 1:
            return f"{_('besok')} {self.clock(due)}", Tone.QUIET
        if days < 7:
            return f"{_(DAYS[self.day(due).weekday()])} {self.clock(due)}", Tone.QUIET
        return self.day_words(due), Tone.QUIET

    def _late(self, due: datetime, now: datetime) -> str:
        first, last = self.day(due), self.day(now)
        working = sum(
            1 for offset in range(min((last - first).days, 400))
            if self.calendar.spans(first + timedelta(days=offset + 1))
        )  # fmt: skip
        if working == 0:
            minutes = int((now - due).total_seconds() // 60)
            late = _("terlambat {span}").format(span=duration_words(minutes))
            return late if minutes else _("baru saja terlambat")
        return _days_late(working)

    def deadline(self, due: datetime, now: datetime) -> tuple[str, Tone]:
        """ "Batas Selasa 15.45 · 2 jam 15 menit lagi"."""
        words, tone = self.left(due, now)
        near = abs((self.day(due) - self.day(now)).days) < 7
        when = _(DAYS[self.day(due).weekday()]) if near else self.day_words(due)
        limit = _("Batas {when}").format(when=f"{when} {self.clock(due)}")
        days = (self.day(due) - self.day(now)).days
        if days == 1 and tone is Tone.QUIET:
            return _("Batas {when}").format(when=f"{_('besok')}, {when} {self.clock(due)}"), tone
        repeated = days >= 2
        return (limit, tone) if repeated else (f"{limit} · {words}", tone)

    def waiting(self, since: datetime, now: datetime, who: str = "") -> str:
        """ "menunggu 2 hari", or "menunggu pemohon 2 hari"; under a day in hours."""
        if now - since < timedelta(minutes=1):
            return _("baru menunggu {who}").format(who=who) if who else _("baru menunggu")
        words = _("menunggu {who} {span}") if who else _("menunggu {span}")
        return words.format(who=who, span=self.span(since, now))

    def span(self, since: datetime, now: datetime) -> str:
        """ "2 hari"; under a day in hours; "baru saja" at first."""
        days = (self.day(now) - self.day(since)).days
        if days > 0:
            return _("{days} hari").format(days=number_words(days))
        minutes = max(int((now - since).total_seconds() // 60), 0)
        return duration_words(minutes) if minutes else _("baru saja")

    def days_left(self, due: date, now: datetime) -> tuple[str, Tone]:
        """A complaint's limit: "2 hari kerja lagi", else the date."""
        today = self.day(now)
        if due < today:
            late = self._count(due, today)
            return _days_late(max(late, 1)), Tone.BAD
        if due == today:
            return _("hari ini"), Tone.WARN
        left = self._count(today, due)
        if left <= 10:
            tone = Tone.WARN if left <= 1 else Tone.QUIET
            return _days_left(left), tone
        return date_words(due, year=False), Tone.QUIET

    def _count(self, first: date, last: date) -> int:
        span = min((last - first).days, 400)
        return sum(1 for n in range(span) if self.calendar.spans(first + timedelta(days=n + 1)))


def _days_late(days: int) -> str:
    if days == 1:
        return _("terlambat 1 hari kerja")
    return _("terlambat {days} hari kerja").format(days=number_words(days))


def _days_left(days: int) -> str:
    return _("1 hari kerja lagi") if days == 1 else _("{days} hari kerja lagi").format(days=number_words(days))
