"""Requests as no browser sends them: bytes on a socket, cut where a test says.

Only against a server on this machine.
"""

import socket
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from urllib.parse import urlencode

from tests.faults.caller import Caller, Fields

BOUNDARY = "batas-contoh"
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def encoded(fields: Fields, kind: str) -> bytes:
    """The fields as the body of a form, in one of the two encodings."""
    if kind == URLENCODED:
        return urlencode(fields, doseq=True).encode()
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, values in fields.items()
        for value in values
    ]
    return "".join([*parts, f"--{BOUNDARY}--\r\n"]).encode()


def attached(fields: Fields, name: str, content: bytes) -> bytes:
    """The body of a form with one file."""
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    opening = encoded(fields, MULTIPART).removesuffix(f"--{BOUNDARY}--\r\n".encode())
    closing = f"\r\n--{BOUNDARY}--\r\n".encode()
    return opening + f"--{BOUNDARY}\r\n{head}".encode() + content + closing


@dataclass(frozen=True)
class Line:
    """Where to send to, and as whom."""

    caller: Caller

    def head(self, address: str, *headers: str, method: str = "POST") -> bytes:
        own = self.caller.connection
        cookies = "; ".join(f"{name}={value}" for name, value in self.caller.cookies.items())
        lines = [f"{method} {address} HTTP/1.1", f"Host: {own.host}:{own.port}"]
        return "\r\n".join([*lines, f"Cookie: {cookies}", *headers, "", ""]).encode()

    def say(self, sent: bytes) -> bytes:
        """Everything the server answers to these bytes, after which nothing more comes."""
        own = self.caller.connection
        with socket.create_connection((own.host, own.port), timeout=30) as line:
            line.sendall(sent)
            line.shutdown(socket.SHUT_WR)
            answer = b""
            try:
                while part := line.recv(65536):
                    answer += part
            except ConnectionResetError:
                # It answers a request it cannot read and throws away the rest of it.
                pass
        return answer

    def post(self, address: str, body: bytes, *headers: str) -> bytes:
        return self.say(self.head(address, *headers) + body)


def status_of(answer: bytes) -> int:
    """The status of the first answer; 0 when the line ended without one."""
    words = answer.split(b" ", 2)
    return int(words[1]) if len(words) > 1 and words[0].startswith(b"HTTP/1.") else 0


def headers_of(answer: bytes) -> Message:
    """The headers of the first answer."""
    return BytesHeaderParser().parsebytes(answer.partition(b"\r\n")[2])
