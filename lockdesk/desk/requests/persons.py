"""A letter as that of one of the people whom it names, or with a doubted value settled. Pure."""

from dataclasses import replace

from lockdesk.desk.values.facts import StatementFacts, StatementFields

OFFICER = "officer"
"""What speaks for a field that the officer chose."""
PASSED_OVER = "passed_over"
"""The role of a candidate while another one is chosen: the choice can be changed."""
_OF_THE_LETTER = ("serial", "letter_number", "letter_date", "key_fingerprint")


def as_person(statement: StatementFacts, index: int, others: str = "other") -> StatementFacts:
    """The letter as that of the `index`-th person whom it names; `others` becomes the role of the remaining
    candidates. Raises IndexError."""
    chosen = statement.people[index]
    kept = {name: getattr(statement.fields, name) for name in _OF_THE_LETTER}
    said = {
        name: getattr(chosen.fields, name)
        for name in StatementFields.__dataclass_fields__
        if name not in kept and name not in chosen.doubted
    }
    doubts = tuple((name, getattr(chosen.fields, name)) for name in chosen.doubted)
    places = tuple(item for item in statement.places if item[0] in kept) + chosen.places
    people = tuple(
        replace(person, role="applicant" if number == index else _other(person.role, others))
        for number, person in enumerate(statement.people)
    )
    return replace(
        statement,
        fields=StatementFields(**kept, **said),
        places=places,
        doubted=tuple(item for item in statement.doubted if item[0] in kept) + doubts,
        evidence=(
            *(item for item in statement.evidence if item[0] in kept),
            *((name, OFFICER) for name, text in said.items() if text),
        ),
        people=people,
    )


def _other(role: str, others: str) -> str:
    return others if role in {"applicant", "candidate"} else role


def table_rows(statement: StatementFacts) -> tuple[int, ...]:
    """The people in the rows of a table, each of whom could be the applicant."""
    return tuple(n for n, person in enumerate(statement.people) if person.role == "candidate" and person.row)


def passed_over(statement: StatementFacts) -> bool:
    """Whether the letter's applicant was chosen among several."""
    return any(person.role == PASSED_OVER for person in statement.people)


def as_settled(statement: StatementFacts, field: str, text: str) -> StatementFacts:
    """The letter with a doubted field as the officer reads it there."""
    return replace(
        statement,
        fields=replace(statement.fields, **{field: text}),
        doubted=tuple(item for item in statement.doubted if item[0] != field),
        evidence=(*(item for item in statement.evidence if item[0] != field), (field, OFFICER)),
    )
