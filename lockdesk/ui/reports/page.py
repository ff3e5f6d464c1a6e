"""The page of the reports: the quarter and the register books, each a view of its own; the survey opens over them."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.reports import BookFilter, BookFormat, BookKind
from lockdesk.ui.look.theme import theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.reports.books import BookView, file_name
from lockdesk.ui.reports.quarter import QuarterView
from lockdesk.ui.reports.survey import SurveySheet
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.forms import Segments
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.words import N_, _

VIEWS = (("quarter", N_("Triwulan")), ("books", N_("Buku register")))


class ReportsPage(QWidget):
    """Connects its views; the book is read when it is first looked at."""

    chosen = Signal(object, int)
    """A case or a complaint to be opened: its Subject and its id."""
    report_print_asked = Signal(object)
    book_print_asked = Signal(object)
    save_asked = Signal(str, object, object)
    """A file's name, its BookFormat, and what makes it in one."""
    said = Signal(str)

    def __init__(self, desk: Desk, background: Background, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self._background = desk, background
        self.quarter = QuarterView(desk, background, times)
        self.books: BookView | None = None
        self._views = Segments([(name, _(words)) for name, words in VIEWS], _("Laporan"))
        self._views.chosen.connect(self.show_view)
        survey = HintButton(_("Isi survei…"))
        survey.clicked.connect(self.begin_survey)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.quarter)
        outer = column(self)
        outer.setContentsMargins(0, theme.px(14), 0, 0)
        outer.setSpacing(theme.px(10))
        top = line((label(_("Laporan"), scale="title", bold=True), self._views, 1, survey), 16)
        top.setContentsMargins(20, 0, 20, 0)
        outer.addLayout(top)
        outer.addWidget(self._stack, 1)
        self.quarter.chosen.connect(self.chosen)
        self.quarter.print_asked.connect(self.report_print_asked)
        self.quarter.said.connect(self.said)

    @Slot(str)
    def show_view(self, name: str) -> None:
        """One of VIEWS."""
        self._views.choose(name)
        if name == "books" and self.books is None:
            self.books = BookView(self._desk, self._background)
            self.books.chosen.connect(self.chosen)
            self.books.print_asked.connect(self.book_print_asked)
            self.books.export_asked.connect(self._on_export)
            self._stack.addWidget(self.books)
        shown = self.books if name == "books" else None
        self._stack.setCurrentWidget(shown or self.quarter)

    def show_book(self, kind: BookKind) -> None:
        """One of the books, on the view of the books."""
        self.show_view("books")
        assert self.books is not None
        self.books.show_kind(kind)

    @Slot()
    def begin_survey(self) -> None:
        """The form for whoever stands at the counter, over what names nobody."""
        self.show_view("quarter")
        sheet = SurveySheet(self)
        sheet.answered.connect(self._on_answered)
        sheet.open()

    @Slot(object)
    def _on_answered(self, scores: tuple[int, ...]) -> None:
        self._background.run(partial(self._desk.evaluation.answer, scores), self._on_counted)

    def _on_counted(self, _result: object) -> None:
        self.said.emit(_("Terima kasih; survei sudah disimpan."))
        self.quarter.read()

    @Slot(object, object)
    def _on_export(self, chosen: BookFilter, form: BookFormat) -> None:
        self.save_asked.emit(file_name(chosen, form), form, partial(self._desk.books.export, chosen))

    @property
    def _shown(self) -> QuarterView | BookView:
        return self.books if self.books is not None and self.books.isVisible() else self.quarter

    def begin_print(self) -> None:
        """Ctrl+P: what is shown."""
        self._shown.begin_print()

    def refresh(self) -> None:
        self.quarter.read()
        if self.books is not None:
            self.books.read()

    def take_focus(self) -> None:
        self._shown.take_focus()
