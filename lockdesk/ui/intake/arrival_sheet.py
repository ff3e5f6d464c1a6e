"""What came in and is no plain request, shown before it gets a number: an answer, several requests, or none."""

from collections.abc import Iterator
from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QRadioButton, QWidget

from lockdesk.desk.checks.attachments import KIND_WORDS
from lockdesk.desk.checks.letter.purpose import check_purpose
from lockdesk.desk.requests.arrivals import SIGN_WORDS, Arrival, Question
from lockdesk.desk.values.facts import Attachment, RequestFacts
from lockdesk.records import dataclass
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.facts import Fact, FactList
from lockdesk.ui.widgets.parts import column
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, number_words, size_words


class Way(StrEnum):
    """What the officer does with it."""

    ANSWER = "answer"
    NEW = "new"
    APART = "apart"
    UNSURE = "unsure"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Option:
    """One way, as it is offered; `case_id` of the case that it answers."""

    way: Way
    words: str
    verb: str
    case_id: int = 0


def options_of(arrival: Arrival) -> tuple[Option, ...]:
    """Every way that there is, the proposed one first."""
    found = [
        Option(
            Way.ANSWER,
            _("Jawaban untuk {number}, {name}").format(number=item.row.number, name=item.row.name),
            _("Catat jawaban"),
            item.row.id,
        )
        for item in arrival.awaited
    ]
    if arrival.question is Question.NO_REQUEST:
        found.append(Option(Way.LEAVE, _("Tidak diterima dan tidak diberi nomor"), _("Jangan terima")))
    if arrival.parts:
        count = number_words(len(arrival.parts))
        words = _("{count} permohonan, masing-masing dengan berkasnya sendiri").format(count=count)
        found.append(Option(Way.APART, words, _("Terima {count} kasus").format(count=count)))
    plain = {
        Question.ANSWER: _("Permohonan baru dengan nomor sendiri"),
        Question.SEVERAL: _("Satu permohonan untuk semua berkas"),
    }
    kept = (_("Tetap diterima sebagai permohonan"), _("Tetap terima"))
    words, verb = (plain[arrival.question], _("Terima permohonan")) if arrival.question in plain else kept
    unsure = _("Belum yakin: diterima, lalu ditanyakan kepada pengirim atau Kepala Bidang")
    return (*found, Option(Way.NEW, words, verb), Option(Way.UNSURE, unsure, _("Terima dan tanyakan")))


_WIDTH = 620
_MOST_OPEN = 300
"""People whose papers are told without scrolling, times the text size in per cent."""


class ArrivalSheet(Sheet):
    """Enter takes the proposal, the arrow keys choose another way, Esc leaves everything as it is."""

    help_at = help_places.RECEIVING

    decided = Signal(object, str, int)
    """The Arrival, a Way, and the case that it answers."""
    unasked = True

    def __init__(self, parent: QWidget, arrival: Arrival) -> None:
        super().__init__(parent, _title(arrival), _reason(arrival), _WIDTH)
        self._arrival = arrival
        told = FactList([Fact(name, words) for name, words in _lines(arrival)], _("Berkas yang datang"))
        told.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys choose a way
        if len(arrival.parts) * theme.percent > _MOST_OPEN:
            inside = QWidget()
            column(inside).addWidget(told)
            self.scrolled(inside, 200)
        else:
            self.body.addWidget(told)
        self._options = options_of(arrival)
        self._buttons_of = [QRadioButton(option.words) for option in self._options]
        self._buttons_of[0].setChecked(True)
        for button in self._buttons_of:
            button.toggled.connect(self._on_toggled)
            self.body.addWidget(button)
        self.add_buttons(self._options[0].verb)
        self._on_toggled()

    def _chosen(self) -> Option:
        return next(
            option for option, button in zip(self._options, self._buttons_of, strict=True) if button.isChecked()
        )

    def focus_first(self) -> None:
        """On the ways, so that the arrow keys choose; what is told above them is only read."""
        checked = [button for button in self._buttons_of if button.isChecked()]
        checked[0].setFocus()

    @Slot()
    def _on_toggled(self) -> None:
        if any(button.isChecked() for button in self._buttons_of):
            self.verb.setText(self._chosen().verb)
            self.verb.setAccessibleName(self._chosen().verb)
            leaves = self._chosen().way is Way.LEAVE
            self.cancel.setVisible(not leaves)  # both would do the same
            self.verb.set_hint("Esc" if leaves else "")

    def act(self) -> None:
        chosen = self._chosen()
        if chosen.way is Way.LEAVE:
            self.reject()
            return
        self.decided.emit(self._arrival, str(chosen.way), chosen.case_id)
        self.accept()


def _title(arrival: Arrival) -> str:
    if arrival.question is Question.ANSWER:
        return _("Jawaban untuk kasus {number}?").format(number=arrival.awaited[0].row.number)
    if arrival.question is Question.SEVERAL:
        return _("Terima sebagai {count} kasus?").format(count=number_words(len(arrival.parts)))
    return _("Berkas ini tampaknya bukan permohonan")


def _reason(arrival: Arrival) -> str:
    """Why it is asked about."""
    if arrival.question is Question.ANSWER:
        return _(SIGN_WORDS[arrival.awaited[0].sign]) + " " + _("Kasus itu menunggu pemohon.")
    if arrival.question is Question.SEVERAL:
        return _("Berkasnya menyebut beberapa pemohon. Periksa pembagiannya sebelum diberi nomor.")
    if arrival.whole.statement.has_text:
        return check_purpose(arrival.whole.statement).evidence
    return _("Tidak ada surat, CSR, atau kata permohonan yang terbaca di dalamnya.")


def _lines(arrival: Arrival) -> Iterator[tuple[str, str]]:
    """What came: from whom, about what, and the files; of several requests each with its papers."""
    mail = arrival.whole.mail
    if mail is not None:
        sender = mail.sender
        yield _("Pengirim"), " · ".join(filter(None, (sender.name, sender.mailbox))) if sender is not None else "–"
        yield _("Subjek"), mail.subject or "–"
    if arrival.question is Question.SEVERAL:
        for number, (name, part) in enumerate(zip(arrival.names, arrival.parts, strict=True), 1):
            yield _("Kasus {n}").format(n=number), _part_words(name, part)
    else:
        files = arrival.whole.attachments
        yield _("Berkas"), "\n".join(map(_file_words, files)) or _("tanpa lampiran")


def _file_words(item: Attachment) -> str:
    return f"{item.name} ({_(KIND_WORDS[item.kind])}, {size_words(item.size)})"


def _part_words(name: str, part: RequestFacts) -> str:
    papers = [
        f"{role}: {item.name}"
        for role, item in ((_("surat"), part.statement_file), ("CSR", part.csr_file))
        if item is not None
    ]
    missing = [_("tanpa surat")] if part.statement_file is None else []
    missing += [_("tanpa CSR")] if part.csr_file is None else []
    return "\n".join((name, " · ".join([*papers, *(item.name for item in part.others), *missing])))
