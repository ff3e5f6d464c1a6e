"""A language is one row and its files: a third one is chosen, counted in and helped in like the others."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from lockdesk import words
from lockdesk.resource import resource
from lockdesk.words import SOURCE, TONGUES, Tongue, _, in_indonesian, language, number_words, translated


@pytest.fixture(autouse=True)
def back_to_indonesian() -> Iterator[None]:
    yield
    language.choose(SOURCE)


def test_every_language_has_its_catalogue_and_every_page_of_help() -> None:
    pages = {path.name.split(".")[0] for path in Path(resource("help")).glob("*.md")}
    for code in TONGUES:
        assert translated(code)
        assert all(resource(f"help/{page}.{code}.md").is_file() for page in pages), code


def test_a_third_language_is_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TONGUES, "jv", Tongue("jv", "Basa Jawa", "jv_ID", ",", "\N{NO-BREAK SPACE}", "."))
    language.choose("jv")
    assert language.tongue.name == "Basa Jawa" and number_words(1204) == "1\N{NO-BREAK SPACE}204"
    assert words._("Simpan") == "Simpan", "what is not translated yet is Indonesian"


def test_an_unknown_language_is_indonesian() -> None:
    language.choose("xx")
    assert language.code == SOURCE


def test_what_one_thread_writes_in_indonesian_leaves_the_window_alone() -> None:
    language.choose("en")
    said = []
    with in_indonesian():
        other = Thread(target=lambda: said.append((_("Simpan"), number_words(1204))))
        other.start()
        other.join()
        assert (_("Simpan"), number_words(1204), language.code) == ("Simpan", "1.204", SOURCE)
    assert said == [("Save", "1,204")]
    with pytest.raises(LookupError), in_indonesian():
        raise LookupError
    assert (_("Simpan"), language.code) == ("Save", "en")


def test_words_that_english_has_twice_are_one_in_indonesian() -> None:
    assert words._("jumlah\x04Permohonan diterima") == words._("Permohonan diterima") == "Permohonan diterima"
    language.choose("en")
    assert words._("jumlah\x04Permohonan diterima") == "Requests received" != words._("Permohonan diterima")
