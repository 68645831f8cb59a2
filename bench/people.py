"""Who signs in during a measurement, with sessions that are open already, and what they ask for."""

from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Count
from django.utils import timezone

from bench.sides import Side
from institutions.models import Role, Unit, UnitKind, User
from partnerships.models import Agreement, Event, Partner

READERS = 120
BACKEND = "institutions.backends.AccountBackend"


def add_people(units: list[Side]) -> tuple[list[int], dict[str, Any]]:
    """Humas of many UPT, one of Ditjenpas, one superuser; returns their keys and sessions."""
    root = Unit.objects.get(kind=UnitKind.DITJENPAS)
    busy = [side.pk for side in units[:: max(1, len(units) // READERS)]][:READERS]
    humas = [make_user(f"humas-{number}", unit) for number, unit in enumerate(busy)]
    centre, top = make_user("humas-ditjenpas", root.pk), make_user("pengukur", root.pk)
    top.is_superuser = True
    top.save()
    sessions = {
        "upt": session_of(humas[len(humas) // 2]),
        "ditjenpas": session_of(centre),
        "superuser": session_of(top),
        "all": [session_of(user) for user in humas],
    }
    return [user.pk for user in humas], sessions


def make_user(username: str, unit: int) -> User:
    user = User(username=username, first_name="Contoh", unit_id=unit, is_staff=True)
    user.set_unusable_password()
    user.last_login = timezone.now()
    user.save()
    user.groups.set(Group.objects.filter(name=Role.HUMAS))
    return user


def session_of(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def subjects(sessions: dict[str, Any]) -> dict[str, Any]:
    """The rows whose pages are measured: well filled ones of the measured unit."""
    number = len(sessions["all"]) // 2
    unit = User.objects.get(username=f"humas-{number}").unit
    own = Agreement.objects.filter(unit=unit, archived_on=None).signed()
    paper = own.annotate(n=Count("deliveries")).order_by("-n", "pk")[0]
    event = Event.objects.filter(unit=unit, archived_on=None).order_by("-starts_on", "pk")[0]
    busiest = Partner.objects.annotate(n=Count("parties")).order_by("-n", "pk")[0]
    usual = Partner.objects.filter(parties__agreement=paper).order_by("pk")[0]
    return {
        "sessions": sessions,
        "unit": unit.code if unit else "",
        "agreement": paper.pk,
        "event": event.pk,
        "partner": usual.pk,
        "busiest_partner": busiest.pk,
    }
