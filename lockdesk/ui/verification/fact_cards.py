"""What the documents and the CA say: the old certificate, the CSR, the mail, the new certificate."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.cases import CaseState
from lockdesk.core.findings import Verdict
from lockdesk.core.operations import OperationKind, OperationState
from lockdesk.desk.operations.guide import CaWork
from lockdesk.desk.reasons import NO_REASON, recorded_words
from lockdesk.desk.requests.steps import reviewing
from lockdesk.desk.values.authority import CertificateRecord, CertificateStatus
from lockdesk.desk.values.cases import CaseView, NewCertificate
from lockdesk.desk.values.facts import Address, MailFacts
from lockdesk.pki.values import CsrFacts, CsrProblem
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.look.value_words import (
    grouped_hex,
    hash_words,
    holder_number,
    number_words_of,
    readable_subject,
)
from lockdesk.ui.verification.operations_card import CaAsk
from lockdesk.ui.widgets.cards import Card
from lockdesk.ui.widgets.facts import Fact, Words
from lockdesk.ui.widgets.parts import HintButton, glyph
from lockdesk.words import N_, _, size_words

GIVEN_IN = frozenset({CaseState.RECEIVED, CaseState.UNDER_REVIEW})
CERTIFICATE_STATUS = {
    CertificateStatus.GOOD: (N_("berlaku"), Tone.QUIET),
    CertificateStatus.REVOKED: (N_("sudah dicabut"), Tone.BAD),
    CertificateStatus.EXPIRED: (N_("kedaluwarsa"), Tone.WARN),
}
CSR_PROBLEMS = {
    CsrProblem.MISSING: N_("Berkas CSR tidak ada dalam permohonan."),
    CsrProblem.PRIVATE_KEY: N_("Berkas memuat kunci privat dan tidak disimpan."),
    CsrProblem.PKCS12: N_("Berkas ini berisi sertifikat beserta kunci (PKCS#12), bukan CSR."),
    CsrProblem.CERTIFICATE: N_("Berkas ini berisi sertifikat, bukan CSR."),
    CsrProblem.SEVERAL: N_("Berkas memuat lebih dari satu CSR."),
    CsrProblem.ARCHIVE: N_("Berkas ini berupa arsip terkompresi, bukan CSR."),
    CsrProblem.DOCUMENT: N_("CSR ditempelkan ke dalam dokumen pengolah kata."),
    CsrProblem.TRAILING: N_("Ada data lain setelah CSR."),
    CsrProblem.NOT_A_CSR: N_("Berkas ini bukan CSR."),
    CsrProblem.DAMAGED: N_("Berkas CSR rusak."),
    CsrProblem.TOO_LARGE: N_("Berkas CSR melebihi batas ukuran."),
}


PROOFS: dict[bool | None, tuple[str, Tone | None]] = {
    True: (N_("bukti kepemilikan sah"), None),
    False: (N_("bukti kepemilikan tidak sah"), Tone.BAD),
    None: (N_("bukti kepemilikan belum diperiksa"), Tone.WARN),
}
"""What a CSR's own signature says, by whether it is valid."""


class OldCertificateCard(Card):
    """The certificate to be revoked and whom it belongs to, as the CA says."""

    asked = Signal(str)
    """A CaAsk."""

    def __init__(self, times: OfficeTime, ca_name: str, training: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(_("Sertifikat lama"), parent)
        self._times = times
        self._ca = ca_name
        self._training = training

    def show_case(self, case: CaseView, ca_work: CaWork | None = None) -> None:
        """Without `ca_work` it only shows."""
        self.clear()
        record = case.old_certificate
        if record is None:
            self._show_unknown(case, ca_work)
        else:
            self._show_record(case, record, ca_work)

    def _show_record(self, case: CaseView, record: CertificateRecord, ca_work: CaWork | None) -> None:
        words, tone = CERTIFICATE_STATUS[record.status]
        if record.status is CertificateStatus.REVOKED and any(
            operation.kind is OperationKind.REVOKE and operation.state is OperationState.PROVED
            for operation in case.operations
        ):
            tone = Tone.OK  # revoked by this very case
        source = _("{status}, dari {ca}") if record.der else _("{status}, dicatat petugas dari portal {ca}")
        self.set_note(source.format(status=_(words), ca=self._ca), tone)
        self.show_facts(old_certificate_facts(record, self._times))
        if ca_work is not None and not ca_work.searches and not record.der:
            self._offer_bringing(case)

    def _show_unknown(self, case: CaseView, ca_work: CaWork | None) -> None:
        self.set_note(_("belum dikenali"), Tone.WARN)
        by_hand = ca_work is not None and not ca_work.searches
        if case.to_be_named():
            words = _("Pemohon mempunyai beberapa sertifikat; tanyakan yang mana saat konfirmasi telepon.")
        elif not case.applicant.serial and by_hand:
            words = _("Cari pemohon di portal {ca} menurut e-mail dinas, NIP, atau NIK.").format(ca=self._ca)
        elif not case.applicant.serial:
            words = _("CA tidak menemukan sertifikat menurut NIP, NIK, atau e-mail pemohon. Koreksi data pemohon.")
        elif by_hand:
            words = _("Cari nomor seri ini di portal {ca}, lalu catat pemegangnya.").format(ca=self._ca)
        else:
            words = _("Nomor seri ini belum ditemukan di CA. Koreksi data pemohon atau minta kelengkapan.")
        serial = Fact(_("Nomor seri"), case.applicant.serial, mono=True, anchors=("serial",))
        self.show_facts((serial, Fact("", words, Tone.QUIET)))
        if by_hand:
            self._offer_bringing(case)
        elif case.applicant.serial and self._training and case.state in GIVEN_IN and case.scan is None:
            words = _("Pelatihan: CA pelatihan dapat membuat sertifikat dengan nomor seri ini.")
            self.add_offer(glyph("file-key"), words, self._button(CaAsk.GIVE, _("Beri sertifikat latihan"), "accent"))

    def _offer_bringing(self, case: CaseView) -> None:
        """Where the CA cannot be searched the officer brings what its portal shows."""
        if not reviewing(case):
            return
        bring = self._button(CaAsk.BRING_OLD, _("Masukkan berkas…"))
        record = self._button(CaAsk.RECORD_HOLDER, _("Catat pemegang…"), "accent")
        self.add_offer(glyph("user"), _("Menurut portal"), bring, record)

    def _button(self, ask: CaAsk, words: str, role: str = "") -> HintButton:
        button = HintButton(words, role=role)
        button.setObjectName(f"ca-{ask}")
        button.clicked.connect(self._on_asked)
        return button

    @Slot()
    def _on_asked(self) -> None:
        self.asked.emit(self.sender().objectName().removeprefix("ca-"))


def old_certificate_facts(record: CertificateRecord, times: OfficeTime) -> list[Fact]:
    """Whose it is, its serial and issuer, and its revocation if it was revoked; days are the office's, as on prints."""
    facts = record.facts
    number = number_words_of(holder_number(facts.subject))
    name = facts.subject.common_name or facts.subject.text
    issuer = facts.issuer.common_name or facts.issuer.text
    until = times.day_words(facts.not_after, year=True)
    span = _("{issuer} · berlaku sampai {day}").format(issuer=issuer, day=until)
    shown = [
        Fact(_("Pemegang"), name, below=Words(number, mono=True) if number else None, anchors=("holder",)),
        Fact(_("Nomor seri"), facts.serial_hex, mono=True, anchors=("serial",)),
        Fact(_("Penerbit"), span, anchors=("status",)),
    ]
    if record.revocation is not None:
        when, reason = times.day_words(record.revocation.revoked_at, year=True), record.revocation.reason
        term = _("Istilah di CA: {reason}").format(reason=reason or NO_REASON)
        shown.append(Fact(_("Dicabut"), f"{when} · {recorded_words(reason)}", anchors=("status",), tip=term))
    return shown


class NewCertificateCard(Card):
    """The certificate that was issued, checked against the CSR and the CA."""

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(_("Sertifikat baru"), parent)
        self._times = times
        self.set_note(_("diperiksa terhadap CSR dan CA"), Tone.OK)

    def show_case(self, case: CaseView) -> None:
        made = case.new_certificate
        self.setVisible(made is not None)
        self.show_facts(new_certificate_facts(made, self._times) if made is not None else ())


def new_certificate_facts(made: NewCertificate, times: OfficeTime) -> tuple[Fact, ...]:
    """What was issued, and what pkilint remarks about it."""
    span = _("{first} sampai {last}").format(
        first=times.day_words(made.not_before, year=True), last=times.day_words(made.not_after, year=True)
    )
    remarks = _("belum dinilai") if made.remarks is None else "\n".join(made.remarks) or _("tanpa catatan")
    return (
        Fact(_("Subjek"), readable_subject(made.subject)),
        Fact(_("Nomor seri"), made.serial, mono=True),
        Fact(_("Berlaku"), span),
        Fact(_("Penerbit"), made.issuer),
        Fact(_("Profil"), remarks, Tone.WARN if made.remarks else None),
    )


class CsrCard(Card):
    """The request for a certificate."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("CSR", parent)

    def show_case(self, case: CaseView) -> None:
        reading, file = case.facts.csr, case.facts.csr_file
        self.set_note(f"{file.name} · {size_words(file.size)}" if file is not None else "")
        facts = csr_facts(reading.facts) if reading.facts is not None else []
        # What the office does not demand is no fault where it is missing.
        demanded = any(item.check == "csr.present" and item.verdict is Verdict.FAIL for item in case.findings)
        if reading.problem is CsrProblem.MISSING and not demanded:
            self.show_facts((Fact("", _("Permohonan tidak disertai CSR."), Tone.QUIET),))
            return
        self.show_facts([*csr_problem(reading.problem), *facts])


def csr_problem(problem: CsrProblem) -> list[Fact]:
    """What is wrong with the file, if anything is."""
    return [Fact("", _(CSR_PROBLEMS[problem]), Tone.BAD)] if problem is not CsrProblem.NONE else []


def csr_facts(facts: CsrFacts) -> list[Fact]:
    """The request in short: subject, key, fingerprint, extensions."""
    subject = ("subject", "name", "nip", "nik", "agency", "position", "email")
    proof, tone = PROOFS[facts.signature_valid]
    key = f"{facts.key.words} · {hash_words(facts.signature_hash)} · {_(proof)}"
    print_of_key = facts.key.sha256
    whole = grouped_hex(print_of_key, len(print_of_key))
    short = grouped_hex(print_of_key)
    shown = [
        Fact(_("Subjek"), readable_subject(facts.subject.text), anchors=subject),
        Fact(_("Kunci publik"), key, tone, anchors=("key", "algorithm", "signature")),
        Fact(_("Sidik jari"), short, mono=True, anchors=("fingerprint",), tip=whole),
    ]
    if facts.extensions:
        shown.append(Fact(_("Ekstensi"), ", ".join(facts.extensions), anchors=("extensions",)))
    return shown


class MailCard(Card):
    """Where the mail came from and where an answer would go."""

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(_("E-mail"), parent)
        self._times = times
        self._mail: MailFacts | None = None
        self._toggle = HintButton(_("Isi e-mail"), role="link")
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._on_toggled)
        self.add_to_head(self._toggle)

    def show_case(self, case: CaseView) -> None:
        self._mail = case.facts.mail
        self.setVisible(self._mail is not None)
        self._toggle.setChecked(False)
        self._on_toggled(False)

    @Slot(bool)
    def _on_toggled(self, whole: bool) -> None:
        """`whole`: with its text."""
        mail = self._mail
        facts = [*_sender_facts(mail), *self._proof_facts(mail)] if mail is not None else []
        if mail is not None and whole:
            facts.append(Fact("", mail.text.strip() or _("E-mail ini tidak memuat teks."), Tone.QUIET))
        self.show_facts(facts)

    def _proof_facts(self, mail: MailFacts) -> Iterator[Fact]:
        """The date and what the receiving server found, also where they are missing: that is a finding, too."""
        when = _("tidak bertanggal")
        if mail.date is not None:
            when = f"{self._times.day_words(mail.date, year=True)} {self._times.clock(mail.date)}"
        yield Fact(_("Dikirim"), when, anchors=("Date",), tip="Date")
        header = "Authentication-Results"
        for result in mail.authentication_results or (_("server penerima tidak mencatat hasil pemeriksaan"),):
            yield Fact(_("Keaslian"), result, anchors=(header,), tip=header)


def _sender_facts(mail: MailFacts) -> Iterator[Fact]:
    yield from _addresses(_("Pengirim"), "From", (mail.sender,))
    if mail.sender is not None and mail.sender.name:
        yield Fact(_("Nama pengirim"), mail.sender.name, anchors=("From",), tip="From")
    if mail.return_path is not None and mail.return_path != mail.sender:
        yield from _addresses(_("Return-Path"), "Return-Path", (mail.return_path,))
    yield from _addresses(_("Balasan ke"), "Reply-To", mail.reply_to)
    yield from _addresses(_("Tembusan"), "Cc", mail.cc)
    yield Fact(_("Perihal"), mail.subject)


def _addresses(name: str, header: str, addresses: Sequence[Address | None]) -> Iterator[Fact]:
    """Each address whole: it may go on in a second line, after a sign."""
    for address in addresses:
        yield Fact(name, address.mailbox if address is not None else "", anchors=(header,), tip=header)
