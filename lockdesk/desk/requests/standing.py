"""How a request stands, in one sentence to read aloud or to paste into a chat: the number and no personal data."""

from zoneinfo import ZoneInfo

from lockdesk.core.cases import FINAL_STATES, CaseState, Route
from lockdesk.desk.values.cases import CaseView
from lockdesk.words import N_, _, in_indonesian, moment_words

_S = CaseState
_STANDING = {
    _S.DRAFT: N_("sudah diterima dan menunggu diperiksa"),
    _S.RECEIVED: N_("sudah diterima dan menunggu diperiksa"),
    _S.UNDER_REVIEW: N_("sedang diperiksa"),
    _S.AWAITING_APPLICANT: N_("menunggu kelengkapan dari pemohon, yang rinciannya sudah disampaikan"),
    _S.VERIFIED: N_("sudah dinyatakan sesuai, dan sertifikat lama akan dicabut"),
    _S.REVOKED: N_("sudah sampai pada pencabutan sertifikat lama, dan sertifikat baru akan diterbitkan"),
    _S.AWAITING_NEW_CSR: N_("menunggu CSR baru dari pemohon"),
    _S.REVIEWING_NEW_CSR: N_("sedang diperiksa dengan CSR yang baru"),
    _S.ISSUED: N_("sudah sampai pada penerbitan sertifikat baru, dan pemberitahuan akan disampaikan"),
    _S.AWAITING_SIGNATURE: N_(
        "menunggu pemohon mereset passphrase lewat tautan yang sudah dikirim, lalu mengabarkan bahwa tanda tangannya"
        " berhasil"
    ),
    _S.NOTIFIED: N_("sudah dipenuhi dan diberitahukan kepada pemohon"),
    _S.COMPLETED: N_("sudah selesai"),
    _S.REJECTED: N_("tidak dapat dipenuhi, dan alasannya ada pada pemberitahuan; permohonan baru dapat diajukan"),
    _S.RESOLVED_OTHERWISE: N_("sudah diselesaikan tanpa pencabutan sertifikat"),
    _S.WITHDRAWN: N_("sudah ditarik kembali oleh pemohon"),
}
_ON_ROUTE = {
    (_S.REVOKED, Route.REVOKE_ONLY): N_("sudah sampai pada pencabutan sertifikat, dan pemberitahuan akan disampaikan"),
    (_S.VERIFIED, Route.VERIFIER_RESET): N_(
        "sudah dinyatakan sesuai, dan tautan reset passphrase akan dikirim; sertifikatnya tetap berlaku"
    ),
    (_S.NOTIFIED, Route.VERIFIER_RESET): N_("sudah dipenuhi: passphrase direset dan sertifikatnya tetap berlaku"),
    (_S.COMPLETED, Route.VERIFIER_RESET): N_("sudah selesai: passphrase direset dan sertifikatnya tetap berlaku"),
}
"""What is said otherwise on a route."""


@in_indonesian()
def standing(case: CaseView, zone: ZoneInfo) -> str:
    """The sentence, and when the request ends or ended."""
    sentence = _("Permohonan nomor {number}, diterima {when}, {standing}.").format(
        number=case.number, when=moment_words(case.received_at, zone), standing=_standing(case)
    )
    return " ".join(part for part in (sentence, _until(case, zone)) if part)


def _standing(case: CaseView) -> str:
    if case.open_operation() is not None:
        return _("sedang dalam proses pada penyelenggara sertifikat elektronik")
    return _(_ON_ROUTE.get((case.state, case.route), _STANDING[case.state]))


def _until(case: CaseView, zone: ZoneInfo) -> str:
    if case.state in FINAL_STATES:
        return _("Ditutup {when}.").format(when=moment_words(case.closed_at, zone)) if case.closed_at else ""
    pause = next((item for item in case.pauses if item.end is None), None)
    if pause is not None:
        return _("Waktu penyelesaian berhenti sejak {when}.").format(when=moment_words(pause.start, zone))
    return _("Batas waktunya {when}.").format(when=moment_words(case.due_at, zone)) if case.due_at else ""
