"""What Windows does otherwise, tried wherever the tests run: drags without files, names of devices."""

import struct
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lockdesk.desk.values.office import DeskStatus
from lockdesk.errors import Declined
from lockdesk.machine_risk import AcceptedRisk
from lockdesk.ownfile import saveable
from lockdesk.ui.running.files import dropped_paths, read_files
from lockdesk.ui.running.handed import MOST, keep, names_in
from lockdesk.ui.shell.status_line import StatusLine
from tests.helpers.window.people import NOW
from tests.ui.conftest import MakeWindow

NAMES = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
CONTENT = 'application/x-qt-windows-mime;value="FileContents";index={}'


def descriptor(*names: str) -> bytes:
    entries = (bytes(72) + name.encode("utf-16-le").ljust(520, b"\0") for name in names)
    return struct.pack("<I", len(names)) + b"".join(entries)


def drag(*files: tuple[str, bytes]) -> QMimeData:
    data = QMimeData()
    data.setData(NAMES, descriptor(*(name for name, _content in files)))
    for place, (_name, content) in enumerate(files):
        data.setData(CONTENT.format(place), content)
    return data


def test_a_message_that_outlook_hands_over_is_read_without_a_file() -> None:
    paths = dropped_paths(drag(("Permohonan: Lupa passphrase.msg", b"isi"), (r"C:\\sana\\surat.pdf", b"%PDF-")))
    assert [file.name for file in read_files(paths)] == ["Permohonan: Lupa passphrase.msg", "surat.pdf"]
    assert [file.content for file in read_files(paths)] == [b"isi", b"%PDF-"], "read again where the officer is asked"


def test_one_whose_content_is_kept_back_says_what_to_do() -> None:
    with pytest.raises(Declined) as refused:
        read_files(dropped_paths(drag(("pesan.msg", b""))))
    assert refused.value.code == "intake.not_handed_over" and "pesan.msg" in refused.value.message


@pytest.mark.parametrize("raw", [b"", b"\1", struct.pack("<I", 9), struct.pack("<I", 0xFFFFFFFF) + bytes(600)])
def test_a_descriptor_that_promises_more_than_it_holds_names_no_more(raw: bytes) -> None:
    assert len(names_in(raw)) <= 1


def test_no_more_is_kept_than_one_request_has() -> None:
    first = keep([("satu.pdf", b"1")])[0]
    keep([(f"{n}.pdf", b"x") for n in range(MOST + 5)])
    with pytest.raises(Declined):
        read_files([first])


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("surat: lupa <passphrase>?.pdf", "surat_ lupa _passphrase__.pdf"),
        ("CON", "_CON"), ("nul.pdf", "_nul.pdf"), ("com1 .txt", "_com1 .txt"), ("COM¹.csr", "_COM¹.csr"),
        ("konsep.pdf", "konsep.pdf"), ("comma.pdf", "comma.pdf"), ("surat. . ", "surat"), ("a/b\\c.pdf", "a_b_c.pdf"),
        ("???", "___"), (" . ", "berkas"),
    ],
)  # fmt: skip
def test_a_name_that_some_system_refuses_is_not_offered(name: str, saved: str) -> None:
    assert saveable(name) == saved


def test_the_status_line_says_that_a_risk_was_accepted(qtbot: QtBot, open_window: MakeWindow) -> None:
    """At 1366 pixels too, in letters half as large again."""
    risk = AcceptedRisk(machine="a", accepted_at=NOW, name="Kepala Rekaan", nip="1", position="Kepala Bidang")
    told = DeskStatus(NOW, NOW, "CA pelatihan", True, 4, True, 0, "Contoh Petugas", False, {})
    window = open_window(percent=150)
    line = window.findChildren(StatusLine)[0]
    for status, shown in ((told, False), (replace(told, risk=risk), True), (told, False)):
        line.show_status(status, NOW)
        qtbot.wait(20)
        said = [label.text() for label in line.findChildren(QLabel) if label.isVisible()]
        assert any("risiko diterima" in words for words in said) is shown
        assert window.width() == 1366 and window.minimumSizeHint().width() <= 1366


def test_a_saved_name_makes_a_file(tmp_path: Path) -> None:
    path = tmp_path / saveable('aneh<>:"|?*.pdf')
    path.write_bytes(b"x")
    assert path.read_bytes() == b"x"
