"""What keeps a form from being saved, in the order of the page."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField

register = template.Library()

Formsets = Mapping[str, BaseFormSet] | Iterable[BaseFormSet]
# What a template hands over for a name its context lacks.
Absent = Literal[""] | None


class Problem(NamedTuple):
    message: str
    target: str  # id of the input to go to, empty when the message is about no single input


@register.simple_tag
def problems(form: BaseForm | Absent, formsets: Formsets | Absent = None) -> list[Problem]:
    """Errors of one form and of its formsets: those given, else the form's own."""
    found = list(_of_form(form)) if form else []
    below: Any = formsets or getattr(form, "formsets", ())
    for formset in below.values() if isinstance(below, Mapping) else below:
        found.extend(_of_formset(formset))
    return found


def _of_formset(formset: BaseFormSet) -> Iterator[Problem]:
    for message in formset.non_form_errors():
        yield Problem(str(message), f"{formset.prefix}-judul")
    for row in formset.forms:
        yield from _of_form(row, general_target=f"{row.prefix}-galat")


def _of_form(form: BaseForm, general_target: str = "") -> Iterator[Problem]:
    for message in form.non_field_errors():
        yield Problem(str(message), general_target)
    for field in form:
        for message in field.errors:
            yield Problem(str(message), _target(field))


def _target(field: BoundField) -> str:
    if field.is_hidden:
        return ""
    # A group of radio buttons or checkboxes has no input of its own id: go to the first.
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.id_for_label)
