"""A caged child that turns on its parent and on another document's child; `python -m tests.hostile.escape`.

It prints, as JSON, what each attempt came to without the cage and within it: "open" or the error's name. The
victim holds a secret in memory whose address the attacker knows, as it would after a fork from one template.
"""

import ctypes
import errno
import json
import mmap
import os
import signal
import sys
import threading
from collections.abc import Callable

import pyseccomp

from lockdesk.reader.cage import walls

SECRET = b"the other document's result"
_LIBC = ctypes.CDLL(None, use_errno=True)


class _Piece(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


def _call(name: str, *arguments: object) -> int:
    """A system call by its name. Raises OSError."""
    number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    result = int(_LIBC.syscall(ctypes.c_long(number), *arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    return result


def _reach_memory(call: str, process: int, address: int) -> None:
    own = ctypes.create_string_buffer(len(SECRET))
    here = _Piece(ctypes.addressof(own), len(SECRET))
    there = _Piece(address, len(SECRET))
    one = ctypes.c_ulong(1)
    _call(call, process, ctypes.byref(here), one, ctypes.byref(there), one, ctypes.c_ulong(0))


def _write_memory_file(process: int, address: int) -> None:
    with open(f"/proc/{process}/mem", "r+b", buffering=0) as memory:  # noqa: PTH123
        memory.seek(address)
        memory.write(SECRET[::-1])


def _use(descriptors: tuple[int, ...]) -> None:
    """Raises OSError when none of the descriptors that were open before is open any more."""
    trouble = OSError(errno.EBADF, "none")
    for descriptor in descriptors:
        try:
            os.lseek(descriptor, 0, os.SEEK_CUR)
        except OSError as error:
            trouble = error
        if trouble.errno != errno.EBADF:  # a pipe cannot be sought in, but it is there
            return
    raise trouble


def _remove(call: str, identifier: int) -> None:
    _call(call, identifier, 0, ctypes.c_void_p(None))


def _attempts(parent: int, victim: int, address: int, others: tuple[int, ...]) -> dict[str, Callable[[], object]]:
    nothing = ctypes.c_void_p(None)
    return {
        "read the victim": lambda: _reach_memory("process_vm_readv", victim, address),
        "read the parent": lambda: _reach_memory("process_vm_readv", parent, address),
        "write the victim": lambda: _reach_memory("process_vm_writev", victim, address),
        "write the parent": lambda: _reach_memory("process_vm_writev", parent, address),
        "write its memory file": lambda: _write_memory_file(victim, address),
        "look at its descriptors": lambda: os.listdir(f"/proc/{victim}/fd"),  # noqa: PTH208
        "inherited descriptors": lambda: _use(others),
        "signal the victim": lambda: os.kill(victim, 0),
        "signal the parent": lambda: os.kill(parent, 0),
        "signal the group": lambda: os.kill(0, 0),
        "handle on the victim": lambda: os.close(_call("pidfd_open", victim, 0)),
        "its limits": lambda: _call("prlimit64", victim, 7, nothing, ctypes.create_string_buffer(16)),
        "its processors": lambda: os.sched_setaffinity(victim, {0}),
        "shared memory": lambda: os.close(os.memfd_create("x")),
        "System V memory": lambda: _remove("shmctl", _call("shmget", 0, ctypes.c_size_t(4096), 0o1600)),
        "System V messages": lambda: _remove("msgctl", _call("msgget", 0, 0o1600)),
        "a thread that stays": lambda: threading.Thread(target=threading.Event().wait, daemon=True).start(),
        "a timer that stays": lambda: signal.setitimer(signal.ITIMER_REAL, 3600),
        "a child that stays": lambda: os.fork() or os._exit(0),
        "a ring": lambda: _call("io_uring_setup", 1, ctypes.create_string_buffer(120)),
        "trace the victim": lambda: _call("ptrace", 16, victim, nothing, nothing),
    }


def _tried(attempts: dict[str, Callable[[], object]]) -> dict[str, str]:
    found = {}
    for name, attempt in attempts.items():
        try:
            attempt()
        except OSError as error:
            found[name] = errno.errorcode.get(error.errno or 0, str(error.errno))
        except RuntimeError as error:  # a thread that cannot be started
            found[name] = type(error).__name__
        else:
            found[name] = "open"
    return found


def _attack(caged: bool) -> dict[str, str]:
    """Forks the victim and the attacker; gives what the attacker says, and whether the secret is still whole."""
    secret = mmap.mmap(-1, mmap.PAGESIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    secret[: len(SECRET)] = SECRET
    address = ctypes.addressof(ctypes.c_char.from_buffer(secret))
    canvas = os.memfd_create("canvas of another page")
    go, told = os.pipe(), os.pipe()
    victim = os.fork()
    if victim == 0:
        os.read(go[0], 1)
        os.write(told[1], secret[: len(SECRET)])
        os._exit(0)
    rules = walls.build_filter()
    answer = os.pipe()
    attacker = os.fork()
    if attacker == 0:
        attempts = _attempts(os.getppid(), victim, address, (canvas, *go, *told))
        if caged:
            walls.close_cage(rules, answer[1])
        os.write(answer[1], json.dumps(_tried(attempts)).encode())
        os._exit(0)
    os.close(answer[1])
    with os.fdopen(answer[0], "rb") as stream:
        found: dict[str, str] = json.loads(stream.read())
    os.waitpid(attacker, 0)
    os.write(go[1], b"!")
    if caged:
        found["secret"] = "whole" if os.read(told[0], 100) == SECRET else "changed"
    else:
        os.kill(victim, signal.SIGKILL)  # it is being traced, or written to
    os.waitpid(victim, 0)
    return found


if __name__ == "__main__":
    json.dump({"free": _attack(caged=False), "caged": _attack(caged=True)}, sys.stdout)
