"""What people may ask of their data, and what becomes of it when its time is over."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from enum import StrEnum

from lockdesk.core.secrets import Prose
from lockdesk.records import dataclass
from lockdesk.words import N_, _

DESTROYED = N_("(data dimusnahkan)")
"""Stands in the database where a name or a text was."""
ANSWER_WITHIN = timedelta(hours=72)
"""UU 27/2022 art. 30 to 32: calendar hours from a person's request until the answer."""
NOTIFY_WITHIN = timedelta(hours=3 * 24)
"""UU 27/2022 art. 46: calendar hours from when a breach is known until the notice."""


def told(text: str) -> str:
    """A stored text as it is shown: what stands for one that was destroyed is of this program, in its language."""
    return _(text) if text == DESTROYED else text


class DataKind(StrEnum):
    """What the retention schedule tells apart."""

    CASE = "case"
    COMPLAINT = "complaint"
    PERSON = "person"
    """An entry of the staff register that is no longer in service."""
    DRAFT = "draft"
    """A form of a visitor, or of somebody new in the register, that was begun and never saved."""


@dataclass(frozen=True, slots=True)
class DueItem:
    """What is to be destroyed. `number` is "" for an entry of the register and for a form; `files`: stored documents or
    evidence."""

    kind: DataKind
    id: int
    number: str
    ended_at: datetime
    files: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """Before which moment something must have ended to be due, by kind."""

    cases: datetime
    complaints: datetime
    people: datetime
    drafts: datetime


class Way(StrEnum):
    """By what the head of section confirmed: the own passphrase, the code from the safe, or, where there is neither,
    the program's passphrase."""

    OWN = "own"
    CODE = "recovery"
    PASSPHRASE = "passphrase"


WAY_WORDS = {
    Way.OWN: N_("frasa sandi Kepala Bidang sendiri"),
    Way.CODE: N_("kode pemulihan dari brankas Kepala Bidang"),
    Way.PASSPHRASE: N_(
        "frasa sandi program, karena belum ada frasa sandi Kepala Bidang dan kode pemulihan di atas kertas"
    ),
}


SECRET_WORDS = {
    Way.OWN: N_("frasa sandi Kepala Bidang"),
    Way.CODE: N_("kode pemulihan seperti tercetak"),
    Way.PASSPHRASE: N_("frasa sandi program"),
}
"""What is typed."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the head of section types. `position` with its prefix (Plt., Plh.)."""

    name: str
    nip: str
    position: str
    secret: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who confirmed, and by what; the officer who carried it out."""

    name: str
    nip: str
    position: str
    way: Way
    officer: str


@dataclass(frozen=True, slots=True)
class Disposal:
    """One disposal as its minutes tell it: numbers, no personal data but the officials'. `swept_at`: when the database
    file was cleaned of what had been destroyed, None while that is still to be done."""

    number: str
    at: datetime
    head: str
    head_nip: str
    head_position: str
    way: Way
    officer: str
    cases: tuple[str, ...]
    complaints: tuple[str, ...]
    people: int
    drafts: int
    swept_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DataRequest:
    """Somebody asked for the own data: by an entry of the register, or by a case where there is none."""

    id: int
    name: str
    received_at: datetime
    entry_id: int | None = None
    case_id: int | None = None
    answered_at: datetime | None = None

    @property
    def due_at(self) -> datetime:
        return self.received_at + ANSWER_WITHIN


@dataclass(frozen=True, slots=True)
class BreachPart:
    """A part that the notice must have: what it is called, and what belongs into it."""

    name: str
    words: str
    hint: str


BREACH_PARTS = (
    BreachPart("data", N_("Data pribadi yang terungkap"), N_("Jenis datanya, milik siapa, dan berapa orang.")),
    BreachPart("how", N_("Kapan dan bagaimana terungkap"), N_("Waktu kejadian, jalannya, dan bagaimana diketahui.")),
    BreachPart("done", N_("Penanganan dan pemulihan"), N_("Yang sudah dilakukan dan yang akan dilakukan.")),
    BreachPart("contact", N_("Kontak"), N_("Siapa yang dapat ditanya: nama, jabatan, telepon, e-mail.")),
)
BREACH_PREFIX = "breach."


@dataclass(frozen=True, slots=True)
class Breach:
    """The notice of a breach; an attribute for each of BREACH_PARTS. `number` is "" before it is recorded."""

    number: str
    known_at: datetime
    data: Prose = ""
    how: Prose = ""
    done: Prose = ""
    contact: Prose = ""

    @property
    def due_at(self) -> datetime:
        return self.known_at + NOTIFY_WITHIN


def breach_text(breach: Breach) -> str:
    """The stored form, also of a draft."""
    values = {name: value for name, value in asdict(breach).items() if name != "number"}
    return json.dumps(values | {"known_at": breach.known_at.isoformat()}, ensure_ascii=False)


def breach_of(name: str, text: str) -> Breach:
    """What `breach_text` wrote. Raises ValueError, KeyError and TypeError for anything else."""
    values = json.loads(text)
    known_at = datetime.fromisoformat(values.pop("known_at"))
    return Breach(name.removeprefix(BREACH_PREFIX), known_at, **{part.name: values[part.name] for part in BREACH_PARTS})
