"""Where the help tells of what: a page of resources/help and its heading, in Indonesian ("" for the top)."""

from lockdesk.words import N_

HelpPlace = tuple[str, str]
OFFICER: HelpPlace = ("officer", "")
RECEIVING: HelpPlace = ("officer", N_("Menerima"))
CHECKING: HelpPlace = ("officer", N_("Memeriksa"))
REVOKING: HelpPlace = ("officer", N_("Mencabut, menerbitkan, memberi tahu"))
FAILING: HelpPlace = ("officer", N_("Bila ada yang tidak beres"))
COMPLAINING: HelpPlace = ("officer", N_("Pengaduan"))
REGISTER: HelpPlace = ("officer", N_("Data kepegawaian"))
DAY: HelpPlace = ("officer", N_("Menutup hari"))
FINDING: HelpPlace = ("officer", N_("Mencari"))
HEAD: HelpPlace = ("head", "")
HEADS_PART: HelpPlace = ("head", N_("Yang menjadi bagian Kepala Bidang"))
RECOVERY: HelpPlace = ("head", N_("Kode pemulihan"))
WHOLE: HelpPlace = ("head", N_("Apakah catatannya masih utuh"))
OFFICERS: HelpPlace = ("head", N_("Petugas berganti"))
BREACH: HelpPlace = ("head", N_("Kegagalan pelindungan data"))
ADMINISTRATOR: HelpPlace = ("administrator", "")
COMPUTER: HelpPlace = ("administrator", N_("Memeriksa komputer"))
BACKUPS: HelpPlace = ("administrator", N_("Cadangan dan pindah komputer"))
PORTAL: HelpPlace = ("portal", N_("Pada setiap kasus"))
RESET: HelpPlace = ("portal", N_("Reset oleh verifikator"))
PLACES = (
    OFFICER, RECEIVING, CHECKING, REVOKING, FAILING, COMPLAINING, REGISTER, DAY, FINDING, HEAD, HEADS_PART, RECOVERY,
    WHOLE, OFFICERS, BREACH, ADMINISTRATOR, COMPUTER, BACKUPS, PORTAL, RESET,
)  # fmt: skip
