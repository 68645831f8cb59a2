"""The form on an event: most-used questions first, everything else folded away."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any, ClassVar, cast

from django import forms
from django.utils import timezone

from indonesian.calendar import format_day
from indonesian.dates import ReadDate, read_date
from institutions.fields import CountField, ReadDateField, shown_period
from institutions.forms.base import field_for
from institutions.forms.own_unit import WithOwnUnit, chooses_unit
from institutions.forms.parts import PartFormSet, RootForm
from institutions.models import User
from partnerships.forms.areas import AreasField
from partnerships.forms.event_rows import EVENT_ROWS
from partnerships.forms.served_agreements import SERVED_ROWS, ServedFormSet
from partnerships.models import Agreement, Delivery, Event, Mode, SourceKind
from partnerships.pickers import AgreementPickerField, PartnerPickerField

FirstRows = dict[str, list[dict[str, Any]]]

EARLIEST_YEAR = 1945
MOST_DECLARED = 1_000_000
CLOCK_WORDS = re.compile(r"\b(pukul|pkl|jam|wib|wita|wit)\b\.?", re.IGNORECASE)
# Parts of the form that are folded away while they are empty: their fields and their rows.
FOLDED: dict[str, tuple[tuple[str, ...], str]] = {
    "unit": ((), "unit_roles"),
    "tokoh": ((), "people"),
    "rincian": (("areas", "budget_year", "declared_partners", "declared_agreements"), ""),
    "sumber": (("source_kind", "source_url", "published_on"), "coverage"),
    "catatan": (("notes",), ""),
}


class ClockField(forms.TimeField):
    """09.00, 09:00 or "pukul 9.00 WIB"; the zone is that of the unit."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H.%M")
        super().__init__(input_formats=["%H.%M", "%H:%M"], widget=widget, **kwargs)

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = CLOCK_WORDS.sub(" ", value)
        return super().to_python(value)


class EventForm(WithOwnUnit, RootForm):
    instance: Event
    when = ReadDateField(
        label="Tanggal",
        required=False,
        help_text=(
            "Sejauh diketahui: 14 Desember 2023, 1–3 Juli 2025, Rabu (20/11), November 2024,"
            " atau 2024."
        ),
    )
    year_is_sure = forms.BooleanField(
        label="Tahunnya sudah pasti",
        required=False,
        help_text="Sumber tidak menyebut tahunnya; tahun ini disimpulkan dari harinya.",
    )
    time = ClockField(label="Pukul", required=False, help_text="Misalnya 09.00, waktu setempat.")
    mode = forms.ChoiceField(
        label="Cara pelaksanaan", choices=[("", "Belum dicatat"), *Mode.choices], required=False
    )
    areas = AreasField(label="Bidang", required=False)
    budget_year = forms.IntegerField(
        label="Tahun anggaran",
        required=False,
        min_value=EARLIEST_YEAR,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    declared_partners = CountField(
        label="Jumlah mitra menurut sumber",
        required=False,
        max_value=MOST_DECLARED,
        help_text="Misalnya 37, walaupun belum semuanya tercatat.",
    )
    declared_agreements = CountField(
        label="Jumlah perjanjian menurut sumber", required=False, max_value=MOST_DECLARED
    )
    source_kind = forms.ChoiceField(
        label="Jenis sumber", choices=[("", "Belum dicatat"), *SourceKind.choices], required=False
    )

    class Meta:
        model = Event
        fields = [
            "unit",
            "title",
            "time",
            "place",
            "mode",
            "budget_year",
            "declared_partners",
            "declared_agreements",
            "source_kind",
            "source_url",
            "published_on",
            "notes",
        ]
        formfield_callback = field_for
        labels = {"published_on": "Sumber terbit pada"}
        help_texts = {
            "title": "Misalnya Kunjungan ke Dinas Sosial Kabupaten Grobogan.",
            "notes": "Hanya terlihat oleh unit Anda dan unit di atasnya.",
        }

    starred = ("title", "when", "place", "areas")
    formset_classes: ClassVar[dict[str, type[PartFormSet]]] = {
        "parts": EVENT_ROWS["parts"],
        "attendances": EVENT_ROWS["attendances"],
        "served": SERVED_ROWS,
        "followups": EVENT_ROWS["followups"],
        "unit_roles": EVENT_ROWS["unit_roles"],
        "people": EVENT_ROWS["people"],
        "coverage": EVENT_ROWS["coverage"],
    }

    def __init__(self, *args: Any, first_rows: FirstRows | None = None, **kwargs: Any) -> None:
        """`first_rows`: rows a blank form starts with, by formset."""
        self.first_rows = first_rows or {}
        super().__init__(*args, **kwargs)
        event = self.instance
        self.former = (event.starts_on, event.unit if event.unit_id else None)
        self.initial["when"] = shown_period(event.starts_on, event.ends_on, event.date_text)
        self.followed: list[Delivery] = []
        if event.pk:
            self.initial["areas"] = [link.area_id for link in event.area_links.all()]
            cast(AreasField, self.fields["areas"]).keep(self.initial["areas"])
        else:
            # A blank form opens with a row for what it was and one for who came.
            for prefix in ("parts", "attendances", *self.first_rows):
                self.formsets[prefix].extra = max(1, len(self.first_rows.get(prefix, [])))
        if not event.date_inferred:
            del self.fields["year_is_sure"]

    @property
    def served(self) -> ServedFormSet:
        return cast(ServedFormSet, self.formsets["served"])

    def formset_options(self, prefix: str) -> dict[str, Any]:
        options: dict[str, Any] = {}
        if prefix in self.first_rows:
            options["initial"] = self.first_rows[prefix]
        if prefix == "followups":
            options["form_kwargs"] = {"chooses_owner": chooses_unit(self.user)}
        return options

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "when" not in self.errors:
            self.take_date(cleaned)
        return cleaned

    def take_date(self, cleaned: dict[str, Any]) -> None:
        """Put the date into the event; one that stands as it was shown stays as it was stored."""
        event, today = self.instance, timezone.localdate()
        if "when" in self.changed_data:
            text = cleaned["when"].text if cleaned.get("when") else ""
        elif event.date_inferred and "published_on" in self.changed_data:
            text = event.date_text
        else:
            event.date_inferred = event.date_inferred and not cleaned.get("year_is_sure")
            return
        if not text:
            event.clear_date()
            return
        # The year of "Rabu (20/11)" is not after the day the source appeared.
        read = read_date(text, today=min(cleaned.get("published_on") or today, today))
        if problem := self.problem_of(read, today):
            self.add_error("when", problem)
        else:
            event.set_date(read)

    def problem_of(self, read: ReadDate, today: date) -> str:
        if read.precision is None:
            return read.problem
        if read.year is not None and read.year < EARLIEST_YEAR:
            return f"Tanggal kegiatan paling awal tahun {EARLIEST_YEAR}."
        if read.start is not None and read.start > today and self.other_deliveries().exists():
            return "Kegiatan ini sudah punya realisasi, jadi tanggalnya tidak dapat di depan."
        return ""

    def other_deliveries(self) -> Any:
        """Deliveries of the event that no row of this form shows."""
        in_rows = [delivery.pk for delivery in self.served.deliveries.values()]
        return Delivery.objects.current().filter(event=self.instance.pk).exclude(pk__in=in_rows)

    def is_valid(self) -> bool:
        """Rows of agreements served are judged last: by the day of the event."""
        valid = super().is_valid()
        if self.is_paused or "when" in self.errors:
            return valid
        return self.served.fit_event() and valid

    def note_conflict(self) -> None:
        if "when" in self.changed_data:
            typed = self["when"].value()
            stored = self.initial["when"]
            self.conflicts.append({"label": "Tanggal", "stored": stored, "typed": typed})
        super().note_conflict()

    def record(self, *, reason: str = "") -> None:
        super().record(reason=reason)
        event, (old_day, old_unit) = self.instance, self.former
        event.set_links(
            "area_links", "area", self.cleaned_data["areas"], by=self.user, reason=reason
        )
        if old_unit is not None and (old_day, old_unit) != (event.starts_on, event.unit):
            self.followed = Delivery.objects.follow_event(
                event, by=self.user, old_day=old_day, old_unit=old_unit
            )

    @property
    def warnings(self) -> list[str]:
        found, event = super().warnings, self.instance
        if event.date_inferred and event.starts_on and "when" in self.changed_data:
            found.append(
                f"Tahunnya disimpulkan: {format_day(event.starts_on)}. Bila keliru, tulis tahunnya."
            )
        if any(delivery.lost_check for delivery in self.followed):
            found.append(Delivery.LOST_CHECK)
        return list(dict.fromkeys(found))

    @property
    def effect(self) -> str:
        """What saving did beyond the event itself, in words."""
        delivered = sum(getattr(row, "delivered", False) for row in self.served.forms)
        return f" {delivered} realisasi ikut tersimpan." if delivered else ""

    def opened(self, asked: str = "") -> dict[str, bool]:
        """Which folded parts stand open: those that hold something, and the one asked for."""
        return {part: part == asked or self.holds_something(*what) for part, what in FOLDED.items()}

    def holds_something(self, fields: tuple[str, ...], rows: str) -> bool:
        if rows and self.formsets[rows].total_form_count():
            return True
        return any(self[name].value() or self[name].errors for name in fields)


def first_rows(user: User, asked: Mapping[str, str]) -> FirstRows:
    """What a link to the blank form already knows: a partner that came, an agreement served."""
    rows: FirstRows = {}
    partner_field = PartnerPickerField()
    partner_field.bind(user=user, initial=None)
    agreement_field = AgreementPickerField()
    agreement_field.bind(user=user, initial=None)
    if partner := partner_field.find(asked.get("mitra", "")):
        rows["attendances"] = [{"partner": partner}]
    agreement = agreement_field.find(asked.get("perjanjian", ""))
    if isinstance(agreement, Agreement):
        rows["served"] = [{"agreement": agreement}]
        rows.setdefault("attendances", []).extend(
            {"partner": party.partner}
            for party in agreement.parties.all()
            if party.partner and party.partner != partner
        )
    return rows
