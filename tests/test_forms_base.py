"""What every form does: two editors, rows with their root all or nothing, steps without saving."""

from typing import Any, ClassVar

import pytest
from django import forms
from django.db import IntegrityError
from django.forms import inlineformset_factory
from django.http import QueryDict
from django.test import RequestFactory

from institutions.forms.base import MOST_ROWS, ReasonForm, RecordForm, field_for, posted
from institutions.forms.parts import PartFormSet, RootForm
from institutions.models import Officeholder, User
from institutions.pickers import RegencyPickerField
from partnerships.models import Partner, PartnerName
from tests.factories import make_partner, make_regency, make_unit

pytestmark = pytest.mark.django_db


class NameForm(RecordForm):
    class Meta:
        model = PartnerName
        fields = ["name", "kind", "valid_from", "valid_until"]
        formfield_callback = field_for


class DirectoryForm(RootForm):
    regency = RegencyPickerField(label="Kabupaten/kota", required=False)

    class Meta:
        model = Partner
        fields = ["name", "kind", "regency", "address", "website", "office_email"]
        formfield_callback = field_for

    formset_classes: ClassVar[dict[str, type[PartFormSet]]] = {
        "names": inlineformset_factory(
            Partner, PartnerName, form=NameForm, formset=PartFormSet, extra=0
        )
    }


def payload(partner: Partner | None = None, rows: Any = (), **typed: Any) -> QueryDict:
    """What the browser sends: the root as stored, the rows, and what is typed over it."""
    facts: dict[str, Any] = {"name": "Dinas Sosial", "kind": "OPD", "address": ""}
    if partner is not None:
        facts = {"name": partner.name, "kind": partner.kind, "version": partner.version}
        facts["regency"] = partner.regency_id or ""
    data = QueryDict(mutable=True)
    stored = len([row for row in rows if row.get("id")])
    data.update({"names-TOTAL_FORMS": len(rows), "names-INITIAL_FORMS": stored})
    for number, row in enumerate(rows):
        data.update({f"names-{number}-{name}": value for name, value in row.items()})
    for name, value in (facts | typed).items():
        data[name] = value
    return data


def form_for(user: User, data: QueryDict, partner: Partner | None = None) -> DirectoryForm:
    instance = Partner.objects.get(pk=partner.pk) if partner else None
    return DirectoryForm(data, instance=instance, user=user)


def alias(name: str, **fields: Any) -> dict[str, Any]:
    return {"name": name, "kind": "ALIAS"} | fields


def stored_names() -> list[str]:
    return sorted(PartnerName.objects.values_list("name", flat=True))


# Two editors


@pytest.fixture
def partner(db: None) -> Partner:
    return make_partner("Dinas Sosial")


def test_the_version_it_was_read_from_is_saved_and_counted(humas, partner):
    assert form_for(humas, payload(partner, name="Dinas Baru"), partner).saved(reason="Ejaan")
    partner.refresh_from_db()
    assert (partner.name, partner.version) == ("Dinas Baru", 2)
    assert partner.history.first().history_change_reason == "Ejaan"


@pytest.mark.parametrize("version", ["1", "", "0", "satu", "1e400", "\0", "9" * 400])
def test_any_other_version_is_a_conflict_and_changes_nothing(humas, rekan, partner, version):
    theirs = Partner.objects.get(pk=partner.pk)
    theirs.name = "Dinas Milik Rekan"
    theirs.record(by=rekan)
    form = form_for(humas, payload(partner, name="Dinas Saya", version=version), partner)
    assert not form.saved()
    assert any("diubah orang lain" in text for text in form.non_field_errors())
    assert form.conflicts == [
        {"label": "Nama", "stored": "Dinas Milik Rekan", "typed": "Dinas Saya"}
    ]
    assert Partner.objects.get(pk=partner.pk).name == "Dinas Milik Rekan"


def test_no_version_at_all_is_a_conflict(humas, partner):
    data = payload(partner, name="Dinas Saya")
    del data["version"]
    assert not form_for(humas, data, partner).saved()


def test_a_conflict_keeps_what_was_typed_and_the_next_save_decides(humas, partner):
    partner.record(by=humas)
    form = form_for(humas, payload(partner, name="Dinas Saya", version=1), partner)
    assert not form.saved()
    assert form["name"].value() == "Dinas Saya"
    again = payload(partner, name="Dinas Saya", version=form["version"].value())
    assert form_for(humas, again, partner).saved()


def test_a_conflict_is_told_in_words_not_codes(humas, partner):
    regency = make_regency("33.16", "Blora")
    data = payload(partner, kind="PT", regency=regency.pk, version=7)
    form = form_for(humas, data, partner)
    assert not form.saved()
    assert form.conflicts == [
        {"label": "Jenis mitra", "stored": "Dinas/OPD", "typed": "Perguruan tinggi"},
        {
            "label": "Kabupaten/kota",
            "stored": "Kabupaten Grobogan",
            "typed": "Kabupaten Blora",
        },
    ]


def test_a_new_row_needs_no_version(humas):
    assert form_for(humas, payload()).saved()


# Rows with their root


def test_root_and_rows_are_recorded_together_with_one_reason(humas):
    form = form_for(humas, payload(rows=[alias("Dinsos"), alias("Dinas Kesos")]))
    assert form.saved(reason="Dari naskah")
    assert stored_names() == ["Dinas Kesos", "Dinsos"]
    reasons = {step.history_change_reason for step in PartnerName.history.all()}
    assert reasons == {"Dari naskah"}
    assert list(Partner.objects.search("kesos")) == [form.instance]


def test_rows_left_empty_are_no_rows(humas):
    assert form_for(humas, payload(rows=[{"name": "", "kind": "ALIAS"}])).saved()
    assert stored_names() == []


def test_an_error_in_one_row_saves_nothing(humas):
    form = form_for(humas, payload(rows=[alias("Dinsos"), alias("x" * 201)]))
    assert not form.saved()
    assert form.error_count == 1
    assert not Partner.objects.exists()


def test_all_errors_show_at_once(humas):
    form = form_for(humas, payload(name="", rows=[alias("", valid_from="31 November 2025")]))
    assert not form.saved()
    assert form.errors["name"] == ["Isi nama."]
    assert form.formsets["names"].forms[0].errors["name"] == ["Isi nama."]
    assert form.error_count == 3


def test_a_row_that_stands_twice_is_told_in_our_words(humas):
    form = form_for(humas, payload(rows=[alias("Dinsos"), alias("Dinsos")]))
    assert not form.saved()
    names = form.formsets["names"]
    assert names.non_form_errors() == ["Nama ini sudah tercatat untuk mitra itu."]
    assert names.forms[1].non_field_errors() == ["Baris ini sama dengan baris lain."]


def test_what_only_recording_can_refuse_takes_everything_back(humas):
    # Different as typed, the same once cleaned.
    form = form_for(humas, payload(rows=[alias("Dinsos"), alias("\u200bDinsos")]))
    assert not form.saved()
    assert form.non_field_errors() == ["Nama ini sudah tercatat untuk mitra itu."]
    assert not Partner.objects.exists()
    assert not Partner.history.exists()
    assert form.instance.pk is None


def test_a_refused_change_leaves_the_version_alone(humas, partner):
    rows = [alias("Dinsos"), alias("\u200bDinsos")]
    assert not form_for(humas, payload(partner, rows, name="Dinas Baru"), partner).saved()
    partner.refresh_from_db()
    assert (partner.name, partner.version, stored_names()) == ("Dinas Sosial", 1, [])


def test_a_row_may_take_the_place_of_a_removed_one(humas, partner):
    old = PartnerName(partner=partner, name="Dinsos").record(by=humas)
    rows = [alias("Dinsos", id=old.pk, DELETE="on"), alias("Dinsos")]
    assert form_for(humas, payload(partner, rows), partner).saved()
    assert PartnerName.objects.get().pk != old.pk


def test_a_row_left_alone_leaves_no_trace(humas, partner):
    row = PartnerName(partner=partner, name="Dinsos").record(by=humas)
    rows = [alias("Dinsos", id=row.pk)]
    assert form_for(humas, payload(partner, rows, name="Dinas Baru"), partner).saved()
    assert row.history.count() == 1


def test_changing_a_row_bumps_the_root(humas, partner):
    row = PartnerName(partner=partner, name="Dinsos").record(by=humas)
    rows = [alias("Dinas Kesos", id=row.pk)]
    assert form_for(humas, payload(partner, rows), partner).saved()
    partner.refresh_from_db()
    assert (partner.version, stored_names()) == (2, ["Dinas Kesos"])


def test_a_row_of_another_root_cannot_be_reached(humas, partner):
    foreign = PartnerName(partner=make_partner(), name="Milik lain").record(by=None)
    for row in (alias("Diambil", id=foreign.pk), alias("", id=foreign.pk, DELETE="on")):
        form_for(humas, payload(partner, [row]), partner).saved()
        foreign.refresh_from_db()
        assert (foreign.name, foreign.partner_id == partner.pk) == ("Milik lain", False)


@pytest.mark.parametrize("total", ["", "x", "99999", "1e9"])
def test_a_broken_row_counter_is_told_in_our_words(humas, total):
    data = payload()
    data["names-TOTAL_FORMS"] = total
    form = form_for(humas, data)
    assert not form.saved()
    [message] = form.formsets["names"].non_form_errors()
    assert message.endswith(("lalu ulangi.", "baris."))


# Messages


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": ""}, "Isi nama."),
        ({"name": "x" * 201}, "Nama terlalu panjang: 201 huruf, batasnya 200."),
        ({"kind": ""}, "Pilih jenis mitra."),
        ({"kind": "%00"}, "Pilih jenis mitra dari daftar."),
        ({"website": "bukan alamat"}, "Tulis alamat lengkap, misalnya https://contoh.go.id."),
        (
            {"office_email": "dinsos"},
            "Tulis alamat surel lengkap, misalnya humas@contoh.go.id.",
        ),
        ({"name": "a\0b"}, "Nama memuat huruf yang tidak dapat disimpan."),
        ({"regency": "99999999"}, "Pilihan itu tidak ada. Cari lagi."),
        ({"regency-q": "grobogan"}, "Pilih salah satu dari hasil pencarian."),
    ],
)
def test_messages_say_what_to_do(humas, typed, message):
    form = form_for(humas, payload(**typed))
    assert not form.saved()
    assert [text for texts in form.errors.values() for text in texts] == [message]


def test_two_people_saving_the_same_at_once_get_a_message(humas, monkeypatch):
    def taken(*args: Any, **kwargs: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(Partner, "save", taken)
    form = form_for(humas, payload())
    assert not form.saved()
    [message] = form.non_field_errors()
    assert message.startswith("Isian yang sama baru saja disimpan.")


def test_a_wrong_weekday_is_saved_with_a_warning(humas):
    form = form_for(humas, payload(rows=[alias("Dinsos", valid_from="Senin, 1 Juli 2025")]))
    assert form.saved()
    [warning] = form.warnings
    assert "Selasa" in warning


def test_every_date_column_reads_indonesian_dates():
    class HolderForm(RecordForm):
        class Meta:
            model = Officeholder
            fields = ["person_name", "position", "valid_from", "seen_on"]
            formfield_callback = field_for

    data = {"person_name": "Contoh Satu", "position": "Kepala", "seen_on": "Selasa (1/7/2025)"}
    form = HolderForm(data, instance=Officeholder(unit=make_unit()))
    assert form.saved()
    assert Officeholder.objects.get().seen_on.isoformat() == "2025-07-01"


def test_a_reason_is_needed(humas):
    assert ReasonForm({"reason": "  "}, user=humas).errors == {"reason": ["Isi alasan."]}


# Steps that do not save


def request_with(**data: Any) -> Any:
    return RequestFactory().post("/", data)


def test_reading_a_page_posts_nothing():
    assert posted(RequestFactory().get("/?tambah=names")) is None


@pytest.mark.parametrize(
    ("total", "after"),
    [
        ("0", "1"),
        ("7", "8"),
        (str(MOST_ROWS - 1), str(MOST_ROWS)),
        (str(MOST_ROWS), str(MOST_ROWS)),
        (str(MOST_ROWS + 100), str(MOST_ROWS + 100)),
        ("99999", "99999"),
        ("-1", "-1"),
        ("x", "x"),
        ("", ""),
    ],
)
def test_one_more_row_up_to_a_limit_and_never_fewer(total, after):
    data = posted(request_with(tambah="names", **{"names-TOTAL_FORMS": total}))
    assert data["names-TOTAL_FORMS"] == after


def test_one_more_row_of_nothing_changes_nothing():
    data = posted(request_with(tambah="\0", **{"names-TOTAL_FORMS": "1"}))
    assert data["names-TOTAL_FORMS"] == "1"


@pytest.mark.parametrize("button", ["cari", "tambah"])
def test_a_step_judges_nothing_saves_nothing_and_keeps_what_was_typed(humas, button):
    data = payload(name="", address="Jalan Contoh 1", rows=[alias("x" * 300)], **{button: "names"})
    form = form_for(humas, data)
    assert not form.saved()
    assert form.errors == {}
    assert form.error_count == 0
    assert form["address"].value() == "Jalan Contoh 1"
    assert form.formsets["names"].forms[0]["name"].value() == "x" * 300
    assert not Partner.objects.exists()


def test_a_search_step_lists_what_was_found(humas):
    regency = make_regency()
    form = form_for(humas, payload(cari="regency", **{"regency-q": "grobogan"}))
    form.saved()
    options = form["regency"].field.options_for(form["regency"].value())[0]
    assert [option.value for option in options] == [str(regency.pk)]


def test_a_form_without_steps_ignores_the_buttons(humas):
    class Plain(ReasonForm):
        step_buttons = ()
        note = forms.CharField(required=False)

    assert Plain({"reason": "Salah", "cari": "x"}, user=humas).is_valid()
