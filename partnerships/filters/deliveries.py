"""Filters of the delivery list."""

from institutions.lists import ListFilterSet
from partnerships.models import Delivery


class DeliveryFilterSet(ListFilterSet):
    class Meta(ListFilterSet.Meta):
        model = Delivery
        fields: list[str] = []
