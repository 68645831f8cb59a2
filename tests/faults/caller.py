"""A browser without a screen: keeps cookies, reads forms, sends them; one connection at a time."""

import http.client
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    @property
    def fields(self) -> Fields:
        """What the first POST form inside main would send if it were submitted as it is."""
        reader = FormReader()
        reader.feed(self.text)
        return reader.fields


class Caller:
    """Not for use by two threads at once."""

    def __init__(self, host: str, port: int, *, session: str = "", timeout: float = 30) -> None:
        self.connection = http.client.HTTPConnection(host, port, timeout=timeout)
        self.cookies = {"sessionid": session} if session else {}

    def close(self) -> None:
        self.connection.close()

    def get(self, address: str, **headers: str) -> Answer:
        return self.send("GET", address, headers=headers)

    def post(self, address: str, fields: "Fields | dict[str, Any]", **headers: str) -> Answer:
        """Send fields as a browser does; the CSRF token is among those of a page's `fields`."""
        headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        return self.send("POST", address, urlencode(fields, doseq=True).encode(), headers)

    def send(
        self, method: str, address: str, body: bytes | None = None, headers: Any = None
    ) -> Answer:
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        try:
            self.connection.request(method, address, body, sent | dict(headers or {}))
            response = self.connection.getresponse()
            text = response.read().decode("utf-8", errors="replace")
        except (OSError, http.client.HTTPException):
            # A connection that broke is not used again; the next call opens a new one.
            self.connection.close()
            raise
        for header in response.headers.get_all("Set-Cookie") or []:
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip()
        return Answer(response.status, response.headers, text)


class FormReader(HTMLParser):
    """Collects the successful controls of the first POST form below `main` or the admin's form."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self.in_main = self.in_form = self.is_done = False
        self.select = self.textarea = ""
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        values = {name: value or "" for name, value in attributes}
        self.in_main = self.in_main or tag == "main"
        if tag == "form" and self.in_main and values.get("method", "").lower() == "post":
            self.in_form = not self.is_done
        if not self.in_form:
            return
        name = values.get("name", "")
        if tag == "input" and name:
            self.read_input(name, values)
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in values:
            self.fields.setdefault(self.select, []).append(values.get("value", ""))
        elif tag == "textarea":
            self.textarea, self.written = name, []

    def read_input(self, name: str, values: dict[str, str]) -> None:
        kind = values.get("type", "text")
        if kind in {"submit", "button", "file", "image", "reset"}:
            return
        if kind in {"checkbox", "radio"}:
            if "checked" in values:
                self.fields.setdefault(name, []).append(values.get("value", "on"))
            return
        self.fields.setdefault(name, []).append(values.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.written.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.textarea:
            text = "".join(self.written).removeprefix("\n")
            self.fields.setdefault(self.textarea, []).append(text)
            self.textarea = ""
        elif tag == "select":
            self.select = ""
        elif tag == "form" and self.in_form:
            self.in_form, self.is_done = False, True
