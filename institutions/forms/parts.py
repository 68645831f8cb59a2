"""Forms with repeated rows: the parts are checked and recorded together with their root."""

from typing import Any, ClassVar, TypeVar

from django.db.models import Model
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.forms.utils import ErrorList
from django.utils.functional import cached_property

from institutions.forms.base import VersionedForm, differences
from institutions.models import User

ROW_IS_GONE = "Baris ini sudah dihapus. Tandai “Hapus baris ini”, atau tulis di baris baru."


class PartFormSet(BaseInlineFormSet):
    """Rows of one kind under a root, each recorded with who changed it and why."""

    default_error_messages = {
        "missing_management_form": "Baris tidak terkirim utuh. Muat ulang halaman, lalu ulangi.",
        "too_many_forms": "Paling banyak %(num)d baris.",
    }

    model: Any
    forms: list[Any]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        kwargs["form_kwargs"] = {**kwargs.get("form_kwargs", {}), "user": user}
        super().__init__(*args, **kwargs)

    @cached_property
    def stored(self) -> Any:
        """The rows as they are stored, read once: Django asks for them again with every row."""
        return self.shown_rows(super().get_queryset())

    def shown_rows(self, rows: Any) -> Any:
        """Those the user may see, with what a row shows; overridden where that is not all."""
        return rows

    def get_queryset(self) -> Any:
        return self.stored

    def pause(self) -> None:
        """Show what was typed in every row without judging it."""
        for form in self.forms:
            form.pause()
        self._errors: list[Any] = [{} for _ in self.forms]
        self._non_form_errors = ErrorList()

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        """A row that was just asked for starts with its usual values, not as one left empty."""
        own = f"{self.add_prefix(i)}-"
        if (
            self.is_bound
            and "tambah" in self.data
            and not any(k.startswith(own) for k in self.data)
        ):
            kwargs |= {"data": None, "files": None}
        return super()._construct_form(i, **kwargs)  # type: ignore[misc]

    def total_form_count(self) -> int:
        """As many rows as were sent, and one that was asked for, whatever number stands there."""
        total = super().total_form_count()
        return min(total, self.rows_sent + 1) if self.is_bound else total

    @cached_property
    def rows_sent(self) -> int:
        own = f"{self.prefix}-"
        numbers = (key[len(own) :].partition("-")[0] for key in self.data if key.startswith(own))
        return 1 + max((int(n) for n in numbers if n.isdecimal() and len(n) < 5), default=-1)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        # A row of another root, or of another unit, reads as one that is gone.
        key = form.fields[self.model._meta.pk.name]
        key.queryset = self.get_queryset()
        key.error_messages["invalid_choice"] = ROW_IS_GONE
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Hapus baris ini"

    def get_unique_error_message(self, unique_check: Any) -> str:
        for constraint in self.model._meta.constraints:
            if set(unique_check) <= set(getattr(constraint, "fields", ())):
                return str(constraint.violation_error_message)
        return self.get_form_error()

    def get_form_error(self) -> str:
        return "Baris ini sama dengan baris lain."

    def kept_forms(self) -> list[Any]:
        """Rows that will stand after saving: filled in and not ticked for removal."""
        return [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]

    def record(self, *, reason: str = "") -> None:
        """Remove, then change, then add, so that a row may take the place of a removed one."""
        for form in self.deleted_forms:
            if form.instance.pk:
                form.instance.remove(by=self.user, reason=reason)
        for form in self.kept_forms():
            if form.has_changed():
                setattr(form.instance, self.fk.name, self.instance)
                form.record(reason=reason)


def row_differences(formset: Any) -> list[dict[str, str]]:
    """What stands in the rows of a stale form beside what is stored; rows added since, too."""
    noun = str(formset.model._meta.verbose_name).capitalize()
    found = []
    for number, row in enumerate(formset.initial_forms, start=1):
        stored = {field.name: field.initial for field in row.visible_fields()}
        found += differences(row, stored, f"{noun} {number}: ")
    sent = {row.instance.pk for row in formset.initial_forms}
    added = [row for row in formset.get_queryset() if row.pk not in sent]
    return found + [
        {"label": f"{noun}, baris baru", "stored": str(row), "typed": ""} for row in added
    ]


def row_conflicts(formset: Any) -> list[dict[str, str]]:
    """What rows with a version of their own differ in, though the root is the same."""
    return [one for row in formset.forms for one in getattr(row, "conflicts", ())]


Rows = TypeVar("Rows", bound=PartFormSet)


def rows_of(
    root: type[Model], model: type[Model], form: Any, formset: type[Rows], **limits: Any
) -> type[Rows]:
    """The formset of one kind of row under a root; it shows no blank row of its own accord."""
    made: Any = inlineformset_factory(root, model, form=form, formset=formset, extra=0, **limits)
    return made


class RootForm(VersionedForm):
    """A form on a root with its rows; one `saved()` for all of it."""

    # A row found by words; each form names its model.
    instance: Any
    formset_classes: ClassVar[dict[str, type[PartFormSet]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formsets = {
            prefix: formset_class(
                self.data if self.is_bound else None,
                instance=self.instance,
                prefix=prefix,
                user=self.user,
                **self.formset_options(prefix),
            )
            for prefix, formset_class in self.formset_classes.items()
        }
        if self.is_paused:
            for formset in self.formsets.values():
                formset.pause()

    def formset_options(self, prefix: str) -> dict[str, Any]:
        """Extra arguments of one formset, for instance its initial rows."""
        return {}

    def note_conflict(self) -> None:
        for formset in self.formsets.values():
            self.conflicts += row_differences(formset)
        super().note_conflict()

    def is_valid(self) -> bool:
        if self.is_paused:
            return False
        # Every part is checked, so that all errors show at once.
        results = [formset.is_valid() for formset in self.formsets.values()]
        for formset in self.formsets.values():
            found = row_conflicts(formset)
            self.conflicts += [one for one in found if one not in self.conflicts]
        return super().is_valid() and all(results)

    def has_changed(self) -> bool:
        return super().has_changed() or any(
            formset.has_changed() for formset in self.formsets.values()
        )

    def record(self, *, reason: str = "") -> None:
        super().record(reason=reason)
        for formset in self.formsets.values():
            formset.record(reason=reason)
        self.instance.refresh_search_text()

    @property
    def warnings(self) -> list[str]:
        in_rows = (
            warning
            for formset in self.formsets.values()
            for form in formset.forms
            for warning in form.warnings
        )
        return [*super().warnings, *in_rows]

    @property
    def error_count(self) -> int:
        """How many things are to be fixed, rows included."""
        rows = sum(len(form.errors) for formset in self.formsets.values() for form in formset.forms)
        whole = sum(len(formset.non_form_errors()) for formset in self.formsets.values())
        return len(self.errors) + rows + whole
