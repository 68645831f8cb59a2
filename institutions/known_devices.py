"""Devices an account was signed in from, so that nobody can lock its owner out of them.

A signed cookie names the accounts that signed in from this browser and, for each, a number of the
device. Whoever has it may try passwords of that account on a count of its own. It opens nothing.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from institutions.models import User

SALT = "institutions.known-devices"
LASTS_SECONDS = 180 * 24 * 3600
# Several people share a computer; the ones who came last are remembered.
MOST_ACCOUNTS = 10

# Per device: the account's key, the number of the device, a stamp of the account's state.
Entry = list[Any]


def read(request: HttpRequest) -> list[Entry]:
    """What the cookie says; a forged, old or broken one says nothing."""
    text = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if not text:
        return []
    try:
        entries = signing.loads(text, salt=SALT, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        return []
    return list(entries)


def device_for(request: HttpRequest, username: str) -> str:
    """The number of this device if the account of that name signed in from it; else blank."""
    entries = read(request)
    if not entries:
        return ""
    account = User.objects.filter(username=username).first()
    if account is None:
        return ""
    for key, device, stamp in entries:
        if key == account.pk and constant_time_compare(stamp, stamp_of(account, device)):
            return str(device)
    return ""


def remember(request: HttpRequest, response: HttpResponse, account: User) -> None:
    """Called when somebody has just signed in."""
    entries = read(request)
    others = [entry for entry in entries if entry[0] != account.pk]
    # The number stays, so that signing in again and again opens no further counts.
    device = next((entry[1] for entry in entries if entry[0] == account.pk), secrets.token_hex(16))
    newest = [account.pk, device, stamp_of(account, device)]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([newest, *others][:MOST_ACCOUNTS], salt=SALT),
        max_age=LASTS_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def stamp_of(account: User, device: str) -> str:
    """A new password, or closing the account, makes all its devices unknown."""
    value = f"{account.pk}:{device}:{account.sign_in_state}"
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()[:32]
