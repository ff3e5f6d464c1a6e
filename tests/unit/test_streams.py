"""What the program prints, wherever it goes: into a file on Windows, into few signs, and where nobody listens."""

import io
import os
import subprocess
import sys

import pytest

from lockdesk.plain import make_plain

WORDS = "✓ Kartu → “selesai” …"


def test_on_windows_a_file_or_a_pipe_gets_utf_8_whatever_the_code_page() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp1252")
    make_plain(stream, windows=True)
    stream.write(WORDS)
    stream.flush()
    assert raw.getvalue().decode("utf-8") == WORDS


def test_elsewhere_a_stream_keeps_its_encoding_and_prints_what_stands_for_a_sign() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    make_plain(stream, windows=False)
    stream.write(WORDS)
    stream.flush()
    assert raw.getvalue() == b'v Kartu -> "selesai" ...'


@pytest.mark.skipif(sys.platform == "win32", reason="Windows closes no descriptor before a start")
@pytest.mark.parametrize("words", [("--version",), ("inspect", "--json", "tidak-ada.eml"), ("verify-log", "tidak-ada")])
def test_a_program_without_any_output_ends_as_it_would_with_one(words: tuple[str, ...]) -> None:
    def close_all() -> None:
        for descriptor in (0, 1, 2):
            os.close(descriptor)

    command = [sys.executable, "-m", "lockdesk", *words]
    heard = subprocess.run(command, capture_output=True, check=False).returncode
    unheard = subprocess.run(command, preexec_fn=close_all, check=False).returncode
    assert heard == unheard and heard in (0, 2)
