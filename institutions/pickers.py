"""Search and pick without JavaScript: a text to search by, then a radio list of what was found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, IntegerField, Model, Value, When

from indonesian.names import normalise
from institutions.models import Regency, SearchableQuerySet, Unit, User

NEW = "baru"
NONE = "tanpa"
SHOWN = 10
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Picked:
    """What the user typed to search by and which radio is chosen."""

    query: str
    chosen: str
    # The text whose hits the page showed; None where the page did not say.
    shown_for: str | None = None

    @property
    def unanswered(self) -> bool:
        """Searched for something new, and its hits were never shown."""
        return bool(self.query) and self.shown_for is not None and self.query != self.shown_for


def searched(text: Any) -> str:
    return str(text or "")[:LONGEST_QUERY].replace("\0", "").strip()


class PickerWidget(forms.Widget):
    """Draws the search text, the button "Cari" and the radio list of hits."""

    template_name = "institutions/widgets/picker.html"
    field: "PickerField"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Picked:
        query, shown_for = searched(data.get(f"{name}-q")), data.get(f"{name}-shown")
        return Picked(
            query,
            str(data.get(name) or "").strip(),
            None if shown_for is None else searched(shown_for),
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}-q" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        picked = value if isinstance(value, Picked) else Picked("", self.field.key_of(value))
        options, note = self.field.options_for(picked)
        context["widget"] |= {
            "id": context["widget"]["attrs"].get("id", name),
            "query_name": f"{name}-q",
            "query": picked.query,
            "shown_name": f"{name}-shown",
            "search_name": "cari",
            "options": [
                {
                    "value": option.value,
                    "label": option.label,
                    "hint": option.hint,
                    "checked": option.value == picked.chosen,
                }
                for option in options
            ],
            "new_option": self.new_option(picked),
            "note": note,
        }
        return context

    def new_option(self, picked: Picked) -> dict[str, Any] | None:
        if not self.field.new_label or not (picked.query or picked.chosen):
            return None
        return {"value": NEW, "label": self.field.new_label, "checked": picked.chosen == NEW}

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class PickerField(forms.Field):
    """One row chosen by searching; cleans to the row, to NEW, or to None.

    `source(user)` is the QuerySet the user may choose from; its model has a column `name_key`.
    `describe(row)` words a row as an Option.
    """

    widget = PickerWidget
    default_error_messages = {
        "gone": "Pilihan itu tidak ada. Cari lagi.",
        "choose": "Pilih salah satu dari hasil pencarian.",
    }

    def __init__(
        self,
        *,
        source: Callable[[User], SearchableQuerySet[Any]],
        describe: Callable[[Any], Option],
        new_label: str = "",
        nothing_found: str = "Tidak ada yang cocok dengan “{query}”. Periksa ejaannya.",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.source, self.describe = source, describe
        self.new_label, self.nothing_found = new_label, nothing_found
        self.user: User | None = None
        self.current: Model | None = None

    def __deepcopy__(self, memo: Any) -> "PickerField":
        copied = super().__deepcopy__(memo)
        copied.widget.field = copied
        return copied

    def bind(self, *, user: User | None, initial: Any) -> None:
        """Called by the form: who searches, and which row is chosen so far."""
        self.user = user
        if isinstance(initial, Model):
            self.current = initial
        self.widget.field = self

    def rows(self) -> SearchableQuerySet[Any]:
        if self.user is None:
            raise ValueError("A picker knows its user before it is used.")
        return self.source(self.user)

    def key_of(self, value: Any) -> str:
        return str(value.pk if isinstance(value, Model) else value or "")

    def label_of(self, value: Any) -> str:
        """The chosen row in words, for a conflict page."""
        chosen = value.chosen if isinstance(value, Picked) else self.key_of(value)
        row = self.find(chosen) if chosen else None
        return self.describe(row).label if row is not None else ""

    def find(self, chosen: str) -> Model | None:
        """The chosen row, if the user may choose it; another unit's id reads as a missing one."""
        if self.current is not None and chosen == str(self.current.pk):
            return self.current
        if not chosen.isdecimal() or len(chosen) > 18:
            return None
        return self.rows().filter(pk=int(chosen)).first()

    def options_for(self, picked: Picked) -> tuple[list[Option], str]:
        """The chosen row first, then what the text finds; and a note about the search."""
        options, note = [], ""
        chosen = self.find(picked.chosen) if picked.chosen else None
        if chosen is not None:
            options.append(self.describe(chosen))
        if picked.query:
            found = list(self.ranked(picked.query)[: SHOWN + 1])
            options += [
                self.describe(row) for row in found[:SHOWN] if chosen is None or row.pk != chosen.pk
            ]
            if not found:
                note = self.nothing_found.format(query=picked.query)
            elif len(found) > SHOWN:
                note = f"Baru {SHOWN} hasil pertama yang tampil; tulis lebih lengkap."
        if picked.chosen and not self.required:
            options.append(Option(NONE, "Kosongkan pilihan ini"))
        return options, note

    def ranked(self, query: str) -> SearchableQuerySet[Any]:
        key = normalise(query)
        nearness = Case(
            When(name_key=key, then=Value(0)),
            When(name_key__startswith=key, then=Value(1)),
            When(name_key__contains=key, then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        )
        return self.rows().search(query).order_by(nearness, "name_key", "pk")

    def clean(self, value: Any) -> Any:
        if not isinstance(value, Picked):
            # A disabled field is cleaned with its initial value instead of the submitted one.
            return self.find(self.key_of(value))
        if value.unanswered and value.chosen != NEW:
            # What is chosen is not what was searched for since.
            raise ValidationError(self.error_messages["choose"], code="choose")
        if value.chosen == NONE and not self.required:
            return None
        if not value.chosen:
            if value.query:
                raise ValidationError(self.error_messages["choose"], code="choose")
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if value.chosen == NEW and self.new_label:
            return NEW
        row = self.find(value.chosen)
        if row is None:
            raise ValidationError(self.error_messages["gone"], code="gone")
        return row

    def has_changed(self, initial: Any, data: Any) -> bool:
        if not isinstance(data, Picked):
            return False
        chosen = "" if data.chosen == NONE else data.chosen
        asked = data.unanswered or (bool(data.query) and not data.chosen)
        return asked or chosen != self.key_of(initial)


def describe_unit(unit: Unit) -> Option:
    place = unit.regency or unit.province
    return Option(str(unit.pk), unit.name, str(place) if place else "Pusat")


def describe_regency(regency: Regency) -> Option:
    return Option(str(regency.pk), regency.full_name, regency.province.name)


UNIT_UNKNOWN = (
    "Tidak ada unit yang cocok dengan “{query}”. Daftar unit belum lengkap; hubungi admin register"
    " di Direktorat Jenderal Pemasyarakatan bila unit yang Anda cari belum ada."
)


class UnitPickerField(PickerField):
    """Any unit in operation, for instance another party or participant."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("nothing_found", UNIT_UNKNOWN)
        kwargs.setdefault(
            "source",
            lambda user: Unit.objects.active().select_related("regency", "province"),
        )
        super().__init__(describe=describe_unit, **kwargs)


class OwnUnitPickerField(UnitPickerField):
    """A unit the user records for: the own one or one below it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            source=lambda user: (
                user.units_in_scope().active().select_related("regency", "province")
            ),
            **kwargs,
        )


class RegencyPickerField(PickerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            source=lambda user: Regency.objects.select_related("province"),
            describe=describe_regency,
            nothing_found="Tidak ada kabupaten atau kota yang cocok dengan “{query}”.",
            **kwargs,
        )
