"""Confidentiality of who complains: what would name a person is taken out of running text.

Rather too much is taken out than too little: a date written like a telephone number may go, a name never stays.
Source: DOMAIN section 5 ("identitas dirahasiakan": no name on lists, prints and reports).
"""

import re
from collections.abc import Iterable

from lockdesk.core.numbering import CASE_NUMBER
from lockdesk.words import N_, _

CONCEALED = N_("[dirahasiakan]")
SHORTEST_NAME = 3
"""Letters of a part of a name that is looked for by itself; shorter ones are initials and titles."""

_NUMBERS = re.compile(
    r"[^\s<>(),;:]+@[^\s<>(),;:]+[^\s<>(),;:.]"  # an address
    r"|(?<!\d)\d(?:[\s.\-]?\d){14,17}(?!\d)"  # an NIP or NIK, in groups or not
    r"|(?<!\d)(?:\+?62|0)[\s.\-]?8(?:[\s.\-]?\d){7,11}(?!\d)"  # a mobile number
    r"|(?<!\d)\(?0\d{2,3}\)?[\s.\-]*\d{5,8}(?!\d)"  # a number with its area code
)


def concealed(text: str, secrets: Iterable[str]) -> str:
    """`text` without `secrets` (names, contacts), the parts of names among them, and without any address, telephone
    number, NIP, NIK or number of a case."""
    words = _(CONCEALED)
    for pattern in (_named(secrets), CASE_NUMBER, _NUMBERS):
        if pattern is not None:
            text = pattern.sub(lambda _found: words, text)
    return re.sub(rf"{re.escape(words)}(?:\s+{re.escape(words)})+", lambda _found: words, text)


def _names(part: str, secret: str) -> bool:
    """Whether a part may name somebody by itself: not the "dan" of an address, unless all is written small."""
    return part[:1].isupper() or any(letter.isdigit() for letter in part) or secret.islower()


def _named(secrets: Iterable[str]) -> re.Pattern[str] | None:
    whole = {" ".join(secret.split()) for secret in secrets}
    parts = {part.strip(".,;:()") for secret in whole for part in secret.split() if _names(part, secret)}
    looked_for = {secret for secret in whole | parts if len(secret) >= SHORTEST_NAME}
    if not looked_for:
        return None
    longest_first = sorted(looked_for, key=lambda secret: (-len(secret), secret))
    spelt = (r"\s+".join(map(re.escape, secret.split())) for secret in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelt)})(?!\w)", re.IGNORECASE)
