"""Invented people and their requests, as the desk would show them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from lockdesk.core.cases import CaseState, Route
from lockdesk.core.confirmation import Basis, CallResult
from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.core.operations import OperationKind, OperationState, RevocationReason
from lockdesk.desk.checks.catalogue import checks
from lockdesk.desk.values.authority import CertificateRecord, CertificateStatus
from lockdesk.desk.values.cases import (
    CallRecord,
    CaseRow,
    CaseView,
    ChecklistTick,
    DocumentRef,
    HistoryLine,
    IntakeChannel,
    NewCertificate,
    OperationView,
    UsableCertificate,
)
from lockdesk.desk.values.facts import (
    Address,
    Attachment,
    AttachmentKind,
    MailFacts,
    RequestFacts,
    StatementFacts,
    StatementFields,
    StatementProblem,
)
from lockdesk.desk.values.people import Applicant, RegisterEntry, SourcedText
from lockdesk.pki.values import CertificateFacts, CsrFacts, CsrProblem, CsrReading, KeyFacts, SubjectFacts

NOW = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
"""Tuesday 13.30 in Pekalongan."""
TODAY_CLOSING = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)
KEY = "9f3c71aa02de5c441b0e6f7a8c9d0e1f2a3b4c5d6e7f80911a2b3c4d4be190c2"
SERIAL = 0x4A7F00000000002C
FIELD_BOX = (0.185, 0.329, 0.37, 0.344)

SEKAR = Applicant(
    name="Sekar Contohwati, S.I.Pust.",
    nik="3375995502909901",
    nip="199002152019032999",
    position="Pustakawan Ahli Pertama",
    agency="Dinas Perpustakaan Contoh",
    email="sekar.contohwati@contoh.pekalongankota.go.id",
    phone="+6281200000042",
    serial="4A:7F:00:00:00:00:00:2C",
)
PEOPLE = (
    ("Bambang Andaikan", "Kelurahan Contoh Podosugih Kecamatan Contoh Barat", CaseState.VERIFIED),
    (SEKAR.name, SEKAR.agency, CaseState.UNDER_REVIEW),
    ("Joko Permisalan", "Bagian Pengadaan Contoh", CaseState.VERIFIED),
    ("dr. Yohanes Contohkan, Sp.PD", "RSUD Contoh", CaseState.RECEIVED),
    ("Ni Luh Ayu Rekayasa", "Dinas Perpustakaan Contoh", CaseState.AWAITING_APPLICANT),
    ("Maria F. Seumpama, S.Pd.", "SD Negeri Contoh 03", CaseState.VERIFIED),
    ("Endang Perandaian, S.E.", "Kecamatan Contoh Timur", CaseState.COMPLETED),
    ("Abdul Muiz Taksiran", "Dinas Sosial Contoh", CaseState.COMPLETED),
    ("R.A. Kartika Misalkan, S.H.", "Bagian Hukum Contoh", CaseState.REJECTED),
)
NUMBERS = (39, 42, 43, 44, 41, 40, 38, 37, 36)


def subject(name: str, agency: str, number: str = "") -> SubjectFacts:
    return SubjectFacts(
        f"CN={name},O={agency},C=ID",
        common_name=name,
        organization=agency,
        country="ID",
        serial_number=number,
    )


def old_certificate(applicant: Applicant) -> CertificateRecord:
    return CertificateRecord(
        CertificateFacts(
            serial=SERIAL,
            subject=subject(applicant.name, applicant.agency, applicant.nip),
            issuer=SubjectFacts("CN=BSrE", common_name="BSrE"),
            key=KeyFacts("RSA", 2048, "ab" * 32),
            not_before=datetime(2026, 2, 4, tzinfo=UTC),
            not_after=datetime(2028, 2, 4, tzinfo=UTC),
            sha256="cd" * 32,
        ),
        b"",
        CertificateStatus.GOOD,
    )


def facts(applicant: Applicant, letter_position: str = "") -> RequestFacts:
    fields = StatementFields(
        name=applicant.name,
        nik=applicant.nik,
        nip=applicant.nip,
        position=letter_position or applicant.position,
        agency=applicant.agency,
        email=applicant.email,
        serial=applicant.serial,
    )
    letter = Attachment("Surat pernyataan.pdf", AttachmentKind.PDF, 88_000, "11" * 32, None)
    csr = Attachment("permintaan.csr", AttachmentKind.CSR, 1740, "22" * 32, None)
    mail = MailFacts(
        Address(applicant.name, applicant.email),
        subject="Permohonan pencabutan sertifikat elektronik (lupa passphrase)",
        date=NOW - timedelta(hours=22),
        return_path=Address("", applicant.email),
        authentication_results=("dkim=pass", "spf=pass"),
        text="Dengan hormat, terlampir surat pernyataan dan berkas CSR. Terima kasih.",
        attachments=(letter, csr),
    )
    csr_facts = CsrFacts(
        subject(applicant.name, applicant.agency), KeyFacts("RSA", 3072, KEY, exponent=65537), "sha256", True
    )
    statement = StatementFacts(StatementProblem.NONE, 1, "Yang bertanda tangan di bawah ini", fields)
    return RequestFacts(mail, statement, CsrReading(CsrProblem.NONE, csr_facts, b""), letter, csr, 1)


WARNING = Finding(
    "statement.identity",
    Verdict.WARN,
    "Surat: Pustakawan Ahli Muda · Data kepegawaian: Pustakawan Ahli Pertama.",
    "Tanyakan saat konfirmasi telepon.",
    Place("statement", 0, (FIELD_BOX,)),
    "Jabatan di surat berbeda dengan data kepegawaian",
)
QUIET_PASSES = tuple(
    Finding(check, Verdict.PASS, "")
    for check in (
        "csr.signature",
        "csr.key_reuse",
        "statement.fingerprint",
        "mail.sender_domain",
        *(name for name in checks() if name.startswith(("csr.", "identity.", "certificate.", "attachment."))),
    )
    if check != "statement.identity"
)
PASSES = tuple({finding.check: finding for finding in QUIET_PASSES}.values())[:18]


def register_entry(applicant: Applicant) -> RegisterEntry:
    source, day = "BKPSDM Contoh", date(2026, 9, 1)
    names = ("name", "nik", "nip", "position", "agency", "email", "phone")
    fields = {name: SourcedText(str(getattr(applicant, name)), source, day) for name in names}
    return RegisterEntry(1, fields, (applicant.serial,))


def history(number: str) -> tuple[HistoryLine, ...]:
    kinds = ("case.received", "case.checked", "case.review_started", "case.viewed")
    lines = [
        HistoryLine(1190 + place, NOW - timedelta(hours=20 - place), "Contoh Petugas", kind, {"number": number})
        for place, kind in enumerate(kinds)
    ]
    return tuple(reversed(lines))  # the newest first, as it is read


def documents(case_id: int) -> tuple[DocumentRef, ...]:
    added = NOW - timedelta(hours=22)
    rows = (
        ("permohonan.eml", "mail", AttachmentKind.MAIL, 124_000),
        ("Surat pernyataan.pdf", "statement", AttachmentKind.PDF, 88_000),
        ("permintaan.csr", "csr", AttachmentKind.CSR, 1740),
    )
    return tuple(
        DocumentRef(case_id * 10 + place, name, role, kind, size, f"{place}{case_id % 10}" * 32, True, added)
        for place, (name, role, kind, size) in enumerate(rows)
    )


def call(basis: Basis | None = None) -> CallRecord:
    """A call that confirmed the request, on what it was about then."""
    at = NOW - timedelta(hours=3)
    return CallRecord(True, "+6281200000042", SEKAR.name, at, "", CallResult.CONFIRMED, True, basis, "Contoh Petugas")


def unnamed(case: CaseView) -> CaseView:
    """The case with a letter that names no key, two certificates, and a call in which both were settled."""
    added = NOW - timedelta(hours=22)
    der = DocumentRef(case.id * 10 + 9, "csr.der", "csr_der", AttachmentKind.CSR, 900, "99" * 32, True, added)
    words = "Surat tidak menyebut kunci CSR ini, dan pemohon belum membenarkannya."
    remedy = "Saat konfirmasi telepon, bacakan waktu, nama berkas, dan digit terakhir sidik jari CSR ini."
    waiting = Finding("csr.confirmed", Verdict.WARN, words, remedy)
    usable = (
        UsableCertificate("4A:7F:00:00:00:00:00:2B", "ca", NOW + timedelta(days=300)),
        UsableCertificate("5C:01:77:A0:00:00:00:3D", "register"),
    )
    view = replace(case, findings=(waiting, *case.findings), usable=usable, documents=(*case.documents, der))
    named = replace(call(view.basis), csr=view.csr_to_name(), certificate=usable[0].serial)
    return replace(view, calls=(named,))


def unsettled(case_id: int) -> OperationView:
    return OperationView(
        1,
        case_id,
        "req-1",
        OperationKind.REVOKE,
        OperationState.UNSETTLED,
        "training",
        "4A:7F:00:00:00:00:00:2B",
        "",
        RevocationReason.SUPERSEDED,
        "",
        "Permintaan sudah dikirim, tetapi jawaban CA tidak diterima dalam 30 detik.",
        NOW - timedelta(minutes=20),
        NOW - timedelta(minutes=19),
    )


def applicant_of(place: int) -> Applicant:
    if place == 1:
        return SEKAR
    name, agency, _state = PEOPLE[place]
    return replace(
        SEKAR,
        name=name,
        agency=agency,
        nik=f"33759901018099{place:02d}",
        email=f"{name.split()[0].lower().strip('.')}@contoh.pekalongankota.go.id",
        phone=f"+62812000000{place:02d}",
    )


def case_at(place: int) -> CaseView:
    applicant, state = applicant_of(place), PEOPLE[place][2]
    number = f"LOCK-2026-{NUMBERS[place]:04d}"
    due = {
        0: NOW - timedelta(days=1),
        1: TODAY_CLOSING,
        2: TODAY_CLOSING,
        3: TODAY_CLOSING + timedelta(days=1),
    }
    view = CaseView(
        id=place + 1,
        number=number,
        state=state,
        route=Route.REVOKE_AND_REISSUE,
        compromised=False,
        channel=IntakeChannel.EMAIL,
        gateway="training",
        applicant=applicant,
        received_at=NOW - timedelta(hours=22),
        complete_at=NOW - timedelta(hours=22),
        due_at=due.get(place, TODAY_CLOSING),
        closed_at=NOW - timedelta(days=2) if state in {CaseState.COMPLETED, CaseState.REJECTED} else None,
        net_minutes=120,
        pauses=(),
        facts=facts(applicant, "Pustakawan Ahli Muda" if place == 1 else ""),
        findings=(WARNING, *PASSES) if place == 1 else PASSES,
        decisions=(),
        checklist=(ChecklistTick("statement", True, NOW, "Contoh Petugas"),),
        calls=(call(),) if state is CaseState.VERIFIED else (),
        documents=documents(place + 1),
        operations=(unsettled(1),) if place == 0 else (),
        messages=(),
        history=history(number),
        register=register_entry(applicant),
        old_certificate=old_certificate(applicant),
    )
    if state is CaseState.COMPLETED:
        made = NewCertificate(
            "5B:01:9C:00:00:00:00:3F",
            f"CN={applicant.name}",
            "BSrE",
            NOW - timedelta(days=2),
            NOW + timedelta(days=728),
            b"",
        )
        view = replace(view, new_certificate=made)
    if state is CaseState.REJECTED:
        view = replace(
            view, closing_reasons=("Nama pada CSR berbeda dengan pemohon. Buat CSR baru atas nama sendiri.",)
        )
    return view


def row_of(view: CaseView) -> CaseRow:
    waiting = view.state is CaseState.AWAITING_APPLICANT
    operation = view.open_operation()
    return CaseRow(
        view.id,
        view.number,
        view.applicant.name,
        view.applicant.agency,
        view.state,
        view.due_at,
        view.received_at,
        NOW - timedelta(days=2) if waiting else None,
        view.closed_at,
        True if view.state is CaseState.COMPLETED else None,
        operation.state if operation is not None else (OperationState.AWAITING if view.id == 6 else None),
    )
