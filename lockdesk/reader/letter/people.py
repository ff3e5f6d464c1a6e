"""Whose letter it is: mentions of one person put together, and roles from the letter's own words.

Nothing else is asked: no register, no CSR, no sender. Where two people could be the applicant, none is chosen.
"""

import re
from collections.abc import Sequence
from dataclasses import field

from lockdesk.core.identity import NameMatch, compare_names, digits, normal_phone, without_titles
from lockdesk.desk.checks.mail.lookalike import edits
from lockdesk.reader.letter import shapes
from lockdesk.reader.letter.mentions import HEX_FIELDS, Mention, Value
from lockdesk.records import dataclass

_SELF_WORDS = re.compile(r"\bsaya\b", re.IGNORECASE)
_WE_SIGN = re.compile(r"\bkami\b[^.:]{0,30}bertanda\s*tangan", re.IGNORECASE)
ELSEWHERE = {"superior", "verifier", "authorised", "contact", "cover"}
_SLIPS = 2
"""Letters by which OCR may read one name twice differently."""


@dataclass(slots=True)
class Person:
    """Every value that the letter gives of one person, in the letter's order, and what it says of him or her."""

    values: dict[str, list[Value]] = field(default_factory=dict)
    hints: set[str] = field(default_factory=set)

    def take(self, mention: Mention) -> None:
        self.hints |= mention.hints
        for value in mention.values.values():
            self.values.setdefault(value.field, []).append(value)

    def texts(self, name: str) -> list[str]:
        return [value.text for value in self.values.get(name, ())]


@dataclass(frozen=True, slots=True)
class Reading:
    """The people of a letter. `applicant` is None where there is none, or where several of `candidates` could be."""

    people: tuple[Person, ...]
    applicant: Person | None
    candidates: tuple[Person, ...]

    def role_of(self, person: Person) -> str:
        """ "applicant", "candidate", "superior", "verifier", "authorised", "contact" or "other"."""
        if person is self.applicant:
            return "applicant"
        if any(person is item for item in self.candidates):
            return "candidate"
        named = next((role for role in ("verifier", "authorised", "contact") if role in person.hints), "")
        return named or ("superior" if person.hints & {"superior", "official", "signer"} else "other")


def read_people(mentions: Sequence[Mention], text: str, ocr: bool) -> Reading:
    """Puts mentions together and finds the applicant."""
    people: list[Person] = []
    for mention in mentions:
        if not mention.names_somebody or (ocr and _is_scrap(mention)):
            continue
        person = next((item for item in people if _same_person(item, mention, ocr)), None)
        if person is None:
            people.append(person := Person())
        person.take(mention)
    for person in people:
        if person.hints - {"cover"}:  # who writes the statement may be named in the covering letter, too
            person.hints.discard("cover")
    _join_nameless(people)
    candidates = _candidates(people, text)
    candidates = [item for item in candidates if item.texts("name")] or candidates
    applicant = candidates[0] if len(candidates) == 1 else None
    return Reading(tuple(people), applicant, tuple(candidates))


def _is_scrap(mention: Mention) -> bool:
    """What OCR leaves of a name under a signature or a stamp: one word and no number."""
    name = mention.values.get("name")
    alone = name is not None and name.evidence == "signature" and not mention.values.keys() & {"nip", "nik"}
    return alone and name is not None and len(without_titles(name.text)) < 2


def _join_nameless(people: list[Person]) -> None:
    """One block of numbers without a name, and one who speaks or is spoken of without a number, are one person."""
    mine = {"self", "about", "signer", "form"}
    numbers = [item for item in people if not item.texts("name") and item.hints & {"form", "signer", "about"}]
    named = [
        item for item in people
        if item.texts("name") and item.hints & mine and not item.hints & ELSEWHERE
        and not any(item.texts(name) and number.texts(name) for number in numbers for name in ("nip", "nik"))
    ]  # fmt: skip
    if len(numbers) == len(named) == 1 and not numbers[0].hints & ELSEWHERE:
        for field, values in numbers[0].values.items():
            named[0].values.setdefault(field, []).extend(values)
        named[0].hints |= numbers[0].hints
        people.remove(numbers[0])


def _same_person(person: Person, mention: Mention, ocr: bool) -> bool:
    for name in ("nip", "nik"):
        value = mention.values.get(name)
        if value is not None and digits(value.text) in map(digits, person.texts(name)):
            return True
    value = mention.values.get("name")
    return value is not None and any(same_name(value.text, known, ocr) for known in person.texts("name"))


def same_name(one: str, other: str, ocr: bool) -> bool:
    """Whether two names of one letter are one person's."""
    if compare_names(one, other) in {NameMatch.SAME, NameMatch.TITLED, NameMatch.ABBREVIATED}:
        return True
    first, second = sorted((without_titles(one), without_titles(other)), key=len)
    if first and first in {second[: len(first)], second[-len(first) :]}:  # wrapped over two lines
        return True
    plain = [re.sub(r"[^a-z]", "", text.casefold().partition(",")[0]) for text in (one, other)]
    return ocr and min(map(len, plain)) >= 8 and edits(*plain) <= _SLIPS


def same_value(field: str, one: str, other: str) -> bool:
    """Whether two texts of one letter say the same of a field."""
    if field == "name":
        return same_name(one, other, ocr=False)
    if field in {"nip", "nik"}:
        return digits(one) == digits(other)
    if field == "phone":
        return (normal_phone(one) or one) == (normal_phone(other) or other)
    if field in HEX_FIELDS:
        return re.sub(r"\W", "", one).casefold() == re.sub(r"\W", "", other).casefold()
    return shapes.normal(one).casefold() == shapes.normal(other).casefold()


def _candidates(people: list[Person], text: str) -> list[Person]:
    """Who could be the applicant by what the letter says.

    Whom it speaks about comes before who signs it; who says of himself that he states something is one as well, and
    where that is another person than the one spoken about, both could be meant.
    """
    about = [item for item in people if item.hints & {"about", "row"} and not item.hints & ELSEWHERE]
    named = [item for item in about if "row" in item.hints and item.hints & {"about", "courtesy"}]
    if len(named) == 1 and all("row" in item.hints for item in about):
        about = named  # one of a list, whom a sentence or the list itself picks out
    own = [item for item in people if "self" in item.hints and "cover" not in item.hints]
    if about:
        return about + [item for item in own if item not in about]
    written = {"signer", "form"} if _WE_SIGN.search(text) else {"signer"}
    signers = [item for item in people if item.hints & written and not item.hints & ELSEWHERE]
    forms = [item for item in people if "form" in item.hints and not item.hints & ELSEWHERE]
    # who signs may sign for somebody else, of whom the words before his or her data were not understood
    others = [item for item in forms if item not in signers and (item.texts("nip") or item.texts("nik"))]
    if own:
        beside = [item for item in signers if "official" not in item.hints] + others
        return own + [item for item in beside if item not in own]
    if signers:
        return signers + others
    if forms:
        return forms
    others = [item for item in people if not item.hints & ELSEWHERE]
    plain = [item for item in others if "official" not in item.hints]
    return plain or (others if _SELF_WORDS.search(text) else [])
