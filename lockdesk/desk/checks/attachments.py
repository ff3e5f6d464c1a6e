"""Checks of the files: no private key, no archive, a reasonable size, and what they are by content."""

from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.spec import DOCUMENTS, EVERY, CheckSpec, titles
from lockdesk.desk.values.facts import Attachment, AttachmentKind
from lockdesk.words import N_, _

_K = AttachmentKind
_CSR_LIKE = frozenset({_K.CSR, _K.TEXT, _K.PRIVATE_KEY, _K.EMPTY})
KINDS_OF_NAME: dict[str, frozenset[AttachmentKind]] = {
    ".pdf": frozenset({_K.PDF, _K.EMPTY}),
    ".csr": _CSR_LIKE,
    ".p10": _CSR_LIKE,
    ".req": _CSR_LIKE,
    ".pem": _CSR_LIKE | {_K.CERTIFICATE},
    ".der": _CSR_LIKE | {_K.CERTIFICATE, _K.OTHER},
    ".crt": frozenset({_K.CERTIFICATE, _K.TEXT}),
    ".cer": frozenset({_K.CERTIFICATE, _K.TEXT}),
    ".txt": _CSR_LIKE | {_K.CERTIFICATE, _K.MAIL},
    ".p12": frozenset({_K.PKCS12}),
    ".pfx": frozenset({_K.PKCS12}),
    ".key": frozenset({_K.PRIVATE_KEY}),
    ".zip": frozenset({_K.ARCHIVE}),
    ".rar": frozenset({_K.ARCHIVE}),
    ".7z": frozenset({_K.ARCHIVE}),
    ".jpg": frozenset({_K.IMAGE}),
    ".jpeg": frozenset({_K.IMAGE}),
    ".png": frozenset({_K.IMAGE}),
    ".eml": frozenset({_K.MAIL}),
    ".p7m": frozenset({_K.MAIL, _K.SIGNED_MAIL, _K.ENCRYPTED}),
    ".webp": frozenset({_K.IMAGE}),
    ".tif": frozenset({_K.IMAGE}),
    ".tiff": frozenset({_K.IMAGE}),
    ".heic": frozenset({_K.IMAGE}),
    ".heif": frozenset({_K.IMAGE}),
    ".doc": frozenset({_K.OFFICE}),
    ".docx": frozenset({_K.OFFICE}),
    ".odt": frozenset({_K.OFFICE}),
    ".rtf": frozenset({_K.OFFICE}),
    ".xls": frozenset({_K.OFFICE}),
    ".xlsx": frozenset({_K.OFFICE}),
}
"""What a file with such a name may be. A key or an empty file has a finding of its own."""
KIND_WORDS = {
    _K.MAIL: N_("e-mail"),
    _K.SIGNED_MAIL: N_("e-mail bertanda tangan S/MIME"),
    _K.PDF: "PDF",
    _K.CSR: "CSR",
    _K.PRIVATE_KEY: N_("kunci privat"),
    _K.PKCS12: N_("PKCS#12 dengan kunci privat"),
    _K.CERTIFICATE: N_("sertifikat"),
    _K.ARCHIVE: N_("arsip terkompresi"),
    _K.ENCRYPTED: N_("berkas terenkripsi"),
    _K.IMAGE: N_("gambar"),
    _K.OFFICE: N_("dokumen Office"),
    _K.TEXT: N_("teks"),
    _K.PROGRAM: N_("program"),
    _K.EMPTY: N_("berkas kosong"),
    _K.OTHER: N_("jenis yang tidak dikenal"),
}


def _names_with_keys(evidence: Evidence) -> list[str]:
    facts = evidence.facts
    keys = [item.name for item in facts.attachments if item.kind in {_K.PRIVATE_KEY, _K.PKCS12}]
    if facts.mail is not None and "private_key_in_text" in facts.mail.defects:
        keys.append(_("isi e-mail"))
    if "private_key" in facts.statement.risks and facts.statement_file is not None:
        keys.append(facts.statement_file.name)
    return list(dict.fromkeys(keys))


def _unsearched(evidence: Evidence) -> list[str]:
    """What nobody looked into: a key may lie there."""
    mail = evidence.facts.mail
    closed = [
        item.name for item in evidence.facts.attachments if item.withheld in {"closed", "locked", "unread", "large"}
    ]
    return closed + list(mail.unopened if mail is not None else ())


def _private_key(evidence: Evidence) -> Finding:
    names, unsearched = _names_with_keys(evidence), _unsearched(evidence)
    if not names and unsearched:
        words = _("{names}: tidak dapat diperiksa dan tidak disimpan.").format(names=", ".join(unsearched))
        remedy = _("Kirim surat dan CSR langsung sebagai lampiran, tanpa ZIP atau RAR.")
        return Finding("attachment.private_key", Verdict.UNKNOWN, words, remedy)
    if not names:
        return Finding("attachment.private_key", Verdict.PASS, _("Tidak ada kunci privat."))
    return Finding(
        "attachment.private_key",
        Verdict.FAIL,
        _("{names}: berkas memuat kunci privat dan tidak disimpan.").format(names=", ".join(names)),
        _("Kunci tersebut tidak boleh digunakan lagi. Buat kunci dan CSR baru."),
    )


def _type(evidence: Evidence) -> Finding | None:
    items = evidence.facts.attachments
    if not items:
        return None
    programs = [item for item in items if item.kind is _K.PROGRAM]
    if programs:
        return Finding(
            "attachment.type",
            Verdict.FAIL,
            _("{names}: berkas program, tidak dibuka.").format(names=_names(programs)),
            _("Kirim hanya surat PDF dan CSR."),
        )
    disguised = [item for item in items if item.size and not _fits(item)]
    if not disguised:
        return Finding("attachment.type", Verdict.PASS, _("Isi semua lampiran sesuai dengan namanya."))
    words = " ".join(
        _("{name} sebenarnya {own_kind}.").format(name=item.name, own_kind=_(KIND_WORDS[item.kind]))
        for item in disguised
    )
    remedy = _("Kirim berkas asli dengan nama yang sesuai dengan isinya.")
    return Finding("attachment.type", Verdict.WARN, words, remedy)


def _fits(item: Attachment) -> bool:
    """Whether the content is of a kind that the name promises; a name that promises nothing fits."""
    suffix = "." + item.name.lower().rpartition(".")[2]
    if item.content is None and item.kind is _K.OTHER:
        return True  # not opened: nothing is known of its content
    return item.kind in KINDS_OF_NAME.get(suffix, frozenset(_K))


def _size(evidence: Evidence) -> Finding | None:
    large = [item for item in evidence.facts.attachments if item.withheld == "large"]
    if not large:
        return None
    words = _("{names}: terlalu besar; hanya sidik jarinya yang dicatat.").format(names=_names(large))
    return Finding("attachment.size", Verdict.FAIL, words, _("Kirim ulang berkas paling besar 20 MB."))


def _archive(evidence: Evidence) -> Finding | None:
    archives = [item for item in evidence.facts.attachments if item.kind is _K.ARCHIVE]
    if not archives:
        return None
    words = _("{names} tidak dibuka.").format(names=_names(archives))
    remedy = _("Kirim surat dan CSR langsung sebagai lampiran, tanpa ZIP atau RAR.")
    return Finding("attachment.archive", Verdict.WARN, words, remedy)


def _names(items: list[Attachment]) -> str:
    return ", ".join(item.name for item in items)


CHECKS = (
    CheckSpec(
        "attachment.private_key",
        _private_key,
        titles(
            N_("Tidak ada kunci privat dalam lampiran"),
            N_("Lampiran memuat kunci privat dan tidak disimpan"),
            unknown=N_("Sebagian lampiran tidak dapat diperiksa"),
        ),
        N_("tanpa kunci privat"),
        ((DOCUMENTS, ""),),
        {Verdict.FAIL},
        hard_stop=True,
        decide_unknown=True,
    ),
    CheckSpec(
        "attachment.size",
        _size,
        titles(
            N_("Ukuran lampiran wajar"),
            N_("Lampiran melebihi batas ukuran dan tidak disimpan"),
        ),
        N_("ukuran lampiran"),
        ((DOCUMENTS, ""),),
        EVERY,
    ),
    CheckSpec(
        "attachment.archive",
        _archive,
        titles(
            N_("Tidak ada arsip terkompresi"),
            N_("Permohonan memuat arsip terkompresi"),
        ),
        N_("tanpa arsip"),
        ((DOCUMENTS, ""),),
        EVERY,
    ),
    CheckSpec(
        "attachment.type",
        _type,
        titles(
            N_("Isi lampiran sesuai dengan namanya"),
            N_("Lampiran memuat program"),
            N_("Isi lampiran berbeda dengan namanya"),
        ),
        N_("jenis lampiran"),
        ((DOCUMENTS, ""),),
        EVERY,
    ),
)
