"""The command line where things are not as they should be: one clear sentence, the right exit code, no traceback."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lockdesk import cli
from lockdesk.desk.ports import NamedBytes
from lockdesk.errors import Unreachable
from lockdesk.reader import sealed
from lockdesk.reader.cage.lines import NoCage
from lockdesk.reader.sealed import SealedReader
from lockdesk.resource import resource, resource_root
from lockdesk.verbs import last_profile

ROOT = Path(__file__).parents[2]


def run(*arguments: str, source: Path = ROOT, **environment: str | None) -> "subprocess.CompletedProcess[bytes]":
    """The program as a person starts it, from its source; None takes a variable away."""
    known = {**os.environ, "PYTHONPATH": str(source), **environment}
    variables = {name: value for name, value in known.items() if value is not None}
    command = [sys.executable, "-m", "lockdesk", *arguments]
    return subprocess.run(command, env=variables, cwd=source, capture_output=True, timeout=120, check=False)


def said(done: "subprocess.CompletedProcess[bytes]") -> str:
    """What stands on the error stream: sentences, never where in the program."""
    words = done.stderr.decode()
    assert "Traceback" not in words and 0 < len(words.splitlines()) <= 2, words
    return words


def first_sample() -> str:
    return str(next(resource("samples").glob("01*.eml")))


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's displays")
@pytest.mark.parametrize("display", [None, ":59877"])
def test_no_display_is_said(display: str | None, tmp_path: Path) -> None:
    done = run(DISPLAY=display, WAYLAND_DISPLAY=None, QT_QPA_PLATFORM=None, HOME=str(tmp_path))
    assert "layar tidak ditemukan" in said(done) and done.returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="on Windows everything is UTF-8")
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "iso-8859-1"])
def test_a_terminal_that_knows_fewer_signs_shows_others(encoding: str) -> None:
    done = run("inspect", first_sample(), PYTHONIOENCODING=encoding)
    assert done.returncode == 0 and not done.stderr
    assert " v " in done.stdout.decode(encoding)
    done = run("inspect", "--json", first_sample(), PYTHONIOENCODING=encoding)
    assert done.returncode == 0 and json.loads(done.stdout.decode(encoding))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_output_that_cannot_be_written_is_said() -> None:
    command = [sys.executable, "-m", "lockdesk", "inspect", first_sample()]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, timeout=120, check=False)
    assert "disk penuh" in said(done) and done.returncode == 2


def test_a_missing_font_is_said(tmp_path: Path) -> None:
    copy = tmp_path / "program"
    shutil.copytree(ROOT / "lockdesk", copy / "lockdesk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(resource_root(), copy / "resources")
    (copy / "resources/fonts/IBMPlexSans-Regular.ttf").unlink()
    done = run(source=copy, QT_QPA_PLATFORM="offscreen", HOME=str(tmp_path))
    assert "fonts/IBMPlexSans-Regular.ttf tidak ada" in said(done) and done.returncode == 2


def test_a_folder_for_results_that_is_a_file_is_said(tmp_path: Path) -> None:
    file = tmp_path / "hasil"
    file.touch()
    for out in (file, file / "lagi"):
        done = run("demo", "--out", str(out))
        assert "adalah berkas, bukan folder" in said(done) and done.returncode == 2


@pytest.mark.parametrize("missing", ["tidak-ada.eml", "."])
def test_one_missing_input_of_several_stops_no_other(missing: str, tmp_path: Path) -> None:
    done = run("inspect", "--json", str(tmp_path / missing), first_sample())
    assert "tidak dapat dibaca" in said(done) and done.returncode == 2
    assert [item["file"] for item in json.loads(done.stdout)] == [Path(first_sample()).name]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no core dumps")
def test_a_crash_leaves_no_image_of_the_memory() -> None:
    words = "import resource, lockdesk.__main__ as m; m.main(); print(resource.getrlimit(resource.RLIMIT_CORE))"
    command = ["bash", "-c", f'ulimit -c unlimited; exec "{sys.executable}" -c "{words}" doctor']
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.splitlines()[-1] == "(1, 1)", done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="the seccomp cage is Linux's")
def test_doctor_says_that_there_is_no_cage(tmp_path: Path) -> None:
    (tmp_path / "pyseccomp.py").write_text("raise ImportError('tidak ada libseccomp')\n")
    done = run("doctor", PYTHONPATH=f"{ROOT}{os.pathsep}{tmp_path}")
    line = next(line for line in done.stdout.decode().splitlines() if "ruang tertutup" in line)
    assert "✗" in line and "libseccomp" in line and done.returncode == 1 and not done.stderr


@pytest.mark.parametrize(
    ("name", "told"),
    [("data", "dapat ditulisi"), ("berkas", "tidak dapat ditulisi"), ("stik/pelatihan", "tidak ditemukan"),
     ("tautan", "tidak ditemukan")],
)  # fmt: skip
def test_doctor_tries_the_folder_of_the_data(
    name: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file in a folder's place takes no files, whoever asks: root may write everywhere else."""
    (tmp_path / "berkas").touch()
    (tmp_path / "data").mkdir()
    (tmp_path / "tautan").symlink_to(tmp_path / "stik" / "dicabut")
    before, folder = sorted(found.name for found in tmp_path.iterdir()), tmp_path / name
    (tmp_path / "profile.json").write_text(json.dumps({"folder": str(folder)}))
    monkeypatch.setattr(last_profile, "config_folder", lambda: tmp_path)
    code = cli.main(["doctor"])
    line = next(line for line in capsys.readouterr().out.splitlines() if "folder data" in line)
    assert f"{folder} {told}" in line and ("✓" in line) is (name == "data") and ("✓" in line or code == 1)
    assert sorted(found.name for found in tmp_path.iterdir()) == sorted([*before, "profile.json"]), "nothing is left"
    assert not any((tmp_path / "data").iterdir())


def test_doctor_goes_on_where_it_may_not_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "profile.json").write_text(json.dumps({"folder": "/" + "panjang" * 60}))  # refused, whoever asks
    monkeypatch.setattr(last_profile, "config_folder", lambda: tmp_path)
    assert cli.main(["doctor"]) == 1
    printed = capsys.readouterr()
    assert "tidak ditemukan" in printed.out and "jam komputer" in printed.out and not printed.err


def test_where_there_is_no_cage_nothing_is_opened(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sealed, "ChildMaker", NoCage)
    with SealedReader() as reader:
        for read in (
            lambda: reader.read_request([NamedBytes("a.csr", b"x")]),
            lambda: reader.read_scan(b"%PDF-"),
            lambda: reader.read_sheet(b"a;b"),
            lambda: reader.lines(b"%PDF-"),
        ):
            with pytest.raises(Unreachable) as told:
                read()
            assert told.value.code == "reader.no_cage"
    assert cli.main(["inspect", first_sample()]) == 2
    assert "tidak dapat dibuka" in capsys.readouterr().err
    assert cli.main(["doctor"]) == 1
    assert "✗ ruang tertutup" in capsys.readouterr().out
