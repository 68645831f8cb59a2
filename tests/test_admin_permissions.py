"""Who may list, add, change and delete what in the Django admin, cell by cell."""

from datetime import date

import pytest

from institutions.admin.site import site
from institutions.models import MinistryName, Officeholder, Province, Regency, Role, Unit, User
from partnerships.models import (
    Agreement,
    Delivery,
    Event,
    Partner,
    PartnerKind,
    ProgrammeArea,
    Sector,
)
from tests.admin_forms import address, as_user, change_address
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_partner,
    make_user,
)

pytestmark = pytest.mark.django_db

# list add view change delete, for a row of one's own unit; "-" is a refusal.
CELLS = {
    Partner: {"humas": "LAVC-", "pengelola": "LAVCD"},
    Agreement: {"humas": "LAVC-", "pengelola": "LAVCD"},
    Event: {"humas": "LAVC-", "pengelola": "LAVCD"},
    Delivery: {"humas": "LAVC-", "pengelola": "LAVCD"},
    Officeholder: {"humas": "LAVC-", "pengelola": "LAVCD"},
    Unit: {"humas": "L-V--", "pengelola": "LAVC-"},
    User: {"humas": "-----", "pengelola": "LAVC-"},
    Province: {"humas": "L-V--", "pengelola": "LAVC-"},
    Regency: {"humas": "L-V--", "pengelola": "LAVC-"},
    MinistryName: {"humas": "L-V--", "pengelola": "LAVCD"},
    ProgrammeArea: {"humas": "L-V--", "pengelola": "LAVC-"},
    Sector: {"humas": "L-V--", "pengelola": "LAVC-"},
}
ROLES = ("humas", "pengelola", "pembaca", "tanpa_unit", "superuser", "anonymous")


@pytest.fixture
def superuser(db):
    return make_user(None, unit=None, username="superuser", is_superuser=True, is_staff=True)


def row_of(model, humas):
    """One row that belongs to the unit of `humas`."""
    makers = {
        Partner: lambda: make_partner("Dinas Sosial", kind=PartnerKind.OPD),
        Agreement: lambda: make_agreement(humas.unit),
        Event: lambda: make_event(humas.unit),
        Delivery: lambda: make_delivery(make_agreement(humas.unit)),
        Officeholder: lambda: Officeholder(
            unit=humas.unit, person_name="Budi Contoh", position="Kepala", seen_on=date(2025, 1, 1)
        ).record(by=None),
        Unit: lambda: humas.unit,
        User: lambda: make_user(Role.HUMAS, unit=humas.unit),
        Province: lambda: humas.unit.province,
        Regency: lambda: humas.unit.regency,
        MinistryName: lambda: MinistryName(name="Kementerian Contoh").record(by=None),
        ProgrammeArea: make_area,
        Sector: lambda: Sector(code="SOSIAL", label="Sosial").record(by=None),
    }
    return makers[model]()


def expected(model, role):
    if role == "superuser":
        return CELLS[model]["pengelola"]
    return CELLS[model].get(role, "-----")


def test_every_registered_model_has_its_cells():
    assert set(site._registry) == set(CELLS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", CELLS, ids=lambda model: model.__name__)
def test_cell(model, role, request, humas, client):
    person = None if role == "anonymous" else request.getfixturevalue(role)
    row = row_of(model, humas)
    if person is not None:
        client.force_login(person)
    listed = client.get(address(model, "changelist")).status_code == 200
    added = client.get(address(model, "add")).status_code == 200
    page = client.get(change_address(row))
    viewed = page.status_code == 200
    changed = viewed and page.context["has_change_permission"]
    posted = client.post(change_address(row), {"nothing": "at all"}).status_code == 200
    deleted = client.get(address(model, "delete", row.pk)).status_code == 200
    cell = "".join(
        letter if allowed else "-"
        for letter, allowed in zip("LAVCD", (listed, added, viewed, changed, deleted), strict=True)
    )
    assert cell == expected(model, role)
    assert posted == changed


@pytest.mark.parametrize("role", ["pembaca", "tanpa_unit"])
def test_who_is_not_staff_is_told_so(role, request, client):
    client.force_login(request.getfixturevalue(role))
    assert client.get("/admin/").status_code == 403


@pytest.mark.parametrize("model", CELLS, ids=lambda model: model.__name__)
def test_a_post_without_rights_changes_nothing(model, humas, pembaca):
    row = row_of(model, humas)
    before = model.objects.filter(pk=row.pk).values().get()
    client = as_user(pembaca)
    for page in ("change", "delete"):
        assert client.post(address(model, page, row.pk), {"name": "Lain"}).status_code == 403
    assert model.objects.filter(pk=row.pk).values().get() == before


def test_the_index_lists_what_the_role_works_on(humas, pengelola):
    humas_page = as_user(humas).get("/admin/").content.decode()
    assert "/admin/partnerships/event/add/" in humas_page
    assert "/admin/institutions/officeholder/add/" in humas_page
    assert "/admin/institutions/province/" not in humas_page
    admin_page = as_user(pengelola).get("/admin/").content.decode()
    assert "/admin/institutions/province/" in admin_page
    assert "/admin/institutions/user/add/" in admin_page


def test_nothing_is_removed_in_bulk(pengelola, humas):
    first = row_of(Partner, humas)
    client = as_user(pengelola)
    page = client.get(address(Partner, "changelist"))
    assert "delete_selected" not in page.content.decode()
    data = {
        "action": "delete_selected",
        "_selected_action": [first.pk],
        "index": "0",
        "post": "yes",
    }
    assert client.post(address(Partner, "changelist"), data).status_code == 200
    assert Partner.objects.filter(pk=first.pk).exists()
