"""What deploy/ holds works as far as this machine can tell."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.headers import ALWAYS
from tests.faults.register import BASE_DIR, running_register
from tests.header_rubric import faults
from tests.throwaway_postgres import free_port

DEPLOY = BASE_DIR / "deploy"
HOST = "register.example.go.id"


def needs(*programs: str) -> Any:
    missing = [name for name in programs if shutil.which(name) is None]
    return pytest.mark.skipif(bool(missing), reason=f"no {', '.join(missing)} on this machine")


@needs("systemd-analyze")
def test_units_are_understood_by_systemd(tmp_path: Path) -> None:
    for unit in [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]:
        text = unit.read_text().replace("/opt/register/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "register" in line]
    assert (ours, done.returncode) == ([], 0)


def test_examples_name_only_settings_that_exist() -> None:
    known = re.findall(r"^#?([A-Z_]+)=", (BASE_DIR / ".env.example").read_text(), re.MULTILINE)
    for name in ("register.env.example", "compose.env.example"):
        used = re.findall(r"^([A-Z_]+)=", (DEPLOY / name).read_text(), re.MULTILINE)
        assert set(used) <= {*known, "POSTGRES_PASSWORD"}


def test_compose_file_says_what_compose_knows() -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with requirements-dev.txt")
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    known = {
        "image",
        "build",
        "restart",
        "environment",
        "volumes",
        "healthcheck",
        "depends_on",
        "ports",
    }
    assert compose.keys() == {"services", "volumes"}
    for service in compose["services"].values():
        assert service.keys() <= known | {"stop_grace_period"}
        named = [volume.split(":")[0] for volume in service["volumes"]]
        assert set(named) <= compose["volumes"].keys()
    register = compose["services"]["register"]
    assert (DEPLOY / register["build"]["context"] / register["build"]["dockerfile"]).is_file()
    assert register["depends_on"].keys() <= compose["services"].keys()
    assert all(port.startswith("127.0.0.1:") for port in register["ports"])


def test_image_holds_what_the_register_needs_and_no_more(tmp_path: Path) -> None:
    """The COPY and RUN lines of the Dockerfile, carried out by hand."""
    text = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    for words in re.findall(r"^COPY (.+)$", text, re.MULTILINE):
        *sources, target = words.split()
        for source in sources:
            path = BASE_DIR / source
            if path.is_dir():
                shutil.copytree(path, tmp_path / target)
            else:
                shutil.copy(path, tmp_path / target)
    [collect] = [line for line in text.splitlines() if line.startswith("RUN DATA_DIR=")]
    folder = Path(sys.executable).parent
    environment = {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "STATIC_ROOT": str(tmp_path / "collected"),
        "ENV_FILE": os.devnull,
    }
    subprocess.run(
        ["sh", "-ec", collect.removeprefix("RUN ")], cwd=tmp_path, env=environment, check=True
    )
    assert (tmp_path / "collected" / "staticfiles.json").is_file()
    assert (tmp_path / "collected" / "sources.sha256").is_file()
    assert not (tmp_path / "build").exists()
    assert "USER register" in text
    assert "HEALTHCHECK" in text


def nginx_configuration(folder: Path, *, port: int, plain: int, secure: int) -> Path:
    """The sample with ports and certificate of this test, in what nginx wants around it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        + ["-subj", f"/CN={HOST}", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    site = (DEPLOY / "nginx.conf").read_text()
    site = re.sub(r"^ *listen \[::\].*\n", "", site, flags=re.MULTILINE)
    for old, new in {
        "127.0.0.1:8000": f"127.0.0.1:{port}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443": f"listen 127.0.0.1:{secure}",
        "/etc/ssl/register/fullchain.pem": str(certificate),
        "/etc/ssl/register/privkey.pem": str(key),
    }.items():
        assert old in site
        site = site.replace(old, new)
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    rooms = "".join(f"{name}_temp_path {folder}/{name};\n" for name in names)
    user = "user root;\n" if os.geteuid() == 0 else ""
    path = folder / "nginx.conf"
    path.write_text(
        f"{user}daemon off;\npid {folder}/nginx.pid;\nerror_log stderr;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{rooms}{site}}}\n"
    )
    return path


@contextlib.contextmanager
def running_nginx(configuration: Path, secure: int) -> Iterator[None]:
    command = ["nginx", "-p", configuration.parent, "-c", configuration]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", secure)):
                break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def ask(port: int, method: str, address: str, body: bytes | None = None, **headers: str) -> Any:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=context)
    with contextlib.closing(connection):
        connection.request(method, address, body, {"Host": HOST, **headers})
        response = connection.getresponse()
        response.text = response.read().decode()
        return response


@needs("nginx", "openssl")
def test_production_behind_nginx(tmp_path: Path) -> None:
    plain, secure = free_port(), free_port()
    production = {
        "BASE_URL": f"https://{HOST}",
        "SECRET_KEY": "kunci-contoh-" * 5,
        "TRUSTED_PROXY_COUNT": "1",
        # The test asks the server itself whether it is ready.
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    with running_register(tmp_path / "register", **production) as register:
        register.manage("check", "--deploy", "--fail-level", "WARNING")
        register.manage("collectstatic", "--noinput", "--verbosity=0")
        configuration = nginx_configuration(
            tmp_path, port=register.port, plain=plain, secure=secure
        )
        with running_nginx(configuration, secure):
            page = ask(secure, "GET", "/masuk/", **{"X-Forwarded-Proto": "http"})
            assert page.status == 200
            assert "__Host-csrftoken" in page.headers["Set-Cookie"]
            assert page.headers["Strict-Transport-Security"]
            sheet = re.search(r'href="(/static/[^"]+\.css)"', page.text)
            assert sheet is not None
            assert ask(secure, "GET", sheet[1]).status == 200
            assert ask(secure, "GET", "/readyz").status == 200
            assert ask(secure, "GET", "/data/register.sqlite3").status in {302, 404}
            assert_redirected(plain)
            # Too large for the proxy; what fits is answered by the register, which knows no token.
            large = ask(secure, "POST", "/masuk/", bytes(26 * 1024 * 1024))
            assert (large.status, faults(large.headers, secure=True)) == (413, [])
            alike = (*ALWAYS, "Strict-Transport-Security")
            assert [large.headers[name] for name in alike] == [page.headers[name] for name in alike]
            assert "Berkas terlalu besar" in large.text
            assert ask(secure, "POST", "/masuk/", bytes(20 * 1024 * 1024)).status in {400, 403}
            assert_others_are_served_meanwhile(secure)


def assert_redirected(plain: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", plain, timeout=20)
    with contextlib.closing(connection):
        connection.request("GET", "/mitra/", headers={"Host": HOST})
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/mitra/")


def assert_others_are_served_meanwhile(secure: int) -> None:
    """Twenty bodies that trickle in: more than the register has threads."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    head = f"POST /masuk/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 20\r\n\r\n".encode()
    with contextlib.ExitStack() as stack:
        slow = []
        for _ in range(20):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", secure), timeout=60))
            slow.append(stack.enter_context(context.wrap_socket(line)))
        for line in slow:
            line.sendall(head + b"1234567890")
        assert ask(secure, "GET", "/masuk/").status == 200
        for line in slow:
            line.sendall(b"1234567890")
            assert line.recv(12).startswith(b"HTTP/1.1 4")
