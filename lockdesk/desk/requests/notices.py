"""Messages to the applicant: drafted from templates, kept in the outbox; *notified* only with proof."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from lockdesk.core.cases import CaseState, CaseStep, Route, rule_for
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.core.messages import GONE, PENDING, TELLABLE, UNSENT, MessageEvent, MessageState
from lockdesk.core.operations import OperationKind
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.composing import Letter, compose, thread_of
from lockdesk.desk.office.mail_fields import is_address
from lockdesk.desk.office.notice_texts import NoticeTexts
from lockdesk.desk.office.office import Office
from lockdesk.desk.reasons import FORGOTTEN, LEAKED, reason_words, required
from lockdesk.desk.requests.fitting import PREPARED, fitting_notice, is_carried, is_kept, is_pending, went_on_since
from lockdesk.desk.requests.steps import notifying
from lockdesk.desk.values.cases import CaseRow, CaseView, Message
from lockdesk.errors import Declined
from lockdesk.words import _, date_words, in_indonesian, moment_words

NOTICE_ON_ROUTE: Mapping[tuple[str, Route], str] = {
    ("revoked", Route.REVOKE_ONLY): "revoked_only",
    ("completed", Route.VERIFIER_RESET): "reset_completed",
}
"""What says the same in the words of a route."""

PROVING = frozenset({"issued", "revoked_only"})
"""Notices that tell what became of the request: once one is accepted, the applicant is notified."""
COMPLETES, PRINTS = "completes", "prints"
"""The facts of an entry that say what is to follow (see `Notices.deliver`)."""
_UNCHANGED = "unchanged"
"""The fact of an entry that a message was kept in the words of the office's text."""
_ON_ITS_WAY = PENDING | GONE | {MessageState.MERGED}


class Notices:
    """Drafts, keeps and proves messages."""

    def __init__(self, casebook: Casebook, office: Office, texts: NoticeTexts) -> None:
        self._casebook = casebook
        self._office = office
        self._texts = texts
        self._without: set[int] = set()
        """Completed cases of which nobody wanted a slip: that stays so."""

    def draft(self, case_id: int) -> Message:
        """The message that fits the case's state; addressed to the stored address only."""
        case = self._casebook.case(case_id)
        notice = fitting_notice(case)
        if not notice:
            raise Declined(_("Belum ada yang perlu diberitahukan."), code="notice.none")
        now = self._office.now()
        letter = self.letter(case, notice, now)
        return Message(0, case_id, notice, letter.to, letter.subject, letter.body, MessageState.DRAFT, now)

    def holds(self, case: CaseView, message: Message) -> bool:
        """Whether what was kept to be carried goes to whom it would go now and says what it would say; in words of the
        officer's own, whether the case stands still since."""
        kept_ones = (e for e in case.history if e.kind == "message.kept" and e.facts.get("notice") == message.notice)
        kept = next(kept_ones, None)
        if kept is None or not kept.facts.get(_UNCHANGED):
            return message.to == self.address(case) and not went_on_since(case, message.at)
        letter = self.letter(case, message.notice, message.at, kept.actor)
        return _said(message) == (letter.to, letter.subject, letter.body)

    @in_indonesian()
    def letter(self, case: CaseView, notice: str, at: datetime, officer: str = "") -> Letter:
        """What a notice of the case says that was owed at that moment, by this officer or the one who is there now;
        addressed to the stored address only."""
        words = {**self._words(case, at), **({"petugas": officer} if officer else {})}
        subject, body = self._texts.of(notice).filled(words)
        new = case.new_certificate if notice == "issued" else None
        attached = None if new is None else (new.serial, new.der)
        return Letter(self.address(case), subject, body, case.number, thread_of(case.facts.mail), attached)

    @staticmethod
    def address(case: CaseView) -> str:
        """The register's office e-mail, else the address stored for the case; never a Reply-To."""
        known = case.register.text("email") if case.register is not None else ""
        return known or case.applicant.email

    def _words(self, case: CaseView, at: datetime) -> Mapping[str, str]:
        zone, settings = self._office.zone, self._office.settings
        new = case.new_certificate
        old = case.old_certificate
        revoked = [operation for operation in case.operations if operation.kind is OperationKind.REVOKE]
        return {
            "nomor": case.number,
            "nama": case.applicant.name,
            "diterima": moment_words(case.received_at, zone),
            "batas": moment_words(case.due_at, zone) if case.due_at else "–",
            "alasan": "\n".join(f"{n}. {text}" for n, text in enumerate(self._reasons(case, at), 1)),
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
            "sebab": LEAKED if case.compromised else FORGOTTEN,
            "alasan_cabut": reason_words(revoked[-1]) if revoked else "–",
            "sidik": case.facts.csr.facts.key.sha256[:16] if case.facts.csr.facts else "–",
            "petugas": self._office.actor(),
            "unit": f"{settings.office.unit} {settings.office.city}",
        }

    def _portal_address(self) -> str:
        address = self._office.gateway_choice().values.get("portal_url", "")
        return f" ({address})" if address else ""

    @staticmethod
    def _reasons(case: CaseView, at: datetime) -> tuple[str, ...]:
        """Why it ended, else what was asked for last by then."""
        if case.closing_reasons:
            return case.closing_reasons
        asked = (line.facts["asked"] for line in case.history if "asked" in line.facts and line.at <= at)
        return tuple(str(next(asked, "")).splitlines())

    def deliver(self, case_id: int, message: Message, completes: bool = False, prints: bool = False) -> None:
        """Puts the message into the outbox: it is sent from there, or carried by hand where the office has no mail
        account, in place of one that was kept before. In practice it is simulated, which is said and counts as such.
        `completes`: the case is completed as soon as there is proof that the applicant was told, and not before;
        `prints`: then its slip is due."""
        case = self._casebook.case(case_id)
        facts: dict[str, Fact] = {"notice": message.notice}
        wish = _wish(completes, prints)
        if self._office.posts():
            self._post(case, message, wish)
            return
        self._require_fitting(case, message)
        step = notifying(case)
        if self._office.settings.practice and step is not None:
            write = c.AddMessage(replace(message, state=MessageState.SIMULATED))
            self._notified(case, step, facts | {"proof": "simulasi"} | wish, write)
            if completes:
                self.complete(case_id)
        else:
            practice = self._office.settings.practice
            state = MessageState.SIMULATED if practice else MessageState.QUEUED
            own = self.letter(case, message.notice, message.at)
            unchanged: dict[str, Fact] = {_UNCHANGED: True} if _said(message)[1:] == (own.subject, own.body) else {}
            note = JournalNote("message.kept", facts | wish | unchanged | {"state": state.value}, {"to": message.to})
            unsent = (item for item in case.messages if item.notice == message.notice and item.state in UNSENT)
            withdrawn = (c.MoveMessage(item.id, MessageEvent.WITHDRAWN) for item in unsent)  # no account sends it
            self._commit(case, note, *withdrawn, c.AddMessage(replace(message, state=state)))

    def _post(self, case: CaseView, message: Message, wish: dict[str, Fact]) -> None:
        """The step that owed the applicant a word has made its message already, and it goes by itself: confirmed in its
        own words it is not sent twice, in other words it is sent in these. What an officer wrote before stays; what was
        kept to be carried by hand, and was not exported yet, is sent instead."""
        facts: dict[str, Fact] = {"notice": message.notice, **wish}
        written = any(e.kind == "message.owed" and e.facts.get("notice") == message.notice for e in case.history)
        same = [item for item in case.messages if item.notice == message.notice and item.state in _ON_ITS_WAY]
        there = [item for item in same if not (written or is_kept(item))]
        own = self.letter(case, message.notice, message.at)
        if there and (message.subject, message.body) == (own.subject, own.body):
            self._commit(case, JournalNote("message.completes" if COMPLETES in wish else "message.confirmed", facts))
        else:
            waiting = [item for item in same if is_kept(item) or (item in there and item.state in UNSENT)]
            rest = replace(case, messages=tuple(item for item in case.messages if item not in waiting))
            self._require_fitting(rest, message)
            withdrawn = (c.MoveMessage(item.id, MessageEvent.WITHDRAWN) for item in waiting)
            self._commit(case, JournalNote("message.owed", facts), *withdrawn, owed(message))
        if COMPLETES in wish and self._casebook.case(case.id).state is CaseState.NOTIFIED:  # it was accepted meanwhile
            self.complete(case.id)

    def _require_fitting(self, case: CaseView, message: Message) -> None:
        fitting = (case.id, self.address(case), fitting_notice(case))
        if (message.case_id, message.to, message.notice) != fitting:
            raise Declined(
                _("Pesan ini bukan untuk pemohon kasus ini."),
                _("Susun pemberitahuan lagi; alamatnya diambil dari data yang tersimpan."),
                code="notice.not_fitting",
            )
        if not is_address(message.to):
            raise Declined(
                _("Alamat e-mail pemohon belum diketahui."), _("Koreksi data pemohon."), code="notice.address"
            )
        pending = [item for item in case.messages if is_pending(item, message.notice, self._office.posts())]
        kept = [item for item in pending if is_carried(item)]
        if kept and _said(kept[-1]) == _said(message):
            then = _("Ekspor pesannya dan sampaikan, lalu catat bagaimana pemohon diberi tahu.")
            raise Declined(
                _("Pemberitahuan ini sudah disimpan untuk dibawa."),
                then if notifying(case) is not None else _("Ekspor pesannya dan sampaikan."),
                code="notice.pending",
            )
        if len(kept) < len(pending):
            raise Declined(
                _("Pemberitahuan ini sudah ada di kotak keluar."),
                _("Tunggu sampai terkirim, atau putuskan pesan yang belum pasti."),
                code="notice.pending",
            )

    def told(self, case_id: int, how: str, completes: bool = False, prints: bool = False) -> None:
        """The officer states how and when the applicant was told: the proof where no server can give one. What still
        waited to be sent is not sent any more. `completes`: and the case is completed by it; `prints`: its slip is
        due."""
        case = self._casebook.case(case_id)
        step = notifying(case)
        if step is None:
            raise Declined(_("Kasus ini belum dapat diberitahukan."), code="notice.too_early")
        why = required(how)
        open_ones = [item for item in case.messages if item.notice in PROVING and item.state in TELLABLE]
        writes = tuple(c.MoveMessage(item.id, MessageEvent.TOLD, why) for item in open_ones)
        facts: dict[str, Fact] = {"proof": "officer", "how": why, **_wish(completes, prints)}
        self._notified(case, step, facts, *writes)
        if completes:
            self.complete(case_id)

    def slips_due(self, completed: Iterable[CaseRow]) -> tuple[CaseRow, ...]:
        """Those of completed cases without their slip whose officer wanted it printed."""
        open_ones = [row for row in completed if row.id not in self._without]
        due = tuple(row for row in open_ones if _wants_slip(self._casebook.case(row.id)))
        self._without.update({row.id for row in open_ones} - {row.id for row in due})
        return due

    def handed_over(self, case_id: int, name: str, on: date) -> None:
        """The printed rejection was handed over and signed for: the proof that it reached the applicant. What still
        waited to be sent is not sent any more. Raises Declined for any other state, without a name, and for a day
        before the rejection or after today."""
        case = self._casebook.case(case_id)
        who = self._taker(case, name, on)
        with in_indonesian():
            words = _("diserahkan kepada {name} pada {day}").format(name=who, day=date_words(on))
        waiting = [item for item in case.messages if item.notice == "rejected" and item.state in TELLABLE]
        writes: list[c.Write] = [c.MoveMessage(item.id, MessageEvent.TOLD, words) for item in waiting]
        at = self._office.now()
        told = Message(0, case.id, "rejected", "", "", words, MessageState.TOLD, at)
        note = JournalNote("case.letter_handed_over", {"on": on.isoformat()}, {"name": who})
        self._commit(case, note, *writes, c.AddMessage(told))

    def _taker(self, case: CaseView, name: str, on: date) -> str:
        who = " ".join(name.split())
        if case.state is not CaseState.REJECTED or case.closed_at is None:
            raise Declined(_("Tidak ada surat pengembalian pada kasus ini."), code="notice.no_letter")
        if not who:
            raise Declined(_("Nama penerima surat belum diisi."), code="notice.no_taker")
        if not case.closed_at.astimezone(self._office.zone).date() <= on <= self._office.today():
            raise Declined(
                _("Tanggal penyerahan tidak mungkin."),
                _("Isi tanggal antara keputusan dan hari ini."),
                code="notice.day",
            )
        return who

    def _notified(self, case: CaseView, step: CaseStep, facts: dict[str, Fact], *writes: c.Write) -> None:
        rule = rule_for(case.state, step)
        self._commit(case, JournalNote(rule.journal, facts), *writes, step=step)

    def complete(self, case_id: int) -> None:
        """Selesaikan: the end of the case, on time or late."""
        case = self._casebook.case(case_id)
        note, closing = completion(case, self._office.now())
        self._commit(case, note, closing, step=CaseStep.COMPLETE)

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
        """The message as an .eml: as it was sent, or one that any mail program can open and send. What was kept to be
        carried may be with the applicant from now on."""
        message = self._casebook.message(message_id)
        taken_out = (c.MoveMessage(message_id, MessageEvent.EXPORTED),) if is_kept(message) else ()
        content = self._casebook.message_content(message_id) if message.mail_id else self._to_be_carried(message)
        self._casebook.commit(
            c.Change(
                self._office.now(),
                self._office.actor(),
                JournalNote("message.exported", {"message": message_id}),
                taken_out,
                case_id=message.case_id or None,
                complaint_id=message.complaint_id or None,
            )
        )
        return content

    def _to_be_carried(self, message: Message) -> bytes:
        case, office = self._casebook.case(message.case_id), self._office.settings.office
        letter = self.letter(case, message.notice, message.at)
        letter = replace(letter, to=message.to, subject=message.subject, body=message.body)
        known = "@" in office.email and not office.email_to_confirm
        sender = (office.unit, office.email) if known else None
        domain = next(iter(office.mail_domains), "lockdesk.invalid")
        at = message.at.astimezone(self._office.zone)
        mail = compose(letter, sender, at, f"<{case.number}.{message.id}@{domain}>")
        mail["X-Unsent"] = "1"
        return mail.as_bytes()


def completion(case: CaseView, now: datetime) -> tuple[JournalNote, c.CloseCase]:
    """How the end of a case is written down."""
    on_time = case.due_at is None or now <= case.due_at
    return JournalNote(rule_for(case.state, CaseStep.COMPLETE).journal, {"on_time": on_time}), c.CloseCase(on_time)


def completes_when_told(case: CaseView) -> bool:
    """Whether the officer wanted the case completed with the proof of the message that was owed last."""
    owings = (line.facts for line in case.history if line.kind in PREPARED and line.facts.get("notice") in PROVING)
    return bool(next(owings, {}).get(COMPLETES))


def _wish(completes: bool, prints: bool) -> dict[str, Fact]:
    """What is said last holds, also that nothing is to follow."""
    return {**({COMPLETES: True} if completes else {}), PRINTS: completes and prints}


def _wants_slip(case: CaseView) -> bool:
    """What the officer said last of it, when the notice was confirmed or the applicant was told."""
    said = (
        line.facts
        for line in case.history
        if PRINTS in line.facts or (line.kind in PREPARED and line.facts.get("notice") in PROVING)
    )
    return bool(next(said, {}).get(PRINTS))


def _said(message: Message) -> tuple[str, str, str]:
    """To whom, and in which words."""
    return message.to, message.subject, message.body


def owed(message: Message) -> c.OweMessage:
    """The message, to be written anew for the post with the words that it has."""
    return c.OweMessage(message.notice, message.subject, message.body)
