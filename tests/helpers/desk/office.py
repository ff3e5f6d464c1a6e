"""The office of the tests: its morning, a clock that is set, its settings."""

from datetime import UTC, date, datetime, timedelta

from lockdesk.app import shipped_office
from lockdesk.settings import DeskSettings, Officer

MONDAY = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
"""Monday, 23 November 2026, 08.05 WIB: the samples' morning."""


class SetClock:
    """A clock that stands where it is put and moves when told."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


def office_settings(practice: bool = True) -> DeskSettings:
    officer = Officer("Contoh Petugas", "198501012010011001", "Pranata Komputer", date(2026, 1, 1))
    shipped = shipped_office()
    return DeskSettings(
        office=shipped.office,
        officers=(officer,),
        complaints_officer="Contoh Pejabat",
        complaints_officer_phone="0812-0000-0001",
        practice=practice,
    )


SUBSTITUTE = Officer(
    "Pengganti Rekaan", "199001012015011002", "Pranata Komputer", date(2026, 11, 23), date(2026, 11, 24),
    letter_number="800/12/XI/2026", letter_date=date(2026, 11, 20),
)  # fmt: skip
"""Who is on duty for two days."""
