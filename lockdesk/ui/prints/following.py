"""What became of a print in its queue: asked after until it is on paper, and told in words."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.sheets import UNDER_WAY, JobState, JobStatus, PrintJob
from lockdesk.errors import LockdeskError
from lockdesk.ui.running.background import Background, Lane
from lockdesk.words import N_, _

STATE_WORDS = {
    JobState.SENT: N_("Dikirim ke printer {printer}."),
    JobState.WAITING: N_("Menunggu printer {printer}{reason}. Cetakan keluar sendiri bila printer siap."),
    JobState.PRINTED: N_("Tercetak di printer {printer}."),
    JobState.DROPPED: N_(
        "Cetakan dibatalkan oleh printer {printer}{reason}. Cetak sekali lagi, pilih kertas atau printer lain, atau"
        " simpan PDF."
    ),
    JobState.LEFT: N_("Cetakan sudah tidak ada dalam antrean {printer}; periksa hasilnya di printer."),
}
REASONS = (
    ("paused", N_("dijeda")),
    ("stopped", N_("dihentikan")),
    ("media-empty", N_("kertas habis")),
    ("media-needed", N_("kertas habis")),
    ("media-jam", N_("kertas macet")),
    ("toner-empty", N_("toner habis")),
    ("marker-supply-empty", N_("tinta atau toner habis")),
    ("cover-open", N_("penutup terbuka")),
    ("door-open", N_("penutup terbuka")),
    ("offline", N_("tidak terhubung")),
    ("may not exist or is unavailable", N_("tidak dapat dihubungi")),
    ("not responding", N_("tidak menjawab")),
    ("unable to locate", N_("tidak ditemukan")),
    ("unable to connect", N_("tidak dapat dihubungi")),
    ("supplied options", N_("printer tidak menerima kertas atau pilihan ini")),
)
"""What CUPS and its back ends call it (RFC 8011 printer-state-reasons, and their messages), in words."""
_FIRST_MS, _MOST_MS, _GROWTH = 700, 10_000, 1.3
_MOST_TIMES = 60


def status_words(job: PrintJob, status: JobStatus) -> str:
    """A sentence for the officer, with the way on where there is one."""
    told = status.reason.rstrip(".")
    foreign = _("kata printer: {words}").format(words=told) if told else ""
    known = next((_(words) for sign, words in REASONS if sign in told.lower()), foreign)
    reason = f" ({known})" if known else ""
    return _(STATE_WORDS[status.state]).format(printer=job.printer, reason=reason)


class Following(QObject):
    """Follows the newest job, in growing pauses."""

    told = Signal(object, object)
    """PrintJob, JobStatus."""

    def __init__(self, desk: Desk, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._job: PrintJob | None = None
        self._last = JobStatus(JobState.SENT)
        """What was told last: the same is not told again and again."""
        self._times = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_due)

    def follow(self, job: PrintJob) -> None:
        self._job, self._times, self._last = job, 0, JobStatus(JobState.SENT)
        self.told.emit(job, self._last)
        self._timer.start(_FIRST_MS)

    def forget(self, job: PrintJob) -> None:
        """It was taken out of the queue."""
        if job is self._job:
            self._job = None
            self._timer.stop()

    @Slot()
    def _on_due(self) -> None:
        job = self._job
        if job is not None:
            ask = partial(self._desk.queueing.status, job)
            self._background.run(ask, partial(self._on_status, job), self._on_silence, lane=Lane.PRINT)

    def _on_status(self, job: PrintJob, status: JobStatus) -> None:
        if job is not self._job:
            return
        if status != self._last:
            self._last = status
            self.told.emit(job, status)
        self._times += 1
        if status.state in UNDER_WAY and self._times < _MOST_TIMES:
            self._timer.start(round(min(_FIRST_MS * _GROWTH**self._times, _MOST_MS)))

    def _on_silence(self, _error: LockdeskError) -> None:
        """The print system does not answer: what was last told stays."""
