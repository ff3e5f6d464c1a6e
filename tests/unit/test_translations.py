"""Every marked text has an English one with the same placeholders, and the catalogue holds nothing else."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from lockdesk.resource import resource_root
from lockdesk.words import MONTHS, _, language, number_words, translated

PACKAGE = Path(__file__).parents[2] / "lockdesk"
FOLDER = resource_root() / "translations"


def _marked() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "N_"}:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def _placeholders(text: str) -> list[str]:
    return sorted(name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None)


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def _source(path: Path) -> dict[str, str]:
    """The texts of a .po of this house: one entry is `msgid` and `msgstr`, each continued on further lines."""
    texts: dict[str, str] = {}
    entry = {"msgid": "", "msgstr": ""}
    part = "msgid"
    for line in [*path.read_text(encoding="utf-8").splitlines(), 'msgid ""']:
        word, quoted, rest = line.partition('"')
        if not quoted or line.startswith("#"):
            continue
        if word.strip():
            part = word.strip()
            if part == "msgid":
                texts[entry["msgid"]] = entry["msgstr"]
                entry = {"msgid": "", "msgstr": ""}
        entry[part] += ast.literal_eval(f'"{rest}')
    texts.pop("", None)
    return texts


@pytest.fixture(scope="module")
def marked() -> set[str]:
    return set(_marked())


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    with (FOLDER / "en" / "LC_MESSAGES" / "lockdesk.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    return {text: catalogue.gettext(text) for text in catalogue._catalog if text}  # type: ignore[attr-defined]


def test_there_are_texts_to_translate(marked: set[str]) -> None:
    assert len(marked) > 1000


def test_every_marked_text_is_translated_and_no_other(marked: set[str], english: dict[str, str]) -> None:
    assert sorted(marked - english.keys()) == []
    assert sorted(english.keys() - marked) == []
    assert [text for text, words in english.items() if not words.strip()] == []


def test_placeholders_and_edges_are_kept(english: dict[str, str]) -> None:
    assert [text for text, words in english.items() if _placeholders(text) != _placeholders(words)] == []
    ends = [(text, words) for text, words in english.items() if text.endswith("…") != words.endswith("…")]
    assert ends == []
    spaces = [text for text, words in english.items() if _edges(text) != _edges(words)]
    assert spaces == []


def test_the_compiled_catalogue_is_the_editable_one(english: dict[str, str]) -> None:
    assert _source(FOLDER / "en" / "LC_MESSAGES" / "lockdesk.po") == english


def test_the_language_can_change_while_the_program_runs() -> None:
    assert translated("en")
    assert not translated("fr")
    try:
        language.choose("en")
        assert (_("Simpan"), _(MONTHS[4]), number_words(1204)) == ("Save", "May", "1,204")
    finally:
        language.choose("id")
    assert (_("Simpan"), number_words(1204)) == ("Simpan", "1.204")


def test_nobody_is_addressed(marked: set[str]) -> None:
    """Formal Indonesian names who acts: an officer, the head, an applicant."""
    help_pages = {path.read_text(encoding="utf-8") for path in (resource_root() / "help").glob("*.id.md")}
    assert not [text[:60] for text in marked | help_pages if re.search(r"\b(Anda|kamu)\b", text)]


TERMS = re.compile(r"keyring|gantungan kunci|pkilint|superseded|cessationOfOperation", re.IGNORECASE)
IN_BRACKETS, PACKAGES = re.compile(r"\([^)]*\)"), "gnome-keyring"


def test_an_administrator_s_terms_stand_in_brackets_or_in_the_detail(english: dict[str, str]) -> None:
    texts = {*english, *english.values()}
    texts |= {path.read_text(encoding="utf-8") for path in (resource_root() / "help").glob("*.md")}
    told = {IN_BRACKETS.sub("", text).replace(PACKAGES, "") for text in texts}
    assert [[*TERMS.findall(text), text[:60]] for text in told if TERMS.search(text)] == []


MANY = {
    "{count} requests", "{count} cases", "{n} entries", "{n} times", "{n} certificates", "{n} digits", "{n} characters",
    "{n} items",
}  # fmt: skip
"""What is told of several alone, or of a number that is never one."""


def test_no_english_number_stands_before_a_plural_that_one_would_not_have() -> None:
    catalogue = _source(FOLDER / "en" / "LC_MESSAGES" / "lockdesk.po")
    plural = re.compile(r"\{(?:n|count|lost|years|seconds)\} (?!is\b|was\b)\w+s\b")
    found = {match for shown in catalogue.values() for match in plural.findall(shown)}
    assert found - MANY == set()
