"""Form fields for dates and numbers as Indonesians write them.

Every date input of pages and admin is one of these.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from indonesian.calendar import format_date, format_range
from indonesian.dates import Precision, ReadDate, read_date
from indonesian.numbers import format_number, read_count

DATE_HINT = "Misalnya 14 Desember 2023 atau 14-12-2023."
# Longer than any date; keeps a pasted document out of the reader.
LONGEST_DATE = 120
# SQLite cannot even be asked for a larger id.
LONGEST_KEY = 18


class DateTextInput(forms.TextInput):
    """A text input that shows a stored day the way it is read aloud."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            return format_date(value)
        if isinstance(value, ReadDate):
            return value.text
        return super().format_value(value)


class ReadDateField(forms.Field):
    """A date in any Indonesian spelling, whole or partial; cleans to a ReadDate or None.

    `warning` says what looked odd (a wrong weekday) without refusing it.
    """

    # A class here, an instance on a field.
    widget: Any = DateTextInput
    default_error_messages = {
        "required": "Isi tanggalnya.",
        "too_long": "Tulis tanggalnya saja, misalnya 14 Desember 2023.",
    }

    def __init__(self, **kwargs: Any) -> None:
        # A model column without a help text hands over a blank one; None means no hint at all.
        if kwargs.get("help_text", "") == "":
            kwargs["help_text"] = DATE_HINT
        super().__init__(**kwargs)
        self.warning = ""

    def clean(self, value: Any) -> Any:
        self.warning = ""
        text = str(value or "").strip()
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if len(text) > LONGEST_DATE:
            raise ValidationError(self.error_messages["too_long"], code="too_long")
        read = read_date(text, today=timezone.localdate())
        if read.precision is None:
            raise ValidationError(read.problem, code="invalid")
        self.warning = read.warning
        return self.accept(read)

    def accept(self, read: ReadDate) -> Any:
        """Turn a readable date into the cleaned value; may raise ValidationError."""
        return read

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.widget.format_value(initial) or "") != str(data or "").strip()


class WholeDayField(ReadDateField):
    """One whole day; cleans to a date or None. Partial dates and periods are refused."""

    default_error_messages = {
        "partial": "Tanggal belum lengkap. Tulis tanggal, bulan, dan tahun.",
        "period": "Isi satu tanggal saja, bukan rentang.",
    }

    def accept(self, read: ReadDate) -> date:
        if read.inferred and read.start:
            raise ValidationError(
                f"Tulis juga tahunnya. Apakah maksud Anda {format_date(read.start)}?",
                code="inferred",
            )
        if read.precision != Precision.DAY or read.start is None:
            raise ValidationError(self.error_messages["partial"], code="partial")
        if read.end is not None:
            raise ValidationError(self.error_messages["period"], code="period")
        return read.start


def shown_period(start: date | None, end: date | None, text: str) -> str:
    """What a date input shows for a stored event date: the period, else the text as written."""
    if start is None:
        return text
    return format_range(start, end or start)


class LinesField(forms.CharField):
    """Text of several lines; a browser sends CR LF, which is no change of what is stored."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class CountField(forms.IntegerField):
    """How many: 37, 1.204 or "tiga puluh tujuh"; left blank it is `empty_value`.

    A text input, because browsers drop what is no plain number from a number input.
    """

    widget = forms.TextInput

    def __init__(self, *, empty_value: int | None = None, **kwargs: Any) -> None:
        self.empty_value = empty_value
        kwargs.setdefault("min_value", 0)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        text = str("" if value is None else value).strip()
        if not text:
            return self.empty_value
        count = read_count(text)
        if count is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return count

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return "" if value == self.empty_value else format_number(value)
        return value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric"}

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows by their ids; what is no id is no choice, on every database alike."""

    def clean(self, value: Any) -> Any:
        keys = [str(key) for key in value] if isinstance(value, list | tuple) else []
        if not all(key.isdecimal() and len(key) <= LONGEST_KEY for key in keys):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)
