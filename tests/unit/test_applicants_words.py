"""What goes out to an applicant is said to the applicant: none of the officer's own instructions."""

import re
from string import Formatter
from typing import Any

import pytest

from lockdesk.app import notice_texts, shipped_office
from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.checks.all import rejection_reasons, run_checks, what_is_missing
from lockdesk.desk.checks.catalogue import checks
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.office.notice_texts import NOTICE_LABELS, NoticeTexts, placeholders_of
from lockdesk.desk.values.facts import Address
from lockdesk.errors import Declined
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.evidence_material import OWN, evidence, mail, person, statement

OFFICERS = re.compile(
    r"\b(?:mintalah|minta pemohon|minta surat|pastikan lewat|pastikan sertifikat|pastikan csr mana|pastikan nama"
    r"|tanyakan|bandingkan|percayai|sepakati|bacakan|tangani|lihat layanan|gabungkan|konfirmasi telepon"
    r"|saat konfirmasi|pilih pemohon|periksa ejaan|buka lagi)\b",
    re.IGNORECASE,
)
"""How the officer is spoken to."""


def spoken(given: Evidence) -> list[tuple[str, str]]:
    """Of every finding that did not pass, what is on the glass and what goes out."""
    found = [item for item in run_checks(given) if item.verdict is not Verdict.PASS]
    return [(item.remedy, " ".join((*what_is_missing([item]), *rejection_reasons([item])))) for item in found]


REQUESTS: dict[str, dict[str, Any]] = {
    "clean": {},
    "another name": {"csr": make.request(make.ec_key(3), "Joko Umpama")},
    "a part of the name": {"csr": make.request(make.ec_key(3), "Sekar")},
    "two birthdays": {"statement": statement(), "register": (person(nip="199103162020121004"),)},
    "sent by somebody else": {"mail": mail("tu@contoh.pekalongankota.go.id")},
    "sent from a private mailbox": {"mail": mail("sekar@gmail.com")},
    "looks like ours": {"mail": mail("sekar@pekalongankota-go.id")},
    "answers elsewhere": {"mail": mail(reply_to=(Address("Sekar", "x@gmail.com"),))},
    "unsigned by the server": {"mail": mail(authentication_results=("mx.lain; spf=fail",))},
    "two CSRs": {"csr_count": 2},
    "quoted CSR": {"csr_quoted": True},
    "another purpose": {"statement": statement(text="Saya memohon pendaftaran akun baru. " * 9)},
    "known to others": {"statement": statement(text="Saya lupa passphrase dan passphrase diketahui orang lain. " * 5)},
    "no letter": {"statement": statement(text="", pages=0)},
    "broken mail": {"mail": mail(defects=("damaged",))},
}


@pytest.mark.parametrize("name", REQUESTS)
def test_no_instruction_to_the_officer_goes_out(name: str) -> None:
    said = spoken(evidence(**REQUESTS[name]))
    assert [out for _glass, out in said if OFFICERS.search(out)] == []


def test_these_requests_do_hold_instructions_to_the_officer() -> None:
    glass = [remedy for given in REQUESTS.values() for remedy, _out in spoken(evidence(**given))]
    assert sum(bool(OFFICERS.search(remedy)) for remedy in glass) >= 8


def test_whatever_a_check_asks_is_said_to_the_applicant() -> None:
    asked = [words for spec in checks().values() for words in spec.asked.values()]
    asked += [item.asked for item in shipped_office().office.checklist]
    assert len(asked) > 20 and [words for words in asked if OFFICERS.search(words)] == []


def test_every_check_speaks_of_a_row_of_the_shipped_checklist() -> None:
    rows = [check for item in shipped_office().office.checklist for check in item.checks]
    assert sorted(rows) == sorted(checks()), "each in one row"


def test_what_only_the_officer_can_do_is_not_asked_for() -> None:
    remedy = "Selesaikan atau gabungkan dengan kasus sebelumnya."
    assert what_is_missing([Finding("case.duplicate", Verdict.WARN, "LOCK-2026-0001", remedy)]) == ()


# ── the texts ──


def test_every_notice_has_a_text_and_names_only_what_there_is() -> None:
    shipped = notice_texts()
    assert shipped.keys() == NOTICE_LABELS.keys()
    for notice, (subject, body) in shipped.items():
        named = {part[1] for text in (subject, body) for part in Formatter().parse(text) if part[1]}
        assert named <= placeholders_of(notice).keys()
        assert not OFFICERS.search(body)
        assert len(subject.replace("{nomor}", "LATIH-LOCK-2026-0042")) < 69, "it stays on the header's one line"
        assert "LOCK-2026-0042" in " ".join(NoticeTexts.preview(notice, subject, body))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Yth. {nana}", "{nana}"),
        ("Yth. {nama.__class__}", "{nama.__class__}"),
        ("Yth. {nama!r}", "{nama!r}"),
        ("Yth. {nama:>99999999}", "{nama:>99999999}"),
        ("Yth. {}", "{}"),
        ("Yth. {0}", "{0}"),
        ("Jawaban: {jawaban}", "{jawaban}"),
        ("Yth. {nama", "tidak berpasangan"),
        ("  ", "masih kosong"),
    ],
)
def test_an_unknown_placeholder_is_refused_in_words(body: str, words: str) -> None:
    with pytest.raises(Declined) as refused:
        NoticeTexts.preview("received", "Perihal", body)
    assert words in refused.value.message and refused.value.remedy


def test_a_subject_stays_on_one_line() -> None:
    subject, _body = NoticeTexts.preview("received", "Satu\nBcc: lain@contoh.go.id {nomor}", "Isi")
    assert "\n" not in subject and OWN not in subject
