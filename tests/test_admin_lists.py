"""Lists of the Django admin: what they find, what they cost, what they make of bad input."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from institutions.admin.site import site
from institutions.models import MinistryName, Officeholder, Role, Unit, User
from partnerships.models import (
    ActivityKind,
    Agreement,
    Delivery,
    Event,
    Partner,
    PartnerKind,
    Sector,
    Stage,
)
from tests.admin_forms import address, as_user
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_file,
    make_kanwil,
    make_partner,
    make_province,
    make_regency,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15


def rows_of(client, model, **query):
    page = client.get(address(model, "changelist"), query)
    assert page.status_code == 200, page.status_code
    return list(page.context["cl"].result_list)


def found(client, model, **query):
    return {str(row) for row in rows_of(client, model, **query)}


# What they cost


def fill(numbers, unit):
    """A row of everything an admin lists for each of the numbers."""
    for index in numbers:
        partner = make_partner(f"Dinas {unit.pk} {index}", parent=make_partner())
        agreement = make_agreement(unit, partner, signed_on=date(2025, 1, 1 + index % 28))
        event = make_event(unit, partners=[partner], starts_on=date(2025, 2, 1 + index % 28))
        make_delivery(agreement, event=event)
        Officeholder(
            unit=unit, person_name=f"Contoh {index}", position="Kepala", seen_on=date(2025, 1, 1)
        ).record(by=None)
        make_user(Role.HUMAS, unit=unit)
        make_unit()
        make_area(f"A{unit.pk}-{index}", f"Bidang {index}")
        make_province(f"{70 + index % 20}", f"Provinsi {index}")
        make_regency(f"33.{40 + index % 50}", f"Daerah {index}")
        Sector(code=f"S{unit.pk}-{index}", label="Urusan").record(by=None)
        MinistryName(name=f"Kementerian {index}").record(by=None)


def cost(client, model):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address(model, "changelist")).status_code == 200
    return len(queries)


def test_a_list_costs_the_same_however_many_rows_it_shows(pengelola, bapas_jember):
    client = as_user(pengelola)
    fill(range(2), bapas_jember)
    client.get("/admin/")
    few = {model: cost(client, model) for model in site._registry}
    fill(range(2, 10), bapas_jember)
    many = {model: cost(client, model) for model in site._registry}
    assert many == few
    assert {model.__name__: n for model, n in many.items() if n > MOST_QUERIES} == {}


def test_the_form_of_a_long_event_costs_no_query_per_row_and_field(humas):
    client = as_user(humas)

    def queries_for(number):
        partners = [make_partner() for _ in range(number)]
        units = [make_unit() for _ in range(number)]
        event = make_event(humas.unit, partners=partners, units=units)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(event, "change", event.pk)).status_code == 200
        return len(queries)

    queries_for(1)
    assert queries_for(12) == queries_for(2)


# What they find


def test_status_and_evidence_are_filtered_as_on_the_pages(humas):
    running = make_agreement(humas.unit, title="Berjalan", signed_on=date(2026, 1, 5))
    make_delivery(running, date=date(2026, 11, 1))
    make_agreement(humas.unit, title="Usai", signed_on=date(2020, 1, 5))
    make_agreement(humas.unit, title="Konsep", signed_on=None)
    make_agreement(humas.unit, title="Menunggu", signed_on=None, stage=Stage.AWAITING)
    client = as_user(humas)
    for status in ("active", "ending_soon", "expired", "drafting", "awaiting", "no_end"):
        expected = Agreement.objects.with_status().filter(status=status)
        assert found(client, Agreement, status=status) == {str(row) for row in expected}
    for evidence in ("moving", "not_moving", "stalled", "new"):
        expected = Agreement.objects.with_evidence().filter(evidence=evidence)
        assert found(client, Agreement, evidence=evidence) == {str(row) for row in expected}
    assert found(client, Agreement, stage=Stage.AWAITING) == {"Menunggu"}
    assert found(client, Agreement, status="expired") == {"Usai"}
    page = client.get(address(Agreement, "changelist")).content.decode()
    assert "Kedaluwarsa" in page
    assert "Penyusunan" in page


def test_papers_about_to_end_are_found(humas):
    today = timezone.localdate()
    for days in (3, 20, 100):
        last = today + timedelta(days=days)
        make_agreement(humas.unit, title=f"{days} hari", ends_on=last, end_is_typed=True)
    ended = make_agreement(humas.unit, title="Diakhiri", ends_on=today, end_is_typed=True)
    ended.terminate(on=ended.signed_on, by=humas, reason="Mitra bubar")
    client = as_user(humas)
    assert found(client, Agreement, berakhir="7") == {"3 hari"}
    assert found(client, Agreement, berakhir="30") == {"3 hari", "20 hari"}
    assert found(client, Agreement, berakhir="180") == {"3 hari", "20 hari", "100 hari"}
    page = client.get(address(Agreement, "changelist")).content.decode()
    assert "berakhir dalam 30 hari" in page


def test_papers_and_deliveries_are_found_by_their_files(humas):
    scanned, bare = (make_agreement(humas.unit, title=title) for title in ("Ada", "Tanpa"))
    make_file(agreement=scanned)
    event = make_event(humas.unit)
    make_file(event=event, kind="BUKTI")
    make_delivery(bare, event=event, output="Di kegiatan")
    make_file(delivery=make_delivery(bare, output="Sendiri"), kind="BUKTI")
    removed = make_file(delivery=make_delivery(bare, output="Dihapus"), kind="BUKTI")
    removed.archive(by=humas, reason="Salah foto")
    client = as_user(humas)
    assert found(client, Agreement, naskah="ada") == {"Ada"}
    assert found(client, Agreement, naskah="tidak") == {"Tanpa"}
    assert found(client, Delivery, bukti="ada") == {"Di kegiatan", "Sendiri"}
    assert found(client, Delivery, bukti="tidak") == {"Dihapus"}


def test_rows_in_the_sampah_are_in_a_list_of_their_own(humas):
    gone = make_agreement(humas.unit, title="Ganda", signed_on=None)
    make_agreement(humas.unit, title="Ada")
    gone.archive(by=humas, reason="Tercatat dua kali")
    client = as_user(humas)
    assert found(client, Agreement) == {"Ada"}
    assert found(client, Agreement, sampah="ya") == {"Ganda"}


def test_search_folds_spelling_and_abbreviations(humas):
    make_partner("Dinas Kesehatan Kabupaten Grobogan")
    make_event(humas.unit, title="Rapat dengan Dinas Kesehatan")
    client = as_user(humas)
    assert found(client, Partner, q="dinkes kab grobogan")
    assert found(client, Event, q="DINKES")
    assert not found(client, Partner, q="dinkes blora")


def test_lists_are_filtered_by_kind_period_and_state(humas):
    make_event(humas.unit, title="Rapat", kind=ActivityKind.RAKOR, starts_on=date(2025, 3, 1))
    make_event(humas.unit, title="Kunjungan", kind=ActivityKind.KUNJUNGAN, mode="DARING")
    make_partner("Yayasan", kind=PartnerKind.YAYASAN)
    checked = make_delivery(event=Event.objects.first(), output="Satu")
    make_delivery(event=Event.objects.first(), output="Dua")
    checked.verify(by=humas)
    client = as_user(humas)
    assert found(client, Event, kind="RAKOR") == {"Rapat"}
    assert found(client, Event, mode="DARING") == {"Kunjungan"}
    assert found(client, Event, starts_on__year="2025", starts_on__month="3") == {"Rapat"}
    assert found(client, Partner, kind="YAYASAN") == {"Yayasan"}
    assert found(client, Partner, provinsi="33") == {"Yayasan"}
    assert found(client, Delivery, checked="ya") == {"Satu"}
    assert found(client, Delivery, checked="tidak") == {"Dua"}


def test_ditjenpas_filters_by_kanwil_and_a_kanwil_by_unit(pengelola, humas, humas_lain):
    make_event(humas.unit, title="Rapat Jember")
    make_event(humas_lain.unit, title="Rapat Purwodadi")
    client = as_user(pengelola)
    assert found(client, Event, unit=humas.unit.parent_id) == {"Rapat Jember"}
    assert found(client, Event, unit=humas.unit_id) == set()
    assert humas.unit.short_name in found(client, Unit, unit=humas.unit.parent_id)
    regional = as_user(make_user(Role.ADMIN, unit=humas.unit.parent, username="regional"))
    assert found(regional, Event, unit=humas.unit_id) == {"Rapat Jember"}
    assert found(regional, Event, unit=humas_lain.unit_id) == set()
    assert found(client, User, role="Humas") == {"Humas", "Humas_Lain"}


def test_units_without_a_regency_are_found(pengelola):
    unknown = make_unit("Bapas Kelas II Entah", kind="BAPAS")
    make_unit("Lapas Kelas IIB Tahu", regency=make_regency())
    assert found(as_user(pengelola), Unit, regency="tidak") == {str(unknown)}


def test_no_filter_is_longer_than_a_screen(pengelola):
    for number in range(1, 40):
        make_kanwil(make_province(f"{number + 10}", f"Provinsi {number}"))
    client = as_user(pengelola)
    for model in site._registry:
        page = client.get(address(model, "changelist"))
        for spec in page.context["cl"].filter_specs:
            assert len(list(spec.choices(page.context["cl"]))) <= 61


# Bad input

HOSTILE = [
    "kind=%00",
    "q=%00",
    "status=zzz",
    "evidence=zzz",
    "kind=zzz",
    "kind=RAKOR&kind=TTD",
    "unit=9e99",
    "unit=" + "9" * 40,
    "unit__id__exact=9e99",
    "unit__id__exact=" + "9" * 40,
    "unit__parent__code=x",
    "id__in=" + "9" * 40,
    "id__exact=",
    "title__regex=((((",
    "search_text__contains=a",
    "password__startswith=a",
    "recorded_by__password__startswith=a",
    "p=1e400",
    "p=-1",
    "p=99",
    "p=" + "9" * 5000,
    "p=abc&e=1",
    "p=99&e=1",
    "e=1",
    "o=99",
    "o=-1.2.3.-99",
    "o=" + "9" * 5000,
    "o=a.b",
    "all=",
    "_facets=True",
    "_popup=1",
    "_to_field=id",
    "_to_field=password",
    "_to_field=zzz",
    "q=" + "x" * 10_000,
    "q=" + "+".join(["kata"] * 2_000),
    "q=" + "%22" * 500,
    "q=%25_%27;--",
    "q=%ED%A0%80",
    "signed_on__year=9e9",
    "signed_on__year=0",
    "signed_on__year=9999",
    "signed_on__year=2025&signed_on__month=13",
    "signed_on__year=2025&signed_on__month=2&signed_on__day=31",
    "signed_on__month=5",
    "signed_on__day=" + "9" * 30,
    "starts_on__year=2025&starts_on__month=2",
    "starts_on__gte=zzz",
    "date__year=2026",
    "sampah=zzz",
    "sampah=ya&sampah=tidak",
    "is_active=zzz",
    "groups__id__exact=1",
    "_changelist_filters=%ZZ",
    "zzz=1",
    "=",
    "&&&",
]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: query[:40])
def test_a_hostile_address_is_answered_the_same_on_every_list(query, pengelola, humas):
    make_agreement(humas.unit)
    make_event(humas.unit, starts_on=date(2025, 3, 1))
    client = as_user(pengelola)
    for model in site._registry:
        answer = client.get(f"{address(model, 'changelist')}?{query}")
        assert answer.status_code in {200, 302, 400}, model
        if answer.status_code == 302:
            assert answer.url.endswith("?e=1")
            assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("kind=%00", 400),
        ("status=zzz", 200),
        ("unit__id__exact=9e99", 400),
        ("title__regex=((((", 400),
        ("o=99", 200),
        ("p=1e400", 200),
        ("q=" + "x" * 10_000, 200),
    ],
    ids=lambda value: str(value)[:30],
)
def test_the_answers_to_bad_input_are_known(query, status, humas):
    make_agreement(humas.unit)
    answer = as_user(humas).get(f"{address(Agreement, 'changelist')}?{query}")
    assert answer.status_code == status


def test_an_unknown_value_finds_nothing_rather_than_everything(humas):
    make_agreement(humas.unit)
    client = as_user(humas)
    assert rows_of(client, Agreement)
    for query in ({"status": "zzz"}, {"kind": "zzz"}, {"evidence": "zzz"}, {"sampah": "zzz"}):
        assert not rows_of(client, Agreement, **query)


@pytest.mark.parametrize(
    "query",
    [
        "term=%00",
        "term=" + "x" * 10_000,
        "term=%ED%A0%80",
        "page=1e400",
        "page=-1",
        "page=" + "9" * 5000,
        "page=last",
    ],
    ids=lambda query: query[:20],
)
def test_hostile_suggestions_are_answered(query, humas):
    field = "app_label=partnerships&model_name=attendance&field_name=partner"
    make_partner()
    answer = as_user(humas).get(f"{reverse('admin:autocomplete')}?{field}&{query}")
    assert answer.status_code in {200, 400}


@pytest.mark.parametrize("key", ["0", "-1", "9" * 40, "1e400", "ya", "_5F", "__", "%2500", "1/2"])
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_a_hostile_key_is_not_found(key, page, pengelola):
    client = as_user(pengelola)
    for model in site._registry:
        base = address(model, "changelist")
        assert client.get(f"{base}{key}/{page}/").status_code in {403, 404}
        assert client.post(f"{base}{key}/{page}/").status_code in {403, 404}


@pytest.mark.parametrize(("sort", "last"), [("6", "BELUM"), ("-6", "BELUM"), ("1", "zebra")])
def test_a_list_is_in_the_same_order_on_every_database(sort, last, pengelola):
    """Who never signed in stands last both ways; a capital letter stands before small ones."""
    make_user(unit=pengelola.unit, username="BELUM")
    for name in ("zebra", "alfa"):
        account = make_user(unit=pengelola.unit, username=name)
        account.last_login = timezone.now()
        account.save(update_fields=["last_login"])
    answer = as_user(pengelola).get(reverse("admin:institutions_user_changelist"), {"o": sort})
    names = [row.username for row in answer.context["cl"].result_list]
    shown = [name for name in names if name in {"BELUM", "zebra", "alfa"}]
    assert shown[-1] == last
    assert len(shown) == 3
