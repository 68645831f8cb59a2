"""What the form of an agreement refuses, works out, and only warns about."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from institutions.models import User
from partnerships.models import Agreement, Stage
from tests.agreement_payload import new_payload
from tests.factories import make_agreement, make_partner

pytestmark = pytest.mark.django_db
URL = "/perjanjian/baru/"


def post(client: Client, user: User, *sides: Any, **fields: Any) -> Any:
    client.force_login(user)
    return client.post(URL, new_payload(*sides, **fields), follow=True)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"signed_on": "16 Agustus 1945"}, "Tanggal tanda tangan paling awal 17 Agustus 1945."),
        ({"signed_on": "1 Januari 2099"}, "Tanggal tanda tangan paling jauh setahun ke depan"),
        ({"signed_on": "05/13/2025"}, "05/13/2025"),
        ({"signed_on": "November 2024"}, "Tanggal belum lengkap."),
        ({"signed_on": "1 Juli 2025", "ends_on": "1 Juni 2025"}, "Tanggal berakhir harus setelah"),
        ({"term": "tanggal"}, "Isi tanggal berakhir."),
        ({"term": "tanpa-batas", "ends_on": "1 Juli 2027"}, "Kosongkan, atau pilih"),
        ({"term": "7"}, "Pilih jangka waktu dari daftar."),
        ({"kind": "%00"}, "Pilih jenis naskah dari daftar."),
        ({"stage": "SIGNED"}, "Pilih tahap dari daftar."),
        ({"areas": ["999999999999999999999"]}, "Pilih bidang dari daftar."),
        ({"areas": ["x"]}, "Pilih bidang dari daftar."),
        ({"notice_days": "99999"}, "paling besar 3650"),
        ({"notice_days": "dua"}, "harus angka"),
        ({"title": "a" * 301}, "Tentang terlalu panjang"),
        ({"notes": "a" * 10_000}, "terlalu panjang"),
        ({"parent": "999"}, "Pilihan itu tidak ada. Cari lagi."),
        ({"replaces": "x"}, "Pilihan itu tidak ada. Cari lagi."),
        ({"parties-1-who": "p999"}, "Pilihan itu tidak ada. Cari lagi."),
        ({"parties-1-who": "u" + "9" * 40}, "Pilihan itu tidak ada. Cari lagi."),
        ({"parties-1-who": "pencatat"}, "Pilihan itu tidak ada. Cari lagi."),
        ({"parties-1-who-q": "dinas"}, "Pilih salah satu dari hasil pencarian."),
        ({"parties-TOTAL_FORMS": "x"}, "tidak terkirim utuh."),
        ({"parties-TOTAL_FORMS": "1e9"}, "tidak terkirim utuh."),
        ({"parties-TOTAL_FORMS": "1000"}, "Paling banyak 20 baris."),
    ],
)
def test_what_is_refused_says_what_to_do(
    client: Client, humas: User, fields: dict[str, Any], message: str
) -> None:
    response = post(client, humas, humas.unit, None, **fields)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "\u202ea\u202cb", "<script>ab</script>"])
def test_strange_letters_are_cleaned_or_refused_in_words(
    client: Client, humas: User, text: str
) -> None:
    # A browser cannot send half a surrogate; a tool can, and Django reads it as U+FFFD.
    title = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    response = post(client, humas, humas.unit, title=title, place=title, notes=title)
    assert response.status_code == 200
    assert "<script>ab" not in response.content.decode()
    for agreement in Agreement.objects.all():
        assert "\x00" not in agreement.title
        assert "\u202e" not in agreement.title


def test_a_draft_of_another_unit_cannot_be_chosen(
    client: Client, humas: User, humas_lain: User
) -> None:
    theirs = make_agreement(humas_lain.unit, signed_on=None)
    page = post(client, humas, humas.unit, parent=theirs.pk).content.decode()
    assert "Pilihan itu tidak ada. Cari lagi." in page
    assert theirs.title not in page


def test_a_signed_paper_is_extended_once(client: Client, humas: User) -> None:
    old = make_agreement(humas.unit)
    make_agreement(humas.unit, replaces=old)
    page = post(client, humas, humas.unit, replaces=old.pk).content.decode()
    assert "Perjanjian itu sudah diperpanjang oleh perjanjian lain." in page


@pytest.mark.parametrize(
    ("fields", "end", "typed"),
    [
        ({"term": "12"}, date(2024, 12, 13), False),
        ({"term": "24"}, date(2025, 12, 13), False),
        ({"term": "36"}, date(2026, 12, 13), False),
        ({"term": "60"}, date(2028, 12, 13), False),
        ({"term": "12", "starts_on": "1 Januari 2024"}, date(2024, 12, 31), False),
        ({"term": "tanggal", "ends_on": "31-12-2025"}, date(2025, 12, 31), True),
        ({"term": "belum", "ends_on": "31-12-2025"}, date(2025, 12, 31), True),
        ({"term": "24", "ends_on": "14 Desember 2025"}, date(2025, 12, 14), True),
        ({"term": "24", "ends_on": "13 Desember 2025"}, date(2025, 12, 13), False),
        ({"term": "tanpa-batas"}, None, False),
        ({"term": "belum"}, None, False),
        ({}, None, False),
    ],
)
def test_the_end_follows_from_the_term_unless_it_is_typed(
    client: Client, humas: User, fields: dict[str, str], end: date | None, typed: bool
) -> None:
    post(client, humas, humas.unit, signed_on="14 Desember 2023", **fields)
    agreement = Agreement.objects.get()
    assert (agreement.ends_on, agreement.end_is_typed) == (end, typed)
    assert agreement.is_open_ended == (fields.get("term") == "tanpa-batas")


def test_a_form_that_comes_back_says_the_end_in_words(client: Client, humas: User) -> None:
    fields = {"signed_on": "14-12-2023", "term": "24", "notice_days": "dua"}
    page = post(client, humas, humas.unit, **fields).content.decode()
    assert "Berlaku 14 Desember 2023 s.d. 13 Desember 2025." in page
    assert not Agreement.objects.exists()


def test_a_day_known_only_in_words_makes_it_signed(client: Client, humas: User) -> None:
    post(client, humas, humas.unit, signed_text="awal 2019", stage="PROSPECT")
    agreement = Agreement.objects.get()
    assert (agreement.stage, agreement.signed_text) == (Stage.SIGNED, "awal 2019")


def test_a_talk_is_recorded_before_there_is_a_paper(client: Client, humas: User) -> None:
    post(client, humas, humas.unit, make_partner(), title="", stage="PROSPECT")
    assert Agreement.objects.get().stage == Stage.PROSPECT


@pytest.mark.parametrize(
    ("fields", "warning"),
    [
        ({"signed_on": "1 Desember 2026"}, "masih di depan"),
        ({"signed_on": "Jumat, 14 Desember 2023"}, "Kamis"),
        ({"kind": "NK"}, "Nota Kesepahaman biasanya ditandatangani Ditjenpas atau Kanwil"),
        ({"parties-0-number": "w15 pas 0412"}, "sudah dipakai untuk “Layanan lama”"),
    ],
)
def test_odd_things_warn_and_are_saved(
    client: Client,
    humas: User,
    fields: dict[str, str],
    warning: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2026, 11, 22))
    old = make_agreement(humas.unit, title="Layanan lama")
    party = old.parties.get(unit=humas.unit)
    party.number = "W15.PAS-0412"
    party.record(by=None)
    old.refresh_search_text()
    page = post(client, humas, humas.unit, **fields).content.decode()
    assert warning in page
    assert Agreement.objects.count() == 2


def test_a_term_that_begins_before_the_old_one_is_over_is_told(client: Client, humas: User) -> None:
    old = make_agreement(humas.unit, signed_on=date(2025, 1, 10))
    fields = {"signed_on": "5 Januari 2026", "term": "24", "replaces": old.pk}
    page = post(client, humas, humas.unit, **fields).content.decode()
    assert "Masa baru tumpang tindih 5 hari dengan masa lama." in page
    assert old.successors.get().ends_on == date(2028, 1, 4)


def test_a_repeated_number_of_a_paper_one_may_not_read_is_not_told(
    client: Client, humas: User, humas_lain: User
) -> None:
    theirs = make_agreement(humas_lain.unit, title="Rahasia")
    party = theirs.parties.get(unit=humas_lain.unit)
    party.number = "W15.PAS-0412"
    party.record(by=None)
    theirs.refresh_search_text()
    page = post(client, humas, humas.unit, **{"parties-0-number": "W15.PAS-0412"})
    assert "Rahasia" not in page.content.decode()


def test_a_post_without_token_changes_nothing(humas: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(humas)
    assert client.post(URL, new_payload(humas.unit)).status_code == 403
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, humas: User, method: str) -> None:
    client.force_login(humas)
    assert getattr(client, method)(URL).status_code == 405
