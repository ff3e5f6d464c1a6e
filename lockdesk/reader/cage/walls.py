"""The cage of a child that opens a hostile document: limits, then a list of allowed system calls.

What is not on the list fails with EPERM: no file, no socket, no process. The wall clock is the kernel's
alarm, which the child cannot take back because the call for it is not on the list either; a child that blocks
the signal is killed by the parent, and by the kernel when its parent ends.
"""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _KEPT_BYTES = -1, -3, 32 * 1024 * 1024
MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 20
WALL_SECONDS = 8
PATIENCE = 8
"""How many times as long a page that OCR reads may take, or a large spreadsheet: their budget is the processor's time,
and a slow or busy computer gives them little of that in a second."""
_PROT_EXEC = 4
_PR_SET_PDEATHSIG = 1

ALLOWED = (
    "read", "write", "readv", "writev", "close", "lseek", "fstat", "poll", "ppoll", "select", "pselect6",
    "munmap", "mremap", "brk", "madvise", "futex", "sched_yield", "sched_getaffinity",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall", "rseq",
    "clock_gettime", "clock_getres", "gettimeofday", "time", "getrandom", "getpid", "gettid", "sysinfo",
    "getrusage", "times", "exit", "exit_group", "membarrier", "set_robust_list",
)  # fmt: skip


_A_THREAD = 0x3D0F00
"""What glibc asks `clone` for to begin a thread of this very process (CLONE_VM, _THREAD and the like), and no more."""


def build_filter(threads: bool = False) -> Any:
    """The seccomp filter, not yet loaded; with `threads` for a library that decodes in one of its own, whatever it is
    told. Raises ImportError or OSError where there is no seccomp."""
    import errno

    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name in ALLOWED:
        rules.add_rule(pyseccomp.ALLOW, name)
    for name in ("mmap", "mprotect"):
        # memory, but none that can be executed
        rules.add_rule(pyseccomp.ALLOW, name, pyseccomp.Arg(2, pyseccomp.MASKED_EQ, _PROT_EXEC, 0))
    if threads:
        # clone3 hides what it asks for behind a pointer: without it, glibc asks clone
        rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
        rules.add_rule(pyseccomp.ALLOW, "clone", pyseccomp.Arg(0, pyseccomp.EQ, _A_THREAD))
    return rules


def close_cage(rules: Any, keep: int, wall_seconds: int = WALL_SECONDS) -> None:
    """Locks this process in; only the descriptor `keep` stays open. Raises OSError: then open nothing."""
    if sys.platform == "linux":
        keep_only(keep)
        limit_resources()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, wall_seconds)
        rules.load()


def die_with(parent: int) -> None:
    """Has the kernel kill this process when `parent`, which forked it, ends: no signal mask holds that off."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before it was asked for
            os._exit(0)


def keep_memory() -> None:
    """Has the allocator (glibc's) keep what is freed: a picture of a page is made many times over, and fetching its
    memory from the kernel anew takes longer than painting it. The rehearsal has fetched it before anybody waits."""
    if sys.platform == "linux":
        import ctypes

        with suppress(AttributeError):  # another C library
            for option in (_M_MMAP_THRESHOLD, _M_TRIM_THRESHOLD):
                ctypes.CDLL(None).mallopt(option, _KEPT_BYTES)


def keep_only(descriptor: int) -> None:
    """Closes every other descriptor of this process."""
    os.closerange(0, descriptor)
    os.closerange(descriptor + 1, 4096)


def limit_resources() -> None:
    """Memory, processor time, no files, no core dump; nothing where the system has no such limits."""
    if sys.platform != "win32":
        import resource

        limits = (
            (resource.RLIMIT_AS, MEMORY_BYTES),
            (resource.RLIMIT_CPU, CPU_SECONDS),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NOFILE, 8),
        )
        for kind, most in limits:
            resource.setrlimit(kind, (most, most))


def probe() -> dict[str, str]:
    """What this process can still do: each attempt with "open" (it worked) or the error's name.

    A diagnosis that the child runs on itself: for doctor, and for the tests of the cage.
    """
    attempts = {
        "read_file": lambda: os.close(os.open("/etc/passwd", os.O_RDONLY)),
        "write_file": lambda: os.close(os.open(os.devnull, os.O_WRONLY)),
        "list_folder": lambda: list(Path("/").iterdir()),
        "socket": _open_socket,
        "process": _start_process,
        "thread": _start_thread,
        "program": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606
        "longer_life": _live_longer,
        "signal_others": lambda: os.kill(1, 0),
    }
    return {name: _attempt(attempt) for name, attempt in attempts.items()}


def _attempt(attempt: Any) -> str:
    import errno

    try:
        attempt()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, str(error.errno))
    except Exception as error:
        return type(error).__name__
    return "open"


def _open_socket() -> None:
    import _socket

    _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM).close()


def _live_longer() -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 3600)


def _start_thread() -> None:
    import _thread
    import errno

    try:
        _thread.start_new_thread(os.getpid, ())
    except RuntimeError as error:  # it does not say why the system refused
        raise OSError(errno.EPERM, str(error)) from error


def _start_process() -> None:
    if sys.platform != "win32" and os.fork() == 0:
        os._exit(0)
