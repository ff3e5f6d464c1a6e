"""A slice of the letters by other hands (all of them: `python -m tests.letters`)."""

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.letters.__main__ import HERE, Read, read_all

FOLDERS = tuple(
    HERE / name for name in ("", "clerks", "agencies", "offices", "counters", "halls", "desks", "secretaries", "unseen")
)
"""Ours by four producers; by other hands with a dozen more; of the last five a part was once kept aside."""


def _born(folder: Path) -> list[str]:
    rows = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return sorted(name for name, row in rows.items() if row["kind"] == "born")


SEEN = (
    "atasan-lebih-dahulu-reportlab-pindai.pdf",
    "tabel-satu-pegawai-reportlab-pindai.pdf",
    "baris-titik-dua-docx-pindai.pdf",
    "centang-pendaftaran-docx-pindai.pdf",
    "undangan-reportlab-pindai.pdf",
    "dua-pasang-sebaris-reportlab-foto.jpg",
    "label-di-atas-docx-foto.jpg",
)


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def born(request: pytest.FixtureRequest) -> list[Read]:
    return read_all(request.param, _born(request.param))


def counted(results: list[Read]) -> Counter[str]:
    return Counter(outcome.how for item in results for outcome in item.outcomes)


def test_born_digital_letters_are_read_and_no_value_is_wrong(born: list[Read]) -> None:
    counts = counted(born)
    assert counts["wrong"] == counts["invented"] == 0
    assert counts["right"] >= 0.95 * counts.total()


def test_no_paper_for_something_else_passes_as_one_for_this_service(born: list[Read]) -> None:
    assert [item.paper for item in born if item.passed and not item.asks] == []
    asking = [item for item in born if item.asks]
    assert sum(item.passed for item in asking) >= 0.8 * len(asking)


def test_of_bad_scans_no_torn_number_is_taken_for_a_whole_one() -> None:
    folder = HERE / "agencies"
    rows = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    counts = counted(read_all(folder, sorted(name for name, row in rows.items() if row["kind"] != "born")))
    assert counts["wrong"] == counts["invented"] == 0 and counts["right"] >= 12


def test_scans_and_photos_are_read_and_what_is_not_sure_is_no_fact() -> None:
    results = read_all(HERE, list(SEEN))
    counts = counted(results)
    assert counts["wrong"] == counts["invented"] == 0
    assert counts["right"] >= 0.85 * counts.total()
    assert [item.paper for item in results if item.passed and not item.asks] == []
