"""The list of what must be put right, linked to the inputs it is about."""

from django import forms
from django.template.loader import render_to_string

from institutions.templatetags.problems import problems


class VisitForm(forms.Form):
    title = forms.CharField(error_messages={"required": "Isi judul"})
    kind = forms.ChoiceField(
        choices=[("A", "Kunjungan")],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih jenis"},
    )


class RowForm(forms.Form):
    name = forms.CharField(error_messages={"required": "Isi nama"})
    place = forms.CharField(required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("place") == "bulan":
            raise forms.ValidationError("Tempat itu tidak ada")


def rows(**data: str) -> forms.BaseFormSet:
    counters = {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0"}
    return forms.formset_factory(RowForm)(counters | data, prefix="rows")


def test_errors_lead_to_the_input_and_to_the_first_radio_button():
    found = problems(VisitForm({}))
    assert found == [("Isi judul", "id_title"), ("Pilih jenis", "id_kind_0")]


def test_errors_of_rows_follow_those_of_the_form():
    found = problems(VisitForm({"kind": "A"}), [rows(**{"rows-0-place": "aula"})])
    assert found == [("Isi judul", "id_title"), ("Isi nama", "id_rows-0-name")]


def test_an_error_about_a_whole_row_leads_to_the_row():
    found = problems(None, [rows(**{"rows-0-place": "bulan", "rows-0-name": "Contoh"})])
    assert found == [("Tempat itu tidak ada", "rows-0-galat")]


def test_a_form_that_knows_its_formsets_needs_no_second_argument():
    form = VisitForm({"title": "Contoh", "kind": "A"})
    form.formsets = {"rows": rows(**{"rows-0-place": "aula"})}
    assert problems(form, "") == [("Isi nama", "id_rows-0-name")]


def test_the_summary_counts_and_links():
    page = render_to_string("includes/_error_summary.html", {"form": VisitForm({})})
    assert "Ada 2 hal yang perlu diperbaiki" in page
    assert '<a href="#id_kind_0">Pilih jenis</a>' in page


def test_a_form_in_order_shows_no_summary():
    form = VisitForm({"title": "Contoh", "kind": "A"})
    assert "role" not in render_to_string("includes/_error_summary.html", {"form": form})
