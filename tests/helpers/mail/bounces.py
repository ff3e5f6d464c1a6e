"""Delivery status notifications as mail servers write them."""

MAIL_ID = "<LOCK-2026-0042.7.0123456789abcdef@contoh.pekalongankota.go.id>"
TO = "sekar@contoh.pekalongankota.go.id"


def report(groups: str, returned: str, kind: str = "message/rfc822") -> bytes:
    text = f"""From: MAILER-DAEMON@contoh.go.id
To: lock@contoh.pekalongankota.go.id
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

Maaf.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.contoh.go.id

{groups}
--b
Content-Type: {kind}

{returned}
--b--
"""
    return text.replace("\n", "\r\n").encode()


FAILED = f"""Final-Recipient: rfc822; {TO}
Original-Recipient: rfc822;{TO}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <{TO}>: User unknown
    in virtual mailbox table
"""
