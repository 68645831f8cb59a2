"""What a user wants to be reminded of, and how early."""

from typing import Any

from django.conf import settings
from django.db import models

from institutions.models import User

# Days before an agreement ends.
LEADS = (180, 90, 60, 30, 7)


class ReminderChoiceManager(models.Manager["ReminderChoice"]):
    def of(self, user: User) -> "ReminderChoice":
        """The user's own; the default ones, not saved, of somebody who never chose."""
        return self.filter(user=user).first() or self.model(user=user)


class ReminderChoice(models.Model):
    """The reminder settings of one user, which nobody else reads.

    No record: nothing in the register follows from them, so they have no history.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_choice"
    )
    days_180 = models.BooleanField("180 hari sebelum berakhir", default=False)
    days_90 = models.BooleanField("90 hari sebelum berakhir", default=True)
    days_60 = models.BooleanField("60 hari sebelum berakhir", default=False)
    days_30 = models.BooleanField("30 hari sebelum berakhir", default=True)
    days_7 = models.BooleanField("7 hari sebelum berakhir", default=True)
    idle = models.BooleanField("perjanjian yang belum berjalan", default=True)
    promises = models.BooleanField("tindak lanjut yang jatuh tempo", default=True)
    by_mail = models.BooleanField("kirim juga lewat surel", default=True)

    objects = ReminderChoiceManager()

    class Meta:
        verbose_name = "pilihan pengingat"
        verbose_name_plural = "pilihan pengingat"

    def __str__(self) -> str:
        return f"Pilihan pengingat {self.user_id}"

    @property
    def leads(self) -> tuple[int, ...]:
        return tuple(lead for lead in LEADS if getattr(self, f"days_{lead}"))

    def keep(self) -> None:
        """Save; of two forms sent at one moment the later one counts."""
        self.full_clean(validate_unique=False)
        columns = [column.name for column in self._meta.concrete_fields]
        values: dict[str, Any] = {
            name: getattr(self, name) for name in columns if name not in {"id", "user"}
        }
        ReminderChoice.objects.update_or_create(user=self.user, defaults=values)
