"""What held before: every version of something that the office changes by itself."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo

from PySide6.QtWidgets import QWidget

from lockdesk.dated_rules import EVER
from lockdesk.records import dataclass
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.parts import column, label
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, date_words


@dataclass(frozen=True, slots=True)
class PastVersion:
    """`head`: since when it holds, or when it was recorded; `texts`: what it says; `recorded`: by whom."""

    head: str
    texts: tuple[str, ...]
    recorded: str = ""


class PastSheet(Sheet):
    """Every version, the one recorded last first; there is nothing to decide."""

    def __init__(self, parent: QWidget, name: str, versions: Iterable[PastVersion]) -> None:
        title = _("Riwayat {rule}").format(rule=name)
        super().__init__(parent, title, _("Tidak ada yang dihapus; yang dicatat terakhir untuk suatu tanggal berlaku."))
        inside = QWidget()
        inner = column(inside, 0, 12)
        for version in versions:
            inner.addWidget(label(version.head, bold=True, wrap=True))
            for text in version.texts:
                inner.addWidget(label(text, wrap=True))
            if version.recorded:
                inner.addWidget(label(version.recorded, tone=Tone.QUIET, scale="small", wrap=True))
        inner.addStretch(1)
        self.scrolled(inside)
        self.add_close()


def since_words(since: date) -> str:
    """ "sejak 1 Maret 2026"."""
    return _("sejak awal") if since == EVER else _("sejak {day}").format(day=date_words(since))


def recorded_words(at: datetime | None, actor: str, zone: tzinfo) -> str:
    """ "Dicatat 1 Maret 2026 oleh …"; "" of what nobody recorded."""
    if at is None:
        return ""
    day = date_words(at.astimezone(zone).date())
    return (
        _("Dicatat {day} oleh {officer}").format(day=day, officer=actor)
        if actor
        else _("Dicatat {day}").format(day=day)
    )
