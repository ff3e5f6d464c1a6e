"""Messages to the applicant: drafted from templates, kept in the outbox; *notified* only with proof."""

from collections.abc import Mapping
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from lockdesk.core.cases import CaseState, CaseStep, Route, rule_for
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.core.operations import OperationKind, OperationState
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.reasons import reason_words, required
from lockdesk.desk.values.cases import CaseView, Message, MessageState
from lockdesk.errors import Declined
from lockdesk.words import _, date_words, moment_words

NOTICE_OF_STATE = {
    CaseState.RECEIVED: "received",
    CaseState.UNDER_REVIEW: "received",
    CaseState.AWAITING_APPLICANT: "incomplete",
    CaseState.AWAITING_NEW_CSR: "new_csr_needed",
    CaseState.REJECTED: "rejected",
    CaseState.RESOLVED_OTHERWISE: "resolved_otherwise",
    CaseState.REVOKED: "revoked_only",
    CaseState.ISSUED: "issued",
    CaseState.NOTIFIED: "issued",
    CaseState.COMPLETED: "issued",
}


PORTAL = "portal"
"""The identifier of the gateway in whose portal a person acts."""


class Notices:
    """Drafts, keeps and proves messages."""

    def __init__(self, casebook: Casebook, office: Office, texts: Mapping[str, tuple[str, str]]) -> None:
        self._casebook = casebook
        self._office = office
        self._texts = texts
        """Subject and body per notice, with {fields}."""

    def draft(self, case_id: int) -> Message:
        """The message that fits the case's state; addressed to the stored address only."""
        case = self._casebook.case(case_id)
        notice = self._fitting(case)
        if not notice:
            raise Declined(_("Belum ada yang perlu diberitahukan."), code="notice.none")
        (subject, body), words = self._texts[notice], self._words(case)
        return Message(
            0,
            case_id,
            notice,
            self._address(case),
            subject.format_map(words),
            body.strip().format_map(words),
            MessageState.DRAFT,
            self._office.now(),
        )

    @staticmethod
    def _fitting(case: CaseView) -> str:
        """The notice that fits the case now: while a person acts in the CA's portal, what is to be done there."""
        operation = case.open_operation()
        if operation is not None and operation.state is OperationState.AWAITING and operation.gateway == PORTAL:
            bare = operation.kind is OperationKind.REISSUE and not operation.key_sha256
            return f"portal_{operation.kind.value}{'_without_csr' if bare else ''}"
        return NOTICE_OF_STATE.get(case.state, "")

    @staticmethod
    def _address(case: CaseView) -> str:
        """The register's office e-mail, else the address stored for the case; never a Reply-To."""
        known = case.register.text("email") if case.register is not None else ""
        return known or case.applicant.email

    def _words(self, case: CaseView) -> Mapping[str, str]:
        zone, settings = self._office.zone, self._office.settings
        new = case.new_certificate
        old = case.old_certificate
        operation = case.open_operation()
        return {
            "nomor": case.number,
            "nama": case.applicant.name,
            "diterima": moment_words(case.received_at, zone),
            "batas": moment_words(case.due_at, zone) if case.due_at else "–",
            "alasan": "\n".join(f"{n}. {text}" for n, text in enumerate(self._reasons(case), 1)),
            "seri_lama": old.facts.serial_hex if old else case.applicant.serial,
            "seri_baru": new.serial if new else "–",
            "berlaku": (
                f"{date_words(new.not_before.astimezone(zone).date())} – "
                f"{date_words(new.not_after.astimezone(zone).date())}"
            )
            if new
            else "–",
            "ca": settings.office.ca_name,
            "alamat_portal": self._portal_address(),
            "alasan_cabut": reason_words(operation) if operation else "–",
            "sidik": case.facts.csr.facts.key.sha256[:16] if case.facts.csr.facts else "–",
            "petugas": self._office.actor(),
            "unit": f"{settings.office.unit} {settings.office.city}",
        }

    def _portal_address(self) -> str:
        address = self._office.gateway_choice().values.get("portal_url", "")
        return f" ({address})" if address else ""

    @staticmethod
    def _reasons(case: CaseView) -> tuple[str, ...]:
        if case.closing_reasons:
            return case.closing_reasons
        asked = [line.facts.get("asked") for line in case.history if line.kind == "case.applicant_asked"]
        return tuple(str(asked[0]).split("; ")) if asked else ()

    def deliver(self, case_id: int, message: Message) -> None:
        """Puts the message into the outbox. In practice it is simulated, which is said and counts as such."""
        case = self._casebook.case(case_id)
        fitting = (case_id, self._address(case), self._fitting(case))
        if (message.case_id, message.to, message.notice) != fitting:
            raise Declined(
                _("Pesan ini bukan untuk pemohon kasus ini."),
                _("Susun pemberitahuan lagi; alamatnya diambil dari data yang tersimpan."),
                code="notice.not_fitting",
            )
        if "@" not in message.to:
            raise Declined(_("Alamat e-mail pemohon belum diketahui."), _("Koreksi data pemohon."))
        practice = self._office.settings.practice
        state = MessageState.SIMULATED if practice else MessageState.QUEUED
        write = c.AddMessage(replace(message, state=state))
        facts: dict[str, Fact] = {"notice": message.notice, "state": state.value}
        step = self._notifying(case)
        if practice and step is not None:
            self._notified(case, step, facts | {"proof": "simulasi"}, write)
        else:
            self._commit(case, JournalNote("message.kept", facts, {"to": message.to}), write)

    def told(self, case_id: int, how: str) -> None:
        """The officer states how and when the applicant was told: the proof where no server can give one."""
        case = self._casebook.case(case_id)
        step = self._notifying(case)
        if step is None:
            raise Declined(_("Kasus ini belum dapat diberitahukan."), code="notice.too_early")
        last = case.messages[-1] if case.messages else None
        writes = (c.SetMessageState(last.id, MessageState.TOLD),) if last is not None else ()
        self._notified(case, step, {"proof": "officer", "how": required(how)}, *writes)

    @staticmethod
    def _notifying(case: CaseView) -> CaseStep | None:
        if case.state is CaseState.ISSUED:
            return CaseStep.NOTIFY
        if case.state is CaseState.REVOKED and case.route is Route.REVOKE_ONLY:
            return CaseStep.NOTIFY_REVOKED_ONLY
        return None

    def _notified(self, case: CaseView, step: CaseStep, facts: dict[str, Fact], *writes: c.Write) -> None:
        rule = rule_for(case.state, step)
        self._commit(case, JournalNote(rule.journal, facts), *writes, step=step)

    def complete(self, case_id: int) -> None:
        """Selesaikan: the end of the case, on time or late."""
        case = self._casebook.case(case_id)
        now = self._office.now()
        on_time = case.due_at is None or now <= case.due_at
        rule = rule_for(case.state, CaseStep.COMPLETE)
        note = JournalNote(rule.journal, {"on_time": on_time})
        self._commit(case, note, c.CloseCase(on_time), step=CaseStep.COMPLETE)

    def _commit(self, case: CaseView, note: JournalNote, *writes: c.Write, step: CaseStep | None = None) -> None:
        self._casebook.commit(
            c.Change(
                at=self._office.now(),
                actor=self._office.actor(),
                note=note,
                writes=writes,
                case_id=case.id,
                step=step,
                expected=case.state if step is not None else None,
            )
        )

    def export(self, message_id: int) -> bytes:
        """The message as an .eml that any mail program can open and send."""
        message = self._casebook.message(message_id)
        case, office = self._casebook.case(message.case_id), self._office.settings.office
        mail = EmailMessage(policy=SMTP)
        mail["Subject"] = message.subject
        mail["To"] = message.to
        if "@" in office.email and not office.email_to_confirm:
            mail["From"] = formataddr((office.unit, office.email))
        mail["Date"] = format_datetime(message.at.astimezone(self._office.zone))
        mail["X-Unsent"] = "1"
        # what answers it names it, whatever becomes of the subject
        domain = next(iter(office.mail_domains), "lockdesk.invalid")
        mail["Message-ID"] = f"<{case.number}.{message_id}@{domain}>"
        mail.set_content(message.body)
        note = JournalNote("message.exported", {"message": message_id})
        self._commit(case, note)
        return mail.as_bytes()
