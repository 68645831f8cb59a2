"""What holds for one delivery: what it belongs to, when it was, who checks it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships.models import ActivityKind, Delivery
from tests.factories import make_agreement, make_delivery, make_event, make_partner, make_unit

pytestmark = pytest.mark.django_db


def test_an_agreement_a_partner_or_an_event_is_enough():
    for belonging in (
        {"agreement": make_agreement()},
        {"partner": make_partner()},
        {"event": make_event()},
    ):
        assert make_delivery(**belonging).pk


def test_a_delivery_of_nothing_is_refused():
    with pytest.raises(ValidationError) as refused:
        Delivery(unit=make_unit(), kind=ActivityKind.REHAB, date=timezone.localdate()).record(
            by=None
        )
    assert refused.value.messages == ["Pilih perjanjian, mitra, atau kegiatannya."]


def test_it_is_recorded_once_it_happened():
    today = timezone.localdate()
    make_delivery(date=today)
    with pytest.raises(ValidationError) as refused:
        make_delivery(date=today + timedelta(days=1))
    assert refused.value.message_dict == {
        "date": ["Realisasi dicatat setelah terjadi; tanggal ini masih di depan."]
    }


def test_an_unsigned_paper_delivers_nothing():
    draft = make_agreement(signed_on=None)
    with pytest.raises(ValidationError) as refused:
        make_delivery(draft)
    assert list(refused.value.message_dict) == ["agreement"]


@pytest.mark.parametrize("field", Delivery.COUNT_FIELDS)
def test_nobody_counts_less_than_nothing(field):
    with pytest.raises(ValidationError) as refused:
        make_delivery(**{field: -1})
    assert refused.value.message_dict[field][0].endswith("paling kecil 0.")


def test_participants_are_all_of_them():
    counts = {field: 2**at for at, field in enumerate(Delivery.COUNT_FIELDS)}
    assert make_delivery(**counts).participants == 63


def test_a_colleague_checks_it(humas, rekan):
    delivery = make_delivery(by=humas).verify(by=rekan)
    assert (delivery.verified_by, delivery.verified_on) == (rekan, timezone.localdate())
    assert delivery.history.first().history_change_reason == "Diperiksa"


def test_nobody_checks_their_own(humas):
    delivery = make_delivery(by=humas)
    with pytest.raises(ValidationError) as refused:
        delivery.verify(by=humas)
    assert refused.value.messages == [
        "Realisasi diperiksa oleh orang lain, bukan oleh yang mencatatnya."
    ]
    assert delivery.verified_by is None


def test_it_is_checked_once(humas, rekan, pembaca):
    delivery = make_delivery(by=humas).verify(by=rekan)
    with pytest.raises(ValidationError) as refused:
        delivery.verify(by=pembaca)
    assert refused.value.messages == ["Realisasi ini sudah diperiksa."]


def test_nothing_is_checked_in_the_sampah(humas, rekan):
    delivery = make_delivery(by=humas).archive(by=humas, reason="Salah catat")
    with pytest.raises(ValidationError):
        delivery.verify(by=rekan)


def test_it_comes_back_only_to_an_agreement_that_is_there(humas):
    agreement = make_agreement()
    delivery = make_delivery(agreement).archive(by=humas, reason="Salah catat")
    agreement.archive(by=humas, reason="Salah catat")
    delivery = Delivery.objects.get(pk=delivery.pk)
    with pytest.raises(ValidationError) as refused:
        delivery.restore(by=humas)
    assert "Sampah" in refused.value.messages[0]
    assert delivery.archived_on is not None


def test_an_event_with_deliveries_stays(humas):
    event = make_event()
    delivery = make_delivery(event=event)
    with pytest.raises(ValidationError) as refused:
        event.archive(by=humas, reason="Salah catat")
    assert refused.value.messages == [
        "Kegiatan ini sudah punya realisasi. Hapus dulu realisasinya."
    ]
    delivery.archive(by=humas, reason="Salah catat")
    assert event.archive(by=humas, reason="Salah catat").archived_on
