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
_SURE = 80.0
"""Confidence of the second engine, in per cent, with which a word is there that the first did not see."""


def with_second_opinion(words: Sequence[Word], seconds: Sequence[Word]) -> list[Word]:
    """The words, doubtful where the second engine reads none or other letters, and those that it alone has seen
    before a word of theirs, doubtful as well."""
    return [*(_rated(word, seconds) for word in words), *_unseen(words, seconds)]


def _rated(word: Word, seconds: Iterable[Word]) -> Word:
    if matters(word) or not _IN_LETTERS.search(word.text):
        return word
    said = "".join(_letters(other.text) for other in sorted(_over(word, seconds), key=lambda other: other.left))
    return word if _letters(word.text) in said else replace(word, confidence=min(word.confidence, DIFFERING))


def _unseen(words: Sequence[Word], seconds: Iterable[Word]) -> list[Word]:
    return [
        replace(second, confidence=DIFFERING)
        for second in seconds
        if second.confidence >= _SURE
        and second.text[:1].isupper()
        and not any(True for _word in _over(second, words))
        and any(_stands_before(second, word) for word in words)
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
