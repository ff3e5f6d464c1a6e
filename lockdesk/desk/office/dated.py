"""The office profile on any day, and the calendar that follows from all of them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from lockdesk.core.service_hours import Calendar, HoursOverride, HoursVersion
from lockdesk.dated_rules import RuleVersion, file_on
from lockdesk.office_file import OfficeFile
from lockdesk.settings import OfficeProfile, profile_of


class DatedOffice:
    """Every profile is made once, when it is first asked for."""

    def __init__(self, base: OfficeFile, versions: Sequence[RuleVersion]) -> None:
        self.base = base
        self.versions = versions
        """In the order of their recording."""
        self.changes = sorted({version.since for version in versions})
        self._made: dict[int, OfficeProfile] = {}
        self.zone = ZoneInfo(base.kantor.zona_waktu)

    def on(self, day: date) -> OfficeProfile:
        place = bisect_right(self.changes, day)
        if place not in self._made:
            self._made[place] = profile_of(self.file_on(day))
        return self._made[place]

    def file_on(self, day: date) -> OfficeFile:
        return file_on(day, self.base, self.versions)


def calendar_of(dated: DatedOffice, closed: Mapping[date, str]) -> Calendar:
    """The calendar over every version of the hours."""
    first, *later = [_hours(day, dated.on(day)) for day in (date.min, *dated.changes)]
    return Calendar(dated.zone, first.weekly, closed, first.overrides, later)


def _hours(since: date, office: OfficeProfile) -> HoursVersion:
    overrides = [HoursOverride(row.first, row.last, row.weekly(), row.sebab) for row in office.special_hours]
    return HoursVersion(since, office.weekly, overrides)
