"""Sending files to a record: what is kept, what is said, and what is left behind when it fails."""

from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from PIL import Image

from partnerships.forms.documents import MOST_FILES
from partnerships.models import Document
from tests.factories import make_agreement, make_delivery, make_event, make_file
from tests.files import docx, pdf, photo_of_a_place, picture, upload

pytestmark = pytest.mark.django_db

TOKEN = "contoh-tanda-kirim-7"
WORDS_OF_A_PLACE = (b"Kamera Contoh", b"Jember", b"2026:03:03", b"Exif", b"http://ns.adobe.com")


@pytest.fixture
def desk(client: Client, humas: Any) -> Client:
    client.force_login(humas)
    return client


@pytest.fixture
def agreement(humas: Any) -> Any:
    return make_agreement(humas.unit, by=humas)


@pytest.fixture
def event(humas: Any) -> Any:
    return make_event(humas.unit, by=humas)


def send(desk: Client, owner: Any, *files: Any, **fields: Any) -> Any:
    fields.setdefault("kind", "NASKAH" if owner._meta.model_name == "agreement" else "FOTO")
    return desk.post(address_of(owner), {"file": list(files)} | fields)


def address_of(owner: Any) -> str:
    return reverse(f"{owner._meta.model_name}_upload", args=[owner.pk])


def told(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def stored() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def test_a_scan_is_kept_byte_for_byte(desk, agreement, humas):
    answer = send(desk, agreement, upload(pdf(), "PKS Dinkes.pdf"))
    document = agreement.documents.get()
    assert (answer.status_code, answer["Location"]) == (302, document.place_url)
    assert document.file.read() == pdf()
    assert (str(document), document.file_type, document.kind) == ("PKS Dinkes.pdf", "PDF", "NASKAH")
    assert (document.size, document.uploaded_by) == (len(pdf()), humas)


def test_several_files_of_one_kind_come_at_once(desk, agreement):
    files = [upload(pdf(f"lampiran {n}"), f"{n}.pdf") for n in range(3)]
    answer = send(desk, agreement, *files, kind="LAMPIRAN")
    assert sorted(map(str, agreement.documents.filter(kind="LAMPIRAN"))) == [
        *("0.pdf", "1.pdf", "2.pdf")
    ]
    assert told(answer) == ["Berkas tersimpan: 0.pdf, 1.pdf, 2.pdf."]


@pytest.mark.parametrize(
    ("content", "name", "kept"),
    [
        (pdf(), "a.pdf", "PDF"),
        (docx(), "a.docx", "DOCX"),
        (picture(), "a.jpeg", "JPG"),
        (picture("PNG"), "a.png", "PNG"),
    ],
)
def test_the_four_forms_are_taken(desk, agreement, content, name, kept):
    send(desk, agreement, upload(content, name))
    document = agreement.documents.get()
    assert (document.file_type, str(document)) == (kept, name)


def test_who_sends_nothing_is_told(desk, agreement):
    answer = send(desk, agreement)
    assert answer.status_code == 200
    assert "Pilih berkasnya." in answer.content.decode()


def test_what_is_in_order_is_kept_and_the_rest_named(desk, agreement):
    answer = send(desk, agreement, upload(pdf(), "baik.pdf"), upload(b"MZ", "buruk.pdf"))
    assert agreement.documents.get().original_name == "baik.pdf"
    assert told(answer) == [
        "“buruk.pdf” bukan PDF, JPG, PNG, atau DOCX.",
        "Berkas tersimpan: baik.pdf.",
    ]


def test_too_many_at_once_are_refused(desk, agreement):
    files = [upload(pdf(str(n)), f"{n}.pdf") for n in range(MOST_FILES + 1)]
    assert "Paling banyak 10 berkas" in send(desk, agreement, *files).content.decode()
    assert not agreement.documents.exists()


def test_too_much_at_once_is_refused(desk, agreement):
    files = [upload(pdf(more=b"%" + bytes([n]) * 13_000_000), f"{n}.pdf") for n in (65, 66)]
    assert "Batasnya 24 MB sekali unggah" in send(desk, agreement, *files).content.decode()


def test_the_same_file_is_noticed(desk, agreement):
    send(desk, agreement, upload(pdf(), "naskah.pdf"))
    answer = send(desk, agreement, upload(pdf(), "lagi.pdf"))
    [text] = answer.context["form"].errors["file"]
    assert text.startswith("Berkas yang sama sudah tersimpan: “naskah.pdf”, diunggah ")
    assert agreement.documents.count() == 1


def test_the_same_file_among_others_is_left_out(desk, agreement, media):
    send(desk, agreement, upload(pdf(), "naskah.pdf"))
    files = (upload(pdf(), "lagi.pdf"), upload(pdf("lain"), "lain.pdf"))
    answer = send(desk, agreement, *files)
    assert agreement.documents.count() == len(stored()) == 2
    assert "“lagi.pdf” tidak disimpan lagi." in told(answer)[-1]


def test_the_same_file_may_stand_at_another_record(desk, agreement, humas):
    other = make_agreement(humas.unit)
    for owner in (agreement, other):
        send(desk, owner, upload(pdf()))
    assert Document.objects.count() == 2


def test_a_removed_file_may_come_again(desk, agreement, humas):
    send(desk, agreement, upload(pdf()))
    agreement.documents.get().archive(by=humas, reason="Salah halaman")
    assert send(desk, agreement, upload(pdf())).status_code == 302


def test_a_form_that_is_sent_twice_is_kept_once(desk, agreement, media):
    for _ in range(2):
        answer = send(desk, agreement, upload(pdf()), submit_token=TOKEN)
        assert answer.status_code == 302
    assert agreement.documents.count() == len(stored()) == 1


# Photos


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("kind", ["FOTO", "BUKTI"])
def test_a_photo_forgets_where_and_with_what_it_was_taken(desk, event, form, kind):
    content = photo_of_a_place(form, size=(60, 40))
    assert any(word in content for word in WORDS_OF_A_PLACE)
    send(desk, event, upload(content, "foto.jpg"), kind=kind, faces_cleared="on")
    kept = event.documents.get().file.read()
    assert [word for word in WORDS_OF_A_PLACE if word in kept] == []
    drawn = Image.open(BytesIO(kept))
    assert (dict(drawn.getexif()), drawn.size) == ({}, (40, 60))


def test_what_stands_behind_a_photo_goes(desk, event):
    send(desk, event, upload(picture() + b"<script>", "foto.jpg"), faces_cleared="on")
    assert b"<script>" not in event.documents.get().file.read()


def test_a_large_photo_becomes_as_large_as_a_page(desk, event):
    content = picture(size=(4000, 3000), flat=True)
    send(desk, event, upload(content, "foto.jpg"), faces_cleared="on")
    assert max(Image.open(event.documents.get().file).size) <= 3000


def test_who_ticks_for_the_faces_is_noted(desk, event, humas):
    send(desk, event, upload(picture(), "foto.jpg"), faces_cleared="on")
    assert event.documents.get().faces_cleared_by == humas


@pytest.mark.parametrize("kind", ["FOTO", "BUKTI"])
def test_without_the_tick_no_picture_of_people_is_kept(desk, event, kind):
    answer = send(desk, event, upload(picture(), "foto.jpg"), kind=kind)
    assert "Foto yang belum begitu tidak disimpan." in answer.content.decode()
    assert not event.documents.exists()


def test_a_paper_on_an_event_needs_no_tick(desk, event):
    send(desk, event, upload(pdf()), kind="BUKTI")
    assert event.documents.get().faces_cleared_by is None


def test_a_paper_is_no_photo(desk, humas):
    delivery = make_delivery(partner=None, event=make_event(humas.unit), unit=humas.unit)
    answer = send(desk, delivery, upload(pdf(), "daftar.pdf"), faces_cleared="on")
    assert "“daftar.pdf” bukan JPG atau PNG." in answer.content.decode()


def test_a_scan_with_a_camera_is_kept_as_it_came(desk, agreement):
    content = photo_of_a_place()
    send(desk, agreement, upload(content, "naskah.jpg"))
    assert agreement.documents.get().file.read() == content


# What fails leaves nothing


def test_a_row_that_is_refused_leaves_no_file(desk, agreement, media):
    with (
        patch.object(Document, "full_clean", side_effect=ValidationError("ditolak")),
        pytest.raises(ValidationError),
    ):
        send(desk, agreement, upload(pdf()))
    assert (stored(), Document.objects.count()) == ([], 0)


def test_a_transaction_that_is_rolled_back_leaves_no_file(desk, agreement, media):
    """After the rows were written, and with the answer still to be kept."""
    fails = patch("institutions.submit_once.answer_to_keep", side_effect=ZeroDivisionError)
    with fails, pytest.raises(ZeroDivisionError):
        send(desk, agreement, upload(pdf()), submit_token=TOKEN)
    assert (stored(), Document.objects.count()) == ([], 0)


def test_a_disk_that_is_full_leaves_no_half_file(desk, agreement, media):
    full = patch("partnerships.documents.storing.see_on_disk", side_effect=OSError(28, "full"))
    with full, pytest.raises(OSError, match="full"):
        send(desk, agreement, upload(pdf()))
    assert (stored(), Document.objects.count()) == ([], 0)


def test_while_nobody_knows_whether_it_was_saved_the_file_stays(desk, agreement, media):
    """The database went away while it was saving: the row may be there."""
    away = patch("partnerships.views.documents.finish", side_effect=OperationalError("away"))
    with away, pytest.raises(OperationalError):
        send(desk, agreement, upload(pdf()))
    assert len(stored()) == 1


def test_a_file_that_is_only_refused_is_not_written(desk, agreement, media):
    send(desk, agreement, upload(b"MZ"))
    assert stored() == []


# Who may


def test_another_unit_may_not(client, humas_lain, agreement, event):
    client.force_login(humas_lain)
    assert send(client, agreement, upload(pdf())).status_code == 403
    assert send(client, event, upload(pdf())).status_code == 404


def test_a_record_in_the_sampah_takes_no_file(desk, humas):
    draft = make_agreement(humas.unit, signed_on=None)
    draft.archive(by=humas, reason="Batal disusun")
    assert send(desk, draft, upload(pdf())).status_code == 404


def test_the_page_offers_only_what_belongs_to_the_record(desk, agreement, event):
    papers, photos = (desk.get(address_of(owner)).context["form"] for owner in (agreement, event))
    assert [code for code, _ in papers.fields["kind"].choices] == ["NASKAH", "LAMPIRAN", "SURAT"]
    assert (papers["kind"].value(), photos["kind"].value()) == ("NASKAH", "FOTO")
    assert "faces_cleared" not in papers.fields


def test_a_script_is_told_where_to_go(desk, agreement):
    """Following the redirect by itself it would use up the message of the next page."""
    answer = desk.post(
        address_of(agreement),
        {"file": upload(pdf()), "kind": "NASKAH"},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert (answer.status_code, answer["Location"]) == (201, agreement.documents.get().place_url)
    assert (
        "Berkas tersimpan: naskah.pdf." in desk.get(agreement.get_absolute_url()).content.decode()
    )


def test_history_tells_what_came_without_its_place_on_the_disk(desk, agreement, humas):
    send(desk, agreement, upload(pdf(), "naskah.pdf"))
    page = desk.get(reverse("agreement_history", args=[agreement.pk])).content.decode()
    assert "Naskah · naskah.pdf" in page
    assert "documents/" not in page


def test_other_versions_come_from_the_same_record(agreement, humas):
    other = make_file()
    with pytest.raises(ValidationError, match="pada catatan yang sama"):
        make_file(agreement=agreement, replaces=other)
