"""The demonstration's officer: takes each case one step further from wherever it stands.

Every step first looks at the case, so a demonstration that was killed goes on where it was.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lockdesk.core.cases import STATE_LABELS, CaseState, Route
from lockdesk.core.complaints import Channel, ComplaintClass, ComplaintKind, ComplaintState
from lockdesk.core.findings import Verdict
from lockdesk.core.operations import OperationState
from lockdesk.desk.checks.all import rejection_reasons
from lockdesk.desk.desk import Desk
from lockdesk.desk.operations import serial_tail
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.prints import available_prints
from lockdesk.desk.review import CallForm
from lockdesk.desk.sheets import PaperSize, PrintKind
from lockdesk.desk.steps import hard_stops, undecided
from lockdesk.desk.views import CaseView, ComplaintForm, IntakeChannel
from lockdesk.errors import LockdeskError
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
ENDS = frozenset(OUTCOME_STATES.values()) | {CaseState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Sample:
    """One request with what is expected of it; `outcome` "" where nothing is (files given by the user)."""

    path: Path
    outcome: str = ""
    failing: frozenset[str] = frozenset()
    words: str = ""


class Stage(Protocol):
    """Where the demonstration is seen: the window."""

    def show_case(self, case_id: int, name: str) -> None: ...

    def show_complaint(self, complaint_id: int, name: str) -> None: ...

    def show_page(self, page: str, name: str) -> None: ...


def shipped_samples() -> list[Sample]:
    """The shipped requests in their order, with their expectations."""
    expected = json.loads(resource("samples/expected.json").read_text(encoding="utf-8"))
    return [
        Sample(
            resource(f"samples/{name}"),
            item["outcome"],
            frozenset(item.get("fail", ())),
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

    # ── one request ──
    def play(self, sample: Sample) -> int:
        """From the mail to the end of the case; returns the case's id."""
        started = time.perf_counter()
        content = NamedBytes(sample.path.name, sample.path.read_bytes())
        received = self.desk.intake.receive((content,), IntakeChannel.EMAIL)
        seconds = 0.0 if received.known else time.perf_counter() - started
        case = self.desk.reading.case(received.case_id)
        stem = sample.path.stem
        self._findings_line(sample, case, seconds)
        self.stage.show_case(case.id, f"{stem}-1-{_('diterima')}")
        while (step := self._next(case, sample)) is not None:
            words, job = step
            self._timed(f"{stem}: {words}", job)
            case = self.desk.reading.case(case.id)
            self.stage.show_case(case.id, f"{stem}-2-{case.state.value}")
        self._outcome_line(sample, case)
        self._print_all(case, stem)
        return case.id

    def _findings_line(self, sample: Sample, case: CaseView, seconds: float) -> None:
        failing = sorted(item.check for item in case.findings if item.verdict is Verdict.FAIL)
        actual = ", ".join(failing) or _("tidak ada yang gagal")
        expected = ", ".join(sorted(sample.failing)) or _("tidak ada yang gagal")
        words = _("{sample}: diterima sebagai {no}, diperiksa").format(
            sample=sample.path.stem, no=case.number
        )
        self.report.add(words, expected if sample.outcome else actual, actual, seconds)

    def _outcome_line(self, sample: Sample, case: CaseView) -> None:
        actual = _(STATE_LABELS[case.state])
        if case.state is CaseState.COMPLETED and case.new_certificate is None:
            actual += " " + _("tanpa sertifikat")
        wanted = OUTCOME_STATES.get(sample.outcome)
        expected = _(STATE_LABELS[wanted]) if wanted else actual
        self.report.add(_("{sample}: akhir").format(sample=sample.path.stem), expected, actual)

    def _timed(self, words: str, job: Callable[[], None]) -> None:
        started = time.perf_counter()
        try:
            job()
            actual = _("berhasil")
        except LockdeskError as error:
            actual = error.message
        self.report.add(words, _("berhasil"), actual, time.perf_counter() - started)
        if actual != _("berhasil"):
            raise StepFailed(words)

    def _next(self, case: CaseView, sample: Sample) -> tuple[str, Callable[[], None]] | None:
        """The next thing an officer would do; None at the end."""
        desk = self.desk
        if case.state in ENDS:
            return None
        operation = case.open_operation()
        if operation is not None and operation.state is not OperationState.REFUSED:
            return _("periksa status ke CA"), lambda: desk.operations.settle(case.id)
        simple: dict[CaseState, tuple[str, Callable[[], None]]] = {
            CaseState.RECEIVED: (_("mulai periksa"), lambda: desk.review.start(case.id)),
            CaseState.UNDER_REVIEW: (_("verifikasi"), lambda: self._review(case, sample)),
            CaseState.VERIFIED: (_("pencabutan"), lambda: self._revoke(case)),
            CaseState.REVOKED: (_("penerbitan ulang"), lambda: desk.operations.reissue(case.id)),
            CaseState.ISSUED: (_("pemberitahuan (simulasi)"), lambda: self._notify(case)),
            CaseState.NOTIFIED: (_("selesaikan"), lambda: desk.notices.complete(case.id)),
        }
        return simple[case.state]

    def _review(self, case: CaseView, sample: Sample) -> None:
        review = self.desk.review
        if sample.outcome == "resolved_otherwise":
            review.resolve_otherwise(case.id, Route.NOT_A_LOST_PASSPHRASE, sample.words)
        elif sample.outcome == "asked":
            review.ask_applicant(case.id, rejection_reasons(case.findings), sample.words)
        elif sample.outcome in {"rejected", "refused_at_intake"} or hard_stops(case):
            review.reject(case.id, rejection_reasons(case.findings) or (sample.words,))
        else:
            self._accept(case)

    def _accept(self, case: CaseView) -> None:
        review = self.desk.review
        if any("diketahui" in f.evidence for f in case.findings if f.check == "statement.purpose"):
            review.set_compromised(
                case.id, True, _("Pemohon menyebut passphrase mungkin diketahui orang lain.")
            )
        entry = case.register
        phone = entry.text("phone") if entry is not None else ""
        review.record_call(case.id, CallForm(True, phone, case.applicant.name, _("Pemohon membenarkan.")))
        for finding in undecided(case):
            review.decide(case.id, finding.check, _("Dibenarkan pemohon saat konfirmasi telepon."))
        for item in self.desk.settings().office.checklist:
            review.tick(case.id, item.identifier, True)
        review.accept(case.id)

    def _revoke(self, case: CaseView) -> None:
        holder = self.desk.operations.preflight(case.id).holder
        self.desk.operations.revoke(case.id, serial_tail(holder) if holder is not None else "")

    def _notify(self, case: CaseView) -> None:
        self.desk.notices.deliver(case.id, self.desk.notices.draft(case.id))

    # ── paper ──
    def _print_all(self, case: CaseView, stem: str) -> None:
        for kind in available_prints(case):
            self.print_once(kind, case.id, PaperSize.A5 if kind is PrintKind.RECEIPT else PaperSize.A4, stem)

    def print_once(self, kind: PrintKind, subject_id: int, size: PaperSize, stem: str) -> None:
        """Prints into DIR/prints unless an earlier run did."""
        target = self.folder / "prints" / f"{stem}-{kind.value}-{size.name}.pdf"
        if not target.exists():
            target.write_bytes(self.desk.prints.make(kind, subject_id, size).pdf)

    # ── a complaint at the counter ──
    def complain(self, related: str) -> None:
        """A walk-in complaint: received, answered, escalated, answered by the official, resolved."""
        complaints, reading = self.desk.complaints, self.desk.reading
        rows = [
            row
            for which in ("open", "escalated", "resolved")
            for row in reading.complaint_rows(which)  # type: ignore[arg-type]
        ]
        complaint_id = rows[0].id if rows else complaints.receive(_complaint(related))
        steps: dict[ComplaintState, tuple[str, Callable[[int, str], None], str]] = {
            ComplaintState.RECEIVED: (
                _("ditanggapi petugas"), complaints.respond, _("Pemberitahuan dikirim ulang ke e-mail dinas."),
            ),
            ComplaintState.HANDLED_BY_OFFICER: (
                _("diteruskan ke pejabat"), complaints.escalate, _("Pengadu meminta penjelasan pejabat."),
            ),
            ComplaintState.ESCALATED: (
                _("ditangani pejabat"), complaints.official_responds, _("Pejabat memeriksa kotak surat unit."),
            ),
            ComplaintState.HANDLED_BY_OFFICIAL: (
                _("diselesaikan"), complaints.resolve, _("Pemberitahuan sudah diterima pengadu."),
            ),
        }  # fmt: skip
        complaint = reading.complaint(complaint_id)
        self.print_once(PrintKind.COMPLAINT_RECEIPT, complaint_id, PaperSize.A5, "pengaduan")
        self.print_once(PrintKind.COMPLAINT_RECEIPT, complaint_id, PaperSize.ROLL80, "pengaduan")
        while complaint.state is not ComplaintState.RESOLVED:
            words, step, text = steps[complaint.state]
            job = _bound(step, complaint_id, text)
            self._timed(_("Pengaduan {no}: {words}").format(no=complaint.number, words=words), job)
            complaint = reading.complaint(complaint_id)
            self.stage.show_complaint(complaint_id, f"pengaduan-{complaint.state.value}")


def _bound(step: Callable[[int, str], None], complaint_id: int, text: str) -> Callable[[], None]:
    return lambda: step(complaint_id, text)


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
