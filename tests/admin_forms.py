"""The forms of the Django admin as a browser would send them back."""

from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import reverse

from institutions.models import User


def address(model: type[Model] | Model, page: str, *args: Any) -> str:
    opts = model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)


def change_address(row: Model) -> str:
    return address(row, "change", row.pk)


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form_data(response: Any) -> dict[str, str]:
    """Everything the form on the page would send, rows included."""
    data = fields_of(response.context["adminform"].form)
    for inline in response.context["inline_admin_formsets"]:
        data |= fields_of(inline.formset.management_form)
        for form in inline.formset.forms:
            data |= fields_of(form)
    return data


def fields_of(form: Any) -> dict[str, str]:
    data = {}
    for bound in form:
        widget, value = bound.field.widget, bound.value()
        if value is None or value is False:
            continue
        if value is True:
            data[bound.html_name] = "on"
            continue
        shown = widget.format_value(value) if hasattr(widget, "format_value") else value
        shown = shown[0] if isinstance(shown, list) and shown else shown
        if shown not in (None, [], ""):
            data[bound.html_name] = str(shown)
    return data


def fill_row(data: dict[str, str], prefix: str, number: int, /, **fields: Any) -> str:
    """Fill in one row of a formset by its number."""
    row = f"{prefix}-{number}"
    data |= {f"{row}-{name}": key_of(value) for name, value in fields.items()}
    data[f"{prefix}-TOTAL_FORMS"] = str(max(int(data[f"{prefix}-TOTAL_FORMS"]), number + 1))
    return row


def key_of(value: Any) -> str:
    return str(value.pk if isinstance(value, Model) else value)


def add(client: Client, model: type[Model], **fields: Any) -> tuple[Any, dict[str, str]]:
    """The data of an empty form with some fields filled in, and the page it came from."""
    page = client.get(address(model, "add"))
    data = form_data(page) | {name: key_of(value) for name, value in fields.items()}
    return page, data


def changed(client: Client, row: Model, **changes: Any) -> Any:
    """The answer to saving the row's form with some fields changed."""
    data = form_data(client.get(change_address(row)))
    return client.post(change_address(row), data | {k: key_of(v) for k, v in changes.items()})


def errors_of(response: Any) -> list[str]:
    """What the page says is to be put right; empty when the form was saved."""
    if response.status_code == 302:
        return []
    return [problem.message for problem in response.context["problems"]]
