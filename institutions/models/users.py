"""Accounts: a role gives verbs, the unit gives rows."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, Group
from django.db import models, transaction

from institutions.models.trail import Trail
from institutions.models.units import Unit, UnitKind, UnitQuerySet


class Role(models.TextChoices):
    """Names of the three groups; what each may do is granted by `sync_roles`."""

    HUMAS = "Humas", "Humas"
    MANAJER = "Manajer", "Manajer"
    ADMIN = "Admin", "Admin"


# Roles that also work in the Django admin.
STAFF_ROLES = frozenset({Role.HUMAS, Role.ADMIN})


class User(AbstractUser):
    """A person who signs in; sees the rows of the unit and of everything below it."""

    unit = models.ForeignKey(
        Unit,
        verbose_name="unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
    )

    _trail: ClassVar[Any]
    history = Trail(excluded_fields=["password", "last_login"], m2m_fields=["groups"])

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """The account and its history are written together or not at all."""
        columns = kwargs.get("update_fields")
        # Signing in writes these two; that somebody came is no change of the account.
        silent = columns is not None and set(columns) <= {"last_login", "password"}
        with self.untold() if silent else nullcontext():
            super().save(*args, **kwargs)

    @contextmanager
    def untold(self) -> Iterator[None]:
        """What is saved inside leaves no history of its own."""
        is_inner = hasattr(self, "skip_history_when_saving")
        self.skip_history_when_saving = True
        try:
            yield
        finally:
            if not is_inner:
                del self.skip_history_when_saving

    @transaction.atomic
    def record(self, *, by: "User | None", reason: str = "", role: Role | None = None) -> Self:
        """Save the account, with another role if one is named, as one change in the history."""
        kind = "+" if self._state.adding else "~"
        self._history_user, self._change_reason = by, reason.strip() or None
        with self.untold():
            self.save()
            if role is not None and role != self.role:
                self.assign_role(role)
        self._trail.create_historical_record(self, kind)
        return self

    @property
    def role(self) -> str:
        """The strongest role held, or blank."""
        held = {group.name for group in self.groups.all()}
        for role in (Role.ADMIN, Role.MANAJER, Role.HUMAS):
            if role in held:
                return str(role)
        return ""

    @transaction.atomic
    def assign_role(self, role: Role) -> None:
        """Make this the only role; the Django admin opens for Humas and Admin alone."""
        with self.untold():
            self.groups.set([Group.objects.get(name=role)])
        if not self.is_superuser:
            self.is_staff = role in STAFF_ROLES
        self.save(update_fields=["is_staff"])

    @property
    def sees_everything(self) -> bool:
        """A superuser, or somebody of Ditjenpas, under which every unit hangs."""
        at_root = self.unit is not None and self.unit.kind == UnitKind.DITJENPAS
        return self.is_active and (self.is_superuser or at_root)

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
        return Unit.objects.within(self.unit_id)

    def units_above(self) -> UnitQuerySet:
        """The units the own unit hangs under, up to Ditjenpas; none without a unit."""
        return Unit.objects.none() if self.unit_id is None else Unit.objects.above(self.unit_id)

    def works_for(self, unit_id: int) -> bool:
        """Whether rows of that unit are this user's: the own unit or one below it."""
        return self.units_in_scope().filter(pk=unit_id).exists()
