"""Whose letter it is, by its own words; and that nothing else is asked."""

import pytest

from lockdesk.core.findings import Verdict
from lockdesk.desk.checks.letter.purpose import check_letter_person, check_purpose
from lockdesk.desk.requests.persons import as_person, as_settled
from lockdesk.desk.values.facts import PersonFacts, StatementFacts, StatementFields, StatementProblem
from lockdesk.reader.letter.reading import read_letter
from tests.helpers.papers.typed_letters import HEAD, WRITER, read, roles, written


def test_the_superior_who_stands_first_is_not_the_applicant() -> None:
    facts = read(
        "Yang bertanda tangan di bawah ini:", *HEAD, "dengan ini menerangkan bahwa pegawai berikut:", *WRITER,
        "lupa passphrase dan direkomendasikan untuk dilakukan reset passphrase.",
    )  # fmt: skip
    assert facts.fields.nip == "199002152019032999"
    assert roles(facts)["Drs. Umpama Besar, M.Si."] == "superior"
    assert check_letter_person(facts).verdict is Verdict.PASS


@pytest.mark.parametrize("words", ["Diverifikasi oleh:", "Diperiksa oleh,", "Diteliti oleh", "Mengetahui,"])
@pytest.mark.parametrize("labels", [("", ""), ("Nama : ", "NIP : ")])
def test_who_only_looked_through_the_papers_is_no_applicant(words: str, labels: tuple[str, str]) -> None:
    facts = read(
        "Saya yang bertanda tangan di bawah ini:", *WRITER, "menyatakan lupa passphrase dan memohon penerbitan ulang.",
        "", words, "", f"{labels[0]}Umpama Besar, S.Kom.", f"{labels[1]}196805121994031004",
    )  # fmt: skip
    assert facts.fields.nip == "199002152019032999"
    assert roles(facts)["Umpama Besar, S.Kom."] in {"verifier", "superior"}


def test_of_two_possible_applicants_none_is_taken_and_both_are_named() -> None:
    facts = read(
        "Saya Umpama Besar, NIP 196805121994031004, mengajukan permohonan reset passphrase",
        "atas nama Sekar Contohwati, NIP 199002152019032999, yang lupa passphrase.",
    )
    assert (facts.fields.name, facts.fields.nip) == ("", "")
    finding = check_letter_person(facts)
    assert finding.verdict is Verdict.WARN
    assert "Umpama Besar" in finding.evidence and "Sekar Contohwati" in finding.evidence
    index = next(n for n, person in enumerate(facts.people) if person.fields.name.startswith("Sekar"))
    chosen = as_person(facts, index)
    assert chosen.fields.nip == "199002152019032999" and check_letter_person(chosen).verdict is Verdict.PASS
    assert dict(chosen.evidence)["name"] == "officer"


def test_a_doubted_value_becomes_a_fact_as_the_officer_reads_it() -> None:
    doubted = StatementFacts(StatementProblem.NONE, 1, "x", doubted=(("nip", "19900215201903299"),))
    settled = as_settled(doubted, "nip", "199002152019032999")
    assert settled.fields.nip == "199002152019032999" and settled.doubted == ()


def test_a_contact_person_s_number_is_not_the_applicant_s() -> None:
    facts = read("Surat pernyataan lupa passphrase", *WRITER, "Narahubung  : Budi Umpama (0811-2222-3333)")
    assert facts.fields.phone == "" and facts.fields.nip


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (("SURAT PERNYATAAN", "saya lupa passphrase sertifikat elektronik dan mohon pencabutan."), Verdict.PASS),
        (("PERMOHONAN", "mohon dilakukan reset passphrase tanda tangan elektronik."), Verdict.PASS),
        (("SURAT PERNYATAAN", "saya bersedia melapor bila lupa passphrase, mohon diterbitkan."), Verdict.WARN),
        (("SURAT PERMOHONAN", "mohon perpanjangan sertifikat; saya tidak lupa passphrase."), Verdict.FAIL),
        (("SURAT PERNYATAAN", "menyatakan lupa kata sandi aplikasi SIMPEG dan mohon direset."), Verdict.FAIL),
        (("SURAT PENGANTAR", "kami sampaikan surat pernyataan lupa passphrase untuk diproses."), Verdict.FAIL),
        (("UNDANGAN", "sosialisasi permohonan reset passphrase, tata cara bila lupa passphrase"), Verdict.FAIL),
        (("FORMULIR", "☑ Pendaftaran baru", "☐ Reset passphrase (lupa passphrase)"), Verdict.FAIL),
        (("FORMULIR", "☐ Pendaftaran baru", "☑ Reset passphrase (lupa passphrase)"), Verdict.PASS),
        (("FORMULIR", "Pendaftaran baru", "Pembaruan sertifikat", "Reset passphrase"), Verdict.UNKNOWN),
        (("SURAT PERNYATAAN", "lupa passphrase, mohon dicabut. Passphrase diketahui rekan saya."), Verdict.WARN),
    ],
)
def test_a_paper_passes_only_when_it_is_for_this_service(rows: tuple[str, ...], verdict: Verdict) -> None:
    finding = check_purpose(read(*rows))
    assert finding.verdict is verdict, finding.evidence
    known = "diketahui orang lain" in finding.title
    assert known == ("rekan saya" in rows[-1]), "that title stands over nothing else"


@pytest.mark.parametrize(
    "rows",
    [
        ("N a m a  : Sekar Contohwati, S.I.Pust.", "N.I.P.  : 19900215 201903 2 999"),
        ("Nama/NIP  : Sekar Contohwati, S.I.Pust. / 19900215 201903 2 999",),
        ("a. Nama Lengkap (sesuai KTP)  Sekar Contohwati, S.I.Pust.", "b. NIP/NIPPPK/NRP  199002152019032999"),
        ("Nama ........ Sekar Contohwati, S.I.Pust.", "NIP ........ 199002152019032999"),
        ("Dengan ini saya Sekar Contohwati, S.I.Pust., NIP 199002152019032999, menyatakan lupa passphrase.",),
        ("Sekar Contohwati, S.I.Pust.", "(nama lengkap)", "199002152019032999", "(NIP)"),
        ("NIP pemilik sertifikat  : 199002152019032999", "Pemohon,", "Sekar Contohwati, S.I.Pust."),
    ],
)
def test_name_and_number_are_found_however_they_are_labelled(rows: tuple[str, ...]) -> None:
    facts = read("SURAT PERNYATAAN LUPA PASSPHRASE", *rows)
    assert facts.fields.name == "Sekar Contohwati, S.I.Pust."
    assert facts.fields.nip.replace(" ", "") == "199002152019032999"


def test_dates_streets_and_sentences_are_no_values() -> None:
    facts = read(
        "Jalan Contoh Nomor 7 Telepon (0285) 400111", "SURAT PERNYATAAN", *WRITER,
        "Tempat, tanggal lahir  : Pekalongan, 15 Februari 1990",
        "Saya lupa passphrase; sidik jari kunci tidak saya ketahui.",
        "Nomor seri sertifikat tidak saya ketahui.",
    )  # fmt: skip
    fields = facts.fields
    assert (fields.letter_date, fields.letter_number, fields.serial, fields.key_fingerprint) == ("", "", "", "")
    assert fields.phone == ""


def test_a_title_at_the_end_of_the_names_brings_no_second_full_stop() -> None:
    named = tuple(PersonFacts("candidate", StatementFields(name=name)) for name in ("Sekar", "Rudi Hartono, S.E."))
    evidence = check_letter_person(StatementFacts(StatementProblem.NONE, people=named)).evidence
    assert evidence.endswith("Rudi Hartono, S.E.") and ".." not in evidence


def test_a_name_with_a_small_word_in_it_is_read_whole() -> None:
    facts = read(
        "Yang bertanda tangan di bawah ini, Kartini br. Ginting, S.Farm., Apt.",
        "(NIP 198104212009032017), Apoteker Ahli Muda, dengan ini menyatakan telah",
        "melupakan passphrase sertifikat elektronik dan memohon penerbitan baru.",
    )
    assert facts.fields.name == "Kartini br. Ginting, S.Farm., Apt."


def test_a_number_in_the_next_column_is_another_ones() -> None:
    facts = read(
        *WRITER, "menyatakan lupa passphrase; mohon sertifikatnya dicabut kemudian diterbitkan lagi.",
        "Umpama Besar, S.E.          NIP 199002152019032999",
    )  # fmt: skip
    assert (facts.fields.name, facts.doubted) == ("Sekar Contohwati, S.I.Pust.", ())


@pytest.mark.parametrize(
    ("name", "certain"),
    [
        ("Muhamad Igbal Maulana", False),
        ("Mochamad Chusnul Chulug, S.Pd.", False),
        ("Agung Bambang Nugroho, S.Ag.", True),
    ],
)
def test_a_name_in_which_ocr_takes_q_for_g_is_doubted(name: str, certain: bool) -> None:
    page = written(f"Nama  : {name}", "NIP  : 199002152019032999", "Saya lupa passphrase dan mohon diterbitkan ulang.")
    letter = read_letter(list(page.words), ocr=True)
    assert (letter.fields.name == name) is certain and ("name" in dict(letter.doubted)) is not certain


def test_the_end_of_a_sentence_in_justified_text_is_no_label() -> None:
    facts = read(
        "Saya, dr. Sekar Contohwati, NIP 199002152019032999, tidak ingat lagi passphrase saya dan mohon diganti",
        "untuk  saya.  Kabar  permohonan  dapat  dikirim  ke  sekar@rsud.pekalongankota.go.id",
    )
    assert (facts.fields.name, facts.fields.email) == ("dr. Sekar Contohwati", "sekar@rsud.pekalongankota.go.id")


@pytest.mark.parametrize(
    "lead",
    [
        "menyatakan bahwa pegawai tersebut di bawah ini lupa passphrase dan mohon dicabut:",
        "menyatakan bahwa nama tersebut di bawah ini lupa passphrase dan mohon dicabut:",
        "dengan ini memohon pencabutan dan penerbitan ulang karena lupa passphrase",
    ],
)
def test_who_states_something_in_front_of_another_s_data_is_not_taken_in_silence(lead: str) -> None:
    facts = read(
        "Yang bertanda tangan di bawah ini:", *HEAD, lead, *WRITER, "Demikian untuk dapat diproses.",
        "Yang menyatakan,", "", "Drs. Umpama Besar, M.Si.", "NIP 196805121994031004",
    )  # fmt: skip
    assert facts.fields.nip != "196805121994031004"
    assert check_letter_person(facts).verdict is Verdict.WARN or facts.fields.nip == "199002152019032999"


@pytest.mark.parametrize(
    "row",
    [
        "Nomor seri laptop  : 5CD1234ABC99", "Nomor seri token  : 00112233445566",
        "Nomor seri perangkat  : 5CD1234ABC99FE01", "No. KK  : 3375991111110001",
        "Nomor sertifikat pelatihan  : 12345678901234567890", "No. Rekening  : 081200000456",
        "Jabatan Lama  : Staf Umum", "Unit Kerja Lama  : Dinas Kesehatan Contoh",
    ],
)  # fmt: skip
def test_a_number_of_something_else_and_what_was_before_are_nobody_s(row: str) -> None:
    fields = read(*WRITER, row, "menyatakan lupa passphrase dan memohon penerbitan ulang.").fields
    assert (fields.name, fields.nip) == ("Sekar Contohwati, S.I.Pust.", "199002152019032999")
    assert (fields.serial, fields.nik, fields.phone, fields.position, fields.agency) == ("", "", "", "", "")


def test_of_two_serials_none_is_taken_in_silence() -> None:
    said = "Saya mempunyai sertifikat nomor seri 6E3A94C21F0B77D05512AB90CD3344EF dan 11223344556677889900AABBCCDDEEFF."
    for rows in ((said,), ("Nomor seri  : 1. 6E3A94C21F0B77D05512AB90CD3344EF",)):
        facts = read(*WRITER, "menyatakan lupa passphrase dan memohon penerbitan ulang.", *rows)
        assert facts.fields.serial == "" and "serial" in dict(facts.doubted)


@pytest.mark.parametrize(
    "words",
    [
        "menyampaikan bahwa Camat kami lupa passphrase TTE dan mohon agar sertifikatnya dicabut dan diterbitkan ulang.",
        "mohon pencabutan dan penerbitan ulang sertifikat elektronik suami saya yang lupa passphrase.",
        "memohon reset passphrase TTE untuk Sekretaris Dinas yang sedang dinas luar, karena lupa.",
    ],
)
def test_a_letter_about_somebody_else_is_not_its_writers(words: str) -> None:
    finding = check_letter_person(read("Yang bertanda tangan di bawah ini:", *WRITER, words))
    assert finding.verdict is Verdict.WARN and "orang lain" in finding.evidence


def test_who_names_an_office_and_forgot_it_himself_speaks_of_himself() -> None:
    facts = read("Yang bertanda tangan di bawah ini:", *WRITER, "atas izin pimpinan saya memohon, karena saya lupa",
                 "passphrase sertifikat elektronik saya, pencabutan dan penerbitan ulang.")  # fmt: skip
    assert check_letter_person(facts).verdict is Verdict.PASS


@pytest.mark.parametrize(
    "words",
    [
        "Passphrase tersebut diketahui ajudan saya.",
        "Passphrase saya kirim lewat WhatsApp kepada Budi.",
        "Passphrase ditempel di monitor ruangan.",
        "Selama ini staf saya yang menandatangani dengan sertifikat itu.",
        "Ada surat yang bertanda tangan saya, padahal bukan saya.",
    ],
)
def test_what_others_may_know_is_no_mere_loss(words: str) -> None:
    facts = read(*WRITER, "Saya lupa passphrase sertifikat elektronik dan memohon penerbitan ulang.", words)
    assert "orang lain" in check_purpose(facts).title


def test_a_thing_that_is_not_lost_is_no_leak() -> None:
    facts = read(*WRITER, "Saya lupa passphrase sertifikat elektronik dan memohon penerbitan ulang.",
                 "HP saya rusak namun tidak hilang. Passphrase tidak diketahui staf.")  # fmt: skip
    assert check_purpose(facts).verdict is Verdict.PASS


@pytest.mark.parametrize(
    "words",
    [
        "mohon reset passphrase WiFi kantor karena lupa.",
        "mohon penerbitan ulang sertifikat segel elektronik dinas karena lupa passphrase segel.",
        "mohon data jumlah pegawai yang lupa passphrase sertifikat elektronik tahun 2026.",
    ],
)
def test_another_service_with_the_same_words_does_not_pass(words: str) -> None:
    assert check_purpose(read(*WRITER, words)).verdict is not Verdict.PASS
