"""What the form of a delivery sends."""

from typing import Any

from django.utils import timezone

from indonesian.calendar import format_date
from partnerships.models import Delivery

LINKS = ("agreement", "partner", "event")


def payload(**fields: Any) -> dict[str, Any]:
    """A training today; what it was for is given by the test."""
    return {"kind": "PELATIHAN", "date": format_date(timezone.localdate())} | fields


def stored(delivery: Delivery, **fields: Any) -> dict[str, Any]:
    """The edit form as it opens, sent back with some fields changed."""
    delivery.refresh_from_db()
    sent = {
        "version": delivery.version,
        "kind": delivery.kind,
        "date": format_date(delivery.date),
        "output": delivery.output,
        "note": delivery.note,
        "area": delivery.area_id or "",
    }
    sent |= {name: getattr(delivery, f"{name}_id") or "" for name in LINKS}
    sent |= {name: getattr(delivery, name) or "" for name in Delivery.COUNT_FIELDS}
    return sent | fields
