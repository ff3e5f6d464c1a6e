"""What a closed case says of its end, in the tone of it."""

import pytest
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.ui.widgets.cards import Notice
from tests.helpers.desk.steps import receive
from tests.helpers.window.real_window import real_window, show_case


@pytest.mark.parametrize(("end", "tone"), [("withdraw", "quiet"), ("reject", "bad")])
def test_only_an_end_that_somebody_was_refused_is_red(qtbot: QtBot, profile: OpenProfile, end: str, tone: str) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    if end == "withdraw":
        desk.review.withdraw(case_id, "Pemohon ingat kembali passphrase-nya.")
    else:
        desk.review.reject(case_id, ("Nama pada CSR bukan nama pemohon.",))
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        (said,) = (item for item in window.cases.panel.verification.findChildren(Notice) if item.isVisible())
        assert said.property("tone") == tone
