"""Texts at, above and far above their limit in the forms of the pages, all fields at once."""

import unicodedata
from typing import Any

import pytest
from django import forms

from institutions.models import User
from partnerships.models import Partner
from tests.admin_forms import as_user
from tests.factories import make_partner
from tests.faults.bad_requests import encoded
from tests.faults.bad_targets import FORM_TYPE, main_form
from tests.full_register import make_full_register

pytestmark = pytest.mark.django_db

PAGES = (
    "/mitra/1/ubah/",
    "/perjanjian/1/ubah/",
    "/perjanjian/1/perpanjang/",
    "/perjanjian/1/adendum/",
    "/perjanjian/1/akhiri/",
    "/perjanjian/3/tandatangani/",
    "/kegiatan/1/ubah/",
    "/realisasi/1/ubah/",
    "/unit/bapas-jember/ubah/",
    "/unit/bapas-jember/pejabat/1/ubah/",
)


def rows_of(form: Any) -> list[Any]:
    below = getattr(form, "formsets", {}).values()
    return [form, *(row for formset in below for row in formset.forms)]


def texts_of(form: Any) -> dict[str, int]:
    """Names and limits of the free texts of a form and its rows."""
    return {
        row.add_prefix(name): field.max_length
        for row in rows_of(form)
        for name, field in row.fields.items()
        if type(field).__name__ in {"CharField", "LinesField"}
        and isinstance(field, forms.CharField)
        and field.max_length
        and not field.disabled
    }


def sent_with(client: Any, page: str, texts: dict[str, str]) -> Any:
    fields = main_form(client.get(page).content.decode()).fields
    kept = [pair for pair in fields if pair[0] not in texts]
    more = [(name, text.encode()) for name, text in texts.items()]
    return client.post(page, encoded(kept + more), FORM_TYPE)


@pytest.mark.parametrize("page", PAGES)
def test_a_text_too_long_is_an_error_at_its_field_and_stays_typed(page):
    made = make_full_register()
    client = as_user(made.utama)
    limits = texts_of(client.get(page).context["form"])
    assert limits
    for factor, extra in ((1, 1), (10, 0)):
        texts = {name: "ab"[extra] * (limit * factor + extra) for name, limit in limits.items()}
        answer = sent_with(client, page, texts)
        assert answer.status_code == 200
        found = {
            row.add_prefix(name)
            for row in rows_of(answer.context["form"])
            for name in row.errors
            if name != "__all__"
        }
        assert set(limits) - found == set()
        html = answer.content.decode()
        assert [name for name, text in texts.items() if text not in html] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_megabyte_is_refused_like_any_text_too_long(page):
    made = make_full_register()
    client = as_user(made.utama)
    name = next(iter(texts_of(client.get(page).context["form"])))
    answer = sent_with(client, page, {name: "x" * 1_000_000})
    assert answer.status_code == 200
    assert "x" * 1_000_000 in answer.content.decode()


def test_a_name_is_kept_composed_and_found_either_way(humas: User):
    composed = "Yayasan Café São"
    apart = unicodedata.normalize("NFD", composed)
    partner = make_partner(apart)
    assert Partner.objects.get(pk=partner.pk).name == composed
    client = as_user(humas)
    for text in (composed, apart, composed.upper(), "cafe sao"):
        page = client.get("/mitra/", {"q": text})
        assert [row.pk for row in page.context["page_obj"]] == [partner.pk], text
