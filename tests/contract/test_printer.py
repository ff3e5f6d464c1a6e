"""A real print queue: a private CUPS server on loopback, started and stopped here, and a printer's socket."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from lockdesk.app import OpenProfile
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Unreachable
from tests.helpers.desk.steps import receive
from tests.helpers.patience import PATIENT
from tests.helpers.ports import free_port

SECONDS = PATIENT
SERVER = """
Listen 127.0.0.1:{port}
Listen {socket}
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
FILES = """
ServerRoot {root}/etc
CacheDir {root}/cache
StateDir {root}/state
RequestRoot {root}/spool
TempDir {root}/tmp
AccessLog {root}/access.log
ErrorLog {root}/error.log
PageLog {root}/page.log
User {user}
Group {group}
SystemGroup root
"""


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _attempt in range(200):
        assert process.poll() is None, "cupsd ended"
        with socket.socket() as probe:
            probe.settimeout(0.1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("cupsd does not listen")


class Printer:
    """A network printer of the plainest sort: it takes what comes on its socket."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(SECONDS)
        self.port = int(self._server.getsockname()[1])

    def take(self) -> bytes:
        """The bytes of the next job."""
        connection, _address = self._server.accept()
        connection.settimeout(SECONDS)
        parts = []
        with connection:
            while part := connection.recv(65536):
                parts.append(part)
        return b"".join(parts)

    def got_nothing(self) -> bool:
        self._server.settimeout(0.5)
        try:
            self._server.accept()
        except TimeoutError:
            return True
        return False

    def close(self) -> None:
        self._server.close()


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["Printer"]:
    """A printer that keeps what it is sent; `lp` is pointed at the private server."""
    root = tmp_path / "cups"
    for name in ("etc", "cache", "state", "spool", "tmp"):
        (root / name).mkdir(parents=True)
    port, printer = free_port(), Printer()
    ours = [path for path in root.parents if path.is_relative_to(tempfile.gettempdir())][:-1]
    for path in (*root.rglob("*"), root, *ours):  # the server works as another user
        path.chmod(0o777)
    owner = ("lp", "lp") if os.geteuid() == 0 else (os.environ.get("USER", "nobody"), "nogroup")
    (root / "cupsd.conf").write_text(SERVER.format(port=port, socket=root / "cups.sock"))
    (root / "cups-files.conf").write_text(FILES.format(root=root, user=owner[0], group=owner[1]))
    daemon = shutil.which("cupsd") or "/usr/sbin/cupsd"
    process = subprocess.Popen(
        [daemon, "-f", "-c", str(root / "cupsd.conf"), "-s", str(root / "cups-files.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{port}")
        admin = shutil.which("lpadmin") or "/usr/sbin/lpadmin"
        command = [
            admin,
            "-h",
            f"127.0.0.1:{port}",
            "-p",
            "UjiPDF",
            "-E",
            "-v",
            f"socket://127.0.0.1:{printer.port}",
            "-m",
            "raw",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + (root / "error.log").read_text()
        yield printer
    finally:
        process.terminate()
        process.wait(10)
        printer.close()


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words: str = document[0].get_textpage().get_text_range()
    document.close()
    return words


def test_a_receipt_reaches_the_printer_as_text(profile: OpenProfile, queue: Printer) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    printed = desk.prints.make("receipt", case_id, PaperSize.A5)
    desk.prints.send(printed, "UjiPDF")
    taken = queue.take()
    assert taken == printed.pdf, "the queue must get the PDF itself, not a picture of it"
    assert "Sekar Contohwati" in text_of(taken)
    assert desk.casebook.verify_journal().whole


def test_an_unknown_queue_is_told_in_words(profile: OpenProfile, queue: Printer) -> None:
    printed = profile.desk.prints.make("standard", 0, PaperSize.A4)
    with pytest.raises(Unreachable, match="PDF"):
        profile.desk.prints.send(printed, "TidakAda")
    assert queue.got_nothing()
