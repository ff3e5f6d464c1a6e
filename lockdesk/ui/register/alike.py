"""Two entries side by side, where they differ."""

from PySide6.QtWidgets import QGridLayout, QWidget

from lockdesk.desk.register.planning import SheetPerson, differing
from lockdesk.desk.values.people import RegisterEntry
from lockdesk.desk.values.person_fields import BY_NAME
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.parts import label
from lockdesk.words import _, date_words


class AlikeTable(QWidget):
    """Where each comes from, then a line for every field in which they differ."""

    def __init__(
        self, first: SheetPerson | RegisterEntry, second: SheetPerson | RegisterEntry, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setColumnMinimumWidth(0, theme.px(92))
        for place, item in enumerate((first, second), start=1):
            grid.addWidget(label(_place(item), tone=Tone.QUIET, scale="small", wrap=True), 0, place)
            grid.setColumnStretch(place, 1)
        for row, name in enumerate(differing(first, second), start=1):
            field = BY_NAME[name]
            grid.addWidget(label(_(field.label), tone=Tone.QUIET), row, 0)
            for place, item in enumerate((first, second), start=1):
                shown = field.shown(item.text(name)) or "–"
                grid.addWidget(label(shown, mono=field.mono, wrap=True), row, place)


def _place(item: SheetPerson | RegisterEntry) -> str:
    if isinstance(item, SheetPerson):
        return _("Baris {row}").format(row=item.row)
    name = item.fields["name"]
    return _("Data kepegawaian: {source}, {day}").format(source=name.source, day=date_words(name.recorded_on))
