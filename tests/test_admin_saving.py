"""Saving in the Django admin follows the same rules as the pages."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from institutions.models import Officeholder
from partnerships.models import (
    Agreement,
    Delivery,
    Event,
    Partner,
    PartnerSector,
    Party,
    Sector,
    Stage,
)
from tests.admin_forms import (
    add,
    address,
    as_user,
    change_address,
    changed,
    errors_of,
    fill_row,
    form_data,
)
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_partner,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(humas):
    return make_agreement(humas.unit, title="Layanan kesehatan", by=humas)


# History and versions


def test_a_change_is_recorded_with_who_and_why(humas, agreement):
    version = agreement.version
    client = as_user(humas)
    assert errors_of(changed(client, agreement, title="Layanan gizi", reason="Salah ketik")) == []
    agreement.refresh_from_db()
    latest = agreement.history.first()
    assert (agreement.title, agreement.version) == ("Layanan gizi", version + 1)
    assert (latest.history_user, latest.history_change_reason) == (humas, "Salah ketik")
    page = client.get(address(agreement, "history", agreement.pk)).content.decode()
    assert "Layanan kesehatan" in page
    assert "Layanan gizi" in page
    assert "Salah ketik" in page


def test_history_cannot_be_reverted_or_posted_to(humas, agreement):
    client = as_user(humas)
    history = agreement.history.first()
    old = f"/admin/partnerships/agreement/{agreement.pk}/history/{history.pk}/"
    assert client.get(old).status_code == 404
    client.post(address(agreement, "history", agreement.pk), {"title": "Lain"})
    assert agreement.history.count() == 1


def test_a_change_of_a_part_alone_bumps_the_root(humas, agreement):
    party = agreement.parties.get(partner__isnull=False)
    version = agreement.version
    number = "W13.PAS-0412"
    rows = list(agreement.parties.order_by("order"))
    key = f"parties-{rows.index(party)}-number"
    assert errors_of(changed(as_user(humas), agreement, **{key: number})) == []
    agreement.refresh_from_db()
    party.refresh_from_db()
    assert (party.number, agreement.version) == (number, version + 1)
    assert party.history.first().history_user == humas
    assert Agreement.objects.search("0412").get() == agreement


def test_a_removed_part_keeps_its_history_and_leaves_the_search(humas):
    partner = make_partner("Dinas Perpustakaan")
    event = make_event(humas.unit, partners=[partner], by=humas)
    assert Event.objects.search("perpustakaan").exists()
    client = as_user(humas)
    answer = changed(client, event, **{"attendances-0-DELETE": "on"}, reason="Tidak hadir")
    assert errors_of(answer) == []
    assert not event.attendances.exists()
    removed = event.attendances.model.history.filter(event=event.pk).first()
    assert (removed.history_type, removed.history_change_reason) == ("-", "Tidak hadir")
    assert not Event.objects.search("perpustakaan").exists()


# Two editors


def test_a_stale_form_is_refused_and_shows_both_values(humas, rekan, agreement):
    mine, theirs = as_user(humas), as_user(rekan)
    data = form_data(mine.get(change_address(agreement))) | {"title": "Judul saya"}
    assert errors_of(changed(theirs, agreement, title="Judul rekan")) == []
    answer = mine.post(change_address(agreement), data)
    assert "diubah orang lain" in errors_of(answer)[0]
    page = answer.content.decode()
    assert "Judul rekan" in page
    assert "Judul saya" in page
    agreement.refresh_from_db()
    assert agreement.title == "Judul rekan"
    again = form_data(answer)
    assert errors_of(mine.post(change_address(agreement), again)) == []
    agreement.refresh_from_db()
    assert agreement.title == "Judul saya"


@pytest.mark.parametrize("version", ["", "0", "99", "ya", "1e400", None])
def test_a_missing_or_forged_version_is_refused(version, humas, agreement):
    client = as_user(humas)
    data = form_data(client.get(change_address(agreement))) | {"title": "Lain"}
    data.pop("version")
    if version is not None:
        data["version"] = version
    assert errors_of(client.post(change_address(agreement), data))
    agreement.refresh_from_db()
    assert agreement.title == "Layanan kesehatan"


def test_a_row_that_was_changed_elsewhere_is_refused(humas, rekan):
    event = make_event(humas.unit, by=humas)
    delivery = make_delivery(event=event, output="Semula", by=humas)
    client = as_user(humas)
    data = form_data(client.get(change_address(event))) | {"deliveries-0-output": "Baru"}
    delivery.output = "Rekan"
    delivery.record(by=rekan)
    assert "diubah orang lain" in errors_of(client.post(change_address(event), data))[0]
    delivery.refresh_from_db()
    assert delivery.output == "Rekan"


def test_what_happens_between_checking_and_saving_is_said_on_the_form(
    humas, agreement, monkeypatch
):
    client = as_user(humas)
    data = form_data(client.get(change_address(agreement))) | {"title": "Lain"}

    def refuse(row, **kwargs):
        raise ValidationError("Sudah diubah tepat sebelum ini.")

    def collide(row, **kwargs):
        raise IntegrityError("UNIQUE constraint failed")

    for interruption, words in ((refuse, "tepat sebelum"), (collide, "pada saat yang sama")):
        monkeypatch.setattr(Party, "record", interruption)
        number = {"parties-1-number": "12/2025"}
        answer = client.post(change_address(agreement), data | number)
        assert words in " ".join(errors_of(answer))
    agreement.refresh_from_db()
    assert (agreement.title, agreement.history.count()) == ("Layanan kesehatan", 1)


# Rules of the model


def test_what_the_model_refuses_is_said_at_the_field(humas, agreement):
    client = as_user(humas)
    answer = changed(client, agreement, starts_on="1 Mei 2026", ends_on="1 April 2026")
    assert "Tanggal berakhir harus setelah tanggal mulai" in " ".join(errors_of(answer))
    answer = changed(client, agreement, **{"parties-2-unit": str(humas.unit_id)})
    assert errors_of(answer)
    agreement.refresh_from_db()
    assert agreement.parties.count() == 2


def test_signing_and_term_follow_the_rules_of_the_page(humas):
    client = as_user(humas)
    _, data = add(client, Agreement, title="Pelatihan", signed_on="1 Juli 2025", term_months=24)
    assert errors_of(client.post(address(Agreement, "add"), data)) == []
    row = Agreement.objects.get(title="Pelatihan")
    assert (row.stage, row.ends_on, row.end_is_typed) == (Stage.SIGNED, date(2027, 6, 30), False)
    assert row.recorded_by == humas
    assert errors_of(changed(client, row, starts_on="1 Agustus 2025")) == []
    row.refresh_from_db()
    assert row.ends_on == date(2027, 7, 31)
    assert errors_of(changed(client, row, ends_on="31 Desember 2026")) == []
    row.refresh_from_db()
    assert (row.ends_on, row.end_is_typed) == (date(2026, 12, 31), True)


def test_an_agreement_needs_a_title_or_a_partner(humas):
    client = as_user(humas)
    _, data = add(client, Agreement)
    assert errors_of(client.post(address(Agreement, "add"), data)) == [
        "Isi pokok perjanjian, atau pilih mitranya di Para pihak."
    ]
    assert not Agreement.objects.exists()
    fill_row(data, "parties", 0, order=1, partner=make_partner("Dinas Sosial"))
    assert errors_of(client.post(address(Agreement, "add"), data)) == []
    assert Agreement.objects.get().parties.get().partner.name == "Dinas Sosial"


def test_parties_and_areas_are_recorded_with_the_agreement(humas):
    client, area, partner = as_user(humas), make_area(), make_partner("Dinas Kesehatan")
    _, data = add(client, Agreement, title="Layanan")
    fill_row(data, "parties", 0, order=1, unit=humas.unit)
    fill_row(data, "parties", 1, order=2, partner=partner, number="440/212/2025")
    fill_row(data, "area_links", 0, area=area)
    assert errors_of(client.post(address(Agreement, "add"), data)) == []
    row = Agreement.objects.get()
    assert [party.who for party in row.parties.all()] == [humas.unit, partner]
    assert row.area_links.get().area == area
    assert Agreement.objects.search("dinas kesehatan 440").get() == row


def test_a_party_is_a_unit_or_a_partner(humas):
    client = as_user(humas)
    _, data = add(client, Agreement, title="Layanan")
    fill_row(data, "parties", 0, order=1, unit=humas.unit, partner=make_partner())
    problems = errors_of(client.post(address(Agreement, "add"), data))
    assert problems == ["Satu pihak adalah satu unit atau satu mitra."]


def test_identity_that_other_units_rely_on_is_guarded(humas, humas_lain, pengelola):
    partner = make_partner("Dinas Sosial", acronym="")
    make_agreement(humas_lain.unit, partner)
    answer = changed(as_user(humas), partner, name="Nama lain", kind="PT", acronym="DINSOS")
    assert errors_of(answer) == []
    partner.refresh_from_db()
    assert (partner.name, partner.acronym) == ("Dinas Sosial", "DINSOS")
    assert errors_of(changed(as_user(pengelola), partner, name="Dinas Sosial Baru")) == []
    partner.refresh_from_db()
    assert partner.name == "Dinas Sosial Baru"


def test_a_partner_is_recorded_with_names_sectors_and_contacts(humas):
    sector = Sector(code="SOSIAL", label="Sosial").record(by=None)
    client = as_user(humas)
    regency = humas.unit.regency
    _, data = add(client, Partner, name="Dinas Sosial Jember", kind="OPD", regency=regency)
    fill_row(data, "names", 0, name="Dinsos Jember", kind="ALIAS", valid_from="1-1-2020")
    fill_row(data, "sector_links", 0, sector=sector)
    fill_row(data, "contacts", 0, unit=humas.unit, position="Sekretaris", basis="DUTY")
    assert errors_of(client.post(address(Partner, "add"), data)) == []
    partner = Partner.objects.search("dinsos").get()
    assert partner.province == regency.province
    assert partner.names.get().valid_from == date(2020, 1, 1)
    assert PartnerSector.objects.get().sector == sector
    assert partner.contacts.get().unit == humas.unit


# Presets


def test_a_upt_starts_with_its_own_unit_and_an_office_chooses(humas, pembaca, pengelola):
    page = as_user(humas).get(address(Event, "add"))
    assert page.context["adminform"].form.initial["unit"] == humas.unit_id
    page = as_user(pengelola).get(address(Event, "add"))
    assert page.context["adminform"].form.initial.get("unit") is None


def test_a_link_decides_on_no_field(humas):
    page = as_user(humas).get(address(Event, "add"), {"title": "Titipan", "unit": "9e99"})
    assert page.status_code == 200
    assert "Titipan" not in page.content.decode()


# What looks odd is saved and said


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


def test_oddities_are_said_as_on_the_pages(humas):
    client = as_user(humas)
    make_partner("Yayasan Contoh")
    _, data = add(client, Partner, name="Yayasan Contoh", kind="YAYASAN")
    assert "nama yang sama" in said(client.post(address(Partner, "add"), data, follow=True))
    person = {"person_name": "Budi Contoh", "position": "Kepala", "is_head": "on"}
    for _ in range(2):
        _, data = add(client, Officeholder, **person, valid_from="1 Januari 2025")
        answer = client.post(address(Officeholder, "add"), data, follow=True)
    assert "Kepala lain" in said(answer)
    served = make_agreement(humas.unit, signed_on=date(2026, 1, 5))
    _, data = add(client, Delivery, kind="PELATIHAN", agreement=served, date="1 Januari 2026")
    answer = client.post(address(Delivery, "add"), data, follow=True)
    assert "mendahului penandatanganan" in said(answer)


def test_a_signing_told_in_words_is_a_signing(humas):
    client = as_user(humas)
    _, data = add(client, Agreement, title="Pelatihan", signed_text="awal 2019")
    assert errors_of(client.post(address(Agreement, "add"), data)) == []
    assert Agreement.objects.get().stage == Stage.SIGNED


def test_an_addendum_that_moves_the_end_is_left_to_the_page(humas, agreement):
    """As an addendum recorded on the page: the base ends when its last addendum says so."""
    client = as_user(humas)
    _, data = add(client, Agreement, title="Masa", kind="ADD", amends=agreement)
    moving = data | {"signed_on": "1 Juni 2026", "ends_on": "4 Januari 2028"}
    answer = client.post(address(Agreement, "add"), moving)
    [refusal] = errors_of(answer)
    assert "dicatat dari halaman perjanjian dasarnya" in refusal
    leaving = moving | {"ends_on": str(agreement.ends_on)}
    assert errors_of(client.post(address(Agreement, "add"), leaving)) == []
    addendum = agreement.addenda.get()
    assert errors_of(changed(client, addendum, ends_on="4 Januari 2028")) == [refusal]
    agreement.refresh_from_db()
    assert agreement.ends_on == addendum.ends_on == date(2027, 1, 4)


def test_an_addendum_of_the_page_keeps_its_base_and_its_end(humas, agreement):
    addendum = agreement.amend(
        by=humas, title="Masa", signed_on=date(2026, 6, 1), ends_on=date(2028, 1, 4)
    )
    client = as_user(humas)
    for change in ({"ends_on": "4 Januari 2029"}, {"amends": ""}, {"is_open_ended": "on"}):
        assert errors_of(changed(client, addendum, **change))
    assert errors_of(changed(client, addendum, title="Masa berlaku")) == []
    agreement.refresh_from_db()
    assert agreement.ends_on == date(2028, 1, 4)


def test_what_was_ended_or_renewed_gets_no_addendum(humas, agreement):
    agreement.renew(by=humas, signed_on=date(2026, 6, 1))
    client = as_user(humas)
    _, data = add(client, Agreement, title="Masa", kind="ADD", amends=agreement)
    late = data | {"signed_on": "2 Juni 2026", "ends_on": str(agreement.ends_on)}
    assert errors_of(client.post(address(Agreement, "add"), late)) == [
        "Perjanjian dasarnya sudah diperpanjang."
    ]


def test_a_paper_is_renewed_once(humas, agreement):
    agreement.renew(by=humas, signed_on=date(2026, 6, 1))
    client = as_user(humas)
    _, data = add(client, Agreement, title="Lanjutan", replaces=agreement)
    assert errors_of(client.post(address(Agreement, "add"), data)) == [
        "Perjanjian itu sudah diperpanjang oleh perjanjian lain."
    ]
