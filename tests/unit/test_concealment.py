"""What names a confidential complainant is taken out of running text; what names nobody stays."""

import pytest

from lockdesk.core.concealment import concealed
from lockdesk.desk.values.complaints import concealed_name

SECRETS = ("Tri Umpamakan, S.Kom.", "Jalan Rekaan 12, dekat pasar dan masjid")


@pytest.mark.parametrize(
    "secret",
    [
        "Tri Umpamakan",
        "TRI  UMPAMAKAN",
        "Umpamakan",
        "Rekaan",
        "198702122010012999",
        "19870212 201001 2 999",
        "3375995502870001",
        "0812-0000-0077",
        "+62 812 0000 0077",
        "(0285) 421243",
        "tri.u@contoh.pekalongankota.go.id",
        "LOCK-2026-0042",
        "LATIH-LOCK-2026-0042",
        "0042/LOCK/XI/2026",
    ],
)
def test_it_is_taken_out_wherever_it_stands(secret: str) -> None:
    assert concealed(f"Saya {secret}, sudah datang.", SECRETS) == "Saya [dirahasiakan], sudah datang."


@pytest.mark.parametrize(
    "text",
    [
        "Pada Senin, 23 November 2026 pukul 08.05 saya datang dan menunggu 2 jam.",
        "Diajukan 23-11-2026, nomor urut 12345, di dekat pasar dan masjid.",
        "Trisula dan trio itu lain.",
        "ADU-2026-0007 sudah ditanggapi.",
    ],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert concealed(text, SECRETS) == text


def test_a_name_written_small_is_looked_for_part_by_part() -> None:
    assert concealed("Bu Sari menunggu.", ("sari rekaan",)) == "Bu [dirahasiakan] menunggu."


def test_initials_alone_are_no_name() -> None:
    assert concealed("A dan B.", ("A B",)) == "A dan B." and concealed("A B datang.", ("A B",)) != "A B datang."
    assert concealed("Tetap.", ("", "X")) == "Tetap."


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("surat_tri-umpamakan.pdf", "surat [dirahasiakan].pdf"),
        ("Tri Umpamakan", "[dirahasiakan]"),
        ("tangkapan-layar.png", "tangkapan-layar.png"),
    ],
)
def test_a_files_name_keeps_its_ending(name: str, told: str) -> None:
    assert concealed_name(name, SECRETS) == told
