"""statement.purpose and statement.person: which service the paper is for, and whose letter it is."""

import re
from collections.abc import Sequence

from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.desk.checks.letter.services import (
    OTHER_WORDS,
    THIS,
    asked_otherwise,
    asserted,
    enclosed_statement,
    options,
    other_title,
    without_struck,
)
from lockdesk.desk.checks.letter.statement import of_letter
from lockdesk.desk.checks.spec import COMPARISON, LETTER, CheckSpec, titles
from lockdesk.desk.values.facts import StatementFacts
from lockdesk.desk.values.person_fields import LETTER_LABELS
from lockdesk.patterns import late_pattern
from lockdesk.words import N_, _

_AIDES = (
    r"(?:staf|ajudan|sekretaris|sespri|operator|bawahan|admin|sopir|honorer|tenaga\s+\w+|rekan|teman|suami|istri|anak"
    r"|adik|kakak|bendahara|petugas\s+\w+|satpam|kasubbag|kasubag|kasi|kabid|atasan)"
)
_DEVICES = r"(?:laptop|komputer|hp|handphone|ponsel|telepon|gawai|token|flash\s?disk|usb|tas|buku|catatan|akun)"
_KNOWN = late_pattern(
    r"\b(?:diketahui|dibagikan\s+kepada|diberikan\s+kepada|jatuh\s+ke\s+tangan|dipakai|digunakan|dipegang)\b[^.]{0,40}?"
    r"\b(?:orang\s+lain|pihak\s+lain|rekan|teman|staf\s+lain)"
    r"|\b(?:diketahui|dipegang|dipakai|digunakan|disimpan|dikuasai|dibuat)\b[^.,]{0,20}?\boleh\b[^.,]{0,20}?"
    rf"\b{_AIDES}\b"
    r"|\b(?:me[mn]y?)?(?:beritahu|bagi|bocor|serah|titip|sampai)(?:kan)?\b[^.,]{0,40}?\b(?:kepada|ke|pada|dengan)\s+(?:[a-z]+\s+){0,2}?"
    rf"{_AIDES}\b"
    r"|\b(?:saya|kami|sempat|pernah|telah|sudah)\s+(?:mem)?(?:beritahu|di\s?beritahu)(?:kan)?\s+kepada\b"
    rf"|\b{_AIDES}\b.{{0,45}}?\byang\s+(?:juga\s+)?(?:memegang|memakai|mengetahui|menyimpan|menguasai|tahu|menandatangani)\b"
    rf"|\b(?:passphrase|sandi)\b(?:(?!\b(?:tidak|belum|tanpa)\b)[^.;]){{0,40}}?\b(?:diketahui|dipegang|dipakai|digunakan|disimpan)\s+(?:oleh\s+)?{_AIDES}\b"
    rf"|\byang\s+(?:menyimpan|memegang|memakai|mengetahui)\b[^.;]{{0,25}}?\b(?:adalah|ialah|yaitu)\s+{_AIDES}\b"
    r"|\b(?:passphrase|sandi)\b[^.;]{0,60}?\b(?:ditempel(?:kan)?|tertempel|ditulis(?:kan)?\s+di|(?:di)?simpan\s+di\s+(?:grup|wa)"
    r"|(?:di)?kirim(?:kan)?\s+(?:lewat|melalui|via|ke|kepada)|(?:di)?bagikan\s+(?:lewat|melalui|via|ke|di))\b"
    r"|\bpadahal\s+bukan\s+saya\b"
    rf"|\b{_DEVICES}\b(?:(?!\b(?:tidak|bukan)\b)[^.\d]){{0,60}}?\b(?:dicuri|kecurian|hilang|dirampas|diretas|dibobol|dijambret)\b"
    rf"|\b(?:passphrase|sandi)\b.{{0,40}}?\b(?:ditemukan|terbaca|dilihat|difoto)\b[^.]{{0,20}}?\b{_AIDES}\b"
    r"|\b(?:diakses|dipakai|digunakan|dibuka)\b[^.]{0,20}?\b(?:pihak|orang)\s+(?:lain|yang\s+tidak\s+ber(?:wenang|hak))\b"
    r"|\b(?:dicuri|kecurian|diretas|dibobol|penipuan|tertipu)\b", re.I)  # fmt: skip
"""Somebody else has the passphrase or the key, or may have it: told, held, stolen or lost with the thing it is on."""
_DECLINED = late_pattern(
    r"\b(?:lupa|reset)\s+(?:passphrase|kata\s+sandi|frasa\s+sandi)\b[^:]{0,30}:\s*(?:tidak|bukan|no)\b\W*$",
    re.IGNORECASE,
)
"""A form's question to which the answer is no."""
_DENIED = late_pattern(r"\b(?:tidak|belum|tanpa|bukan|jangan|apabila|jika|bila|bilamana|agar|supaya|segala)\b", re.I)


def check_purpose(statement: StatementFacts) -> Finding:
    """Which service the paper is for; pass means this one. What is unclear is unknown."""
    lines = [line for line in statement.text.splitlines() if line.strip()]
    text = re.sub(r"\s+", " ", statement.text)
    if not text.strip():
        return Finding("statement.purpose", Verdict.UNKNOWN, _("Isi surat belum terbaca."))
    leaked = leak_in(text)
    if leaked is not None:
        return leaked
    lines = enclosed_statement(lines) or lines
    text = " ".join(lines)
    if any(_DECLINED.search(line) for line in lines):
        return _by_options(set(), unclear=True)
    chosen = options(lines)
    if chosen:
        return _by_options(
            {item.service for item in chosen if item.ticked}, unclear=any(item.ticked is None for item in chosen)
        )
    return _by_words([without_struck(line) for line in lines], without_struck(text))


_ONLY_RECOMMENDED = late_pattern(
    r"\brekomendasi\b.{0,400}?\buntuk\s+(?:dapat\s+)?(?:mengajukan|mengurus|melakukan\s+pengajuan|menyampaikan)\b",
    re.IGNORECASE,
)
"""Leave to ask for something, and not the asking."""


def _by_words(lines: list[str], text: str) -> Finding:
    """What title and sentences ask for."""
    said, title_kind, asked = asserted(text), other_title(lines), asked_otherwise(text)
    if title_kind or (asked and not said):
        return _other(title_kind or asked)
    if said and asked:
        words = _("Surat menyebut “{said}”, tetapi juga {own_other}.").format(
            said=said, own_other=_(OTHER_WORDS[asked])
        )
        title = _("Surat menyebut lebih dari satu keperluan")
        return Finding(
            "statement.purpose", Verdict.WARN, words, _("Tanyakan keperluannya saat konfirmasi."), title=title
        )
    if said and _ONLY_RECOMMENDED.search(text):
        words = _("Surat ini rekomendasi untuk mengajukan permohonan, bukan permohonannya.")
        remedy = _("Minta surat pernyataan dari pemohon sendiri.")
        return Finding("statement.purpose", Verdict.WARN, words, remedy, title=_("Surat ini baru rekomendasi"))
    if said:
        return Finding("statement.purpose", Verdict.PASS, _("Surat menyatakan: “{said}”.").format(said=said))
    return Finding(
        "statement.purpose",
        Verdict.WARN,
        _("Kata “lupa passphrase” tidak ditemukan dalam surat."),
        _("Gunakan surat pernyataan lupa passphrase."),
    )


def leak_in(text: str) -> Finding | None:
    """Somebody else may know the passphrase: said, not denied and not supposed."""
    known = next((item for item in _KNOWN.finditer(text) if not _denied(text, item.start())), None)
    if known is None:
        return None
    words = _("Surat menyebut: “{words}”.").format(words=known[0])
    remedy = _("Tangani sebagai kebocoran: dicabut karena mungkin bocor (keyCompromise), diselesaikan hari itu juga.")
    title = _("Passphrase mungkin diketahui orang lain")
    return Finding("statement.purpose", Verdict.WARN, words, remedy, title=title)


def _denied(text: str, start: int) -> bool:
    return bool(_DENIED.search(re.split(r"[.;]\s", text[max(0, start - 90) : start])[-1]))


def _by_options(ticked: set[str], unclear: bool) -> Finding:
    """A form for several services: what is ticked counts, and nothing else of it."""
    if ticked == {THIS} and not unclear:
        return Finding("statement.purpose", Verdict.PASS, _("Pada formulir dipilih: lupa passphrase."))
    if ticked and THIS not in ticked and not unclear:
        return _other(next(iter(sorted(ticked))))
    words = _("Formulir ini untuk beberapa layanan; pilihannya tidak terbaca dengan pasti.")
    return Finding("statement.purpose", Verdict.UNKNOWN, words, _("Lihat layanan yang ditandai pada surat."))


def _other(kind: str) -> Finding:
    words = _("Keperluan surat ini: {own_kind}.").format(own_kind=_(OTHER_WORDS[kind]))
    return Finding("statement.purpose", Verdict.FAIL, words, _("Gunakan surat pernyataan lupa passphrase."))


_HEADS = (
    r"(?:camat|lurah|kepala\s+(?:dinas|badan|bidang|bagian|seksi|sekolah|puskesmas|desa)|sekretaris(?:\s+\w+)?|wali\s?kota"
    r"|bupati|pimpinan|atasan|bendahara|suami|ist?e?ri|anak|rekan|teman)"
)
_ANOTHERS = late_pattern(
    rf"\b{_HEADS}(?:\s+\w+){{0,2}}?\s+(?:kami|saya)\b[^.;]{{0,60}}?(?<!saya )\blupa\b"
    rf"|\b(?:untuk|milik|sertifikat(?:\s+elektronik)?|TTE)\s+(?:pengguna\s+\S+@\S+|{_HEADS})\b"
    r"[^.;]{0,80}?(?<!saya )\blupa\b",
    re.IGNORECASE,
)
"""Who has forgotten something is named by an office or by kinship, and is not who is meant by "saya"."""


def _about_another(text: str, name: str) -> str:
    """What a letter says of somebody else's forgotten passphrase; "" where the sentence names the applicant."""
    plain = re.sub(r"\s+", " ", text)
    found = _ANOTHERS.search(plain)
    around = plain[found.start() : found.end()].casefold() if found else ""
    first = re.findall(r"[a-z]{3,}", name.casefold())[:2]
    return found[0] if found and not (first and all(part in around for part in first)) else ""


def check_letter_person(statement: StatementFacts, also_named: Sequence[str] = ()) -> Finding:
    """Whose letter this is, by its own words alone; `also_named`: whose papers came with it."""
    candidates = [item for item in statement.people if item.role in {"applicant", "candidate"}]
    names = [item.fields.name or item.fields.nip or item.fields.nik for item in candidates]
    other = _about_another(statement.text, names[0]) if len(candidates) == 1 else ""
    if other:
        words = _("Surat tampaknya tentang sertifikat orang lain: “{words}”.").format(words=other)
        remedy = _("Tanyakan sertifikat siapa yang dimaksud, lalu minta suratnya dari pemilik sertifikat.")
        return Finding("statement.person", Verdict.WARN, words, remedy, Place("statement"))
    if len(candidates) == 1:
        place = next((place for field, place in statement.places if field in {"name", "nip", "nik"}), None)
        if len(also_named) > 1:
            words = _("Permohonan ini memuat surat beberapa orang: {names}.").format(names="; ".join(also_named))
            remedy = _("Pastikan bahwa kasus ini untuk {name}; yang lain memerlukan kasus sendiri.")
            return Finding("statement.person", Verdict.WARN, words, remedy.format(name=names[0]), place)
        return Finding("statement.person", Verdict.PASS, names[0], place=place)
    if not candidates:
        words = _("Surat tidak menyebut pemohon dengan jelas.")
        return Finding("statement.person", Verdict.UNKNOWN, words, place=Place("statement"))
    words = _("Pemohon dapat berarti: {names}.").format(names="; ".join(names).rstrip("."))
    return Finding("statement.person", Verdict.WARN, words, _("Pilih pemohonnya menurut surat."), Place("statement"))


def check_hidden_text(statement: StatementFacts) -> Finding | None:
    """Text that nobody sees against what is painted; only where there is some."""
    hidden, place = statement.hidden, Place("statement")
    if hidden is None:
        return None
    remedy = _("Percayai hanya yang tampak pada gambar; minta surat dipindai ulang tanpa teks tersembunyi.")
    if not hidden.alike:
        words = _("Berkas memuat teks tersembunyi yang berbunyi lain daripada yang tampak.")
        return Finding("statement.hidden_text", Verdict.FAIL, words, remedy, place)
    if hidden.differing:
        words = _("Teks tersembunyi berbeda pada: {fields}.").format(
            fields=", ".join(_(LETTER_LABELS[name]) for name in hidden.differing)
        )
        return Finding("statement.hidden_text", Verdict.WARN, words, remedy, place)
    if hidden.besides:
        words = _("Hanya teks tersembunyi yang berbunyi: “{words}”.").format(words=hidden.besides)
        return Finding("statement.hidden_text", Verdict.WARN, words, remedy, place)
    return Finding("statement.hidden_text", Verdict.PASS, _("Teks tersembunyi sama dengan yang tampak."), place=place)


CHECKS = (
    CheckSpec(
        "statement.purpose",
        of_letter(lambda evidence: check_purpose(evidence.facts.statement)),
        titles(
            N_("Surat ini untuk layanan lupa passphrase"),
            N_("Surat ini untuk keperluan lain"),
            N_("Surat tidak dikenali sebagai pernyataan lupa passphrase"),
            N_("Maksud surat belum terbaca"),
        ),
        N_("maksud surat"),
        ((LETTER, ""),),
        decide_unknown=True,
        asked={
            Verdict.WARN: N_("Gunakan surat pernyataan lupa passphrase."),
            Verdict.UNKNOWN: N_("Gunakan surat pernyataan lupa passphrase, dan pilih satu layanan saja."),
        },
    ),
    CheckSpec(
        "statement.person",
        of_letter(lambda evidence: check_letter_person(evidence.facts.statement, evidence.facts.also_named)),
        titles(
            N_("Surat ini surat satu orang"),
            N_("Pemohon dalam surat tidak dapat ditentukan"),
            N_("Surat dapat berarti lebih dari satu pemohon"),
            N_("Pemohon dalam surat belum terbaca"),
        ),
        N_("pemohon dalam surat"),
        ((LETTER, "name"), (COMPARISON, "name")),
        asked={Verdict.WARN: N_("Sebutkan dengan jelas dalam surat siapa pemohonnya.")},
    ),
    CheckSpec(
        "statement.hidden_text",
        of_letter(lambda evidence: check_hidden_text(evidence.facts.statement)),
        titles(
            N_("Teks tersembunyi sama dengan yang tampak"),
            N_("Teks tersembunyi berbunyi lain daripada surat yang tampak"),
            N_("Teks tersembunyi berbeda pada sebagian isian"),
        ),
        N_("teks tersembunyi"),
        ((LETTER, ""),),
        {Verdict.FAIL},
        asked={
            Verdict.FAIL: N_("Pindai ulang surat tanpa teks tersembunyi, lalu kirim ulang."),
            Verdict.WARN: N_("Pindai ulang surat tanpa teks tersembunyi, lalu kirim ulang."),
        },
    ),
)
