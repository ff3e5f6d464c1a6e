"""Evidence that is handed in with a complaint: opened in the sealed child, what it is told by its content, hashed."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

from lockdesk.core.journal import Fact
from lockdesk.desk.changes import StoreEvidence
from lockdesk.desk.ports import NamedBytes, Reader
from lockdesk.desk.requests.intake import MAIL_CAP, holds_secret
from lockdesk.desk.values.facts import AttachmentKind, RequestFacts
from lockdesk.errors import Declined
from lockdesk.pki.subjects import one_line
from lockdesk.words import _

MOST_FILES = 20
"""Files of one complaint."""
LARGEST = MAIL_CAP
"""Bytes of a mail; any other file of a request, and so of a complaint, has the reader's own, lower cap."""


class EvidenceFiles:
    """Reads what is handed in; stores nothing itself. Called on worker threads."""

    def __init__(self, reader: Callable[[], Reader]) -> None:
        self._reader = reader

    def read(self, files: Sequence[NamedBytes]) -> tuple[StoreEvidence, ...]:
        """What is kept of the files: of one that holds a key or a passphrase, or cannot be searched for one, only its
        name, size and digest. Raises Declined for one that is empty or too large, or for too many."""
        self.require_room(len(files))
        return tuple(map(self._one, files))

    @staticmethod
    def require_room(count: int) -> None:
        if count > MOST_FILES:
            raise Declined(
                _("Satu pengaduan memuat paling banyak {n} berkas bukti.").format(n=MOST_FILES),
                _("Pilih berkas yang paling menjelaskan."),
                code="complaint.too_many_files",
            )

    def _one(self, file: NamedBytes) -> StoreEvidence:
        name, digest = one_line(file.name), hashlib.sha256(file.content).hexdigest()
        if not file.content:
            raise Declined(
                _("Berkas {name} kosong.").format(name=name), _("Pilih berkas lain."), code="complaint.file_empty"
            )
        if len(file.content) > LARGEST:
            raise _too_large(name)
        facts = self._reader().read_request((file,))
        if facts.mail is not None:
            withheld = "secret" if holds_secret(facts) else ""
            kept = None if withheld else file.content
            return StoreEvidence(name, AttachmentKind.MAIL, len(file.content), digest, kept, withheld)
        return self._kept(name, digest, file, facts)

    @staticmethod
    def _kept(name: str, digest: str, file: NamedBytes, facts: RequestFacts) -> StoreEvidence:
        item = next((item for item in facts.attachments if item.sha256 == digest), None)
        if item is None:  # its reading was given up
            return StoreEvidence(name, AttachmentKind.OTHER, len(file.content), digest, None, "unread")
        if item.withheld == "large":
            raise _too_large(name)
        withheld = item.withheld or ("secret" if holds_secret(facts) else "")
        return StoreEvidence(item.name, item.kind, item.size, digest, None if withheld else item.content, withheld)

    @staticmethod
    def facts(evidence: Sequence[StoreEvidence]) -> Mapping[str, Fact]:
        """What the journal says: how many files, and their digests; a name may say whose they are."""
        if not evidence:
            return {}
        return {"evidence": len(evidence), "sha256": " ".join(item.sha256 for item in evidence)}


def _too_large(name: str) -> Declined:
    return Declined(
        _("Berkas {name} terlalu besar.").format(name=name),
        _("Minta pengadu menyerahkan berkas yang lebih kecil."),
        code="complaint.file_large",
    )
