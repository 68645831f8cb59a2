"""Hapus, Sampah and Pulihkan of agreements."""

import pytest
from django.test import Client

from institutions.models import Unit, User
from partnerships.models import Agreement
from tests.factories import make_agreement, make_delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(bapas_jember: Unit) -> Agreement:
    return make_agreement(bapas_jember, title="Layanan contoh")


def archive(client: Client, user: User, agreement: Agreement, reason: str = "ganda") -> str:
    client.force_login(user)
    address = f"/perjanjian/{agreement.pk}/hapus/"
    return client.post(address, {"reason": reason}, follow=True).content.decode()


def test_the_page_asks_for_a_reason_first(client: Client, humas: User, paper: Agreement) -> None:
    client.force_login(humas)
    page = client.get(f"/perjanjian/{paper.pk}/hapus/").content.decode()
    assert "Hapus perjanjian ini?" in page
    assert "Isi alasan." in archive(client, humas, paper, reason="")
    paper.refresh_from_db()
    assert paper.archived_on is None


def test_it_moves_to_the_sampah_and_back(client: Client, humas: User, paper: Agreement) -> None:
    page = archive(client, humas, paper)
    assert "Perjanjian dipindahkan ke Sampah" in page
    assert "Dihapus" in page
    page = client.post(f"/perjanjian/{paper.pk}/pulihkan/", follow=True).content.decode()
    assert "Perjanjian dipulihkan." in page
    assert Agreement.objects.current().get() == paper


def test_what_hangs_on_it_explains_why_it_stays(
    client: Client, humas: User, paper: Agreement
) -> None:
    make_delivery(paper)
    assert "sudah punya realisasi" in archive(client, humas, paper)
    paper.refresh_from_db()
    assert paper.archived_on is None


def test_one_that_no_longer_fits_stays_in_the_sampah(
    client: Client, humas: User, paper: Agreement
) -> None:
    first = make_agreement(humas.unit, replaces=paper)
    first.archive(by=humas, reason="salah")
    make_agreement(humas.unit, replaces=paper)
    client.force_login(humas)
    page = client.post(f"/perjanjian/{first.pk}/pulihkan/", follow=True).content.decode()
    assert "sudah diperpanjang oleh perjanjian lain" in page
    first.refresh_from_db()
    assert first.archived_on is not None


def test_others_cannot_remove_or_restore(
    client: Client, humas: User, humas_lain: User, pembaca: User, paper: Agreement
) -> None:
    for user in (humas_lain, pembaca):
        archive(client, user, paper)
        paper.refresh_from_db()
        assert paper.archived_on is None
    archive(client, humas, paper)
    client.force_login(humas_lain)
    assert client.post(f"/perjanjian/{paper.pk}/pulihkan/").status_code == 404
    client.force_login(pembaca)
    assert client.post(f"/perjanjian/{paper.pk}/pulihkan/").status_code == 403


def test_a_restore_needs_a_post_with_token(humas: User, paper: Agreement) -> None:
    paper.archive(by=humas, reason="ganda")
    client = Client(enforce_csrf_checks=True)
    client.force_login(humas)
    address = f"/perjanjian/{paper.pk}/pulihkan/"
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 403
    paper.refresh_from_db()
    assert paper.archived_on is not None
