"""The plain widgets look as Django draws them."""

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from hypothesis import example, given
from hypothesis import strategies as st

from institutions.forms.renderer import Renderer, Select

HOSTILE = "\"><b onclick='x'>&amp;</textarea></option>"
OPTIONS = [
    ("", "Semua"),
    (1, "Satu & dua"),
    ("Kelompok <i>", [("a", "Huruf A"), (HOSTILE, HOSTILE)]),
    (mark_safe("b"), mark_safe("&lt;b&gt;")),
]
WIDGETS: list[tuple[forms.Widget, list[Any]]] = [
    (forms.TextInput({"class": "x", "disabled": True, "hidden": False}), [None, "", HOSTILE, 0]),
    (forms.NumberInput({"min": 1, "step": "any"}), [None, 12, 1204]),
    (forms.DateInput(format="%Y-%m-%d"), [date(2026, 3, 3), "3 Maret 2026"]),
    (forms.HiddenInput(), [None, 5, mark_safe("&amp;")]),
    (forms.PasswordInput(), ["rahasia"]),
    (forms.URLInput({HOSTILE: HOSTILE}), ["https://contoh.id/?a=1&b=2"]),
    (forms.CheckboxInput(), [True, False, None]),
    (forms.Textarea({"rows": 3}), [None, "", "\nsatu\n\ndua", HOSTILE]),
    (forms.Select(choices=OPTIONS), [None, 1, "1", "a", HOSTILE, "tidak ada"]),
    (forms.SelectMultiple(choices=OPTIONS), [[], ["1", "a"]]),
]
CASES = [(widget, value) for widget, values in WIDGETS for value in values]


def drawn(renderer: Any, widget: forms.Widget, value: Any) -> str:
    html = widget.render("nama", value, {"id": "id_nama"}, renderer)
    # Django breaks the line between options; nothing shows of it.
    return re.sub(r">\s+<", "><", html).strip()


@pytest.mark.parametrize(("widget", "value"), CASES)
def test_a_widget_looks_as_django_draws_it(widget: forms.Widget, value: Any) -> None:
    assert drawn(Renderer(), widget, value) == drawn(TemplatesSetting(), widget, value)


@given(value=st.text(), label=st.text(), name=st.text())
def test_whatever_stands_in_it_is_escaped_alike(value: str, label: str, name: str) -> None:
    widget = forms.Select({name: label}, choices=[(value, label)])
    assert drawn(Renderer(), widget, value) == drawn(TemplatesSetting(), widget, value)
    text = forms.TextInput({"title": label})
    assert drawn(Renderer(), text, value) == drawn(TemplatesSetting(), text, value)


@given(value=st.text(), code=st.text(min_size=1), label=st.text())
@example(value="a", code="a", label=HOSTILE)
@example(value="", code=HOSTILE, label="")
def test_a_select_that_remembers_looks_the_same(value: str, code: str, label: str) -> None:
    choices = [("", "Semua"), (code, label)]
    plain = forms.Select({"title": label}, choices=choices)
    for _ in range(2):
        ours = drawn(Renderer(), Select({"title": label}, choices=choices), value)
        assert ours == drawn(TemplatesSetting(), plain, value)


def test_an_option_with_a_template_of_its_own_keeps_it() -> None:
    widget = forms.Select(choices=[("a", "Huruf A")])
    widget.option_template_name = "django/forms/widgets/radio_option.html"
    assert 'type="' in drawn(Renderer(), widget, "a")
