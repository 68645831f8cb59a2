"""Hapus selamanya: the content of a file goes for good, what is known of it stays."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from institutions.models import Role
from partnerships.models import Document
from tests.admin_forms import as_user, change_address
from tests.factories import make_agreement, make_event, make_file, make_user
from tests.files import picture

pytestmark = pytest.mark.django_db
WHY = "Wajah klien dapat dikenali"


@pytest.fixture
def admin_kanwil(humas: Any) -> Any:
    return make_user(Role.ADMIN, unit=humas.unit.parent, username="admin_kanwil")


@pytest.fixture
def desk(client: Client, admin_kanwil: Any) -> Client:
    client.force_login(admin_kanwil)
    return client


@pytest.fixture
def photo(humas: Any) -> Document:
    return a_photo(make_event(humas.unit, title="Kunjungan contoh"), humas)


def a_photo(event: Any, by: Any, **fields: Any) -> Document:
    facts = {"kind": "FOTO", "file_type": "JPG", "original_name": "foto.jpg"}
    return make_file(picture(flat=True), event=event, faces_cleared_by=by, by=by, **facts | fields)


def erase_address(document: Document) -> str:
    return reverse("document_erase", args=[document.pk])


def erase(desk: Client, document: Document, reason: str = WHY) -> Any:
    return desk.post(erase_address(document), {"reason": reason})


@pytest.fixture(autouse=True)
def committed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is to happen after the commit, which tests never come to."""
    waiting: list[Any] = []

    def note(act: Any, robust: bool = False) -> None:
        assert robust
        waiting.append(act)

    monkeypatch.setattr("partnerships.models.documents.transaction.on_commit", note)
    return waiting


def test_the_page_asks_first_and_names_the_same_file_elsewhere(desk, photo, humas):
    other = a_photo(make_event(humas.unit, title="Kegiatan kedua"), humas)
    page = desk.get(erase_address(photo)).content.decode()
    assert "Hapus isi berkas ini selamanya?" in page
    assert "Cadangan yang dibuat sebelum hari ini masih memuatnya" in page
    assert f'href="{other.place_url}">Kegiatan kedua</a>' in page
    assert default_storage.exists(photo.file.name)


def test_its_bytes_go_and_what_is_known_stays(desk, photo, admin_kanwil, committed):
    name, digest = photo.file.name, photo.sha256
    assert erase(desk, photo)["Location"] == photo.place_url
    assert default_storage.exists(name)
    for act in committed:
        act()
    assert not default_storage.exists(name)
    photo.refresh_from_db()
    assert (photo.file.name, photo.sha256, photo.original_name) == ("", digest, "foto.jpg")
    assert (photo.erased_by, photo.erase_reason) == (admin_kanwil, WHY)
    assert (photo.archived_by, photo.archive_reason) == (admin_kanwil, WHY)
    told = photo.history.first()
    assert (told.history_user, told.history_change_reason) == (
        admin_kanwil,
        f"Dihapus selamanya: {WHY}",
    )


def test_nobody_reads_or_restores_it_any_more(desk, photo, humas):
    erase(desk, photo)
    assert desk.get(photo.get_absolute_url()).status_code == 404
    desk.post(reverse("document_restore", args=[photo.pk]))
    photo.refresh_from_db()
    assert photo.archived_on
    with pytest.raises(ValidationError, match="sudah dihapus selamanya"):
        photo.restore(by=humas)
    assert erase(desk, photo).status_code == 404
    with pytest.raises(ValidationError, match="sudah dihapus selamanya"):
        photo.erase(by=humas, reason=WHY)


def test_the_record_says_when_and_why_and_leads_nowhere(desk, photo):
    erase(desk, photo)
    page = desk.get(photo.event.get_absolute_url()).content.decode()
    assert "Isinya dihapus selamanya" in page
    assert WHY in page
    assert f'href="{photo.get_absolute_url()}"' not in page
    assert "Pulihkan" not in page
    admin = desk.get(change_address(photo.event)).content.decode()
    assert f'href="{photo.get_absolute_url()}"' not in admin


def test_an_earlier_version_and_a_removed_file_can_be_erased(desk, photo, humas):
    masked = a_photo(photo.event, humas, original_name="disamarkan.jpg", replaces=photo)
    page = desk.get(photo.event.get_absolute_url()).content.decode()
    assert erase_address(photo) in page
    assert erase_address(masked) in page
    masked.archive(by=humas, reason="Salah foto")
    assert erase(desk, masked).status_code == 302
    masked.refresh_from_db()
    assert (masked.archived_by, masked.archive_reason) == (humas, "Salah foto")
    assert erase(desk, photo).status_code == 302
    assert not Document.objects.kept().exists()


def test_files_of_a_record_in_the_sampah_too(desk, photo, humas):
    photo.event.archive(by=humas, reason="Tercatat dua kali")
    assert erase_address(photo) in desk.get(photo.event.get_absolute_url()).content.decode()
    assert erase(desk, photo).status_code == 302
    assert not Document.objects.kept().exists()


@pytest.mark.parametrize("reason", ["", " ", "x" * 301])
def test_it_needs_a_reason(desk, photo, committed, reason):
    assert erase(desk, photo, reason).status_code == 200
    with pytest.raises(ValidationError):
        photo.erase(by=None, reason=reason)
    photo.refresh_from_db()
    assert photo.file.name
    assert committed == []


def test_only_an_admin_above_the_record_may(client, humas, humas_lain, pembaca, photo):
    page = as_user(humas).get(photo.event.get_absolute_url()).content.decode()
    assert erase_address(photo) not in page
    elsewhere = make_user(Role.ADMIN, unit=humas_lain.unit, username="admin_lain")
    for user, status in ((humas, 403), (pembaca, 403), (elsewhere, 404)):
        client.force_login(user)
        assert client.get(erase_address(photo)).status_code == status
        assert erase(client, photo).status_code == status
    assert Document.objects.kept().get() == photo


def test_an_admin_of_a_party_may_not(client, humas, humas_lain):
    paper = make_agreement(humas.unit)
    paper.parties.model(agreement=paper, order=3, unit=humas_lain.unit).record(by=None)
    scan = make_file(agreement=paper)
    client.force_login(make_user(Role.ADMIN, unit=humas_lain.unit, username="admin_lain"))
    assert client.get(erase_address(scan)).status_code == 403
