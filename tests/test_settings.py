import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import BASE_DIR, Environment, base_url, is_loopback, kept_secret_key

PRODUCTION = {
    "BASE_URL": "https://register.contoh.go.id",
    "SECRET_KEY": "a-made-up-key-for-tests-$0123456789-abcdefghijklmnopqrstuvwxyz",
}
SHOWN = [
    "ALLOWED_HOSTS",
    "BASE_URL",
    "CSRF_COOKIE_SECURE",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASES",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_BACKEND",
    "PRODUCTION",
    "SECRET_KEY",
    "SECURE_HSTS_SECONDS",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
]


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A new process that knows of this one's environment only what it needs to start."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        env={"ENV_FILE": os.devnull, "PYTHONUTF8": "1"} | kept | environment,
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def settings_of(tmp_path):
    """The settings a register would start with in the given environment."""
    code = (
        "import json; from config import settings;"
        f" print(json.dumps({{name: getattr(settings, name) for name in {SHOWN}}}, default=str))"
    )

    def read(**environment: str) -> dict:
        done = python("-c", code, **{"DATA_DIR": str(tmp_path)} | environment)
        assert done.returncode == 0, done.stderr
        settings = json.loads(done.stdout)
        settings["DATABASES"]["default"].pop("TEST", None)  # Named after the process.
        return settings

    return read


@pytest.fixture
def refusal_of(tmp_path):
    """The sentence with which a register refuses to start."""

    def read(**environment: str) -> str:
        done = python("manage.py", "check", **{"DATA_DIR": str(tmp_path)} | environment)
        assert done.returncode == 1
        return done.stderr.strip()

    return read


def test_nothing_has_to_be_set(settings_of, tmp_path):
    settings = settings_of()
    assert settings["PRODUCTION"] is False
    assert settings["DEBUG"] is False
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "register.sqlite3")
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "127.0.0.1", "[::1]"]
    assert settings["SESSION_COOKIE_SECURE"] is False


def test_key_is_made_once_and_kept(settings_of, tmp_path):
    assert settings_of()["SECRET_KEY"] == settings_of()["SECRET_KEY"]
    if os.name == "posix":
        assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_share_one_key(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(kept_secret_key, [tmp_path / "secret_key"] * 16))
    assert len(keys) == 1


def test_env_file_fills_what_the_environment_leaves_out(settings_of, tmp_path):
    file = tmp_path / "settings.env"
    file.write_text("DEBUG=on\r\nALLOWED_HOSTS=satu.contoh, dua.contoh\r\nPORT=8001\r\n")
    settings = settings_of(ENV_FILE=str(file), PORT="8002")
    assert settings["DEBUG"] is True
    assert settings["ALLOWED_HOSTS"][-2:] == ["satu.contoh", "dua.contoh"]
    assert settings["BASE_URL"] == "http://127.0.0.1:8002"


def test_production_refuses_to_start_without_a_key(refusal_of):
    sentence = refusal_of(BASE_URL=PRODUCTION["BASE_URL"], DEBUG="on")
    assert sentence.startswith("SECRET_KEY belum diisi")
    assert "Traceback" not in sentence


def test_production_refuses_plain_http(refusal_of):
    sentence = refusal_of(**PRODUCTION | {"BASE_URL": "http://register.contoh.go.id"})
    assert sentence.startswith("BASE_URL harus diawali https://")


def test_production_is_guarded(settings_of):
    settings = settings_of(**PRODUCTION)
    assert settings["PRODUCTION"] is True
    assert settings["SECRET_KEY"] == PRODUCTION["SECRET_KEY"]
    assert settings["ALLOWED_HOSTS"] == ["register.contoh.go.id"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://register.contoh.go.id"]
    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600


def test_key_may_come_from_a_file(settings_of, tmp_path):
    file = tmp_path / "key"
    file.write_text("$begins-like-a-variable\n")
    settings = settings_of(BASE_URL=PRODUCTION["BASE_URL"], SECRET_KEY_FILE=str(file))
    assert settings["SECRET_KEY"] == "$begins-like-a-variable"


def test_deployment_check_finds_nothing_in_production(tmp_path):
    done = python("manage.py", "check", "--deploy", **PRODUCTION, DATA_DIR=str(tmp_path))
    assert (done.returncode, "(0 silenced)" in done.stdout) == (0, True), done.stderr
    assert done.stderr == ""


def test_postgresql_keeps_its_connections(settings_of):
    database = settings_of(DATABASE_URL="postgres://nama:sandi@basisdata:5433/register")[
        "DATABASES"
    ]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"]) == ("basisdata", 5433)
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (600, True)


def test_postgresql_compiles_no_queries_unless_its_address_says_so(settings_of):
    url = "postgres://nama:sandi@basisdata/register"
    for address, said in ((url, "-c jit=off "), (f"{url}?options=-c%20jit%3Don", "-c jit=on")):
        database = settings_of(DATABASE_URL=address)["DATABASES"]["default"]
        assert database["OPTIONS"]["options"].startswith(said)


def test_postgresql_that_fell_silent_is_given_up_after_seconds(settings_of):
    database = settings_of(DATABASE_URL="postgres://nama:sandi@basisdata/register")["DATABASES"]
    assert database["default"]["OPTIONS"]["connect_timeout"] == 2
    assert "lock_timeout" in database["default"]["OPTIONS"]["options"]


def test_sqlite_file_counts_from_the_folder_of_manage_py(settings_of):
    database = settings_of(DATABASE_URL="sqlite:///lain.sqlite3")["DATABASES"]["default"]
    assert database["NAME"] == str(BASE_DIR / "lain.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DEBUG": "maybe"}, "DEBUG harus on atau off"),
        ({"PORT": "80a"}, "PORT harus bilangan bulat mulai 1"),
        ({"PORT": "0"}, "PORT harus bilangan bulat mulai 1"),
        ({"TRUSTED_PROXY_COUNT": "-1"}, "TRUSTED_PROXY_COUNT harus bilangan bulat"),
        ({"TRUSTED_PROXY_COUNT": "٣"}, "TRUSTED_PROXY_COUNT harus bilangan bulat"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL harus salah satu dari"),
        ({"DATABASE_URL": "mysql://a@b/c"}, "DATABASE_URL harus diawali"),
        ({"DATABASE_URL": "register.sqlite3"}, "DATABASE_URL harus diawali"),
    ],
)
def test_value_that_makes_no_sense_is_refused(refusal_of, environment, sentence):
    assert refusal_of(**environment).splitlines()[-1].startswith(sentence)


@pytest.mark.parametrize("word", ["1", "on", "True", "YES"])
def test_yes_has_several_spellings(monkeypatch, word):
    monkeypatch.setenv("SOME_FLAG", word)
    assert Environment().flag("SOME_FLAG", default=False) is True


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1"),
        ("https://Register.Contoh.go.id/", "register.contoh.go.id"),
        ("http://[::1]:8000", "::1"),
    ],
)
def test_base_url_is_read(text, host):
    assert base_url(text).hostname == host


@pytest.mark.parametrize(
    "text",
    [
        "register.contoh.go.id",
        "ftp://register.contoh.go.id",
        "https://",
        "https://contoh.go.id/mitra",
        "https://contoh.go.id?x=1",
        "https://nama@contoh.go.id",
        "https://contoh.go.id:port",
        "https://contoh.go.id:99999",
        "https://[::1",
    ],
)
def test_base_url_that_is_no_plain_address_is_refused(text):
    with pytest.raises(ImproperlyConfigured, match="BASE_URL"):
        base_url(text)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("register.localhost", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("localhost.contoh.go.id", False),
    ],
)
def test_loopback_is_this_machine_only(host, expected):
    assert is_loopback(host) is expected


def test_example_lists_exactly_the_names_that_are_read():
    code = "".join(
        (BASE_DIR / "config" / name).read_text(encoding="utf-8")
        for name in ("settings.py", "gunicorn.conf.py")
    )
    read = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', code)
    example = (BASE_DIR / ".env.example").read_text(encoding="utf-8")
    listed = re.findall(r"^#([A-Z_]+)=", example, re.MULTILINE)
    assert set(listed) == set(read)
    assert len(listed) == len(set(listed))


def test_example_shows_the_defaults(settings_of, tmp_path):
    example = (BASE_DIR / ".env.example").read_text(encoding="utf-8")
    file = tmp_path / "example.env"
    file.write_text(re.sub(r"^#([A-Z_]+=)", r"\1", example, flags=re.MULTILINE), encoding="utf-8")
    assert settings_of(ENV_FILE=str(file)) == settings_of()


@pytest.mark.parametrize(("proxies", "is_secure"), [("1", "True"), ("0", "False")])
def test_the_scheme_is_believed_of_a_proxy_only(tmp_path, proxies, is_secure):
    code = (
        "import django; django.setup();"
        "from django.test import RequestFactory;"
        "print(RequestFactory().get('/', headers={'X-Forwarded-Proto': 'https'}).is_secure())"
    )
    base = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(tmp_path)}
    assert python("-c", code, TRUSTED_PROXY_COUNT=proxies, **base).stdout.strip() == is_secure


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_its_reason(name):
    lines = Path(BASE_DIR / name).read_text(encoding="utf-8").splitlines()
    pins = [number for number, line in enumerate(lines) if re.match(r"[A-Za-z]", line)]
    assert all(re.fullmatch(r"[\w\[\]-]+==[\w.]+(; .+)?", lines[number]) for number in pins)
    assert all(lines[number - 1].startswith("# ") for number in pins)


def test_pins_are_what_is_installed():
    text = (BASE_DIR / "requirements.txt").read_text(encoding="utf-8")
    pins = re.findall(r"^([\w-]+)(?:\[\w+\])?==([\w.]+)$", text, re.MULTILINE)
    assert {name: version(name) for name, _ in pins} == dict(pins)
