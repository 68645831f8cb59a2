"""Forms on events."""

from typing import Any

from institutions.forms.base import field_for
from institutions.forms.parts import RootForm
from partnerships.models import Event


class EventForm(RootForm):
    class Meta:
        model = Event
        fields = ["title", "place", "mode"]
        formfield_callback = field_for

    def record(self, *, reason: str = "") -> Any:
        if self.instance.unit_id is None:
            self.instance.unit = self.user.unit
        super().record(reason=reason)
