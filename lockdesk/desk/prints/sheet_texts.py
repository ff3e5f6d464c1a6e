"""What each print says: numbers, rows, notes and signatures. Title, letterhead and paper come with the document."""

from datetime import datetime
from zoneinfo import ZoneInfo

from lockdesk.core.cases import Route
from lockdesk.core.identity import mask_mailbox, print_phone
from lockdesk.core.messages import MessageState
from lockdesk.core.numbering import printed_number
from lockdesk.desk.prints.history_words import value_words
from lockdesk.desk.prints.sheet_parts import SheetParts, flagged
from lockdesk.desk.reasons import FORGOTTEN, LEAKED
from lockdesk.desk.values.cases import CaseView, IntakeChannel
from lockdesk.desk.values.complaints import ComplaintView
from lockdesk.desk.values.facts import StatementProblem
from lockdesk.desk.values.sheets import Footer, Sheet, SheetRow, Signature, join_words
from lockdesk.pki.values import CsrProblem
from lockdesk.settings import DeskSettings
from lockdesk.words import N_, _, date_words, duration_words, moment_words

SERVICE = N_("Penanggulangan lupa passphrase sertifikat elektronik")
SERVICE_COMPROMISED = N_("Penanggulangan sertifikat elektronik yang passphrase-nya mungkin diketahui orang lain")
NEVER_TELL = N_("Jangan berikan passphrase kepada siapa pun, termasuk petugas.")
RECEIVED_BY = {
    IntakeChannel.EMAIL: N_("melalui e-mail"),
    IntakeChannel.FILES: N_("melalui berkas"),
    IntakeChannel.WALK_IN: N_("di loket"),
}


def paper_number(parts: SheetParts, subject: CaseView | ComplaintView) -> str:
    """ "0042/LOCK/XI/2026"."""
    return printed_number(subject.number, subject.received_at.astimezone(parts.zone).date())


def entered_later(case: CaseView, zone: ZoneInfo) -> str:
    """From which emergency form a case was entered, and when; "" for none."""
    entered = next((line.at for line in case.history if line.kind == "case.received"), None)
    if not case.emergency_form or entered is None:
        return ""
    return _("Formulir darurat {number}, dicatat {when}.").format(
        number=case.emergency_form, when=moment_words(entered, zone)
    )


def head_rows(parts: SheetParts, case: CaseView) -> list[SheetRow]:
    """Which service, when it was asked for, and by whom."""
    applicant = case.applicant
    return [
        SheetRow(_("Layanan"), _(SERVICE_COMPROMISED if case.compromised else SERVICE)),
        SheetRow(
            _("Diterima"),
            f"{parts.moment(case.received_at)}, {_(RECEIVED_BY[case.channel])}",
            entered_later(case, parts.zone),
        ),
        SheetRow(
            _("Pemohon"),
            applicant.name or "–",
            join_words((applicant.position, applicant.agency), ", "),
            strong=True,
        ),
        SheetRow("NIP / NIK", parts.numbers(applicant), digits=True),
    ]


def _files(case: CaseView) -> str:
    facts = case.facts
    letter = facts.statement.problem is StatementProblem.NONE
    csr = facts.csr.problem is CsrProblem.NONE
    pages = _("({n} halaman)").format(n=facts.statement.pages) if letter else ""
    return "   ".join(
        (
            join_words(("✓" if letter else "×", _("surat pernyataan"), pages), " "),
            join_words(("✓" if csr else "×", "CSR"), " "),
        )
    )


def receipt(parts: SheetParts, case: CaseView, footer: Footer) -> Sheet:
    """That and when a request was received, and by when it will be done."""
    walk_in = case.channel is IntakeChannel.WALK_IN
    rows = [
        *head_rows(parts, case),
        SheetRow(_("Berkas"), _files(case)),
        SheetRow(_("Pemberitahuan"), _where_told(case)),
        SheetRow(_("Biaya"), _("Gratis")),
    ]
    # A receipt that goes out by e-mail carries no place for the applicant's signature.
    own = (Signature((_("Pemohon,"),), case.applicant.name),) if walk_in else ()
    return Sheet(
        number=paper_number(parts, case),
        rows=tuple(rows),
        footer=footer,
        box=(_("Selesai paling lambat"), parts.moment(case.due_at)) if case.due_at else None,
        notes=(
            _("Tanda terima ini bukan bukti penyelesaian. Batas waktu dihitung satu hari kerja sejak berkas lengkap."),
        ),
        warning=_(NEVER_TELL),
        signatures=(*own, parts.officer_signature()),
    )


def _where_told(case: CaseView) -> str:
    """Where the notice will be sent; at the counter for whoever has no mailbox to send it to."""
    if case.told_in_person or not case.applicant.email:
        return _("disampaikan di loket")
    return _("ke {mailbox}").format(mailbox=mask_mailbox(case.applicant.email))


def completion(parts: SheetParts, case: CaseView, footer: Footer) -> Sheet:
    """What was revoked and issued, or reset, how it was told, and whether in time."""
    old, new = case.old_certificate, case.new_certificate
    entry = old.revocation if old else None
    rows = head_rows(parts, case)
    stays = case.route is Route.VERIFIER_RESET
    name = _("Sertifikat") if stays else _("Sertifikat lama")
    rows.append(SheetRow(name, old.facts.serial_hex if old else case.applicant.serial, digits=True))
    if stays:
        rows += _reset_rows(parts, case)
    if entry is not None:
        leaked = case.compromised or entry.reason == "keyCompromise"
        rows.append(SheetRow(_("Dicabut"), parts.moment(entry.revoked_at), LEAKED if leaked else FORGOTTEN))
    if new is not None:
        first, last = (date_words(at.astimezone(parts.zone).date()) for at in (new.not_before, new.not_after))
        rows.append(SheetRow(_("Sertifikat baru"), new.serial, digits=True))
        rows.append(SheetRow(_("Berlaku"), f"{first} – {last}"))
    rows += [
        *([] if stays else [SheetRow(_("Diberitahukan"), _how_notified(parts, case))]),
        SheetRow(_("Lama layanan"), join_words((duration_words(case.net_minutes), _on_time(case)), ", ")),
        SheetRow(_("Biaya"), _("Gratis")),
    ]
    return Sheet(
        number=paper_number(parts, case),
        rows=tuple(rows),
        footer=footer,
        warning=_(NEVER_TELL),
        signatures=(parts.officer_signature(),),
    )


def _reset_rows(parts: SheetParts, case: CaseView) -> list[SheetRow]:
    """What was done, that the applicant could sign afterwards, and who says that the certificate is in force."""
    sent = next((line for line in case.history if line.kind == "case.reset_sent"), None)
    proved = next((line for line in case.history if line.kind == "case.reset_proved"), None)
    if sent is None or proved is None:
        return []
    facts = proved.facts
    told = parts.moment(datetime.fromisoformat(str(facts["told_at"])))
    valid = _("tetap berlaku, tidak dicabut; menurut {source} {when}").format(
        source=value_words("valid_by", facts["valid_by"]), when=parts.moment(proved.at)
    )
    return [
        SheetRow(_("Dilakukan"), _("reset passphrase oleh verifikator; tautan dikirim {when}").format(
            when=parts.moment(sent.at)
        )),
        SheetRow(_("Tanda tangan"), _("berhasil, disampaikan pemohon {when}").format(when=told), str(facts["signed"])),
        SheetRow(_("Status sertifikat"), valid),
    ]  # fmt: skip


def _on_time(case: CaseView) -> str:
    if case.due_at is None:
        return ""
    end = case.closed_at
    if end is None:
        return _("masih berjalan")
    return _("tepat waktu") if end <= case.due_at else _("terlambat")


def _how_notified(parts: SheetParts, case: CaseView) -> str:
    """The proof there is that the applicant was told of the new certificate."""
    lines = [line for line in case.history if line.kind == "case.notified"]
    if not lines:
        return "–"
    facts = lines[0].facts
    if facts["proof"] == "simulasi":
        return _simulated(case)
    if facts["proof"] == "officer":
        return str(facts.get("how") or facts["reason"])
    return _accepted(parts, case.applicant.email, lines[0].at)


def rejection(parts: SheetParts, case: CaseView, footer: Footer) -> Sheet:
    """Each failed check and how to repair it; handed over against a signature."""
    reasons = tuple(f"{n}. {reason}" for n, reason in enumerate(case.closing_reasons, 1))
    return Sheet(
        number=paper_number(parts, case),
        rows=(
            *head_rows(parts, case),
            SheetRow(_("Disampaikan"), _how_returned(parts, case)),
            SheetRow(_("Biaya"), _("Gratis")),
        ),
        footer=footer,
        paragraphs=(
            _("Permohonan ini dinyatakan tidak sesuai karena hal-hal berikut."),
            *reasons,
            _("Permohonan dapat diajukan ulang setelah diperbaiki, tanpa biaya."),
        ),
        warning=_(NEVER_TELL),
        signatures=(handed_over_to(_("Diterima oleh,")), parts.officer_signature()),
    )


def _accepted(parts: SheetParts, mailbox: str, at: datetime) -> str:
    words = _("melalui e-mail ke {mailbox}, diterima server {when}")
    return words.format(mailbox=mask_mailbox(mailbox), when=parts.moment(at))


def _simulated(case: CaseView) -> str:
    return _("simulasi (mode pelatihan), ke {mailbox}").format(mailbox=mask_mailbox(case.applicant.email))


def handed_over_to(who: str) -> Signature:
    """Whoever takes a paper over writes the day and the name by hand: neither is known before."""
    return Signature((_("Tanggal ……………………………"), who), "", "")


def _how_returned(parts: SheetParts, case: CaseView) -> str:
    """The proof there is that the applicant was told of the rejection."""
    told = [item for item in case.messages if item.notice == "rejected"]
    sent = next((item for item in told if item.state is MessageState.SENT), None)
    if sent is not None:
        return _accepted(parts, sent.to, sent.changed_at or sent.at)
    if any(item.state is MessageState.SIMULATED for item in told):
        return _simulated(case)
    handed = next((item for item in told if item.state is MessageState.TOLD and not item.to), None)
    return handed.body if handed is not None else _("diserahkan langsung, dengan tanda tangan penerima")


def standard_lines(settings: DeskSettings, lines: tuple[str, ...]) -> tuple[str, ...]:
    """A component's lines with the complaints officer filled in, or the place left for the office, and what is still
    to be confirmed flagged."""
    named = join_words((settings.complaints_officer, print_phone(settings.complaints_officer_phone)), ", ")
    who = named or _("(nama dan nomor HP diisi oleh kantor)")
    office = settings.office
    doubtful = [item.value for item in office.contacts if item.to_confirm]
    doubtful += [office.email] if office.email_to_confirm else []
    return tuple(
        flagged(line.replace("{pejabat_pengaduan}", who), any(value and value in line for value in doubtful))
        for line in lines
    )


def standard(parts: SheetParts, _subject: None, footer: Footer) -> Sheet:
    """All 14 components of the standard of service."""
    settings = parts.settings
    paragraphs: list[str] = []
    for component in settings.office.components:
        paragraphs.append(f"# {component.number}. {component.title}")
        paragraphs += standard_lines(settings, component.lines)
    return Sheet(
        number="LOCK",
        rows=(SheetRow(_("Layanan"), _(SERVICE)),),
        footer=footer,
        paragraphs=tuple(paragraphs),
    )
