"""Another city begins with its own office file; a slip in it is told at the field."""

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lockdesk.app import DEFAULT_OFFICE
from lockdesk.resource import resource
from lockdesk.ui.shell.first_start import FirstStartWizard

SHIPPED = resource(DEFAULT_OFFICE).read_text(encoding="utf-8")


def told(wizard: FirstStartWizard) -> str:
    return "\n".join(label.text() for label in wizard.findChildren(QLabel) if not label.isHidden())


def test_another_citys_file_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = FirstStartWizard(tmp_path / "data")
    qtbot.addWidget(wizard)
    before = wizard.value.office_file
    wrong, right = tmp_path / "salah.toml", tmp_path / "tegal.toml"
    wrong.write_text(SHIPPED.replace('batas_waktu = "A"', 'batas_waktu = "D"'), encoding="utf-8")
    right.write_text(SHIPPED.replace('kota = "Kota Pekalongan"', 'kota = "Kota Rekaan"'), encoding="utf-8")
    wizard.take_office(str(wrong))
    assert "batas_waktu harus A, B, atau C, bukan D" in told(wizard) and wizard.value.office_file == before
    wizard.take_office(str(tmp_path / "tidak-ada.toml"))
    assert wizard.value.office_file == before
    wrong.write_bytes(b"\xff" * 2_000_000)
    wizard.take_office(str(wrong))
    assert "terlalu besar" in told(wizard) and wizard.value.office_file == before
    wizard.take_office(str(right))
    assert wizard.value.office_file == right and "terlalu besar" not in told(wizard)
