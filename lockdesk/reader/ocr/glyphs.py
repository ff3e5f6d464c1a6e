"""Whether the letters of a number look like what they are said to be: all readings of one engine may err alike."""

from itertools import combinations

from PIL import Image, ImageChops

from lockdesk.reader.drawing.strokes import Box, letters_in

_CELL = (16, 24)
_LIKER = 0.6
"""A letter that is this much nearer to one of another name than to all of its own is misnamed."""


def look_alike(picture: Image.Image, box: Box, said: str) -> bool | None:
    """Whether there are as many letters in the line as in `said`, and each looks like its namesakes; None where there
    are not as many, as where they touch."""
    cells = [picture.crop(place).resize(_CELL, Image.Resampling.BILINEAR) for place in letters_in(picture, box)]
    if len(cells) != len(said):
        return None
    own, others = [float("inf")] * len(cells), [float("inf")] * len(cells)
    for one, other in combinations(range(len(cells)), 2):
        apart = sum(ImageChops.difference(cells[one], cells[other]).tobytes())
        nearest = own if said[one] == said[other] else others
        nearest[one], nearest[other] = min(nearest[one], apart), min(nearest[other], apart)
    return not any(other < _LIKER * mine for mine, other in zip(own, others, strict=True) if mine < float("inf"))
