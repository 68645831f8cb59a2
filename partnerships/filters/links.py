"""Filters another page sets by a link: kept and shown as a chip, not asked for in the form."""

from typing import Any

import django_filters
from django import forms

# No database takes a larger key.
LARGEST_KEY = 2**63 - 1


class FlagFilter(django_filters.Filter):
    """Set or not; chips say yes."""

    field_class = forms.ChoiceField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"widget": forms.HiddenInput, "choices": [("1", "ya")]})


class LinkFilter(django_filters.Filter):
    """The row a link numbers."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"widget": forms.HiddenInput, "min_value": 1, "max_value": LARGEST_KEY}
        super().__init__(*args, **kwargs)
