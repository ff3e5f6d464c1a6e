"""What the program leaves on the disk, looked through for what must never lie there in the clear.

Either the files that are there when it was killed (`left`), or every byte that it and its children ever wrote to any
file (`written`): that the kernel tells (strace), so that what was deleted, renamed or written by a library counts too.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_CALL = re.compile(rb"^(?:\d+ +)?(?:write|pwrite64|writev|pwritev2?)\(\d+<([^>]*)>, (.*)$", re.DOTALL)
_TEXT = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_NO_FILE = (b"pipe:", b"socket:", b"anon_inode:", b"/dev/", b"/proc/", b"UNIX", b"TCP", b"UDP", b"NETLINK")
_PRINT = b"%PDF-"


@dataclass(slots=True)
class Traces:
    """How much was written where, and what was found in it: the file's name and what it holds."""

    written: Counter[str] = field(default_factory=Counter)
    hits: set[tuple[str, str]] = field(default_factory=set)
    cut: int = 0
    """Writes of which not everything was seen."""


def left(cases: int, *, encrypted: bool = True) -> Traces:
    """Lets a process take in so many cases, print, fail and be killed, and looks at the files that are there then."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        told = _worked(folder, cases, encrypted, ())
        files = (path for path in folder.rglob("*") if path.is_file())
        return _found(told, ((path.name, path.read_bytes(), True) for path in files))


def written(cases: int, *, encrypted: bool = True) -> Traces:
    """The same, of everything that was ever written."""
    with tempfile.TemporaryDirectory() as name, tempfile.NamedTemporaryFile() as log:
        calls = "write,pwrite64,writev,pwritev,pwritev2"
        tracer = (
            "strace", "-f", "-y", "-xx", "-s", str(1 << 26), "-e", f"trace={calls}", "-e", "signal=none",
            "-o", log.name,
        )  # fmt: skip
        told = _worked(Path(name), cases, encrypted, tracer)
        return _found(told, _writes(Path(log.name)))


def _worked(folder: Path, cases: int, encrypted: bool, tracer: Sequence[str]) -> list[str]:
    """What is personal in what the process took in. It ends as it shall: killed."""
    home = {key: str(folder / "home") for key in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    temporary = folder / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "tests.hostile.counter", str(folder), str(cases), "" if encrypted else "plain"]
    done = subprocess.run(
        [*tracer, *command],
        env={**os.environ, **home, "TMPDIR": str(temporary), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=False,
    )
    if done.returncode not in (-signal.SIGKILL, 128 + signal.SIGKILL):
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout.decode().split("\n")


def _found(told: Sequence[str], writes: Iterable[tuple[str, bytes, bool]]) -> Traces:
    found, needles = Traces(), list(_needles(told))
    for path, content, whole in writes:
        found.written[Path(path).name] += len(content)
        found.cut += not whole
        found.hits |= {(Path(path).name, words) for words, needle in needles if needle in content}
    return found


def _writes(log: Path) -> Iterator[tuple[str, bytes, bool]]:
    """The file, the bytes and whether they are all, of every write to a file."""
    with log.open("rb") as lines:
        for line in lines:
            call = _CALL.match(line)
            path = _plain(call[1]) if call is not None else b""
            if call is None or path.startswith(_NO_FILE) or not path.startswith(b"/"):
                continue
            parts = list(_TEXT.finditer(call[2]))
            content = b"".join(_plain(part[1]) for part in parts)
            yield path.decode(errors="replace"), content, not any(part[2] for part in parts)


def _plain(spelt: bytes) -> bytes:
    r"""Bytes that are spelt \x41\x42."""
    return bytes.fromhex(spelt.replace(b"\\x", b"").decode()) if spelt.startswith(b"\\x") else spelt


def _needles(told: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """What is personal, in the encodings in which a program writes text, and how a print begins."""
    for text in filter(None, told):
        for encoding in ("utf-8", "utf-16-le"):
            yield text, text.encode(encoding)
    yield "PDF", _PRINT
