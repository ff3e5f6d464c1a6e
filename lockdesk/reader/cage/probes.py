"""What a child on Windows tries before it takes a document, and which answers prove that it is walled in.

An attempt proves something only where it could have succeeded: so the parent lays out a file that the user can read
and listens at a port (`Meeting`), and has tried both. On Linux the kernel's filter is the proof (`walls`).
"""

import os
import socket
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

OPEN = "open"
_REFUSED = frozenset({"EACCES"})
_GONE = _REFUSED | {"ENOENT"}
_UNREACHED = frozenset({"EACCES", "ETIMEDOUT", "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH"})
"""The firewall of a container refuses, or keeps silent; the parent knows that somebody listens."""
PROOFS: Mapping[str, frozenset[str]] = {
    "read_file": _REFUSED,
    "write_file": _REFUSED,
    "write_temporary": _GONE,
    "write_program": _REFUSED,
    "list_folder": _REFUSED,
    "socket": _UNREACHED,
    "process": _REFUSED | {"EAGAIN"},
    "other_process": _REFUSED,
    "registry": _REFUSED,
}
"""By the name of an attempt: the answers after which it counts as refused by a wall, not by chance."""


def unproved(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The attempts that no wall refused, each with its answer; an attempt that was not made proves nothing."""
    told = ((name, answers.get(name, "untried")) for name in PROOFS)
    return tuple(f"{name}: {answer}" for name, answer in told if answer not in PROOFS[name])


class Meeting:
    """What children try to reach: a file of the user's and a port of this program. Close it in the end."""

    def __init__(self) -> None:
        """Raises OSError where not even this program reaches them: then nothing could be proved."""
        descriptor, name = tempfile.mkstemp(prefix="lockdesk-")
        os.close(descriptor)
        self.file = Path(name)
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._listening.setblocking(False)
        self.port: int = self._listening.getsockname()[1]
        self.file.read_bytes()
        socket.create_connection(("127.0.0.1", self.port), 5).close()
        self.hang_up()

    def words(self) -> tuple[str, str, str]:
        """How a child is told of them, and of this process."""
        return str(self.file), str(self.port), str(os.getpid())

    def hang_up(self) -> None:
        """Ends what came in: a full queue would look like a wall."""
        with suppress(BlockingIOError):
            while True:
                self._listening.accept()[0].close()

    def close(self) -> None:
        self._listening.close()
        self.file.unlink(missing_ok=True)


_BY_NUMBER = {2: "ENOENT", 3: "ENOENT", 5: "EACCES", 1816: "EAGAIN", 10013: "EACCES", 10051: "ENETUNREACH",
              10060: "ETIMEDOUT", 10061: "ECONNREFUSED", 10065: "EHOSTUNREACH"}  # fmt: skip
"""Windows' own numbers: Python gives several of them the same errno, a file that is merely in use too."""


def attempt(act: Callable[[], object]) -> str:
    """ "open" where it worked, else what refused it."""
    try:
        act()
    except TimeoutError:
        return "ETIMEDOUT"
    except OSError as error:
        number = getattr(error, "winerror", None) or error.errno
        return _BY_NUMBER.get(number or 0, f"error {number}")
    except Exception as error:
        return type(error).__name__
    return OPEN


def knock(port: int) -> None:
    """Raises OSError where nobody answers."""
    socket.create_connection(("127.0.0.1", port), 0.5).close()


def make_file(folder: str) -> None:
    """Raises OSError where none can be made; one that was made is taken away again."""
    path = Path(folder, f"lockdesk-probe-{os.getpid()}")
    path.open("xb").close()
    path.unlink()


if sys.platform == "win32":
    import _winapi
    import winreg

    _SUSPENDED, _NO_WINDOW = 0x4, 0x8000000
    _READ_MEMORY, _DUPLICATE = 0x10, 0x40

    def try_all() -> dict[str, str]:
        """What this process can still do; what there is to reach stands behind the verb and the handle (`words`)."""
        file, port, parent = sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
        attempts: dict[str, Callable[[], object]] = {
            "read_file": lambda: Path(file).read_bytes(),
            "write_file": lambda: make_file(str(Path(file).parent)),
            "write_temporary": lambda: make_file(os.environ["TEMP"]),
            "write_program": lambda: make_file(str(Path(sys.executable).parent)),
            "list_folder": lambda: os.listdir(os.environ["USERPROFILE"]),  # noqa: PTH208
            "socket": lambda: knock(port),
            "process": _start_process,
            "other_process": lambda: _open_process(parent),
            "registry": _write_registry,
        }
        return {name: attempt(act) for name, act in attempts.items()}

    def _start_process() -> None:
        """This very program, which never runs."""
        process, thread, _number, _thread = _winapi.CreateProcess(
            sys.executable, None, None, None, False, _SUSPENDED | _NO_WINDOW, dict(os.environ), None, None
        )
        _winapi.TerminateProcess(process, 1)
        _winapi.CloseHandle(thread)
        _winapi.CloseHandle(process)

    def _open_process(number: int) -> None:
        _winapi.CloseHandle(_winapi.OpenProcess(_READ_MEMORY | _DUPLICATE, False, number))

    def _write_registry() -> None:
        winreg.OpenKey(winreg.HKEY_CURRENT_USER, "Software", 0, winreg.KEY_WRITE).Close()
