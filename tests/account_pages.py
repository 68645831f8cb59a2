"""What tests of accounts share: the forms of the pages, a login link, somebody's tries."""

import re
from typing import Any

from django.test import Client

from institutions.models import LoginLink, Unit, User

PASSWORD = "jembatan-merah-7"
SIGN_IN = "/masuk/"


def create(client: Client, where: Unit, /, **fields: Any) -> Any:
    """The answer to the form for one account, filled in as a browser would send it."""
    sent = {"full_name": "Rina Contoh", "unit": str(where.pk), "role": "", "email": ""}
    return client.post("/akun/baru/", sent | fields)


def edited(account: User, **fields: Any) -> dict[str, str]:
    """What the form of the account sends when it is saved with some fields changed."""
    sent = {
        "full_name": account.get_full_name(),
        "unit": str(account.unit_id),
        "role": account.role,
        "email": account.email,
        "version": str(account.version),
        "reason": "",
    }
    return sent | fields


def errors_on(response: Any) -> str:
    """The summary of what is wrong; blank when the answer is no form with errors."""
    if response.status_code != 200:
        return ""
    found = re.search(r'class="error-summary".*?</div>', response.content.decode(), re.DOTALL)
    return found.group() if found else ""


def path_of(link: LoginLink) -> str:
    return "/masuk/" + link.url.rstrip("/").rpartition("/")[2] + "/"


def sign_in(client: Client, name: str, password: str, **headers: str) -> int:
    """The status of the answer: 302 signed in, 200 refused, 429 locked."""
    sent = {"username": name, "password": password}
    return client.post(SIGN_IN, sent, headers=headers or None).status_code
