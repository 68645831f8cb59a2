"""What the headers of every answer have to say: an observatory's rubric, written as sentences.

`faults(headers)` names what is missing; an empty list is full marks.
"""

import re
from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie

OURS = {"'self'", "'none'", "data:"}
LEAKS = ("X-Powered-By", "X-AspNet-Version", "X-Runtime", "Via", "X-Generator")
# A bare name, no version.
SERVER = re.compile(r"[A-Za-z]+")
HSTS_LEAST = 365 * 24 * 3600


def faults(headers: Mapping[str, str], *, static: bool = False, secure: bool = False) -> list[str]:
    return [
        *policy_faults(headers.get("Content-Security-Policy", "")),
        *browser_faults(headers),
        *sharing_faults(headers),
        *content_faults(headers),
        *cache_faults(headers, static=static),
        *transport_faults(headers, secure=secure),
    ]


def policy_faults(policy: str) -> Iterator[str]:
    directives = {
        name: values.split()
        for name, _, values in (part.strip().partition(" ") for part in policy.split(";"))
    }
    used = {value for values in directives.values() for value in values}
    yield from missing(
        {
            "CSP": bool(policy),
            "CSP default-src is this site or nothing": directives.get("default-src")
            in (["'self'"], ["'none'"]),
            "CSP without unsafe-*": not any("unsafe" in value for value in used),
            "CSP without *": "*" not in used,
            "CSP without schemes and hosts": used <= OURS,
            "CSP object-src": directives.get("object-src") == ["'none'"],
            "CSP base-uri": directives.get("base-uri") == ["'none'"],
            "CSP form-action": directives.get("form-action") == ["'self'"],
            "CSP frame-ancestors": directives.get("frame-ancestors") == ["'none'"],
            "CSP lets data: bring pictures only": all(
                "data:" not in values for name, values in directives.items() if name != "img-src"
            ),
        }
    )


def browser_faults(headers: Mapping[str, str]) -> Iterator[str]:
    permissions = headers.get("Permissions-Policy", "")
    yield from missing(
        {
            "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
            "X-Frame-Options": headers.get("X-Frame-Options") == "DENY",
            "Referrer-Policy": headers.get("Referrer-Policy")
            in ("same-origin", "no-referrer", "strict-origin"),
            "COOP": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
            "CORP": headers.get("Cross-Origin-Resource-Policy") == "same-origin",
            "Permissions-Policy": all(
                f"{name}=()" in permissions for name in ("camera", "geolocation", "microphone")
            ),
            "no X-XSS-Protection that filters": headers.get("X-XSS-Protection", "0") == "0",
        }
    )


def sharing_faults(headers: Mapping[str, str]) -> Iterator[str]:
    yield from missing(
        {
            "no CORS": "Access-Control-Allow-Origin" not in headers,
            "no cross-domain policy": headers.get("X-Permitted-Cross-Domain-Policies") == "none",
            "no leak of what it runs on": not any(name in headers for name in LEAKS),
            "Server without a version": bool(SERVER.fullmatch(headers.get("Server", "x"))),
        }
    )


def content_faults(headers: Mapping[str, str]) -> Iterator[str]:
    kind = headers.get("Content-Type", "")
    text = kind.startswith("text/")
    yield from missing({"charset": not text or "charset=" in kind.replace('"', "").lower()})


def cache_faults(headers: Mapping[str, str], *, static: bool) -> Iterator[str]:
    control = headers.get("Cache-Control", "")
    yield from missing(
        {
            "Cache-Control": bool(control),
            "no-store": static or "no-store" in control,
            "static files only are public": static or "public" not in control,
        }
    )


def transport_faults(headers: Mapping[str, str], *, secure: bool) -> Iterator[str]:
    promised = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    yield from missing(
        {
            "HSTS of a year": not secure or int(promised[1] if promised else 0) >= HSTS_LEAST,
            "HSTS of subdomains": not secure
            or "includeSubDomains" in headers.get("Strict-Transport-Security", ""),
            "no HSTS over plain http": secure or "Strict-Transport-Security" not in headers,
        }
    )


def cookie_faults(cookies: "SimpleCookie", *, secure: bool) -> Iterator[str]:
    kept = {name: cookie for name, cookie in cookies.items() if cookie.value}
    for name, cookie in kept.items():
        marks = {
            "HttpOnly": cookie["httponly"],
            "SameSite": cookie["samesite"] in ("Lax", "Strict"),
            "path of the whole site": cookie["path"] == "/",
            "no domain": not cookie["domain"],
            "Secure": not secure or cookie["secure"],
            "__Host-": not secure or name.startswith("__Host-"),
        }
        yield from (f"cookie {name}: {fault}" for fault in missing(marks))


def missing(marks: Mapping[str, object]) -> Iterator[str]:
    yield from (name for name, kept in marks.items() if not kept)
