"""Malformed HTTP on raw sockets against a running register: `python -m tests.faults.bad_http`.

What no HTTP library would send: broken request lines, headers that try to end early, lengths that
lie, bytes instead of letters. Every one is answered below 500 or hung up on, and the register goes
on working. 501 is the answer HTTP has for an encoding of the body that nobody knows.
"""

import argparse
import contextlib
import random
import re
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.faults.bad_input import database_url
from tests.faults.bad_values import values
from tests.faults.register import Register, running_register

PATIENCE_SECONDS = 5
HUNG_UP, SILENT = 0, -1
NOT_IMPLEMENTED = 501

Case = tuple[str, bytes]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with (
        database_url(options.database) as url,
        tempfile.TemporaryDirectory(prefix="register-bad-http-") as folder,
        running_register(Path(folder), database_url=url) as register,
    ):
        cases = case_list(register, options.requests, options.seed)
        begin = time.monotonic()
        found = [(name, *send(register, raw)) for name, raw in cases]
        return report(options.database, found, time.monotonic() - begin, register)


def report(
    database: str, found: list[tuple[str, int, float]], seconds: float, register: Register
) -> int:
    statuses = Counter(status for _, status, _ in found)
    failed = [f for f in found if f[1] >= 500 and f[1] != NOT_IMPLEMENTED]
    slow = [f for f in found if f[2] > 2]
    # A refused host is logged with a trace as well, and is no failure.
    traces = len(re.findall("Internal Server Error|Error handling request", register.log()))
    with contextlib.closing(register.caller(0)) as caller:
        alive = caller.get("/mitra/").status
    print(f"{database} malformed requests: {len(found)} ({len(found)} asked for)")
    print(f"{database} answers, 0 is hung up: {dict(sorted(statuses.items()))} (any below 500)")
    print(f"{database} answers of 500 and above: {len(failed)} (0; 501 is told apart)")
    print(f"{database} answers over 2 s: {len(slow)} (0)")
    print(f"{database} failures in the log: {traces} (0)")
    print(f"{database} page afterwards: {alive} (200)")
    print(f"{database} duration: {seconds:.0f} s (one caller)")
    for name, status, took in [*failed, *slow][:20]:
        print(f"  {status} after {took:.1f} s <- {name}")
    return int(bool(failed or traces or alive != 200))


def case_list(register: Register, number: int, seed: int) -> list[Case]:
    """The broken shapes once each, then bad values in every place of a request."""
    host = f"127.0.0.1:{register.port}".encode()
    cookie = b"sessionid=" + register.sessions[0].encode()
    found = [*shapes(host, cookie)]
    chance = random.Random(seed)
    pool = values(seed)
    while len(found) < number:
        bad = chance.choice(pool)
        place, write = chance.choice(list(PLACES.items()))
        found.append((f"{place} = {bad.name}", write(bad.raw, host, cookie)))
    return found[:number] if number > len(found) else found


def get(path: bytes, *lines: bytes) -> bytes:
    return b"\r\n".join([b"GET " + path + b" HTTP/1.1", *lines, b"Connection: close", b"", b""])


PLACES = {
    "path": lambda raw, host, cookie: get(b"/mitra/" + raw, b"Host: " + host, b"Cookie: " + cookie),
    "query": lambda raw, host, cookie: get(
        b"/mitra/?q=" + raw, b"Host: " + host, b"Cookie: " + cookie
    ),
    "host": lambda raw, host, cookie: get(b"/masuk/", b"Host: " + raw),
    "cookie": lambda raw, host, cookie: get(b"/", b"Host: " + host, b"Cookie: sessionid=" + raw),
    "many cookies": lambda raw, host, cookie: get(
        b"/", b"Host: " + host, b"Cookie: " + cookie + b"; " + raw + b"; messages=" + raw
    ),
    "header": lambda raw, host, cookie: get(
        b"/mitra/", b"Host: " + host, b"Cookie: " + cookie, b"Referer: " + raw, b"X-Contoh: " + raw
    ),
    "header name": lambda raw, host, cookie: get(b"/healthz", b"Host: " + host, raw + b": 1"),
    "method": lambda raw, host, cookie: raw + b" /masuk/ HTTP/1.1\r\nHost: " + host + b"\r\n\r\n",
    "version": lambda raw, host, cookie: b"GET / HTTP/" + raw + b"\r\nHost: " + host + b"\r\n\r\n",
    "content type": lambda raw, host, cookie: post(host, b"Content-Type: " + raw, b"a=1"),
    "body": lambda raw, host, cookie: post(
        host, b"Content-Type: application/x-www-form-urlencoded", b"username=" + raw
    ),
    "boundary": lambda raw, host, cookie: post(
        host, b"Content-Type: multipart/form-data; boundary=" + raw, b"--" + raw + b"--"
    ),
    "part": lambda raw, host, cookie: post(
        host,
        b"Content-Type: multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="' + raw + b'"\r\n\r\n1\r\n--x--',
    ),
}


def post(host: bytes, kind: bytes, body: bytes) -> bytes:
    lines = [b"POST /masuk/ HTTP/1.1", b"Host: " + host, kind, b"Connection: close"]
    return b"\r\n".join([*lines, b"Content-Length: %d" % len(body), b"", body])


def shapes(host: bytes, cookie: bytes) -> Iterator[Case]:
    at = b"Host: " + host + b"\r\n"
    lines = {
        "nothing": b"",
        "blank lines": b"\r\n" * 50,
        "one byte": b"\0",
        "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "HTTP/0.9": b"GET /\r\n",
        "HTTP/1.0 without host": b"GET /masuk/ HTTP/1.0\r\n\r\n",
        "no host": b"GET / HTTP/1.1\r\n\r\n",
        "two hosts": b"GET / HTTP/1.1\r\n" + at + b"Host: lain.contoh\r\n\r\n",
        "absolute address": b"GET http://lain.contoh/ HTTP/1.1\r\n" + at + b"\r\n",
        "asterisk": b"OPTIONS * HTTP/1.1\r\n" + at + b"\r\n",
        "authority": b"CONNECT lain.contoh:443 HTTP/1.1\r\n" + at + b"\r\n",
        "TRACE": b"TRACE / HTTP/1.1\r\n" + at + b"\r\n",
        "long method": b"A" * 5000 + b" / HTTP/1.1\r\n" + at + b"\r\n",
        "long address": b"GET /?q=" + b"x" * 100_000 + b" HTTP/1.1\r\n" + at + b"\r\n",
        "long header": b"GET / HTTP/1.1\r\n" + at + b"X: " + b"x" * 100_000 + b"\r\n\r\n",
        "200 headers": b"GET / HTTP/1.1\r\n" + at + b"X: 1\r\n" * 200 + b"\r\n",
        "folded header": b"GET / HTTP/1.1\r\n" + at + b"X: 1\r\n 2\r\n\r\n",
        "blank before the colon": b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        "bare LF": b"GET /masuk/ HTTP/1.1\nHost: x\n\n",
        "bare CR": b"GET /masuk/ HTTP/1.1\rHost: x\r\r",
        "split by CR LF": b"GET /\r\nX: 1 HTTP/1.1\r\n" + at + b"\r\n",
        "length of words": b"POST /masuk/ HTTP/1.1\r\n" + at + b"Content-Length: x\r\n\r\n",
        "length below zero": b"POST /masuk/ HTTP/1.1\r\n" + at + b"Content-Length: -1\r\n\r\n",
        "length with plus": b"POST /masuk/ HTTP/1.1\r\n" + at + b"Content-Length: +3\r\n\r\na=1",
        "two lengths": b"POST / HTTP/1.1\r\n"
        + at
        + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "length and chunks": b"POST / HTTP/1.1\r\n"
        + at
        + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "chunks of words": b"POST /masuk/ HTTP/1.1\r\n"
        + at
        + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        "endless chunk": b"POST /masuk/ HTTP/1.1\r\n"
        + at
        + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        "unknown encoding": b"POST / HTTP/1.1\r\n" + at + b"Transfer-Encoding: contoh\r\n\r\n",
        "encoding twice": b"POST / HTTP/1.1\r\n"
        + at
        + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "upgrade": b"GET / HTTP/1.1\r\n" + at + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
        "expects": b"GET / HTTP/1.1\r\n" + at + b"Expect: contoh\r\n\r\n",
        "underscore header": b"GET / HTTP/1.1\r\n" + at + b"X_Forwarded_For: 1\r\n\r\n",
        "cookie of bytes": b"GET / HTTP/1.1\r\n" + at + b"Cookie: \xff\xfe=\x80\r\n\r\n",
        "two cookies": b"GET / HTTP/1.1\r\n" + at + (b"Cookie: " + cookie + b"\r\n") * 2 + b"\r\n",
        "two requests": b"GET /healthz HTTP/1.1\r\n" + at + b"\r\nGET /%00 HTTP/1.1\r\n" + at,
    }
    yield from lines.items()


def send(register: Register, raw: bytes) -> tuple[int, float]:
    """The status that came back, or what came instead; and how long it took."""
    begin = time.monotonic()
    with contextlib.closing(socket.create_connection(("127.0.0.1", register.port))) as line:
        line.settimeout(PATIENCE_SECONDS)
        try:
            line.sendall(raw)
            line.shutdown(socket.SHUT_WR)
            answer = line.recv(65_536)
        except TimeoutError:
            return SILENT, time.monotonic() - begin
        except OSError:
            return HUNG_UP, time.monotonic() - begin
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found[1]) if found else HUNG_UP, time.monotonic() - begin


if __name__ == "__main__":
    sys.exit(main())
