"""Every hostile file is refused in words or kept without harm, within 5 seconds and 50 MB."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.test import Client
from django.urls import reverse

from partnerships.documents.checks import check
from partnerships.models import Document, DocumentKind
from tests.factories import make_agreement
from tests.files import photo_of_a_place, picture, upload
from tests.header_rubric import faults
from tests.hostile_files import HARMLESS, HOSTILE, Maker
from tests.watched import Watched

# Kept as it came, and with every picture drawn anew.
KINDS = (DocumentKind.NASKAH, DocumentKind.BUKTI)
# As large as a picture may be: one drawn anew takes most.
LARGE: dict[str, Maker] = {
    "photo of a telephone": lambda: picture(size=(4000, 3000), flat=True),
    "photo of 40 million points": lambda: picture(size=(8000, 5000), flat=True),
    "photo of a messenger": lambda: picture(size=(4096, 3072), progressive=True, flat=True),
    "screenshot": lambda: picture("PNG", size=(1440, 3200), mode="RGBA", flat=True),
    "PNG on its side": lambda: photo_of_a_place("PNG", size=(3000, 2000), flat=True),
    "grey scan": lambda: picture("PNG", size=(2480, 3508), mode="L", flat=True),
    "photo for print": lambda: picture(size=(2200, 1700), mode="CMYK", flat=True),
}


def on_disk(name: str, content: bytes) -> TemporaryUploadedFile:
    file = TemporaryUploadedFile(name, "application/pdf", len(content), None)
    file.write(content)
    file.flush()
    return file


def refusals(name: str, make: Maker, kind: str) -> list[str]:
    """What is said against the file; nothing where it is kept."""
    file = on_disk(name, make())
    with Watched():
        try:
            check(file, kind)
        except ValidationError as refused:
            return refused.messages
    return []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", HOSTILE)
def test_it_is_refused_in_words(case: str, kind: str) -> None:
    [text] = refusals(*HOSTILE[case], kind)
    assert text.startswith(f"“{HOSTILE[case][0]}” ")
    assert text.endswith(".")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", HARMLESS)
def test_it_may_be_kept(case: str, kind: str) -> None:
    assert refusals(*HARMLESS[case], kind) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", LARGE)
def test_what_is_large_and_in_order_stays_within_the_same_bounds(case: str, kind: str) -> None:
    assert refusals(case, LARGE[case], kind) == []


@pytest.fixture
def desk(client: Client, humas: Any) -> Client:
    client.force_login(humas)
    return client


@pytest.fixture
def address(humas: Any) -> str:
    return reverse("agreement_upload", args=[make_agreement(humas.unit).pk])


@pytest.mark.django_db
@pytest.mark.parametrize("case", HOSTILE)
def test_a_refused_file_leaves_nothing_and_the_page_says_why(desk, address, case):
    name, make = HOSTILE[case]
    before = len(list(Path(settings.MEDIA_ROOT).rglob("*")))
    answer = desk.post(address, {"file": upload(make(), name), "kind": "NASKAH"})
    assert answer.status_code == 200
    assert f"“{name}” " in answer.context["form"].errors["file"][0]
    assert not Document.objects.exists()
    assert len(list(Path(settings.MEDIA_ROOT).rglob("*"))) == before


@pytest.mark.django_db
@pytest.mark.parametrize("case", HARMLESS)
def test_a_file_that_is_kept_harms_nobody_who_opens_it(desk, address, case):
    name, make = HARMLESS[case]
    assert desk.post(address, {"file": upload(make(), name), "kind": "NASKAH"}).status_code == 302
    document = Document.objects.get()
    assert re.fullmatch(r"documents/[0-9a-f]{32}", document.file.name)
    assert re.fullmatch(r"[^/\\\x00-\x1f\u202a-\u202e\"<>]{1,140}\.(pdf|jpg)", str(document))
    answer = desk.get(document.get_absolute_url())
    assert answer["Content-Type"] in {"application/pdf", "image/jpeg"}
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].endswith("; sandbox")
    disposition = answer["Content-Disposition"]
    assert disposition.startswith("attachment;" if name[-3:] != "jpg" else "inline;")
    assert "Set-Cookie" not in answer.headers
    assert faults(answer.headers) == []
    page = desk.get(document.agreement.get_absolute_url()).content.decode()
    assert "<img src=x" not in page
