"""What a mail brings is kept once, comes out as it came, and goes together."""

import hashlib
import io
import random
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from peewee import fn
from PIL import Image

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.cases import DocumentRef, IntakeChannel
from lockdesk.errors import Declined
from lockdesk.keeping import Archivist, Restoring
from lockdesk.store import tables as t
from tests.helpers.desk.office import MONDAY, SetClock, office_settings
from tests.helpers.papers.samples import papers


@pytest.fixture
def working(tmp_path: Path) -> Iterator[OpenProfile]:
    start = ProfileStart(tmp_path / "kerja", passphrase="cukup panjang sekali", settings=office_settings())
    with OpenProfile(start, SetClock()) as profile:
        yield profile


def photo() -> bytes:
    """A picture of noise, which cannot be packed."""
    picture, file = Image.frombytes("RGB", (1400, 1000), random.Random(15).randbytes(3 * 1400 * 1000)), io.BytesIO()
    picture.save(file, "JPEG", quality=92)
    return file.getvalue()


PHOTO = photo()


def mail() -> bytes:
    """A clean request with a large photo besides."""
    made = EmailMessage(policy=policy.SMTP)
    made["From"], made["Subject"] = "Sekar Contohwati <sekar@contoh.example>", "Permohonan lupa passphrase"
    made.set_content("Dengan hormat, terlampir permohonan saya.")
    for name, content in (*papers("01"), ("foto.jpg", PHOTO)):
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def received(profile: OpenProfile, content: bytes) -> tuple[int, dict[str, DocumentRef]]:
    taken = profile.desk.intake.receive((NamedBytes("permohonan.eml", content),), IntakeChannel.EMAIL)
    return taken.case_id, {item.role: item for item in profile.desk.reading.case(taken.case_id).documents}


def kept(profile: OpenProfile) -> int:
    """Bytes of contents."""

    def count(column: Any) -> int:
        return int(column.model.select(fn.COALESCE(fn.SUM(fn.LENGTH(column)), 0)).scalar())

    return profile.casebook._reader.run(lambda: count(t.Blob.content) + count(t.MailFrame.own))


def test_a_photo_is_kept_once_and_the_mail_comes_out_as_it_came(working: OpenProfile) -> None:
    content = mail()
    _case, documents = received(working, content)
    assert len(PHOTO) < kept(working) < 1.1 * len(PHOTO)
    raw = working.desk.reading.document(documents["mail"].id)
    assert raw == content and hashlib.sha256(raw).hexdigest() == documents["mail"].sha256


def test_a_backup_holds_the_mail_against_its_digest(working: OpenProfile, tmp_path: Path) -> None:
    content = mail()
    _case, documents = received(working, content)
    (tmp_path / "stik").mkdir()
    made = Archivist(working.vault.folder, working.vault).make(tmp_path / "stik", MONDAY, lambda _percent: None)
    with Restoring(made.path, tmp_path / "kembali", "cukup panjang sekali", lambda _percent: None) as restoring:
        restoring.put_in_place(SetClock())
    with OpenProfile(ProfileStart(tmp_path / "kembali", passphrase="cukup panjang sekali"), SetClock()) as again:
        assert again.desk.reading.document(documents["mail"].id) == content


def test_a_destroyed_attachment_takes_the_mail_along(working: OpenProfile) -> None:
    case_id, documents = received(working, mail())
    write = c.DestroyContent(documents["other"].id)
    working.casebook.commit(c.Change(MONDAY, "P", JournalNote("case.checked"), (write,), case_id=case_id))
    after = {item.role: item for item in working.desk.reading.case(case_id).documents}
    assert not after["other"].stored and not after["mail"].stored and after["statement"].stored
    with pytest.raises(Declined, match="tidak disimpan"):
        working.desk.reading.document(documents["mail"].id)
    assert kept(working) < len(PHOTO)
