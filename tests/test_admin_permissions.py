"""What the index and the lists of the Django admin offer; who gets which answer is in the table."""

import pytest

from partnerships.models import Partner
from tests.admin_forms import address, as_user
from tests.factories import make_partner

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["pembaca", "tanpa_unit"])
def test_who_is_not_staff_is_told_so(role, request, client):
    client.force_login(request.getfixturevalue(role))
    assert client.get("/admin/").status_code == 403


def test_the_index_lists_what_the_role_works_on(humas, pengelola):
    humas_page = as_user(humas).get("/admin/").content.decode()
    assert "/admin/partnerships/event/add/" in humas_page
    assert "/admin/institutions/officeholder/add/" in humas_page
    assert "/admin/institutions/province/" not in humas_page
    admin_page = as_user(pengelola).get("/admin/").content.decode()
    assert "/admin/institutions/province/" in admin_page
    assert "/admin/institutions/user/add/" in admin_page


def test_nothing_is_removed_in_bulk(pengelola):
    partner = make_partner("Dinas Sosial")
    client = as_user(pengelola)
    page = client.get(address(Partner, "changelist"))
    assert "delete_selected" not in page.content.decode()
    data = {
        "action": "delete_selected",
        "_selected_action": [partner.pk],
        "index": "0",
        "post": "yes",
    }
    assert client.post(address(Partner, "changelist"), data).status_code == 200
    assert Partner.objects.filter(pk=partner.pk).exists()
