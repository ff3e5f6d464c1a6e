"""Two quarters of invented cases and complaints, as figures are reckoned from them."""

from datetime import UTC, datetime, timedelta

from lockdesk.core.cases import CaseState, Route
from lockdesk.core.complaints import Channel, ComplaintKind, ComplaintState
from lockdesk.core.findings import Verdict
from lockdesk.core.service_hours import Pause
from lockdesk.desk.checks.catalogue import checks
from lockdesk.desk.values.cases import IntakeChannel
from lockdesk.desk.values.reports import BookCase, CaseFact, ComplaintFact

AGENCIES = (
    "Dinas Perpustakaan Contoh", "RSUD Contoh", "Kecamatan Contoh Timur", "Bagian Hukum Contoh", "Inspektorat Contoh",
    "Dinas Sosial Contoh", "SD Negeri Contoh 03", "Bagian Pengadaan Contoh", "Kelurahan Contoh Podosugih",
    "Dinas Pendidikan Contoh", "Dinas Kesehatan Contoh", "Kecamatan Contoh Barat",
)  # fmt: skip
_STATES = (CaseState.COMPLETED,) * 8 + (CaseState.REJECTED, CaseState.UNDER_REVIEW)
_KINDS = (ComplaintKind.COMPLAINT, ComplaintKind.INFORMATION, ComplaintKind.SUGGESTION)
_CHANNELS = (Channel.COUNTER, Channel.TELEPHONE, Channel.EMAIL, Channel.INSTAGRAM)
BEGUN = datetime(2026, 7, 1, 2, 30, tzinfo=UTC)
"""Wednesday 09.30 in Pekalongan; the fakes' now is 24 November."""
EVERY = timedelta(days=2)


def fact(n: int) -> CaseFact:
    received, state = BEGUN + n * EVERY + timedelta(minutes=n % 50), _STATES[n % len(_STATES)]
    closed = received + timedelta(hours=3 + 30 * (n % 11 == 7)) if state is not CaseState.UNDER_REVIEW else None
    late = n % 11 == 7
    asked = (Pause(received + timedelta(hours=1), received + timedelta(hours=2), "applicant"),) if n % 6 == 1 else ()
    title = checks()["statement.present" if n % 3 else "csr.signature"].titles[Verdict.FAIL]
    reasons = (f"{title}. Kirim lagi.",) if state is CaseState.REJECTED else ()
    return CaseFact(
        n + 1,
        f"LOCK-2026-{n + 1:04d}",
        state,
        Route.REVOKE_AND_REISSUE if n % 9 else Route.SELF_SERVICE_RESET,
        (IntakeChannel.EMAIL, IntakeChannel.EMAIL, IntakeChannel.WALK_IN)[n % 3],
        AGENCIES[(n * n) % len(AGENCIES)],
        received,
        received,
        received + timedelta(days=1),
        closed,
        None if closed is None else not late,
        again=n % 8 == 3,
        known=n % 8 == 3,
        reasons=reasons,
        pauses=asked,
    )


def facts() -> tuple[CaseFact, ...]:
    return tuple(fact(n) for n in range(66))


def complaint_facts() -> tuple[ComplaintFact, ...]:
    return tuple(
        ComplaintFact(
            n + 1,
            f"ADU-2026-{n + 1:04d}",
            _KINDS[n % 3],
            _CHANNELS[n % 4],
            ComplaintState.RESOLVED if n % 4 else ComplaintState.HANDLED_BY_OFFICER,
            received := BEGUN + n * timedelta(days=17),
            received + timedelta(days=4) if n % 4 else None,
            n != 2 if n % 4 else None,
        )
        for n in range(8)
    )


def book_cases() -> tuple[BookCase, ...]:
    return tuple(
        BookCase(item, f"Contoh Pemohon {item.id}", "199002152019032999", "3375995502909901") for item in facts()
    )
