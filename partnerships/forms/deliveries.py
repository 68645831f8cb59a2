"""Forms on deliveries."""

from typing import Any

from institutions.forms.base import VersionedForm, field_for
from partnerships.models import Delivery
from partnerships.pickers import AgreementPickerField, EventPickerField, PartnerPickerField


class DeliveryForm(VersionedForm):
    agreement = AgreementPickerField(label="Perjanjian", required=False)
    partner = PartnerPickerField(label="Mitra", required=False)
    event = EventPickerField(label="Kegiatan", required=False)

    class Meta:
        model = Delivery
        fields = ["kind", "agreement", "partner", "event", "date", *Delivery.COUNT_FIELDS, "output"]
        formfield_callback = field_for

    def record(self, *, reason: str = "") -> Any:
        if self.instance.unit_id is None:
            self.instance.unit = self.user.unit
        super().record(reason=reason)
