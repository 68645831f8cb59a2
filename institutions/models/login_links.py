"""One-time login links: whoever holds one sets a password of their own and is signed in.

The link itself is stored nowhere. It is made from a random seed and SECRET_KEY, so that whoever
made it can print it again while it works; the database holds the seed and a hash to find it by.
"""

import hashlib
import secrets
from base64 import b32encode
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from institutions.models.base import one_of
from institutions.models.users import User

LASTS = timedelta(hours=72)
# 20 letters of 32: 100 bits. The link is also typed from paper, so no two of them look alike:
# there is no 0, 1, l or o.
GROUPS, GROUP_LENGTH = 5, 4
BASE32, ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "abcdefghijk8mn9pqrstuvwxyz234567"
LOOKALIKES = str.maketrans({"l": "i", "1": "i", "-": None, " ": None})

LINK_IS_DEAD = "Tautan ini sudah tidak berlaku."
ACCOUNT_IS_CLOSED = "Akun ini ditutup. Buka dulu, lalu buat tautannya."


class LinkOrigin(models.TextChoices):
    """Who asked for the link."""

    KEEPER = "PENGELOLA", "dibuat pengelola akun"
    OWNER = "PEMILIK", "diminta pemiliknya lewat surel"
    COMMAND = "PERINTAH", "dibuat di server"


def hash_of(token: str) -> str:
    """By what a link is found; spelling it in capitals or without hyphens is no mistake."""
    return hashlib.sha256(token.lower().translate(LOOKALIKES).encode(errors="replace")).hexdigest()


class LoginLinkQuerySet(models.QuerySet["LoginLink"]):
    def open(self) -> "LoginLinkQuerySet":
        """Neither used nor replaced nor too old; the account may have ended it all the same."""
        return self.filter(
            used_at__isnull=True, ended_at__isnull=True, expires_at__gt=timezone.now()
        )

    def find(self, token: str) -> "LoginLink | None":
        """The link of that token, if it works."""
        rows = self.open().select_related("account__unit")
        link = rows.filter(token_hash=hash_of(token)).first()
        return link if link is not None and link.works else None

    @transaction.atomic
    def make(
        self,
        account: User,
        *,
        by: models.Model | None,
        origin: LinkOrigin = LinkOrigin.KEEPER,
        batch: str = "",
    ) -> "LoginLink":
        """A new link, which ends older ones; a mail anybody may ask for ends no printed slip.

        Raises ValidationError when the account is closed.
        """
        account = User.objects.select_for_update(of=("self",)).get(pk=account.pk)
        if not account.is_active:
            raise ValidationError(ACCOUNT_IS_CLOSED)
        older = self.open().filter(account=account)
        if origin == LinkOrigin.OWNER:
            older = older.filter(origin=origin)
        for link in older:
            link.end()
        link = self.model(
            account=account,
            account_state=account.sign_in_state,
            seed=secrets.token_hex(16),
            origin=origin,
            made_by=by,
            batch=batch or secrets.token_hex(8),
            expires_at=timezone.now() + LASTS,
        )
        link.token_hash = hash_of(link.made_token())
        link.save()
        account.note(f"Tautan masuk {origin.label}", by=by)
        return link


class LoginLink(models.Model):
    """One link of one account, from its making to its end; the rows stay."""

    account = models.ForeignKey(
        User, verbose_name="akun", on_delete=models.PROTECT, related_name="login_links"
    )
    token_hash = models.CharField("hash tautan", max_length=64, unique=True)
    seed = models.CharField("benih", max_length=32)
    # `User.sign_in_state` when the link was made; the link works while it is the same.
    account_state = models.CharField("keadaan akun", max_length=64)
    origin = models.CharField("asal", max_length=10, choices=LinkOrigin.choices)
    # Links made together are printed together.
    batch = models.SlugField("kelompok cetak", max_length=16)
    made_by = models.ForeignKey(
        User,
        verbose_name="dibuat oleh",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    made_at = models.DateTimeField("dibuat pada", auto_now_add=True)
    expires_at = models.DateTimeField("berlaku sampai")
    used_at = models.DateTimeField("dipakai pada", null=True, blank=True)
    ended_at = models.DateTimeField("diganti pada", null=True, blank=True)

    objects = LoginLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "tautan masuk"
        verbose_name_plural = "tautan masuk"
        ordering = ["pk"]
        constraints = [one_of("origin", LinkOrigin, name="login_link_origin_known")]

    def __str__(self) -> str:
        return f"Tautan masuk {self.account}"

    @property
    def works(self) -> bool:
        """Whether it can be used now."""
        is_over = self.used_at or self.ended_at or self.expires_at <= timezone.now()
        same_state = constant_time_compare(self.account_state, self.account.sign_in_state)
        return not is_over and self.account.is_active and same_state

    @property
    def url(self) -> str:
        """The whole address; blank when SECRET_KEY is no longer the one it was made with."""
        token = self.made_token()
        if hash_of(token) != self.token_hash:
            return ""
        return f"{settings.BASE_URL}{reverse('login_link', args=[token])}"

    def made_token(self) -> str:
        digest = salted_hmac("institutions.login-link", self.seed, algorithm="sha256").digest()
        letters = b32encode(digest).decode().translate(str.maketrans(BASE32, ALPHABET))
        size = GROUP_LENGTH
        return "-".join(letters[place : place + size] for place in range(0, GROUPS * size, size))

    def end(self) -> None:
        self.ended_at = timezone.now()
        self.save(update_fields=["ended_at"])

    @transaction.atomic
    def use(self, password: str) -> User:
        """The owner's own password; with it the link is spent.

        Raises ValidationError when the link ended meanwhile.
        """
        link: Any = LoginLink.objects.select_for_update().get(pk=self.pk)
        link.account = User.objects.select_for_update(of=("self",)).get(pk=self.account_id)
        if not link.works:
            raise ValidationError(LINK_IS_DEAD)
        account: User = link.account
        account.renew_password(password, by=account, reason="Sandi dibuat lewat tautan masuk")
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
        return account
