"""The forms of a page, as a browser would send them, and the addresses it links to."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Pairs = list[tuple[str, bytes]]


@dataclass
class Form:
    """A form of a page: where it goes, what it would send as it stands, all names it has."""

    action: str
    method: str
    fields: Pairs = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)


class PageForms(HTMLParser):
    """Collects the forms of a page and the addresses it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.form: Form | None = None
        self.select = self.textarea = ""
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "form":
            self.form = Form(values.get("action", ""), values.get("method", "get").upper())
            self.forms.append(self.form)
        name = values.get("name", "")
        if self.form is None:
            return
        if name and "__prefix__" not in name:
            self.form.names[name] = None
        if tag == "input" and name:
            self.read_input(name, values)
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in values:
            self.add(self.select, values.get("value", ""))
        elif tag == "textarea":
            self.textarea, self.written = name, []

    def read_input(self, name: str, values: dict[str, str]) -> None:
        kind = values.get("type", "text")
        if kind in {"submit", "button", "file", "image", "reset"}:
            return
        if kind in {"checkbox", "radio"}:
            if "checked" in values:
                self.add(name, values.get("value", "on"))
            return
        if kind == "hidden" and self.form is not None:
            self.form.hidden.add(name)
        self.add(name, values.get("value", ""))

    def add(self, name: str, value: str) -> None:
        if self.form is not None and "__prefix__" not in name:
            self.form.fields.append((name, value.encode("utf-8", "surrogatepass")))

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.written.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.textarea:
            self.add(self.textarea, "".join(self.written).removeprefix("\n"))
            self.textarea = ""
        elif tag == "select":
            self.select = ""
        elif tag == "form":
            self.form = None


def read(html: str) -> PageForms:
    reader = PageForms()
    reader.feed(html)
    return reader


def main_form(html: str) -> Form:
    """The longest POST form: beside it stands the button to sign out."""
    return max(
        (form for form in read(html).forms if form.method == "POST"),
        key=lambda form: len(form.names),
    )
