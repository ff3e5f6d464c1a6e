"""The route on which the certificate stays: the office's verifikator has the CA's portal mail a reset link.

The program never resets anything. It keeps what was checked before, waits for the applicant, and lets the case end only
when the applicant has signed and the certificate is still valid, by what the CA signs or as its portal shows it.
"""

import hashlib
from datetime import datetime

from lockdesk.core.cases import CaseStep, require_on_route, rule_for
from lockdesk.core.identity import normal_phone
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.operations.acting import Operations
from lockdesk.desk.operations.guide import known_phone
from lockdesk.desk.reasons import required
from lockdesk.desk.requests.review import Review
from lockdesk.desk.values.authority import SignedStatus
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.facts import AttachmentKind
from lockdesk.errors import Declined, LockdeskError
from lockdesk.pki.values import parse_serial
from lockdesk.words import _, moment_words


class Resetting:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office, review: Review, operations: Operations) -> None:
        self._casebook = casebook
        self._office = office
        self._review = review
        self._operations = operations

    def sent(self, case_id: int, phone: str) -> None:
        """The portal mailed the link. `phone`: the applicant's number as it is registered at the CA; the CA asks that
        number whether the reset is wanted. Raises Declined where it is another one, or the route forbids a reset."""
        case = self._ready(case_id, CaseStep.SEND_RESET)
        if case.told_in_person:
            raise Declined(
                _("Pemohon tidak dapat membuka kotak surat dinasnya, padahal tautan reset dikirim ke sana."),
                _("Pulihkan dahulu kotak suratnya, atau pilih pencabutan dan penerbitan ulang."),
                code="reset.no_mailbox",
            )
        self._require_phone(case, phone)
        note = JournalNote(rule_for(case.state, CaseStep.SEND_RESET).journal, {}, {"phone": normal_phone(phone)})
        self._step(case, CaseStep.SEND_RESET, note)

    @staticmethod
    def _require_phone(case: CaseView, phone: str) -> None:
        known = known_phone(case)
        if not known:
            raise Declined(
                _("Nomor HP pemohon belum diketahui, sehingga nomor di CA tidak dapat dicocokkan."),
                _("Lengkapi data kepegawaian atau data pemohon."),
                code="reset.no_phone",
            )
        if normal_phone(phone) != known:
            raise Declined(
                _("Nomor HP yang terdaftar di CA bukan nomor pemohon."),
                _("Minta pemohon mengubah nomornya di CA; kirim tautan setelah perubahannya disetujui."),
                code="reset.phone",
            )

    def proved(self, case_id: int, told_at: datetime, how: str, valid_in_portal: bool) -> None:
        """The applicant says, `how` and when, that a signature succeeded. The CA is asked whether the certificate is
        still valid; where it gives no answer, `valid_in_portal` says that its portal shows so.

        Raises Declined where the certificate is revoked or expired, or nobody says that it is valid.
        """
        case = self._ready(case_id, CaseStep.PROVE_RESET)
        words = required(how)
        self._require_after_link(case, told_at)
        source, answers = self._still_valid(case, valid_in_portal)
        rule = rule_for(case.state, CaseStep.PROVE_RESET)
        facts: dict[str, Fact] = {"signed": words, "told_at": told_at.isoformat(), "valid_by": source}
        # Kept with the case: what the CA signed is the proof, not what the program says of it.
        kept = tuple(_kept(item) for item in answers)
        deadline = self._review.new_deadline(case, told_at)
        self._step(case, CaseStep.PROVE_RESET, JournalNote(rule.journal, facts), *kept, deadline, answered_at=told_at)

    def _require_after_link(self, case: CaseView, told_at: datetime) -> None:
        sent = next(line.at for line in case.history if line.kind == "case.reset_sent")
        # A person writes whole minutes.
        if not sent.replace(second=0, microsecond=0) <= told_at <= self._office.now():
            raise Declined(
                _("Waktu pemberitahuan tidak mungkin."),
                _("Isi waktu antara pengiriman tautan ({sent}) dan sekarang.").format(
                    sent=moment_words(sent, self._office.zone)
                ),
                code="reset.moment",
            )

    def _still_valid(self, case: CaseView, valid_in_portal: bool) -> tuple[str, tuple[SignedStatus, ...]]:
        """Who says that the certificate is in force: "ca_signed" with that, or "ca_portal"."""
        old, readings = case.old_certificate, parse_serial(case.applicant.serial)
        if old is not None and old.facts.not_after < self._office.now():
            raise Declined(
                _("Sertifikat ini sudah habis masa berlakunya; reset tidak menghidupkannya."),
                _("Periksa kembali kasus ini dan ubah cara penanganannya."),
                code="reset.expired",
            )
        try:
            entry, answers = self._operations.status_of(case, old.facts.serial if old is not None else max(readings))
        except LockdeskError as error:
            if valid_in_portal:
                return "ca_portal", ()
            raise Declined(
                _("CA tidak dapat ditanya apakah sertifikat ini masih berlaku: {why}").format(why=error.message),
                _("Lihat statusnya di portal CA, lalu tandai bahwa sertifikat tampil masih berlaku di sana."),
                code="reset.status_unknown",
            ) from error
        if entry is not None:
            raise Declined(
                _("Menurut CA sertifikat ini dicabut {when}; reset tidak membuatnya berlaku lagi.").format(
                    when=moment_words(entry.revoked_at, self._office.zone)
                ),
                _("Periksa kembali kasus ini dan ubah cara penanganannya."),
                code="reset.revoked",
            )
        return "ca_signed", answers

    def _ready(self, case_id: int, step: CaseStep) -> CaseView:
        case = self._casebook.case(case_id)
        rule_for(case.state, step)
        require_on_route(case.route, step)
        self._office.require_another(case.applicant.nip, case.applicant.email)
        return case

    def _step(
        self,
        case: CaseView,
        step: CaseStep,
        note: JournalNote,
        *writes: c.Write,
        answered_at: datetime | None = None,
    ) -> None:
        self._casebook.commit(
            c.Change(
                at=self._office.now(),
                actor=self._office.actor(),
                note=note,
                writes=writes,
                case_id=case.id,
                step=step,
                expected=case.state,
                answered_at=answered_at,
            )
        )


def _kept(answer: SignedStatus) -> c.StoreDocument:
    digest = hashlib.sha256(answer.der).hexdigest()
    name = f"status-{answer.kind.value.replace('_', '-')}.der"
    return c.StoreDocument("other", name, AttachmentKind.OTHER, len(answer.der), digest, answer.der)
