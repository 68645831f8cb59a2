"""Accounts: a role gives verbs, the unit gives rows."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, Group, UserManager
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from indonesian.names import normalise, search_text, search_words
from institutions.models.base import Recorded
from institutions.models.fields import KeyField
from institutions.models.trail import Trail
from institutions.models.units import Unit, UnitKind, UnitQuerySet
from institutions.questions import Question, Reader


class Role(models.TextChoices):
    """Names of the three groups; what each may do is granted by `sync_roles`."""

    HUMAS = "Humas", "Humas"
    MANAJER = "Manajer", "Manajer"
    ADMIN = "Admin", "Admin"


# Roles that also work in the Django admin.
STAFF_ROLES = frozenset({Role.HUMAS, Role.ADMIN})
# What whoever keeps accounts may hand out; Admin comes from a superuser alone.
GRANTABLE_ROLES = (Role.HUMAS, Role.MANAJER)

NO_REASON_TO_CLOSE = "Tulis alasan menutup akun ini."


def units_around(unit_id: int) -> models.QuerySet[Any]:
    """(whether it is the unit's own to keep, key) of the units below and above a unit."""
    within, above = Unit.objects.within(unit_id), Unit.objects.above(unit_id)
    mine, others = (
        units.order_by().values_list(Value(is_mine), "pk")
        for is_mine, units in ((True, within), (False, above))
    )
    return mine.union(others, all=True)


UNITS_AROUND = Question(units_around)


class UserQuerySet(models.QuerySet["User"]):
    def search(self, text: str) -> "UserQuerySet":
        """Accounts whose own names, surel or unit hold every word."""
        words = search_words(text)
        if not words and text.strip():
            return self.none()
        rows = self
        for word in words:
            in_unit = Q(unit__search_text__contains=word)
            rows = rows.filter(Q(search_text__contains=word) | in_unit)
        return rows

    def listed_to(self, user: "User") -> "UserQuerySet":
        """Accounts the user may look at: of units whose accounts are the user's to keep.

        At Ditjenpas an Admin also finds the accounts that have no unit yet.
        """
        if user.is_active and user.is_superuser:
            return self.all()
        rows = Q(unit__in=user.units_of_accounts())
        if user.sees_everything and user.role == Role.ADMIN:
            rows |= Q(unit__isnull=True, is_superuser=False)
        return self.filter(rows)

    def kept_by(self, user: "User") -> "UserQuerySet":
        """Accounts the user may change: never the own one, nor one that may more than is handed
        out by the user."""
        rows = self.listed_to(user).exclude(pk=user.pk)
        if user.is_superuser:
            return rows
        others = Group.objects.exclude(name__in=GRANTABLE_ROLES)
        return rows.filter(is_superuser=False, user_permissions__isnull=True).exclude(
            groups__in=others
        )


class AccountManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False


class User(Recorded, AbstractUser):
    """A person who signs in; sees the rows of the unit and of everything below it."""

    unit = models.ForeignKey(
        Unit,
        verbose_name="unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
    )
    # Part of what an open session is checked against; a new one ends them all.
    session_salt = models.CharField(max_length=16, blank=True, default="", editable=False)
    name_key = KeyField(max_length=400, editable=False, blank=True, default="")
    search_text = models.TextField(editable=False, blank=True, default="")

    objects: ClassVar[Any] = AccountManager()
    _trail: ClassVar[Any]
    history = Trail(
        excluded_fields=["password", "last_login", "session_salt", "name_key", "search_text"],
        m2m_fields=["groups"],
    )

    # Whether this object lives no longer than a request that only reads; see `units_in_scope`.
    only_reads = False

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_once",
                violation_error_message="Nama pengguna ini sudah dipakai.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="user_email_once",
                violation_error_message="Surel ini sudah dipakai akun lain.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_absolute_url(self) -> str:
        return reverse("account_detail", args=[self.pk])

    @property
    def version(self) -> int | None:
        """The newest history row: what two editors of one account are compared by."""
        return self.history.values_list("history_id", flat=True).first()

    # Saving

    def fill_derived(self) -> None:
        names = (self.get_full_name(), self.username, self.email)
        self.name_key = normalise(str(self))[:400]
        self.search_text = search_text(*filter(None, names))

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """The account and its history are written together or not at all."""
        columns = kwargs.get("update_fields")
        if columns is None:
            self.fill_derived()
            if not self.is_active:
                self.end_sessions()
        # Signing in writes these two; that somebody came is no change of the account.
        if columns is not None and set(columns) <= {"last_login", "password"}:
            with self.without_history():
                super().save(*args, **kwargs)
        else:
            super().save(*args, **kwargs)

    @contextmanager
    def without_history(self) -> Iterator[None]:
        before = self.__dict__.get("skip_history_when_saving")
        self.skip_history_when_saving = True
        try:
            yield
        finally:
            if before is None:
                del self.skip_history_when_saving

    @transaction.atomic
    def record(
        self, *, by: models.Model | None, reason: str = "", role: Role | None = None
    ) -> Self:
        """As `Recorded.record`, and make `role` the only one; one history row for all of it."""
        is_new = self._state.adding
        if role is not None:
            self.is_staff = self.is_superuser or role in STAFF_ROLES
        self.full_clean()
        self.sign_history(by=by, reason=reason)
        # The library writes one row for the account and one for each group given or taken.
        with self.without_history():
            self.save()
            if role is not None and role != self.role:
                self.groups.set([Group.objects.get(name=role)])
        self._trail.create_historical_record(self, "+" if is_new else "~")
        return self

    def assign_role(self, role: Role) -> None:
        """Make this the only role; the Django admin opens for Humas and Admin alone."""
        self.record(by=None, role=role)

    # Verbs

    def close(self, *, by: models.Model | None, reason: str) -> Self:
        """Nobody signs in with it any more, and whoever is signed in is out at once."""
        if not reason.strip():
            raise ValidationError(NO_REASON_TO_CLOSE)
        return self.change(by=by, reason=reason, is_active=False)

    def reopen(self, *, by: models.Model | None, reason: str) -> Self:
        return self.change(by=by, reason=reason, is_active=True)

    def renew_password(self, password: str, *, by: models.Model | None, reason: str) -> Self:
        """A new password; every other session and every login link ends with the old one."""
        self.set_password(password)
        return self.record(by=by, reason=reason)

    def note(self, text: str, *, by: models.Model | None) -> None:
        """A line in the history about something done for the account that changes no column."""
        self.sign_history(by=by, reason=text)
        self._trail.create_historical_record(self, "~")

    def end_sessions(self) -> None:
        """Not saved yet: every session and login link of the account ends when it is."""
        self.session_salt = secrets.token_hex(8)

    # Being signed in

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        # Django's own hash changes with the password alone.
        return salted_hmac(
            "institutions.models.User.session",
            f"{self.password}{self.session_salt}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    @property
    def sign_in_state(self) -> str:
        """Changes with the password and when sessions are ended; tells neither."""
        return hashlib.sha256(f"{self.password}{self.session_salt}".encode()).hexdigest()

    # Rights

    @property
    def role(self) -> str:
        """The strongest role held, or blank."""
        held = {group.name for group in self.groups.all()}
        for role in (Role.ADMIN, Role.MANAJER, Role.HUMAS):
            if role in held:
                return str(role)
        return ""

    @property
    def role_label(self) -> str:
        if self.is_superuser:
            return "Superuser"
        return str(Role(self.role).label) if self.role else ""

    def grantable_roles(self) -> tuple[Role, ...]:
        """Roles the user may give to somebody else."""
        if self.is_superuser:
            return tuple(Role)
        return GRANTABLE_ROLES if self.role in {Role.ADMIN, Role.MANAJER} else ()

    @property
    def sees_everything(self) -> bool:
        """A superuser, or somebody of Ditjenpas, under which every unit hangs."""
        at_root = self.unit is not None and self.unit.kind == UnitKind.DITJENPAS
        return self.is_active and (self.is_superuser or at_root)

    @property
    def sees_a_region(self) -> bool:
        """Somebody of a Kanwil, whose rows are a good part of all."""
        return self.unit is not None and self.unit.kind == UnitKind.KANWIL

    @property
    def sees_nothing(self) -> bool:
        """No longer active, or without a unit and no superuser: no rows anywhere."""
        return not self.is_active or not (self.is_superuser or self.unit_id)

    def units_in_scope(self) -> UnitQuerySet:
        """The units whose rows are this user's: own unit and below; none without a unit."""
        if self.sees_everything:
            return Unit.objects.all()
        if self.sees_nothing or self.unit_id is None:
            return Unit.objects.none()
        if self.only_reads:
            return Unit.objects.filter(pk__in=self.unit_keys_in_scope)
        return Unit.objects.within(self.unit_id)

    def units_of_accounts(self) -> UnitQuerySet:
        """The units whose accounts are this user's to keep: a manager's begin below the own."""
        units = self.units_in_scope()
        if self.is_superuser or self.role == Role.ADMIN:
            return units
        return units.other_than(self.unit_id) if self.role == Role.MANAJER else units.none()

    @property
    def own_units(self) -> UnitQuerySet | list[int]:
        """`units_in_scope` as a condition takes them: their keys where those are read already."""
        narrow = self.only_reads and not (self.sees_everything or self.sees_nothing)
        return self.unit_keys_in_scope if narrow else self.units_in_scope()

    @property
    def upper_units(self) -> UnitQuerySet | list[int]:
        return self.unit_keys_above if self.only_reads else self.units_above()

    @cached_property
    def unit_keys(self) -> dict[bool, list[int]]:
        """The tree read once, because a page asks for it in most of its queries.

        By whether the units are the user's, or above them.
        """
        found: dict[bool, list[int]] = {True: [], False: []}
        for is_mine, key in UNITS_AROUND.ask(self.unit_id or 0):
            found[bool(is_mine)].append(key)
        return found

    @property
    def unit_keys_in_scope(self) -> list[int]:
        return self.unit_keys[True]

    @property
    def unit_keys_above(self) -> list[int]:
        return self.unit_keys[False]

    @property
    def reader(self) -> Reader:
        """What decides which rows are this user's to see, for questions asked all the time."""
        everything, nothing = self.sees_everything, self.sees_nothing
        has_keys = not (everything or nothing)
        return Reader(
            pk=self.pk,
            own_units=self.unit_keys_in_scope if has_keys else self.units_in_scope(),
            upper_units=self.unit_keys_above if has_keys else [],
            sees_everything=everything,
            sees_a_region=self.sees_a_region,
            sees_nothing=nothing,
        )

    def units_above(self) -> UnitQuerySet:
        """The units the own unit hangs under, up to Ditjenpas; none without a unit."""
        if self.unit_id is None:
            return Unit.objects.none()
        return Unit.objects.above(self.unit_id)

    def works_for(self, unit_id: int) -> bool:
        """Whether rows of that unit are this user's: the own unit or one below it."""
        if self.sees_everything or self.sees_nothing:
            return self.sees_everything
        if self.only_reads:
            return unit_id in self.unit_keys_in_scope
        return self.units_in_scope().filter(pk=unit_id).exists()
