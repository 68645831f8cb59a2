"""What every form of the register does: our own messages, versions, steps without saving."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.fields import Field
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.utils.choices import flatten_choices

from institutions.fields import ReadDateField, WholeDayField
from institutions.models import Recorded, User, Versioned
from institutions.models.messages import general_messages, in_a_sentence
from institutions.pickers import PickerField

# Buttons that ask for a list to pick from, or for one more row, instead of saving.
STEP_BUTTONS = ("cari", "tambah")
MOST_ROWS = 200

SAVED_TWICE = "Isian yang sama baru saja disimpan. Periksa daftarnya, lalu simpan lagi bila perlu."


def posted(request: HttpRequest) -> QueryDict | None:
    """The submitted data with the step applied that the pressed button asks for; None on GET."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    counter = f"{data.get('tambah', '')}-TOTAL_FORMS"
    total = data.get(counter, "")
    if total.isdecimal() and len(total) < 5:
        # A list that is longer already keeps its rows.
        data[counter] = str(max(int(total), min(int(total) + 1, MOST_ROWS)))
    return data


def field_for(column: Field, **kwargs: Any) -> forms.Field | None:
    """Form field of a model column: dates as Indonesians write them, everything else as usual."""
    if isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
        return column.formfield(form_class=WholeDayField, **kwargs)
    if isinstance(column, models.URLField):
        kwargs.setdefault("assume_scheme", "https")
    return column.formfield(**kwargs)


def plain_messages(name: str, field: forms.Field) -> dict[str, str]:
    """Messages that say what to do, in place of Django's general ones."""
    label = in_a_sentence(str(field.label or name.replace("_", " ")))
    subject = label[:1].upper() + label[1:]
    verb = "Pilih" if isinstance(field, forms.ChoiceField | PickerField) else "Isi"
    messages = general_messages(label, verb=verb)
    if isinstance(field, forms.SlugField):
        messages["invalid"] = f"{subject} hanya boleh huruf kecil, angka, dan tanda hubung."
    elif isinstance(field, forms.IntegerField):
        messages["invalid"] = f"{subject} harus angka, misalnya 120."
    elif isinstance(field, forms.URLField):
        messages["invalid"] = "Tulis alamat lengkap, misalnya https://contoh.go.id."
    elif isinstance(field, forms.EmailField):
        messages["invalid"] = "Tulis alamat surel lengkap, misalnya humas@contoh.go.id."
    elif isinstance(field, forms.TimeField):
        messages["invalid"] = "Tulis jam dan menit, misalnya 09.00."
    return messages


class PlainForm(forms.BaseForm):
    """Mixin: our messages, the acting user, and the pause while the user only searches."""

    use_required_attribute = False
    step_buttons: tuple[str, ...] = STEP_BUTTONS
    user: User

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        # Only forms that record nothing, such as the one to sign in, are made without a user.
        self.user = user  # type: ignore[assignment]
        for name, field in self.fields.items():
            for code, message in plain_messages(name, field).items():
                # What a field says of its own is a str; Django's general messages are lazy.
                if not isinstance(field.error_messages.get(code), str):
                    field.error_messages[code] = message
            if isinstance(field, PickerField):
                field.bind(user=user, initial=self.get_initial_for_field(field, name))
        if self.is_bound and any(button in self.data for button in self.step_buttons):
            self.pause()

    @property
    def is_paused(self) -> bool:
        return getattr(self, "_paused", False)

    def pause(self) -> None:
        """Show what was typed without judging it: the user asked for a list, not to save."""
        self._paused = True
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def is_valid(self) -> bool:
        return not self.is_paused and super().is_valid()

    @property
    def warnings(self) -> list[str]:
        """What looked odd but was saved all the same."""
        dates = (field for field in self.fields.values() if isinstance(field, ReadDateField))
        return [field.warning for field in dates if field.warning]


class RecordForm(PlainForm, forms.ModelForm):
    """A form on one recorded row; `saved()` checks and records it, all or nothing."""

    instance: Recorded

    class Meta:
        formfield_callback = field_for

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, PickerField) and getattr(self.instance, f"{name}_id", None):
                field.current = getattr(self.instance, name)

    def record(self, *, reason: str = "") -> None:
        self.instance.record(by=self.user, reason=reason)

    def saved(self, *, reason: str = "") -> bool:
        """Whether the form was submitted, in order, and is now recorded."""
        if not self.is_bound or not self.is_valid():
            return False
        is_new = self.instance._state.adding
        try:
            with transaction.atomic():
                self.record(reason=reason)
        except ValidationError as refused:
            self.take_over(refused)
        except IntegrityError:
            # Two people saved the same thing in the same moment; the checks saw neither.
            self.add_error(None, SAVED_TWICE)
        else:
            return True
        if is_new:
            self.instance.pk, self.instance._state.adding = None, True
        return False

    def take_over(self, refused: ValidationError) -> None:
        """Show what the model refused beside its field, or above the form."""
        by_field = refused.message_dict if hasattr(refused, "error_dict") else {}
        for name, texts in by_field.items():
            self.add_error(name if name in self.fields else None, texts)
        if not by_field:
            self.add_error(None, refused.messages)


class VersionedForm(RecordForm):
    """A form on a root: refuses to overwrite what somebody else saved in between."""

    instance: Versioned
    data: Any
    version = forms.IntegerField(label="Versi", required=False, widget=forms.HiddenInput)
    # Fields that are no columns of the model, and that two editors may differ in all the same.
    compared: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: list[dict[str, str]] = []
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            if not self.is_bound:
                return
            names = (name for name in self.fields if name in {*self.Meta.fields, *self.compared})
            self.stored = {name: self[name].initial for name in names}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("version") != self.instance.version:
            self.note_conflict()
        return cleaned

    def note_conflict(self) -> None:
        """Keep what was typed, show what is stored; the next save decides on the new version."""
        self.conflicts += differences(self, self.stored)
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(self.instance.version)
        raise ValidationError(
            "Catatan ini diubah orang lain setelah Anda membukanya. Isian Anda masih ada di bawah;"
            " bandingkan, lalu simpan lagi.",
            code="conflict",
        )


def differences(
    form: forms.BaseForm, stored: dict[str, Any], where: str = ""
) -> list[dict[str, str]]:
    """Fields whose typed value is not the stored one, both in words."""
    return [
        {
            "label": f"{where}{form[name].label}",
            "stored": shown(form[name], value),
            "typed": shown(form[name], form[name].value()),
        }
        for name, value in stored.items()
        if name in form.changed_data
    ]


def shown(field: forms.BoundField, value: Any) -> str:
    """A value in the words of the form: labels of choices, the text of a date, a picked row."""
    if value is None:
        return ""
    if isinstance(field.field, PickerField):
        return field.field.label_of(value)
    if isinstance(field.field, forms.ChoiceField):
        codes = {str(code) for code in (value if isinstance(value, list | tuple) else [value])}
        choices: Any = field.field.choices
        known: Iterable[tuple[Any, Any]] = flatten_choices(choices)
        return ", ".join(str(label) for code, label in known if str(code) in codes)
    if isinstance(field.field, forms.BooleanField):
        return "ya" if value else "tidak"
    return str(field.field.widget.format_value(value) or "")


class ReasonForm(PlainForm, forms.Form):
    """Why a record is removed."""

    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        help_text="Misalnya tercatat dua kali. Alasan ini tersimpan di riwayat.",
    )
