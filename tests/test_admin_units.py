"""Admins curate units in the Django admin."""

import pytest

from institutions.models import Unit, UnitKind
from tests.admin_forms import add, address, as_user, change_address, changed, errors_of
from tests.factories import make_kanwil, make_province

pytestmark = pytest.mark.django_db


def test_a_kanwil_is_kept_with_its_provinces(pengelola):
    kanwil = make_kanwil(make_province("64", "Kalimantan Timur"))
    north = make_province("65", "Kalimantan Utara")
    answer = changed(as_user(pengelola), kanwil, **{"covered_provinces-0-province": str(north.pk)})
    assert errors_of(answer) == []
    assert kanwil.covered_provinces.get().province == north


def test_only_a_kanwil_covers_provinces(pengelola, bapas_jember):
    page = as_user(pengelola).get(change_address(bapas_jember))
    assert "covered_provinces" not in page.content.decode()


def test_the_code_of_a_unit_stays(pengelola, bapas_jember):
    answer = changed(as_user(pengelola), bapas_jember, code="lain", phone="(0331) 123")
    assert errors_of(answer) == []
    bapas_jember.refresh_from_db()
    assert (bapas_jember.code, bapas_jember.phone) == ("bapas-jember", "(0331) 123")


def test_a_unit_is_added_below_its_kanwil(pengelola, bapas_jember):
    client = as_user(pengelola)
    fields = {
        "code": "lapas-bondowoso",
        "kind": UnitKind.LAPAS,
        "name": "Lapas Kelas IIB Bondowoso",
        "short_name": "Lapas Bondowoso",
        "parent": bapas_jember.parent,
        "regency": bapas_jember.regency,
    }
    _, data = add(client, Unit, **fields)
    assert errors_of(client.post(address(Unit, "add"), data)) == []
    unit = Unit.objects.get(code="lapas-bondowoso")
    assert (unit.province, unit.recorded_by) == (bapas_jember.province, pengelola)
    assert errors_of(client.post(address(Unit, "add"), data)) == [
        "Kode ini sudah dipakai unit lain."
    ]
