"""A scan read page by page: what is known between the pages, what only the whole letter settles, a page that hangs."""

import io
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pytest

from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.checks.all import run_checks
from lockdesk.desk.checks.catalogue import checks, title_of
from lockdesk.desk.checks.letter.statement import lost_words
from lockdesk.desk.checks.spec import EVERY
from lockdesk.desk.checks.unread import as_far_as_read, while_reading
from lockdesk.desk.requests.steps import is_hard_stop
from lockdesk.desk.values.facts import ScanProgress, StatementFacts, StatementFields, StatementProblem
from lockdesk.reader.sealed import SealedReader
from lockdesk.store.codec import decode, encode
from lockdesk.words import number_words
from tests.helpers.desk.evidence_material import FIELDS, evidence, person, statement
from tests.helpers.papers.letter_layouts import PEOPLE, Scanner, in_three_pages, scan, under_cover

WHO = PEOPLE[0]
TOLD = list[tuple[ScanProgress, StatementFacts]]
DEADLINE_SECONDS = 5.0


@pytest.fixture(scope="module")
def reader() -> Iterator[SealedReader]:
    with SealedReader(deadline_seconds=DEADLINE_SECONDS) as sealed:
        yield sealed


@pytest.fixture(scope="module")
def letter() -> bytes:
    return scan(in_three_pages(WHO, "ab12 cd34"), Scanner(turn=1.0))


def read(reader: SealedReader, pdf: bytes) -> tuple[TOLD, StatementFacts]:
    told: TOLD = []
    return told, reader.read_scan(pdf, lambda progress, facts: told.append((progress, facts)))


def with_endless_page(pdf: bytes, number: int) -> bytes:
    """The same with a page on which a large picture is painted thousands of times: it never comes to an end."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        side = 20_000
        picture = pikepdf.Stream(
            document, zlib.compress(bytes(side * side // 8), 9), Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image, Width=side, Height=side, BitsPerComponent=1,
            ColorSpace=pikepdf.Name.DeviceGray, Filter=pikepdf.Name.FlateDecode,
        )  # fmt: skip
        page = document.pages[number]
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=document.make_indirect(picture)))
        page.obj.Contents = document.make_stream(b"q 590 0 0 840 0 0 cm /P Do Q " * 4000)
        document.save(made)
    return made.getvalue()


def test_what_a_page_says_is_known_before_the_next_is_read(reader: SealedReader, letter: bytes) -> None:
    told, whole = read(reader, letter)
    assert [progress for progress, _facts in told] == [ScanProgress(2, 3), ScanProgress(3, 3)]
    first, second = (facts for _progress, facts in told)
    assert first.ocr and first.fields.nik == WHO.nik and first.fields.name.startswith("Wulan")
    assert (first.fields.serial, first.fields.key_fingerprint, first.fields.letter_date) == ("", "", "")
    assert second.fields == replace(first.fields, serial=WHO.serial, key_fingerprint="ab12 cd34")
    assert whole.fields == replace(second.fields, letter_date="19 November 2026")
    assert {line.page for line in first.lines} == {0} and {line.page for line in whole.lines} == {0, 1, 2}


def test_a_page_that_hangs_takes_no_other_along_and_is_told(reader: SealedReader, letter: bytes) -> None:
    told, facts = read(reader, with_endless_page(letter, 1))
    assert [(progress.page, known.unread) for progress, known in told] == [(2, ()), (3, (1,))]
    meanwhile = {item.check: item for item in while_reading(run_checks(evidence(statement=told[1][1])))}
    assert "Halaman 2 surat tidak terbaca mesin." in meanwhile["statement.readable"].evidence, "told at once"
    assert facts.ocr and facts.unread == (1,) and facts.problem is StatementProblem.NONE
    assert facts.fields.nik == WHO.nik and facts.fields.letter_date == "19 November 2026"
    assert facts.fields.serial == "" and {line.page for line in facts.lines} == {0, 2}
    found = {finding.check: finding for finding in run_checks(evidence(statement=facts))}
    assert found["statement.readable"].verdict is Verdict.WARN
    assert "Halaman 2 surat tidak terbaca mesin." in found["statement.readable"].evidence
    assert decode(StatementFacts, encode(StatementFacts, facts)) == facts


def test_a_covering_letter_names_nobody_before_the_statement_begins(reader: SealedReader) -> None:
    pdf = scan(under_cover(in_three_pages(WHO, "ab12 cd34"), PEOPLE[1]), Scanner(turn=1.0))
    told, whole = read(reader, pdf)
    cover, begun = (facts for _progress, facts in told[:2])
    assert "permohonan seorang pegawai" in cover.text and cover.fields == StatementFields() and not cover.places
    assert begun.fields.nik == whole.fields.nik == WHO.nik
    _told, lost = read(reader, with_endless_page(pdf, 1))
    assert lost.unread == (1,) and lost.ocr and lost.fields == StatementFields(), "whose letter it is was lost"
    assert {line.page for line in lost.lines} == {0, 2, 3}


def verdicts(findings: tuple[Finding, ...]) -> dict[str, Verdict]:
    return {finding.check: finding.verdict for finding in findings}


def scanned(**changes: object) -> StatementFacts:
    return statement(**{"ocr": True, "pages": 3, **changes})


def test_only_what_no_further_page_can_change_is_said_while_reading() -> None:
    nobody_yet = evidence(statement=scanned(text="Surat pernyataan", fields=StatementFields(name=FIELDS.name)))
    whole, partly = run_checks(nobody_yet), while_reading(run_checks(nobody_yet))
    assert {item.check for item in whole} == {item.check for item in partly}
    assert verdicts(whole)["statement.purpose"] is Verdict.WARN
    assert verdicts(whole)["attachment.private_key"] is Verdict.PASS
    for item in partly:
        if item.check in ("statement.age", "statement.purpose", "statement.fingerprint", "attachment.private_key"):
            assert item.verdict is Verdict.UNKNOWN and not item.remedy
            assert title_of(item).startswith("Menunggu pembacaan surat: ")
    assert verdicts(partly)["csr.key_strength"] is verdicts(whole)["csr.key_strength"], "the CSR is read already"


def test_a_definite_find_is_said_at_once() -> None:
    other = evidence(statement=scanned(), register=(person(nik="3375991505880002"),))
    found = {item.check: item for item in while_reading(run_checks(other))}["statement.identity"]
    assert found.verdict is Verdict.WARN and title_of(found) == "NIK di surat berbeda dengan data kepegawaian"
    same = {item.check: item for item in while_reading(run_checks(evidence(statement=scanned())))}
    assert same["statement.identity"].verdict is Verdict.UNKNOWN, "another field may differ on the next page"
    assert same["statement.identity"].evidence == "Sama dengan data kepegawaian.", "what was seen is told"


def test_a_lost_page_excuses_nothing() -> None:
    stranger = evidence(statement=scanned(unread=(1,)), register=(person(name="Orang Lain", nip="198001012005012001"),))
    whole = run_checks(replace(stranger, facts=replace(stranger.facts, statement=scanned())))
    lost = run_checks(stranger)
    stopping = [item.check for item in whole if is_hard_stop(item)]
    assert stopping and stopping == [item.check for item in lost if is_hard_stop(item)]
    before, after = verdicts(whole), verdicts(lost)
    resting = {name for name, spec in checks().items() if spec.settled != EVERY}
    assert {check for check in before if before[check] is not after[check]} <= resting
    assert before["statement.purpose"] is Verdict.PASS and after["statement.purpose"] is Verdict.UNKNOWN
    assert not any(item.verdict is Verdict.FAIL for item in while_reading(whole) if item.check == "csr.subject")
    assert as_far_as_read(whole, scanned()) == whole


@pytest.mark.parametrize(("pages", "read"), [(6, 4), (200_000_000, 4)])
def test_pages_behind_the_last_one_read_excuse_nothing_and_are_told(pages: int, read: int) -> None:
    found = {item.check: item for item in run_checks(evidence(statement=scanned(pages=pages)))}
    behind = f"Surat terdiri atas {number_words(pages)} halaman; halaman setelah halaman {read} tidak dibaca mesin."
    assert found["statement.readable"].verdict is Verdict.WARN
    assert found["statement.readable"].evidence.endswith(behind)
    for check in ("statement.purpose", "statement.identity", "statement.age", "attachment.private_key", "csr.subject"):
        assert found[check].verdict is Verdict.UNKNOWN and found[check].evidence.startswith(behind), check
    for check in ("identity.nik", "identity.nip", "csr.key_strength"):
        assert found[check].verdict is Verdict.PASS, "what was found is found"
    assert not lost_words(scanned(pages=4))


def test_the_text_of_a_very_long_letter_is_not_passed_for_the_whole_either() -> None:
    found = {item.check: item for item in run_checks(evidence(statement=statement(pages=21)))}
    assert found["statement.readable"].verdict is Verdict.UNKNOWN
    assert "halaman setelah halaman 20 tidak dibaca mesin" in found["statement.readable"].evidence
    assert not lost_words(statement(pages=20))


def test_of_a_long_scan_four_pages_are_read(reader: SealedReader, letter: bytes) -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter)) as document:
        for _page in range(3):
            document.add_blank_page()
        document.save(made)
    told, facts = read(reader, made.getvalue())
    assert [progress for progress, _facts in told] == [ScanProgress(page, 4) for page in (2, 3, 4)]
    assert facts.ocr and (facts.pages, facts.pages_read, facts.unread) == (6, 4, ())
    assert all(lost_words(part).endswith("halaman setelah halaman 4 tidak dibaca mesin.") for _page, part in told)
