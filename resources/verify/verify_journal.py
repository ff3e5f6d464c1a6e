#!/usr/bin/env python3
"""Checks an exported LockDesk journal without LockDesk: needs Python 3.9 and the package `cryptography`, nothing else.

    python verify_journal.py EXPORT [--key KEY.pem] [--printed N:HEAD ...]

An export is a text file of lines, each one JSON object, written in exactly one way (keys sorted, no spaces, ASCII):

    {"format":"lockdesk journal 2","public_key":"<64 hex digits>"}
    {"body":"<the entry as it was chained>","digest":"<64 hex digits>"}          one line an entry, the oldest first
    {"body":…,"digest":…,"texts":{"<name>":["<64 hex digits>","<text>"]}}        the same, of an entry with texts
    {"count":<entries>,"digest":"<of the last entry>","seal":"<128 hex digits>"}

digest = SHA-256("lockdesk journal 1\\n" + the digest before (32 zero bytes at first) + body);
seal = Ed25519 signature over "lockdesk journal 1\\n" + count (8 bytes, big-endian) + digest.

What officers wrote lies beside the chain: a text's tag in the entry ("texts" in the body) is HMAC-SHA256 under the
text's own key of name + "\\n" + text. A text that was destroyed with a person's data is null, and a later entry of the
kind "disposal.done" names the entry's number among its "texts"; another that is missing was taken away. Exports of the
format "lockdesk journal 1" have no such texts.

An entry of the kind "key.changed" says that the office changed its keys: "old" and "new" are the public keys,
"endorsed" the old key's signature over "lockdesk key 1\\n" + the new key. So a key that was published before still
checks a later export (--key); ask the office for the new one all the same: whoever has the old private key could name
another heir.

What a whole export proves: nobody without the profile's key changed, removed, added or moved an entry. Who has that key
could make another journal, so compare: the key with the one that the office published (--key), and the journal with
prints or with the end of an earlier export (--printed), which no key can change.

Exit code 0: whole. 1: not whole. 2: not used properly.
"""

import argparse
import hashlib
import hmac
import json
import re
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

FORMATS = ("lockdesk journal 1", "lockdesk journal 2")
DOMAIN = b"lockdesk journal 1\n"
HEIR = b"lockdesk key 1\n"
PRINTED = re.compile(r"(\d+):([0-9a-f]{4,64})")


class NotWhole(Exception):
    """What is wrong, in words."""


def line_value(line, names, where, beside=()):
    """The object of one line, if it is written in the one way in which it may be, with exactly these names; `beside`:
    what may be there too."""
    try:
        value = json.loads(line)
        written = json.dumps(value, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    except (ValueError, RecursionError):
        raise NotWhole(f"{where} tidak dapat dibaca.") from None
    if written != line or not isinstance(value, dict) or sorted(set(value) - set(beside)) != names:
        raise NotWhole(f"{where} tidak ditulis sebagaimana mestinya.")
    return value


def hex_bytes(value, length, where):
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * length}}}", value):
        raise NotWhole(f"{where} tidak ditulis sebagaimana mestinya.")
    return bytes.fromhex(value)


def check_entry(line, number, previous, missing):
    """The digest of an entry, if it follows the one before; notes in `missing` which entries lack a text."""
    where = f"Catatan nomor {number}"
    value = line_value(line, ["body", "digest"], where, beside=["texts"])
    stored = hex_bytes(value["digest"], 32, where)
    if not isinstance(value["body"], str):
        raise NotWhole(f"{where} tidak ditulis sebagaimana mestinya.")
    body = value["body"].encode("utf-8", "surrogateescape")
    digest = hashlib.sha256(DOMAIN + previous + body).digest()
    if digest != stored:
        raise NotWhole(f"{where} tidak bersambung dengan catatan sebelumnya.")
    try:
        entry = json.loads(body)
        sequence, tags = entry["sequence"], dict(entry.get("texts", {}))
        if entry["kind"] == "disposal.done":
            missing -= {int(number) for number in str(entry["facts"].get("texts", "")).split()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotWhole(f"{where} tidak dapat dibaca.") from None
    if sequence != number or isinstance(sequence, bool):
        raise NotWhole(f"{where} bernomor lain.")
    return digest, check_texts(value.get("texts", {}), tags, number, missing)


def check_texts(texts, tags, number, missing):
    """How many texts of an entry are there and how many are not; each that is there must have its tag."""
    where = f"Teks pada catatan nomor {number}"
    if not isinstance(texts, dict) or sorted(texts) != sorted(tags):
        raise NotWhole(f"{where} bukan yang dicatat.")
    there = {name: text for name, text in texts.items() if text is not None}
    for name, text in there.items():
        if not isinstance(text, list) or len(text) != 2 or not isinstance(text[1], str):
            raise NotWhole(f"{where} tidak ditulis sebagaimana mestinya.")
        written = f"{name}\n{text[1]}".encode("utf-8", "surrogatepass")
        if hmac.new(hex_bytes(text[0], 32, where), written, hashlib.sha256).hexdigest() != tags[name]:
            raise NotWhole(f"{where} diubah.")
    if len(there) < len(tags):
        missing.add(number)
    return len(there), len(tags) - len(there)


def check_end(line, count, digest, public_key):
    value = line_value(line, ["count", "digest", "seal"], "Penutup ekspor")
    told = hex_bytes(value["digest"], 32, "Penutup ekspor")
    seal = hex_bytes(value["seal"], 64, "Penutup ekspor")
    if value["count"] != count or isinstance(value["count"], bool) or told != digest:
        raise NotWhole("Penutup ekspor tidak cocok dengan catatan terakhir.")
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(seal, DOMAIN + count.to_bytes(8, "big") + digest)
    except (InvalidSignature, ValueError):
        raise NotWhole("Segel rekam jejak tidak sah.") from None


def check_export(path, printed=()):
    """(number of entries, last digest, public key, texts there, texts destroyed) of a whole export; raises NotWhole."""
    wanted, missing, there, gone = dict(printed), set(), 0, 0
    with Path(path).open("rb") as file:
        head = line_value(file.readline(), ["format", "public_key"], "Kepala ekspor")
        if head["format"] not in FORMATS:
            raise NotWhole("Ini bukan ekspor rekam jejak, atau dari versi yang lebih baru.")
        public_key = hex_bytes(head["public_key"], 32, "Kepala ekspor")
        count, digest, line = 0, bytes(32), file.readline()
        while line.startswith(b'{"body":'):
            digest, (known, destroyed) = check_entry(line, count + 1, digest, missing)
            count, there, gone = count + 1, there + known, gone + destroyed
            if count in wanted and not digest.hex().startswith(wanted.pop(count)):
                raise NotWhole(f"Catatan nomor {count} bukan yang ada pada cetakan.")
            line = file.readline()
        if not line:
            raise NotWhole(f"Ekspor terpotong sesudah catatan nomor {count}.")
        check_end(line, count, digest, public_key)
        if missing:
            raise NotWhole(f"Teks pada catatan nomor {min(missing)} hilang tanpa pemusnahan.")
        if file.read(1):
            raise NotWhole("Ada sesuatu di belakang penutup ekspor.")
    if wanted:
        raise NotWhole(f"Rekam jejak tidak sampai ke catatan nomor {min(wanted)} yang ada pada cetakan.")
    return count, digest, public_key, there, gone


def leads_to(path, known, public_key):
    """Whether an export's own entries lead from a key that somebody has to the one that sealed it: where the office
    changed its data key, the key so far signed its successor. `path` was checked before."""
    with Path(path).open("rb") as file:
        for line in file:
            if b"key.changed" in line and b'"body"' in line:
                entry = json.loads(json.loads(line)["body"])
                facts = entry.get("facts", {})
                if entry.get("kind") == "key.changed" and facts.get("old") == known.hex():
                    heir = bytes.fromhex(facts["new"])
                    try:
                        signature = bytes.fromhex(facts["endorsed"])
                        Ed25519PublicKey.from_public_bytes(known).verify(signature, HEIR + heir)
                    except (InvalidSignature, ValueError):
                        return False
                    known = heir
    return known == public_key


def printed_head(text):
    found = PRINTED.fullmatch(text.replace(" ", "").lower())
    if found is None:
        raise argparse.ArgumentTypeError("nomor:sidik, misalnya 120:9F3A11C0")
    return int(found[1]), found[2]


def office_key(text):
    """The raw public key in a PEM file."""
    try:
        key = load_pem_public_key(Path(text).read_bytes())
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if not isinstance(key, Ed25519PublicKey):
        raise argparse.ArgumentTypeError("bukan kunci Ed25519")
    return key.public_bytes_raw()


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Memeriksa ekspor rekam jejak LockDesk tanpa LockDesk.")
    parser.add_argument("export", type=Path, help="berkas ekspor")
    parser.add_argument(
        "--key", type=office_key, help="kunci publik kantor (PEM), dari tempat lain daripada ekspor ini"
    )
    parser.add_argument(
        "--printed",
        type=printed_head,
        action="append",
        default=[],
        metavar="N:SIDIK",
        help="nomor catatan dan sidiknya pada sebuah cetakan, atau pada akhir ekspor yang lebih lama",
    )
    options = parser.parse_args(arguments)
    try:
        count, digest, public_key, there, gone = check_export(options.export, options.printed)
        if options.key is not None and not leads_to(options.export, options.key, public_key):
            raise NotWhole("Ekspor ini disegel dengan kunci lain daripada kunci kantor.")
    except NotWhole as error:
        print(f"TIDAK UTUH: {error}")
        return 1
    except OSError as error:
        print(f"Berkas tidak dapat dibaca: {error}", file=sys.stderr)
        return 2
    print(f"UTUH: {count} catatan, sidik catatan terakhir {digest.hex()}.")
    if there or gone:
        print(f"Teks petugas: {there} cocok dengan sidiknya, {gone} dimusnahkan menurut masa simpan.")
    if options.key is None:
        print(
            f"Disegel dengan kunci {public_key.hex()}. Bandingkan dengan kunci yang diumumkan kantor, atau pakai --key."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
