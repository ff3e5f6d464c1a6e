"""Authentication-Results (RFC 8601): what the receiving server found, believed only of the office's own."""

import re

from lockdesk.records import dataclass

_COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)")
_METHOD = re.compile(r"^\s*([a-z0-9-]+)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"\b(smtp|header|policy|body)\s*\.\s*([a-z0-9-]+)\s*=\s*\"?([^\s;\"]{1,255})", re.I)
_MOST_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class MethodResult:
    """One method's result. `domain` is what it speaks of: smtp.mailfrom, header.d or header.from."""

    method: str
    result: str
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Authentication:
    """One header: the server that wrote it, and its results in order."""

    server: str
    results: tuple[MethodResult, ...]


def parse(header: str) -> Authentication | None:
    """One Authentication-Results header; None when it names no server. Never raises."""
    text = _COMMENT.sub(" ", header[:_MOST_LENGTH])
    server, *parts = text.split(";")
    words = server.split()
    if not words or "=" in words[0]:
        return None
    return Authentication(words[0].strip('"').lower().rstrip("."), tuple(filter(None, map(_result, parts))))


def _result(part: str) -> MethodResult | None:
    found = _METHOD.match(part)
    if found is None:
        return None
    values = {f"{kind}.{name}".lower(): value for kind, name, value in _PROPERTY.findall(part)}
    method = found[1].lower()
    wanted = {
        "spf": ("smtp.mailfrom", "smtp.helo"),
        "dkim": ("header.d", "header.i"),
        "dmarc": ("header.from",),
    }
    value = next((values[name] for name in wanted.get(method, ()) if name in values), "")
    return MethodResult(method, found[2].lower(), value.rpartition("@")[2].lower().rstrip("."))


def trusted(headers: tuple[str, ...], server: str, domains: tuple[str, ...]) -> Authentication | None:
    """The topmost header of the office's own server: exactly `server`, or any under `domains` where it is
    "". A sender can write such a header too, but only below the one that the server puts on top."""
    for header in headers:
        found = parse(header)
        if found is not None and _own(found.server, server, domains):
            return found
    return None


def _own(name: str, server: str, domains: tuple[str, ...]) -> bool:
    if server:
        return name == server.lower()
    return any(name == domain or name.endswith("." + domain) for domain in domains)


def aligned(one: str, other: str) -> bool:
    """Relaxed alignment (RFC 7489): the same domain, or one a subdomain of the other."""
    return bool(one) and (one == other or one.endswith("." + other) or other.endswith("." + one))
