"""HTTP servers that drip, inflate, redirect and lie, each on a port of its own: `python -m tests.hostile.servers`.

A process of their own, so that what they do is not mistaken for what the program does. It prints one line, the
names and ports as JSON, and serves until its standard input ends.
"""

import asyncio
import gzip
import itertools
import json
import sys
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import cache, partial

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
MEGABYTE = 1 << 20


def servers() -> dict[str, Serve]:
    """Every server by its name."""
    return dict(itertools.chain(_dripping(), _inflating(), _redirecting(), _lying()))


def _saying(*pieces: bytes, then: str = "close") -> Serve:
    """Says the pieces at once, whatever was asked, then closes, resets or stays silent."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65536)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if then == "silence":
            await asyncio.sleep(3600)
        if then == "reset":
            writer.transport.abort()

    return serve


def _sending(stream: Callable[[], AsyncIterator[bytes]]) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65536)
        async for piece in stream():
            writer.write(piece)
            await writer.drain()

    return serve


def answer(body: bytes, *headers: str, status: str = "200 OK", length: bool = True) -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, *([f"Content-Length: {len(body)}"] if length else [])]
    return "\r\n".join([*lines, "", ""]).encode() + body


# ── drip ──


def _dripping() -> Iterator[tuple[str, Serve]]:
    whole = answer(b'{"status":"ISSUE"}' * 40, "Content-Type: application/json")
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    for gap, size in itertools.product((0.0005, 0.01, 0.1, 0.4), (1, 2, 7)):
        yield f"drips all, {size} byte every {gap} s", _sending(partial(_drip, whole, size, gap))
        yield (
            f"drips headers for ever, {size}, {gap}",
            _sending(partial(_endless, b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", gap)),
        )
        yield (
            f"drips a header line for ever, {size}, {gap}",
            _sending(partial(_endless, b"HTTP/1.1 200 OK\r\nX: ", b"y" * size, gap)),
        )
        yield (
            f"drips a body for ever, {size}, {gap}",
            _sending(partial(_endless, b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n", b"y" * size, gap)),
        )
        yield f"drips chunks for ever, {size}, {gap}", _sending(partial(_endless, chunked, b"1\r\ny\r\n", gap))
        yield (
            f"drips 100 Continue for ever, {size}, {gap}",
            _sending(partial(_endless, b"", b"HTTP/1.1 100 Continue\r\n\r\n", gap)),
        )
    for then, said in itertools.product(("silence", "reset", "close"), (b"", b"HTTP", whole[:30], whole[:-1], chunked)):
        yield f"{then} after {len(said)} bytes", _saying(said, then=then)


async def _drip(content: bytes, size: int, gap: float) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]
        await asyncio.sleep(gap)


async def _endless(head: bytes, piece: bytes, gap: float) -> AsyncIterator[bytes]:
    yield head
    while True:
        yield piece
        await asyncio.sleep(gap)


# ── inflate ──


@cache
def _packed(layers: int, megabytes: int, how: str) -> bytes:
    """Zeros, packed so many times."""
    if how == "gzip":
        content = b"".join(_gzipped(megabytes))
        for _layer in range(layers - 1):
            content = gzip.compress(content)
        return content
    packer = zlib.compressobj(9, wbits=-15 if how == "raw" else 15)
    return b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(megabytes)) + packer.flush()


def _gzipped(megabytes: int) -> Iterator[bytes]:
    packer = zlib.compressobj(9, wbits=31)
    yield from (packer.compress(bytes(MEGABYTE)) for _ in range(megabytes))
    yield packer.flush()


def _inflating() -> Iterator[tuple[str, Serve]]:
    for megabytes, layers in itertools.product((1, 31, 33, 300), (1, 2, 3, 4)):
        for name in ("gzip", "GZIP", "x-gzip"):
            told = f"Content-Encoding: {', '.join([name] * layers)}"
            yield f"{megabytes} MB in {layers} of {name}", _saying(answer(_packed(layers, megabytes, "gzip"), told))
    for how, told in itertools.product(("zlib", "raw"), ("deflate", "gzip", "deflate, gzip", "br", "zstd", "identity")):
        yield f"{how} as {told}", _saying(answer(_packed(1, 200, how), f"Content-Encoding: {told}"))
    bomb = _packed(1, 200, "gzip")
    yield (
        "gzip in chunks",
        _saying(
            answer(
                b"%x\r\n%b\r\n0\r\n\r\n" % (len(bomb), bomb),
                "Content-Encoding: gzip",
                "Transfer-Encoding: chunked",
                length=False,
            )
        ),
    )
    yield "encodings in two headers", _saying(answer(bomb, "Content-Encoding: gzip", "Content-Encoding: gzip"))
    yield "gzip cut off", _saying(answer(bomb[: len(bomb) // 2], "Content-Encoding: gzip"))
    yield "no gzip at all", _saying(answer(b"nihil", "Content-Encoding: gzip"))
    yield "an empty gzip", _saying(answer(b"", "Content-Encoding: gzip"))
    zeros = bytes(MEGABYTE)
    for head in (
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        b"HTTP/1.0 500 X\r\n\r\n",
    ):
        yield f"a body without end after {head!r}", _sending(partial(_endless, head, zeros, 0))
    yield (
        "chunks without end",
        _sending(
            partial(
                _endless, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"100000\r\n" + zeros + b"\r\n", 0
            )
        ),
    )
    yield "headers without end", _sending(partial(_endless, b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 60000 + b"\r\n", 0))
    yield "a header line without end", _sending(partial(_endless, b"HTTP/1.1 200 OK\r\nX: ", zeros, 0))


# ── redirect ──


def _redirecting() -> Iterator[tuple[str, Serve]]:
    places = (
        "/",
        "http://127.0.0.1:1/",
        "https://contoh.example/",
        "file:///etc/passwd",
        "//x",
        "",
        "\x7f",
        "http://[::1",
    )
    for status, place in itertools.product((300, 301, 302, 303, 305, 307, 308), places[:4]):
        yield f"{status} to {place}", _saying(answer(b"{}", f"Location: {place}", status=f"{status} Pindah"))
    for place in places[4:]:
        yield f"302 to {place!r}", _saying(answer(b"", f"Location: {place}", status="302 Found"))
    yield "302 without a place", _saying(answer(b"", status="302 Found"))
    yield "304 unasked", _saying(answer(b"", status="304 Not Modified"))


# ── lie ──


def _bodies() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "html", b"<html><body>masuk</body></html>"
    yield "nested lists", b"[" * 300_000
    yield "nested objects", b'{"status":' * 100_000
    yield "empties", b"[" + b'{"":[]},' * 2_000_000 + b"{}]"
    yield "keys", b"{" + b",".join(b'"k%d":%d' % (n, n) for n in range(700_000)) + b"}"
    yield "a long text", b'"' + b"a" * (30 * MEGABYTE) + b'"'
    yield "blanks", b" " * (30 * MEGABYTE)
    yield "letters and blanks", b" a" * (14 * MEGABYTE)
    yield "dashes", b"-----a" * (5 * MEGABYTE)
    yield "base64", b"QUFB\r\n" * (5 * MEGABYTE)
    yield "noise", bytes(range(256)) * (100 << 10)
    yield "half a pair", b'{"status":"\\ud800","certificates":[{"base64Cert":"\\ud800"}]}'
    yield "no numbers", b'{"status":NaN,"certificates":[{"revocationDate":Infinity}]}'
    yield "other kinds", b'{"status":[],"certificates":{"a":1},"slug":{},"serial":7}'
    yield "a number", b"7"
    yield "null", b"null"
    yield "texts for entries", b'{"certificates":["a",null,7,[]]}'
    yield "a CRL's beginning", b"\x30\x84\x7f\xff\xff\xff" + bytes(20 * MEGABYTE)
    yield "a million sequences", b"\x30\x83\x98\x96\x80" + b"\x30\x80" * (4 * MEGABYTE)
    yield "an OCSP answer's beginning", b"\x30\x82\x10\x00\x0a\x01\x00\xa0" + bytes(4096)


def _lying() -> Iterator[tuple[str, Serve]]:
    for name, body in _bodies():
        yield f"a body of {name}", _saying(answer(body))
    for status in (
        "000 X",
        "099 X",
        "101 Switching Protocols",
        "204 No",
        "206 Part",
        "401 No",
        "418 T",
        "500 E",
        "999 X",
        "2OO OK",
        "",
    ):
        yield f"status {status!r}", _saying(answer(b"{}", status=status))
    for length in ("0", "1", "99999", "-1", "1e3", "0x10", "18446744073709551616", "2, 3", ""):
        yield f"length {length!r}", _saying(answer(b"{}" * 10, f"Content-Length: {length}", length=False))
    chunk_lines = (b"-1", b"g", b"ffffffffffffffff", b"", b"1;" + b"x" * 100_000, b"0", b"2\nzz")
    for line in chunk_lines:
        content = line + b"\r\nzz\r\n"
        yield f"a chunk of {line[:20]!r}", _saying(answer(content, "Transfer-Encoding: chunked", length=False))
    yield "two lengths", _saying(answer(b"{}", "Content-Length: 3"))
    yield "length and chunks", _saying(answer(b"0\r\n\r\n", "Transfer-Encoding: chunked"))
    yield "a transfer coding of its own", _saying(answer(b"{}", "Transfer-Encoding: gzip, chunked", length=False))
    heads = (
        b"HTTP/0.9 200 OK", b"HTTP/2 200", b"HTTP/1.1", b"ICY 200 OK", b"\x16\x03\x01\x02\x00", b"\x00" * 4000,
        b"SSH-2.0-x", b"HTTP/1.1 200 " + b"x" * 200_000, b"PRI * HTTP/2.0", b"\xff\xfe",
    )  # fmt: skip
    for head in heads:
        yield f"begins with {head[:20]!r}", _saying(head + b"\r\n\r\n{}")
    lines = (
        b"tanpa titik dua",
        b": kosong",
        b"X\x00: y",
        b"X: \x00",
        b" lipat",
        b"X: y\rZ: 1",
        b"Set-Cookie: a=b; Path=/",
    )
    for line in lines:
        yield f"a header {line!r}", _saying(b"HTTP/1.1 200 OK\r\n" + line + b"\r\nContent-Length: 2\r\n\r\n{}")
    yield "ten thousand headers", _saying(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 10_000 + b"\r\n{}")
    yield "says its answer twice", _saying(answer(b"{}") * 2)


async def main() -> None:
    running: list[asyncio.Server] = []
    ports: dict[str, int] = {}
    for name, serve in servers().items():
        server = await asyncio.start_server(partial(_guarded, serve), "127.0.0.1", 0)
        running.append(server)
        ports[name] = server.sockets[0].getsockname()[1]
    print(json.dumps(ports), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


async def _guarded(serve: Serve, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection; who was asked and hangs up is of no interest here."""
    try:
        await serve(reader, writer)
    except (ConnectionError, asyncio.CancelledError):
        pass
    finally:
        writer.close()


if __name__ == "__main__":
    asyncio.run(main())
