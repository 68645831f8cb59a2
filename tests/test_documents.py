"""Files on the page of their record: read by right, replaced, removed and brought back."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.models import Document, Party
from tests.factories import make_agreement, make_delivery, make_event, make_file
from tests.files import pdf, picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, humas: Any) -> Client:
    client.force_login(humas)
    return client


@pytest.fixture
def scan(humas: Any) -> Document:
    agreement = make_agreement(humas.unit, by=humas)
    return make_file(pdf(), agreement=agreement, original_name="naskah lama.pdf", by=humas)


def told(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def page_of(desk: Client, owner: Any) -> Any:
    return desk.get(owner.get_absolute_url())


def replace(desk: Client, document: Document, *files: Any, **fields: Any) -> Any:
    return desk.post(reverse("document_replace", args=[document.pk]), {"file": files, **fields})


def remove(desk: Client, document: Document, reason: str = "Salah halaman") -> Any:
    return desk.post(reverse("document_archive", args=[document.pk]), {"reason": reason})


# Reading


def test_a_file_is_given_out_whole_and_in_a_sandbox(desk, scan):
    answer = desk.get(scan.get_absolute_url())
    assert b"".join(answer.streaming_content) == pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="naskah lama.pdf"'
    assert answer["Content-Security-Policy"].endswith("; sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"


def test_a_photo_opens_in_its_sandbox(desk, humas):
    photo = make_file(
        picture(),
        event=make_event(humas.unit),
        kind="FOTO",
        file_type="JPG",
        original_name="foto ñ.jpg",
        faces_cleared_by=humas,
    )
    answer = desk.get(photo.get_absolute_url())
    assert answer["Content-Disposition"] == "inline; filename*=utf-8''foto%20%C3%B1.jpg"
    assert answer["Content-Type"] == "image/jpeg"


def test_a_file_from_before_its_content_was_looked_at_is_only_saved(desk, humas):
    old = make_file(b"<script>", agreement=make_agreement(humas.unit), file_type="")
    answer = desk.get(old.get_absolute_url())
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")


def test_a_file_that_is_gone_from_the_disk_is_not_found_and_told_to_the_log(desk, scan, caplog):
    default_storage.delete(scan.file.name)
    assert desk.get(scan.get_absolute_url()).status_code == 404
    assert scan.file.name in caplog.text


def test_a_card_shows_no_files(client, humas_lain, scan):
    client.force_login(humas_lain)
    assert "naskah lama.pdf" not in page_of(client, scan.agreement).content.decode()
    assert client.get(scan.get_absolute_url()).status_code == 404


def test_a_party_reads_the_scan_and_changes_nothing(client, humas_lain, scan):
    Party(agreement=scan.agreement, order=3, unit=humas_lain.unit).record(by=None)
    client.force_login(humas_lain)
    assert client.get(scan.get_absolute_url()).status_code == 200
    page = page_of(client, scan.agreement).content.decode()
    assert "naskah lama.pdf" in page
    assert "/ganti/" not in page
    assert replace(client, scan, upload(pdf("baru"))).status_code == 403
    assert remove(client, scan).status_code == 403


def test_a_manager_reads(client, pembaca, scan):
    client.force_login(pembaca)
    assert client.get(scan.get_absolute_url()).status_code == 200
    assert replace(client, scan, upload(pdf("baru"))).status_code == 403


def test_files_follow_their_delivery(client, humas, humas_lain):
    delivery = make_delivery(event=make_event(humas.unit), unit=humas.unit)
    file = make_file(delivery=delivery, kind="BUKTI")
    for user, status in ((humas, 200), (humas_lain, 404)):
        client.force_login(user)
        assert client.get(file.get_absolute_url()).status_code == status


def test_as_many_queries_however_many_files(desk, scan, humas):
    page_of(desk, scan.agreement)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            page_of(desk, scan.agreement)
        counts.append(len(asked))
        for _ in range(9):
            make_file(agreement=scan.agreement, by=humas)
    assert counts[0] == counts[1]


# What is missing


def test_a_signed_paper_without_its_scan_says_so_with_the_way_to_fill_it(desk, humas):
    agreement = make_agreement(humas.unit)
    page = page_of(desk, agreement).content.decode()
    link = reverse("agreement_upload", args=[agreement.pk])
    assert f'href="{link}">Naskah belum diunggah' in page
    make_file(agreement=agreement, kind="LAMPIRAN")
    assert "Naskah belum diunggah" in page_of(desk, agreement).content.decode()
    make_file(agreement=agreement)
    assert "Naskah belum diunggah" not in page_of(desk, agreement).content.decode()


def test_a_draft_lacks_no_scan_yet(desk, humas):
    draft = make_agreement(humas.unit, signed_on=None)
    assert "Naskah belum diunggah" not in page_of(desk, draft).content.decode()


# Versions


def test_a_replaced_file_stays_as_an_earlier_version(desk, scan):
    answer = replace(desk, scan, upload(pdf("baru"), "naskah baru.pdf"))
    assert answer["Location"] == scan.place_url
    [paper] = page_of(desk, scan.agreement).context["papers"]
    assert (str(paper["document"]), paper["earlier"]) == ("naskah baru.pdf", [scan])
    assert (paper["document"].kind, paper["document"].replaces) == ("NASKAH", scan)
    assert desk.get(scan.get_absolute_url()).status_code == 200


def test_versions_stand_newest_first(desk, scan):
    second = make_file(b"2", agreement=scan.agreement, replaces=scan)
    third = make_file(b"3", agreement=scan.agreement, replaces=second)
    [paper] = page_of(desk, scan.agreement).context["papers"]
    assert (paper["document"], paper["earlier"]) == (third, [second, scan])


def test_two_people_replace_one_file_once(desk, scan):
    replace(desk, scan, upload(pdf("satu"), "satu.pdf"))
    answer = replace(desk, scan, upload(pdf("dua"), "dua.pdf"))
    assert "Berkas ini sudah diganti dengan “satu.pdf”." in answer.content.decode()
    assert scan.agreement.documents.count() == 2


def test_one_file_takes_the_place_of_one(desk, scan):
    answer = replace(desk, scan, upload(pdf("satu")), upload(pdf("dua")))
    assert "Paling banyak 1 berkas" in answer.content.decode()
    assert "multiple" not in answer.content.decode()


def test_a_photo_is_replaced_with_the_tick(desk, humas):
    photo = make_file(
        picture(),
        event=make_event(humas.unit),
        kind="FOTO",
        file_type="JPG",
        faces_cleared_by=humas,
    )
    new = upload(picture("PNG"), "foto.png")
    assert replace(desk, photo, new).status_code == 200
    new.seek(0)
    assert replace(desk, photo, new, faces_cleared="on").status_code == 302


# Removal


def test_a_removed_file_is_kept_with_its_reason_for_the_keeping_unit(desk, scan):
    assert remove(desk, scan)["Location"] == scan.place_url
    page = page_of(desk, scan.agreement)
    assert (page.context["papers"], page.context["removed"]) == ([], [scan])
    assert "Salah halaman" in page.content.decode()
    assert default_storage.exists(scan.file.name)
    assert desk.get(scan.get_absolute_url()).status_code == 200


def test_nobody_else_reads_a_removed_file(client, humas, humas_lain, scan):
    Party(agreement=scan.agreement, order=3, unit=humas_lain.unit).record(by=None)
    scan.archive(by=humas, reason="Wajah belum disamarkan")
    client.force_login(humas_lain)
    assert client.get(scan.get_absolute_url()).status_code == 404
    assert "Wajah belum disamarkan" not in page_of(client, scan.agreement).content.decode()


def test_a_removal_needs_a_reason(desk, scan):
    assert remove(desk, scan, reason=" ").status_code == 200
    assert Document.objects.current().count() == 1


def test_removing_the_newest_version_shows_the_one_before(desk, scan):
    second = make_file(b"2", agreement=scan.agreement, replaces=scan)
    remove(desk, second)
    assert page_of(desk, scan.agreement).context["papers"] == [{"document": scan, "earlier": []}]


def test_a_removed_file_comes_back(desk, scan, humas):
    scan.archive(by=humas, reason="Salah halaman")
    desk.post(reverse("document_restore", args=[scan.pk]))
    [paper] = page_of(desk, scan.agreement).context["papers"]
    assert paper["document"] == scan


def test_a_version_whose_place_was_taken_does_not_come_back(desk, scan, humas):
    second = make_file(b"2", agreement=scan.agreement, replaces=scan)
    second.archive(by=humas, reason="Salah halaman")
    make_file(b"3", agreement=scan.agreement, replaces=scan)
    answer = desk.post(reverse("document_restore", args=[second.pk]))
    assert told(answer) == ["Berkas itu sudah diganti dengan berkas lain."]
    second.refresh_from_db()
    assert second.archived_on


def test_in_the_sampah_nothing_changes(desk, humas):
    draft = make_agreement(humas.unit, signed_on=None)
    file = make_file(agreement=draft)
    draft.archive(by=humas, reason="Batal disusun")
    assert desk.get(file.get_absolute_url()).status_code == 200
    assert replace(desk, file, upload(pdf("baru"))).status_code == 404
    assert remove(desk, file).status_code == 404


# In the admin


def test_the_admin_shows_files_and_takes_none(client, pengelola, scan):
    client.force_login(pengelola)
    address = reverse("admin:partnerships_agreement_change", args=[scan.agreement.pk])
    page = client.get(address).content.decode()
    assert f'href="{scan.get_absolute_url()}"' in page
    assert "naskah lama.pdf" in page
    assert 'name="documents-0-kind"' not in page
    assert 'type="file"' not in page
