"""`lockdesk` without a verb: first start, unlocking, one process per profile, the window."""

import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.app import (
    UNFINISHED,
    OpenProfile,
    ProfileStart,
    being_set_up,
    profiles_root,
    shipped_office,
)
from lockdesk.core.profile import PROFILE_NAMES
from lockdesk.desk.casebook import JournalCheck
from lockdesk.desk.office.backups import RETIRED
from lockdesk.errors import Damaged, Hindered, LockdeskError
from lockdesk.mishap_log import log_folder, start_log, stop_log
from lockdesk.settings import DeskSettings, Officer
from lockdesk.store.threads import broken_journal
from lockdesk.ui.look import help_places
from lockdesk.ui.running.background import Lane
from lockdesk.ui.running.mishaps import in_words, mishaps
from lockdesk.ui.running.sweeper import Sweeper
from lockdesk.ui.shell.application import MainWindow, create_application
from lockdesk.ui.shell.blank import BlankScreen
from lockdesk.ui.shell.help_key import give_help
from lockdesk.ui.shell.lock import UnlockScreen
from lockdesk.ui.shell.shortcuts import HeldKeys
from lockdesk.ui.shell.unsaved import UnsavedScreen
from lockdesk.ui.widgets.parts import HintButton
from lockdesk.ui.widgets.questions import ErrorSheet
from lockdesk.ui.widgets.room import fit_screen
from lockdesk.vault import profile_exists
from lockdesk.verbs.early import Opening, open_beside
from lockdesk.verbs.last_profile import kept_preferences, last_profile, profile_wanted
from lockdesk.words import _, moment_words

if TYPE_CHECKING:  # screens and work of rare days are loaded when they come
    from lockdesk.ui.shell.first_start import FirstStart, FirstStartWizard, Lying
    from lockdesk.verbs.first_window import FirstWindow
    from lockdesk.verbs.restoring import WindowBackup, WindowKeyChange, WindowRestore

_LEAVING_SECONDS = 0.2
GONE = "profile.gone"
"""The code of the error that the folder of the last profile is not there."""
_AGAIN_MS = 250
_MOST_TRIES = 40
"""For ten seconds a second start waits for the first one's window, or for the first one to have left the profile."""
KEYRING_FAULTS = {"vault.keyring_locked", "vault.keyring_silent", "vault.key_missing", "vault.no_keyring"}
"""Codes of Unreachable: the passphrase or the recovery code opens all the same."""


class Opener(QObject):
    """Tells the window's thread of a profile that was opened on another one, or could not be."""

    opened = Signal(object)
    refused = Signal(object)

    def follow(self, opening: Opening) -> None:
        opening.add_done_callback(self._on_done)

    def _on_done(self, opening: Opening) -> None:
        error = opening.exception()
        if error is None:
            self.opened.emit(opening.result())
        else:
            self.refused.emit(in_words(error))


class Starter(QObject):
    """From nothing to the main window."""

    left = Signal()
    """There is nothing more to show: the program ends."""

    def __init__(self, wanted: Path | None, files: Sequence[Path] = (), opening: Opening | None = None) -> None:
        """`opening`: of the profile that is wanted, where it was begun before."""
        super().__init__()
        self._files = tuple(files)
        self._preferences = kept_preferences()
        self._last = last_profile()
        self._wanted = wanted
        self._early = opening
        self._start: ProfileStart | None = None
        self.shown: QWidget | None = None
        self._decided: FirstStart | None = None
        self._unfinished: ProfileStart | None = None
        """How a profile was opened whose first start was interrupted: it is set up further in the same way."""
        self.profile: OpenProfile | None = None
        self.window: MainWindow | None = None
        self._tries = 0
        """How often the profile was found in use by a program without a window."""
        self._came_from: Path | None = None
        """The profile that made room for the one that is being opened: there is a way back to it."""
        self._first: FirstWindow | None = None
        self._leaving = True
        """Closing the window ends the program."""
        self._keeping: WindowBackup | WindowRestore | WindowKeyChange | None = None
        """What is under way with a backup."""
        self._held_keys = HeldKeys(self)
        self._opener = Opener()
        self._opener.opened.connect(self._on_opened, Qt.ConnectionType.QueuedConnection)
        self._opener.refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)
        mishaps.happened.connect(self._on_mishap)

    def begin(self) -> None:
        """The last profile, the wanted one, or the first start."""
        if (folder := profile_wanted(self._wanted)) is not None:
            self._open(ProfileStart(folder))
        elif self._wanted is None and (gone := self._last.named()) is not None:
            self._start = ProfileStart(gone)
            self._show_error(_folder_gone(gone))
        else:
            self._show(self._first_start(self._wanted or profiles_root()))

    def _show(self, widget: QWidget) -> None:
        """In place of what was shown; the program ends with its last window, so there is always one."""
        before, self.shown = self.shown, widget
        widget.show()
        self._held_keys.watch(widget.windowHandle())
        if isinstance(before, UnsavedScreen):
            before.give_way()
        if before is not None:
            before.close()
            before.deleteLater()

    def _open(self, start: ProfileStart) -> None:
        self._start = start
        if self.shown is not None:
            self.shown.setEnabled(False)  # opening takes a moment; a second press would open twice
        early, self._early = self._early, None
        self._opener.follow(early or open_beside(start))

    # ── first start ──
    def _first_start(
        self, data_folder: Path, practised: DeskSettings | None = None, here: Path | None = None
    ) -> "FirstStartWizard":
        """`here`: the profile that leaving leads back to; without one the program ends."""
        from lockdesk.ui.shell.first_start import FirstStartWizard

        wizard = FirstStartWizard(data_folder, practised, lying=self._lying)
        wizard.profile_asked.connect(self._on_profile_asked)
        anew = partial(self._first_start, data_folder, practised, here)
        leave = self.left.emit if here is None else partial(self._return_to, here)
        wizard.finished.connect(partial(self._on_first_start, anew, leave))
        wizard.restore_asked.connect(partial(self._on_restore_first, anew))
        wizard.left.connect(leave)
        return wizard

    def _lying(self, folder: Path) -> "Lying":
        from lockdesk.ui.shell.first_start import Lying

        if not profile_exists(folder):
            return Lying.NOTHING
        return Lying.UNFINISHED if self._is_unfinished(folder) or being_set_up(folder) else Lying.PROFILE

    def _is_unfinished(self, folder: Path) -> bool:
        return self._unfinished is not None and self._unfinished.folder == folder

    @Slot(object)
    def _on_profile_asked(self, decided: "FirstStart") -> None:
        self._decided = decided
        self._open(ProfileStart(decided.profile_folder))

    def _on_first_start(
        self, anew: "Callable[[], FirstStartWizard]", leave: Callable[[], None], decided: "FirstStart"
    ) -> None:
        """`anew` makes the first start's form once more, `leave` is what its own way out does."""
        from lockdesk.ui.shell.passphrase import PassphraseScreen

        self._decided = decided
        if self._unfinished is not None and self._is_unfinished(decided.profile_folder):
            self._begin_profile(self._unfinished.passphrase or "")
            return
        if decided.practice or profile_exists(decided.profile_folder):  # what was begun has its passphrase
            self._begin_profile("")
            return
        screen = PassphraseScreen()
        screen.chosen.connect(self._begin_profile)
        screen.back_asked.connect(partial(self._fill_further, anew, decided))
        screen.left.connect(leave)
        self._show(screen)

    def _fill_further(self, anew: "Callable[[], FirstStartWizard]", decided: "FirstStart") -> None:
        """The first start's form, with what was filled in."""
        wizard = anew()
        wizard.resume(decided)
        self._show(wizard)

    @Slot(str)
    def _begin_profile(self, passphrase: str) -> None:
        from lockdesk.desk.office.asking import answered  # late: only a first start changes a profile

        decided = self._decided
        assert decided is not None
        people = ((decided.officer,), decided.complaints_officer, decided.complaints_officer_phone)
        settings = _beginning(decided.practice, *people)
        folder = decided.profile_folder
        office = answered(decided.office_file.read_text(encoding="utf-8"), decided.csr_answer)
        self._open(ProfileStart(folder, decided.practice, passphrase or None, settings, office))

    # ── from a backup ──
    def _on_restore_first(self, anew: "Callable[[], FirstStartWizard]", decided: "FirstStart") -> None:
        back = partial(self._fill_further, anew, decided)
        self._restore(lambda practice: decided.data_folder / PROFILE_NAMES[practice], back)

    # ── from practice to work, and back ──
    @Slot()
    def _on_other_asked(self) -> None:
        """The other profile of the same data folder takes this one's place. Where there is none that was begun to its
        end, it is begun: for work what it needs is asked, practice takes everything from here."""
        from lockdesk.ui.shell.first_start import Lying

        assert self._start is not None and self.profile is not None
        here, practice, desk = self._start.folder, self.profile.practice, self.profile.desk
        other = here.parent / PROFILE_NAMES[not practice]
        settings = desk.settings()
        if self._lying(other) is Lying.PROFILE:
            start = ProfileStart(other)
        elif practice:
            self._make_room(self._first_start(here.parent, settings, here))
            return
        else:
            people = (settings.officers, settings.complaints_officer, settings.complaints_officer_phone)
            start = ProfileStart(other, True, None, _beginning(True, *people), desk.setup.office_text())
        self._make_room(BlankScreen(_("Membuka profil…")))
        self._came_from = here
        self._open(start)

    @Slot()
    def _on_back(self) -> None:
        """The other profile does not open: to the one that was open before, once; without one the program ends."""
        here, self._came_from = self._came_from, None
        if here is None:
            self.left.emit()
        else:
            self._open(ProfileStart(here))

    def _return_to(self, folder: Path) -> None:
        """To a profile that was open before; opening it takes a moment, in which the program must not end."""
        self._show(BlankScreen(_("Membuka profil…")))
        self._open(ProfileStart(folder))

    def _make_room(self, screen: QWidget) -> None:
        """Closes the open profile; `screen` is shown in its place."""
        self._leaving = False
        self._show(screen)
        self.close()
        self.window = self.profile = self._first = None

    @Slot()
    def _on_restore_asked(self) -> None:
        """The open profile makes room; it is opened again where nothing comes of it."""
        assert self._start is not None and self.window is not None
        self._leaving = False
        self._restore_over(self._start.folder)
        self.close()
        self.window = self.profile = self._first = None

    def _restore_over(self, folder: Path) -> None:
        self._restore(lambda _practice: folder, partial(self._open, ProfileStart(folder)))

    def _restore(self, folder_for: Callable[[bool], Path], back: Callable[[], None]) -> None:
        from lockdesk.ui.shell.restore import RestoreScreen
        from lockdesk.verbs.restoring import WindowRestore

        screen, work = RestoreScreen(), WindowRestore(folder_for, self)
        self._keeping = work
        screen.look_asked.connect(work.look)
        screen.restore_asked.connect(work.put_in_place)
        screen.back_asked.connect(work.close)
        screen.back_asked.connect(back)
        work.progressed.connect(screen.show_progress, Qt.ConnectionType.QueuedConnection)
        work.found.connect(screen.show_found, Qt.ConnectionType.QueuedConnection)
        work.refused.connect(screen.show_error, Qt.ConnectionType.QueuedConnection)
        work.restored.connect(self._on_restored, Qt.ConnectionType.QueuedConnection)
        self._show(screen)

    # ── another data key ──
    @Slot(str, str)
    def _on_key_change(self, known: str, new: str) -> None:
        """The open profile makes room; it is opened again in either case."""
        from lockdesk.ui.shell.key_change import KeyChangeScreen
        from lockdesk.verbs.restoring import WindowKeyChange

        assert self._start is not None and self.profile is not None
        folder, screen = self._start.folder, KeyChangeScreen()
        work = WindowKeyChange(folder, self.profile.desk.office.actor(), self)
        self._make_room(screen)
        self._keeping = work
        screen.back_asked.connect(partial(self._open, ProfileStart(folder, passphrase=known)))
        work.progressed.connect(screen.show_progress, Qt.ConnectionType.QueuedConnection)
        work.refused.connect(screen.show_error, Qt.ConnectionType.QueuedConnection)
        self._start = ProfileStart(folder, passphrase=new)
        work.changed.connect(self._on_key_changed, Qt.ConnectionType.QueuedConnection)
        work.begin(known, new)

    @Slot()
    def _on_key_changed(self) -> None:
        assert self._start is not None
        self._open(self._start)

    @Slot(object)
    def _on_restored(self, folder: Path) -> None:
        self._open(ProfileStart(folder))

    # ── the backup at exit ──
    @Slot()
    def _on_left(self) -> None:
        """The window was closed. What it had to record is recorded; the profile is open as long as its backup takes."""
        if not self._leaving or self.profile is None or self.window is None:
            return
        if self._first is not None:
            self._first.close()  # a second start waits for the profile; this window can do nothing any more
        if self.window.backup_work.wanted_at_exit:
            from lockdesk.ui.shell.exit_backup import ExitBackup
            from lockdesk.verbs.restoring import WindowBackup

            screen, work = ExitBackup(), WindowBackup(self.profile.desk.backups, self)
            self._keeping = work
            screen.again_asked.connect(work.begin)
            screen.left.connect(work.stop)
            work.progressed.connect(screen.show_progress, Qt.ConnectionType.QueuedConnection)
            work.made.connect(screen.close, Qt.ConnectionType.QueuedConnection)
            work.refused.connect(screen.show_error, Qt.ConnectionType.QueuedConnection)
            self.shown = screen
            screen.show()
            work.begin()

    # ── opened, or not ──
    @Slot(object)
    def _on_opened(self, profile: OpenProfile) -> None:
        assert self._start is not None
        self.profile, self._came_from = profile, None
        self._last.write(self._start.folder)
        window = self.window = MainWindow(profile.desk, self._preferences)
        self._leaving = True
        window.restore_asked.connect(self._on_restore_asked, Qt.ConnectionType.QueuedConnection)
        window.other_profile_asked.connect(self._on_other_asked, Qt.ConnectionType.QueuedConnection)
        window.key_change_asked.connect(self._on_key_change, Qt.ConnectionType.QueuedConnection)
        window.left.connect(self._on_left)
        self._show(window)
        if profile.vault.renewed:
            window.show_error(_renewed())
        if (fault := profile.desk.office.fault) is not None:
            window.show_error(_office_refused(fault))
        window.ready.connect(self._on_ready, Qt.ConnectionType.SingleShotConnection)
        window.journal_walk.walked.connect(self._on_journal_walked)
        Sweeper(window).begin()
        files, self._files = self._files, ()
        window.open_files(files)

    @Slot()
    def _on_ready(self) -> None:
        """The list is seen: now what nobody waits for, the longest last."""
        if self.window is None or self.profile is None or self._start is None:
            return
        from lockdesk.verbs.first_window import FirstWindow  # late: Qt's network library

        self._first = FirstWindow(self._start.folder, self)
        self._first.called.connect(self._on_called)
        window, desk = self.window, self.profile.desk
        window.background.run(desk.guard.signed_in, self._on_signed_in, by_itself=True)
        window.services.recovery.remind()
        if desk.office.works:
            window.background.run(desk.operations.reconcile, self._on_reconciled, lane=Lane.CA, by_itself=True)
        window.background.run(desk.warm, lane=Lane.IDLE, by_itself=True)
        window.journal_walk.begin()

    def _on_signed_in(self, last: datetime | None) -> None:
        if self.window is not None and self.profile is not None and last is not None:
            self.window.show_error(_clock_behind(self.profile.desk.office.now(), last, self.profile.desk.office.zone))

    @Slot(object)
    def _on_journal_walked(self, check: JournalCheck) -> None:
        """A journal that is not whole is said at once; the store has stopped all writing."""
        if self.window is not None and not check.whole:
            self.window.read_status()
            self.window.show_error(broken_journal(check.chain.broken_at or check.chain.count))

    def _on_reconciled(self, _open: object) -> None:
        if self.window is not None:
            self.window.refresh()

    @Slot(object)
    def _on_refused(self, error: LockdeskError) -> None:
        assert self._start is not None
        if self.shown is not None:
            self.shown.setEnabled(True)
        if error.code in {"vault.passphrase_needed", "vault.wrong_passphrase"}:
            self._ask_passphrase(error.code == "vault.wrong_passphrase")
        elif error.code in KEYRING_FAULTS:
            self._ask_passphrase(again=False)
            assert isinstance(self.shown, UnlockScreen)
            self.shown.show_keyring_error(error)
        elif error.code == "profile.in_use" and self._called_first_window(self._start.folder):
            self.left.emit()
        elif error.code == "profile.in_use" and self._tries < _MOST_TRIES:
            # Two files opened at once are two starts: the first one's window is not there yet. Or it is just leaving.
            self._tries += 1
            QTimer.singleShot(_AGAIN_MS, self, partial(self._open, self._start))
        elif error.code == UNFINISHED:
            self._show(self._further(self._start))
        else:
            self._show_error(error)

    def _called_first_window(self, folder: Path) -> bool:
        from lockdesk.verbs.first_window import call_first_window

        return call_first_window(folder, self._files)

    def _further(self, start: ProfileStart) -> "FirstStartWizard":
        """The first start once more, with what was filled in for this profile."""
        self._unfinished, decided = start, self._decided
        wizard = self._first_start(start.folder.parent)
        wizard.choose_mode(start.folder.name != PROFILE_NAMES[False])
        if decided is not None and decided.profile_folder == start.folder:
            wizard.resume(decided)
        return wizard

    def _ask_passphrase(self, again: bool) -> None:
        screen = self.shown if isinstance(self.shown, UnlockScreen) else None
        if screen is None:
            screen = UnlockScreen()
            screen.setWindowTitle("LockDesk")
            fit_screen(screen)
            give_help(screen, help_places.RECOVERY)
            screen.unlock_asked.connect(self._on_passphrase)
            screen.retry_asked.connect(self._on_retry)
            screen.back_asked.connect(self._on_back)
            if (here := self._came_from) is not None:
                practised = here.name == PROFILE_NAMES[True]
                screen.offer_back(_("Kembali ke pelatihan") if practised else _("Kembali ke profil kerja"))
            self._show(screen)
        (screen.refuse if again else screen.begin)()

    @Slot(str)
    def _on_passphrase(self, passphrase: str) -> None:
        assert self._start is not None
        self._open(replace(self._start, passphrase=passphrase))

    @Slot()
    def _on_retry(self) -> None:
        """The keyring may be open by now."""
        assert self._start is not None
        self._open(replace(self._start, passphrase=None))

    @Slot(object)
    def _on_mishap(self, error: LockdeskError) -> None:
        """What went wrong before the window was there; from then on it tells by itself."""
        if self.window is None:
            self._show_error(error)

    def _show_error(self, error: LockdeskError) -> None:
        lost = isinstance(error, Damaged) or error.code in {RETIRED, GONE}
        if isinstance(self.shown, UnlockScreen) and not lost:
            self.shown.show_error(error)
            return
        if self.shown is None:
            self._show(BlankScreen())
        assert self.shown is not None
        if isinstance(self.shown, UnsavedScreen):
            self.shown.take_back(f"{error.message} {error.remedy}" if isinstance(error, Hindered) else "")
        sheet = ErrorSheet(self.shown, error)
        if lost and self._start is not None:
            restore = HintButton(_("Pulihkan dari cadangan…"), role="link")
            restore.clicked.connect(partial(self._restore_over, self._start.folder))
            sheet.add_side_button(restore)
        if error.code == GONE:
            assert self._start is not None
            beside = self._start.folder.parent
            anew = HintButton(_("Penyiapan awal…"), role="link")
            anew.clicked.connect(lambda: self._show(self._first_start(beside if beside.is_dir() else profiles_root())))
            sheet.add_side_button(anew)
        if not isinstance(self.shown, UnsavedScreen):
            sheet.finished.connect(self._on_back)
        sheet.open()

    # ── one window per profile ──
    @Slot(object)
    def _on_called(self, files: tuple[Path, ...]) -> None:
        """A second start: this window comes forward, and takes the files that were opened with the program."""
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.show()
            self.window.raise_()
            self.window.activateWindow()
            self.window.open_files(files)

    def close(self) -> None:
        """After the event loop: the profile last, so that nothing still writes."""
        if self._first is not None:
            self._first.close()
        if self._keeping is not None:
            self._keeping.close()
        if self.profile is not None:
            self.profile.close()

    def leave(self) -> None:
        """The same at the program's end, which waits for no library: a transaction that it cuts is as if it had never
        been, and the next start finds the file whole."""
        profile, self.profile = self.profile, None
        self.close()
        if profile is not None:
            closing = threading.Thread(target=profile.close, name="close-profile", daemon=True)
            closing.start()
            closing.join(_LEAVING_SECONDS)


def _beginning(practice: bool, officers: tuple[Officer, ...], official: str, phone: str) -> DeskSettings:
    """What a profile begins with."""
    return replace(
        shipped_office(),
        officers=officers,
        complaints_officer=official,
        complaints_officer_phone=phone,
        practice=practice,
    )


def _office_refused(fault: LockdeskError) -> LockdeskError:
    return LockdeskError(
        _("Profil kantor yang tersimpan tidak dapat dipakai, maka profil bawaan yang berlaku. {why}").format(
            why=fault.message
        ),
        _("Perbaiki profil kantor di Pengaturan."),
        detail=fault.detail,
        code="office.refused",
    )


def _folder_gone(folder: Path) -> LockdeskError:
    return LockdeskError(
        _("Folder data {folder} tidak ditemukan.").format(folder=folder),
        _("Sambungkan kembali disk atau kembalikan folder data, lalu buka LockDesk lagi."),
        code=GONE,
    )


def _clock_behind(now: datetime, last: datetime, zone: ZoneInfo) -> LockdeskError:
    return LockdeskError(
        _("Jam komputer menunjuk {now}, lebih awal daripada catatan terakhir ({last}).").format(
            now=moment_words(now, zone), last=moment_words(last, zone)
        ),
        _(
            "Setel jam komputer sebelum melanjutkan: nomor, batas waktu, dan cetakan memakai jam ini. Bila jam mundur "
            "setiap komputer dinyalakan, baterai jamnya habis. Data tetap terbuka, dan kejadian ini dicatat."
        ),
        code="clock.behind",
    )


def _renewed() -> LockdeskError:
    return LockdeskError(
        _("Tanda batas rekam jejak atau kunci di penyimpan kata sandi komputer hilang, dan sudah dibuat ulang."),
        _("Bila akun atau komputer tidak baru diganti, hubungi Kepala Bidang: bandingkan cetakan dengan rekam jejak."),
        code="vault.renewed",
    )


def run_window(folder: Path | None, files: Sequence[Path], opening: Opening | None) -> int:
    """Opens the window, which takes `files` in, on a profile that is being opened; returns the exit code."""
    preferences = kept_preferences().value
    handler = start_log(log_folder())
    application = create_application(sys.argv[:1], preferences)
    starter = Starter(folder, files, opening)
    starter.left.connect(application.quit)
    starter.begin()
    try:
        return application.exec()
    finally:
        starter.leave()
        stop_log(handler)
