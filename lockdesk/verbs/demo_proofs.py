"""What proves the 14 components of the standard of service and the parts of the program."""

import re
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from lockdesk.core.cases import CaseState
from lockdesk.core.messages import GONE
from lockdesk.desk.desk import Desk
from lockdesk.desk.reports.words import share_words
from lockdesk.desk.requests.kept_csr import key_of
from lockdesk.desk.values.cases import CaseView
from lockdesk.pki.revocation import read_crl
from lockdesk.verbs.demo_report import Proof, Report
from lockdesk.words import _, date_words, moment_words

_UNPROVEN = frozenset({1, 8, 12, 13})
"""Components that demand nothing, and what the office states of itself: nothing in a program proves them."""


def export_certificates(desk: Desk, cases: Sequence[CaseView], folder: Path, report: Report) -> None:
    """The new certificates, the CA's own and its CRL; checks that every old serial stands in the CRL."""
    target = folder / "certificates"
    chain = desk.gateway.issuer_chain()
    (target / "ca.pem").write_bytes(_pem(chain[0]))
    crl = desk.gateway.signed_status(0)[0].der  # the training CA's list speaks of every serial
    (target / "ca.crl").write_bytes(x509.load_der_x509_crl(crl).public_bytes(Encoding.PEM))
    revoked = read_crl(crl, chain[0], desk.clock.now())
    for case in cases:
        new, old = case.new_certificate, case.old_certificate
        if new is None or old is None:
            continue
        (target / f"{case.number}.pem").write_bytes(_pem(new.der))
        entry = revoked.entry_for(old.facts.serial)
        expected = _("dalam CRL, alasan {reason}").format(reason="keyCompromise" if case.compromised else "superseded")
        actual = _("dalam CRL, alasan {reason}").format(reason=entry.reason) if entry else _("tidak dalam CRL")
        report.add(_("{no}: seri lama").format(no=case.number), expected, actual)
        issued = len(desk.gateway.find_by_key(key_of(case)))
        one = _("tepat satu")
        report.add(_("{no}: sertifikat baru").format(no=case.number), one, one if issued == 1 else str(issued))


def _pem(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def component_proofs(desk: Desk, cases: Sequence[CaseView], folder: Path) -> list[Proof]:
    """Each component of the standard with what in this run proves it: the cases, the journal, and the prints as they
    lie in the folder."""
    office, settings = desk.settings().office, desk.settings()
    done = [case for case in cases if case.state is CaseState.COMPLETED]
    rejected = [case for case in cases if case.state is CaseState.REJECTED]
    on_time = [case for case in done if case.closed_at and case.due_at and case.closed_at <= case.due_at]
    complaints = desk.reading.complaint_page("resolved").rows
    again = [case for case in cases if case.previous]
    first = done[0] if done else None
    quarter = desk.evaluation.this_quarter()
    figures = desk.evaluation.report(quarter).now.figures
    whole = desk.casebook.verify_journal()
    actors = sorted({line.actor for case in cases for line in case.history} & {item.name for item in settings.officers})
    content = {item.number: item.lines for item in office.components}
    stated = _("pernyataan kantor dalam standar per {day}, tanpa bukti program").format(
        day=date_words(desk.office.today())
    )
    proofs = {
        1: _("tidak ada persyaratan (–); yang diperiksa: daftar periksa {n} butir").format(n=len(office.checklist)),
        2: _("{done} selesai, {rejected} dikembalikan, {again} permohonan ulang tertaut").format(
            done=len(done), rejected=len(rejected), again=len(again)
        ),
        3: _("{n} dari {total} tepat waktu; contoh batas: {due}").format(
            n=len(on_time),
            total=len(done),
            due=moment_words(first.due_at, office.zone) if first and first.due_at else "–",
        ),
        4: _on_every_receipt(folder, content[4][0]),
        5: _("sertifikat baru: {n}").format(n=sum(1 for case in done if case.new_certificate)),
        6: _("pengaduan {numbers} diteruskan dan selesai").format(numbers=", ".join(row.number for row in complaints))
        if complaints
        else "",
        7: _on_the_standard(folder, content[7]),
        8: _("tidak ada persyaratan (–)"),
        9: _on_the_standard(folder, content[9]),
        10: _("{position}: {n} catatan rekam jejak diperiksa dan utuh").format(
            position=office.supervisor_position, n=whole.chain.count
        )
        if whole.whole
        else "",
        11: _("semua langkah oleh {n} orang: {names}").format(n=len(actors), names=", ".join(actors))
        if len(actors) == 1
        else "",
        12: stated,
        13: stated,
        14: _("laporan {quarter} tercetak: {received} permohonan, {on_time} tepat waktu").format(
            quarter=quarter.words,
            received=len(figures["received"].members),
            on_time=share_words(figures["on_time"].value),
        ),
    }
    return [
        Proof(f"{item.number}. {item.title}", proofs[item.number], item.number not in _UNPROVEN)
        for item in office.components
    ]


def _on_every_receipt(folder: Path, words: str) -> str:
    """How many receipts were printed with the words, "" unless all were."""
    receipts = [_printed(path) for path in sorted((folder / "prints").glob("*-receipt-*.pdf"))]
    with_words = sum(_plain(words) in text for text in receipts)
    told = _("“{words}” terbaca pada {n} tanda terima yang tercetak").format(words=words, n=with_words)
    return told if receipts and with_words == len(receipts) else ""


def _on_the_standard(folder: Path, lines: Sequence[str]) -> str:
    """How many lines of a component stand on the printed standard of service, "" unless all do."""
    found = [_printed(path) for path in (folder / "prints").glob("standar-pelayanan-*.pdf")]
    told = _("{n} butir terbaca pada standar pelayanan yang tercetak").format(n=len(lines))
    return told if found and all(_plain(line) in text for line in lines for text in found) else ""


def _printed(path: Path) -> str:
    """The text of a print, without what only breaks its lines."""
    with pypdfium2.PdfDocument(path) as document:
        return _plain(" ".join(page.get_textpage().get_text_bounded() for page in document))


def _plain(text: str) -> str:
    return re.sub(r"[\s\xad\ufffe]+", "", text)


def part_proofs(desk: Desk, cases: Sequence[CaseView], folder: Path) -> list[Proof]:
    """The parts of the program, each with its proof or nothing."""
    shots = len(list((folder / "screenshots").glob("*.png")))
    prints = len(list((folder / "prints").glob("*.pdf")))
    issued = sum(1 for case in cases if case.new_certificate)
    messages = sum(item.state in GONE for case in cases for item in case.messages)
    register = desk.reading.register_page().total
    resolved = len(desk.reading.complaint_page("resolved").rows)
    # What the crashed process had asked for was found by asking the CA, which the journal tells.
    settled = any(line.kind == "operation.found_done" for case in cases for line in case.history)
    return [
        Proof(_("Jendela"), _("{n} layar").format(n=shots) if shots else ""),
        Proof(_("Penerimaan dan pemeriksaan"), _("{n} permohonan").format(n=len(cases))),
        Proof(_("Data kepegawaian"), _("{n} orang").format(n=register) if register else ""),
        Proof(_("CA pelatihan"), _("{n} sertifikat terbit").format(n=issued) if issued else ""),
        Proof(_("Niat, panggilan, hasil"), _("satu penghentian paksa diselesaikan") if settled else ""),
        Proof(_("Cetakan"), _("{n} PDF").format(n=prints) if prints else ""),
        Proof(_("Pos simulasi"), _("{n} pesan di kotak surat simulasi").format(n=messages) if messages else ""),
        Proof(_("Pengaduan"), _("{n} di loket, diteruskan, selesai").format(n=resolved) if resolved else ""),
        Proof(_("Rekam jejak"), _("{n} catatan").format(n=desk.casebook.head().count)),
    ]
