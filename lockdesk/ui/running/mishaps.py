"""Exceptions that nobody caught: written to the log without personal data, and told in one box."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from lockdesk.environment import hindrance
from lockdesk.errors import LockdeskError
from lockdesk.mishap_log import places
from lockdesk.words import _

log = logging.getLogger("lockdesk.ui")


def in_words(error: BaseException) -> LockdeskError:
    """What the officer is told of any failure; a bug is logged as well, by its kind and places only."""
    known = hindrance(error)
    if known is not None:
        return known
    log.error("%s", places(error))
    return LockdeskError(
        _("Terjadi kesalahan yang tidak diduga. Program tetap berjalan."),
        _("Ulangi langkah tadi. Jika terjadi lagi, salin rincian dan sampaikan kepada pengelola."),
        detail=places(error),
        code="bug",
    )


class Mishaps(QObject):
    """Hears of exceptions that came out of a slot or ended a thread, from whichever thread."""

    happened = Signal(object)
    """A LockdeskError."""

    def watch(self) -> None:
        """From now on: every slot (Qt hands their exceptions to `sys.excepthook`) and every thread."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_ended

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.happened.emit(in_words(error))

    def _on_thread_ended(self, ended: threading.ExceptHookArgs) -> None:
        if ended.exc_value is not None:
            self.happened.emit(in_words(ended.exc_value))


mishaps = Mishaps()
