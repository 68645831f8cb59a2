"""Recording an agreement from paper."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from institutions.models import Officeholder, Role, Unit, User
from partnerships.models import Agreement, Partner, Party, Stage
from tests.agreement_payload import new_payload
from tests.factories import make_agreement, make_area, make_partner, make_unit, make_user

pytestmark = pytest.mark.django_db
URL = "/perjanjian/baru/"


def post(client: Client, user: User, *sides: Any, **fields: Any) -> Any:
    client.force_login(user)
    return client.post(URL, new_payload(*sides, **fields), follow=True)


def page_of(client: Client, user: User, address: str = URL) -> str:
    client.force_login(user)
    return client.get(address).content.decode()


def test_humas_records_a_paper_with_everything_that_makes_it_complete(
    client: Client, humas: User
) -> None:
    partner, area = make_partner(), make_area()
    page = post(
        client,
        humas,
        humas.unit,
        partner,
        signed_on="Kamis, 14 Desember 2023",
        place="Jember",
        term="24",
        areas=[area.pk],
        **{"parties-0-number": "W15.PAS-0412", "parties-1-number": "440/212/2023"},
    ).content.decode()
    agreement = Agreement.objects.get()
    assert agreement.missing() == []
    assert (agreement.unit, agreement.stage) == (humas.unit, Stage.SIGNED)
    assert agreement.ends_on == date(2025, 12, 13)
    assert [(party.order, party.who) for party in agreement.parties.all()] == [
        (1, humas.unit),
        (2, partner),
    ]
    assert "Perjanjian tersimpan. Naskah belum diunggah." in page
    assert "14 Desember 2023 s.d. 13 Desember 2025 (2 tahun)" in page


def test_the_form_opens_with_the_own_unit_as_first_party(client: Client, humas: User) -> None:
    page = page_of(client, humas)
    assert f'name="parties-0-who" value="u{humas.unit_id}" checked' in page
    assert 'name="unit"' not in page


def test_the_partner_whose_page_one_came_from_is_the_second_party(
    client: Client, humas: User
) -> None:
    partner = make_partner("Dinas Kesehatan")
    page = page_of(client, humas, f"{URL}?mitra={partner.pk}")
    assert f'name="parties-1-who" value="p{partner.pk}" checked' in page


def test_a_partner_in_the_sampah_is_not_preset(client: Client, humas: User) -> None:
    partner = make_partner("Dinas Kesehatan")
    partner.archive(by=humas, reason="ganda")
    assert "Dinas Kesehatan" not in page_of(client, humas, f"{URL}?mitra={partner.pk}")


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 30, "٣"])
def test_an_unknown_partner_in_the_address_is_passed_over(
    client: Client, humas: User, key: str
) -> None:
    client.force_login(humas)
    assert client.get(f"{URL}?mitra={key}").status_code == 200


@pytest.mark.parametrize(
    ("sides", "title"), [(("own", "partner"), ""), (("own",), "Layanan"), ((), "Layanan")]
)
def test_a_partner_or_a_title_is_enough_for_a_draft(
    client: Client, humas: User, sides: tuple[str, ...], title: str
) -> None:
    rows = {"own": humas.unit, "partner": make_partner()}
    post(client, humas, *(rows[name] for name in sides), title=title)
    assert Agreement.objects.get().stage == Stage.DRAFTING


def test_without_partner_and_title_it_says_what_to_fill(client: Client, humas: User) -> None:
    page = post(client, humas, humas.unit, title="").content.decode()
    assert "Isi pokok perjanjian, atau pilih mitranya di Para pihak." in page
    assert not Agreement.objects.exists()


def test_a_new_partner_is_recorded_with_the_paper(client: Client, humas: User) -> None:
    fields = {
        "parties-1-who-q": "Yayasan Contoh Baru",
        "parties-1-new_kind": "YAYASAN",
        "parties-1-who": "baru",
    }
    post(client, humas, humas.unit, None, **fields)
    partner = Partner.objects.get()
    assert partner.name == "Yayasan Contoh Baru"
    assert Agreement.objects.get().parties.filter(partner=partner).exists()


def test_a_new_partner_without_kind_saves_nothing(client: Client, humas: User) -> None:
    page = post(
        client, humas, humas.unit, None, **{"parties-1-who-q": "PT X", "parties-1-who": "baru"}
    ).content.decode()
    assert "Pilih jenis mitra baru." in page
    assert not Agreement.objects.exists()
    assert not Partner.objects.exists()


def test_another_unit_can_be_the_other_party(client: Client, humas: User) -> None:
    other = make_unit("Lapas Kelas IIB Contoh")
    post(client, humas, humas.unit, other, title="")
    assert Agreement.objects.get().parties.filter(unit=other).exists()


def test_three_sides_have_each_a_number_and_who_signed(client: Client, humas: User) -> None:
    sides = (humas.unit, make_unit("Lapas Kelas IIB Contoh"), make_partner())
    told = [(f"{n}/PKS", f"Contoh {n}", f"Kepala {n}") for n in range(3)]
    columns = ("number", "signatory_name", "signatory_position")
    typed = {
        f"parties-{n}-{column}": text
        for n, texts in enumerate(told)
        for column, text in zip(columns, texts, strict=True)
    }
    page = post(client, humas, *sides, signed_on="14 Desember 2023", **typed).content.decode()
    stored = Agreement.objects.get().parties.all()
    assert [party.who for party in stored] == list(sides)
    assert list(stored.values_list(*columns)) == told
    assert all(text in page for texts in told for text in texts)


def test_searching_a_party_keeps_what_was_typed_and_saves_nothing(
    client: Client, humas: User
) -> None:
    make_partner("Dinas Kesehatan Jember")
    page = post(
        client,
        humas,
        humas.unit,
        None,
        cari="parties-1-who",
        signed_on="32 Mei 2025",
        **{"parties-1-who-q": "dinkes", "parties-0-number": "W15-1"},
    ).content.decode()
    assert "Dinas Kesehatan Jember" in page
    assert "Bukan ini, tambah mitra baru" in page
    assert 'value="W15-1"' in page
    assert 'value="32 Mei 2025"' in page
    assert "Galat" not in page
    assert not Agreement.objects.exists()


def test_searching_in_the_folded_part_leaves_it_open(client: Client, humas: User) -> None:
    page = post(client, humas, humas.unit, cari="parent").content.decode()
    assert '<details class="more" open>' in page


def test_adding_a_row_keeps_the_others(client: Client, humas: User) -> None:
    page = post(client, humas, humas.unit, None, tambah="parties").content.decode()
    assert 'name="parties-2-number"' in page
    assert f'value="u{humas.unit_id}" checked' in page


def test_a_party_twice_is_told_at_its_row(client: Client, humas: User) -> None:
    partner = make_partner("Dinas Sosial")
    page = post(client, humas, partner, partner).content.decode()
    assert "Dinas Sosial sudah menjadi pihak di baris lain." in page
    assert 'href="#id_parties-1-who"' in page
    assert not Agreement.objects.exists()


def test_a_number_without_its_party_asks_for_the_party(client: Client, humas: User) -> None:
    page = post(client, humas, humas.unit, None, **{"parties-1-number": "1/2"}).content.decode()
    assert "Pilih pihaknya, atau tandai “Hapus baris ini”." in page


def test_a_row_ticked_for_removal_is_left_out(client: Client, humas: User) -> None:
    post(client, humas, humas.unit, make_partner(), **{"parties-0-DELETE": "on"})
    assert Party.objects.count() == 1


def test_every_error_is_listed_and_nothing_is_saved(client: Client, humas: User) -> None:
    page = post(
        client,
        humas,
        humas.unit,
        None,
        signed_on="31 November 2025",
        term="tanggal",
        **{"parties-1-number": "1/2"},
    ).content.decode()
    assert "Ada 3 hal yang perlu diperbaiki" in page
    for place in ("id_signed_on", "id_ends_on", "id_parties-1-who"):
        assert f'href="#{place}"' in page
    assert not Agreement.objects.exists()


def test_kanwil_and_ditjenpas_choose_the_unit_that_keeps_it(
    client: Client, bapas_jember: Unit
) -> None:
    for unit in (bapas_jember.parent, bapas_jember.parent.parent):
        officer = make_user(Role.HUMAS, unit=unit)
        page = page_of(client, officer)
        assert 'name="unit"' in page
        assert 'name="parties-0-who" value="pencatat" checked' in page
        post(client, officer, None, unit=bapas_jember.pk, **{"parties-0-who": "pencatat"})
        newest = Agreement.objects.latest("pk")
        assert newest.unit == bapas_jember
        assert [party.who for party in newest.parties.all()] == [bapas_jember]


def test_a_kanwil_cannot_record_for_a_unit_of_another(
    client: Client, bapas_jember: Unit, lapas_purwodadi: Unit
) -> None:
    officer = make_user(Role.HUMAS, unit=bapas_jember.parent)
    page = post(client, officer, None, unit=lapas_purwodadi.pk).content.decode()
    assert "Pilihan itu tidak ada. Cari lagi." in page
    assert not Agreement.objects.exists()


def test_the_keeping_unit_listed_twice_is_told(client: Client, bapas_jember: Unit) -> None:
    officer = make_user(Role.HUMAS, unit=bapas_jember.parent)
    page = post(
        client, officer, None, bapas_jember, unit=bapas_jember.pk, **{"parties-0-who": "pencatat"}
    ).content.decode()
    assert "sudah menjadi pihak di baris lain." in page


def test_a_posted_unit_of_a_upt_is_passed_over(
    client: Client, humas: User, lapas_purwodadi: Unit
) -> None:
    post(client, humas, humas.unit, unit=lapas_purwodadi.pk, stage="AWAITING")
    assert Agreement.objects.get().unit == humas.unit


def test_who_recorded_it_stands_in_the_history(client: Client, humas: User) -> None:
    post(client, humas, humas.unit, make_partner())
    agreement = Agreement.objects.get()
    assert agreement.history.get().history_user == humas
    assert agreement.recorded_by == humas


def test_managers_do_not_record_agreements(client: Client, pembaca: User) -> None:
    client.force_login(pembaca)
    assert client.get(URL).status_code == 403
    assert client.post(URL, new_payload()).status_code == 403


def test_nobody_records_without_signing_in_or_unit(client: Client, tanpa_unit: User) -> None:
    assert client.get(URL).status_code == 302
    client.force_login(tanpa_unit)
    assert client.post(URL, new_payload()).status_code == 403
    assert not Agreement.objects.exists()


def test_the_next_paper_of_the_same_day_keeps_day_place_and_term(
    client: Client, humas: User
) -> None:
    area = make_area()
    page = post(
        client,
        humas,
        humas.unit,
        make_partner(name="Contoh Mitra Pertama"),
        signed_on="14 Desember 2023",
        place="Jember",
        term="24",
        areas=[area.pk],
        notes="Catatan naskah pertama",
        lagi="1",
    ).content.decode()
    saved = Agreement.objects.get()
    assert f"Perjanjian “{saved}” tersimpan." in page
    assert "Masa berlakunya 14 Desember 2023 s.d. 13 Desember 2025 (2 tahun)." in page
    assert 'value="14 Desember 2023"' in page
    assert 'value="Jember"' in page
    assert 'name="term" value="24" id="id_term_1" checked' in page
    assert f'name="areas" value="{area.pk}" id="id_areas_0_0" checked' in page
    assert 'name="title" maxlength="300"' in page
    for once in ("Contoh Mitra Pertama", "Catatan naskah pertama", saved.title):
        assert once not in page.replace(f"“{saved}”", "")


@pytest.mark.parametrize("key", ["0", "99999", "x", "²", "-1", "9" * 30])
def test_a_strange_paper_before_opens_an_empty_form(client: Client, humas: User, key: str) -> None:
    client.force_login(humas)
    page = client.get(URL, {"lagi": key}).content.decode()
    assert 'name="place" maxlength="120" id="id_place"' in page


def test_the_paper_before_of_another_unit_tells_nothing(client: Client, humas: User) -> None:
    theirs = make_agreement(make_unit("Lapas Kelas IIB Purwodadi"), place="Rahasia Purwodadi")
    client.force_login(humas)
    assert "Rahasia Purwodadi" not in client.get(URL, {"lagi": theirs.pk}).content.decode()


def test_who_was_head_on_the_day_of_signing_is_put_in_as_signatory(
    client: Client, humas: User
) -> None:
    for name, since, until in (
        ("Contoh Kepala Lama", date(2020, 1, 1), date(2022, 12, 31)),
        ("Contoh Kepala Baru", date(2023, 1, 1), None),
    ):
        Officeholder(
            unit=humas.unit,
            person_name=name,
            position="Kepala Bapas",
            is_head=True,
            valid_from=since,
            valid_until=until,
        ).record(by=None)
    page = post(client, humas, humas.unit, make_partner(), signed_on="2 Mei 2022", term="12")
    own = Party.objects.get(unit=humas.unit)
    assert (own.signatory_name, own.signatory_position) == ("Contoh Kepala Lama", "Kepala Bapas")
    assert "diisi dari daftar pejabat: Contoh Kepala Lama, Kepala Bapas" in page.content.decode()
    assert Party.objects.get(partner__isnull=False).signatory_name == ""


def test_a_typed_signatory_stays_as_typed(client: Client, humas: User) -> None:
    Officeholder(
        unit=humas.unit,
        person_name="Contoh Kepala",
        position="Kepala Bapas",
        is_head=True,
        valid_from=date(2020, 1, 1),
    ).record(by=None)
    typed = {"parties-0-signatory_name": "Contoh Wakil"}
    post(client, humas, humas.unit, make_partner(), signed_on="2 Mei 2022", **typed)
    own = Party.objects.get(unit=humas.unit)
    assert (own.signatory_name, own.signatory_position) == ("Contoh Wakil", "")


def test_the_same_sides_on_the_same_day_are_told_whoever_recorded_them(
    client: Client, humas: User
) -> None:
    partner, other = make_partner(), make_unit("Lapas Kelas IIB Purwodadi")
    paper = make_agreement(other, partner, signed_on=date(2023, 12, 14), title="Judul mereka")
    Party(agreement=paper, order=3, unit=humas.unit).record(by=None)
    sides = (humas.unit, other, partner)
    page = post(client, humas, *sides, signed_on="14 Desember 2023", term="12").content.decode()
    assert "Lapas Purwodadi sudah mencatat PKS dengan pihak dan tanggal" in page
    assert "“Judul mereka”" in page
    assert Agreement.objects.count() == 2


@pytest.mark.parametrize("change", [{"signed_on": "15 Desember 2023"}, {"kind": "NK"}])
def test_another_day_or_kind_is_another_paper(
    client: Client, humas: User, change: dict[str, str]
) -> None:
    partner = make_partner()
    make_agreement(humas.unit, partner, signed_on=date(2023, 12, 14))
    fields = {"signed_on": "14 Desember 2023", "term": "12"} | change
    page = post(client, humas, humas.unit, partner, **fields).content.decode()
    assert "sudah mencatat" not in page


def test_somebody_elses_draft_is_not_told(client: Client, humas: User) -> None:
    partner, other = make_partner(), make_unit("Lapas Kelas IIB Purwodadi")
    draft = make_agreement(other, partner, signed_on=None, title="Draf mereka")
    Party(agreement=draft, order=3, unit=humas.unit).record(by=None)
    sides = (humas.unit, other, partner)
    page = post(client, humas, *sides, signed_on="14 Desember 2023").content.decode()
    assert "Draf mereka" not in page
