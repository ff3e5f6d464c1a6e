"""The look as tokens: colours for light and dark, the text size, fonts and the application's palette."""

from enum import StrEnum
from functools import cache, lru_cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette

from lockdesk.records import dataclass
from lockdesk.resource import resource
from lockdesk.ui.look.elide import elide_end

SANS, MONO = "IBM Plex Sans", "IBM Plex Mono"
FONT_FILES = ("IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf", "IBMPlexMono-Regular.ttf")
BODY, SMALL, CHIP, BRAND, TITLE, NUMBER = 13.0, 12.0, 11.5, 15.0, 19.0, 26.0
"""Text sizes in pixels at 100 %."""
PERCENTS = (100, 110, 125, 150, 200)
FITS = 150
"""Up to this text size a page fits a screen of 1366×768; a larger one scrolls."""


class Tone(StrEnum):
    """What a chip, a glyph or a line of words says by its colour (always beside a word)."""

    QUIET = "quiet"
    ACCENT = "accent"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours as #RRGGBB; `…_soft` is the ground on which its colour is readable."""

    name: str
    bg: str
    surface: str
    sunk: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    on_bad: str
    info: str
    info_soft: str

    def pair(self, tone: Tone) -> tuple[str, str]:
        """The colour of words and of their ground."""
        return {
            Tone.QUIET: (self.muted, self.sunk),
            Tone.ACCENT: (self.accent, self.accent_soft),
            Tone.OK: (self.ok, self.ok_soft),
            Tone.WARN: (self.warn, self.warn_soft),
            Tone.BAD: (self.bad, self.bad_soft),
            Tone.INFO: (self.info, self.info_soft),
        }[tone]

    def ink(self, tone: Tone) -> str:
        return self.pair(tone)[0]


LIGHT = Tokens(
    name="light",
    bg="#F5F6F7",
    surface="#FFFFFF",
    sunk="#ECEEF0",
    line="#DADEE2",
    text="#1B2126",
    muted="#5B6670",
    accent="#0B6A72",
    on_accent="#FFFFFF",
    accent_soft="#E0F0F1",
    ok="#1E7B45",
    ok_soft="#E3F3E9",
    warn="#8F5A00",
    warn_soft="#FBF0D9",
    bad="#B3261E",
    bad_soft="#FBE6E4",
    on_bad="#FFFFFF",
    info="#3457A6",
    info_soft="#E6ECF8",
)
DARK = Tokens(
    name="dark",
    bg="#14181B",
    surface="#1C2226",
    sunk="#12161A",
    line="#303940",
    text="#E7ECEF",
    muted="#9AA6AF",
    accent="#4FBAC2",
    on_accent="#06272A",
    accent_soft="#12343A",
    ok="#6CCB93",
    ok_soft="#16301F",
    warn="#E3B25A",
    warn_soft="#33270F",
    bad="#F2938C",
    bad_soft="#3A1B1A",
    on_bad="#2B0E0C",
    info="#9DB7F0",
    info_soft="#1B2740",
)


def text_pairs(tokens: Tokens) -> tuple[tuple[str, str, str], ...]:
    """Every pair of words and ground that the window uses: (name, words, ground)."""
    grounds = {"bg": tokens.bg, "surface": tokens.surface, "sunk": tokens.sunk, "soft": tokens.accent_soft}
    pairs = [(f"text on {name}", tokens.text, ground) for name, ground in grounds.items()]
    pairs += [(f"muted on {name}", tokens.muted, ground) for name, ground in grounds.items()]
    pairs += [(f"{tone} chip", *tokens.pair(tone)) for tone in Tone]
    pairs += [(f"{tone} on surface", tokens.ink(tone), tokens.surface) for tone in Tone]
    pairs += [(f"{tone} on bg", tokens.ink(tone), tokens.bg) for tone in Tone]
    pairs += [("text on warn", tokens.text, tokens.warn_soft), ("text on bad", tokens.text, tokens.bad_soft)]
    pairs += [
        ("muted on warn", tokens.muted, tokens.warn_soft),
        ("muted on bad", tokens.muted, tokens.bad_soft),
    ]
    pairs += [("primary", tokens.on_accent, tokens.accent), ("destructive", tokens.on_bad, tokens.bad)]
    return tuple(pairs)


class Theme:
    """The look in use; one for the whole process, changed from the settings page."""

    def __init__(self) -> None:
        self.tokens = LIGHT
        self.percent = 100

    def choose(self, name: str, percent: int) -> None:
        """`name` is "light" or "dark"; `percent` is the text size, one of PERCENTS or between."""
        self.tokens = DARK if name == "dark" else LIGHT
        self.percent = min(max(percent, PERCENTS[0]), PERCENTS[-1])

    def px(self, pixels: float) -> int:
        """A measure at the text size in use."""
        return round(pixels * self.percent / 100)

    def font(self, size: float = BODY, bold: bool = False, mono: bool = False) -> QFont:
        """A font of the one family, in pixels at the text size in use."""
        return _font(MONO if mono else SANS, self.px(size), bold)

    def advance(self, text: str, size: float = BODY, bold: bool = False, mono: bool = False) -> int:
        """How wide a text is, in pixels."""
        return _advance(text, MONO if mono else SANS, self.px(size), bold)

    def fitted(self, text: str, room: int, size: float = BODY, bold: bool = False) -> str:
        """A text cut at its end to what `room` pixels hold."""
        return _fitted(text, room, SANS, self.px(size), bold)

    def colour(self, tone: Tone) -> QColor:
        return QColor(self.tokens.ink(tone))


@cache
def _font(family: str, pixels: int, bold: bool) -> QFont:
    """Made once: every row of every list asks for several."""
    font = QFont(family)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


@lru_cache(maxsize=4096)
def _advance(text: str, family: str, pixels: int, bold: bool) -> int:
    """Remembered: a list that is painted again asks for the same words."""
    return QFontMetrics(_font(family, pixels, bold)).horizontalAdvance(text)


@lru_cache(maxsize=2048)
def _fitted(text: str, room: int, family: str, pixels: int, bold: bool) -> str:
    return elide_end(text, QFontMetrics(_font(family, pixels, bold)), room)


theme = Theme()


def load_fonts() -> None:
    """Registers the shipped fonts; raises FileNotFoundError when the installation is broken."""
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}")))


def palette(tokens: Tokens) -> QPalette:
    """Fusion's palette from the tokens (the platform's colour scheme is not asked: offscreen has none)."""
    made = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.bg,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.bg,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.bad,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.PlaceholderText: tokens.muted,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.surface,
        role.Midlight: tokens.line,
        role.Mid: tokens.line,
        role.Dark: tokens.muted,
        role.Shadow: tokens.line,
    }
    for name, colour in colours.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.muted))
    return made
