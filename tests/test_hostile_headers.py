"""What a caller claims about host, scheme and address changes neither links nor the throttle."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.caller import Caller
from tests.faults.people import PASSWORD
from tests.faults.register import Register, running_register

EVIL = "jahat.contoh"
FORGED = {
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Server": EVIL,
    "X-Host": EVIL,
    "X-Original-URL": f"//{EVIL}/",
    "X-Rewrite-URL": f"//{EVIL}/",
    "Forwarded": f"for=192.0.2.9;host={EVIL};proto=https",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Protocol": "ssl",
    "X-Forwarded-Ssl": "on",
    "X-Forwarded-Port": "444",
    "X-Forwarded-Prefix": f"//{EVIL}",
    "X-Script-Name": f"//{EVIL}",
    "SCRIPT_NAME": f"//{EVIL}",
    "PATH_INFO": "/readyz",
}
PAGES = ("/", "/mitra/", "/perjanjian/baru/", "/admin/", "/masuk/", "/tidak-ada/")


@pytest.fixture(scope="module", params=[0, 1], ids="{} proxies".format)
def register(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Register]:
    folder: Path = tmp_path_factory.mktemp("proxies")
    proxies = str(request.param)
    with running_register(folder, accounts=1, TRUSTED_PROXY_COUNT=proxies) as running:
        yield running


def links(caller: Caller, address: str, **headers: str) -> tuple[int, str, list[str]]:
    answer = caller.get(address, **headers)
    assert EVIL not in answer.text + str(answer.headers)
    return answer.status, answer.location, re.findall(r'(?:href|action)="([^"]*)"', answer.text)


@pytest.mark.parametrize("account", [None, 0])
def test_forged_headers_change_no_link(register, account):
    caller = register.caller(account)
    for address in PAGES:
        honest = links(caller, address)
        assert links(caller, address, **FORGED) == honest


@pytest.mark.parametrize("name", FORGED)
def test_each_forged_header_changes_no_redirect(register, name):
    answer = register.caller().get("/mitra/?q=dinas", **{name: FORGED[name]})
    assert (answer.status, answer.location) == (302, "/masuk/?next=/mitra/%3Fq%3Ddinas")


@pytest.mark.parametrize("host", [EVIL, f"127.0.0.1@{EVIL}", f"127.0.0.1.{EVIL}", f"{EVIL}:80", ""])
def test_another_host_is_refused_everywhere(register, host):
    for address in ("/masuk/", "/healthz", "/admin/", "/tidak-ada/"):
        answer = register.caller().get(address, Host=host)
        assert answer.status == 400
        assert EVIL not in answer.text + answer.location


def test_a_form_is_saved_whatever_scheme_is_claimed_without_a_proxy(register):
    """With one, its word on the scheme counts, and the Referer of https is asked for."""
    caller = register.caller(0)
    claimed = {"X-Forwarded-Proto": "https"}
    fields = caller.get("/mitra/baru/").fields | {"name": ["Dinas Contoh Dua"], "kind": ["OPD"]}
    saved = caller.post("/mitra/baru/", fields, **claimed).status == 302
    assert saved == (register.environment["TRUSTED_PROXY_COUNT"] == "0")


def guess(register: Register, password: str, **headers: str) -> int:
    caller = register.caller()
    fields = caller.get("/masuk/").fields | {"username": ["humas-0"], "password": [password]}
    return caller.post("/masuk/", fields, **headers).status


def forwarded_for(register: Register, number: int) -> str:
    """What arrives when a caller invents an address: a proxy appends the real one."""
    invented = f"192.0.2.{number}"
    behind = register.environment["TRUSTED_PROXY_COUNT"] == "1"
    return f"{invented}, 198.51.100.7" if behind else invented


def test_invented_addresses_open_no_lock(register):
    answers = [
        guess(
            register,
            "salah",
            **{
                "X-Forwarded-For": forwarded_for(register, number),
                "Forwarded": f"for=192.0.2.{number}",
                "X-Real-Ip": f"192.0.2.{number}",
                "X-Client-Ip": f"192.0.2.{number}",
                "Client-Ip": f"192.0.2.{number}",
                "True-Client-Ip": f"192.0.2.{number}",
            },
        )
        for number in range(1, 8)
    ]
    assert answers == [200, 200, 200, 200, 200, 429, 429]
    assert guess(register, PASSWORD, **{"X-Forwarded-For": forwarded_for(register, 99)}) == 429
