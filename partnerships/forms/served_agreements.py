"""Agreements an event carried out something of: one row names the paper and what was delivered."""

from collections.abc import Hashable
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from indonesian.calendar import format_date
from institutions.fields import WholeDayField
from institutions.forms.base import differences
from partnerships.forms.event_rows import EventRowForm, EventRowFormSet, rows_of
from partnerships.forms.heads import WithHeads
from partnerships.models import DELIVERY_KINDS, Delivery, EventAgreement, ProgrammeArea
from partnerships.models.agreements import FIRST_SIGNING_DAY
from partnerships.pickers import AgreementPickerField

CHANGED_SINCE = (
    "Realisasi baris ini diubah orang lain setelah Anda membukanya. Bandingkan, lalu simpan lagi."
)
DELIVERY_FIELDS = ("kind", "delivered_on", "area", *Delivery.COUNT_FIELDS, "output")


class ServedForm(WithHeads, EventRowForm):
    """A row records the link to the agreement and, once the event has happened, its delivery."""

    instance: EventAgreement
    data: Any
    agreement = AgreementPickerField(
        label="Perjanjian", help_text="Cari dengan judul, mitra, atau nomornya."
    )
    kind = forms.ChoiceField(label="Jenis realisasi", required=False)
    delivered_on = WholeDayField(
        label="Tanggal realisasi",
        required=False,
        help_text="Kosongkan bila sama dengan tanggal kegiatan.",
    )
    area = forms.ModelChoiceField(
        label="Bidang",
        queryset=ProgrammeArea.objects.filter(is_active=True),
        empty_label="Pilih bidang",
        required=False,
    )
    output = forms.CharField(
        label="Hasil", max_length=300, required=False, help_text="Misalnya 20 sertifikat menjahit."
    )

    # The delivery has a page of its own, where it may change without its event.
    delivery_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = EventAgreement
        fields = ["agreement"]

    def __init__(
        self,
        *args: Any,
        deliveries: dict[int, Delivery] | None = None,
        event_day: date | None = None,
        instance: EventAgreement | None = None,
        **kwargs: Any,
    ) -> None:
        known = (deliveries or {}).get(instance.agreement_id) if instance else None
        self.delivery = known
        self.delivered = False
        self.conflicts: list[dict[str, str]] = []
        if known is not None:
            kwargs["initial"] = self.stored(known, event_day) | (kwargs.get("initial") or {})
        super().__init__(*args, instance=instance, **kwargs)
        kinds = [(kind.value, kind.label) for kind in DELIVERY_KINDS]
        if known is not None and known.kind not in DELIVERY_KINDS:
            kinds.append((known.kind, known.get_kind_display()))
        self.fields["kind"].choices = [("", "Pilih jenis"), *kinds]  # type: ignore[attr-defined]

    @staticmethod
    def stored(delivery: Delivery, event_day: date | None) -> dict[str, Any]:
        """What the row shows of a delivery; its day only where it differs from the event's."""
        return {name: getattr(delivery, name) for name in Delivery.COUNT_FIELDS} | {
            "delivery_version": delivery.version,
            "kind": delivery.kind,
            "delivered_on": None if delivery.date == event_day else delivery.date,
            "area": delivery.area_id,
            "output": delivery.output,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        known = self.delivery
        if known is not None and cleaned.get("delivery_version") != known.version:
            self.note_conflict(known)
        return cleaned

    def note_conflict(self, delivery: Delivery) -> None:
        """Keep what was typed beside what is stored; the next save decides."""
        stored = {name: self[name].initial for name in DELIVERY_FIELDS}
        self.conflicts = differences(self, stored, f"{delivery.agreement}: ")
        self.data = self.data.copy()
        self.data[self.add_prefix("delivery_version")] = str(delivery.version)
        raise ValidationError(CHANGED_SINCE, code="conflict")

    def once_key(self) -> Hashable | None:
        return self.cleaned_data.get("agreement")

    @property
    def tells_delivery(self) -> bool:
        """Whether anything about the delivery is written in this row."""
        return any(self.cleaned_data.get(name) for name in DELIVERY_FIELDS)

    def fits_event(self, event_day: date | None) -> None:
        """Judge the row by the day of the event; to be asked once both are known."""
        today = timezone.localdate()
        if event_day is not None and event_day > today:
            if self.delivery is not None:
                self.add_error(
                    None, "Sudah ada realisasinya, jadi tanggal kegiatan tidak dapat di depan."
                )
            elif self.tells_delivery:
                self.add_error(
                    None,
                    "Kegiatan ini belum berlangsung. Kosongkan jenis, tanggal, jumlah, dan hasil;"
                    " isi setelah kegiatannya selesai.",
                )
        elif self.tells_delivery or self.delivery is not None or not self.instance.pk:
            self.check_delivery(event_day, today)

    def check_delivery(self, event_day: date | None, today: date) -> None:
        if "kind" not in self.errors and not self.cleaned_data.get("kind"):
            self.add_error("kind", "Pilih jenis realisasi.")
        day = self.cleaned_data.get("delivered_on") or event_day
        if "delivered_on" in self.errors:
            return
        if day is None:
            self.add_error(
                "delivered_on",
                "Tanggal kegiatan belum lengkap. Isi tanggal realisasi perjanjian ini.",
            )
        elif day > today:
            self.add_error(
                "delivered_on", "Realisasi dicatat setelah terjadi; tanggal ini masih di depan."
            )
        elif day < FIRST_SIGNING_DAY:
            earliest = format_date(FIRST_SIGNING_DAY)
            self.add_error("delivered_on", f"Tanggal realisasi paling awal {earliest}.")

    def record(self, *, reason: str = "") -> None:
        if not self.instance.pk or "agreement" in self.changed_data:
            super().record(reason=reason)
        if self.cleaned_data.get("kind"):
            self.record_delivery(reason)

    def record_delivery(self, reason: str) -> None:
        event = self.instance.event
        delivery = self.delivery or Delivery()
        delivery.event, delivery.unit = event, event.unit
        delivery.agreement = self.instance.agreement
        for name in ("kind", "area", "output", *Delivery.COUNT_FIELDS):
            setattr(delivery, name, self.cleaned_data[name])
        delivery.date = cast(date, self.cleaned_data["delivered_on"] or event.starts_on)
        delivery.record(by=self.user, reason=reason)
        self.delivery, self.delivered = delivery, True

    @property
    def warnings(self) -> list[str]:
        lost = self.delivery is not None and self.delivery.lost_check
        return super().warnings + ([Delivery.LOST_CHECK] if lost else [])


class ServedFormSet(EventRowFormSet):
    related = ("agreement__unit",)
    prefetched = ("agreement__parties__partner", "agreement__parties__unit")
    twice = "Perjanjian ini sudah tertulis pada baris lain."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event = self.instance
        # As stored: the form is about to put new values into the same event.
        self.event_day = event.starts_on
        self.deliveries: dict[int, Delivery] = {}
        if event.pk:
            stored = event.deliveries.current().filter(unit=event.unit_id)
            linked = stored.filter(agreement__isnull=False).select_related("agreement", "area")
            self.deliveries = {row.agreement_id: row for row in linked.order_by("-pk")}

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        extra = {"deliveries": self.deliveries, "event_day": self.event_day}
        return super().get_form_kwargs(index) | extra

    def fit_event(self) -> bool:
        """Whether every row agrees with the event's day, which is judged before."""
        rows = self.standing_forms()
        for row in rows:
            row.fits_event(self.instance.starts_on)
        return not any(row.errors for row in rows)

    def record(self, *, reason: str = "") -> None:
        for form in self.deleted_forms:
            delivery = getattr(form, "delivery", None)
            if delivery is not None:
                delivery.archive(by=self.user, reason="Perjanjiannya dikeluarkan dari kegiatan")
        super().record(reason=reason)


SERVED_ROWS = rows_of(EventAgreement, ServedForm, ServedFormSet)
