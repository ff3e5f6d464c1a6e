"""The start of the program. The sealed reader's verb comes before every other import."""

import sys


def main() -> int:
    """Runs one verb; returns the exit code."""
    if sys.argv[1:2] == ["__reader__"]:
        from lockdesk.reader.child import main as read

        return read()
    if sys.argv[1:2] == ["__crash__"]:
        from pathlib import Path

        from lockdesk.verbs.demo import run_crash

        return run_crash(Path(sys.argv[2]))
    from lockdesk.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
