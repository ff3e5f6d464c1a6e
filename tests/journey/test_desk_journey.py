"""From the mail to the receipt on the real desk: store, reader, training CA and paper, judged by others.

The judges are OpenSSL (certificate and CRL), zxing (the QR) and pdfium (the print's text).
"""

import dataclasses
import subprocess
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState, Route
from lockdesk.core.confirmation import CallResult
from lockdesk.core.findings import Verdict
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.steps import blockers, undecided
from lockdesk.desk.values.cases import CallForm, IntakeChannel
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined, Refused
from lockdesk.verbs.demo_play import shipped_samples
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.print_codes import read_codes
from tests.helpers.desk.register import import_register
from tests.helpers.desk.steps import receive, revoke, verify
from tests.helpers.papers.samples import sample

pytestmark = pytest.mark.usefixtures("each_page_read_once")


def finish(desk: Desk, case_id: int) -> None:
    verify(desk, case_id)
    revoke(desk, case_id)
    desk.operations.reissue(case_id)
    desk.notices.deliver(case_id, desk.notices.draft(case_id))
    desk.notices.complete(case_id)


def failing(desk: Desk, case_id: int) -> set[str]:
    return {item.check for item in desk.reading.case(case_id).findings if item.verdict is Verdict.FAIL}


def openssl(*arguments: str) -> str:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def test_the_new_certificate_and_the_revocation_hold_before_openssl(profile: OpenProfile, tmp_path: Path) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    finish(desk, case_id)
    case = desk.reading.case(case_id)
    assert case.state is CaseState.COMPLETED
    assert case.new_certificate is not None and case.old_certificate is not None
    root, new, crl = tmp_path / "ca.pem", tmp_path / "new.pem", tmp_path / "ca.crl"
    root.write_bytes(x509.load_der_x509_certificate(desk.gateway.issuer_chain()[0]).public_bytes(Encoding.PEM))
    new.write_bytes(x509.load_der_x509_certificate(case.new_certificate.der).public_bytes(Encoding.PEM))
    crl.write_bytes(x509.load_der_x509_crl(desk.gateway.signed_status(0)[0].der).public_bytes(Encoding.PEM))
    at = str(int(desk.clock.now().timestamp()) + 1)
    judged = openssl("verify", "-attime", at, "-CAfile", str(root), "-CRLfile", str(crl), "-crl_check", str(new))
    assert judged.strip().endswith("OK")
    text = openssl("crl", "-in", str(crl), "-noout", "-text")
    serial = f"{case.old_certificate.facts.serial:X}"
    entry = text[text.index(serial) :][:400]
    assert "Superseded" in entry
    fields = openssl("x509", "-in", str(new), "-noout", "-subject")
    assert "PELATIHAN" in fields and "Sekar" in fields


def test_the_receipt_reads_back(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    case = desk.reading.case(case_id)
    for size in PaperSize:
        printed = desk.prints.make("receipt", case_id, size)
        document = pypdfium2.PdfDocument(printed.pdf)
        page = document[0]
        text = page.get_textpage().get_text_range()
        codes = read_codes(page.render(scale=300 / 72).to_pil())
        document.close()
        checked = desk.print_check.check(codes[0].text)
        assert len(codes) == 1 and checked.genuine and checked.signed
        assert checked.entry is not None and checked.entry.sequence == printed.sequence
        for words in (
            "0001/LATIH-LOCK/XI/2026", "Sekar Contohwati", "3375••••••••", "Gratis", "24 November 2026",
            "Jangan berikan passphrase", "PELATIHAN",
        ):  # fmt: skip
            assert words in text.replace("\r\n", " "), (size, words)
        assert case.applicant.nik not in text, "the NIK must be masked"
    assert desk.casebook.verify_journal().whole


def test_every_sample_ends_as_expected(profile: OpenProfile) -> None:
    for item in shipped_samples():
        case_id = profile.desk.intake.receive(
            (NamedBytes(item.path.name, item.path.read_bytes()),), IntakeChannel.EMAIL
        ).case_id
        profile.desk.review.read_scan(case_id)
        case = profile.desk.reading.case(case_id)
        found = {finding.check for finding in case.findings if finding.verdict is not Verdict.PASS}
        if item.path.name.startswith("10"):
            found -= {"case.duplicate"}  # its first request is still open here
        assert found == item.standing_out, item.path.name


@pytest.mark.parametrize("name", ["05", "06", "07", "09", "13"])
def test_a_hard_stop_cannot_be_accepted_nor_overridden(profile: OpenProfile, name: str) -> None:
    desk = profile.desk
    case_id = receive(desk, name)
    desk.review.start(case_id)
    case = desk.reading.case(case_id)
    desk.review.record_call(case_id, CallForm(True, "081200000001", "x", "", CallResult.CONFIRMED))
    with pytest.raises(Declined):
        desk.review.accept(case_id)
    for check in failing(desk, case_id):
        with pytest.raises(Declined) as refused:
            desk.review.decide(case_id, check, "Saya percaya pemohon ini.")
        assert refused.value.code == "finding.hard_stop"
    assert blockers(case)
    with pytest.raises(Declined):
        desk.operations.revoke(case_id, "000000")
    assert desk.reading.row(case_id).state is CaseState.UNDER_REVIEW


def test_a_private_key_is_stored_nowhere(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "07")
    case = desk.reading.case(case_id)
    assert any(not document.stored for document in case.documents)
    for document in case.documents:
        if document.stored:
            assert b"PRIVATE KEY" not in desk.reading.document(document.id)
            assert b"UFJJVkFURSBLRVk" not in desk.reading.document(document.id)  # the same in base64
    with pytest.raises(Declined, match="tidak disimpan"):
        desk.reading.document(next(item.id for item in case.documents if not item.stored))


def test_the_same_mail_opens_one_case(profile: OpenProfile) -> None:
    first = receive(profile.desk, "01")
    again = profile.desk.intake.receive((NamedBytes("copy.eml", sample("01")),), IntakeChannel.EMAIL)
    assert again.known and again.case_id == first


def test_a_reapplication_is_linked_and_its_used_key_is_refused_later(profile: OpenProfile) -> None:
    desk = profile.desk
    first = receive(desk, "09")
    desk.review.start(first)
    desk.review.reject(first, ("CSR tidak dapat dibaca.",))
    second = receive(desk, "10")
    assert desk.reading.case(second).previous == (first, desk.reading.row(first).number)
    finish(desk, second)
    # The same CSR in a new mail, after a certificate was issued on its key: a hard stop.
    changed = sample("10").replace(b"Subject:", b"X-Kedua: ya\r\nSubject:", 1)
    third = desk.intake.receive((NamedBytes("lagi.eml", changed),), IntakeChannel.EMAIL).case_id
    assert "csr.key_reuse" in failing(desk, third)


def test_two_applicants_with_one_name_are_two_people(profile: OpenProfile) -> None:
    desk = profile.desk
    one, other = receive(desk, "11"), receive(desk, "12")
    first, second = desk.reading.case(one), desk.reading.case(other)
    assert first.applicant.name.split(",")[0] == second.applicant.name.split(",")[0]
    assert first.register and second.register and first.register.id != second.register.id
    assert first.previous is None and second.previous is None
    finish(desk, one)
    finish(desk, other)
    new = [desk.reading.case(number).new_certificate for number in (one, other)]
    assert new[0] and new[1] and new[0].serial != new[1].serial


def test_only_an_outgoing_call_to_an_older_register_number_counts(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    case = desk.reading.case(case_id)
    assert case.register is not None
    known = case.register.text("phone")
    for form in (
        CallForm(False, known, "x", "", CallResult.CONFIRMED),
        CallForm(True, "081299999999", "x", "", CallResult.CONFIRMED),
    ):
        desk.review.record_call(case_id, form)
        with pytest.raises(Declined, match="telepon"):
            desk.review.accept(case_id)
    desk.review.record_call(case_id, CallForm(True, known, "x", "", CallResult.CONFIRMED))
    desk.review.accept(case_id)
    assert desk.reading.row(case_id).state is CaseState.VERIFIED


def test_the_serial_is_retyped_from_the_ca_s_record(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    verify(desk, case_id)
    with pytest.raises(Declined) as refused:
        desk.operations.revoke(case_id, "000000")
    assert refused.value.code == "serial.mismatch"
    assert not desk.reading.case(case_id).operations


def test_asking_pauses_the_clock_and_the_answer_is_checked_again(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = receive(desk, "09")
    desk.review.start(case_id)
    due = desk.reading.case(case_id).due_at
    desk.review.ask_applicant(case_id, "CSR\nKirim berkas CSR.")
    clock.forward(days=2)
    assert desk.reading.row(case_id).waiting_since is not None
    # The answer is the mail with the right CSR.
    desk.review.answer(case_id, (NamedBytes("jawaban.eml", sample("10")),))
    case = desk.reading.case(case_id)
    assert case.state is CaseState.UNDER_REVIEW and case.due_at is not None and due is not None
    assert case.due_at > due
    assert "csr.parses" not in failing(desk, case_id)


def test_a_decision_lapses_when_the_evidence_changes(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "16")
    desk.review.start(case_id)
    desk.review.decide(case_id, "statement.identity", "Baru naik jabatan menurut kepegawaian.")
    assert not undecided(desk.reading.case(case_id))
    case = desk.reading.case(case_id)
    book = f"Nama,NIP,Jabatan\n{case.applicant.name.split(',')[0]},{case.applicant.nip},Pustakawan Ahli Utama\n"
    content = book.encode()
    import_register(desk, content, date(2026, 11, 23))
    desk.review.recheck_findings(case_id)
    assert [item.check for item in undecided(desk.reading.case(case_id))] == ["statement.identity"]


def test_without_a_register_entry_identity_is_unknown_never_pass(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    case = desk.reading.case(case_id)
    stranger = case.applicant.__class__(name="Orang Asing", nip="199912312024011009", email="asing@contoh.example")
    desk.review.start(case_id)
    desk.review.correct(case_id, stranger, "Percobaan tanpa data kepegawaian.")
    verdicts = {item.check: item.verdict for item in desk.reading.case(case_id).findings}
    assert verdicts["statement.identity"] is Verdict.UNKNOWN
    with pytest.raises(Declined):
        desk.review.accept(case_id)


def test_what_was_accepted_cannot_be_changed_behind_the_acceptance(profile: OpenProfile) -> None:
    """Otherwise another person's serial could be put in after the check and before the revocation."""
    desk = profile.desk
    case_id = receive(desk, "01")
    other = desk.reading.case(receive(desk, "02")).applicant.serial
    verify(desk, case_id)
    case = desk.reading.case(case_id)
    tampered = dataclasses.replace(case.applicant, serial=other)
    for attempt in (
        lambda: desk.review.correct(case_id, tampered, "Nomor seri diganti diam-diam."),
        lambda: desk.review.set_route(case_id, Route.REVOKE_ONLY, "Diganti diam-diam."),
        lambda: desk.review.set_compromised(case_id, True, "Diganti diam-diam."),
        lambda: desk.review.record_call(case_id, CallForm(True, "0812", "x", "", CallResult.CONFIRMED)),
    ):
        with pytest.raises(Declined) as refused:
            attempt()
        assert refused.value.code == "case.not_reviewing"
    assert desk.reading.case(case_id).applicant == case.applicant


def test_acceptance_checks_once_more(profile: OpenProfile) -> None:
    """The same key in a second open case, received after the first was read: a hard stop at acceptance."""
    desk = profile.desk
    first = receive(desk, "01")
    desk.review.start(first)
    case = desk.reading.case(first)
    assert case.register is not None
    desk.review.record_call(first, CallForm(True, case.register.text("phone"), "pemohon", "", CallResult.CONFIRMED))
    assert not blockers(desk.reading.case(first))
    twin = sample("01").replace(b"Subject:", b"X-Kedua: ya\r\nSubject:", 1)
    desk.intake.receive((NamedBytes("kembar.eml", twin),), IntakeChannel.EMAIL)
    with pytest.raises(Declined):
        desk.review.accept(first)
    assert desk.reading.row(first).state is CaseState.UNDER_REVIEW
    assert "csr.key_reuse" in failing(desk, first)


def test_another_person_cannot_send_an_earlier_letter_or_csr(profile: OpenProfile) -> None:
    desk = profile.desk
    receive(desk, "01")
    stolen = sample("01").replace(b"sekar.contohwati@", b"joko.permisalan@")
    second = desk.intake.receive((NamedBytes("curian.eml", stolen),), IntakeChannel.EMAIL).case_id
    assert {"statement.replayed", "csr.replayed", "csr.key_reuse"} <= failing(desk, second)
    case = desk.reading.case(second)
    replayed = next(item for item in case.findings if item.check == "statement.replayed")
    assert "0001" in replayed.evidence


def test_a_scan_is_stored_at_once_and_read_afterwards(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "03")
    before = desk.reading.case(case_id)
    unknown = {item.check for item in before.findings if item.verdict is Verdict.UNKNOWN}
    assert {"statement.readable", "statement.identity", "statement.fingerprint"} <= unknown
    assert before.applicant.nik == "" and not before.facts.statement.ocr
    assert desk.review.read_scan(case_id)
    after = desk.reading.case(case_id)
    assert after.applicant.nik == "3375993011780003" and after.applicant.name == before.applicant.name
    verdicts = {item.check: item.verdict for item in after.findings}
    assert verdicts["statement.readable"] is Verdict.WARN
    assert verdicts["statement.identity"] is verdicts["statement.fingerprint"] is Verdict.PASS
    identity = next(place for field, place in after.facts.statement.places if field == "nip")
    assert identity.boxes and after.history[0].kind == "case.checked"
    assert not desk.review.read_scan(case_id), "it is read once"
    assert not desk.review.read_scan(receive(desk, "01")), "a letter with text needs no OCR"
    assert desk.casebook.verify_journal().whole


def test_a_call_to_one_person_verifies_nobody_else(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    case = desk.reading.case(case_id)
    assert case.register is not None
    desk.review.record_call(case_id, CallForm(True, case.register.text("phone"), "pemohon", "", CallResult.CONFIRMED))
    assert not blockers(desk.reading.case(case_id))
    joko = desk.reading.case(receive(desk, "02")).applicant
    desk.review.correct(case_id, joko, "Ternyata pemohon lain.")
    assert desk.reading.case(case_id).confirming_call() is None


def test_a_call_in_which_nobody_was_reached_does_not_count(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    case = desk.reading.case(case_id)
    assert case.register is not None
    desk.review.record_call(
        case_id, CallForm(True, case.register.text("phone"), " ", "tidak diangkat", CallResult.CONFIRMED)
    )
    assert not desk.reading.case(case_id).calls[0].counts


def test_a_back_dated_register_does_not_make_a_number_older(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    clock.forward(minutes=5)
    desk.review.start(case_id)
    case = desk.reading.case(case_id)
    sheet = f"Nama;NIP;Telepon\n{case.applicant.name.split(',')[0]};{case.applicant.nip};081299999999\n".encode()
    import_register(desk, sheet, date(2020, 1, 1), "titipan")
    desk.review.record_call(case_id, CallForm(True, "081299999999", "pemohon", "", CallResult.CONFIRMED))
    assert not desk.reading.case(case_id).calls[-1].counts


def test_after_revocation_the_applicant_stays_who_it_was_for(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    joko = desk.reading.case(receive(desk, "02")).applicant
    verify(desk, case_id)
    revoke(desk, case_id)
    with pytest.raises(Declined) as early:
        desk.review.ask_applicant(case_id, "CSR baru\nMinta CSR baru.")
    assert early.value.code == "csr.not_refused"
    desk.setup.set_behaviour({"mode": "refusing"})
    with pytest.raises(Refused):
        desk.operations.reissue(case_id)
    desk.setup.set_behaviour({"mode": "normal"})
    desk.review.ask_applicant(case_id, "CSR baru\nMinta CSR baru.")
    desk.review.answer(case_id, (NamedBytes("joko.eml", sample("02")),))
    with pytest.raises(Declined):
        desk.review.correct(case_id, joko, "Diganti orang lain.")
    with pytest.raises(Declined):
        desk.review.accept(case_id)
    assert "csr.subject" in failing(desk, case_id)


def test_a_notice_goes_to_the_stored_address_of_its_own_case(profile: OpenProfile) -> None:
    desk = profile.desk
    first, second = receive(desk, "01"), receive(desk, "02")
    for case_id in (first, second):
        verify(desk, case_id)
        revoke(desk, case_id)
        desk.operations.reissue(case_id)
    draft = desk.notices.draft(first)
    wrong = dataclasses.replace(draft, to="penyerang@contoh.example")
    for case_id, message in ((first, wrong), (second, draft)):
        with pytest.raises(Declined) as refused:
            desk.notices.deliver(case_id, message)
        assert refused.value.code == "notice.not_fitting"
        assert desk.reading.row(case_id).state is CaseState.ISSUED


def test_revocation_only_never_issues(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.review.set_route(case_id, Route.REVOKE_ONLY, "Pemohon akan pensiun.")
    with pytest.raises(Declined):
        desk.review.set_route(case_id, Route.SELF_SERVICE_RESET, "Diselesaikan sendiri.")
    case = desk.reading.case(case_id)
    assert case.register is not None
    desk.review.record_call(case_id, CallForm(True, case.register.text("phone"), "pemohon", "", CallResult.CONFIRMED))
    desk.review.accept(case_id)
    revoke(desk, case_id)
    with pytest.raises(Declined):
        desk.operations.reissue(case_id)
    desk.notices.deliver(case_id, desk.notices.draft(case_id))
    assert desk.reading.row(case_id).state is CaseState.NOTIFIED
