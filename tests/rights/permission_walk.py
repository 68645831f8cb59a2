"""Sends one request as one kind of user and judges the answer in the letters of the table."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.contrib.messages.storage.cookie import CookieStorage
from django.db import transaction
from django.http import HttpRequest
from django.template import Template
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse

from tests.rights.permission_world import World
from tests.rights.secret_table import MAY_MEET

SECRET = re.compile(r"rahasia\d{4}")
LETTERS = {200: "2", 403: "3", 404: "4", 405: "5"}


class Browser(RequestFactory):
    """Django's test client without its copy of every template's context, which takes most time."""

    def __init__(self, session: str = "") -> None:
        super().__init__()
        self.handler = ClientHandler(enforce_csrf_checks=False)
        if session:
            self.cookies["sessionid"] = session

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))


def text_of(answer: Any) -> str:
    """What the answer says, also where it is a file; it can be asked again."""
    if not answer.streaming:
        return str(answer.content.decode())
    content = b"".join(answer.streaming_content)
    answer.streaming_content = [content]
    return content.decode(errors="replace")


@contextmanager
def undrawn() -> Iterator[None]:
    """Answers without their text, where only what was decided is asked: that takes no drawing."""
    with mock.patch.object(Template, "_render", return_value=""):
        yield


class Walker:
    """Requests in one world; whatever a request saves is undone before the next."""

    def __init__(self, world: World) -> None:
        self.world, self.ledger = world, world.ledger
        self.open_to = {
            word: MAY_MEET[keeper, depth]
            for word, (keeper, depth, _) in world.secrets.known.items()
        }

    def browser(self, actor: str) -> Browser:
        return Browser(self.world.sessions.get(actor, ""))

    def get(self, actor: str, address: str, data: Any = None) -> Any:
        return self.browser(actor).get(address, data)

    def letter(self, actor: str, method: str, address: str, data: Any = None) -> str:
        """The answer in one letter; anything that breaks a rule of every answer follows it."""
        return self.visit(actor, method, address, data)[0]

    def visit(self, actor: str, method: str, address: str, data: Any = None) -> tuple[str, Any]:
        with transaction.atomic(), self.ledger.watch() as touched:
            answer = self.send(actor, method, address, data)
            changed = self.ledger.changes(touched)
            transaction.set_rollback(True)
        letter = self.status(answer, saved=bool(changed))
        problems = [f"changed {', '.join(changed)}"] if changed and letter != "S" else []
        if leaked := self.leaked(actor, answer):
            problems.append(f"told {', '.join(leaked)}")
        if method == "HEAD" and text_of(answer):
            problems.append("body after HEAD")
        return (f"{letter} ({'; '.join(problems)})" if problems else letter), answer

    def send(self, actor: str, method: str, address: str, data: Any = None) -> Any:
        browser = self.browser(actor)
        if method == "POST":
            return browser.post(address, data or {})
        return browser.generic(method, address)

    def status(self, answer: Any, *, saved: bool) -> str:
        if answer.status_code != 302:
            return LETTERS.get(answer.status_code, f"<{answer.status_code}>")
        if answer["Location"].startswith((reverse("login"), reverse("admin:login"))):
            return "L"
        return "S" if saved else "R"

    def met(self, answer: Any) -> set[str]:
        """Every secret in the answer, its headers and the messages it leaves for the next page."""
        texts = [text_of(answer), str(answer.headers)]
        if "messages" in answer.cookies:
            kept = CookieStorage(HttpRequest())._decode(answer.cookies["messages"].value)
            texts += [str(message) for message in kept or []]
        return set(SECRET.findall("\n".join(texts).lower()))

    def leaked(self, actor: str, answer: Any) -> list[str]:
        """Secrets the actor may not meet, with what they are."""
        told = sorted(word for word in self.met(answer) if actor not in self.open_to[word])
        return [f"{word}: {' '.join(self.world.secrets.known[word])}" for word in told]
