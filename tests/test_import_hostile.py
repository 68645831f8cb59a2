"""Every hostile list is refused in words or read without harm, within 5 seconds and 50 MB."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from institutions.models import User
from partnerships.imports.reading import read_list
from partnerships.imports.refusals import NotAList
from partnerships.models import Import
from tests.hostile_lists import HARMLESS, HOSTILE
from tests.watched import Watched

A_SENTENCE = re.compile(r"[A-Z].*\.")


def test_the_lists_are_many_and_each_is_another() -> None:
    made = [make() for make in (HOSTILE | HARMLESS).values()]
    assert len({hash(content) for content in made}) == len(made) >= 50


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_list_is_refused_in_words(name: str) -> None:
    content = HOSTILE[name]()
    with Watched(), pytest.raises(NotAList) as refused:
        read_list(BytesIO(content), len(content))
    assert A_SENTENCE.fullmatch(str(refused.value))


@pytest.mark.parametrize("name", HARMLESS)
def test_an_odd_list_is_read(name: str) -> None:
    content = HARMLESS[name]()
    with Watched():
        assert read_list(BytesIO(content), len(content)).lines


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["XXE", "unpacks to 600,000 rows", "macro", "NUL bytes", "HTML"])
def test_the_page_says_it_beside_the_file(client: Client, humas: User, name: str) -> None:
    client.force_login(humas)
    upload = SimpleUploadedFile("daftar.xlsx", HOSTILE[name]())
    answer = client.post("/perjanjian/impor/", {"file": upload})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not Import.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", HARMLESS)
def test_the_page_takes_an_odd_list(client: Client, humas: User, name: str) -> None:
    client.force_login(humas)
    upload = SimpleUploadedFile("daftar.xlsx", HARMLESS[name]())
    answer = client.post("/perjanjian/impor/", {"file": upload}, follow=True)
    assert answer.status_code == 200
    assert answer.context["kept"].counts
    assert b"<script>alert" not in answer.content
