"""A forgotten password: whom to ask, and by mail the same link without telling who exists."""

import re
import threading
from unittest import mock

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from institutions import link_mail
from institutions.models import LinkOrigin, LoginLink, User
from tests.factories import make_kanwil

pytestmark = pytest.mark.django_db
URL = "/lupa-sandi/"


@pytest.fixture
def account(humas: User) -> User:
    return humas.change(by=None, email="Rina@contoh.id")


@pytest.fixture
def by_mail(settings):
    """With a mail server; what the thread would do is done by hand."""
    settings.SENDS_MAIL = True
    with mock.patch.object(link_mail.mailroom.worker, "submit") as submit:
        yield submit
    while link_mail.mailroom.places._value < link_mail.MOST_WAITING:
        link_mail.mailroom.places.release()


def test_the_page_names_whom_to_ask(client: Client) -> None:
    kanwil = make_kanwil()
    kanwil.change(by=None, phone="024-000000")
    page = client.get(URL).content.decode()
    assert kanwil.name in page
    assert "024-000000" in page
    assert "Lewat surel" not in page


def test_without_a_mail_server_nothing_is_sent(client: Client, account: User) -> None:
    assert client.post(URL, {"asked_for": "humas"}).status_code == 302
    assert not LoginLink.objects.exists()


def test_the_answer_is_the_same_for_everybody(by_mail, account: User, rekan: User) -> None:
    answers = set()
    for text in ("humas", "rina@contoh.id", "rekan", "tidak-ada", "tidak@ada.id"):
        client = Client()
        with CaptureQueriesContext(connection) as seen:
            answer = client.post(URL, {"asked_for": text})
        page = client.get(answer["Location"]).content.decode()
        queries = [query["sql"] for query in seen]
        assert not [sql for sql in queries if "institutions_user" in sql]
        answers.add((answer.status_code, re.sub(r'value="\w{64}"', "", page), len(queries)))
    assert len(answers) == 1
    assert by_mail.call_count == 5


@pytest.mark.parametrize("text", ["humas", "RINA@CONTOH.ID", "  humas "])
def test_the_owner_gets_a_link(settings, account: User, text: str) -> None:
    settings.BASE_URL = "https://register.contoh.go.id"
    link_mail.send_link(text.strip())
    message = mail.outbox[0]
    link = LoginLink.objects.get()
    assert message.to == ["Rina@contoh.id"]
    assert link.url in message.body
    assert link.url.startswith("https://register.contoh.go.id/masuk/")
    assert (link.origin, link.made_by) == (LinkOrigin.OWNER, account)
    assert "&" not in message.body


@pytest.mark.parametrize("text", ["", "rekan", "tidak-ada", "tutup", "@", "%", "\\"])
def test_nobody_else_does(account: User, rekan: User, humas_lain: User, text: str) -> None:
    humas_lain.change(by=None, email="tutup@contoh.id", username="tutup")
    humas_lain.close(by=None, reason="Pindah")
    link_mail.send_link(text)
    assert mail.outbox == []
    assert not LoginLink.objects.exists()


def test_nobody_fills_somebody_elses_mailbox(account: User) -> None:
    for _ in range(10):
        link_mail.send_link("humas")
    assert len(mail.outbox) == link_mail.MOST_MAILS


def test_what_waits_is_bounded(by_mail) -> None:
    for _ in range(link_mail.MOST_WAITING + 20):
        link_mail.ask("humas")
    assert by_mail.call_count == link_mail.MOST_WAITING


def test_the_room_is_free_again_after_a_failure(account: User) -> None:
    room = link_mail.Mailroom()
    done = threading.Event()

    def breaks(text: str) -> None:
        done.set()
        raise OSError("no mail server")

    with mock.patch.object(link_mail, "send_link", side_effect=breaks):
        room.take("humas")
        assert done.wait(10)
        room.worker.shutdown(wait=True)
    assert room.places._value == link_mail.MOST_WAITING


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "Isi nama pengguna atau surel."), ("x" * 300, "terlalu panjang"), ("a\0b", "disimpan")],
)
def test_what_does_not_fit_is_said(by_mail, client: Client, text: str, words: str) -> None:
    assert words in client.post(URL, {"asked_for": text}).content.decode()
