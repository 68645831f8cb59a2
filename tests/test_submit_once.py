"""A form that is sent twice is saved once, and the second answer is the first one's."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from institutions.models import MinistryName, SubmitToken
from institutions.models.submit_tokens import SWEPT_AT_ONCE
from institutions.submit_once import fingerprint_of
from partnerships.models import Agreement, Partner
from tests.admin_forms import add, address, as_user, change_address, form_data
from tests.agreement_payload import new_payload, stored_payload
from tests.factories import make_agreement, make_delivery, make_partner, make_user

pytestmark = pytest.mark.django_db

NEW = reverse("agreement_create")
TOKEN = "contoh-tanda-kirim-1"
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
# Forms that record nothing, or whose second sending is refused of itself.
WITHOUT_TOKEN = {
    "admin/account_password.html",
    "includes/_typed_again.html",
    "admin/base_site.html",
    "gallery.html",
    "includes/_account_links.html",
    "registration/forgotten_password.html",
    "registration/login.html",
    "registration/login_link.html",
    "registration/login_link_password.html",
    "registration/password_change_form.html",
}


@pytest.fixture
def desk(humas):
    return as_user(humas)


@pytest.fixture
def payload(humas):
    return new_payload(humas.unit, make_partner(), submit_token=TOKEN)


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def token_in(response):
    found = re.findall(r'name="submit_token" value="([^"]*)"', response.content.decode())
    return found[0] if found else ""


def test_every_form_that_saves_carries_the_token():
    forms = {
        path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
        for path in TEMPLATES.rglob("*.html")
    }
    forms = {name: text for name, text in forms.items() if "{% csrf_token %}" in text}
    bare = {
        name
        for name, text in forms.items()
        if text.count("{% csrf_token %}") != text.count("includes/_submit_token.html")
    }
    assert bare == WITHOUT_TOKEN


def test_each_opened_form_has_a_token_of_its_own(desk):
    tokens = {token_in(desk.get(NEW)) for _ in range(3)}
    assert len(tokens) == 3
    assert all(len(token) >= 16 for token in tokens)


def test_the_second_sending_saves_nothing_and_is_answered_the_same(desk, payload):
    first, second = desk.post(NEW, payload), desk.post(NEW, payload)
    agreement = Agreement.objects.get()
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"] == agreement.get_absolute_url()
    assert (agreement.history.count(), agreement.parties.count()) == (1, 2)


def test_the_confirmation_is_told_once(desk, payload):
    desk.post(NEW, payload)
    assert told(desk.post(NEW, payload)) == ["Perjanjian tersimpan."]
    assert desk.get("/").content.decode().count("Perjanjian tersimpan.") == 1


def test_the_confirmation_is_told_again_to_who_read_it(desk, payload):
    desk.post(NEW, payload, follow=True)
    again = desk.post(NEW, payload, follow=True).content.decode()
    assert again.count("Perjanjian tersimpan.") == 1


def test_two_forms_are_two_records(desk, payload):
    desk.post(NEW, payload)
    desk.post(NEW, payload | {"submit_token": f"{TOKEN}-lain"})
    assert Agreement.objects.count() == 2


@pytest.mark.parametrize(
    "token", ["", "pendek", "x" * 65, "tanda kirim contoh 1", "é" * 20, "a\0" * 10, None]
)
def test_what_is_no_token_is_served_and_kept_nowhere(desk, payload, token):
    payload.pop("submit_token")
    if token is not None:
        payload["submit_token"] = token
    assert [desk.post(NEW, payload).status_code for _ in range(2)] == [302, 302]
    assert (Agreement.objects.count(), SubmitToken.objects.count()) == (2, 0)


def test_a_colleague_with_the_same_token_is_answered_for_what_was_sent(desk, rekan, payload):
    first = desk.post(NEW, payload)
    second = as_user(rekan).post(NEW, payload)
    assert first["Location"] != second["Location"]
    assert Agreement.objects.count() == 2


def test_an_erroneous_form_keeps_its_token_and_claims_nothing(desk, payload):
    refused = desk.post(NEW, payload | {"signed_on": "besok lusa"})
    assert (refused.status_code, token_in(refused)) == (200, TOKEN)
    assert SubmitToken.objects.count() == 0
    assert desk.post(NEW, payload).status_code == 302


def test_a_row_more_after_saving_keeps_the_token_too(desk, payload):
    desk.post(NEW, payload)
    assert token_in(desk.post(NEW, payload | {"tambah": "parties"})) == TOKEN
    assert desk.post(NEW, payload)["Location"] == Agreement.objects.get().get_absolute_url()


def test_other_content_under_a_used_token_is_asked_about_and_lost_nowhere(desk, payload):
    saved = desk.post(NEW, payload)["Location"]
    answer = desk.post(NEW, payload | {"title": "Pelatihan <b>las</b>"})
    html = answer.content.decode()
    assert (answer.status_code, Agreement.objects.count()) == (409, 1)
    assert 'value="Pelatihan &lt;b&gt;las&lt;/b&gt;"' in html
    assert f'href="{saved}"' in html
    assert token_in(answer) not in {"", TOKEN}


def test_what_was_asked_about_is_saved_when_it_is_sent_again(desk, payload):
    desk.post(NEW, payload)
    answer = desk.post(NEW, payload | {"title": "Pelatihan"})
    fields = {field["name"]: field["value"] for field in answer.context["fields"]}
    desk.post(NEW, fields | {"submit_token": token_in(answer)})
    assert set(Agreement.objects.values_list("title", flat=True)) == {
        "Layanan kesehatan",
        "Pelatihan",
    }


def test_other_content_on_an_old_version_is_a_conflict(desk, humas):
    agreement = make_agreement(humas.unit, by=humas)
    url = reverse("agreement_edit", args=[agreement.pk])
    opened = stored_payload(agreement, submit_token=TOKEN)
    assert desk.post(url, opened | {"place": "Purwodadi"}).status_code == 302
    again = desk.post(url, opened | {"place": "Solo"}).context["form"].conflicts[-1]
    assert (again["stored"], again["typed"]) == ("Purwodadi", "Solo")
    assert desk.post(url, opened | {"place": "Purwodadi"}).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.place, agreement.version) == ("Purwodadi", 2)


def test_the_way_to_the_trash_and_back_is_gone_once(desk, humas):
    agreement = make_agreement(humas.unit, signed_on=None, by=humas)
    away, back = (
        reverse(f"agreement_{verb}", args=[agreement.pk]) for verb in ("archive", "restore")
    )
    reason = {"reason": "Tercatat dua kali", "submit_token": TOKEN}
    assert len({desk.post(away, reason)["Location"] for _ in range(3)}) == 1
    bare = {"submit_token": f"{TOKEN}-2"}
    assert len({desk.post(back, bare)["Location"] for _ in range(3)}) == 1
    assert agreement.history.count() == 3


def test_a_delivery_is_checked_once(desk, rekan, humas):
    delivery = make_delivery(unit=humas.unit, by=rekan)
    form = {"version": delivery.version, "submit_token": TOKEN}
    url = reverse("delivery_verify", args=[delivery.pk])
    answers = [desk.post(url, form) for _ in range(2)]
    assert told(answers[1]) == ["Realisasi ditandai sudah diperiksa."]
    assert delivery.history.count() == 2


def test_a_file_of_another_content_is_another_form():
    def sent(content: bytes) -> str:
        file = SimpleUploadedFile("naskah.pdf", content)
        return fingerprint_of(RequestFactory().post(NEW, {"file": file}))

    assert sent(b"satu") == sent(b"satu") != sent(b"dua!")


def test_old_tokens_are_swept_by_the_next_save(desk, humas, payload):
    for number in range(SWEPT_AT_ONCE + 2):
        SubmitToken.claim(humas, f"{TOKEN}-{number}", "")
    SubmitToken.objects.update(created_at=timezone.now() - timedelta(days=3, minutes=1))
    SubmitToken.claim(humas, f"{TOKEN}-muda", "")
    desk.post(NEW, payload)
    assert SubmitToken.objects.count() == 2 + 2


# The Django admin


def test_admin_form_saves_once(desk, humas):
    page, data = add(desk, Partner, name="Dinas Contoh Baru", kind="OPD")
    data["submit_token"] = token_in(page)
    answers = [desk.post(address(Partner, "add"), data) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    partner = Partner.objects.get(name="Dinas Contoh Baru")
    assert partner.history.count() == 1


def test_admin_window_for_a_new_row_hands_over_the_same_row(desk):
    _, data = add(desk, Partner, name="Dinas Contoh Baru", kind="OPD")
    data |= {"submit_token": TOKEN, "_popup": "1"}
    bodies = [desk.post(address(Partner, "add"), data).content for _ in range(2)]
    assert bodies[0] == bodies[1]
    assert str(Partner.objects.get(name="Dinas Contoh Baru").pk).encode() in bodies[1]


def test_admin_change_is_recorded_once(desk, humas):
    agreement = make_agreement(humas.unit, by=humas)
    data = form_data(desk.get(change_address(agreement)))
    data |= {"submit_token": TOKEN, "title": "Layanan lain"}
    answers = [desk.post(change_address(agreement), data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert agreement.history.count() == 2


def test_admin_removal_is_answered_the_same_once_the_row_is_gone(pengelola):
    row = MinistryName(name="Kementerian Contoh", valid_from="2020-01-01").record(by=None)
    url = address(row, "delete", row.pk)
    form = {"reason": "Salah catat", "submit_token": TOKEN}
    answers = [as_user(pengelola).post(url, form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]


def test_the_password_of_a_new_account_is_written_into_no_page(client, pengelola):
    client.force_login(pengelola)
    names = ("username", "password1", "password2")
    data = {"submit_token": TOKEN, "unit": pengelola.unit_id, "role": "Humas"}
    data |= dict(zip(names, ("contoh", "lumbung-padi-9", "lumbung-padi-9"), strict=True))
    url = address(type(pengelola), "add")
    assert client.post(url, data).status_code == 302
    answer = client.post(url, data | {"username": "contoh2"})
    assert answer.status_code == 409
    assert b"lumbung-padi-9" not in answer.content


def test_nobody_signed_in_claims_nothing():
    assert Client().post(NEW, {"submit_token": TOKEN}).status_code == 302
    assert SubmitToken.objects.count() == 0


def test_a_user_who_goes_takes_the_tokens_along(humas):
    gone = make_user(unit=humas.unit)
    SubmitToken.claim(gone, TOKEN, "")
    gone.delete()
    assert SubmitToken.objects.count() == 0
