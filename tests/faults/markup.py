"""Markup in text: what is sent, and how to see in a page whether it stayed text.

Every payload carries MARK, which no page contains of its own accord, as the name of an element, as
the name of an attribute or behind the scheme of a link. A page is in order when the parser finds it
in none of these places.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

MARK = "zqx"

PAYLOADS = (
    f"<{MARK}>",
    f"<{MARK}/src=x>",
    f"<b {MARK}=1>",
    f"</title><{MARK}>",
    f"</textarea><{MARK}>",
    f"</script><{MARK}>",
    f"</option></select><{MARK}>",
    f"--><{MARK}>",
    f"]]><{MARK}>",
    f"<!--{MARK}--><{MARK}>",
    f"<script>{MARK}()</script>",
    f"<ScRiPt>{MARK}()</sCrIpT>",
    f"<scr<script>ipt>{MARK}()",
    f"<img src=x onerror={MARK}()>",
    f"<svg/onload={MARK}()>",
    f"<svg><script>{MARK}()</script>",
    f"<math><{MARK} xlink:href=1>",
    f"<iframe srcdoc={MARK}>",
    f"<a href=javascript:{MARK}()>x</a>",
    f"<style>@import'{MARK}'</style>",
    f"<base href=//{MARK}>",
    f"<form action=//{MARK}><button>",
    f"<meta http-equiv=refresh content=0;{MARK}>",
    f"<link rel=stylesheet href={MARK}>",
    f'"><{MARK}>',
    f"'><{MARK}>",
    f'" {MARK}="1',
    f"' {MARK}='1",
    f'" onfocus={MARK}() autofocus x="',
    f"' onmouseover={MARK}() x='",
    f"` {MARK}=1 `",
    f"x {MARK}=1 onclick={MARK}()",
    f"javascript:{MARK}()",
    f"JaVaScRiPt:{MARK}()",
    f"java\tscript:{MARK}()",
    f"data:text/html,<{MARK}>",
    f"vbscript:{MARK}()",
    f"&lt;{MARK}&gt;&#60;{MARK}&#62;",
    f"%3C{MARK}%3E\\u003c{MARK}\\u003e",
    f"{{{{ {MARK} }}}}{{% {MARK} %}}<{MARK}>",
)

# Attributes whose value a browser follows.
LINKS = frozenset(
    {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "cite", "background"}
)
TAKEN = frozenset({"base", "link", "meta"})
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# A browser ignores them inside a scheme.
_IGNORED = re.compile("[\x00-\x20]")


def scheme_of(address: str) -> str:
    found = _SCHEME.match(_IGNORED.sub("", address))
    return found[1].lower() if found else ""


def leads_away(address: str) -> bool:
    """Whether a browser leaves this host for it; `?next=//host` stays, `//host` does not."""
    return bool(scheme_of(address)) or _IGNORED.sub("", address).startswith(("//", "/\\", "\\"))


class PageReader(HTMLParser):
    """Collects the places of a page in which text has become markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.broken: list[str] = []
        self.raw_text = ""

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        self.raw_text = tag if tag in {"script", "style"} else ""
        # A page of ours names a MARK in the address of none of these.
        is_taken = tag in TAKEN and any(MARK in (value or "") for _, value in attributes)
        is_taken |= tag == "form" and leads_away(dict(attributes).get("action") or "")
        if MARK in tag or "<" in tag or is_taken:
            self.broken.append(f"element <{tag}>")
        for name, value in attributes:
            if MARK in name or name.startswith("on") or name == "srcdoc":
                self.broken.append(f"attribute {name} of <{tag}>")
            elif name in LINKS and scheme_of(value or "") not in {"", *SAFE_SCHEMES}:
                self.broken.append(f"link {value!r} of <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        self.raw_text = ""
        if MARK in tag:
            self.broken.append(f"end of element <{tag}>")

    def handle_data(self, data: str) -> None:
        if self.raw_text and MARK in data:
            self.broken.append(f"text of <{self.raw_text}>")

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.broken.append("comment")

    def handle_decl(self, decl: str) -> None:
        if MARK in decl:
            self.broken.append("declaration")

    unknown_decl = handle_pi = handle_decl


def unescaped(html: str) -> list[str]:
    """Places in which a payload has become markup, or a link of a dangerous kind."""
    reader = PageReader()
    reader.feed(html)
    reader.close()
    return reader.broken + list(tags_by_eye(html))


def tags_by_eye(html: str) -> Iterator[str]:
    """What a browser may read as a tag although the parser does not."""
    for found in re.finditer(rf"<[/!?]?[^<>\"'=]{{0,20}}{MARK}", html):
        yield f"tag {found[0]!r}"
