"""Domains that imitate the office's: characters that look alike, near misses, the name under another ending.

Source of the characters: Unicode TR 39 (confusables), reduced to those that pass for Latin letters; a data
list, meant to grow. No similarity scores: a near miss is one edit, or two in a long name.
"""

import unicodedata

_PASS_FOR = {
    "a": "аɑαａ⍺",
    "b": "Ьƅ",
    "c": "сϲᴄ",
    "d": "ԁɗ",
    "e": "еҽє℮",
    "g": "ɡց",
    "h": "һհ",
    "i": "іıιɩӏ!|",
    "j": "јϳ",
    "k": "кκᴋ",
    "l": "ⅼıӏƖ1",
    "m": "ｍм",
    "n": "ոņпη",
    "o": "оοօס0",
    "p": "рρ",
    "q": "ԛզ",
    "r": "гᴦ",
    "s": "ѕꜱ5$",
    "t": "тτ",
    "u": "սυц",
    "v": "ѵν",
    "w": "ԝѡш",
    "x": "хχ",
    "y": "уүγ",
    "z": "ᴢ",
}
_TABLE = {ord(like): letter for letter, likes in _PASS_FOR.items() for like in likes} | {ord("3"): "e"}
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("i", "l"))
_LONG = 8
_GENERIC = ("go", "co", "or", "ac", "sch", "desa", "web", "my", "com", "net", "org", "id", "gov", "mil")


def skeleton(domain: str) -> str:
    """The domain as a hurried reader sees it: look-alike characters, hyphens and accents folded away."""
    plain = unicodedata.normalize("NFKD", domain.casefold())
    text = "".join(ch for ch in plain if not unicodedata.combining(ch)).translate(_TABLE)
    for pair, letter in _PAIRS:
        text = text.replace(pair, letter)
    return text.replace("-", "")


def imitated(domain: str, offices: tuple[str, ...]) -> str:
    """The office domain that `domain` imitates; "" when none. Office domains themselves imitate nothing."""
    if any(domain == office or domain.endswith("." + office) for office in offices):
        return ""
    return next((office for office in offices if _imitates(domain, office)), "")


def _imitates(domain: str, office: str) -> bool:
    shape, wanted = skeleton(domain), skeleton(office)
    run_together = wanted.replace(".", "")
    if wanted in shape or run_together in shape.replace(".", ""):
        return True
    name = wanted.partition(".")[0]
    generic = {skeleton(label) for label in _GENERIC}
    labels = [label for label in shape.split(".") if label not in generic]
    if any((len(name) >= _LONG and name in label) or _near(label, name) for label in labels):
        return True
    tail = ".".join(shape.split(".")[-(office.count(".") + 1) :])
    return _near(tail, wanted)


def _near(one: str, other: str) -> bool:
    """One slip of the fingers; two in a long name. Short names collide by chance and must be equal."""
    most = 0 if len(other) < 5 else 1 if len(other) < _LONG else 2
    return abs(len(one) - len(other)) <= most and edits(one, other) <= most


def edits(one: str, other: str) -> int:
    """Letters added, dropped, changed or swapped with their neighbour (Damerau-Levenshtein, restricted)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        following = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        before, row = row, following
    return row[-1]


def is_international(domain: str) -> bool:
    """Punycode, or letters outside of ASCII."""
    return not domain.isascii() or any(label.startswith("xn--") for label in domain.split("."))
