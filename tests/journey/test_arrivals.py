"""What comes in and is no plain request: an answer, several requests in one mail, nothing that asks for anything."""

import hashlib
import io
from email import message_from_bytes, policy

import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.core.findings import Verdict
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.arrivals import AnswerSign, Arrival, Question
from lockdesk.desk.values.cases import IntakeChannel, Received
from lockdesk.errors import Declined
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.steps import count, waiting
from tests.helpers.papers.arrivals import ROWS, mail, table_letter
from tests.helpers.papers.letter_layouts import SCANNERS, scan
from tests.helpers.papers.samples import papers

pytestmark = pytest.mark.usefixtures("each_page_read_once")


def digests(files: list[tuple[str, bytes]]) -> set[str]:
    return {hashlib.sha256(content).hexdigest() for _name, content in files}


def look(desk: Desk, *files: NamedBytes) -> Arrival:
    found = desk.intake.look(files, IntakeChannel.EMAIL)
    assert isinstance(found, Arrival)
    return found


# ── an answer ──
@pytest.mark.parametrize(
    ("sign", "headers"),
    [
        (
            AnswerSign.NUMBER,
            {"Subject": "Re: permohonan {number}", "From": "admin@contoh.pekalongankota.go.id"},
        ),
        (AnswerSign.NUMBER, {"Subject": "kelengkapan", "In_Reply_To": "<{number}.1@pekalongankota.go.id>"}),
        (
            AnswerSign.REPLY,
            {"Subject": "Re: x", "From": "a@contoh.pekalongankota.go.id", "References": "<x@y> {id}"},
        ),
        (AnswerSign.SENDER, {"Subject": "kelengkapan CSR"}),
    ],
)
def test_an_answer_is_offered_to_the_case_that_waits_for_it(
    profile: OpenProfile, sign: AnswerSign, headers: dict[str, str]
) -> None:
    desk, case = profile.desk, waiting(profile.desk)
    assert case.facts.mail is not None
    filled = {k: v.format(number=case.number, id=case.facts.mail.message_id) for k, v in headers.items()}
    answer = mail([], "CSR menyusul.", **filled)
    arrival = look(desk, answer)
    assert arrival.question is Question.ANSWER
    assert [(item.row.id, item.sign) for item in arrival.awaited] == [(case.id, sign)]
    assert count(desk) == 1, "nothing gets a number by itself"
    desk.review.answer(case.id, arrival.files)
    assert desk.reading.case(case.id).state is CaseState.UNDER_REVIEW
    again = desk.intake.look((answer,), IntakeChannel.EMAIL)
    assert again == Received(case.id, case.number, known=True), "the answer is known when it comes a second time"


def test_papers_of_the_same_person_are_an_answer_whoever_sends_them(profile: OpenProfile) -> None:
    case = waiting(profile.desk)
    letter, csr = papers("01")
    for files in ([letter], [csr]):
        arrival = look(profile.desk, mail(files, From="a@contoh.pekalongankota.go.id", Subject="berkas"))
        assert [(item.row.id, item.sign) for item in arrival.awaited] == [(case.id, AnswerSign.PERSON)]


def test_papers_of_somebody_else_are_no_answer_whatever_the_subject_says(profile: OpenProfile) -> None:
    case = waiting(profile.desk)
    arrival = look(profile.desk, mail(papers("02"), Subject=f"Re: {case.number}"))
    assert arrival.question is Question.NONE and arrival.awaited == ()


def test_a_case_that_waits_for_nobody_is_offered_no_answer(profile: OpenProfile) -> None:
    desk, case = profile.desk, waiting(profile.desk)
    desk.review.withdraw(case.id, "ditarik pemohon")
    assert look(desk, mail([], "Mohon CSR saya diproses.", Subject=f"Re: {case.number}")).awaited == ()


# ── several requests ──
def of_each(arrival: Arrival) -> list[tuple[str, str, str]]:
    return [
        (
            name.split(",")[0],
            part.statement_file.name if part.statement_file else "",
            part.csr_file.name if part.csr_file else "",
        )
        for name, part in zip(arrival.names, arrival.parts, strict=True)
    ]


def test_one_mail_of_two_people_is_proposed_as_two_cases_each_with_its_own_papers(profile: OpenProfile) -> None:
    desk = profile.desk
    first, second = papers("01"), papers("02")
    both = mail([first[0], second[1], second[0], first[1], ("pengantar.txt", b"Mohon diproses.")], Subject="dua orang")
    arrival = look(desk, both)
    assert arrival.question is Question.SEVERAL and count(desk) == 0
    assert of_each(arrival) == [
        ("Sekar Contohwati", first[0][0], first[1][0]),
        ("Joko Permisalan", second[0][0], second[1][0]),
    ]
    taken = desk.intake.take(arrival, apart=True)
    for received, own, other in ((taken[0], first, second), (taken[1], second, first)):
        case = desk.reading.case(received.case_id)
        kept = {item.sha256 for item in case.documents}
        assert digests(own) <= kept and not digests(other) & kept
        assert "pengantar.txt" in {item.name for item in case.documents}
        assert next(item.verdict for item in case.findings if item.check == "csr.subject") is Verdict.PASS
    known = desk.intake.look((both,), IntakeChannel.EMAIL)
    assert isinstance(known, Received) and known.known


def test_the_officer_may_take_several_as_one(profile: OpenProfile) -> None:
    desk = profile.desk
    arrival = look(desk, mail([*papers("01"), *papers("02")], Subject="dua orang"))
    taken = desk.intake.take(arrival)
    assert len(taken) == 1 and count(desk) == 1
    case = desk.reading.case(taken[0].case_id)
    found = next(item for item in case.findings if item.check == "statement.person")
    assert found.verdict is Verdict.WARN, "the other's letter is not passed over in silence"
    assert "Sekar Contohwati" in found.evidence and "Joko Permisalan" in found.evidence


@pytest.mark.parametrize("with_csr", [True, False])
def test_scans_of_two_people_are_looked_into_to_know_whose_they_are(profile: OpenProfile, with_csr: bool) -> None:
    desk = profile.desk
    (_n, first), csr = papers("01")
    (_m, second), other_csr = papers("02")
    scanner = next(iter(SCANNERS.values()))
    scans = [("a.pdf", scan(second, scanner)), ("b.pdf", scan(first, scanner))]
    arrival = look(desk, mail([*scans, *([csr, other_csr] if with_csr else [])], Subject="dua orang"))
    joko, sekar = of_each(arrival)
    assert joko == ("Joko Permisalan", "a.pdf", other_csr[0] if with_csr else "")
    assert sekar == ("Sekar Contohwati", "b.pdf", csr[0] if with_csr else "")
    case = desk.reading.case(desk.intake.take(arrival, apart=True)[0].case_id)
    assert case.applicant.name == ("Joko Permisalan, S.E." if with_csr else ""), "never the sender of them all"
    assert desk.review.read_scan(case.id)
    assert desk.reading.case(case.id).applicant.name.startswith("Joko")


def test_scans_that_are_one_persons_stay_one_request(profile: OpenProfile) -> None:
    letter, csr = papers("01")
    scanner = next(iter(SCANNERS.values()))
    card = io.BytesIO()
    page = Canvas(card)
    page.drawString(60, 780, "KARTU PEGAWAI")
    page.drawString(60, 760, "Nama : Sekar Contohwati")
    page.save()
    files = [("a.pdf", scan(letter[1], scanner)), ("b.pdf", scan(card.getvalue(), scanner)), csr]
    assert look(profile.desk, mail(files, Subject="lupa passphrase")).question is Question.NONE


def test_a_csr_of_somebody_else_beside_one_letter_stays_one_request(profile: OpenProfile) -> None:
    """A swapped key must meet the checks, not become a case of its own."""
    arrival = look(profile.desk, mail([papers("01")[0], papers("02")[1]], Subject="lupa passphrase"))
    assert arrival.question is Question.NONE and arrival.parts == ()
    case = profile.desk.reading.case(profile.desk.intake.take(arrival)[0].case_id)
    assert next(item.verdict for item in case.findings if item.check == "csr.subject") is Verdict.FAIL


def test_a_table_of_several_people_is_proposed_as_a_case_for_each(profile: OpenProfile) -> None:
    desk = profile.desk
    files = [("surat.pdf", table_letter()), ("sekar.csr", make.pem(make.request()))]
    arrival = look(desk, mail(files, Subject="tiga orang", From="a@contoh.pekalongankota.go.id"))
    assert of_each(arrival) == [
        ("Sekar Contohwati", "surat.pdf", "sekar.csr"),
        ("Joko Permisalan", "surat.pdf", ""),
        ("Endang Perandaian", "surat.pdf", ""),
    ]
    cases = [desk.reading.case(item.case_id) for item in desk.intake.take(arrival, apart=True)]
    assert [case.applicant.nip for case in cases] == [row[2] for row in ROWS]
    person = [next(item for item in case.findings if item.check == "statement.person") for case in cases]
    assert {item.verdict for item in person} == {Verdict.PASS}


# ── no request ──
def picture() -> bytes:
    made, file = Image.new("RGB", (400, 300), "white"), io.BytesIO()
    ImageDraw.Draw(made).text((40, 40), "Menu kantin")
    made.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    "arrived",
    [
        mail([], "Selamat pagi, rapat diundur ke pukul 10.", Subject="Rapat"),
        mail([("menu.txt", b"nasi megono")], "Terlampir menu kantin.", Subject="Menu"),
        NamedBytes("catatan.txt", b"nasi megono"),
    ],
)
def test_what_asks_for_nothing_is_shown_before_it_gets_a_number(profile: OpenProfile, arrived: NamedBytes) -> None:
    desk = profile.desk
    arrival = look(desk, arrived)
    assert arrival.question is Question.NO_REQUEST and count(desk) == 0
    with pytest.raises(Declined):
        desk.intake.receive((arrived,), IntakeChannel.EMAIL)
    assert count(desk) == 0
    assert desk.intake.take(arrival)[0].number.endswith("0001"), "the officer says so"


@pytest.mark.parametrize(
    "arrived",
    [
        mail([], "Saya lupa passphrase TTE, mohon bantuan.", Subject="Bantuan"),
        mail([("foto.png", picture())], "Terlampir.", Subject="surat"),
        mail([papers("01")[1]], "Terlampir.", Subject="berkas"),
    ],
)
def test_what_may_be_a_request_is_asked_nothing(profile: OpenProfile, arrived: NamedBytes) -> None:
    assert look(profile.desk, arrived).question is Question.NONE


def test_a_reply_to_the_offices_own_notice_finds_its_case(profile: OpenProfile) -> None:
    desk, case = profile.desk, waiting(profile.desk)
    desk.notices.deliver(case.id, desk.notices.draft(case.id))
    sent = message_from_bytes(desk.notices.export(desk.reading.case(case.id).messages[-1].id), policy=policy.default)
    answer = mail(
        [], "Baik.", Subject="terima kasih", From="a@contoh.pekalongankota.go.id", In_Reply_To=sent["Message-ID"]
    )
    assert [item.row.id for item in look(desk, answer).awaited] == [case.id]
