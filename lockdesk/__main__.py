"""The start of the program. The sealed reader's verb comes before every other import."""

import os
import sys
import threading


def main() -> int:
    """Runs one verb; returns the exit code."""
    keep_no_core()
    if sys.argv[1:2] == ["__reader__"]:
        from lockdesk.reader.cage.child import main as read

        return read()
    if sys.argv[1:2] == ["__crash__"]:
        from pathlib import Path

        from lockdesk.verbs.demo import run_crash

        return run_crash(Path(sys.argv[2]))
    from lockdesk.cli import main as run

    return _left(run())


def _left(code: int) -> int:
    """A thread that was given up on may be inside a library, which must not be taken down around it."""
    if any(thread is not threading.main_thread() for thread in threading.enumerate()):
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
    return code


def keep_no_core() -> None:
    """A crash leaves no image of the memory behind: keys and people's data are in it."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        # 1 byte, not 0: with 0 Linux still hands the image to a program that is set to collect them (core(5)).
        most = 1 if hard == resource.RLIM_INFINITY else min(hard, 1)
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))


if __name__ == "__main__":
    sys.exit(main())
