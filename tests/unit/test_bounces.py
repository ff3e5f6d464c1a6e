"""Delivery status notifications as Postfix, Exim and Exchange write them, and what is none."""

import pytest

from lockdesk.desk.values.mail import Bounce
from lockdesk.reader.files.bounce import bounce_in
from tests.helpers.mail.bounces import FAILED, MAIL_ID, TO, report

RETURNED = f"From: lock@contoh.pekalongankota.go.id\nMessage-ID: {MAIL_ID}\nSubject: uji\n\nYth.\n"
EXPECTED = Bounce(MAIL_ID, TO, "5.1.1", True, f"550 5.1.1 <{TO}>: User unknown in virtual mailbox table")


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_failure_names_our_message_and_why(kind: str) -> None:
    assert bounce_in(report(FAILED, RETURNED, kind)) == EXPECTED


def test_of_two_recipients_the_one_that_failed_counts() -> None:
    copy = "Final-Recipient: rfc822; lock@contoh.pekalongankota.go.id\nAction: delivered\nStatus: 2.0.0\n"
    assert bounce_in(report(f"{copy}\n{FAILED}", RETURNED)) == EXPECTED


def test_a_delay_is_no_failure() -> None:
    late = FAILED.replace("failed", "delayed").replace("5.1.1", "4.4.7")
    found = bounce_in(report(late, RETURNED))
    assert found is not None and not found.failed and found.status == "4.4.7"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: hanya e-mail\r\n\r\nMessage-ID: " + MAIL_ID.encode(),
        report(FAILED, "Subject: tanpa nomor\n\n"),
        report("", RETURNED),
        report(FAILED, RETURNED).replace(b"multipart/report", b"multipart/mixed"),
        report(FAILED, RETURNED, "application/octet-stream"),
        report(FAILED, RETURNED)[:700],
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n",
    ],
)
def test_what_is_no_notification_of_ours_is_none(raw: bytes) -> None:
    assert bounce_in(raw) is None


def test_what_a_notification_says_is_one_short_printable_line() -> None:
    hostile = FAILED.replace("User unknown", "\u202euji" + "x" * 5000)
    found = bounce_in(report(hostile, RETURNED))
    assert found is not None and len(found.words) <= 300 and found.words.isprintable()
