"""What can be done with a case now, and what comes next: the one place that every button asks."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from lockdesk.core.cases import (
    FINAL_STATES,
    ROUTE_LABELS,
    RULES,
    STATE_LABELS,
    CaseState,
    CaseStep,
    Route,
    on_route,
    steps_from,
)
from lockdesk.core.confirmation import BASIS_WORDS, BasisPart, CallResult
from lockdesk.core.findings import Finding, Verdict
from lockdesk.core.operations import OperationKind, OperationState
from lockdesk.desk.checks.catalogue import spec_of, title_of
from lockdesk.desk.requests.reopening import REOPENABLE, barred, new_csr_accepted
from lockdesk.desk.values.cases import CaseView
from lockdesk.records import dataclass
from lockdesk.words import N_, _


class CaseAction(StrEnum):
    """The buttons of a case, in the order of the procedure."""

    START_REVIEW = "start_review"
    DECIDE_WARNING = "decide_warning"
    RECORD_CALL = "record_call"
    ACCEPT = "accept"
    REVOKE = "revoke"
    REISSUE = "reissue"
    SEND_RESET = "send_reset"
    PROVE_RESET = "prove_reset"
    SETTLE = "settle"
    NOTIFY = "notify"
    COMPLETE = "complete"
    REJECT = "reject"
    ASK_APPLICANT = "ask_applicant"
    ANSWER = "answer"
    RESOLVE_OTHERWISE = "resolve_otherwise"
    WITHDRAW = "withdraw"
    RECHECK = "recheck"
    REOPEN = "reopen"
    CORRECT = "correct"
    SET_ROUTE = "set_route"
    SET_COMPROMISED = "set_compromised"
    SET_TOLD_IN_PERSON = "set_told_in_person"
    HAND_OVER = "hand_over"
    ADD_FILES = "add_files"
    PRINT = "print"
    SHOW_STANDING = "show_standing"


_A, _T, _S = CaseAction, CaseStep, CaseState

STEP_OF_ACTION: dict[CaseAction, frozenset[CaseStep]] = {
    _A.START_REVIEW: frozenset({_T.START_REVIEW}),
    _A.ACCEPT: frozenset({_T.ACCEPT, _T.ACCEPT_NEW_CSR}),
    _A.REVOKE: frozenset({_T.PROVE_REVOKED}),
    _A.REISSUE: frozenset({_T.PROVE_ISSUED}),
    _A.SEND_RESET: frozenset({_T.SEND_RESET}),
    _A.PROVE_RESET: frozenset({_T.PROVE_RESET}),
    _A.NOTIFY: frozenset({_T.NOTIFY, _T.NOTIFY_REVOKED_ONLY}),
    _A.COMPLETE: frozenset({_T.COMPLETE}),
    _A.REJECT: frozenset({_T.REJECT}),
    _A.ASK_APPLICANT: frozenset({_T.ASK_APPLICANT, _T.CSR_REFUSED}),
    _A.ANSWER: frozenset({_T.APPLICANT_ANSWERED, _T.NEW_CSR}),
    _A.RESOLVE_OTHERWISE: frozenset({_T.RESOLVE_OTHERWISE}),
    _A.WITHDRAW: frozenset({_T.WITHDRAW}),
    _A.RECHECK: frozenset({_T.RECHECK}),
    _A.REOPEN: frozenset({_T.REOPEN}),
}
REVIEWING = frozenset({_S.UNDER_REVIEW, _S.REVIEWING_NEW_CSR})
ADDABLE = frozenset({_S.RECEIVED, _S.UNDER_REVIEW})
"""States in which papers may still be added: later a CSR alone is awaited."""
CHECKABLE = REVIEWING | {_S.RECEIVED}
"""States in which findings may still change; later ones rest on what was accepted."""
_WITHOUT_STEP: dict[CaseAction, frozenset[CaseState]] = {
    _A.RECORD_CALL: REVIEWING,
    _A.ADD_FILES: ADDABLE,
    **dict.fromkeys((_A.CORRECT, _A.SET_ROUTE, _A.SET_COMPROMISED), frozenset({_S.UNDER_REVIEW})),
    _A.SET_TOLD_IN_PERSON: frozenset(_S) - FINAL_STATES,
    _A.HAND_OVER: frozenset({_S.REJECTED}),
}
"""In which states what moves no case along can be done."""


@dataclass(frozen=True, slots=True)
class Availability:
    """Which actions are possible, which one is next, and why the others are not (Indonesian): `reasons` of those that
    one would expect now, `rests` of every one. `off_route` are those that never come where a case is handled so."""

    primary: CaseAction | None
    enabled: frozenset[CaseAction]
    reasons: Mapping[CaseAction, str]
    rests: Mapping[CaseAction, str]
    off_route: frozenset[CaseAction] = frozenset()


def reviewing(case: CaseView) -> bool:
    """Whether the officer may judge it now: it is under review and OCR is not reading its letter."""
    return case.state in REVIEWING and case.scan is None


def choosable(case: CaseView) -> bool:
    """Whether what its letter leaves open may be chosen now: from the start, once OCR has read the letter."""
    return case.state in CHECKABLE and case.scan is None


def until_read() -> str:
    """What is to be done about a case whose letter OCR is reading."""
    return _("Tunggu sampai semua halaman surat selesai dibaca.")


def open_questions(case: CaseView) -> tuple[str, ...]:
    """What the officer left open and has no answer to yet, in the order in which it was asked."""
    waiting: dict[str, None] = {}
    for line in reversed(case.history):
        question = str(line.facts.get("question", ""))
        if line.kind == "case.left_open":
            waiting[question] = None
        elif line.kind == "case.open_answered":
            waiting.pop(question, None)
    return tuple(waiting)


def undecided(case: CaseView) -> tuple[Finding, ...]:
    """Findings that the officer must decide before the case can be accepted, hard stops left out."""
    return tuple(
        finding
        for finding in case.findings
        if needs_decision(finding) and not is_hard_stop(finding) and case.decision_on(finding) is None
    )


def needs_decision(finding: Finding) -> bool:
    """Warnings and failures, unless only a call lifts them; an unknown where the catalogue says that it matters, but
    nothing that is only absent and welcome."""
    if finding.verdict is Verdict.UNKNOWN:
        return spec_of(finding.check).decide_unknown and not finding.absent
    return finding.verdict in {Verdict.FAIL, Verdict.WARN} and not awaits_call(finding)


def awaits_call(finding: Finding) -> bool:
    """A warning that nobody may decide: the applicant lifts it in a call."""
    return finding.verdict is Verdict.WARN and spec_of(finding.check).by_call


def is_hard_stop(finding: Finding) -> bool:
    """A failure that nobody may override."""
    return finding.verdict is Verdict.FAIL and spec_of(finding.check).hard_stop


def hard_stops(case: CaseView) -> tuple[Finding, ...]:
    return tuple(finding for finding in case.findings if is_hard_stop(finding))


DENIED = N_("Pemohon menyangkal permohonan ini lewat telepon: diduga ada yang menyamar.")
NO_RESET_OF_LEAKED = N_("Passphrase mungkin diketahui orang lain: sertifikatnya harus dicabut, tidak cukup direset.")


def leak_suspected(case: CaseView) -> bool:
    """Whether somebody else may know the passphrase: noted by the officer, or in the letter and not decided yet."""
    from lockdesk.desk.checks.letter.purpose import leak_in  # late: its many patterns

    said = leak_in(" ".join(case.facts.statement.text.split()))
    return case.compromised or (said is not None and case.decision_on(said) is None)


def denied(case: CaseView) -> bool:
    """Whether somebody who was called, or called, denied the request: it may be an impostor's. What was denied of a
    new CSR after revocation is denied of that CSR."""
    new_csr = case.state is CaseState.REVIEWING_NEW_CSR
    return any(
        call.result is CallResult.DENIED and not (new_csr and case.basis.changed_since(call.basis))
        for call in case.calls
    )


def voided(case: CaseView) -> tuple[BasisPart, ...]:
    """What changed since the last call that would have confirmed the request; nothing where one still does."""
    counted = [call for call in case.calls if call.counts]
    if not counted or case.confirming_call() is not None:
        return ()
    return case.basis.changed_since(counted[-1].basis)


def parts_words(parts: Iterable[BasisPart]) -> str:
    return ", ".join(_(BASIS_WORDS[part]) for part in parts)


def blockers(case: CaseView) -> tuple[str, ...]:
    """Why the case cannot be accepted yet, in the order in which they are to be dealt with."""
    words = [_("{title} Kasus tidak dapat dinyatakan sesuai.").format(title=title_of(f)) for f in hard_stops(case)]
    words += [_("Belum diputuskan: {title}").format(title=title_of(f)) for f in undecided(case)]
    words += [f"{title_of(f)}." for f in case.findings if awaits_call(f)]
    if denied(case):
        words.insert(0, _(DENIED))
    elif voided(case):
        outdated = _("Konfirmasi telepon tidak berlaku lagi, karena berubah: {parts}. Telepon sekali lagi.")
        words.append(outdated.format(parts=parts_words(voided(case))))
    elif case.confirming_call() is None:
        words.append(_("Konfirmasi telepon ke nomor data kepegawaian belum dicatat."))
    if not case.applicant.serial:
        words.append(_which_certificate(case))
    return tuple(words)


def awaits_call_alone(case: CaseView) -> bool:
    """Whether a call that confirms the request is all that still stands in the way of accepting it."""
    certain = bool(case.applicant.serial or case.to_be_named())
    return certain and not (hard_stops(case) or undecided(case) or denied(case))


def _which_certificate(case: CaseView) -> str:
    count = len(case.to_be_named())
    if count:
        return _("Pemohon mempunyai {n} sertifikat; tanyakan yang mana saat konfirmasi telepon.").format(n=count)
    return _("Sertifikat lama belum diketahui: cari menurut NIP, NIK, atau e-mail pemohon.")


def only_reading(why: str) -> Availability:
    """What is left of a case whose data was destroyed, and to the head of section, who watches."""
    left = frozenset({CaseAction.PRINT, CaseAction.SHOW_STANDING})
    return Availability(None, left, {}, dict.fromkeys(set(CaseAction) - left, why))


def availability(case: CaseView) -> Availability:
    """What the action bar shows for this case."""
    if case.destroyed_at is not None:
        return only_reading(_("Datanya sudah dimusnahkan."))
    allowed = steps_from(case.state, case.route)
    enabled = {action for action, steps in STEP_OF_ACTION.items() if steps & allowed}
    enabled |= {CaseAction.PRINT, CaseAction.SHOW_STANDING}
    reasons: dict[CaseAction, str] = {}
    if case.state in REVIEWING:
        _bar_acceptance(case, enabled, reasons)
    enabled |= {action for action, states in _WITHOUT_STEP.items() if case.state in states}
    withheld = _withheld(case)
    enabled -= set(withheld)
    operation = case.open_operation()
    if operation is not None:
        enabled -= set(STEP_OF_ACTION)
        enabled.add(CaseAction.SETTLE)
        withheld |= dict.fromkeys(
            STEP_OF_ACTION, _("Masih ada operasi ke CA yang belum selesai. Periksa status ke CA.")
        )
        reasons |= {action: withheld[action] for action in (CaseAction.REVOKE, CaseAction.REISSUE)}
    primary = _primary(case, enabled)
    if case.scan is not None:
        # Every action: whom a call must reach and a receipt must name may turn out on the next page.
        reasons |= dict.fromkeys(enabled, until_read())
        enabled = set()
    off = {action for action, steps in STEP_OF_ACTION.items() if not any(on_route(case.route, step) for step in steps)}
    rests = {
        action: reasons.get(action)
        or (_off_route(case) if action in off else withheld.get(action) or _why(case, action))
        for action in CaseAction
        if action not in enabled
    }
    return Availability(primary, frozenset(enabled), reasons, rests, frozenset(off))


def _off_route(case: CaseView) -> str:
    words = _("Langkah ini tidak ada pada cara penanganan “{route}”.")
    return words.format(route=_(ROUTE_LABELS[case.route]))


def _why(case: CaseView, action: CaseAction) -> str:
    """Why the life cycle has no such action for this case now."""
    steps = STEP_OF_ACTION.get(action, frozenset())
    states = _WITHOUT_STEP.get(action) or {state for state, step in RULES if step in steps}
    names = dict.fromkeys(_(STATE_LABELS[state]) for state in CaseState if state in states)
    if case.state in FINAL_STATES and not FINAL_STATES & states:
        return _("Kasus sudah ditutup.")
    if not names or (own := _(STATE_LABELS[case.state])) in names:
        return _("Tidak dapat dilakukan pada tahap kasus ini.")
    return _("Hanya pada kasus berstatus {states}; kasus ini {state}.").format(states=", ".join(names), state=own)


def _withheld(case: CaseView) -> dict[CaseAction, str]:
    """What the life cycle allows and this case does not, each with why."""
    found: dict[CaseAction, str] = {}
    if case.state is CaseState.REVOKED:
        # a new CSR is asked for only once the CA has refused this one
        if not last_refusal(case, OperationKind.REISSUE):
            found[CaseAction.ASK_APPLICANT] = _("CSR baru diminta hanya setelah CA menolak yang sekarang.")
        if not new_csr_accepted(case):
            found[CaseAction.RECHECK] = _("Sertifikat lama sudah dicabut; hanya CSR baru dapat diperiksa kembali.")
    if case.state in REVIEWING and denied(case):
        found[CaseAction.RECORD_CALL] = _(DENIED)
    if case.state in REOPENABLE and (why := barred(case)):
        found[CaseAction.REOPEN] = why
    return found


def _bar_acceptance(case: CaseView, enabled: set[CaseAction], reasons: dict[CaseAction, str]) -> None:
    held = blockers(case)
    if held:
        enabled.discard(CaseAction.ACCEPT)
        reasons[CaseAction.ACCEPT] = held[0]
    if undecided(case):
        enabled.add(CaseAction.DECIDE_WARNING)


def _primary(case: CaseView, enabled: set[CaseAction]) -> CaseAction | None:
    if case.state in REVIEWING and (hard_stops(case) or denied(case)):
        return CaseAction.REJECT if CaseAction.REJECT in enabled else CaseAction.ASK_APPLICANT
    order = (
        CaseAction.SETTLE,
        CaseAction.START_REVIEW,
        CaseAction.DECIDE_WARNING,
        CaseAction.ACCEPT,
        CaseAction.RECORD_CALL,
        CaseAction.REVOKE,
        CaseAction.REISSUE,
        CaseAction.PROVE_RESET,
        CaseAction.SEND_RESET,
        CaseAction.NOTIFY,
        CaseAction.COMPLETE,
        CaseAction.ANSWER,
    )
    return next((action for action in order if action in enabled), None)


def notifying(case: CaseView) -> CaseStep | None:
    """The step by which the applicant of this case is told what became of it."""
    if case.state is CaseState.ISSUED:
        return CaseStep.NOTIFY
    if case.state is CaseState.REVOKED and case.route is Route.REVOKE_ONLY:
        return CaseStep.NOTIFY_REVOKED_ONLY
    return None


def last_refusal(case: CaseView, kind: OperationKind) -> str:
    """What the CA last said when it refused an operation of this kind; "" when it did not."""
    refused = [op for op in case.operations if op.kind is kind and op.state is OperationState.REFUSED]
    return refused[-1].words if refused else ""
