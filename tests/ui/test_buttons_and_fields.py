"""What a button or a field looks like: the ink of its role, where a long text begins, fields side by side."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.ui.look.appearance import apply_appearance
from lockdesk.ui.look.preferences import Preferences
from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.forms import Field, text_field
from lockdesk.ui.widgets.parts import HintButton, line
from tests.ui.conftest import StrayWindows

LONG = "Kepala Subbagian Keuangan dan Perencanaan pada Badan Pendapatan Daerah Kota Contoh, " * 2


@pytest.fixture
def ground(qtbot: QtBot, strays: StrayWindows) -> Iterator[QWidget]:
    strays.allowed = (QWidget,)
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    made.close()


def ink(button: HintButton, words: QRect) -> str:
    """The colour that is seen most within the words, which are drawn as blocks."""
    picture = button.grab(words).toImage()
    seen = Counter(picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height()))
    return seen.most_common(1)[0][0]


@pytest.mark.parametrize(
    ("role", "checked"),
    [("", False), ("primary", False), ("destructive", False), ("accent", False), ("link", False), ("quiet", False),
     ("segment", False), ("segment", True), ("filter", False), ("filter", True)],
)  # fmt: skip
@pytest.mark.parametrize("tokens", ["light", "dark"])
def test_words_beside_a_key_have_the_ink_of_the_button_s_role(
    ground: QWidget, tokens: str, role: str, checked: bool
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_appearance(app, Preferences(theme=tokens))
    plain, keyed = HintButton("████", role=role), HintButton("████", "Ctrl+Enter", role)
    for button in (plain, keyed):
        button.setCheckable(checked)
        button.setChecked(checked)
    ground.setLayout(line((plain, keyed)))
    ground.show()
    words = plain.rect().adjusted(theme.px(16), 10, -theme.px(16), -10)
    beside = QRect(theme.px(16), words.y(), words.width(), words.height())
    assert ink(keyed, beside) == ink(plain, words)


def test_a_long_text_that_is_filled_in_shows_its_beginning(qtbot: QtBot, ground: QWidget) -> None:
    begun, filled, other = text_field(LONG), text_field(), QLineEdit()
    for edit in (begun, filled, other):
        edit.setFixedWidth(200)
    ground.setLayout(line((other, begun, filled)))
    ground.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    filled.setText(LONG)
    assert begun.cursorPosition() == filled.cursorPosition() == 0
    filled.setFocus(Qt.FocusReason.PopupFocusReason)
    assert filled.cursorPosition() == len(filled.text()), "who goes on writing goes on at its end"
    qtbot.keyClicks(filled, "x")
    assert filled.text().endswith("x")
    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert filled.cursorPosition() == 0


def test_a_fault_moves_no_field_beside_it(ground: QWidget) -> None:
    first, second = Field("Diterima sejak", text_field()), Field("Diterima sampai", text_field())
    ground.setLayout(line((first, second)))
    ground.setFixedWidth(300)
    ground.show()
    first.show_fault("Bukan tanggal. Contoh: 25-11-2026 atau 25 Nov 2026.")
    ground.adjustSize()
    assert first.widget.y() == second.widget.y()
