"""A complaint's limit is explained by the days that count and those that do not."""

from datetime import UTC, date, datetime

from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.complaints import Channel, ComplaintClass, ComplaintKind
from lockdesk.core.service_hours import DayRun
from lockdesk.desk.values.complaints import ComplaintForm
from lockdesk.ui.complaints.limit import LimitSheet
from tests.helpers.desk.office import SetClock
from tests.helpers.window.real_window import real_window, rest

FORM = ComplaintForm(
    Channel.COUNTER, ComplaintKind.INFORMATION, ComplaintClass.INFORMATION, "Sari Rekaan", "", False,
    "Bertanya cara mengajukan permohonan", "",
)  # fmt: skip


def test_the_limit_tells_its_days(qtbot: QtBot, profile: OpenProfile, clock: SetClock) -> None:
    clock.at = datetime(2026, 12, 22, 3, tzinfo=UTC)
    complaint = profile.desk.complaints.receive(FORM)
    runs = profile.desk.reading.explain_limits(complaint)[-1].runs
    names = {row.day: row.reason for row in profile.desk.setup.closed_days(2026)}
    assert runs == (
        DayRun(date(2026, 12, 23), date(2026, 12, 23), "open"),
        DayRun(date(2026, 12, 24), date(2026, 12, 24), names[date(2026, 12, 24)]),
        DayRun(date(2026, 12, 25), date(2026, 12, 25), names[date(2026, 12, 25)]),
        DayRun(date(2026, 12, 26), date(2026, 12, 27), "weekend"),
        DayRun(date(2026, 12, 28), date(2026, 12, 31), "open"),
    )
    with real_window(qtbot, profile.desk) as window:
        window.show_complaint(complaint)
        rest(qtbot, window)
        panel = window.services.pages.complaints().panel
        button = next(b for b in panel.findChildren(QAbstractButton) if "Tampilkan cara" in b.accessibleName())
        button.click()
        rest(qtbot, window)
        sheet = window.findChildren(LimitSheet)[-1]
        told = "\n".join(item.text() for item in sheet.findChildren(QLabel))
        assert "Batas penyelesaian Kamis, 31 Desember 2026" in told
        assert "4 hari kerja dihitung" in told and names[date(2026, 12, 25)] in told and "bukan hari kerja" in told
        sheet.reject()
