"""Every action of the window, declared once; buttons, menus, shortcuts and commands grow from here."""

from enum import StrEnum

from lockdesk.core.roles import Role
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.records import dataclass
from lockdesk.words import N_, _


class WindowAction(StrEnum):
    """What can be done whatever case is shown."""

    RECEIVE = "receive"
    WALK_IN = "walk_in"
    NEW_COMPLAINT = "new_complaint"
    SEARCH = "search"
    READ_ERROR = "read_error"
    CASES = "cases"
    MAIL = "mail"
    COMPLAINTS = "complaints"
    STANDARD = "standard"
    REGISTER = "register"
    REPORTS = "reports"
    COPY_SUMMARY = "copy_summary"
    BOOKS = "books"
    SAMPLES = "samples"
    OVERRIDES = "overrides"
    SURVEY = "survey"
    CLOSE_DAY = "close_day"
    PRINT_DAY = "print_day"
    PRINT_HANDOVER = "print_handover"
    UNSETTLED_MAIL = "unsettled_mail"
    PRINT_EMERGENCY = "print_emergency"
    CHECK_PRINT = "check_print"
    ASK_DATA = "ask_data"
    DATA_REQUESTS = "data_requests"
    DISPOSAL = "disposal"
    BREACH = "breach"
    THREATS = "threats"
    HELP = "help"
    KEYS = "keys"
    TOUR = "tour"
    SETTINGS = "settings"
    CALENDAR = "calendar"
    BACKUPS = "backups"
    JOURNAL = "journal"
    ENLARGE = "enlarge"
    SIDE_BY_SIDE = "side_by_side"
    PAPERS_WINDOW = "papers_window"
    FIND = "find"
    ARRANGE_LIST = "arrange_list"
    EXPORT_LIST = "export_list"
    REFRESH = "refresh"
    LOCK = "lock"
    THEME = "theme"
    BEGIN_WORK = "begin_work"
    PRACTISE = "practise"
    FIRST_DAY = "first_day"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. `confirm`: it asks before anything happens, so its words end in "…"."""

    id: str
    words: str
    icon: str
    shortcut: str = ""
    step: CaseAction | None = None
    confirm: bool = False

    @property
    def label(self) -> str:
        return _(self.words) + ("…" if self.confirm else "")


_A, _W = CaseAction, WindowAction

WINDOW_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(_W.RECEIVE, N_("Terima permohonan"), "inbox", "Ctrl+N", confirm=True),
    ActionSpec(_W.WALK_IN, N_("Permohonan di loket"), "user", "Ctrl+Shift+N", confirm=True),
    ActionSpec(_W.NEW_COMPLAINT, N_("Pengaduan baru"), "message-square", "F8"),
    ActionSpec(_W.SEARCH, N_("Cari atau beri perintah"), "search", "Ctrl+K"),
    ActionSpec(_W.READ_ERROR, N_("Baca kesalahan yang menunggu"), "circle-alert", "Ctrl+Shift+K"),
    ActionSpec(_W.CASES, N_("Kasus"), "inbox", "Ctrl+1"),
    ActionSpec(_W.MAIL, N_("Surat masuk"), "mail", "Ctrl+6"),
    ActionSpec(_W.COMPLAINTS, N_("Pengaduan"), "message-square", "Ctrl+2"),
    ActionSpec(_W.STANDARD, N_("Standar pelayanan"), "book-open", "Ctrl+3"),
    ActionSpec(_W.REGISTER, N_("Data kepegawaian"), "users", "Ctrl+4"),
    ActionSpec(_W.REPORTS, N_("Laporan"), "chart-column", "Ctrl+7"),
    ActionSpec(_W.COPY_SUMMARY, N_("Salin ringkasan triwulan"), "copy"),
    ActionSpec(_W.BOOKS, N_("Buku register"), "book-open"),
    ActionSpec(_W.SAMPLES, N_("Uji petik konfirmasi telepon"), "phone"),
    ActionSpec(_W.OVERRIDES, N_("Uji petik keputusan petugas"), "shield-check"),
    ActionSpec(_W.SURVEY, N_("Isi survei kepuasan"), "pencil", confirm=True),
    ActionSpec(_W.CLOSE_DAY, N_("Tutup hari"), "clock", "Ctrl+E", confirm=True),
    ActionSpec(_W.PRINT_EMERGENCY, N_("Cetak formulir darurat"), "printer", confirm=True),
    ActionSpec(_W.CHECK_PRINT, N_("Periksa cetakan"), "shield-check", confirm=True),
    ActionSpec(_W.ASK_DATA, N_("Data dan rekam jejak pemohon"), "user"),
    ActionSpec(_W.DATA_REQUESTS, N_("Permintaan data pribadi"), "users"),
    ActionSpec(_W.DISPOSAL, N_("Masa simpan dan pemusnahan data"), "lock", confirm=True),
    ActionSpec(_W.BREACH, N_("Kegagalan pelindungan data"), "circle-alert", confirm=True),
    ActionSpec(_W.THREATS, N_("Ancaman dan perlindungan"), "shield-check"),
    ActionSpec(_W.PRINT_DAY, N_("Cetak keadaan layanan hari ini"), "printer"),
    ActionSpec(_W.PRINT_HANDOVER, N_("Cetak berita acara serah terima"), "printer"),
    ActionSpec(_W.UNSETTLED_MAIL, N_("Pesan yang belum pasti terkirim"), "mail"),
    ActionSpec(_W.SETTINGS, N_("Pengaturan"), "settings", "Ctrl+5"),
    ActionSpec(_W.CALENDAR, N_("Kalender"), "clock"),
    ActionSpec(_W.BACKUPS, N_("Cadangan"), "copy"),
    ActionSpec(_W.JOURNAL, N_("Rekam jejak"), "shield-check"),
    ActionSpec(_W.ENLARGE, N_("Perbesar surat"), "maximize", "F11"),
    ActionSpec(_W.PAPERS_WINDOW, N_("Surat di jendela sendiri"), "picture-in-picture-2", "Shift+F11"),
    ActionSpec(_W.SIDE_BY_SIDE, N_("Bandingkan surat dan CSR berdampingan"), "columns-3", "F9"),
    ActionSpec(_W.FIND, N_("Cari dalam surat"), "search", "Ctrl+F"),
    ActionSpec(_W.ARRANGE_LIST, N_("Urutkan dan saring daftar"), "list-filter", "Ctrl+Shift+F", confirm=True),
    ActionSpec(_W.EXPORT_LIST, N_("Ekspor daftar"), "download", "Ctrl+Shift+E", confirm=True),
    ActionSpec(_W.REFRESH, N_("Muat ulang"), "refresh-cw", "F5"),
    ActionSpec(_W.THEME, N_("Ganti tampilan terang atau gelap"), "eye", "Ctrl+Shift+D"),
    ActionSpec(_W.HELP, N_("Petunjuk"), "book-open", "F1"),
    ActionSpec(_W.KEYS, N_("Tombol pintas"), "book-open"),
    ActionSpec(_W.TOUR, N_("Latihan terbimbing"), "book-open", "Ctrl+Shift+L"),
    ActionSpec(_W.FIRST_DAY, N_("Persiapan kerja"), "check"),
    ActionSpec(_W.BEGIN_WORK, N_("Mulai bekerja sungguhan"), "arrow-right"),
    ActionSpec(_W.PRACTISE, N_("Ke profil pelatihan"), "arrow-right"),
    ActionSpec(_W.LOCK, N_("Kunci"), "lock", "Ctrl+L"),
)

CASE_ACTIONS: tuple[ActionSpec, ...] = tuple(
    ActionSpec(f"case.{action}", words, icon, shortcut, action, confirm)
    for action, words, icon, shortcut, confirm in (
        (_A.SETTLE, N_("Periksa status ke CA"), "refresh-cw", "", False),
        (_A.START_REVIEW, N_("Mulai periksa"), "search", "", False),
        (_A.DECIDE_WARNING, N_("Putuskan peringatan"), "circle-alert", "", False),
        (_A.RECORD_CALL, N_("Catat konfirmasi telepon"), "phone", "Ctrl+T", False),
        (_A.ACCEPT, N_("Nyatakan sesuai"), "check", "", False),
        (_A.REVOKE, N_("Cabut sertifikat"), "circle-x", "", True),
        (_A.REISSUE, N_("Terbitkan ulang"), "file-key", "", True),
        (_A.SEND_RESET, N_("Minta tautan reset"), "link", "", True),
        (_A.PROVE_RESET, N_("Catat tanda tangan berhasil"), "check", "", True),
        (_A.NOTIFY, N_("Kirim pemberitahuan"), "mail", "", True),
        (_A.COMPLETE, N_("Selesaikan"), "shield-check", "", True),
        (_A.ANSWER, N_("Catat jawaban pemohon"), "upload", "", True),
        (_A.REJECT, N_("Nyatakan tidak sesuai"), "x", "", True),
        (_A.ASK_APPLICANT, N_("Minta kelengkapan"), "mail", "", False),
        (_A.ADD_FILES, N_("Tambah berkas ke kasus ini"), "upload", "Ctrl+O", True),
        (_A.PRINT, N_("Cetak"), "printer", "Ctrl+P", False),
        (_A.HAND_OVER, N_("Catat penyerahan surat pengembalian"), "file-text", "", True),
        (_A.SHOW_STANDING, N_("Bagaimana permohonan saya?"), "message-square", "Ctrl+B", False),
        (_A.CORRECT, N_("Koreksi data pemohon"), "pencil", "", True),
        (_A.SET_ROUTE, N_("Ubah cara penanganan"), "file-key", "", True),
        (_A.SET_COMPROMISED, N_("Ubah keterangan kebocoran passphrase"), "circle-alert", "", True),
        (_A.SET_TOLD_IN_PERSON, N_("Ubah cara memberi tahu pemohon"), "message-square", "", True),
        (_A.RESOLVE_OTHERWISE, N_("Selesaikan tanpa pencabutan"), "check", "", True),
        (_A.RECHECK, N_("Periksa kembali"), "refresh-cw", "", True),
        (_A.REOPEN, N_("Buka kembali kasus"), "rotate-cw", "", True),
        (_A.WITHDRAW, N_("Tarik kembali permohonan"), "x", "", True),
    )
)
CASE_SPEC: dict[CaseAction, ActionSpec] = {spec.step: spec for spec in CASE_ACTIONS if spec.step is not None}
ACTIONS_OF: dict[Role, frozenset[WindowAction]] = {
    Role.OFFICER: frozenset(WindowAction) - {_W.OVERRIDES},
    Role.HEAD: frozenset(WindowAction)
    - {
        _W.RECEIVE, _W.WALK_IN, _W.NEW_COMPLAINT, _W.MAIL, _W.SURVEY, _W.CLOSE_DAY, _W.PRINT_HANDOVER,
        _W.PRINT_EMERGENCY, _W.UNSETTLED_MAIL, _W.ASK_DATA, _W.DATA_REQUESTS, _W.BREACH, _W.TOUR, _W.FIRST_DAY,
    },
}  # fmt: skip
"""What the window offers to whom; the desk itself refuses what is not for who is there."""
WINDOW_SPEC: dict[WindowAction, ActionSpec] = {WindowAction(spec.id): spec for spec in WINDOW_ACTIONS}

PROCEDURE: tuple[CaseAction, ...] = (
    _A.SETTLE,
    _A.START_REVIEW,
    _A.DECIDE_WARNING,
    _A.RECORD_CALL,
    _A.ACCEPT,
    _A.REVOKE,
    _A.REISSUE,
    _A.SEND_RESET,
    _A.PROVE_RESET,
    _A.NOTIFY,
    _A.COMPLETE,
)
"""The right side of the action bar, in the order of the procedure."""
SIDE_ROADS: tuple[CaseAction, ...] = (_A.REJECT, _A.ASK_APPLICANT, _A.ANSWER, _A.RECORD_CALL, _A.PRINT)
"""The left side; the rest stands in the menu behind the dots."""
MORE: tuple[CaseAction, ...] = (
    _A.SHOW_STANDING,
    _A.ADD_FILES,
    _A.HAND_OVER,
    _A.SEND_RESET,
    _A.CORRECT,
    _A.SET_ROUTE,
    _A.SET_COMPROMISED,
    _A.SET_TOLD_IN_PERSON,
    _A.RESOLVE_OTHERWISE,
    _A.RECHECK,
    _A.REOPEN,
    _A.WITHDRAW,
)
