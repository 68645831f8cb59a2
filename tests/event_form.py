"""What the form of an event sends."""

from typing import Any

from django.test import Client

from partnerships.models import Event

ROWS = ("parts", "attendances", "served", "followups", "unit_roles", "people", "coverage")


def payload(rows: dict[str, list[dict[str, Any]]] | None = None, **fields: Any) -> dict[str, Any]:
    """A title and nothing else, unless rows (by formset) or other fields are given."""
    found: dict[str, Any] = {"title": "Kunjungan contoh"} | fields
    for prefix in ROWS:
        given = (rows or {}).get(prefix, [])
        found[f"{prefix}-TOTAL_FORMS"] = len(given)
        found[f"{prefix}-INITIAL_FORMS"] = sum("id" in row for row in given)
        for number, row in enumerate(given):
            found |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return found


def came(partner: Any = "", **fields: Any) -> dict[str, Any]:
    """A row of a partner that was present."""
    return {"partner": partner, "presence": "present"} | fields


def stored(client: Client, event: Event, **fields: Any) -> dict[str, Any]:
    """What the edit form of the event sends when nothing but `fields` is changed."""
    form = client.get(f"/kegiatan/{event.pk}/ubah/").context["form"]
    found: dict[str, Any] = {}
    for part in (form, *form.formsets.values()):
        for one in [part] if part is form else [part.management_form, *part.forms]:
            found |= {field.html_name: sent(field) for field in one if sent(field) is not None}
    return found | fields


def sent(field: Any) -> Any:
    """What a browser sends for the field as it is shown; None for a box that is not ticked."""
    value = field.value()
    if hasattr(field.field, "key_of"):
        return field.field.key_of(value)
    shown = field.field.widget.format_value(value)
    if isinstance(shown, list):
        return shown if field.field.widget.allow_multiple_selected else shown[0]
    if field.widget_type == "checkbox":
        return "on" if value else None
    return "" if shown is None else shown
