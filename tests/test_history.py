"""Every change leaves one row that says who and why, and the page says it in words."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from institutions.history import Entry, history_of
from institutions.models import User
from institutions.ways import SERVER
from partnerships.models import Agreement, AgreementArea, Delivery, Event, Partner, Party, Stage
from tests.factories import (
    make_agreement,
    make_area,
    make_delivery,
    make_event,
    make_partner,
    make_province,
    make_unit,
)
from tests.specimens import SPECIMENS

pytestmark = pytest.mark.django_db

PARTS = ("parties", "area_links")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Moves time on, so that two saves do not look like one."""
    real = timezone.now
    passed = timedelta()

    def later() -> None:
        nonlocal passed
        passed += timedelta(minutes=5)

    monkeypatch.setattr(timezone, "now", lambda: real() + passed)
    return later


def words(entry: Entry) -> list[tuple[str, str, str]]:
    return [(change.label, change.before, change.after) for change in entry.changes]


@pytest.mark.parametrize("model", SPECIMENS, ids=lambda model: model.__name__)
def test_each_change_is_one_row_with_user_and_reason(model, humas):
    row = SPECIMENS[model]()
    key, trail = row.pk, model.history.filter(id=row.pk).order_by("history_id")
    assert [step.history_type for step in trail] == ["+"]
    row.record(by=humas, reason="Salah tulis")
    row.remove(by=humas, reason="Tercatat dua kali")
    steps = [
        (step.history_type, step.history_user, step.history_change_reason)
        for step in model.history.filter(id=key).order_by("history_id")[1:]
    ]
    assert steps == [("~", humas, "Salah tulis"), ("-", humas, "Tercatat dua kali")]


def test_the_system_leaves_no_name():
    [step] = make_partner(by=None).history.all()
    assert (step.history_user, step.history_change_reason) == (None, SERVER)


def test_a_long_reason_is_kept_whole(humas):
    reason = "Nama pada naskah berbeda. " * 20
    partner = make_partner()
    partner.record(by=humas, reason=reason)
    assert partner.history.first().history_change_reason == reason.strip()


@pytest.mark.parametrize("make", [make_partner, make_province], ids=["versioned", "plain"])
def test_what_cannot_be_told_is_not_done(make, humas, monkeypatch):
    row = make()
    before, row.name = row.name, "Nama lain"

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(row.history.model, "save", fail)
    with pytest.raises(RuntimeError):
        row.record(by=humas)
    assert type(row)._base_manager.get(pk=row.pk).name == before


def test_rebuilding_search_texts_is_no_change(humas):
    partner = make_partner()
    make_agreement(partner=partner)
    counts = (Partner.history.count(), Agreement.history.count())
    partner.refresh_search_text()
    assert (Partner.history.count(), Agreement.history.count()) == counts


def test_signing_in_is_no_change_of_the_account(client, humas):
    before = User.history.filter(id=humas.pk).count()
    client.force_login(humas)
    assert User.history.filter(id=humas.pk).count() == before


def test_no_password_is_kept_in_history():
    assert not {"password", "last_login"} & {
        column.name for column in User.history.model._meta.concrete_fields
    }


def test_the_page_says_before_and_after_in_words(humas, clock):
    agreement = make_agreement(title="Layanan lama", signed_on=date(2026, 1, 5), by=humas)
    clock()
    agreement.title, agreement.funding = "Layanan baru", "APBD"
    agreement.starts_on = date(2026, 2, 1)
    agreement.record(by=humas, reason="Sesuai naskah")
    newest = history_of(agreement)[0]
    assert (newest.who, newest.action, newest.reason) == (humas, "Diubah", "Sesuai naskah")
    assert words(newest) == [
        ("tentang", "Layanan lama", "Layanan baru"),
        ("mulai berlaku", "", "1 Februari 2026"),
        ("berakhir", "4 Januari 2027", "31 Januari 2027"),
        ("pembiayaan", "", "APBD"),
    ]


def test_a_save_of_root_and_parts_is_one_entry(humas):
    unit, partner = make_unit("Lapas Contoh"), make_partner("Dinas Sosial")
    agreement = make_agreement(unit, partner, areas=[make_area()], by=humas)
    [entry] = history_of(agreement, *PARTS)
    assert entry.action == "Dicatat"
    assert ("pihak", "", "2 · Dinas Sosial") in words(entry)
    assert ("bidang perjanjian", "", "Pelayanan kesehatan") in words(entry)
    assert ("unit pencatat", "", "Lapas Contoh") in words(entry)


def test_parts_that_come_go_and_change_are_told(humas, rekan, clock):
    agreement = make_agreement(partner=make_partner("Dinas Sosial"), by=humas)
    party = agreement.parties.get(order=2)
    clock()
    party.number = "W13-12/2026"
    party.record(by=rekan, reason="Nomor menyusul")
    clock()
    party.remove(by=humas, reason="Bukan pihak")
    removed, changed, _ = history_of(agreement, *PARTS)
    assert words(changed) == [("nomor naskah", "", "W13-12/2026")]
    assert words(removed) == [("pihak", "2 · Dinas Sosial · W13-12/2026", "")]
    assert [(entry.who, entry.reason) for entry in (removed, changed)] == [
        (humas, "Bukan pihak"),
        (rekan, "Nomor menyusul"),
    ]


def test_saving_without_a_change_tells_nothing(humas, clock):
    partner = make_partner()
    clock()
    partner.record(by=humas)
    assert len(history_of(partner)) == 1


def test_a_new_row_does_not_list_boxes_and_counts_left_alone():
    labels = {change.label for change in history_of(make_delivery(inmates_male=3))[0].changes}
    assert "warga binaan laki-laki" in labels
    assert not labels & {"warga binaan perempuan", "klien laki-laki"}


def test_a_count_taken_back_to_nobody_is_told(clock):
    delivery = make_delivery(inmates_male=3)
    clock()
    delivery.inmates_male = 0
    delivery.record(by=None)
    assert words(history_of(delivery)[0]) == [("warga binaan laki-laki", "3", "0")]


def test_times_read_as_on_a_clock():
    entry = history_of(make_event(time=time(9, 0)))[0]
    assert ("pukul", "", "09.00") in words(entry)


def test_removing_and_restoring_are_told(humas, clock):
    event = make_event()
    clock()
    event.archive(by=humas, reason="Tercatat dua kali")
    clock()
    event.restore(by=humas)
    restored, archived, _ = history_of(event)
    assert archived.reason == "Tercatat dua kali"
    assert restored.reason == "Dipulihkan dari Sampah"


def test_what_is_gone_is_named_as_gone(humas):
    area = make_area("LAMA", "Bidang lama")
    agreement = make_agreement(areas=[area], by=humas)
    agreement.area_links.get().remove(by=humas)
    area.remove(by=None)
    told = [change for entry in history_of(agreement, *PARTS) for change in words(entry)]
    assert ("bidang perjanjian", "", "(sudah dihapus)") in told


@pytest.mark.parametrize("model", [Agreement, Event, Partner, Delivery])
def test_every_root_can_tell_its_history(model):
    row = SPECIMENS[model]()
    assert history_of(row)[0].action == "Dicatat"


def test_more_rows_do_not_mean_more_queries(humas, clock):
    agreement = make_agreement(by=humas)
    with CaptureQueriesContext(connection) as few:
        history_of(Agreement.objects.get(pk=agreement.pk), *PARTS)
    for order in range(3, 23):
        clock()
        Party(agreement=agreement, order=order, partner=make_partner()).record(by=humas)
        AgreementArea(agreement=agreement, area=make_area(f"B{order}", "Bidang")).record(by=humas)
        agreement.title = f"Layanan {order}"
        agreement.stage = Stage.SIGNED
        agreement.record(by=humas)
    with CaptureQueriesContext(connection) as many:
        assert len(history_of(Agreement.objects.get(pk=agreement.pk), *PARTS)) > 20
    assert len(many) <= len(few) + 1
