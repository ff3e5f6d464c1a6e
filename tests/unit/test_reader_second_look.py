"""What the engine misses at first sight of a page: words that it skips, strokes that it does not know, digits."""

from PIL import Image, ImageDraw, ImageFont

from lockdesk.desk.values.facts import Word
from lockdesk.reader.drawing.strokes import underscores_in
from lockdesk.reader.ocr import recognition
from lockdesk.reader.ocr.pieces import Page
from lockdesk.reader.ocr.rereading import read_again
from lockdesk.reader.ocr.seconding import with_second_opinion
from lockdesk.reader.ocr.wholelines import with_lost_words
from lockdesk.resource import resource

SIZE = (2480, 400)
FACE = ImageFont.truetype(str(resource("fonts/IBMPlexSans-Regular.ttf")), 42)
LEFT, TOP = 300, 150


class Line:
    """A drawn line of text; `first` is what a first reading may have made of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.picture = Image.new("L", SIZE, 255)
        self.pen = ImageDraw.Draw(self.picture)
        self.pen.text((LEFT, TOP), text, fill=20, font=FACE)

    def first(self, *words: str, confidence: float = 95.0) -> list[Word]:
        """Words read of the line, each where it stands; "seen=read" where it was read otherwise."""
        found = []
        for word in words:
            seen, _, read = word.partition("=")
            at = LEFT + FACE.getlength(self.text[: self.text.index(seen)])
            left, top, right, bottom = self.pen.textbbox((at, TOP), seen, font=FACE)
            box = (left / SIZE[0], top / SIZE[1], right / SIZE[0], bottom / SIZE[1])
            found.append(Word(0, read or seen, *box, confidence))
        return found

    @property
    def page(self) -> Page:
        return recognition.page_of(self.picture)


def said(words: list[Word]) -> str:
    return " ".join(word.text for word in sorted(words, key=lambda word: word.left))


def least(words: list[Word]) -> float:
    return min(word.confidence for word in words)


def test_an_address_keeps_its_underscore() -> None:
    line = Line("nur_khasanah@contoh.pekalongankota.go.id")
    words = read_again(line.page, line.first("nur", "khasanah@contoh.pekalongankota.go.id"))
    assert said(words) == line.text and least(words) >= 80


def test_capitals_do_not_put_an_address_in_doubt_but_another_letter_does() -> None:
    line = Line("christina.endah@contoh.id")
    whole = line.text
    assert least(read_again(line.page, line.first(f"{whole}=Christina.endah@contoh.id"))) >= 80
    assert least(read_again(line.page, line.first(f"{whole}=christina.endan@contoh.id"))) < 80


def test_an_underscore_is_none_of_the_strokes_under_a_link() -> None:
    line = Line("nur khasanah@contoh.id dan nur_aini@contoh.id")
    box = line.pen.textbbox((LEFT, TOP), line.text, font=FACE)
    line.pen.line((LEFT, box[3] - 4, LEFT + FACE.getlength("nur khasanah@contoh.id"), box[3] - 4), fill=20, width=3)
    (left, _top, right, _bottom), *more = underscores_in(line.picture, tuple(map(round, box)))  # type: ignore[arg-type]
    at = LEFT + FACE.getlength("nur khasanah@contoh.id dan nur")
    assert not more and at - 8 < left < right < at + FACE.getlength("_") + 8


def test_a_letter_that_is_no_hex_digit_is_the_digit_it_looks_like() -> None:
    line = Line("2411 0B40 AC85 5B42 C526 D7AA")
    words = read_again(line.page, line.first("2411", "0B40=OB40", "AC85", "5B42", "C526", "D7AA"))
    assert said(words) == line.text and least(words) >= 80


def test_groups_that_were_lost_within_a_serial_are_found() -> None:
    line = Line("19:E3:E0:70:F5:03:9A:EC:C4:59:DB:D9:3A:CA")
    words = read_again(line.page, line.first("19:E3:E0:70:F5:", "9A:EC:C4:59:DB:D9:3A:CA"))
    assert said(words) == line.text and least(words) >= 80


def test_a_wrong_digit_of_a_serial_stays_doubted() -> None:
    line = Line("64979acd8423acd42d062cdef9eb4256")
    words = read_again(line.page, line.first(f"{line.text}=64979acd8423acd420062cdef9eb4256"))
    assert said(words) == line.text or least(words) < 80


def test_the_edge_of_a_cell_is_no_digit() -> None:
    line = Line("199408252017022016")
    line.pen.rectangle((LEFT - 8, TOP - 40, 2000, TOP + 90), outline=20, width=3)
    words = read_again(line.page, line.first(line.text, confidence=70.0))
    assert said(words) == line.text and least(words) >= 80


def test_a_word_that_was_skipped_within_a_line_is_found() -> None:
    line = Line("Operator Sistem Informasi Administrasi Kependudukan Terampil")
    words = with_lost_words(line.page, line.first("Operator", "Sistem", "Informasi", "Kependudukan", "Terampil"))
    assert said(words) == line.text


def test_a_digit_that_was_cut_off_a_date_is_found() -> None:
    line = Line("Pekalongan, 13 November 2026")
    words = with_lost_words(line.page, line.first("Pekalongan,", "3", "November", "2026"))
    assert said(words) == line.text


def test_a_digit_beside_which_something_stands_that_nobody_can_read_is_doubted() -> None:
    line = Line("Pekalongan, 13 November 2026")
    at = LEFT + FACE.getlength("Pekalongan, ")
    line.pen.ellipse((at - 24, TOP - 4, at + 24, TOP + 56), outline=60, width=7)
    words = with_lost_words(line.page, line.first("Pekalongan,", "3", "November", "2026"))
    assert "13" in said(words).split() or least([word for word in words if word.text == "3"]) < 80


def test_a_title_and_a_sure_word_come_out_as_two_more_readings_have_them() -> None:
    line = Line("Prabowo Adi Nugraha, S.Kom.")
    words = with_lost_words(line.page, line.first("Prabowo", "Adi", "Nugraha,", "Kom.=Kom"))
    assert said(words) == line.text
    low = line.first("Prabowo", "Adi", "Nugraha,") + line.first("S.Kom.", confidence=77.0)
    assert least(with_lost_words(line.page, low)) >= 80


class Told(Page):
    """Says what two lists say instead of reading."""

    def text(self, _line: Image.Image, _scale: float, letters: str = "", seconding: bool = False) -> str:
        del letters
        return str((self.second if seconding else self.engine).pop(0))


def told(line: Line, own: list[str], seconds: list[str]) -> list[Word]:
    return read_again(Told(own, seconds, line.picture), line.first(*line.text.split()))


def erring(text: str, places: list[int], letter: str = "0") -> list[str]:
    return [text[:place] + letter + text[place + 1 :] for place in places]


def test_a_number_is_sure_though_every_reading_errs_somewhere_else() -> None:
    line = Line("2411 7B48 AC85 5B42")
    one, other = [5, 6, 7, 8, 10, 11], [12, 13, 15, 16, 17, 18]
    assert least(told(line, erring(line.text, one), erring(line.text, other))) >= 80
    words = told(line, erring(line.text, one), [f"{line.text[:-5]} 5342"] * 6)
    assert least(words) < 80, "a digit that the second engine never sees"


def test_a_group_of_a_number_is_no_word_to_be_doubted_by_its_letters() -> None:
    line = Line("E9DCEA6E Sekar")
    first, second = line.first("E9DCEA6E", "Sekar"), line.first("E9DCEA6E=E9DCEAGE", "Sekar=Sekat")
    found = {word.text: word.confidence for word in with_second_opinion(first, second)}
    assert found["E9DCEA6E"] >= 80 > found["Sekar"]
