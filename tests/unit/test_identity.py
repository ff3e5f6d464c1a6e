"""Identity numbers, names and masks."""

import pytest

from lockdesk.core.identity import (
    NameMatch,
    compare_names,
    mask_mailbox,
    mask_nik,
    mask_phone,
    normal_phone,
    numbers_agree,
    print_nip,
    read_nik,
    read_nip,
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("3375995502909901", ""),
        ("3375 9955 0290 9901", ""),
        ("337599550290990", "length"),
        ("3375995502900000", "serial"),
        ("3375993202909901", "date"),
        ("3375995513909901", "date"),
        ("0075015502909901", "region"),
        ("3375015502909901", ""),
    ],
)
def test_nik(text: str, problem: str) -> None:
    assert read_nik(text).problem == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("199002152019032999", ""),
        ("19900215 201903 2 999", ""),
        ("199002152019212001", ""),  # PPPK: 2x in digits 13-14
        ("19900215201903299", "length"),
        ("199013152019032999", "date"),
        ("199002152019133999", "date"),
        ("199002152019034999", "sex"),
    ],
)
def test_nip(text: str, problem: str) -> None:
    assert read_nip(text).problem == problem


def test_birth_date_and_sex_must_agree() -> None:
    nik = read_nik("3375995502909901")
    assert numbers_agree(nik, read_nip("199002152019032999"))
    assert not numbers_agree(nik, read_nip("199002152019031999"))
    assert not numbers_agree(nik, read_nip("199102152019032999"))


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("Sekar Contohwati, S.I.Pust.", "SEKAR  CONTOHWATI", NameMatch.SAME),
        ("dr. Yohanes Contohkan, Sp.PD", "Yohanes Contohkan", NameMatch.SAME),
        ("Wulandari, Sekar Ayu", "Sekar Ayu Wulandari", NameMatch.ABBREVIATED),
        ("SriRahayu Contohwati", "Sri Rahayu Contohwati, S.E.", NameMatch.ABBREVIATED),
        ("Maria F. Seumpama, S.Pd.", "Maria Fransiska Seumpama", NameMatch.ABBREVIATED),
        ("Moh. Andaikan", "Muhammad Andaikan", NameMatch.ABBREVIATED),
        ("Sekar Contohwati", "Sekar Contohwatii", NameMatch.DIFFERENT),
        ("Sekar Contohwati", "Sekar", NameMatch.DIFFERENT),
        ("Ｓekar Contohwati", "Sekar Contohwati", NameMatch.SAME),
        ("Sеkar Contohwati", "Sekar Contohwati", NameMatch.DIFFERENT),  # a Cyrillic letter is another letter
        ("", "Sekar Contohwati", NameMatch.DIFFERENT),
    ],
)
def test_names_are_the_same_or_not_never_alike(one: str, other: str, match: str) -> None:
    assert compare_names(one, other) == match
    assert compare_names(other, one) == match


def test_masks_keep_what_tells_two_people_apart_and_the_whole_domain() -> None:
    assert mask_nik("3375995502909901") == "3375••••••••9901"
    assert mask_nik("12345") == "•••••"
    assert mask_mailbox("sekar.contohwati@contoh.pekalongankota.go.id") == "se•••@contoh.pekalongankota.go.id"
    assert mask_mailbox("") == "•••"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+6281200000077", "0812 •••• •077"),
        ("0812-0000-0077", "0812 •••• •077"),
        ("(0285) 421243", "(0285) •••243"),
        ("4321", "••••"),
        ("+6281234567", "•••••567"),
        ("081234567890 (istri Budi)", "0812•••••890 (••••• ••••)"),
        ("istri Budi", "••••• ••••"),
    ],
)
def test_a_masked_telephone_number_stands_in_its_groups(number: str, shown: str) -> None:
    assert mask_phone(number) == shown


def test_prints_and_phones() -> None:
    assert print_nip("199002152019032999") == "19900215 201903 2 999"
    assert normal_phone("0812-0000-0077") == "+6281200000077"
    assert normal_phone("+62 812 0000 0077") == "+6281200000077"
    assert normal_phone("bukan nomor") == ""


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("Nur Seumpamawati, S.Pd.AUD., Gr.", "NUR SEUMPAMAWATI", NameMatch.SAME),
        ("Nur Seumpamawati, X.Yz.Abc.", "Nur Seumpamawati", NameMatch.TITLED),
        ("R.A. Kinanti Bayangkari, Ph.D.", "Kinanti Bayangkari", NameMatch.ABBREVIATED),
        ("R.A. Kinanti", "Kinanti", NameMatch.ABBREVIATED),
        ("Andaikan", "A. Andaikan", NameMatch.ABBREVIATED),
        ("R.A. Kinanti", "Bayangkari", NameMatch.DIFFERENT),
        ("Kinanti", "Kinanti Bayangkari", NameMatch.DIFFERENT),
        ("R.A. Kinanti Bayangkari, Ph.D.", "Raden Ajeng Kinanti Bayangkari", NameMatch.ABBREVIATED),
        ("S. Umpama Besar", "Umpama Besar", NameMatch.ABBREVIATED),
        ("Sekar Contohwati", "Budi Contohwati", NameMatch.DIFFERENT),
        ("Budi, S.E.", "Budi Santoso", NameMatch.DIFFERENT),
    ],
)
def test_titles_are_endless_and_never_make_a_stranger(one: str, other: str, match: str) -> None:
    assert compare_names(one, other) == compare_names(other, one) == match
