"""Whom a certificate's or a CSR's common name names: by an identifier that it holds, and by the name beside it."""

import re
from collections.abc import Mapping

from lockdesk.core.identity import NameMatch, compare_names, digits
from lockdesk.desk.values.people import RegisterEntry
from lockdesk.desk.values.person_fields import PersonTexts
from lockdesk.pki.values import SubjectFacts
from lockdesk.records import dataclass

_MAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_NUMBER = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?:(?:[ .-]?\d){2})?(?!\d)")
_GIVEN, _SURNAME = re.compile(r"\b2\.5\.4\.42=([^,+]+)"), re.compile(r"\b2\.5\.4\.4=([^,+]+)")
_LABEL = re.compile(r"\b(?:NIP|NIK|NI ?PPPK|NIPPPK)\b[.:]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Holder:
    """How a subject relates to a person. `name` is a NameMatch, "" where the subject has no name beside identifiers."""

    agreeing: bool
    """An identifier (NIP, NIK, e-mail) is the person's."""
    conflicting: bool
    """An identifier is not the person's, although the person has one of its kind."""
    name: str


def compare_holder(subject: SubjectFacts, person: Mapping[str, str]) -> Holder:
    """`person` has name, nip, nik and email, "" where unknown."""
    stated, name = _taken_apart(subject)
    numbers = {digits(person["nik"]), digits(person["nip"])} - {""}
    mail = person["email"].casefold()
    same, other = list[str](), list[str]()
    for item in stated:
        known = {mail} - {""} if "@" in item else numbers
        if known:
            (same if item in known else other).append(item)
    matches = [compare_names(one, person["name"]) for one in _names(subject, name) if person["name"]]
    match = next((item for item in (NameMatch.DIFFERENT, *matches) if item in matches), "")  # one other name is enough
    return Holder(bool(same), bool(other), match)


def _names(subject: SubjectFacts, name: str) -> list[str]:
    """The names that a subject states: each common name, and given name with surname."""
    parts = [found[1] for pattern in (_GIVEN, _SURNAME) if (found := pattern.search(subject.text)) is not None]
    return [item for item in (*name.split(" / "), " ".join(parts) if len(parts) == 2 else "") if item]


def known_person(applicant: PersonTexts, entry: RegisterEntry | None) -> dict[str, str]:
    """Who the applicant is, for `compare_holder`: by the register where it says so, else as stated."""
    return {
        name: (entry.text(name) if entry is not None and entry.text(name) else getattr(applicant, name))
        for name in ("name", "nik", "nip", "email")
    }


def identifiers(subject: SubjectFacts) -> set[str]:
    """The NIPs, NIKs (digits) and e-mail addresses (lower case) that a subject states."""
    return _taken_apart(subject)[0]


def stated_fields(subject: SubjectFacts) -> dict[str, str]:
    """What a subject states of its holder, by the names of PERSON_FIELDS, "" where nothing."""
    stated, name = _taken_apart(subject)
    numbers = {len(text): text for text in stated if "@" not in text}
    mail = next((text for text in sorted(stated) if "@" in text), "")
    return {"name": name, "nik": numbers.get(16, ""), "nip": numbers.get(18, ""), "email": mail}


def is_proved_of(subject: SubjectFacts, person: Mapping[str, str]) -> bool:
    """Whether a certificate is this person's by NIP, NIK or e-mail, and nothing in it is somebody else's. A name alone
    proves nothing."""
    return compare_holder(subject, person).agreeing and not names_another(subject, person)


def _taken_apart(subject: SubjectFacts) -> tuple[set[str], str]:
    """The identifiers that a subject states, and its common name without them."""
    text = subject.common_name
    stated = {subject.email.casefold(), digits(subject.serial_number)}
    stated |= {found[0].casefold() for found in _MAIL.finditer(text)}
    stated |= {digits(found[0]) for found in _NUMBER.finditer(subject.text)}  # UID, OU, title: whatever holds one
    text = _MAIL.sub(" ", text)
    stated |= {digits(found[0]) for found in _NUMBER.finditer(text)}
    text = _LABEL.sub(" ", _NUMBER.sub(" ", text))
    return stated - {""}, " ".join(text.split()).strip(" -_/()[],:;")


def names_another(subject: SubjectFacts, person: Mapping[str, str]) -> bool:
    """Whether an identifier that a certificate carries, or its name, is positively not this person's."""
    holder = compare_holder(subject, person)
    return holder.conflicting or holder.name == NameMatch.DIFFERENT
