"""What test modules share has a place of its own: no test module is taken apart for another."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
TAKEN = re.compile(r"^\s*(?:from|import) tests\b.*\btest_.*", re.MULTILINE)
"""Read as text: some tests write programs that import, too."""


def test_no_test_module_is_imported_by_another() -> None:
    assert TAKEN.search("    from tests.unit import test_store") and TAKEN.search("from tests.unit.test_store import x")
    wrong = {
        f"{path.relative_to(TESTS)}: {line.strip()}"
        for path in TESTS.rglob("*.py")
        for line in TAKEN.findall(path.read_text(encoding="utf-8"))
    }
    assert not wrong, "what several test modules use belongs in tests/helpers"
