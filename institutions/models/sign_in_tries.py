"""How many passwords may be tried for one name, whatever address they come from."""

from datetime import UTC, datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from institutions.models.users import User

# In any quarter of an hour: five from all devices together that never signed in with the account,
# and five from each device that did.
MOST_TRIES = 5
WITHIN = timedelta(minutes=15)
# Rows that say nothing any more are cleared a few at a time, by whoever adds one.
CLEARED_AT_ONCE = 20


class SignInTriesQuerySet(models.QuerySet["SignInTries"]):
    @transaction.atomic
    def admit(self, name: str, device: str = "") -> bool:
        """Whether one more password may be tried; counts it before it is tried.

        Two tries at one moment wait for each other at the row, so the limit is exact.
        """
        self.clear_old()
        tries, _ = self.select_for_update().get_or_create(
            name=name, device=device, defaults={"last_at": timezone.now()}
        )
        recent = tries.recent()
        if len(recent) >= MOST_TRIES:
            return False
        tries.remember([*recent, timezone.now().timestamp()])
        return True

    @transaction.atomic
    def take_back(self, name: str, device: str = "") -> None:
        """The last try was right, so it was no guess; wrong ones before it still count."""
        tries = self.select_for_update().filter(name=name, device=device).first()
        if tries is not None:
            tries.remember(tries.recent()[:-1])

    @transaction.atomic
    def unlock(self, account: User, *, by: models.Model | None) -> None:
        """Forget what was tried from unknown devices; the history says who did that."""
        for tries in self.select_for_update().filter(name=account.username, device=""):
            tries.remember([])
        account.note("Kunci masuk dibuka", by=by)

    def clear_old(self) -> None:
        old = self.filter(last_at__lt=timezone.now() - WITHIN).order_by("pk")
        locked = old.select_for_update(skip_locked=True).values_list("pk", flat=True)
        if keys := list(locked[:CLEARED_AT_ONCE]):
            self.filter(pk__in=keys).delete()

    def blocked(self) -> "SignInTriesQuerySet":
        """Names that may not be tried now from a device that is not known."""
        return self.filter(device="", blocked_until__gt=timezone.now())


class SignInTries(models.Model):
    """Wrong passwords tried lately for one name, which need not belong to an account."""

    name = models.CharField("nama pengguna", max_length=150)
    # Blank stands for every device that is not known.
    device = models.CharField("perangkat", max_length=32, blank=True)
    moments = models.JSONField("saat", default=list)
    blocked_until = models.DateTimeField("terkunci sampai", null=True, blank=True)
    last_at = models.DateTimeField("terakhir", db_index=True)

    objects = SignInTriesQuerySet.as_manager()

    class Meta:
        verbose_name = "percobaan masuk"
        verbose_name_plural = "percobaan masuk"
        constraints = [
            models.UniqueConstraint(fields=["name", "device"], name="sign_in_tries_once")
        ]

    def __str__(self) -> str:
        return self.name

    def recent(self) -> list[float]:
        since = (timezone.now() - WITHIN).timestamp()
        return [moment for moment in self.moments if moment > since]

    def remember(self, moments: list[float]) -> None:
        self.moments, self.last_at, self.blocked_until = moments, timezone.now(), None
        if len(moments) >= MOST_TRIES:
            oldest = datetime.fromtimestamp(moments[-MOST_TRIES], tz=UTC)
            self.blocked_until = oldest + WITHIN
        self.save(update_fields=["moments", "last_at", "blocked_until"])
