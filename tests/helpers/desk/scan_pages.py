"""A request whose letter is a scan of three pages, received and read page by page."""

from collections.abc import Callable
from functools import cache

from lockdesk.core.findings import Verdict
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.cases import CaseView, IntakeChannel
from lockdesk.reader.sealed import SealedReader
from tests.helpers.papers.letter_layouts import Scanner, Writer, in_three_pages, scan
from tests.helpers.papers.samples import sample

YOHANES = Writer(
    "dr. Yohanes Contohkan, Sp.PD", "3375993011780003", "19781130 200604 1 003", "Kepala Bidang Contoh", "RSUD Contoh",
    "yohanes.contohkan@contoh.pekalongankota.go.id", "0812-0000-0003",
    "59:B6:94:91:A4:A9:AE:AF:85:29:2A:6A:02:86:E0:D7",
)  # fmt: skip


@cache
def files() -> tuple[NamedBytes, ...]:
    """The third sample's CSR with a letter of three pages that names its key."""
    with SealedReader() as reader:
        facts = reader.read_request([NamedBytes("03.eml", sample("03"))])
    assert facts.csr_file is not None and facts.csr_file.content is not None and facts.csr.facts is not None
    letter = in_three_pages(YOHANES, facts.csr.facts.key.sha256[-8:])
    return NamedBytes("surat.pdf", scan(letter, Scanner(turn=0.6))), NamedBytes("a.csr", facts.csr_file.content)


def receive(desk: Desk) -> int:
    return desk.intake.receive(files(), IntakeChannel.FILES).case_id


def verdicts(case: CaseView) -> dict[str, Verdict]:
    return {finding.check: finding.verdict for finding in case.findings}


def read(desk: Desk, case_id: int, look: Callable[[CaseView], None] = lambda _case: None) -> list[CaseView]:
    """Reads the scan; gives the case as it was told after each page, and calls `look` with it."""
    told: list[CaseView] = []

    def report(case: CaseView) -> None:
        told.append(case)
        look(case)

    assert desk.review.read_scan(case_id, report)
    return told
