"""Letters as rows of words, laid out and read without a file."""

from lockdesk.desk.values.facts import StatementFacts, StatementProblem, Word
from lockdesk.reader.documents.scans import ScannedPage
from lockdesk.reader.letter.reading import read_letter


def written(*rows: str, confidence: float = 96.0) -> ScannedPage:
    """A page of lines, a column apart where there are two blanks."""
    words = []
    for number, row in enumerate(rows):
        left, top = 0.1, 0.2 + 0.03 * number
        for piece in row.split("  "):
            for text in piece.split():
                words.append(Word(0, text, left, top, left + 0.011 * len(text), top + 0.012, confidence))
                left += 0.011 * len(text) + 0.005
            left += 0.06
    return ScannedPage(tuple(words))


WRITER = ("Nama  : Sekar Contohwati, S.I.Pust.", "NIP  : 199002152019032999")
HEAD = ("Nama  : Drs. Umpama Besar, M.Si.", "NIP  : 196805121994031004")


def read(*rows: str) -> StatementFacts:
    letter = read_letter(list(written(*rows).words))
    return StatementFacts(
        StatementProblem.NONE, 1, letter.text, letter.fields, letter.places, people=letter.people,
        doubted=letter.doubted, evidence=letter.evidence,
    )  # fmt: skip


def roles(statement: StatementFacts) -> dict[str, str]:
    return {person.fields.name: person.role for person in statement.people}
