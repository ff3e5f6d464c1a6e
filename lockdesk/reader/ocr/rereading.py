"""What matters letter by letter, read again: numbers, hex digits and addresses, each alone and at other sizes.

Two readings that agree are surer than one; where they differ, none is sure. One engine may err alike at every size: a
second one, which learnt from other texts, must agree. What neither can read, the underscore of an address, is seen in
the picture.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from lockdesk.desk.values.facts import Word
from lockdesk.reader.drawing.strokes import alone, has_gap, underscores_in
from lockdesk.reader.ocr.glyphs import look_alike
from lockdesk.reader.ocr.pieces import AGREED, DIFFERING, Page, matters, replaced
from lockdesk.reader.words import lines_of
from lockdesk.records import dataclass

_LIKE_HEX = str.maketrans("OoQIil|!SsZz", "000111115522")
_GROUP = re.compile(r"[:.\-]?[0-9A-Fa-fOoQIil|!SZ][0-9A-Fa-fOoQIil|!SZ:.,;+\-/()]*|[+(][0-9][0-9+\-.()]*")
_MOST_LOOKS = 40
_SCALES = (1.4, 0.8, 2.0)
"""The sizes at which a value is read again."""
_SECOND_SCALES = (1.0, 1.4)
"""Those at which the second engine reads it."""
_HEX_SCALES = (1.0, 0.8, 1.2, 1.4, 1.7, 2.0)
"""Those at which both engines read a hex number: of 64 digits one is nearly always read otherwise at some size."""
_LEAST_SEEN, _MOST_SEEN = 3, 8
"""By how many readings of either engine, and of both together, each digit of a hex number must be seen."""
_LEAST_ALIKE = 4
"""Digits that two readings of different lengths must have alike, to be the same part of a number."""
_SIGN = re.compile(r"(?<=[\w.])[(\[{|]*@[@'\"’‘`´]*")
"""What OCR makes of the sign in an address."""
_LEAST_HEX = 8
_LOST = 15
"""Heights of a line over which groups of one number are missing, where there is ink all the way."""
_BESIDE, _OVER = 0.7, 0.25
"""The room around a value that is read again, in heights of its line: with less, a first 1 is lost."""


def read_again(page: Page, words: list[Word]) -> list[Word]:
    """The words of a page; those that matter letter by letter are as several readings have them."""
    runs = [run for line in lines_of(words) for run in _runs(page, line.words) if any(map(matters, run.words))]
    runs.sort(key=lambda run: min(word.confidence for word in run.words))
    return replaced(words, ((run.words, _reread(page, run)) for run in runs[:_MOST_LOOKS]))


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of a line that are one value, and the columns of pixels between which nothing else stands."""

    words: tuple[Word, ...]
    left: int
    right: int

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)


def _line(page: Page, run: _Run, scale: float, letters: str = "", seconding: bool = False) -> str:
    left, top, right, bottom = box = page.box(run.words)
    across, down = round(_BESIDE * (bottom - top)), round(_OVER * (bottom - top))
    left, right = max(left - across, min(run.left, left)), min(right + across, max(run.right, right))
    return page.text(
        alone(page.picture, (left, max(top - down, 0), right, bottom + down), box), scale, letters, seconding
    )


# ── what belongs together ──
def _runs(page: Page, words: Sequence[Word]) -> Iterator[_Run]:
    """The words of a line that are one value: groups of figures, parts of an address; every other word alone."""
    runs = [[word] for word in words]
    for at in range(len(runs) - 1, 0, -1):  # from the right: an address shows its sign behind its first parts
        if _belong(page, runs[at - 1][0], runs[at]):
            runs[at - 1 : at + 1] = [runs[at - 1] + runs[at]]
    width = page.picture.width
    edges = [0, *(edge for run in runs for edge in (round(run[0].left * width), round(run[-1].right * width))), width]
    for at, run in enumerate(runs):
        yield _Run(tuple(run), edges[2 * at] + 2, edges[2 * at + 3] - 2)


def _belong(page: Page, word: Word, run: list[Word]) -> bool:
    gap, text = page.gap(word, run[0]), "".join(item.text for item in run)
    if "@" in text or "@" in word.text:
        if "@" in (word.text[-1:], text[:1]) and -0.5 < gap < 1.4:
            return True
        if "@" in word.text:
            return gap < 0.15 or (gap < 0.6 and "." in (word.text[-1], text[0]))
        return gap < 1.2 and bool(underscores_in(page.picture, page.box([word, run[0]])))
    if not _are_groups((word, run[0])):
        return False
    return gap < 1.4 or (gap < _LOST and not has_gap(page.picture, page.between(word, run[0])))


def _are_groups(words: Iterable[Word]) -> bool:
    return all(_GROUP.fullmatch(word.text) for word in words)


# ── several readings ──
def _reread(page: Page, run: _Run) -> Sequence[Word]:
    text, box = run.text, page.box(run.words)
    if box[2] - box[0] < 8 or box[3] - box[1] < 8:
        return run.words
    if "@" in text:
        return _address(page, run)
    if len(_hex(text)) >= _LEAST_HEX and re.search(r"[A-Fa-f]", text) and _are_groups(run.words):
        return _hex_number(page, run)
    letters = "" if re.search(r"[A-Za-z]", text) else "0123456789 .,:+-()" + "/" * ("/" in text)
    own = (_figures(_line(page, run, scale, letters)) for scale in _SCALES)
    seconds = [_figures(_line(page, run, scale, letters, True)) for scale in _SECOND_SCALES]
    sure = _is_agreed(_figures(text), own, seconds)
    return [_rated(word, sure) for word in run.words]


def _is_agreed(first: str, others: Iterable[str], seconds: Sequence[str]) -> bool:
    """Whether another reading agrees with the first, and not two with each other on something else; and the second
    engine at one size. Where it does at every size, one of the first engine's is enough."""
    if first not in seconds:
        return False
    if all(second == first for second in seconds):
        return first in others
    votes = Counter[str]()
    for other in others:
        votes[other] += 1
        if votes[other] == 2:
            return other == first
        if other == first and len(votes) == 1:
            return True
    return votes[first] > 0


def _rated(word: Word, sure: bool) -> Word:
    return replace(word, confidence=max(word.confidence, AGREED) if sure else min(word.confidence, DIFFERING))


def _as_one(run: _Run, text: str) -> Word:
    """The words of a run as one that says `text`."""
    words = run.words
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    confidence = min(word.confidence for word in words)
    return Word(words[0].page, text, words[0].left, top, words[-1].right, bottom, confidence)


def _figures(text: str) -> str:
    """What counts when two readings of a number are compared; the plus of a telephone number is read as all sorts of
    letters."""
    return re.sub(r"^[A-Za-z](?=628)", "", re.sub(r"[^0-9A-Za-z]", "", text))


# ── addresses ──
def _address(page: Page, run: _Run) -> Sequence[Word]:
    """An address as one word, its parts between underscores joined by them. Capitals do not matter in it."""
    strokes = underscores_in(page.picture, page.box(run.words))
    bare = page.without(strokes)
    first = _SIGN.sub("@", run.words[0].text)
    for before, word in pairwise(run.words):
        between = (before.right + word.left) / 2 * page.picture.width
        if any(abs((left + right) / 2 - between) < right - left for left, _top, right, _bottom in strokes):
            first = re.sub(r"\W+$", "", first) + "_" + re.sub(r"^\W+", "", word.text)
        else:
            first += _SIGN.sub("@", word.text)
    first = first.strip("|'\"“”‘’`,;:—–-")
    own = (_letters(_line(bare, run, scale)) for scale in _SCALES)
    seconds = [_letters(_line(bare, run, scale, seconding=True)) for scale in _SECOND_SCALES]
    said = _letters(first)
    # letter for letter something else is an alternative ("dlh" for "dih"); more or fewer letters are a slip
    otherwise = any(len(other) == len(said) and other != said for other in seconds)
    sure = _is_agreed(said, own, seconds) and not otherwise
    return [_rated(_as_one(run, first), sure and len(strokes) == first.count("_"))]


def _letters(text: str) -> str:
    return re.sub(r"[^0-9a-z@]", "", text.casefold())


# ── hex numbers ──
def _hex_number(page: Page, run: _Run) -> Sequence[Word]:
    """A serial or a fingerprint. A whole one has an even count of digits; each digit must be seen by both engines, and
    no letter may look like one of another name."""
    letters = [char for char in run.text if char.isalpha()]
    capitals = sum(map(str.isupper, letters)) * 2 >= len(letters)
    alphabet = "0123456789 :.-" + ("ABCDEF" if capitals else "abcdef")
    readings = [_line(page, run, scale, alphabet) for scale in _HEX_SCALES]
    own = [_hex(text) for text in (run.text, *readings)]
    votes = Counter(own)
    best = max(votes, key=votes.__getitem__)  # most_common would load its library in the cage
    alike = look_alike(page.picture, page.box(run.words), best)
    seconds = [_hex(_line(page, run, scale, alphabet, True)) for scale in _HEX_SCALES]
    seen = zip(_seen(best, own), _seen(best, seconds), strict=True)
    sure = all(min(pair) >= _LEAST_SEEN and sum(pair) >= _MOST_SEEN for pair in seen)
    if len(best) % 2 or alike is False or not sure:
        return [_rated(word, False) for word in run.words]
    if best == _hex(run.text):
        return [_rated(replace(word, text=_as_hex(word.text)), True) for word in run.words]
    said = [re.sub(r"\s*([:.-])\s*", r"\1", reading) for reading in readings if _hex(reading) == best]
    text = min(said, key=lambda item: len(item.split()))
    return _spread(_rated(_as_one(run, ""), True), text.split())


def _seen(best: str, readings: Iterable[str]) -> list[int]:
    """How many readings have each digit of `best` in its place."""
    seen = [0] * len(best)
    for reading in readings:
        alike = SequenceMatcher(None, best, reading, autojunk=False).get_matching_blocks()
        for block in alike:
            whole = len(reading) == len(best) and block.a == block.b
            if whole or block.size >= _LEAST_ALIKE:
                for at in range(block.a, block.a + block.size):
                    seen[at] += 1
    return seen


def _hex(text: str) -> str:
    return re.sub(r"[^0-9a-f]", "", _as_hex(text).casefold())


def _as_hex(text: str) -> str:
    """Letters that cannot be hex digits as the digits that they look like."""
    return text.translate(_LIKE_HEX)


def _spread(whole: Word, groups: Sequence[str]) -> list[Word]:
    """Groups of a number over the width of a word, each as wide as its letters are many."""
    unit, left = (whole.right - whole.left) / (sum(map(len, groups)) + len(groups) - 1), whole.left
    found = []
    for group in groups:
        found.append(replace(whole, text=group, left=left, right=left + unit * len(group)))
        left += unit * (len(group) + 1)
    return found
