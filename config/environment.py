"""Reading the environment: `.env` first, then answers that are refused when they make no sense."""

import ipaddress
import os
import secrets
import time
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

TRUE_WORDS = {"1", "on", "true", "yes"}
FALSE_WORDS = {"0", "off", "false", "no"}


class Environment(environ.FileAwareEnv):
    """Any NAME may also be given as NAME_FILE: the path of a file that holds the value."""

    def text(self, name: str, default: str = "") -> str:
        """The value as written, the default when it is missing or empty.

        env.str() would take a secret that begins with $ for the name of another variable.
        """
        return str(self.ENVIRON.get(name, "")).strip() or default

    def flag(self, name: str, default: bool) -> bool:
        """A yes or no; env.bool() would read every unknown word as no."""
        word = self.text(name, "on" if default else "off").lower()
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        raise ImproperlyConfigured(f"{name} harus on atau off, bukan {word!r}.")

    def whole_number(self, name: str, default: int, *, least: int = 0) -> int:
        text = self.text(name, str(default))
        # isdecimal() alone also accepts the digits of other scripts.
        if not (text.isascii() and text.isdecimal()) or int(text) < least:
            raise ImproperlyConfigured(
                f"{name} harus bilangan bulat mulai {least}, bukan {text!r}."
            )
        return int(text)

    def word(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        word = self.text(name, default).upper()
        if word not in choices:
            raise ImproperlyConfigured(
                f"{name} harus salah satu dari {', '.join(choices)}, bukan {word!r}."
            )
        return word

    def names(self, name: str) -> list[str]:
        """What stands between the commas."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def folder(self, name: str, default: Path) -> Path:
        """An absolute path; a relative one counts from the folder of manage.py."""
        return BASE_DIR / Path(self.text(name, str(default))).expanduser()


def read_environment() -> Environment:
    """The process environment, with `.env` (or the file named by ENV_FILE) filling its gaps."""
    env = Environment()
    env.read_env(os.environ.get("ENV_FILE") or BASE_DIR / ".env")
    return env


def base_url(text: str) -> SplitResult:
    """Scheme, host and port under which users reach the register; nothing else fits in there."""
    try:
        url = urlsplit(text.strip().rstrip("/"))
        port = url.port
    except ValueError as error:
        raise ImproperlyConfigured(f"BASE_URL bukan alamat: {text!r}.") from error
    if url.scheme not in {"http", "https"} or not url.hostname or port == 0:
        raise ImproperlyConfigured(
            f"BASE_URL harus seperti https://register.contoh.go.id, bukan {text!r}."
        )
    if url.path or url.query or url.fragment or url.username is not None:
        raise ImproperlyConfigured(
            f"BASE_URL hanya berisi skema, nama host dan porta, bukan {text!r}."
        )
    return url


def is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def kept_secret_key(path: Path) -> str:
    """The key of a register that is not in production: made once, then read from its file.

    Two processes that start together must end up with the same key, so the file is opened with
    O_EXCL: one of them writes it and the other waits until the text is there.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        for _ in range(100):
            if key := path.read_text(encoding="ascii").strip():
                return key
            time.sleep(0.02)
        raise ImproperlyConfigured(f"{path} kosong; hapus berkas itu lalu jalankan lagi.") from None
    key = secrets.token_urlsafe(64)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key
