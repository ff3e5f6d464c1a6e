"""What a print sheet is opened with, and what is remembered from one print to the next."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from lockdesk.desk.prints.documents import DocumentSpec
from lockdesk.desk.values.sheets import EarlierPrint, PaperSize
from lockdesk.records import dataclass

MEMORY = "printing"
"""What the profile keeps it under, beside half-typed forms: no record, so no journal entry."""


@dataclass(frozen=True, slots=True)
class PrintMemory:
    """The printer used last, and each document's last paper by its kind."""

    printer: str = ""
    papers: Mapping[str, str] = field(default_factory=dict)

    def paper(self, spec: DocumentSpec) -> PaperSize:
        last = self.papers.get(spec.kind, "")
        return PaperSize(last) if last in set(PaperSize) else spec.paper

    def among(self, printers: Sequence[str]) -> str:
        """Where a print goes that nobody is asked about: the printer used last, before any was used the first of these;
        "" where it is not there now, since another one may stand among strangers."""
        wanted = self.printer or next(iter(printers), "")
        return wanted if wanted in printers else ""

    def after(self, printer: str, kind: str, paper: PaperSize) -> "PrintMemory":
        return replace(self, printer=printer or self.printer, papers={**self.papers, kind: paper.value})

    def text(self) -> str:
        return json.dumps(asdict(self))


def memory_of(text: str) -> PrintMemory:
    """What `PrintMemory.text` gave; nothing for anything else."""
    try:
        raw: Any = json.loads(text or "{}")
        return PrintMemory(str(raw.get("printer", "")), {str(kind): str(size) for kind, size in raw["papers"].items()})
    except (ValueError, KeyError, AttributeError):
        return PrintMemory()


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be printed about a subject: documents, the proposed one first, and prints that are kept."""

    subject: Any
    """An id, or what else the documents are made from."""
    number: str
    """What a file of it is called."""
    title: str
    documents: tuple[DocumentSpec, ...]
    earlier: tuple[EarlierPrint, ...]
    memory: PrintMemory
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is chosen: a document to be made, or a print that is kept."""

    kind: str
    subject: Any
    number: str
    paper: PaperSize
    earlier: EarlierPrint | None = None
