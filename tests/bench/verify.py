"""How long the verification takes: all checks of a request, and the look-up of a key among very many."""

import io
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.findings import Verdict
from lockdesk.desk.checks.all import run_checks
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.gathering import Gathering, applicant_from
from lockdesk.reader.sealed import SealedReader
from tests.bench.bulk import fill
from tests.bench.figures import Figure, figure, timed
from tests.bench.filled import opened
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.papers.letter_layouts import PEOPLE, two_pages

RUNS = 200
LOOKUPS = 2_000
CHOOSING_SECONDS = 0.4
SMALL, LARGE = 1_000, 1_000_000
Order = tuple[NamedBytes, bytes, bytes]


def request_of_two_pages() -> Order:
    """A mail with a born-digital letter of two pages and a CSR on an RSA key of 3072 bits."""
    who, buffer = PEOPLE[3], io.BytesIO()
    page = Canvas(buffer, pagesize=A4, invariant=1)
    two_pages(page, who)
    page.save()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, who.name)])
    builder = x509.CertificateSigningRequestBuilder().subject_name(name)
    csr = builder.sign(make.rsa_key(3072), hashes.SHA256()).public_bytes(Encoding.PEM)
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = f"{who.name.partition(',')[0]} <{who.email}>"
    mail["Date"] = "Mon, 23 Nov 2026 07:50:00 +0700"
    mail.set_content("Terlampir.")
    mail.add_attachment(buffer.getvalue(), maintype="application", subtype="pdf", filename="surat.pdf")
    mail.add_attachment(csr, maintype="application", subtype="pkcs10", filename="kunci.csr")
    return NamedBytes("surat.eml", mail.as_bytes()), buffer.getvalue(), csr


def libraries_only(raw: bytes, pdf: bytes, csr: bytes) -> None:
    """What the libraries alone need for the same documents, in this process and without a cage."""
    import badkeys.checks as badkeys
    import pikepdf
    import pypdfium2

    message = message_from_bytes(raw, policy=policy.default)
    assert [part.get_payload(decode=True) for part in message.walk()]
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        assert [text.get_charbox(index) for index in range(text.count_chars())]
    document.close()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert [str(item)[:1] for item in opened.objects]
    request = x509.load_pem_x509_csr(csr)
    assert request.is_signature_valid
    numbers = make.rsa_key(3072).public_key().public_numbers()
    assert not badkeys.checkrsa(numbers.n, e=numbers.e, checks=("roca", "fermat", "smallfactors", "sharedprimes"))


def all_checks(profile: OpenProfile) -> list[Figure]:
    """From the chosen files to every finding: sealed children, casebook, CA and checks together.

    Before each turn the desk rests for as long as an officer takes to choose the next case. Our own part is what
    a run takes over the libraries' time measured right beside it, before or after in turns.
    """
    named, pdf, csr = request_of_two_pages()
    desk = profile.desk
    gathering = Gathering(profile.casebook, desk.office, lambda: desk.gateway)
    with SealedReader(desk.office.trust) as reader:

        def own() -> None:
            facts = reader.read_request([named])
            found = run_checks(gathering.evidence(facts, applicant_from(facts), desk.clock.now(), None))
            assert any(item.check == "csr.weak_key" and item.verdict is Verdict.PASS for item in found)

        def libraries() -> None:
            libraries_only(named.content, pdf, csr)

        own()
        libraries()
        whole: list[float] = []
        bound: list[float] = []
        for run in range(RUNS // 2):
            time.sleep(CHOOSING_SECONDS)
            for job, seconds in ((own, whole), (libraries, bound))[:: 1 if run % 2 else -1]:
                seconds.append(timed(job))
    beside = "the libraries alone"
    over = [mine - theirs for mine, theirs in zip(whole, bound, strict=True)]
    return [
        figure("verify", whole, beside, bound, "aim: 150 ms"),
        figure("own part", over, beside, bound, "aim: 25 ms over the libraries"),
    ]


# ── one key among many ──


@contextmanager
def _keys(count: int) -> Iterator["subprocess.Popen[str]"]:
    """A process with a casebook of `count` keys; it answers each line with the seconds of one look-up."""
    command = [sys.executable, "-m", "tests.bench.verify", "--serve", str(count)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait()


def _ask(process: "subprocess.Popen[str]") -> float:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write("?\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def key_reuse() -> Figure:
    """A million keys against a thousand, look-ups in turns; half of the keys sought are there."""
    with _keys(SMALL) as small, _keys(LARGE) as large:
        for _warm in range(20):
            _ask(small), _ask(large)
        few, many = [], []
        for _run in range(LOOKUPS):
            few.append(_ask(small))
            many.append(_ask(large))
    return figure("key reuse", many, f"among {SMALL} keys", few)


def _serve(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        start = ProfileStart(Path(name) / "profil", practice=True, settings=office_settings())
        with OpenProfile(start, SetClock()) as profile:
            fill(profile, 1)
            known = _add_keys(profile, count)
            dice = random.Random(7)
            for _line in sys.stdin:
                there = dice.random() < 0.5
                wanted = dice.choice(known) if there else f"{dice.getrandbits(256):064x}"
                started = time.perf_counter()
                found = profile.casebook.key_uses(wanted, None)
                taken = time.perf_counter() - started
                assert bool(found) is there
                print(taken, flush=True)


def _add_keys(profile: OpenProfile, count: int) -> list[str]:
    from lockdesk.store.tables import database
    from lockdesk.store.threads import writing

    def work() -> list[str]:
        with writing():
            database.execute_sql(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
                "INSERT INTO key_used (key_sha256, use, case_id, nik, nip) "
                "SELECT randomblob(32), 'csr', (SELECT max(id) FROM [case]), '', '' FROM n",
                (count,),
            )
        rows = database.execute_sql(
            "SELECT lower(hex(key_sha256)) FROM key_used ORDER BY random() LIMIT 500"
        ).fetchall()
        return [str(row[0]) for row in rows]

    return profile.casebook._writer.run(work)


def verify(folder: Path) -> list[Figure]:
    """All figures; the first two among the cases of the folder."""
    with opened(folder) as profile:
        found = all_checks(profile)
    return [*found, key_reuse()]


if __name__ == "__main__":
    _serve(int(sys.argv[2]))
