"""Patterns that are compiled late say what `re` says, and are not compiled before."""

import re
import subprocess
import sys
from unittest.mock import patch

import pytest

from lockdesk.patterns import late_pattern, prepare_patterns

TEXT = "Nomor 12 dan nomor 7"


@pytest.mark.parametrize("way", ["search", "match", "fullmatch", "findall", "split"])
def test_it_says_what_re_says(way: str) -> None:
    late, plain = late_pattern(r"nomor (\d+)", re.IGNORECASE), re.compile(r"nomor (\d+)", re.IGNORECASE)
    for _time in range(2):
        said, expected = getattr(late, way)(TEXT), getattr(plain, way)(TEXT)
        assert (said and said[0]) == (expected and expected[0])
    assert late.sub("x", TEXT) == plain.sub("x", TEXT)
    assert (late.pattern, late.flags) == (plain.pattern, plain.flags)


def test_a_start_compiles_none_of_the_long_ones() -> None:
    code = (
        "import re\n"
        "from unittest.mock import patch\n"
        "import lockdesk.patterns as p\n"
        "with patch('lockdesk.patterns._compile', wraps=re.compile) as made:\n"
        "    import lockdesk.core.secrets, lockdesk.core.letter_dates, lockdesk.desk.checks.letter.services\n"
        "    texts = {call.args[0] for call in made.call_args_list}\n"
        "    print(len(p._late), sum(late._asked[0] in texts for late in p._late))\n"
        "    p.prepare_patterns()\n"
        "    print(all('search' in vars(late) for late in p._late))\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert int(said[0]) > 50 and said[1:] == ["0", "True"]


def test_what_was_prepared_is_compiled() -> None:
    late = late_pattern("a+")
    prepare_patterns()
    assert "search" in vars(late)


def test_a_method_can_be_taken_hold_of_before_the_first_text() -> None:
    late = late_pattern(r"\s+")
    split = late.split
    assert "split" not in vars(late)
    with patch("lockdesk.patterns._compile", wraps=re.compile) as made:
        assert split("a b") == split("a b") == late.split("a b") == ["a", "b"] and "split" in vars(late)
    assert made.call_count == 1


def test_qt_s_own_long_patterns_wait_for_a_wrong_call() -> None:
    code = (
        "import re\n"
        "plain = re.compile\n"
        "from lockdesk.verbs.early import load_shiboken\n"
        "load_shiboken()\n"
        "import gc\n"
        "import lockdesk.patterns as p\n"
        "found = [late for late in gc.get_objects() if type(late) is p.foreign_pattern]\n"
        "theirs = [late for late in found if len(late._asked[0]) > 500]\n"
        "p.prepare_patterns()\n"
        "print(re.compile is plain, len(theirs) >= 3, any('search' in vars(late) for late in theirs))\n"
        "from PySide6.QtCore import QPoint\n"
        "try:\n"
        "    QPoint('a', 'b')\n"
        "except TypeError as error:\n"
        "    print('(xpos: int, ypos: int' in str(error))\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert said == ["True", "True", "False", "True"]
