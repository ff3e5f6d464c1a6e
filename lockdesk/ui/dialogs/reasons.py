"""Usual reasons, to be chosen and edited: what an officer would otherwise type again and again."""

from lockdesk.desk.requests.steps import CaseAction
from lockdesk.words import N_

_REASONS: dict[CaseAction, tuple[str, ...]] = {
    CaseAction.DECIDE_WARNING: (
        N_("Sudah dicocokkan dengan gambar surat."),
        N_("Akan ditanyakan saat konfirmasi telepon."),
        N_("Dibenarkan bagian kepegawaian."),
    ),
    CaseAction.WITHDRAW: (
        N_("Pemohon ingat kembali passphrase-nya."),
        N_("Permohonan diajukan dua kali."),
        N_("Pemohon membatalkan permohonannya."),
    ),
    CaseAction.REOPEN: (
        N_("Kasus yang keliru yang diakhiri."),
        N_("Alasan yang dipilih ternyata tidak tepat."),
    ),
    CaseAction.RECHECK: (
        N_("Pemohon menyampaikan data baru."),
        N_("Ada yang terlewat saat pemeriksaan."),
    ),
}


def usual_reasons(action: CaseAction) -> tuple[str, ...]:
    """As they are kept, in Indonesian; none where every reason is its own."""
    return _REASONS.get(action, ())
