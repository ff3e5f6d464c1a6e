"""A mention: values that stand together and belong to one person, with what the words around say of that person."""

from collections.abc import Iterable
from dataclasses import field

from lockdesk.desk.values.facts import Word
from lockdesk.desk.values.person_fields import REQUEST_FIELDS
from lockdesk.reader.letter.layout import Rows
from lockdesk.records import dataclass

HEX_FIELDS = frozenset({"serial", "key_fingerprint"})
PERSON_FIELDS = tuple(field.name for field in REQUEST_FIELDS if field.name not in HEX_FIELDS)


@dataclass(frozen=True, slots=True)
class Value:
    """One value as it is written. `evidence` is how it was known: "label", "below", "above", "column", "sentence",
    "signature", "shape"."""

    field: str
    text: str
    rows: Rows
    evidence: str
    partial: bool = False
    """Whether more stands there than was taken, or it stands in pieces: OCR may have lost a part."""
    contested: bool = False
    """Whether another one of its kind stands beside it: an old telephone number, a private address."""

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for row in self.rows for word in row)


@dataclass(slots=True)
class Mention:
    """`hints`: "about" (somebody speaks of this person), "self" (this person speaks), "signer" (signs, or begins the
    letter), "row" (of a table), "form" (labels without a word about whose), "cover" (before the statement begins, on
    another page), "courtesy" ("Sdr." alone, which says nothing of a role), "official" (signs with an office), and the
    roles "superior", "verifier", "authorised", "contact"."""

    values: dict[str, Value] = field(default_factory=dict)
    hints: set[str] = field(default_factory=set)

    def add(self, value: Value) -> None:
        """The first occurrence counts."""
        self.values.setdefault(value.field, value)

    @property
    def names_somebody(self) -> bool:
        return bool(self.values.keys() & {"name", "nip", "nik"})


def used_words(mentions: Iterable[Mention]) -> set[int]:
    """The words that stand in some mention's values, by their identity."""
    return {id(word) for mention in mentions for value in mention.values.values() for word in value.words}
