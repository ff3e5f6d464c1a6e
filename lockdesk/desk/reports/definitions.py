"""Every figure of the report, defined once: what it is called, what it counts, of how many, and which date puts a case
into a quarter. The page and the paper say these very words.

Source: DOMAIN section 6 (quarterly report); standard of service, components 3, 6 and 14.
"""

from enum import StrEnum

from lockdesk.core.cases import Route
from lockdesk.desk.values.cases import IntakeChannel
from lockdesk.desk.values.reports import Subject
from lockdesk.records import dataclass
from lockdesk.words import N_


class Unit(StrEnum):
    """How a value reads: so many, service minutes, a share of the denominator."""

    COUNT = "count"
    MINUTES = "minutes"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class FigureSpec:
    name: str
    label: str
    definition: str
    unit: Unit = Unit.COUNT
    subject: Subject = Subject.CASE


_COMPLAINT = Subject.COMPLAINT
FIGURES: dict[str, FigureSpec] = {
    spec.name: spec
    for spec in (
        FigureSpec(
            "received",
            N_("jumlah\x04Permohonan diterima"),
            N_(
                "Kasus yang diterima dalam triwulan; yang datang di luar jam layanan diterima pada pembukaan"
                " layanan berikutnya."
            ),
        ),
        FigureSpec(
            "completed",
            N_("Selesai"),
            N_("Kasus yang selesai dalam triwulan menurut tanggal selesai, termasuk yang selesai tanpa pencabutan."),
        ),
        FigureSpec("rejected", N_("Ditolak"), N_("Kasus yang dinyatakan tidak sesuai dalam triwulan.")),
        FigureSpec("withdrawn", N_("Ditarik kembali"), N_("Kasus yang ditarik kembali pemohon dalam triwulan.")),
        FigureSpec(
            "running", N_("Masih berjalan"), N_("Kasus yang pada akhir triwulan sudah diterima dan belum berakhir.")
        ),
        FigureSpec(
            "net_mean",
            N_("Rata-rata waktu layanan"),
            N_("Jam layanan sejak berkas lengkap sampai selesai, tanpa jeda; rata-rata kasus yang selesai."),
            Unit.MINUTES,
        ),
        FigureSpec(
            "net_median",
            N_("Median waktu layanan"),
            N_("Nilai tengah dari waktu yang sama: separuh kasus selesai lebih cepat."),
            Unit.MINUTES,
        ),
        FigureSpec(
            "on_time",
            N_("Tepat waktu"),
            N_("Bagian kasus yang selesai sebelum batas waktunya lewat, dari kasus selesai yang berbatas waktu."),
            Unit.SHARE,
        ),
        FigureSpec(
            "first_time_right",
            N_("Benar sejak pengajuan pertama"),
            N_(
                "Bagian kasus yang selesai tanpa permintaan kelengkapan dan bukan permohonan ulang, dari kasus yang"
                " selesai atau ditolak."
            ),
            Unit.SHARE,
        ),
        FigureSpec(
            "repeated",
            N_("Pemohon berulang"),
            N_("Kasus yang diterima dalam triwulan dari orang yang sudah pernah mengajukan permohonan."),
        ),
        FigureSpec(
            "late",
            N_("Terlambat"),
            N_(
                "Kasus yang selesai setelah batas waktunya, atau pada akhir triwulan masih berjalan dan"
                " sudah melewatinya."
            ),
        ),
        FigureSpec(
            "complaints_received",
            N_("jumlah\x04Pengaduan diterima"),
            N_("Pengaduan, saran, masukan, dan permintaan informasi menurut tanggal diterima."),
            subject=_COMPLAINT,
        ),
        FigureSpec(
            "complaints_resolved",
            N_("Pengaduan selesai"),
            N_("Yang diselesaikan dalam triwulan menurut tanggal selesai."),
            subject=_COMPLAINT,
        ),
        FigureSpec(
            "complaints_open",
            N_("Pengaduan belum selesai"),
            N_("Yang pada akhir triwulan sudah diterima dan belum selesai."),
            subject=_COMPLAINT,
        ),
        FigureSpec(
            "complaints_within",
            N_("Selesai dalam batas waktu"),
            N_("Bagian yang selesai dalam batas hari kerja jenisnya, dari yang selesai dalam triwulan."),
            Unit.SHARE,
            _COMPLAINT,
        ),
    )
}
RESULTS = tuple(name for name, spec in FIGURES.items() if spec.subject is Subject.CASE)
COMPLAINTS = tuple(name for name, spec in FIGURES.items() if spec.subject is Subject.COMPLAINT)

BREAKDOWNS: dict[str, str] = {
    "agency": N_("Menurut unit kerja"),
    "channel": N_("Menurut kanal penerimaan"),
    "route": N_("Menurut cara penanganan"),
    "reasons": N_("Alasan penolakan"),
    "complaint_kind": N_("Pengaduan menurut jenis"),
    "complaint_channel": N_("Pengaduan menurut kanal"),
    "complaint_state": N_("Pengaduan menurut status"),
    "complaint_satisfaction": N_("Pengaduan selesai menurut kepuasan pengadu"),
}
NO_AGENCY, OTHER_REASON = N_("Tanpa unit kerja"), N_("Alasan lain")
INTAKE_LABELS: dict[IntakeChannel, str] = {
    IntakeChannel.EMAIL: N_("E-mail"),
    IntakeChannel.FILES: N_("Berkas"),
    IntakeChannel.WALK_IN: N_("Loket"),
}


ROUTES_IN_BOOK: dict[Route, str] = {
    Route.REVOKE_AND_REISSUE: N_("Cabut, terbit ulang"),
    Route.REVOKE_ONLY: N_("Cabut saja"),
    Route.VERIFIER_RESET: N_("Reset verifikator"),
    Route.SELF_SERVICE_RESET: N_("Mandiri di portal"),
    Route.NOT_A_LOST_PASSPHRASE: N_("Bukan lupa passphrase"),
}
"""How a case was handled, short enough for a column of the register book."""


class ReportPart(StrEnum):
    """What the office writes itself in the report of a quarter."""

    INTRODUCTION = "introduction"
    OBSTACLES = "obstacles"
    FOLLOW_UP = "follow_up"
    RECOMMENDATIONS = "recommendations"
    ASSESSMENT = "assessment"
    LEADER = "leader"
    LEADER_NIP = "leader_nip"


PART_LABELS: dict[ReportPart, str] = {
    ReportPart.INTRODUCTION: N_("Pendahuluan dan dasar hukum"),
    ReportPart.OBSTACLES: N_("Kendala"),
    ReportPart.FOLLOW_UP: N_("Tindak lanjut atas butir triwulan sebelumnya"),
    ReportPart.RECOMMENDATIONS: N_("Rekomendasi"),
    ReportPart.ASSESSMENT: N_("Penilaian pimpinan"),
    ReportPart.LEADER: N_("Nama pimpinan"),
    ReportPart.LEADER_NIP: N_("NIP pimpinan"),
}
CAUSE = "cause:"
"""Begins the name of the part that says why a case was late; the case's number follows."""
