"""The mail checks: imitated domains, the receiving server's results, dates, whose mailbox it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lockdesk.core.findings import Verdict
from lockdesk.desk.checks.mail.authentication import parse, trusted
from lockdesk.desk.checks.mail.layers import containers
from lockdesk.desk.checks.mail.lookalike import edits, imitated
from lockdesk.desk.values.facts import Address, Attachment, AttachmentKind
from lockdesk.reader.files.mail import parse_mail
from tests.helpers.desk.evidence_material import AT, DOMAIN, OWN, evidence, found, mail, statement, verdict

SERVER = f"mx.{DOMAIN}"


@pytest.mark.parametrize(
    "domain",
    [
        "pekalongankota-go-id.example",
        "contoh.pekalongankota-go-id.example",
        "pekalongankota.go.id.example",
        "pekalongankota.com",
        "pekalongankota.co.id",
        "pekalongankota.go.ld",
        "peka1ongankota.go.id",
        "pekalongankotа.go.id",  # a Cyrillic а
        "pekalonqankota.go.id",
        "pekalongankotta.go.id",
        "pekalogankota.go.id",
        "pekalongnakota.go.id",
        "pekalongan-kota.go.id",
        "surel-pekalongankota.example",
        "ｐekalongankota.go.id",
        "pekalongánkota.go.id",
    ],
)
def test_an_imitation_of_the_office_s_domain_fails(domain: str) -> None:
    assert imitated(domain, (DOMAIN,)) == DOMAIN
    assert verdict(evidence(mail=mail(f"sekar@{domain}")), "mail.lookalike") is Verdict.FAIL


@pytest.mark.parametrize(
    "domain",
    [DOMAIN, f"contoh.{DOMAIN}", "surel-pribadi.example", "pekalongankab.go.id", "semarangkota.go.id",
     "gmail.example", "kominfo.go.id"],
)  # fmt: skip
def test_other_honest_domains_imitate_nobody(domain: str) -> None:
    assert imitated(domain, (DOMAIN,)) == ""
    assert verdict(evidence(mail=mail(f"sekar@{domain}")), "mail.lookalike") is Verdict.PASS


def test_a_short_office_name_does_not_collide_by_chance() -> None:
    assert imitated("konsolo.example", ("solo.go.id",)) == ""
    assert imitated("solo.example", ("solo.go.id",)) == "solo.go.id"


def test_an_international_domain_warns_and_a_shown_office_address_fails() -> None:
    assert verdict(evidence(mail=mail("a@bücher.example")), "mail.lookalike") is Verdict.WARN
    disguised = replace(mail(), sender=Address(f"sekar@{DOMAIN}", "x@surel.example"))
    assert verdict(evidence(mail=disguised), "mail.lookalike") is Verdict.FAIL
    replying = mail(reply_to=(Address("", "sekar@pekalongankota.com"),))
    finding = found(evidence(mail=replying), "mail.lookalike")
    assert finding.verdict is Verdict.FAIL and finding.place is not None
    assert finding.place.anchor == "Reply-To"


def test_edits_count_swaps_as_one() -> None:
    assert [edits(*pair) for pair in (("ab", "ba"), ("abc", "abc"), ("abc", "ac"), ("", "ab"))] == [
        1,
        0,
        1,
        2,
    ]


def results(*headers: str) -> Verdict:
    return verdict(evidence(mail=mail(authentication_results=headers)), "mail.authentication")


SUB = f"contoh.{DOMAIN}"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (f"{SERVER}; spf=pass smtp.mailfrom={SUB}; dkim=pass header.d={SUB}; dmarc=pass header.from={SUB}",
         Verdict.PASS),
        (f"{SERVER}; dmarc=pass (p=reject; dis=none) header.from={SUB}", Verdict.PASS),
        (f"{SERVER} 1; dkim=pass header.i=@{DOMAIN}", Verdict.PASS),
        (f"{SERVER}; spf=pass smtp.mailfrom=sekar@{SUB}", Verdict.PASS),
        (f"{SERVER}; dmarc=fail header.from={SUB}; spf=pass smtp.mailfrom={SUB}", Verdict.FAIL),
        (f"{SERVER}; spf=pass smtp.mailfrom=penyerang.example", Verdict.WARN),
        (f"{SERVER}; dkim=pass header.d=penyerang.example; spf=fail smtp.mailfrom={SUB}", Verdict.FAIL),
        (f"{SERVER}; dmarc=pass header.from=penyerang.example", Verdict.FAIL),
        (f"{SERVER}; spf=softfail smtp.mailfrom={SUB}", Verdict.FAIL),
        (f"{SERVER}; spf=none; dkim=none; dmarc=none", Verdict.WARN),
        (f"{SERVER}; none", Verdict.WARN),
        ("mx.penyerang.example; dmarc=pass header.from=" + SUB, Verdict.UNKNOWN),
        (f"mx.{DOMAIN}.penyerang.example; dmarc=pass header.from={SUB}", Verdict.UNKNOWN),
        ("dmarc=pass", Verdict.UNKNOWN),
        ("", Verdict.UNKNOWN),
        (";" * 3000, Verdict.UNKNOWN),
    ],
)  # fmt: skip
def test_only_the_office_s_own_server_is_believed(header: str, expected: Verdict) -> None:
    assert results(header) is expected


def test_no_header_is_unknown_and_the_topmost_trusted_one_counts() -> None:
    assert results() is Verdict.UNKNOWN
    forged = f"{SERVER}; dmarc=pass header.from={SUB}"
    assert results(f"{SERVER}; dmarc=fail header.from={SUB}", forged) is Verdict.FAIL
    assert results("mx.lain.example; dmarc=pass", forged) is Verdict.PASS
    exact = evidence(mail=mail(authentication_results=(forged,)), authserv_id="gerbang.example")
    assert verdict(exact, "mail.authentication") is Verdict.UNKNOWN
    assert trusted((forged,), "", ()) is None and parse("") is None


def test_the_date_is_measured_against_the_server_s_stamp() -> None:
    stamp = "from a by mx with ESMTPS; Mon, 23 Nov 2026 08:00:00 +0700"

    def age(days: float, *received: str) -> Verdict:
        return verdict(evidence(mail=mail(date=AT - timedelta(days=days), received=received)), "mail.age")

    assert age(0.01, stamp) is Verdict.PASS and age(6) is Verdict.PASS
    assert age(8) is Verdict.WARN and age(8, stamp) is Verdict.WARN
    assert age(-0.5, stamp) is Verdict.WARN and age(-0.5) is Verdict.WARN
    assert age(1, "no date; xyz") is Verdict.PASS
    assert verdict(evidence(mail=mail(date=None)), "mail.age") is Verdict.UNKNOWN


def test_a_colleague_s_mailbox_warns_unless_the_applicant_is_in_copy() -> None:
    admin = f"admin@contoh.{DOMAIN}"
    assert verdict(evidence(), "mail.sender_person") is Verdict.PASS
    alone = found(evidence(mail=mail(admin)), "mail.sender_person")
    assert alone.verdict is Verdict.WARN and OWN in alone.evidence
    assert verdict(evidence(mail=mail(admin)), "mail.sender_domain") is Verdict.PASS
    copied = mail(admin, cc=(Address("", OWN),))
    assert verdict(evidence(mail=copied), "mail.sender_person") is Verdict.PASS
    assert verdict(evidence(mail=mail(OWN.upper())), "mail.sender_person") is Verdict.PASS


def test_an_address_that_the_letter_alone_gives_proves_no_sender() -> None:
    letter = statement(fields=replace(statement().fields, email="rini@contoh.example"))
    given = evidence(mail=mail("rini@contoh.example"), statement=letter)
    assert verdict(given, "mail.sender_person") is Verdict.WARN, "the register knows another one"
    assert verdict(replace(given, register=()), "mail.sender_person") is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("Berkas: https://drive.google.com/file/d/1 mohon diunduh", "drive.google.com"),
        ("surat ada di Drive.Google.com/file/d/1", "drive.google.com"),
        ("<https://dinas.sharepoint.com/:b:/s/x>", "dinas.sharepoint.com"),
        ("unduh s.id/surat-sekar", "s.id"),
    ],
)
def test_papers_that_lie_in_a_cloud_are_named_and_not_fetched(text: str, host: str) -> None:
    told = found(evidence(mail=mail(text=text)), "mail.container")
    assert told.verdict is Verdict.WARN and f" {host}; berkas itu tidak diambil" in told.evidence
    assert "penyimpanan awan" in told.title and "lampiran" in told.remedy


@pytest.mark.parametrize(
    "text", ["https://evilbox.com/a", "sekar@s.id/1", "https://pekalongankota.go.id", "KB/s.id", "email s.id"]
)
def test_other_links_are_not(text: str) -> None:
    assert containers(mail(text=text), evidence()) is None


def test_where_a_link_of_an_html_mail_leads_is_seen() -> None:
    raw = b'Content-Type: text/html\n\n<p>Surat <a class=x href="https://DRIVE.google.com/file/d/1">di sini</a></p>'
    facts = parse_mail(raw, {})
    assert facts.text.splitlines() == ["Surat di sini", "", "https://drive.google.com"]


@pytest.mark.parametrize(("risk", "check"), [("passphrase", "mail.secret"), ("private_key", "attachment.private_key")])
def test_a_secret_in_the_letter_is_told_with_the_letter_s_name(risk: str, check: str) -> None:
    file = Attachment("surat-sekar.pdf", AttachmentKind.PDF, 9, "0" * 64, None, withheld="secret")
    told = found(evidence(statement=statement(risks=(risk,)), statement_file=file), check)
    assert told.verdict is Verdict.FAIL and told.evidence.startswith("surat-sekar.pdf")
