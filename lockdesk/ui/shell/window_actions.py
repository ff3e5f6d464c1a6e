"""What each action of the window does, and which of them are offered where. Dialogs are loaded when first opened."""

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.reports import BookKind
from lockdesk.ui.look import help_places
from lockdesk.ui.look.actions import ACTIONS_OF, CASE_SPEC, WINDOW_ACTIONS, ActionSpec, WindowAction
from lockdesk.ui.look.help_places import HelpPlace
from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.sheet import open_sheets

if TYPE_CHECKING:
    from lockdesk.ui.shell.main_window import MainWindow
    from lockdesk.ui.widgets.list_panel import ListPanel

_W = WindowAction
PAGES = (_W.CASES, _W.MAIL, _W.COMPLAINTS, _W.STANDARD, _W.REGISTER, _W.REPORTS, _W.SETTINGS)
HELP_OF: dict[str, HelpPlace] = {
    _W.MAIL: help_places.RECEIVING,
    _W.COMPLAINTS: help_places.COMPLAINING,
    _W.REGISTER: help_places.REGISTER,
    _W.SETTINGS: help_places.ADMINISTRATOR,
    _W.CALENDAR: help_places.ADMINISTRATOR,
    _W.BACKUPS: help_places.BACKUPS,
    _W.JOURNAL: help_places.WHOLE,
    _W.REPORTS: help_places.HEAD,
}
"""Of whoever is at a page of the window; the officer's page elsewhere."""


@runtime_checkable
class Printable(Protocol):
    """A page that can be printed, or what it shows."""

    def begin_print(self) -> None: ...


def offered_actions(window: "MainWindow") -> tuple[ActionSpec, ...]:
    """What the command list offers now: first what the case that is shown allows."""
    at_cases = window.page == _W.CASES
    resting = {_W.SEARCH, *PAGES} - {*window.page_names}
    if not at_cases or window.work.held is None:
        resting.add(_W.ASK_DATA)
    if not window.troubles.waiting:
        resting.add(_W.READ_ERROR)
    practice = window.desk.settings().practice
    resting |= {_W.PRACTISE, _W.FIRST_DAY} if practice else {_W.TOUR, _W.BEGIN_WORK}
    offered = ACTIONS_OF[window.desk.office.role]
    available = window.cases.available if at_cases else None
    enabled = available.enabled if available is not None else {CaseAction.SHOW_STANDING}
    of_case = [CASE_SPEC[action] for action in CaseAction if action in CASE_SPEC and action in enabled]
    return (*of_case, *(spec for spec in WINDOW_ACTIONS if spec.id in offered and spec.id not in resting))


def begin_case_action(window: "MainWindow", step: CaseAction) -> None:
    """For the case that is shown; how a request stands is told on any page, and what a page shows is printed there."""
    if step is CaseAction.SHOW_STANDING:
        show_standing(window)
    elif window.page == _W.CASES:
        window.cases.handling.begin(str(step))
    elif step is CaseAction.PRINT:
        page = window.services.pages.page(WindowAction(window.page))
        if isinstance(page, Printable):
            page.begin_print()


def begin_window_action(window: "MainWindow", action: WindowAction) -> None:
    """Tells where the action is not for who is at the desk."""
    if action not in ACTIONS_OF[window.desk.office.role]:
        window.background.failed.emit(window.desk.office.not_for_role())
    elif action not in PAGES:
        _deeds()[action](window)
    elif action in window.page_names:
        window.show_page(action)


def show_standing(window: "MainWindow") -> None:
    """How the request that is shown stands, or another one that is asked about, from any page."""
    from lockdesk.ui.dialogs.standing import StandingSheet

    held = window.work.held if window.page == _W.CASES else None
    number = held.case.number if held is not None else ""
    StandingSheet(window, window.desk, window.background, window.times.zone, number).open()


def _list(window: "MainWindow") -> "ListPanel":
    """The list of the page that is shown; the one of the cases from a page without."""
    if window.page == _W.COMPLAINTS:
        return window.services.pages.complaints().list
    window.show_page(_W.CASES)
    return window.cases.list


def _show_help(topic: str, window: "MainWindow") -> None:
    """`topic`: "" for where one is, a dialog above all."""
    from lockdesk.ui.office.help import HelpSheet

    asking = [sheet.help_at for sheet in open_sheets(window) if sheet.help_at]
    preparing = window.cases.first_day.preparing
    page = help_places.ADMINISTRATOR if preparing else HELP_OF.get(window.page, help_places.OFFICER)
    here = asking[-1] if asking else page
    HelpSheet(window, *((topic,) if topic else here)).open()


def _check_print(window: "MainWindow") -> None:
    from lockdesk.ui.prints.check_sheet import CheckPrintSheet

    CheckPrintSheet(window, window.desk, window.background).open()


def _ask_data(window: "MainWindow") -> None:
    """The person whose case is shown asks for the own data."""
    if window.work.held is not None:
        window.services.privacy.ask_by_case(window.work.held.case)


def _print_emergency_forms(window: "MainWindow") -> None:
    from lockdesk.ui.intake.sheets import EmergencySheet

    sheet = EmergencySheet(window)
    sheet.counted.connect(window.services.printing.print_emergency_forms)
    sheet.open()


def _show_unsettled_mail(window: "MainWindow") -> None:
    from lockdesk.ui.day.unsettled_mail import UnsettledMailSheet

    sheet = UnsettledMailSheet(window, window.desk, window.background, window.times)
    sheet.chosen.connect(window.show_member)
    sheet.open()


def _close_day(window: "MainWindow") -> None:
    from lockdesk.ui.day.end import DayEndSheet

    sheet = DayEndSheet(window, window.desk, window.background, window.cases.describe, window.times)
    sheet.case_asked.connect(window.show_case)
    sheet.print_asked.connect(window.services.printing.print_day)
    sheet.ended.connect(window.end_day)
    sheet.open()


def _show_first_day(window: "MainWindow") -> None:
    window.preferences.change(no_first_day=False)
    window.cases.first_day.hidden = False
    window.cases.show_first_day()
    window.show_page(_W.CASES)


def _show_book(kind: BookKind, window: "MainWindow") -> None:
    window.show_page(_W.REPORTS)
    window.services.pages.reports().show_book(kind)


def _sample_overrides(window: "MainWindow") -> None:
    from lockdesk.ui.reports.overrides import OverridesSheet

    sheet = OverridesSheet(window, window.desk, window.background)
    sheet.case_asked.connect(window.finder.open_number)
    sheet.open()


def _begin_survey(window: "MainWindow") -> None:
    """Over the page of the reports: whoever answers sees no case."""
    window.show_page(_W.REPORTS)
    window.services.pages.reports().begin_survey()


def _turn_theme(window: "MainWindow") -> None:
    other = "light" if theme.tokens.name == "dark" else "dark"
    window.apply_preferences(window.preferences.change(theme=other))


@cache
def _deeds() -> "dict[WindowAction, Callable[[MainWindow], None]]":
    """Of every action that is no page of its own."""
    return {
        _W.RECEIVE: lambda window: window.intake.begin(),
        _W.WALK_IN: lambda window: window.intake.begin_walk_in(),
        _W.NEW_COMPLAINT: lambda window: window.new_complaint(),
        _W.SEARCH: lambda window: window.commands.offer(offered_actions(window)),
        _W.READ_ERROR: lambda window: window.troubles.read_first(),
        _W.COPY_SUMMARY: lambda window: window.services.pages.copy_summary(),
        _W.BOOKS: partial(_show_book, BookKind.CASES),
        _W.SAMPLES: partial(_show_book, BookKind.SAMPLES),
        _W.OVERRIDES: _sample_overrides,
        _W.SURVEY: _begin_survey,
        _W.CLOSE_DAY: _close_day,
        _W.PRINT_DAY: lambda window: window.services.printing.print_day(),
        _W.PRINT_HANDOVER: lambda window: window.services.printing.print_handover(),
        _W.UNSETTLED_MAIL: _show_unsettled_mail,
        _W.PRINT_EMERGENCY: _print_emergency_forms,
        _W.ASK_DATA: _ask_data,
        _W.DATA_REQUESTS: lambda window: window.services.privacy.show_requests(),
        _W.DISPOSAL: lambda window: window.services.privacy.propose_disposal(),
        _W.BREACH: lambda window: window.services.privacy.tell_of_breach(),
        _W.THREATS: partial(_show_help, "threats"),
        _W.HELP: partial(_show_help, ""),
        _W.KEYS: partial(_show_help, "keys"),
        _W.TOUR: lambda window: window.tour.begin(),
        _W.CHECK_PRINT: _check_print,
        _W.CALENDAR: lambda window: window.show_page(_W.CALENDAR),
        _W.BACKUPS: lambda window: window.show_page(_W.BACKUPS),
        _W.JOURNAL: lambda window: window.show_page(_W.JOURNAL),
        _W.ENLARGE: lambda window: window.cases.arranging.toggle_letter(),
        _W.PAPERS_WINDOW: lambda window: window.cases.arranging.toggle_papers(),
        _W.SIDE_BY_SIDE: lambda window: window.cases.arranging.toggle_side_by_side(),
        _W.FIND: lambda window: window.cases.arranging.find_in_letter(),
        _W.ARRANGE_LIST: lambda window: _list(window).ask_view(),
        _W.EXPORT_LIST: lambda window: _list(window).ask_export(),
        _W.REFRESH: lambda window: window.refresh(),
        _W.THEME: _turn_theme,
        _W.FIRST_DAY: _show_first_day,
        _W.BEGIN_WORK: lambda window: window.other_profile_asked.emit(),
        _W.PRACTISE: lambda window: window.other_profile_asked.emit(),
        _W.LOCK: lambda window: window.lock(),
    }
