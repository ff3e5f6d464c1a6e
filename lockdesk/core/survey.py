"""The satisfaction survey (survei kepuasan masyarakat): nine elements, a score of 1 to 4 each, one index.

Source: Permenpan RB 14/2017; DOMAIN section 6. Exact fractions, rounded once at the end: with the weight of an element
rounded to 0,11 a published 91,48 became 90,56.
"""

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from math import floor

from lockdesk.records import dataclass
from lockdesk.words import N_

SCORES = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Question:
    """One element (U1 to U9) as the regulation names it, what is asked, and the words of the scores 1 to 4."""

    element: str
    words: str
    answers: tuple[str, str, str, str]


_FITTING = (N_("Tidak sesuai"), N_("Kurang sesuai"), N_("survei\x04Sesuai"), N_("Sangat sesuai"))
_EASY = (N_("Tidak mudah"), N_("Kurang mudah"), N_("Mudah"), N_("Sangat mudah"))
_QUICK = (N_("Tidak cepat"), N_("Kurang cepat"), N_("Cepat"), N_("Sangat cepat"))
_COST = (N_("Sangat mahal"), N_("Cukup mahal"), N_("Murah"), N_("Gratis"))
_ABLE = (N_("Tidak mampu"), N_("Kurang mampu"), N_("Mampu"), N_("Sangat mampu"))
_POLITE = (
    N_("Tidak sopan dan ramah"),
    N_("Kurang sopan dan ramah"),
    N_("Sopan dan ramah"),
    N_("Sangat sopan dan ramah"),
)
_HANDLED = (N_("Tidak ada"), N_("Ada, tidak berfungsi"), N_("Berfungsi, kurang maksimal"), N_("Dikelola dengan baik"))
_GOOD = (N_("Buruk"), N_("Cukup"), N_("Baik"), N_("Sangat baik"))

QUESTIONS: tuple[Question, ...] = (
    Question(N_("Persyaratan"), N_("Apakah persyaratan layanan sesuai dengan jenis layanannya?"), _FITTING),
    Question(N_("Sistem, mekanisme, dan prosedur"), N_("Apakah prosedur layanan mudah diikuti?"), _EASY),
    Question(N_("Waktu penyelesaian"), N_("Apakah layanan diberikan dengan cepat?"), _QUICK),
    Question(N_("Biaya atau tarif"), N_("Bagaimana kewajaran biaya layanan?"), _COST),
    Question(N_("Produk layanan"), N_("Apakah hasil layanan sesuai dengan standar pelayanan?"), _FITTING),
    Question(N_("Kompetensi pelaksana"), N_("Apakah petugas mampu memberikan layanan?"), _ABLE),
    Question(N_("Perilaku pelaksana"), N_("Apakah petugas sopan dan ramah?"), _POLITE),
    Question(
        N_("Penanganan pengaduan, saran, dan masukan"), N_("Bagaimana penanganan pengaduan di layanan ini?"), _HANDLED
    ),
    Question(N_("Sarana dan prasarana"), N_("Bagaimana mutu sarana dan prasarana layanan?"), _GOOD),
)

GRADES: tuple[tuple[Fraction, str, str], ...] = (
    (Fraction("88.31"), "A", N_("Sangat baik")),
    (Fraction("76.61"), "B", N_("Baik")),
    (Fraction("65"), "C", N_("Kurang baik")),
    (Fraction("25"), "D", N_("Tidak baik")),
)
"""The least index of each grade, its letter and its words."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was answered in a span of days: how often each score (1 to 4) was given to each question (0 to 8)."""

    counts: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def answered(self, question: int) -> int:
        return sum(self.counts.get((question, score), 0) for score in SCORES)

    @property
    def respondents(self) -> int:
        """Every form answers all nine questions."""
        return self.answered(0)

    def mean(self, question: int) -> Fraction | None:
        """The mean score of a question; None where nobody answered."""
        answered = self.answered(question)
        total = sum(score * self.counts.get((question, score), 0) for score in SCORES)
        return Fraction(total, answered) if answered else None

    @property
    def index(self) -> Fraction | None:
        """The IKM: the mean of the nine means × 25, exact; None where nobody answered."""
        means = [self.mean(question) for question in range(len(QUESTIONS))]
        known = [mean for mean in means if mean is not None]
        return sum(known, Fraction(0)) / len(known) * 25 if known else None


def rounded(value: Fraction, digits: int = 2) -> Fraction:
    """To so many digits, half up, as the published tables do it."""
    scale = 10**digits
    return Fraction(floor(value * scale + Fraction(1, 2)), scale)


def grade(index: Fraction) -> tuple[str, str]:
    """Letter and words of an index; the bounds are those of the index rounded to two digits."""
    shown = rounded(index)
    return next(((letter, words) for least, letter, words in GRADES if shown >= least), GRADES[-1][1:])
