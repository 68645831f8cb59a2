"""What a rekap is about: period, scope, kind of unit, which figures; everything has a default."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from indonesian.periods import (
    UP_TO_A_DAY,
    WHOLE_MONTHS,
    Period,
    last_full_quarter,
    period_of,
    year_up_to,
)
from institutions.fields import WholeDayField
from institutions.lists import FilterForm
from institutions.models import Unit, UnitKind
from partnerships.reports import Measure

EARLIEST_YEAR = 1945
# As `rinci` stands in the address.
EVERY_UNIT = "unit"
NOT_BEGUN = "Masa ini belum mulai. Pilih masa yang sudah berjalan."


class ReportForm(FilterForm):
    masa = forms.ChoiceField(
        label="Masa",
        choices=[
            *((code, name) for code, (name, *_) in WHOLE_MONTHS.items()),
            (UP_TO_A_DAY, "Sampai tanggal"),
        ],
    )
    tahun = forms.CharField(label="Tahun", required=False, max_length=4)
    tanggal = WholeDayField(label="Tanggal", required=False, help_text=None)
    lingkup = forms.ChoiceField(label="Lingkup")
    jenis_unit = forms.ChoiceField(
        label="Jenis unit", required=False, choices=[("", "Semua jenis"), *UnitKind.choices]
    )
    isi = forms.ChoiceField(label="Angka per bidang", choices=Measure.choices)
    rinci = forms.ChoiceField(
        label="Baris",
        required=False,
        choices=[("", "Per unit di bawah lingkup"), (EVERY_UNIT, "Setiap unit")],
    )

    period: Period
    scope: Unit

    def __init__(self, data: dict[str, str], *, widest: Unit, today: date) -> None:
        self.widest, self.today = widest, today
        usual = last_full_quarter(today)
        super().__init__(
            {
                "masa": usual.code,
                "tahun": str(usual.first.year),
                "lingkup": widest.code,
                "isi": Measure.ACTIVE,
                **{name: value for name, value in data.items() if value},
            }
        )
        self.choose_scope()

    def choose_scope(self) -> None:
        """Offers the own unit and those right below it that have units of their own."""
        chosen = Unit.objects.within(self.widest.pk).filter(code=self.data["lingkup"]).first()
        self.scope = chosen or self.widest
        below = Exists(Unit.objects.filter(parent=OuterRef("pk")))
        offices = Unit.objects.filter(below, parent=self.widest.pk)
        codes = dict(offices.order_by("name_key").values_list("code", "short_name"))
        offered = {self.widest.code: self.widest.short_name, **codes}
        lingkup: Any = self.fields["lingkup"]
        lingkup.choices = list((offered | {self.scope.code: self.scope.short_name}).items())
        if len(offered) == 1:
            lingkup.widget = lingkup.hidden_widget()

    def clean_tahun(self) -> int:
        text = self.cleaned_data["tahun"]
        if not (text.isascii() and text.isdecimal() and len(text) == 4):
            raise ValidationError("Tulis tahun dengan empat angka, misalnya 2025.")
        if not EARLIEST_YEAR <= int(text) <= self.today.year:
            raise ValidationError(f"Isi tahun antara {EARLIEST_YEAR} dan {self.today.year}.")
        return int(text)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        code, day = cleaned.get("masa"), cleaned.get("tanggal")
        if code == UP_TO_A_DAY:
            # The year is said by the day.
            self.errors.pop("tahun", None)
            if day is None and "tanggal" not in self.errors:
                self.add_error("tanggal", "Isi tanggalnya.")
            elif day and day.year < EARLIEST_YEAR:
                self.add_error("tanggal", f"Isi tanggal sejak {EARLIEST_YEAR}.")
        if self.errors or code is None:
            return cleaned
        if code == UP_TO_A_DAY and day:
            self.take(year_up_to(day), begins=day, at="tanggal")
        else:
            period = period_of(code, cleaned["tahun"])
            self.take(period, begins=period.first, at="masa")
        return cleaned

    def take(self, period: Period, *, begins: date, at: str) -> None:
        if begins > self.today:
            self.add_error(at, NOT_BEGUN)
        else:
            self.period = period.up_to(self.today)

    @property
    def is_running(self) -> bool:
        """Whether the period is not over yet."""
        return self.period.last == self.today

    def chosen(self) -> dict[str, str]:
        """The parameters of an address that shows the same report again."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}
