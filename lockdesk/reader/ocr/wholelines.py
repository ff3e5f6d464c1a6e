"""Lines of text in which a word is missing or doubtful, read whole: the engine's sparse mode skips words, and tears a
letter or a title off a name.

A line read whole counts only where most of its words are read as before, and only as far as two sizes agree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lockdesk.desk.values.facts import Line, Word
from lockdesk.reader.drawing.strokes import Box, Lost, has_gap, lost_in, text_around
from lockdesk.reader.ocr.pieces import AGREED, DIFFERING, Page, matters, replaced
from lockdesk.reader.words import lines_of
from lockdesk.records import dataclass

_MOST_LINES = 14
_SCALES = (1.0, 1.4)
_SURE, _DOUBTFUL, _LEAST_NEW = 85.0, 80.0, 60.0
"""Confidence of OCR, in per cent: of words by which a line is known again; below which a word is looked at again; that
a new one must have."""
_WIDEST = 25
"""Heights of a line that lost words may take up."""
_ROOM = 0.25
_EDGE = re.compile(r"^[Il|!(\[]+(?=[A-Z][a-z])")
"""A cell's edge, read as the first letter of a word."""


@dataclass(frozen=True, slots=True)
class _Segment:
    """Words of a line that belong together, and the pixels in which they, and what was missed of them, stand."""

    words: tuple[Word, ...]
    box: Box
    lost: Lost


def with_lost_words(page: Page, words: list[Word]) -> list[Word]:
    """The words of a page with those that were missed, and those that were doubtful as two more readings have them."""
    wanting = [item for line in lines_of(words) for item in _segments(page, line) if _is_wanting(item)]
    wanting.sort(key=lambda item: (-item.lost, -len(item.words)))
    return replaced(words, ((item.words, _read_whole(page, item)) for item in wanting[:_MOST_LINES]))


def _read_whole(page: Page, item: _Segment) -> Sequence[Word]:
    one, other = (page.words(item.box, scale, item.words[0].page) for scale in _SCALES)
    return _merged(item, one, other)


# ── which lines ──
def _segments(page: Page, line: Line) -> Iterator[_Segment]:
    """The parts of a line between blanks."""
    parts: list[list[Word]] = []
    for at, word in enumerate(line.words):
        before = line.words[at - 1]
        apart = line.wide_gap_before(at) and (
            at == 0 or page.gap(before, word) > _WIDEST or has_gap(page.picture, page.between(before, word))
        )
        if apart:
            parts.append([])
        parts[-1].append(word)
    width = page.picture.width
    ends = [0, *(round(part[-1].right * width) for part in parts)]
    starts = [*(round(part[0].left * width) for part in parts[1:]), width]
    for part, left, right in zip(parts, ends, starts, strict=False):
        box = page.box(part)
        around = text_around(page.picture, box, left + 2, right - 2)
        covered = [page.box([word])[::2] for word in part]
        lost = lost_in(page.picture, around, [(one, other) for one, other in covered])
        yield _Segment(tuple(part), _roomy(around), lost)


def _roomy(box: Box) -> Box:
    room = round(_ROOM * (box[3] - box[1]))
    return max(box[0] - room, 0), max(box[1] - room, 0), box[2] + room, box[3] + room


def _is_wanting(item: _Segment) -> bool:
    sure = [word for word in item.words if word.confidence >= _SURE and len(_plain(word.text)) >= 3]
    doubtful = [
        word for word in item.words if word.confidence < _DOUBTFUL and not matters(word)
    ]  # that is read again anyhow
    return bool(sure) and (bool(item.lost) or bool(doubtful)) and len(doubtful) <= len(item.words) / 2


def _plain(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


# ── what the line says ──
def _merged(item: _Segment, one: Sequence[Word], other: Sequence[Word]) -> Sequence[Word]:
    agreed = [
        replace(word, text=_EDGE.sub("", word.text), confidence=min(word.confidence, twin.confidence))
        for word in one
        for twin in other
        if word.text == twin.text and _overlap(word, twin)
    ]
    sure = [word for word in item.words if word.confidence >= _SURE and len(_plain(word.text)) >= 3]
    known = [word for word in sure if any(_plain(word.text) in _plain(new.text) for new in agreed)]
    if 2 * len(known) < len(sure):
        return item.words
    found: list[Word] = []
    left = list(item.words)
    for new in agreed:
        olds = [word for word in left if _overlap(word, new)]
        if not olds and new.confidence < _LEAST_NEW:
            continue
        left = [word for word in left if word not in olds]
        found += _decided(olds, new)
    cut = [_at_most(word) if item.lost is Lost.LETTERS and _has_digit(word) else word for word in left]
    return [*found, *cut]


def _decided(olds: Sequence[Word], new: Word) -> Sequence[Word]:
    """What the words of the first reading and the one that two others have in their place come to."""
    if not olds:
        return [new] if _plain(new.text) or new.text == ":" else []
    said, text = _plain("".join(word.text for word in olds)), _plain(new.text)
    if said == text:
        edges = {item.strip(".,;:") for item in (new.text, "".join(word.text for word in olds))}
        if len(edges) > 1 and _has_digit(new):  # a stroke beside a figure may be another figure
            return [_at_most(word) for word in olds]
        return [replace(word, confidence=max(word.confidence, AGREED)) for word in olds]
    doubtful = min(word.confidence for word in olds) < _DOUBTFUL
    if new.confidence >= _LEAST_NEW and (doubtful or (said and said in text)):
        return [new]
    return [_at_most(word) if _has_digit(word) or _has_digit(new) else word for word in olds]


def _at_most(word: Word) -> Word:
    return replace(word, confidence=min(word.confidence, DIFFERING))


def _has_digit(word: Word) -> bool:
    return any(map(str.isdigit, word.text))


def _overlap(one: Word, other: Word) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > 0.4 * min(one.right - one.left, other.right - other.left)
