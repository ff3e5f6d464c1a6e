"""What a second engine makes of a page's words: a word that it reads otherwise is in doubt.

Both learnt from other texts and err elsewhere. A name stands in no list of words, so that the first engine is sure of
"Ourrota" where "Qurrota" is printed; numbers and addresses are read again one by one (`rereading`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lockdesk.desk.values.facts import Word
from lockdesk.reader.ocr.pieces import DIFFERING, matters

_IN_LETTERS = re.compile(r"(?:[^\W\d_]\W?){3}")
"""What can be told by its letters: three of them."""
_HEX_GROUP = re.compile(r"(?=[A-Fa-f]*\d)[0-9A-Fa-f]{4,}|[A-F]{4}|[A-F]{8}")
"""A part of a hex number, which was read again as such."""
_LIKE = {"i": "[i1]", "l": "[l1]", "o": "[o0]", "s": "[s5]", "b": "[b8]", "z": "[z2]", "g": "[g9]"}
"""Letters with the digits that look like them: where a word is read, those are no other reading of it."""
_SURE = 80.0
"""Confidence of the second engine, in per cent, with which a word is there that the first did not see."""
_LEAST_LETTERS = 4
_GUESS = 40.0
"""Confidence of the first engine, in per cent, below which a word is no more than a guess."""


def with_second_opinion(words: Sequence[Word], seconds: Sequence[Word]) -> list[Word]:
    """The words, doubtful where the second engine reads other letters, and those that it alone has seen or made sense
    of, doubtful as well."""
    guessed = {id(second): _guessed(second, words) for second in seconds}
    gone = {id(word) for covered in guessed.values() for word in covered}
    kept = [word for word in words if id(word) not in gone]
    better = [replace(second, confidence=DIFFERING) for second in seconds if guessed[id(second)]]
    return [*(_rated(word, seconds) for word in kept), *better, *_unseen(words, seconds)]


def _guessed(second: Word, words: Sequence[Word]) -> list[Word]:
    """The first engine's words in place of one that the second is sure of, where it only guessed at one of them."""
    covered = list(_over(second, words))
    unsure = any(word.confidence < _GUESS for word in covered)
    sound = second.confidence >= _SURE and len(_letters(second.text)) >= _LEAST_LETTERS
    return covered if sound and unsure else []


def _rated(word: Word, seconds: Iterable[Word]) -> Word:
    if matters(word) or _HEX_GROUP.fullmatch(word.text) or not _IN_LETTERS.search(word.text):
        return word
    over = sorted(_over(word, seconds), key=lambda other: other.left)
    same = re.search(
        "".join(_LIKE.get(char, char) for char in _letters(word.text)), "".join(_letters(other.text) for other in over)
    )
    return word if same or not over else replace(word, confidence=min(word.confidence, DIFFERING))


def _unseen(words: Sequence[Word], seconds: Iterable[Word]) -> list[Word]:
    """In a row of its own, or before a word: a letter of somebody's name."""
    return [
        replace(second, confidence=DIFFERING)
        for second in seconds
        if second.confidence >= _SURE
        and not any(True for _word in _over(second, words))
        and (
            len(_letters(second.text)) >= _LEAST_LETTERS
            or (second.text[:1].isupper() and any(_stands_before(second, word) for word in words))
        )
    ]


def _over(word: Word, others: Iterable[Word]) -> Iterable[Word]:
    return (
        other
        for other in others
        if abs(other.middle - word.middle) < max(word.height, other.height) / 2
        and min(other.right, word.right) - max(other.left, word.left)
        > 0.3 * min(other.right - other.left, word.right - word.left)
    )


def _stands_before(one: Word, other: Word) -> bool:
    same = abs(other.middle - one.middle) < max(one.height, other.height) / 2
    return same and 0 <= other.left - one.right < one.height


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
