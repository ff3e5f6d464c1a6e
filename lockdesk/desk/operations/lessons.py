"""Guided practice (component 9): three requests of the samples, one of them wrong, and what was missed in each."""

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from lockdesk.core.cases import FINAL_STATES, CaseState, Route
from lockdesk.core.confirmation import CallResult
from lockdesk.core.findings import Verdict
from lockdesk.core.profile import PROFILE_NAMES
from lockdesk.desk.checks.catalogue import title_of
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.steps import CaseAction, availability
from lockdesk.desk.values.cases import CaseView, IntakeChannel, Received
from lockdesk.errors import Declined
from lockdesk.records import dataclass
from lockdesk.resource import resource
from lockdesk.words import N_, _

if TYPE_CHECKING:  # late: the window knows the lessons, and takes nothing in at its start
    from lockdesk.desk.requests.intake import Intake


class Kind(StrEnum):
    """What a lesson teaches."""

    CLEAN = "clean"
    WRONG = "wrong"
    WARNED = "warned"


LESSONS: dict[Kind, str] = {
    Kind.CLEAN: N_("Permohonan yang lengkap, dari e-mail sampai selesai."),
    Kind.WRONG: N_("Tidak semua permohonan boleh diteruskan. Baca baik-baik."),
    Kind.WARNED: N_("Ada yang harus diputuskan sendiri oleh petugas."),
}
"""In their order, each with what is said of it beforehand."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A lesson that is under way: its case, and how that must end."""

    kind: Kind
    case_id: int
    outcome: CaseState


NEXT: dict[CaseAction, str] = {
    CaseAction.START_REVIEW: N_("Baca suratnya, lalu tekan Enter: pemeriksaan dimulai."),
    CaseAction.DECIDE_WARNING: N_("Bandingkan yang ditandai dengan suratnya, lalu putuskan dengan alasan."),
    CaseAction.RECORD_CALL: N_("Telepon pemohon ke nomor data kepegawaian, lalu catat hasilnya."),
    CaseAction.ACCEPT: N_("Semua sudah terjawab: nyatakan sesuai."),
    CaseAction.REJECT: N_("Ada yang tidak dapat diterima: kembalikan permohonan dengan alasannya."),
    CaseAction.ASK_APPLICANT: N_("Ada yang kurang: minta pemohon melengkapinya."),
    CaseAction.REVOKE: N_("Cocokkan pemegang sertifikat, ketik enam digit terakhir, lalu cabut."),
    CaseAction.REISSUE: N_("Minta penerbitan ulang dengan CSR yang sudah diperiksa."),
    CaseAction.SETTLE: N_("CA belum menjawab dengan pasti: tanyakan statusnya, jangan mengulang."),
    CaseAction.NOTIFY: N_("Beri tahu pemohon; kasus selesai setelah ada buktinya."),
    CaseAction.COMPLETE: N_("Pemohon sudah diberi tahu: selesaikan kasus."),
    CaseAction.ANSWER: N_("Kasus menunggu pemohon. Dalam latihan ini jawabannya tidak akan datang."),
}
"""The procedure as a sentence for what comes next."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is looked at when a lesson has ended."""

    good: bool
    words: str


class Lessons:
    """Called on worker threads, in practice only."""

    def __init__(self, intake: "Intake") -> None:
        self._intake = intake

    def begin(self, kind: Kind) -> Begun:
        """Receives a request of the samples that was not received before: its key is refused a second time. Raises
        Declined when there is none left."""
        for name, outcome in _samples(kind):
            files = (NamedBytes(name, resource(f"samples/{name}").read_bytes()),)
            arrival = self._intake.look(files, IntakeChannel.EMAIL)
            if not isinstance(arrival, Received):
                return Begun(kind, self._intake.take(arrival)[0].case_id, outcome)
        raise Declined(
            _("Semua contoh untuk latihan ini sudah dipakai."),
            _(
                "Untuk berlatih lagi dari awal: tutup program, ganti nama folder “{folder}” dalam folder data, buka "
                "lagi, lalu pilih Penyiapan awal."
            ).format(folder=PROFILE_NAMES[True]),
            code="practice.no_sample",
        )


def _samples(kind: Kind) -> Iterator[tuple[str, CaseState]]:
    """The samples that teach it, with how each must end."""
    expected: dict[str, Any] = json.loads(resource("samples/expected.json").read_text(encoding="utf-8"))
    for name, item in sorted(expected.items()):
        wrong, warned = bool(item["fail"]), bool(item["warn"])
        found = Kind.WRONG if wrong else Kind.WARNED if warned else None if item["checks"] else Kind.CLEAN
        outcome = CaseState.REJECTED if wrong else CaseState.COMPLETED
        if found is kind and item["outcome"] == outcome:
            yield name, outcome


def next_words(case: CaseView) -> str:
    """What the procedure wants next of a case, or why that rests."""
    now = availability(case)
    if now.primary is None or now.primary not in NEXT:
        return ""
    return now.rests.get(now.primary) or _(NEXT[now.primary])


def has_ended(case: CaseView) -> bool:
    """Whether the lesson is over: closed, or put off by asking an applicant who is not there."""
    return case.state in FINAL_STATES or case.state is CaseState.AWAITING_APPLICANT


def judged(lesson: Begun, case: CaseView) -> tuple[Remark, ...]:
    """What was right and what was missed."""
    return tuple(_remarks(lesson, case))


def _remarks(lesson: Begun, case: CaseView) -> Iterator[Remark]:
    from lockdesk.desk.checks.all import rejection_reasons  # late: the window needs no check for the lesson's name

    right = case.state is lesson.outcome
    stops = [title_of(found) for found in case.findings if found.verdict is Verdict.FAIL]
    if right and lesson.outcome is CaseState.REJECTED:
        yield Remark(True, _("Dikembalikan, dan memang harus begitu: {why}.").format(why="; ".join(stops)))
        proposed = rejection_reasons(case.findings)
        named = any(reason in given for reason in proposed for given in case.closing_reasons)
        missed = _("Alasannya diubah dari usulan. Pemohon harus membaca apa yang keliru: {why}")
        missed = missed.format(why="; ".join(proposed))
        yield Remark(named, _("Pemohon mendapat alasannya.") if named else missed)
    elif right and case.route is Route.VERIFIER_RESET:
        yield Remark(True, _("Passphrase direset, sertifikatnya tetap, pemohon diberi tahu."))
    elif right and case.new_certificate is None:
        yield Remark(False, _("Sertifikat lama dicabut, tetapi yang baru tidak diterbitkan."))
    elif right:
        yield Remark(True, _("Sertifikat lama dicabut, yang baru diterbitkan, pemohon diberi tahu."))
    elif lesson.outcome is CaseState.REJECTED:
        yield Remark(False, _("Permohonan ini harus dikembalikan: {why}.").format(why="; ".join(stops)))
    else:
        yield Remark(False, _("Permohonan ini dapat diselesaikan; pemohon tidak perlu mengajukan lagi."))
    if lesson.outcome is CaseState.COMPLETED:
        confirmed = any(call.counts and call.result is CallResult.CONFIRMED for call in case.calls)
        told = _("Pemohon dikonfirmasi lewat nomor data kepegawaian.")
        yield Remark(confirmed, told if confirmed else _("Terlewat: konfirmasi telepon ke nomor data kepegawaian."))
        for found in case.findings:
            decided = case.decision_on(found)
            if found.verdict is Verdict.WARN:
                words = _("Peringatan diputuskan dengan alasan: {title}") if decided else _("Belum diputuskan: {title}")
                yield Remark(decided is not None, words.format(title=title_of(found)))
    if right and case.closed_at is not None and case.due_at is not None:
        in_time = case.closed_at <= case.due_at
        yield Remark(in_time, _("Tepat waktu.") if in_time else _("Lewat batas waktu."))
