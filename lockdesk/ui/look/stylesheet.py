"""The application's style sheet, made from the tokens and the text size."""

from lockdesk.resource import resource
from lockdesk.ui.look.theme import BODY, BRAND, CHIP, MONO, NUMBER, SMALL, TITLE, Theme, Tone


def stylesheet(theme: Theme) -> str:
    """One sheet for the whole application; widgets choose by object name and by properties."""
    parts = (_words, _buttons, _small_buttons, _fields, _surfaces, _furniture, _lists, _bars)
    return "".join(part(theme) for part in parts)


def _words(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    tones = "".join(f'QLabel[tone="{tone}"] {{ color: {t.ink(tone)}; }}' for tone in Tone)
    return f"""
    QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; padding: 4px 6px; }}
    QLabel {{ background: transparent; color: {t.text}; }}
    QLabel[scale="small"] {{ font-size: {px(SMALL)}px; }}
    QLabel[scale="chip"] {{ font-size: {px(CHIP)}px; }}
    QLabel[scale="brand"] {{ font-size: {px(BRAND)}px; }}
    QLabel[scale="number"] {{ font-size: {px(NUMBER)}px; }}
    QLabel[scale="title"] {{ font-size: {px(TITLE)}px; }}
    QLabel[bold="true"] {{ font-weight: 600; }}
    QLabel[mono="true"] {{ font-family: "{MONO}"; }}
    {tones}
    QLabel:disabled {{ color: {t.muted}; }}
    """


def _buttons(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    return f"""
    QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; border-radius: 6px; outline: 0;
        padding: 0 {px(11)}px; min-height: {px(32)}px; }}
    QPushButton:hover {{ border-color: {t.muted}; }}
    QPushButton:pressed {{ background: {t.sunk}; }}
    QPushButton:disabled {{ color: {t.muted}; background: transparent; }}
    QPushButton:focus {{ border: 2px solid {t.accent}; padding: 0 {px(11) - 1}px;
        min-height: {px(32) - 2}px; }}
    QPushButton[role="accent"] {{ color: {t.accent}; font-weight: 600; }}
    QPushButton[role="primary"] {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent};
        font-weight: 600; }}
    QPushButton[role="primary"]:focus {{ border: 2px solid {t.text}; }}
    QPushButton[role="primary"]:disabled {{ background: {t.accent_soft}; color: {t.muted};
        border-color: {t.line}; }}
    QPushButton[role="destructive"] {{ background: {t.bad}; color: {t.on_bad}; border-color: {t.bad};
        font-weight: 600; }}
    QPushButton[role="destructive"]:focus {{ border: 2px solid {t.text}; }}
    QPushButton[role="destructive"]:disabled {{ background: {t.bad_soft}; color: {t.muted};
        border-color: {t.line}; }}
    """


def _small_buttons(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    deadlines = "".join(
        f'QPushButton[role="deadline"][tone="{tone}"] {{ color: {t.ink(tone)}; }}'
        f'QPushButton[role="deadline"][tone="{tone}"]:disabled {{ color: {t.ink(tone)}; }}'
        for tone in Tone
    )
    return f"""
    QPushButton[role="link"] {{ border: 1px solid transparent; background: transparent; color: {t.accent};
        padding: 0 4px; min-height: {px(20)}px; }}
    QPushButton[role="link"]:hover {{ text-decoration: underline; }}
    QPushButton[role="link"]:focus {{ border: 2px solid {t.accent}; padding: 0 3px; }}
    QPushButton[role="deadline"] {{ border: 1px solid transparent; background: transparent; padding: 0 4px;
        text-align: left; min-height: {px(20)}px; font-size: {px(SMALL)}px; }}
    QPushButton[role="deadline"]:hover {{ text-decoration: underline; }}
    QPushButton[role="deadline"]:checked {{ font-weight: 600; text-decoration: underline; }}
    QPushButton[role="deadline"]:focus {{ border: 2px solid {t.accent}; padding: 0 3px;
        min-height: {px(20) - 2}px; }}
    {deadlines}
    QPushButton[role="quiet"] {{ border: 1px solid transparent; background: transparent; color: {t.muted};
        padding: 0 6px; min-height: {px(26)}px; }}
    QPushButton[role="quiet"]:hover {{ color: {t.text}; }}
    QPushButton[role="quiet"]:focus {{ border: 2px solid {t.accent}; padding: 0 5px; }}
    QPushButton[role="score"] {{ border-radius: 8px; min-height: {px(124)}px; }}
    QPushButton[role="score"]:checked {{ background: {t.accent_soft}; border-color: {t.accent}; }}
    QPushButton[role="filter"] {{ border-radius: {px(13)}px; min-height: {px(25)}px; padding: 0 {px(10)}px;
        color: {t.muted}; }}
    QPushButton[role="filter"]:checked {{ background: {t.accent_soft}; color: {t.accent}; font-weight: 600;
        border-color: {t.accent_soft}; }}
    QPushButton[role="filter"]:focus {{ border: 2px solid {t.accent}; min-height: {px(25) - 2}px; }}
    QPushButton[role="segment"] {{ border-radius: 0; color: {t.muted}; min-height: {px(30)}px;
        padding: 0 {px(14)}px; border-right: 0; }}
    QPushButton[role="segment"][place="first"] {{ border-top-left-radius: 6px;
        border-bottom-left-radius: 6px; }}
    QPushButton[role="segment"][place="last"] {{ border-right: 1px solid {t.line};
        border-top-right-radius: 6px; border-bottom-right-radius: 6px; }}
    QPushButton[role="segment"]:focus {{ border: 2px solid {t.accent}; min-height: {px(30) - 2}px; }}
    QPushButton[role="segment"]:checked {{ background: {t.accent_soft}; color: {t.accent};
        font-weight: 600; }}
    QPushButton::menu-indicator {{ width: 0; }}
    """


def _fields(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    arrow = resource(f"icons/arrow-{t.name}.svg").as_posix()
    raised = resource(f"icons/arrow-up-{t.name}.svg").as_posix()
    check = resource(f"icons/tick-{t.name}.svg").as_posix()
    return f"""
    QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {{ background: {t.surface};
        color: {t.text}; border: 1px solid {t.line}; border-radius: 6px; padding: 0 {px(9)}px;
        min-height: {px(32)}px; selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
    QPlainTextEdit, QTextEdit {{ padding: {px(6)}px {px(8)}px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {{
        border: 2px solid {t.accent}; padding: 0 {px(9) - 1}px; min-height: {px(32) - 2}px; }}
    QPlainTextEdit:focus, QTextEdit:focus {{ padding: {px(6) - 1}px {px(8) - 1}px; }}
    QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"] {{ border-color: {t.bad}; }}
    QLineEdit[mono="true"], QPlainTextEdit[mono="true"] {{ font-family: "{MONO}"; }}
    QLineEdit[search="true"] {{ background: {t.bg}; min-height: {px(28)}px; padding-right: {px(64)}px; }}
    QLineEdit[slim="true"], QLineEdit[slim="true"]:focus {{ min-height: {px(26) - 2}px; }}
    QLineEdit[big="true"] {{ font-family: "{MONO}"; font-size: {px(17)}px; }}
    QLineEdit:read-only {{ background: {t.bg}; }}
    QComboBox::drop-down {{ border: 0; width: {px(26)}px; }}
    QComboBox::down-arrow {{ image: url("{arrow}"); width: {px(12)}px; height: {px(12)}px; }}
    QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line};
        selection-background-color: {t.accent_soft}; selection-color: {t.text}; outline: 0; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: 0; background: transparent; width: {px(26)}px; }}
    QSpinBox::up-arrow {{ image: url("{raised}"); width: {px(12)}px; height: {px(12)}px; }}
    QSpinBox::down-arrow {{ image: url("{arrow}"); width: {px(12)}px; height: {px(12)}px; }}
    QCheckBox, QRadioButton {{ color: {t.text}; spacing: 8px; padding: 3px; border: 2px solid transparent;
        border-radius: 6px; outline: 0; }}
    QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {t.accent}; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: {px(15)}px; height: {px(15)}px;
        border: 1px solid {t.muted}; border-radius: 4px; background: {t.surface}; }}
    QRadioButton::indicator {{ border-radius: {px(15) // 2 + 1}px; }}
    QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
        image: url("{check}"); }}
    QRadioButton::indicator:checked {{ border: {px(5)}px solid {t.accent}; width: {px(7)}px;
        height: {px(7)}px; }}
    QCheckBox:disabled, QRadioButton:disabled {{ color: {t.muted}; }}
    """


def _surfaces(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    return f"""
    QMainWindow, QWidget#page, QWidget#locked {{ background: {t.bg}; }}
    QWidget#surface, QFrame#surface {{ background: {t.surface}; }}
    QWidget#sunk {{ background: {t.sunk}; border: 0; }}
    QAbstractScrollArea#sunk {{ background: {t.sunk}; border: 2px solid {t.sunk}; }}
    QAbstractScrollArea#sunk:focus {{ border: 2px solid {t.accent}; }}
    QWidget#emptylist {{ background: transparent; border: 2px solid transparent; border-radius: {px(6)}px; }}
    QWidget#emptylist:focus {{ border: 2px solid {t.accent}; }}
    QScrollArea#clear, QWidget#clear {{ background: transparent; border: 0; }}
    QScrollArea, QScrollArea > QWidget > QWidget#flow {{ background: {t.bg}; border: 0; }}
    QFrame#hairline {{ background: {t.line}; border: 0; }}
    QFrame#card {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 8px; }}
    QFrame[row="true"] {{ background: transparent; border: 0; border-top: 1px solid {t.line}; }}
    QFrame[row="true"][pointed="true"] {{ background: {t.accent_soft}; border-left: 3px solid {t.accent}; }}
    QFrame[row="true"][ground="warn"] {{ background: {t.warn_soft}; }}
    QFrame[row="true"][ground="bad"] {{ background: {t.bad_soft}; }}
    QFrame[row="true"][ground="chosen"] {{ background: {t.accent_soft}; }}
    QFrame[row="true"]:focus {{ border: 2px solid {t.accent}; }}
    QDialog#sheet {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 10px; }}
    QFrame#notice {{ border-radius: 6px; background: {t.warn_soft}; }}
    QFrame#notice[tone="bad"] {{ background: {t.bad_soft}; }}
    QFrame#notice[tone="info"] {{ background: {t.info_soft}; }}
    QFrame#notice[tone="ok"] {{ background: {t.ok_soft}; }}
    QFrame#notice[tone="quiet"] {{ background: {t.sunk}; }}
    QWidget#bandrow {{ background: {t.warn_soft}; }}
    QLabel#band {{ background: {t.warn_soft}; color: {t.warn}; font-weight: 600;
        font-size: {px(SMALL)}px; padding: 3px 0; }}
    QWidget#bandrow QPushButton {{ font-size: {px(SMALL)}px; }}
    """


def _furniture(theme: Theme) -> str:
    t = theme.tokens
    return f"""
    QPushButton#choice {{ text-align: left; margin: 3px 0; padding-top: 6px; padding-bottom: 6px; }}
    QSplitter::handle {{ background: {t.line}; }}
    QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
    QMenu::item {{ padding: 6px 22px 6px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
    QMenu::item:disabled {{ color: {t.muted}; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {t.line}; border-radius: 4px; min-height: 28px; min-width: 28px;
        margin: 1px; }}
    QScrollBar::handle:hover {{ background: {t.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: transparent; width: 0; height: 0; }}
    QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
    QProgressBar {{ border: 0; background: transparent; max-height: 2px; min-height: 2px; }}
    QProgressBar::chunk {{ background: {t.accent}; }}
    """


def _lists(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    return f"""
    QListView, QTableView {{ background: {t.surface}; color: {t.text}; border: 0; outline: 0;
        gridline-color: {t.line}; selection-background-color: {t.accent_soft}; selection-color: {t.text}; }}
    QListView#facts {{ background: transparent; selection-background-color: transparent; }}
    QListView#results {{ border: 1px solid {t.line}; border-radius: 8px; padding: 4px; }}
    QListView#results::item {{ padding: {px(6)}px {px(8)}px; border-radius: 4px; color: {t.text}; }}
    QListView#pages {{ border: 2px solid transparent; border-radius: 6px; }}
    QListView#pages:focus {{ border: 2px solid {t.accent}; }}
    QListView#pages::item {{ padding: {px(7)}px {px(8)}px; border-radius: 4px; color: {t.text}; }}
    QListView#pages::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
    QListView#results::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
    QHeaderView {{ background: {t.surface}; border: 0; }}
    QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: 0;
        border-bottom: 1px solid {t.line}; padding: {px(5)}px {px(9)}px; font-size: {px(SMALL)}px;
        font-weight: 400; text-align: left; }}
    QTableView::item {{ padding: {px(3)}px {px(6)}px; border-bottom: 1px solid {t.line}; }}
    QCalendarWidget QTableView::item {{ padding: 0; border: 0; }}
    QTableView#plain {{ background: transparent; }}
    QTableView#whole, QDialog#sheet QScrollArea {{ border: 2px solid transparent; border-radius: 6px; }}
    QTableView#whole:focus, QDialog#sheet QScrollArea:focus {{ border: 2px solid {t.accent}; }}
    QTableView#plain QHeaderView::section:vertical {{ padding-left: {px(12)}px; }}
    QTableCornerButton::section {{ background: {t.surface}; border: 0; }}
    """


def _bars(theme: Theme) -> str:
    t, px = theme.tokens, theme.px
    return f"""
    QWidget#topbar {{ background: {t.surface}; border-bottom: 1px solid {t.line}; }}
    QWidget#actionbar {{ background: {t.surface}; border-top: 1px solid {t.line}; }}
    QWidget#statusline {{ background: {t.surface}; border-top: 1px solid {t.line}; }}
    QLabel#told {{ background: {t.surface}; border-top: 1px solid {t.line}; color: {t.text};
        font-size: {px(SMALL)}px; padding: {px(3)}px {px(16)}px; }}
    QWidget#statusline QLabel {{ color: {t.muted}; font-size: {px(SMALL)}px; }}
    QWidget#statusline QLabel[bold="true"] {{ color: {t.text}; }}
    QWidget#statusline QLabel[tone="warn"] {{ color: {t.ink(Tone.WARN)}; }}
    QWidget#statusline QLabel[tone="bad"] {{ color: {t.ink(Tone.BAD)}; }}
    QWidget#statusline QPushButton {{ font-size: {px(SMALL)}px; min-height: {px(20)}px; }}
    QWidget#head {{ background: {t.surface}; border-bottom: 1px solid {t.line}; }}
    QWidget#viewband {{ background: {t.surface}; border-bottom: 1px solid {t.line}; }}
    QWidget#viewband[on="true"] {{ background: {t.accent_soft}; }}
    QWidget#listhead {{ background: {t.surface}; border-bottom: 1px solid {t.line}; }}
    QWidget#listside {{ background: {t.surface}; }}
    QWidget#letterhead {{ background: {t.bg}; border-bottom: 1px solid {t.line}; }}
    QWidget#aside {{ background: {t.bg}; border-left: 1px solid {t.line}; font-size: {px(BODY)}px; }}
    """
