"""Filters of the event list."""

from institutions.lists import ListFilterSet
from partnerships.models import Event


class EventFilterSet(ListFilterSet):
    class Meta(ListFilterSet.Meta):
        model = Event
        fields: list[str] = []
