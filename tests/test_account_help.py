"""The help page, and what a wrong method is answered with."""

import pytest
from django.test import Client
from django.urls import reverse

from institutions.models import User

pytestmark = pytest.mark.django_db
URL = "/bantuan/"


@pytest.mark.parametrize("person", ["humas", "pembaca", "pengelola", "tanpa_unit"])
def test_everybody_signed_in_reads_help(
    client: Client, request: pytest.FixtureRequest, person: str
) -> None:
    client.force_login(request.getfixturevalue(person))
    response = client.get(URL)
    assert response.status_code == 200
    assert "Mencatat perjanjian dari naskah kertas" in response.content.decode()


def test_stranger_signs_in_first(client: Client) -> None:
    assert client.get(URL)["Location"] == f"{reverse('login')}?next={URL}"


def test_a_wrong_method_is_answered_in_words(client: Client, humas: User) -> None:
    client.force_login(humas)
    assert client.head(URL).status_code == 200
    response = client.post(URL)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "Tidak ada yang berubah." in response.content.decode()


def test_a_stranger_is_answered_in_words_too(client: Client) -> None:
    response = client.get("/keluar/")
    assert response.status_code == 405
    assert "tombol di dalam register" in response.content.decode()
