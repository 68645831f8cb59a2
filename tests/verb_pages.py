"""How tests of the verbs of an agreement open and send their pages."""

from typing import Any

from django.test import Client

from institutions.models import User
from partnerships.models import Agreement


def address(agreement: Agreement, verb: str) -> str:
    return f"/perjanjian/{agreement.pk}/{verb}/"


def send(client: Client, user: User, agreement: Agreement, verb: str, **answers: Any) -> str:
    """The form as it opens, with the answers; the page it ends on."""
    client.force_login(user)
    where = address(agreement, verb)
    form = client.get(where).context["form"]
    opened = {name: form[name].value() for name in form.fields}
    filled = {name: value for name, value in opened.items() if value is not None}
    return client.post(where, filled | answers, follow=True).content.decode()


def columns(agreement: Agreement) -> dict[str, Any]:
    """The row as it is stored, but for what every saving changes."""
    stored = Agreement.objects.filter(pk=agreement.pk).values().get()
    return {name: value for name, value in stored.items() if name not in {"version", "updated_at"}}
