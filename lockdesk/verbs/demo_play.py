"""The demonstration's officer: takes each case one step further from wherever it stands.

Every step first looks at the case, so a demonstration that was killed goes on where it was.
"""

import contextlib
import hashlib
import json
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Protocol

from lockdesk.core.cases import STATE_LABELS, CaseState, Route
from lockdesk.core.complaints import (
    COMPLAINT_STATE_LABELS,
    Channel,
    ComplaintClass,
    ComplaintKind,
    ComplaintState,
)
from lockdesk.core.confirmation import CallResult
from lockdesk.core.findings import Verdict
from lockdesk.core.messages import GONE, PENDING, MessageState
from lockdesk.desk.checks.all import rejection_reasons
from lockdesk.desk.desk import Desk
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.desk.prints.documents import available_prints
from lockdesk.desk.prints.making import PrintSubject
from lockdesk.desk.reports.definitions import ReportPart
from lockdesk.desk.reports.words import decimal_words
from lockdesk.desk.requests.steps import hard_stops, undecided
from lockdesk.desk.values.cases import CallForm, CaseView, Received
from lockdesk.desk.values.complaints import ComplaintForm
from lockdesk.desk.values.reports import BookFilter, BookKind
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.desk.values.tray import MailState, TrayMail
from lockdesk.errors import LockdeskError
from lockdesk.records import dataclass
from lockdesk.resource import resource
from lockdesk.verbs.demo_report import Report
from lockdesk.words import _

OUTCOME_STATES = {
    "completed": CaseState.COMPLETED,
    "rejected": CaseState.REJECTED,
    "refused_at_intake": CaseState.REJECTED,
    "resolved_otherwise": CaseState.RESOLVED_OTHERWISE,
    "asked": CaseState.AWAITING_APPLICANT,
}
PATIENCE_SECONDS = 120.0
"""How long nothing may move while a mail is to be read, or to go, on a machine that has other things to do."""
ENDS = frozenset(OUTCOME_STATES.values()) | {CaseState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Sample:
    """One request with what is expected of it; `outcome` "" where nothing is (files given by the user)."""

    path: Path
    outcome: str = ""
    standing_out: frozenset[str] = frozenset()
    words: str = ""


class Stage(Protocol):
    """Where the demonstration is seen: the window."""

    def show_case(self, case_id: int, name: str) -> None: ...

    def show_complaint(self, complaint_id: int, name: str) -> None: ...

    def show_page(self, page: str, name: str) -> None: ...

    def show_mail(self, which: str, name: str) -> None:
        """The page Surat masuk with one of its filters."""


def shipped_samples() -> list[Sample]:
    """The shipped requests in their order, with their expectations."""
    expected = json.loads(resource("samples/expected.json").read_text(encoding="utf-8"))
    return [
        Sample(
            resource(f"samples/{name}"),
            item["outcome"],
            frozenset(item["checks"]),
            item.get("sentence", ""),
        )
        for name, item in sorted(expected.items())
    ]


class Officer:
    """Plays the officer on one open desk."""

    def __init__(self, desk: Desk, stage: Stage, report: Report, folder: Path) -> None:
        self.desk = desk
        self.stage = stage
        self.report = report
        self.folder = folder

    # ── the simulated post ──
    def wait_for_mail(self, samples: Sequence[Sample]) -> None:
        """Every sample arrives in the simulated mailbox, and is read before anything is decided."""
        started = time.perf_counter()
        for sample in samples:
            with contextlib.suppress(StepFailed):
                self._arrived(sample)
        waiting = sum(1 for sample in samples if self._case_of(sample) is None)
        words = _("{n} e-mail perlu diputuskan")
        actual = sum(1 for sample in samples if self._in_tray(sample) is not None)
        seconds = time.perf_counter() - started if waiting else 0.0
        self.report.add(_("Surat masuk (pos simulasi)"), words.format(n=waiting), words.format(n=actual), seconds)

    def _case_of(self, sample: Sample) -> int | None:
        return self.desk.casebook.case_with_mail(hashlib.sha256(sample.path.read_bytes()).hexdigest())

    def _in_tray(self, sample: Sample) -> TrayMail | None:
        known = {item.sha256: item.identity for item in self.desk.casebook.known_mail()}
        identity = known.get(hashlib.sha256(sample.path.read_bytes()).hexdigest())
        return next((mail for mail in self.desk.tray.mails() if mail.identity == identity), None)

    def _arrived(self, sample: Sample) -> None:
        """Waits until its mail became a case, or waits in the tray: the window looks into the mailbox as well."""
        self._until(lambda: self._case_of(sample) or self._in_tray(sample), self.desk.look_for_mail, sample.path.stem)

    def _until(self, reached: Callable[[], object], work: Callable[[], object], words: str) -> None:
        """Works until it is reached, for as long as that gets on, however slow the computer; meanwhile the window's own
        work may be at it."""
        last = time.monotonic() + PATIENCE_SECONDS
        while not reached():
            if work():
                last = time.monotonic() + PATIENCE_SECONDS
            elif time.monotonic() > last and not reached():
                raise StepFailed(words)
            else:
                time.sleep(0.05)

    def _deliver(self, case_id: int) -> None:
        """What is due goes into the simulated mailbox."""
        due = {MessageState.OWED, MessageState.SENDING, MessageState.HANDED}
        self._until(
            lambda: (
                not any(
                    message.state in due or (message.next_at is not None and message.next_at <= self.desk.clock.now())
                    for message in self.desk.reading.case(case_id).messages
                    if message.state in PENDING
                )
            ),
            self.desk.send_mail,
            _("pemberitahuan (simulasi)"),
        )

    def count_delivered(self, cases: Sequence[CaseView]) -> None:
        """Every case that came to an end has told its applicant so."""
        told = [case for case in cases if any(item.state in GONE for item in case.messages)]
        words = _("{n} pemohon diberi tahu")
        self.report.add(_("Kotak surat simulasi"), words.format(n=len(cases)), words.format(n=len(told)))
        self.stage.show_mail(MailState.DELIVERED.value, "halaman-kotak-surat-simulasi")

    # ── one request ──
    def play(self, sample: Sample) -> int:
        """From the mail to the end of the case; returns the case's id."""
        started = time.perf_counter()
        received = self._accepted(sample)
        seconds = 0.0 if received.known else time.perf_counter() - started
        if self.desk.review.read_scan(received.case_id) and not received.known:
            seconds = time.perf_counter() - started
        case = self.desk.reading.case(received.case_id)
        stem = sample.path.stem
        self._findings_line(sample, case, seconds)
        self.stage.show_case(case.id, f"{stem}-01-{_('diterima')}")
        while (step := self._next(case, sample)) is not None:
            words, job, state = step
            self._timed(f"{stem}: {words}", job, _(STATE_LABELS[state]), partial(self._state, case.id, state))
            case = self.desk.reading.case(case.id)
            # Every step is shown; pictures are kept of the first request's steps and of each one's end.
            kept = stem.startswith("01") or case.state in ENDS
            self.stage.show_case(case.id, f"{stem}-{len(case.history):02}-{case.state.value}" if kept else "")
        self._outcome_line(sample, case)
        self._deliver(case.id)
        self._print_all(case, stem)
        return case.id

    def _accepted(self, sample: Sample) -> Received:
        """Terima in the tray, unless an earlier run did."""
        self._arrived(sample)
        case_id, mail = self._case_of(sample), self._in_tray(sample)
        if case_id is None and mail is not None:
            return self.desk.tray.accept(mail.identity)[0]
        assert case_id is not None
        return Received(case_id, self.desk.reading.row(case_id).number, known=True)

    def _findings_line(self, sample: Sample, case: CaseView, seconds: float) -> None:
        found = sorted(item.check for item in case.findings if item.verdict is not Verdict.PASS)
        actual = ", ".join(found) or _("semua sesuai")
        expected = ", ".join(sorted(sample.standing_out)) or _("semua sesuai")
        words = _("{sample}: diterima sebagai {no}, diperiksa").format(sample=sample.path.stem, no=case.number)
        self.report.add(words, expected if sample.outcome else actual, actual, seconds)

    def _outcome_line(self, sample: Sample, case: CaseView) -> None:
        actual = _(STATE_LABELS[case.state])
        if case.state is CaseState.COMPLETED and case.new_certificate is None:
            actual += " " + _("tanpa sertifikat")
        wanted = OUTCOME_STATES.get(sample.outcome)
        expected = _(STATE_LABELS[wanted]) if wanted else actual
        self.report.add(_("{sample}: akhir").format(sample=sample.path.stem), expected, actual)

    def _timed(self, words: str, job: Callable[[], None], expected: str, state: Callable[[], str]) -> None:
        """Runs one step; `expected` and what `state` then says are the two columns of the table."""
        started = time.perf_counter()
        try:
            job()
            actual = state()
        except LockdeskError as error:
            actual = error.message
        self.report.add(words, expected, actual, time.perf_counter() - started)
        if actual != expected:
            raise StepFailed(words)

    def _state(self, case_id: int, wanted: CaseState) -> str:
        """Where the case stands; the window's own post may have told of the certificate at once."""
        state = self.desk.reading.row(case_id).state
        told = (wanted, state) == (CaseState.ISSUED, CaseState.NOTIFIED)
        return _(STATE_LABELS[wanted if told else state])

    def _next(self, case: CaseView, sample: Sample) -> tuple[str, Callable[[], None], CaseState] | None:
        """The next thing an officer would do and the state it should lead to; None at the end."""
        desk, number = self.desk, case.id
        if case.state in ENDS:
            return None
        if case.open_operation() is not None:
            done = CaseState.REVOKED if case.state is CaseState.VERIFIED else CaseState.ISSUED
            return _("periksa status ke CA"), partial(desk.operations.settle, number), done
        reviewed = OUTCOME_STATES.get(sample.outcome, CaseState.VERIFIED)
        if reviewed is CaseState.COMPLETED:
            reviewed = CaseState.VERIFIED
        if not sample.outcome and hard_stops(case):
            reviewed = CaseState.REJECTED
        s = CaseState
        steps: dict[CaseState, tuple[str, Callable[[], None], CaseState]] = {
            s.RECEIVED: (_("mulai periksa"), partial(desk.review.start, number), s.UNDER_REVIEW),
            s.UNDER_REVIEW: (_("verifikasi"), partial(self._review, case, sample), reviewed),
            s.VERIFIED: (_("pencabutan"), partial(self._revoke, case), s.REVOKED),
            s.REVOKED: (_("penerbitan ulang"), partial(desk.operations.reissue, number), s.ISSUED),
            s.ISSUED: (_("pemberitahuan (simulasi)"), partial(self._deliver, number), s.NOTIFIED),
            s.NOTIFIED: (_("selesaikan"), partial(desk.notices.complete, number), s.COMPLETED),
        }
        return steps[case.state]

    def _review(self, case: CaseView, sample: Sample) -> None:
        review = self.desk.review
        if sample.outcome == "resolved_otherwise":
            review.resolve_otherwise(case.id, Route.NOT_A_LOST_PASSPHRASE, sample.words)
        elif sample.outcome == "asked":
            review.ask_applicant(case.id, "\n".join((*rejection_reasons(case.findings), sample.words)))
        elif sample.outcome in {"rejected", "refused_at_intake"} or hard_stops(case):
            review.reject(case.id, rejection_reasons(case.findings) or (sample.words,))
        else:
            self._accept(case)

    def _accept(self, case: CaseView) -> None:
        review = self.desk.review
        if any("diketahui" in f.evidence for f in case.findings if f.check == "statement.purpose"):
            review.set_compromised(case.id, True, _("Pemohon menyebut passphrase mungkin diketahui orang lain."))
        entry = case.register
        phone = entry.text("phone") if entry is not None else ""
        said = _("Pemohon membenarkan.")
        review.record_call(case.id, CallForm(True, phone, case.applicant.name, said, CallResult.CONFIRMED))
        for finding in undecided(case):
            review.decide(case.id, finding.check, _("Dibenarkan pemohon saat konfirmasi telepon."))
        for item in self.desk.settings().office.checklist:
            review.tick(case.id, item.identifier, True)
        review.accept(case.id)

    def _revoke(self, case: CaseView) -> None:
        holder = self.desk.operations.preflight(case.id).holder
        self.desk.operations.revoke(case.id, serial_tail(holder) if holder is not None else "")

    # ── paper ──
    def _print_all(self, case: CaseView, stem: str) -> None:
        for spec in available_prints(case):
            self.print_once(spec.kind, case.id, spec.paper, stem)

    def print_once(self, kind: str, subject_id: PrintSubject, size: PaperSize, stem: str) -> None:
        """Prints into DIR/prints unless an earlier run did."""
        target = self.folder / "prints" / f"{stem}-{kind}-{size.name}.pdf"
        if not target.exists():
            target.write_bytes(self.desk.prints.make(kind, subject_id, size).pdf)

    # ── a complaint at the counter ──
    def complain(self, related: str) -> None:
        """A walk-in complaint: received, answered, escalated, answered by the official, resolved."""
        complaints, reading = self.desk.complaints, self.desk.reading
        rows = [row for which in ("open", "escalated", "resolved") for row in reading.complaint_page(which).rows]
        complaint_id = rows[0].id if rows else complaints.receive(_complaint(related))
        s = ComplaintState
        steps: dict[ComplaintState, tuple[str, Callable[[int, str], None], str, ComplaintState]] = {
            s.RECEIVED: (
                _("ditanggapi petugas"),
                complaints.respond,
                _("Pemberitahuan dikirim ulang ke e-mail dinas."),
                s.HANDLED_BY_OFFICER,
            ),
            s.HANDLED_BY_OFFICER: (
                _("diteruskan ke pejabat"),
                complaints.escalate,
                _("Pengadu meminta penjelasan pejabat."),
                s.ESCALATED,
            ),
            s.ESCALATED: (
                _("ditangani pejabat"),
                complaints.official_responds,
                _("Pejabat memeriksa kotak surat unit."),
                s.HANDLED_BY_OFFICIAL,
            ),
            s.HANDLED_BY_OFFICIAL: (
                _("diselesaikan"),
                complaints.resolve,
                _("Pemberitahuan sudah diterima pengadu."),
                s.RESOLVED,
            ),
        }
        complaint = reading.complaint(complaint_id)
        self.print_once("complaint_receipt", complaint_id, PaperSize.A5, "pengaduan")
        self.print_once("complaint_receipt", complaint_id, PaperSize.ROLL80, "pengaduan")
        while complaint.state is not ComplaintState.RESOLVED:
            words, step, text, following = steps[complaint.state]
            self._timed(
                _("Pengaduan {no}: {words}").format(no=complaint.number, words=words),
                partial(step, complaint_id, text),
                _(COMPLAINT_STATE_LABELS[following]),
                partial(self._complaint_state, complaint_id),
            )
            complaint = reading.complaint(complaint_id)
            self.stage.show_complaint(complaint_id, f"pengaduan-{complaint.state.value}")

    def _complaint_state(self, complaint_id: int) -> str:
        return _(COMPLAINT_STATE_LABELS[self.desk.reading.complaint(complaint_id).state])

    # ── the evaluation of the quarter ──
    def evaluate(self) -> None:
        """Three visitors answer the survey, the report is written and printed, and the register book with it."""
        evaluation = self.desk.evaluation
        quarter = evaluation.this_quarter()
        for scores in _SURVEYS[evaluation.survey(quarter).respondents :]:
            evaluation.answer(scores)
        evaluation.save(
            quarter,
            {
                ReportPart.RECOMMENDATIONS: _("1. Ingatkan unit kerja agar mengirim CSR bersama surat pernyataan."),
                ReportPart.LEADER: _("Contoh Kepala"),
            },
        )
        report = evaluation.report(quarter)
        received, words = len(report.now.figures["received"].members), _("{n} permohonan")
        listed = words.format(n=self.desk.casebook.counts()["all"])
        self.report.add(
            _("Laporan {quarter}: diterima").format(quarter=quarter.words), listed, words.format(n=received)
        )
        index = _("IKM survei peragaan")
        self.report.add(index, "89,81", decimal_words(report.survey.index or Fraction(0), 2).replace(".", ","))
        self.print_once("quarterly_report", quarter, PaperSize.A4, "laporan-triwulan")
        book = BookFilter(BookKind.CASES, quarter.year, quarter=quarter.number)
        self.print_once("register_book", book, PaperSize.A4, "buku-register")


_SURVEYS = ((4, 4, 4, 4, 4, 4, 4, 3, 3), (4, 3, 4, 4, 4, 4, 4, 3, 3), (3, 3, 3, 4, 3, 4, 4, 3, 3))
"""Of three invented visitors; their index, reckoned by hand: 97 / 27 × 25 = 89,81."""


class StepFailed(Exception):
    """A step did not do what it should; the table says which."""


def _complaint(related: str) -> ComplaintForm:
    return ComplaintForm(
        channel=Channel.COUNTER,
        kind=ComplaintKind.COMPLAINT,
        complaint_class=ComplaintClass.ORDINARY,
        name="Tri Umpamakan",
        contact="0812-0000-0077",
        confidential=False,
        description=_("Sertifikat baru sudah terbit, tetapi pemberitahuan tidak diterima di e-mail dinas."),
        wanted=_("Pemberitahuan dikirim ulang"),
        place=_("Loket"),
        case_number=related,
    )


def user_samples(paths: Sequence[Path]) -> list[Sample]:
    """Files given on the command line: nothing is expected of them but that they are handled."""
    return [Sample(path) for path in paths]
