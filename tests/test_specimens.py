"""Rules for every recorded model are only as good as the list of models they are tried on."""

from django.apps import apps

from institutions.models import Recorded
from tests.specimens import SPECIMENS


def test_every_recorded_model_has_a_specimen():
    models = {model for model in apps.get_models() if issubclass(model, Recorded)}
    assert set(SPECIMENS) == models
