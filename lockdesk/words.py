"""The language of the glass: Indonesian in the source, other languages by catalogue. What goes out or is kept is in
Indonesian whatever the glass speaks: it is put together within `in_indonesian`.

Texts are written as `_("Simpan")`. Texts in tables are marked `N_("Simpan")` and translated with `_`
at the moment they are shown, so that the language can change while the program runs.
"""

import errno
import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from lockdesk.records import dataclass
from lockdesk.resource import resource_root


def N_(text: str) -> str:
    """Marks a text in a table for translation; `_` translates it where it is shown."""
    return text


CONTEXT = "\x04"
"""gettext's sign between where a text stands and the text, for words that Indonesian has once and English twice."""
DAYS = (N_("Senin"), N_("Selasa"), N_("Rabu"), N_("Kamis"), N_("Jumat"), N_("Sabtu"), N_("Minggu"))
MONTHS = (
    N_("Januari"),
    N_("Februari"),
    N_("Maret"),
    N_("April"),
    N_("Mei"),
    N_("Juni"),
    N_("Juli"),
    N_("Agustus"),
    N_("September"),
    N_("Oktober"),
    N_("November"),
    N_("Desember"),
)
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ZONE_NAMES = {7: "WIB", 8: "WITA", 9: "WIT"}


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the glass: its own name, the locale that writes its dates, and its decimal and group marks, and
    the one between hours and minutes (Indonesian: the dot, EYD). Its catalogue lies under resources/translations, its
    pages under resources/help."""

    code: str
    name: str
    locale: str
    decimal: str
    group: str
    clock: str


TONGUES: dict[str, Tongue] = {
    tongue.code: tongue
    for tongue in (
        Tongue("id", "Bahasa Indonesia", "id_ID", ",", ".", "."),
        Tongue("en", "English", "en_GB", ".", ",", ":"),
    )
}
SOURCE = "id"
"""The language that the texts are written in: it needs no catalogue."""


_GAP = re.compile(r"\{(\w+)\}")
_ENDS = re.compile(r"[.!?]$")
_OWN = "own_"
"""How a gap is called that only words of the program fill."""
_LEAST_SAID = 12
"""Letters beside its gaps by which a sentence is known again."""


@cache
def _frame(shown: str) -> re.Pattern[str]:
    """What a sentence with gaps reads like once they are filled; a gap that comes twice holds the same."""
    seen, parts = set[str](), _GAP.split(shown)
    for place in range(1, len(parts), 2):
        name = parts[place]
        parts[place] = f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
        parts[place - 1] = re.escape(parts[place - 1])
        seen.add(name)
    return re.compile("".join([*parts[:-1], re.escape(parts[-1])]))


class Language:
    """The catalogue in use; one for the whole process, set once at start or from the settings page, but for what a
    thread puts together `in_indonesian`."""

    def __init__(self) -> None:
        self._chosen = SOURCE
        self._meanwhile: ContextVar[str] = ContextVar("language", default="")
        self._read: dict[str, gettext.NullTranslations] = {SOURCE: gettext.NullTranslations()}
        self._sources: dict[str, str] = {}
        self._frames: dict[str, list[tuple[str, str]]] = {}

    @property
    def code(self) -> str:
        return self._meanwhile.get() or self._chosen

    def choose(self, code: str) -> None:
        """Use the language `code`, one of TONGUES; an unknown one falls back to Indonesian."""
        self._chosen = code if code in TONGUES else SOURCE
        self.read(self._chosen)

    @contextmanager
    def meanwhile(self, code: str) -> Iterator[None]:
        """Within, this thread (and the database's, for it) speaks `code`; every other one goes on as chosen."""
        before = self._meanwhile.set(code)
        try:
            yield
        finally:
            self._meanwhile.reset(before)

    def read(self, code: str) -> gettext.NullTranslations:
        """The catalogue of a language, read once: a process that may open no more files has read it before."""
        if code not in self._read:
            folder = resource_root() / "translations"
            self._read[code] = gettext.translation("lockdesk", folder, [code], fallback=True)
        return self._read[code]

    @property
    def tongue(self) -> Tongue:
        return TONGUES[self.code]

    @property
    def sources(self) -> dict[str, str]:
        """The source of every text without gaps, by what it reads in any language; read when it is first wanted."""
        if not self._sources:
            made: dict[str, str] = {}
            for code in TONGUES:
                texts: dict[str, str] = getattr(self.read(code), "_catalog", {})
                made |= {shown: source for source, shown in texts.items() if source and "{" not in source}
                made |= {source: source for source in made.values()}
            self._sources = made  # whole at once: several threads tell things again
        return self._sources

    @property
    def frames(self) -> dict[str, list[tuple[str, str]]]:
        """What every sentence with gaps reads like in any language, and its source, by the word that it begins with
        ("" where that is a gap); those that say the most first."""
        if not self._frames:
            read = [source for code in TONGUES for source in getattr(self.read(code), "_catalog", {})]
            told = {self.read(code).gettext(source): source for code in TONGUES for source in read if "{" in source}
            known = [shown for shown in told if _ENDS.search(shown) or _OWN in shown]
            said = {shown: sum(map(len, _GAP.split(shown)[::2])) for shown in known}
            made: dict[str, list[tuple[str, str]]] = {}
            for shown in sorted(said, key=said.__getitem__, reverse=True):
                if said[shown] >= _LEAST_SAID:
                    word = shown.split(" ", 1)[0]
                    made.setdefault("" if _GAP.search(word) else word, []).append((shown, told[shown]))
            self._frames = made
        return self._frames

    def translate(self, text: str) -> str:
        return self.read(self.code).gettext(text).rpartition(CONTEXT)[2] if text else ""


def translated(code: str) -> bool:
    """True when there is a catalogue for a language (Indonesian needs none)."""
    folder = resource_root() / "translations"
    return code == SOURCE or gettext.find("lockdesk", folder, [code]) is not None


language = Language()


@contextmanager
def in_indonesian() -> Iterator[None]:
    """Within, every text is Indonesian: letters, messages, prints and records are (UU 24/2009 art. 27 and 30), and who
    receives or reads them has chosen no language at this window. Only what is put together stands within, so that an
    error still speaks the officer's language. Decorates what makes such a text, too."""
    with language.meanwhile(SOURCE):
        yield


def _(text: str) -> str:
    """The text in the language in use."""
    return language.translate(text)


_SENTENCE = re.compile(r"(?<=[.!?]) ")


def again(text: str) -> str:
    """What was kept in words, in the language in use as far as its sentences are the program's own; what somebody else
    wrote stays as it is, and so does what fills the gaps of a sentence, but for those that are `own_…`."""
    return "\n".join(_again(line, language.code) for line in text.split("\n"))


@lru_cache(maxsize=2_000)
def _again(text: str, _code: str) -> str:
    shown, rest = [], _SENTENCE.split(text)
    while rest:
        runs = ((count, _known(" ".join(rest[:count]))) for count in range(len(rest), 0, -1))
        count, known = next(((count, known) for count, known in runs if known is not None), (1, rest[0]))
        shown.append(known)
        rest = rest[count:]
    return " ".join(shown)


def _known(text: str) -> str | None:
    """What the program itself once said, in the language in use; None for anything else."""
    if text in language.sources:
        return _(language.sources[text])
    if text.endswith(".") and (title := text.removesuffix(".")) in language.sources:
        return _(language.sources[title]) + "."
    frames = language.frames
    for frame, source in (*frames.get(text.split(" ", 1)[0], ()), *frames.get("", ())):
        if filled := _frame(frame).fullmatch(text):
            gaps = filled.groupdict().items()
            if any(_SENTENCE.search(words) for _gap, words in gaps) and _in_parts(text, language.code):
                return None
            return _(source).format(**{gap: _own(text) if gap.startswith(_OWN) else text for gap, text in gaps})
    return None


@lru_cache(maxsize=2_000)
def _in_parts(text: str, code: str) -> bool:
    """Whether it is several sentences of the program in a row, none of which is what fills another one's gap."""
    parts = _SENTENCE.split(text)
    cuts = ((" ".join(parts[:place]), " ".join(parts[place:])) for place in range(1, len(parts)))
    return any(
        _known(first) is not None and (_known(rest) is not None or _in_parts(rest, code)) for first, rest in cuts
    )


def _own(text: str) -> str:
    """A gap's words, or several of them in a row."""
    parts = [text] if text in language.sources else text.split(", ")
    return ", ".join(_(language.sources[part]) if part in language.sources else part for part in parts)


def kept(text: str) -> str:
    """What is kept in words, of which somebody put together a part in the language of the glass: in Indonesian."""
    with in_indonesian():
        return again(text)


def well_formed(text: str) -> str:
    """`text` as Unicode that can be written: halves of a pair joined, a lone half shown as U+FFFD (Unicode 3.9)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


_NO_ANSWER = N_("folder jaringan atau disknya tidak menjawab")
_SYSTEM = {
    errno.ENOENT: N_("tidak ada"),
    errno.EACCES: N_("tidak diizinkan"),
    errno.EPERM: N_("tidak diizinkan"),
    errno.EISDIR: N_("adalah folder"),
    errno.ENOTDIR: N_("adalah berkas, bukan folder"),
    errno.EEXIST: N_("sudah ada"),
    errno.ENOSPC: N_("disk penuh"),
    errno.EROFS: N_("hanya dapat dibaca"),
    errno.EDQUOT: N_("jatah disk habis"),
    errno.EBUSY: N_("sedang dipakai program lain"),
    errno.ENAMETOOLONG: N_("namanya terlalu panjang"),
    errno.EINVAL: N_("namanya tidak dapat dipakai"),
    errno.EIO: N_("disknya rusak atau terlepas"),
    **dict.fromkeys((errno.ETIMEDOUT, errno.ENOTCONN, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ESTALE), _NO_ANSWER),
}


def system_words(error: OSError) -> str:
    """Why the system refused, in words; its number for the administrator where there are none."""
    known = _SYSTEM.get(error.errno or 0)
    return _(known) if known else _("ditolak sistem operasi, nomor {n}").format(n=error.errno or 0)


def date_words(day: date, weekday: bool = False, year: bool = True) -> str:
    """ "23 November 2026" or "Senin, 23 November 2026"."""
    words = f"{day.day} {_(MONTHS[day.month - 1])}" + (f" {day.year}" if year else "")
    return f"{_(DAYS[day.weekday()])}, {words}" if weekday else words


def time_words(at: time) -> str:
    """ "15.45"; in English "15:45"."""
    return f"{at:%H}{language.tongue.clock}{at:%M}"


def day_words(at: datetime, zone: tzinfo) -> str:
    """ "23 November 2026": the day on which a moment falls in the office's zone."""
    return date_words(at.astimezone(zone).date())


def clock_words(at: datetime, zone: ZoneInfo) -> str:
    """ "15.45" in the office's zone."""
    return time_words(at.astimezone(zone).time())


def zone_words(at: datetime, zone: ZoneInfo) -> str:
    """WIB, WITA or WIT; another zone is named by its offset from UTC."""
    offset = at.astimezone(zone).utcoffset()
    hours = int(offset.total_seconds() // 3600) if offset is not None else 0
    return ZONE_NAMES.get(hours, f"UTC{hours:+d}")


def moment_words(at: datetime, zone: ZoneInfo, weekday: bool = True) -> str:
    """ "Senin, 23 November 2026 pukul 08.05 WIB"."""
    local = at.astimezone(zone)
    return f"{date_words(local.date(), weekday)} {_('pukul')} {clock_words(at, zone)} {zone_words(at, zone)}"


def number_words(value: int) -> str:
    """1204 → "1.204"; in English "1,204"."""
    words = f"{value:,}"
    return words.replace(",", language.tongue.group)


def size_words(size: int) -> str:
    """ "1,7 KB"; in English "1.7 KB"."""
    if size < 1024:
        return f"{number_words(size)} B"
    kilo = size / 1024
    text = f"{kilo:.1f} KB" if kilo < 1000 else f"{kilo / 1024:.1f} MB"
    return text.replace(".", language.tongue.decimal)


def duration_words(minutes: int) -> str:
    """135 → "2 jam 15 menit"; zero is "kurang dari 1 menit"."""
    if not minutes:
        return _("kurang dari 1 menit")
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{number_words(hours)} {_('jam')}"] if hours else []
    if rest:
        parts.append(f"{rest} {_('menit')}")
    return " ".join(parts)
