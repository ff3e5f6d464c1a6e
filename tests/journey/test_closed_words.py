"""What a closed case says of its end, in the tone of it."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.desk.desk import Desk
from lockdesk.ui.widgets.cards import Notice
from tests.helpers.desk.steps import receive
from tests.helpers.window.real_window import real_window, show_case


def _withdraw(desk: Desk, case_id: int) -> None:
    desk.review.withdraw(case_id, "Pemohon ingat kembali passphrase-nya.")


def _reject(desk: Desk, case_id: int) -> None:
    desk.review.reject(case_id, ("Nama pada CSR bukan nama pemohon.",))


@pytest.mark.parametrize(("end", "tone"), [(_withdraw, "quiet"), (_reject, "bad")])
def test_only_an_end_by_which_somebody_was_refused_is_red(
    qtbot: QtBot, profile: OpenProfile, end: Callable[[Desk, int], None], tone: str
) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    end(desk, case_id)
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        (said,) = (item for item in window.cases.panel.verification.findChildren(Notice) if item.isVisible())
        assert said.property("tone") == tone
