"""The desk's Reader: every document is opened in a child of its own, which is gone afterwards."""

import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import TypeVar, cast

from lockdesk.desk.ports import MAIL_SUFFIXES, NamedBytes, Progress, Trust, unheard
from lockdesk.desk.values.facts import (
    Attachment,
    AttachmentKind,
    Line,
    MailFacts,
    PagePixels,
    ReadFiles,
    RequestFacts,
    ScanProgress,
    SheetFacts,
    SheetProblem,
    SignatureFacts,
    StatementFacts,
    StatementProblem,
)
from lockdesk.desk.values.mail import Bounce
from lockdesk.errors import LockdeskError
from lockdesk.pki.values import CsrReading
from lockdesk.reader.cage.jobs import BLANK_PDF, NEEDS, PATIENT, Order, Ready
from lockdesk.reader.cage.lines import MOST_PIXELS, NOTHING, ChildLine, ChildSource, NoCage, cannot_start
from lockdesk.reader.cage.probes import unproved
from lockdesk.reader.cage.walls import CPU_SECONDS, MEMORY_BYTES, PATIENCE, WALL_SECONDS
from lockdesk.reader.cage.wire import WireError, frame, read_frame, unpack
from lockdesk.reader.documents.scans import UNREAD_PAGE, ScannedPage
from lockdesk.reader.files.bounce import MOST_BYTES as BOUNCE_BYTES
from lockdesk.reader.files.enclosed import MOST_ENCLOSED, enclosed, job_of, may_enclose, with_unopened
from lockdesk.reader.files.kinds import MOST_ATTACHMENT, clean_name, is_heif
from lockdesk.reader.files.mail import MOST_BYTES
from lockdesk.reader.files.msg import COMPOUND
from lockdesk.reader.files.opening import OpenedFile
from lockdesk.reader.files.sheet import PackedSheet, unpacked
from lockdesk.reader.parting import is_scan, may_be_of_several, parted
from lockdesk.reader.request import Papers, assemble, letter_candidates, pages_of_one, unread, withhold_burnt

_WALLS = "AppContainer" if sys.platform == "win32" else "libseccomp"

if sys.platform == "linux":
    from lockdesk.reader.cage.lines import Template as ChildMaker
elif sys.platform == "win32":
    from lockdesk.reader.cage.pipes import Spares as ChildMaker
else:
    ChildMaker = NoCage

T = TypeVar("T")
_MOST_HEAD = 256 * 1024


class _Lost(Exception):
    """The child gave no usable answer; `problem` says whether it was too slow."""

    def __init__(self, problem: StatementProblem, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail


class SealedReader:
    """Opens untrusted bytes in sealed children. Thread-safe; close it when the program ends."""

    def __init__(
        self,
        trust: Callable[[], Trust] | None = None,
        deadline_seconds: float = WALL_SECONDS,
        unsealed: Callable[[], bool] = lambda: False,
    ) -> None:
        """`trust` tells whose signatures count; without it nobody's do. `unsealed` says whether the risk was accepted
        that a process apart reads without proven walls, where Windows gives none."""
        self._trust = trust or _nobody
        self._seconds = deadline_seconds
        self._unsealed = unsealed
        self._children: ChildSource = ChildMaker(unsealed)

    def warm(self) -> None:
        """Begins what the first document would wait for."""
        self._children.warm()

    def __enter__(self) -> "SealedReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the reading process."""
        self._children.close()

    def read_request(self, files: Sequence[NamedBytes]) -> RequestFacts:
        """Reads files that form one request. Raises Unreachable only when there is no cage."""
        return assemble(self._papers(files))

    def read_requests(self, files: Sequence[NamedBytes]) -> ReadFiles:
        """The same, with the requests of several people apart. Of scans that may be letters of several people the first
        page is read, to know whose they are; what they say is read later, as of any scan."""
        papers = self._papers(files)
        asked = may_be_of_several(papers)
        said = [self._first_page(item, facts) if asked else facts for item, facts in papers.letters]
        requests = parted(papers, said)
        parts, names = tuple(facts for _name, facts in requests), tuple(name for name, _facts in requests)
        return ReadFiles(assemble(papers), parts, names)

    def _papers(self, files: Sequence[NamedBytes]) -> Papers:
        mail: MailFacts | None = None
        parts: list[Attachment] = []
        readings: list[CsrReading | None] = []
        for named in files:
            opened = self._open(named, only=len(files) == 1)
            if opened.mail is not None and mail is not None:
                opened = OpenedFile(None, (_kept(named, AttachmentKind.MAIL),), (None,))
            if opened.mail is not None:
                opened = self._with_enclosed(opened)
            mail = mail or opened.mail
            parts.extend(opened.files)
            readings.extend(opened.readings)
        candidates = letter_candidates(parts)
        one = self._bound(pages_of_one(parts))
        if one is not None:
            parts.append(one)
            readings.append(None)
            candidates = [one, *(item for item in candidates if item.kind is not AttachmentKind.IMAGE)]
        letters = [(item, unread(item) or self._statement(item)) for item in candidates]
        return withhold_burnt(Papers(mail, parts, readings, letters))

    def _bound(self, pictures: Sequence[Attachment]) -> Attachment | None:
        """Pictures of the pages of one letter as one paper; each of them is kept as it came besides."""
        contents = tuple(item.content for item in pictures if item.content is not None)
        pdf = self._as_pages(contents) if contents else None
        if pdf is None:
            return None
        name = f"surat dari {len(contents)} gambar.pdf"
        return Attachment(name, AttachmentKind.PDF, len(pdf), hashlib.sha256(pdf).hexdigest(), pdf)

    def _as_pages(self, pictures: tuple[bytes, ...]) -> bytes | None:
        """Pictures as the pages of a PDF; None where one of them cannot be opened."""
        job = "bind_heif" if any(map(is_heif, pictures)) else "bind"
        try:
            return self._ask(tuple[bytes], Order(job, pictures=pictures), b"")[0]
        except _Lost:
            return None

    def _paged(self, content: bytes) -> bytes:
        """A letter's content; a telephone's picture as a page: its decoder gets a cage of its own."""
        return (self._as_pages((content,)) or content) if is_heif(content) else content

    def _first_page(self, item: Attachment, facts: StatementFacts) -> StatementFacts:
        """What the first page of a scan says; what is known already of any other paper, and where it cannot be read."""
        if not is_scan(facts) or item.content is None:
            return facts
        try:
            page = self._ask(ScannedPage, Order("scan"), self._paged(item.content))
            return self._ask(StatementFacts, Order("scanned", pages=(page,), whole=facts.pages == 1), b"")
        except _Lost:
            return facts

    def read_bounce(self, mail: bytes) -> Bounce | None:
        """What a delivery status notification says of one of our messages; what cannot be read says nothing."""
        try:
            return next(iter(self._ask(tuple[Bounce, ...], Order("bounce"), mail[:BOUNCE_BYTES])), None)
        except _Lost:
            return None

    def read_certificates(self, files: Sequence[NamedBytes]) -> tuple[bytes, ...]:
        """The certificates (DER) in files; what cannot be read holds none."""
        found: list[bytes] = []
        for named in files:
            if len(named.content) <= MOST_BYTES:
                with suppress(_Lost):
                    found += self._ask(tuple[bytes, ...], Order("certificates"), named.content)
        return tuple(dict.fromkeys(found))

    def read_scan(self, pdf: bytes, report: Progress = unheard) -> StatementFacts:
        """Reads a scanned letter by OCR; seconds. `ocr` is False when nothing was read.

        One child a page: each has the whole time to itself, and one that is lost takes no other page along.
        """
        pdf = self._paged(pdf)
        facts = self._statement(Attachment("", AttachmentKind.PDF, len(pdf), "", pdf))
        if facts.problem is not StatementProblem.NONE:
            return facts
        read, pages = facts, list[ScannedPage]()
        for number in range(facts.scanned_pages):
            if pages:
                report(ScanProgress(number + 1, facts.scanned_pages), read)
            try:
                pages.append(self._ask(ScannedPage, Order("scan", page=number), pdf))
            except _Lost as lost:
                pages.append(UNREAD_PAGE)
                facts = replace(facts, unread=(*facts.unread, number), detail=lost.detail)
            read = self._with_pages(facts, tuple(pages))
        return read

    def _with_pages(self, facts: StatementFacts, pages: tuple[ScannedPage, ...]) -> StatementFacts:
        """The facts of a scan with what its pages so far say together."""
        whole = len(pages) == facts.pages and not facts.unread
        try:
            read = self._ask(StatementFacts, Order("scanned", pages=pages, whole=whole), b"")
        except _Lost as lost:
            return replace(facts, detail=lost.detail)
        if not (read.has_text or read.risks):
            return facts
        return replace(
            read, pages=facts.pages, risks=(*facts.risks, *read.risks), signature_fields=facts.signature_fields,
            detail=facts.detail, picture=facts.picture, signatures=facts.signatures, unread=facts.unread,
        )  # fmt: skip

    def read_sheet(self, content: bytes) -> SheetFacts:
        """The rows of a spreadsheet; one that takes too long is too large."""
        try:
            return unpacked(self._ask(PackedSheet, Order("sheet"), content))
        except _Lost as lost:
            slow = lost.problem is StatementProblem.TIMED_OUT
            return SheetFacts(SheetProblem.TOO_LARGE if slow else SheetProblem.UNREADABLE)

    def ocr_trouble(self) -> str:
        """Why scans cannot be read on this machine; "" when they can, tried on a blank page."""
        try:
            self._ask(ScannedPage, Order("scan"), BLANK_PDF)
        except _Lost as lost:
            return lost.detail
        return ""

    def render(self, pdf: bytes, page: int, width: int) -> PagePixels | None:
        """Page `page` (from 0) at `width` pixels, clamped to 4000; None when it cannot be rendered."""
        try:
            return self._ask(PagePixels, Order("render", page=page, width=width), self._paged(pdf))
        except _Lost:
            return None

    def lines(self, pdf: bytes) -> tuple[Line, ...]:
        """The lines of a PDF's own text with their places; none where there is none or it cannot be opened."""
        try:
            return self._ask(tuple[Line, ...], Order("lines"), pdf)
        except _Lost:
            return ()

    def cage(self) -> Mapping[str, str]:
        """What holds the children on this machine, by asking one to break out."""
        limits = f"{MEMORY_BYTES >> 20} MiB, {CPU_SECONDS} s CPU, {WALL_SECONDS} s, 0 byte"
        try:
            tried = dict(self._ask(tuple[tuple[str, str], ...], Order("probe"), b""))
        except (LockdeskError, _Lost) as error:
            return {"walls": "", "limits": limits, "detail": error.detail}
        missing = ", ".join(unproved(tried)) if sys.platform == "win32" else ""
        known = {"walls": "" if missing else _WALLS, "limits": limits, "detail": missing}
        return known | {f"probe.{name}": answer for name, answer in tried.items()}

    # ── inside ───────────────────────────────────────────────────────────────────────────────

    def _open(self, named: NamedBytes, only: bool) -> OpenedFile:
        """One file in a child of its own; what is too large goes there only in part, or not at all."""
        as_mail = only and named.name.lower().endswith(MAIL_SUFFIXES)
        content = named.content
        if len(content) > MOST_BYTES:
            if not as_mail:
                kind = AttachmentKind.PDF if content[:5] == b"%PDF-" else AttachmentKind.OTHER
                return OpenedFile(None, (_kept(named, kind),), (None,))
            content = content[:_MOST_HEAD]
        try:
            job = "compound" if content.startswith(COMPOUND) else "open"
            opened = self._ask(OpenedFile, Order(job, clean_name(named.name, "berkas"), as_mail), content)
        except _Lost as lost:
            defect = "timed_out" if lost.problem is StatementProblem.TIMED_OUT else "damaged"
            mail = MailFacts(None, defects=(defect,)) if as_mail else None
            return OpenedFile(mail, (_kept(named, AttachmentKind.OTHER),), (None,))
        if len(content) < len(named.content):
            return _too_large(named, opened)
        return opened

    def _with_enclosed(self, opened: OpenedFile) -> OpenedFile:
        """A mail with the papers of the mails inside it, opened one layer down, each in a child of its own."""
        for item in [item for item in opened.files if may_enclose(item)][:MOST_ENCLOSED]:
            try:
                job = job_of(item)
                inner = self._ask(OpenedFile, Order(job, item.name, job == "open"), item.content or b"")
            except _Lost:
                inner = OpenedFile(None, (), ())
            opened = enclosed(opened, item, inner)
        return with_unopened(opened)

    def _statement(self, item: Attachment) -> StatementFacts:
        content = self._paged(item.content or b"")
        try:
            facts = self._ask(StatementFacts, Order("statement"), content)
        except _Lost as lost:
            return StatementFacts(lost.problem, detail=lost.detail)
        return self._with_signatures(facts, content)

    def _with_signatures(self, facts: StatementFacts, content: bytes) -> StatementFacts:
        """The same with its electronic signatures judged, in a child of their own."""
        if not facts.signature_fields or facts.problem is not StatementProblem.NONE:
            return facts
        try:
            signatures = self._ask(tuple[SignatureFacts, ...], Order("signatures", trust=self._trust()), content)
            return replace(facts, signatures=signatures)
        except _Lost:
            return facts

    def _ask(self, kind: type[T], order: Order, content: bytes) -> T:
        """One order to one new child. Raises _Lost, or Unreachable when no child gets into its cage."""
        line = self._caged_child(order.job == "render", NEEDS.get(order.job, NOTHING))
        seconds = self._seconds * (PATIENCE if order.job in PATIENT else 1)
        try:
            line.extend(seconds)
            for piece in frame(order, [content]):
                line.write(piece)
            answer = read_frame(line.read)
            if answer.failed:
                raise _Lost(StatementProblem.DAMAGED, unpack(str, answer)[:100])
            value = unpack(kind, answer)
            return cast(T, _painted(value, line)) if isinstance(value, PagePixels) else value
        except TimeoutError as error:
            raise _Lost(StatementProblem.TIMED_OUT, f"{seconds:g} s") from error
        except (EOFError, OSError) as error:
            raise _Lost(StatementProblem.DAMAGED, "the reading process ended") from error
        except WireError as error:
            raise _Lost(StatementProblem.DAMAGED, str(error)[:100]) from error
        finally:
            line.close()

    def _caged_child(self, canvas: bool, need: bytes) -> ChildLine:
        """A child that has said that its cage is closed. A child or template that died is replaced, twice."""
        trouble = ""
        for _attempt in range(3):
            line = self._children.take(canvas, need)
            try:
                said = unpack(Ready, read_frame(line.read))
            except (EOFError, OSError, WireError) as error:
                line.close()
                self._children.restart(hangs=isinstance(error, TimeoutError))
                trouble = f"{type(error).__name__}: {error}"
                continue
            if said.ready or self._unsealed():
                return line
            line.close()
            raise cannot_start(said.detail)
        raise cannot_start(trouble)


def _nobody() -> Trust:
    return Trust((), (), datetime.now(UTC))


def _painted(page: PagePixels, line: ChildLine) -> PagePixels:
    """The page with its pixels, taken from the memory shared with the child. Raises WireError for an impossible one."""
    size = page.stride * page.height
    if not 0 < size <= MOST_PIXELS or page.width * 4 > page.stride:
        raise WireError("no page")
    shared = line.pixels(size)
    if len(page.pixels) != (size if shared is None else 0):
        raise WireError("no page")
    return page if shared is None else replace(page, pixels=shared)


def _kept(named: NamedBytes, kind: AttachmentKind) -> Attachment:
    """A file that was not opened: its size and digest, never its content (it may hold a key)."""
    digest = hashlib.sha256(named.content).hexdigest()
    why = "large" if len(named.content) > MOST_BYTES else "unread"
    return Attachment(clean_name(named.name, "berkas"), kind, len(named.content), digest, None, "", why)


def _too_large(named: NamedBytes, opened: OpenedFile) -> OpenedFile:
    """A mail of which only the headers were read: nothing of its rest is believed."""
    if opened.mail is None:
        return OpenedFile(None, (_kept(named, AttachmentKind.MAIL),), (None,))
    mail = replace(opened.mail, text="", attachments=(), defects=("too_large",))
    return OpenedFile(mail, (_kept(named, AttachmentKind.MAIL),), (None,))


__all__ = ["MOST_ATTACHMENT", "SealedReader"]
