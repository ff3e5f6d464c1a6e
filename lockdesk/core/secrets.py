"""A passphrase said in words: noticed before anything is stored, never handed on.

Whoever forgot a passphrase likes to tell the ones that were tried. What counts as one is the word for it, at most a
few words of a known kind behind it, and then a value that no sentence would hold there.
"""

import re
import unicodedata

_NOUN = r"(?:pass\s?phrase|pass\s?word|passcode|frasa\s+sandi|kata\s+sandi|kata\s+kunci|sandi|pwd|pin)(?:nya)?"
_FILLERS = (
    r"(?:\s+(?:saya|kami|beliau|lama|baru|sebelumnya|terakhir|awal|sementara|default|tte|sertifikat|elektronik|bsre"
    r"|akun|surel|e-?mail|dinas|yang|dulu|pertama|ini|itu|kalau\s+tidak\s+salah|kemungkinan|mungkin|sepertinya))*"
)
_SAID = r"\s*(?::|=|->|→|\b(?:adalah|yaitu|yakni|ialah)\b)\s*(?:saya\s+)?"
_QUOTED = r"[\"“”'‘’«»`](?P<quoted>[^\"“”'‘’«»`\n]{4,60})[\"“”'‘’«»`]"
_VALUE = r"(?P<value>[^\s,;\"“”]{4,60})"
_STATED = re.compile(rf"\b{_NOUN}{_FILLERS}{_SAID}(?:{_QUOTED}|{_VALUE})", re.IGNORECASE)
_BARE = re.compile(rf"\b{_NOUN}{_FILLERS}\s+(?:{_QUOTED}|{_VALUE})", re.IGNORECASE)
_WORD = re.compile(r"[a-z'’()/.\-–_…]+", re.IGNORECASE)
_BLANK = re.compile(r"[._…\-–*•xX\[\]☐☑☒✓✔()]+")
_NO_VALUE = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|(?:0|\+62)\d{8,13}|\d{16}|\d{18}|\d{8}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
    r"|(?:19|20)\d\d|(?:[0-9a-f]{2}:){3,}[0-9a-f]{2}|[0-9a-f]{24,}|e-?mail|sha-?\d+|bsre|[ivx]+/[a-e]"
    r"|(?:lock|adu|latih)-[\w-]+|x\.?509|pkcs#?\d+|\d+x24|[\w.-]+(?:/[\w.-]+){2,}|[a-z.]+/\d{4}",
    re.IGNORECASE,
)  # fmt: skip
_STRONG = re.compile(r"(?=.*[a-z])(?=.*[^a-z\s'’().,:/–-])", re.IGNORECASE)


def holds_passphrase(text: str, guessed: bool = False) -> bool:
    """Whether the words of a mail, a letter or a form field give a passphrase away. `guessed`: OCR read them, which
    makes odd values of ordinary words; then only what is said outright counts."""
    plain = unicodedata.normalize("NFKC", text)
    if any(_is_secret(found, said=True) for found in _STATED.finditer(plain)):
        return True
    return not guessed and any(_is_secret(found, said=False) for found in _BARE.finditer(plain))


def _is_secret(found: "re.Match[str]", said: bool) -> bool:
    if found["quoted"] is not None:
        return bool(_STRONG.match(found["quoted"])) or (said and not _BLANK.fullmatch(found["quoted"]))
    value = found["value"].strip(".,;:!?)(\"'")
    if len(value) < 4 or _NO_VALUE.fullmatch(value) or _BLANK.fullmatch(value):
        return False
    if _STRONG.match(value):
        return True
    if not said:
        return False
    return value.isdigit() or bool(re.search(r"[a-z][A-Z]", value))
