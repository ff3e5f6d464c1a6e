"""The requests of several people in one mail, apart: a letter and a CSR for each, or a table that names them all.

Proposed, never done: the officer confirms. What names nobody is shared by all; whose a paper is comes from what it
says, and people are different only where a number or a name says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lockdesk.core.identity import NameMatch, compare_names, digits, print_nip
from lockdesk.desk.checks.holders import compare_holder, known_person, names_another
from lockdesk.desk.requests.persons import as_person, table_rows
from lockdesk.desk.requests.scanning import says_so
from lockdesk.desk.values.facts import RequestFacts, StatementFacts, StatementProblem
from lockdesk.pki.values import CsrProblem, SubjectFacts
from lockdesk.reader.request import OpenedLetter, Papers, assemble, may_be_page

Who = Mapping[str, str]
"""A person's name, nip, nik and email, "" where unknown."""
_MATCHING = frozenset({NameMatch.SAME, NameMatch.TITLED, NameMatch.ABBREVIATED})


@dataclass(slots=True)
class _Request:
    """One person's papers: places in the list of files, and the letters among them."""

    who: Who
    files: set[int] = field(default_factory=set)
    letters: list[OpenedLetter] = field(default_factory=list)


def is_scan(facts: StatementFacts) -> bool:
    """Whether it is still to be read."""
    return facts.problem is StatementProblem.NONE and not facts.has_text


def may_be_of_several(papers: Papers) -> bool:
    """Whether scans must be looked into to know whose they are: the CSRs are of different people, or there are several
    scans that their names do not call something else."""
    scans = [item for item, facts in papers.letters if is_scan(facts)]
    subjects = list(_subjects(papers).values())
    several = any(names_another(other, _named_by(subjects[0])) for other in subjects[1:])
    return bool(scans) and (several or sum(may_be_page(item) for item in scans) > 1)


def parted(papers: Papers, said: Sequence[StatementFacts]) -> list[tuple[str, RequestFacts]]:
    """A request for each of the people whose papers these are, with the name; none where they are one person's.
    `said`: what each of the letters says, as far as it was looked into."""
    requests = _by_letters(papers, said)
    _add_csrs(requests, _subjects(papers))
    if len(requests) < 2:
        return []
    _add_nameless(requests, papers)
    shared = set(range(len(papers.files))) - set[int]().union(*(item.files for item in requests))
    return [(_shown(item.who), _facts(item, shared, papers)) for item in requests]


def _shown(who: Who) -> str:
    """Name and number: two people may have one name."""
    number = f"NIP {print_nip(digits(who['nip']))}" if who["nip"] else who["email"]
    return ", ".join(filter(None, (who["name"], number)))


def _facts(request: _Request, shared: set[int], papers: Papers) -> RequestFacts:
    kept = sorted(request.files | shared)
    files = [papers.files[n] for n in kept]
    readings = [papers.readings[n] if n in request.files else None for n in kept]
    mail = papers.mail
    if mail is not None:
        mail = replace(mail, attachments=tuple(item for item in mail.attachments if item in files))
    return assemble(Papers(mail, files, readings, request.letters))


def _by_letters(papers: Papers, said: Sequence[StatementFacts]) -> list[_Request]:
    """Whom the letters for this service are about: the one of each, or everybody in the rows of a table. A scan stays
    to be read, whosever it is."""
    found: list[_Request] = []
    for (item, facts), read in zip(papers.letters, said, strict=True):
        rows = table_rows(facts)
        own = [as_person(facts, n) for n in rows] if len(rows) > 1 else [facts]
        for kept in own if says_so(read) else ():
            who = known_person((read if is_scan(kept) else kept).fields, None)
            if any(who.values()):
                request = next((one for one in found if _same(one.who, who)), None)
                if request is None:
                    found.append(request := _Request(who))
                request.files.add(papers.files.index(item))
                request.letters.append((item, kept))
    return found


def _same(one: Who, other: Who) -> bool:
    """Whether two letters are one person's: by a number where both have it, else by the name."""
    for name in ("nip", "nik"):
        if one[name] and other[name]:
            return digits(one[name]) == digits(other[name])
    if one["name"] and other["name"]:
        return compare_names(one["name"], other["name"]) in _MATCHING
    return True  # nothing says that they are two


def _subjects(papers: Papers) -> dict[int, SubjectFacts]:
    """The subjects of the readable CSRs, by the place of their files."""
    return {
        n: reading.facts.subject
        for n, reading in enumerate(papers.readings)
        if reading is not None and reading.problem is CsrProblem.NONE and reading.facts is not None
    }


def _named_by(subject: SubjectFacts) -> Who:
    number = digits(subject.serial_number)
    return {
        "name": subject.common_name,
        "nip": number if len(number) == 18 else "",
        "nik": number if len(number) == 16 else "",
        "email": subject.email,
    }


def _add_csrs(requests: list[_Request], subjects: Mapping[int, SubjectFacts]) -> None:
    """Gives every CSR to its person. One that names nobody of the letters is another person's request only beside a
    CSR that does, or where there is no letter at all: alone, it is what the checks must find."""
    without_letters = not requests
    strange: dict[int, SubjectFacts] = {}
    for n, subject in subjects.items():
        owner = next((item for item in requests if _names(subject, item.who)), None)
        if owner is not None:
            owner.files.add(n)
        else:
            strange[n] = subject
    if not without_letters and len(strange) == len(subjects):
        if len(requests) == 1:
            requests[0].files |= strange.keys()
        return
    for n, subject in strange.items():
        if all(names_another(subject, item.who) for item in requests):
            requests.append(_Request(_named_by(subject), {n}))
        else:
            requests[-1].files.add(n)


def _names(subject: SubjectFacts, who: Who) -> bool:
    holder = compare_holder(subject, who)
    return not holder.conflicting and (holder.agreeing or holder.name in _MATCHING)


def _add_nameless(requests: Sequence[_Request], papers: Papers) -> None:
    """The one paper that names nobody is the letter of the one request that has none: which it is, its checks say."""
    taken = {papers.files.index(item) for request in requests for item, _facts in request.letters}
    left = [(item, facts) for item, facts in papers.letters if papers.files.index(item) not in taken]
    bare = [request for request in requests if not request.letters]
    if len(left) == len(bare) == 1:
        bare[0].files.add(papers.files.index(left[0][0]))
        bare[0].letters.append(left[0])
