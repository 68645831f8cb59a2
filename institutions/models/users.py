"""Accounts: a role gives verbs, the unit gives rows."""

from typing import Any

from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

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

    history = HistoricalRecords(excluded_fields=["password", "last_login"], m2m_fields=["groups"])

    # Whether this object lives no longer than a request that only reads; see `units_in_scope`.
    only_reads = False

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        columns = kwargs.get("update_fields")
        # Signing in writes these two; that somebody came is no change of the account.
        if columns is not None and set(columns) <= {"last_login", "password"}:
            self.skip_history_when_saving = True
        try:
            super().save(*args, **kwargs)
        finally:
            self.__dict__.pop("skip_history_when_saving", None)

    @property
    def role(self) -> str:
        """The strongest role held, or blank."""
        held = {group.name for group in self.groups.all()}
        for role in (Role.ADMIN, Role.MANAJER, Role.HUMAS):
            if role in held:
                return str(role)
        return ""

    def assign_role(self, role: Role) -> None:
        """Make this the only role; the Django admin opens for Humas and Admin alone."""
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
        if self.only_reads:
            return Unit.objects.filter(pk__in=self.unit_keys_in_scope)
        return Unit.objects.within(self.unit_id)

    @property
    def own_units(self) -> UnitQuerySet | list[int]:
        """`units_in_scope` as a condition takes them: their keys where those are read already."""
        narrow = self.only_reads and not (self.sees_everything or self.sees_nothing)
        return self.unit_keys_in_scope if narrow else self.units_in_scope()

    @property
    def upper_units(self) -> UnitQuerySet | list[int]:
        return self.unit_keys_above if self.only_reads else self.units_above()

    @cached_property
    def unit_keys_in_scope(self) -> list[int]:
        """The tree read once: a page asks for it in most of its queries."""
        below = Unit.objects.within(self.unit_id or 0).order_by()
        return list(below.values_list("pk", flat=True))

    @cached_property
    def unit_keys_above(self) -> list[int]:
        return list(self.units_above().order_by().values_list("pk", flat=True))

    def units_above(self) -> UnitQuerySet:
        """The units the own unit hangs under, up to Ditjenpas; none without a unit."""
        if self.unit_id is None:
            return Unit.objects.none()
        return Unit.objects.above(self.unit_id)

    def works_for(self, unit_id: int) -> bool:
        """Whether rows of that unit are this user's: the own unit or one below it."""
        if self.only_reads and not (self.sees_everything or self.sees_nothing):
            return unit_id in self.unit_keys_in_scope
        return self.units_in_scope().filter(pk=unit_id).exists()
