"""Units hang under each other: what may hang where, what lies below and above."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from institutions.models import Unit, UnitKind, UnitName
from tests.factories import make_kanwil, make_province, make_root, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(db: None) -> Unit:
    """Four levels deep: Ditjenpas, Kanwil, Bapas, post."""
    bapas = make_unit("Bapas Kelas II Pati", kind=UnitKind.BAPAS)
    make_unit("Griya Abhipraya Pati", kind=UnitKind.GRIYA, parent=bapas)
    make_unit("Lapas Kelas IIB Pati")
    return make_unit("Pos Bapas Blora", kind=UnitKind.POSBAPAS, parent=bapas)


def names(rows) -> list[str]:
    return sorted(str(unit) for unit in rows)


def test_within_holds_the_unit_and_everything_below(post):
    bapas, kanwil = post.parent, post.parent.parent
    assert names(Unit.objects.within(post.pk)) == ["Pos Bapas Blora"]
    assert names(Unit.objects.within(bapas.pk)) == [
        "Bapas Pati",
        "Griya Abhipraya Pati",
        "Pos Bapas Blora",
    ]
    assert Unit.objects.within(kanwil.pk).count() == 5
    assert Unit.objects.within(kanwil.parent.pk).count() == Unit.objects.count()


def test_above_holds_each_unit_once_up_to_ditjenpas(post):
    assert names(Unit.objects.above(post.pk)) == [
        "Bapas Pati",
        "Ditjenpas",
        "Kanwil Ditjenpas Jawa Tengah",
    ]
    assert names(Unit.objects.above(post.parent.pk)) == [
        "Ditjenpas",
        "Kanwil Ditjenpas Jawa Tengah",
    ]
    assert names(Unit.objects.above(make_root().pk)) == []


def test_neither_knows_an_id_that_is_none():
    assert not Unit.objects.within(10**12).exists()
    assert not Unit.objects.above(10**12).exists()


MAY_HANG = [
    (UnitKind.KANWIL, "root"),
    (UnitKind.LAPAS, "kanwil"),
    (UnitKind.LAPAS, "root"),
    (UnitKind.RS_PENGAYOMAN, "root"),
    (UnitKind.POSBAPAS, "bapas"),
    (UnitKind.GRIYA, "bapas"),
    (UnitKind.CABRUTAN, "rutan"),
]
MAY_NOT_HANG = [
    (UnitKind.KANWIL, "kanwil"),
    (UnitKind.LAPAS, "bapas"),
    (UnitKind.LAPAS, "lapas"),
    (UnitKind.POSBAPAS, "kanwil"),
    (UnitKind.POSBAPAS, "lapas"),
    (UnitKind.GRIYA, "rutan"),
    (UnitKind.CABRUTAN, "lapas"),
]


def place(name: str) -> Unit:
    if name == "root":
        return make_root()
    return make_kanwil() if name == "kanwil" else make_unit(kind=UnitKind[name.upper()])


@pytest.mark.parametrize(("kind", "under"), MAY_HANG)
def test_a_unit_may_hang_there(kind, under):
    province = make_province("34", "DI Yogyakarta")
    assert make_unit(kind=kind, parent=place(under), province=province).pk


@pytest.mark.parametrize(("kind", "under"), MAY_NOT_HANG)
def test_a_unit_may_not_hang_there(kind, under):
    with pytest.raises(ValidationError) as refused:
        make_unit(kind=kind, parent=place(under))
    [message] = refused.value.message_dict["parent"]
    assert "tidak dapat berada di bawah" in message


def test_ditjenpas_hangs_under_nothing_and_is_one():
    root = make_root()
    with pytest.raises(ValidationError) as refused:
        Unit(code="lain", kind=UnitKind.DITJENPAS, name="Lain", short_name="Lain").record(by=None)
    assert refused.value.messages == ["Ditjenpas hanya ada satu."]
    root.parent = make_kanwil()
    with pytest.raises(ValidationError):
        root.record(by=None)


def test_a_unit_with_posts_keeps_the_kind_they_hang_under(post):
    bapas = post.parent
    bapas.kind = UnitKind.LAPAS
    with pytest.raises(ValidationError) as refused:
        bapas.record(by=None)
    assert list(refused.value.message_dict) == ["kind"]


def test_the_trail_leads_down_from_ditjenpas(post):
    assert [str(unit) for unit in post.trail] == [
        "Ditjenpas",
        "Kanwil Ditjenpas Jawa Tengah",
        "Bapas Pati",
    ]


def test_every_unit_below_counts_for_its_office(post):
    kanwil = make_kanwil()
    below = Unit.objects.of_office(kanwil.pk).values_list("short_name", flat=True)
    assert set(below) == {"Bapas Pati", "Griya Abhipraya Pati", "Pos Bapas Blora", "Lapas Pati"}
    kinds = (UnitKind.BAPAS, UnitKind.GRIYA, UnitKind.POSBAPAS, UnitKind.LAPAS)
    assert Unit.objects.count_by_office() == {(kanwil.pk, kind.value): 1 for kind in kinds}
    assert post.office_above == kanwil


def test_a_users_scope_is_the_unit_and_below(post, humas, pembaca, tanpa_unit):
    humas.unit = post.parent
    assert humas.units_in_scope().count() == 3
    assert humas.works_for(post.pk)
    assert not pembaca.works_for(post.pk)
    assert not tanpa_unit.units_in_scope().exists()


def test_a_name_holds_in_its_time(post):
    for name, first, last in (
        ("Bapas Pati Lama", None, date(2019, 12, 31)),
        ("Bapas Kelas III Pati", date(2020, 1, 1), date(2024, 6, 30)),
        ("BAPAS PATI", None, None),
    ):
        UnitName(unit=post.parent, name=name, valid_from=first, valid_until=last).record(by=None)
    on = Unit.objects.get(pk=post.parent.pk).name_on
    assert [on(day) for day in (date(2019, 12, 31), date(2020, 1, 1), date(2024, 6, 30))] == [
        "Bapas Pati Lama",
        "Bapas Kelas III Pati",
        "Bapas Kelas III Pati",
    ]
    assert on(date(2024, 7, 1)) == on(None) == "Bapas Kelas II Pati"
